"""How many can be at work at each minute of the day, and in a span of time."""

from __future__ import annotations

from functools import cached_property

from snowplan.model.scenario import Scenario
from snowplan.planning.storms import DesignStorm
from snowplan.units import MINUTES_PER_DAY, MS_PER_MIN, hours_ms, ms_hours


def crews_by_minute(scenario: Scenario, zone: str, kind: str) -> list[int]:
    """Crews on duty at each minute of the local day."""
    change = [0] * (MINUTES_PER_DAY + 1)
    always = 0
    for group in scenario.resources.crews:
        if (group.zone, group.kind) != (zone, kind):
            continue
        minutes = hours_ms(group.length_h) // MS_PER_MIN
        always += group.crews * (minutes // MINUTES_PER_DAY)
        begin = group.start_minute % MINUTES_PER_DAY
        for start in (begin, begin - MINUTES_PER_DAY):
            change[max(0, start)] += group.crews
            end = start + minutes % MINUTES_PER_DAY
            change[min(MINUTES_PER_DAY, max(0, end))] -= group.crews
    found, now = [], always
    for minute in range(MINUTES_PER_DAY):
        now += change[minute]
        found.append(now)
    return found


class CrewHours:
    """Hours of work that some machines (or squads) of one zone and kind can give."""

    def __init__(self, scenario: Scenario, zone: str, kind: str, count: int) -> None:
        self._bests: dict[int, int] = {}
        night = scenario.plan.call_out
        standing = set[int]()
        if not scenario.plan.phrases.clear_at_night:
            length = (night.night_to_minute - night.night_from_minute) % MINUTES_PER_DAY
            begin = night.night_from_minute
            standing = {(begin + k) % MINUTES_PER_DAY for k in range(length or MINUTES_PER_DAY)}
        crews = crews_by_minute(scenario, zone, kind)
        self.by_minute = [
            0 if minute in standing else min(count, n) for minute, n in enumerate(crews)
        ]

    @cached_property
    def _sums(self) -> list[int]:
        sums = [0]
        for _ in range(2):
            for n in self.by_minute:
                sums.append(sums[-1] + n)
        return sums

    def _best(self, minutes: int) -> int:
        """The most that any spell of so many minutes of a day gives."""
        if minutes not in self._bests:
            sums = self._sums
            pairs = zip(sums, sums[minutes:], strict=False)
            self._bests[minutes] = max(late - early for early, late in pairs)
        return self._bests[minutes]

    def hours(self, storm: DesignStorm, begin_ms: int, end_ms: int) -> float:
        """The most machine hours in `[begin, end)`; a storm without a clock has its best time."""
        if end_ms <= begin_ms:
            return 0.0
        minutes = -(-end_ms // MS_PER_MIN) - begin_ms // MS_PER_MIN
        days, rest = divmod(minutes, MINUTES_PER_DAY)
        sums = self._sums
        if storm.clock is not None:
            start = storm.clock.minute_of_day(begin_ms)
            best = sums[start + rest] - sums[start]
        else:
            best = self._best(rest)
        return ms_hours((days * sums[MINUTES_PER_DAY] + best) * MS_PER_MIN)
