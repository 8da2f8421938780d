"""The scenario's clock: whole milliseconds since its start, and the local time they mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from snowplan.units import MINUTES_PER_DAY, MS_PER_DAY, MS_PER_MIN


@dataclass(frozen=True, slots=True)
class Clock:
    """Local time of a scenario: `start` is a naive local time in `zone_name`."""

    start: datetime
    zone_name: str = "Asia/Shanghai"

    def local(self, t_ms: int) -> datetime:
        """The local wall time at `t_ms` (aware)."""
        zone = ZoneInfo(self.zone_name)
        began = self.start.replace(tzinfo=zone).astimezone(UTC)
        return (began + timedelta(milliseconds=int(t_ms))).astimezone(zone)

    def text(self, t_ms: int) -> str:
        """`2026-01-16 03:00`, local."""
        return self.local(t_ms).strftime("%Y-%m-%d %H:%M")

    def minute_of_day(self, t_ms: int) -> int:
        """Minutes since local midnight at `t_ms`."""
        at = self.local(t_ms)
        return at.hour * 60 + at.minute

    def next_minute_of_day_ms(self, minute: int, from_ms: int) -> int:
        """The first instant at or after `from_ms` when the local clock shows `minute` of the day.

        Zones with summer time are honoured through the calendar day; the shift of one hour on the
        two change days is taken as the wall clock shows it.
        """
        day = self.local(from_ms).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        for ahead in range(3):
            wall = day + timedelta(days=ahead, minutes=minute)
            at = self.ms_of(wall)
            if at >= from_ms:
                return at
        return from_ms + MS_PER_DAY

    def ms_of(self, wall: datetime) -> int:
        """Milliseconds since the start of a naive local time."""
        zone = ZoneInfo(self.zone_name)
        gap = wall.replace(tzinfo=zone).astimezone(UTC) - self.start.replace(
            tzinfo=zone
        ).astimezone(UTC)
        return round(gap / timedelta(milliseconds=1))


def clock_text(minute: int) -> str:
    """A minute of the day as `07:30`."""
    hours, minutes = divmod(minute % MINUTES_PER_DAY, 60)
    return f"{hours:02d}:{minutes:02d}"


def minute_of_day(text: str) -> int:
    """`"07:30"` as minutes since midnight.

    Raises ValueError when it is not a time of day.
    """
    hours, _, minutes = text.partition(":")
    value = int(hours) * 60 + int(minutes)
    if len(minutes) != 2 or not 0 <= value < MINUTES_PER_DAY or not 0 <= int(minutes) < 60:
        raise ValueError(f"'{text}' is not a time of day such as 07:30")
    return value


def day_spells_ms(
    clock: Clock, from_minute: int, to_minute: int, until_ms: int
) -> list[tuple[int, int]]:
    """Every half-open spell `[from, to)` of the local day that meets `[0, until_ms)`, in order."""
    length = ((to_minute - from_minute) % MINUTES_PER_DAY or MINUTES_PER_DAY) * MS_PER_MIN
    spells = []
    begin = clock.next_minute_of_day_ms(from_minute, -MS_PER_DAY)
    while begin < until_ms:
        if begin + length > 0:
            spells.append((max(begin, 0), min(begin + length, until_ms)))
        begin = clock.next_minute_of_day_ms(from_minute, begin + MS_PER_MIN)
    return spells
