"""The storms against which a plan is read: the scenario's own, and the fullest of each grade."""

from __future__ import annotations

from dataclasses import dataclass

from snowplan.clock import Clock
from snowplan.model.grades import PLAN_GRADES, Grade
from snowplan.model.network import CRITICAL_CLASS
from snowplan.model.plan import Limit, Plan, Treatment
from snowplan.model.roads import RoadClass
from snowplan.model.scenario import Scenario
from snowplan.model.snow import Fall, cumulative_fall, pavement_c, spans, storm_density_kg_m3
from snowplan.model.storm_grades import own_grade
from snowplan.model.weather import WeatherSpell
from snowplan.units import H_PER_DAY, MS_PER_H, MS_PER_MIN, hours_ms


@dataclass(frozen=True, slots=True)
class DesignStorm:
    """Snow from `onset_ms` to `stops_ms`; `begin_ms` is when crews are called."""

    grade: Grade  # of the plan
    own: bool
    clock: Clock | None  # None: it may come at any time of day
    fall: Fall
    initial_um: int
    density: float
    onset_ms: int
    stops_ms: int
    begin_ms: int
    dose_melt_g_m2: float  # most that one dose melts

    @property
    def total_g_m2(self) -> float:
        """What lies when snow stops, if nobody does anything."""
        return self.initial_um + self.fall.net_at(self.stops_ms) / MS_PER_H

    def most_melted_g_m2(self, from_ms: int, repeat_ms: int) -> float:
        """The most that doses spread from `from_ms` until snow stops can melt."""
        return self.dose_melt_g_m2 * (1 + (self.stops_ms - from_ms) // max(1, repeat_ms))

    def last_look_ms(self, most_g_m2: float, left_g_m2: float, repeat_ms: int | None) -> int | None:
        """The earliest instant after which one pass is enough for at most `most_g_m2` to lie when
        snow stops; None when that needs no pass at all. A pass leaves `left_g_m2`; `repeat_ms`:
        doses melt snow, too, as often as that.
        """
        end = self.fall.net_at(self.stops_ms)
        melted = 0.0 if repeat_ms is None else self.most_melted_g_m2(self.onset_ms, repeat_ms)
        if self.total_g_m2 - melted <= most_g_m2:
            return None
        for t in range(self.onset_ms, self.stops_ms, MS_PER_MIN):
            since = (end - self.fall.net_at(t)) / MS_PER_H
            melted = 0.0 if repeat_ms is None else self.most_melted_g_m2(t, repeat_ms)
            if since - melted <= most_g_m2 - left_g_m2:
                return t
        return self.stops_ms

    def limit_ms(self, hours: float, by_minute: int | None) -> int:
        """The instant of a limit: hours after snow stops, or a local deadline if that is sooner."""
        after = self.stops_ms + hours_ms(hours)
        if by_minute is None or self.clock is None:
            return after
        return min(after, self.clock.next_minute_of_day_ms(by_minute, self.stops_ms))


def design_storms(scenario: Scenario) -> list[DesignStorm]:
    """The fullest storm of each grade, evenly over 24 h, and the scenario's own snow.

    The fullest of a grade is what the next grade begins with; its snow falls at the mean air
    temperature of the scenario's own. An own storm that does not end before the horizon is left
    out: no limit is judged on it.
    """
    around, horizon = scenario.around, scenario.study.horizon_ms
    spells = around.snowfall.actual
    snowing = [(a, b, s) for a, b, s in spans(spells, horizon) if s.um_per_h > 0]
    lasting = snowing or spans(spells, horizon)
    air_c = sum(s.air_c * (b - a) for a, b, s in lasting) / sum(b - a for a, b, _ in lasting)
    rows = {row.grade: row for row in around.grade_rows}
    found = []
    for grade in PLAN_GRADES:
        above = rows.get(Grade(grade + 1))
        if above is not None:
            even = (
                WeatherSpell(0, above.from_24h_um // H_PER_DAY, air_c),
                WeatherSpell(H_PER_DAY * MS_PER_H, 0, air_c),
            )
            found.append(_storm(scenario, even, grade, 0, H_PER_DAY * MS_PER_H, None))
    if snowing and snowing[-1][1] < horizon:
        grade = own_grade(scenario)
        span = snowing[0][0], snowing[-1][1]
        clock = scenario.study.clock
        found.append(_storm(scenario, spells, grade.plan_grade, *span, clock))
    return found


def _storm(
    scenario: Scenario,
    spells: tuple[WeatherSpell, ...],
    grade: Grade,
    onset_ms: int,
    stops_ms: int,
    clock: Clock | None,
) -> DesignStorm:
    plan, around = scenario.plan, scenario.around
    physics = around.physics
    horizon = scenario.study.horizon_ms if clock else stops_ms + MS_PER_H
    hours = range(onset_ms // MS_PER_H * MS_PER_H, stops_ms, MS_PER_H)
    warmest = max((pavement_c(spells, t, physics) for t in hours), default=0.0)
    dose = max((plan.doses.dose_g_m2(pavement_c(spells, t, physics), repeat=r)
                for t in hours for r in (False, True)), default=0.0)  # fmt: skip
    melt = max((d.melt_g_per_g(warmest) for d in scenario.resources.deicers), default=0.0)
    own = clock is not None
    return DesignStorm(
        grade=grade,
        own=own,
        clock=clock,
        fall=cumulative_fall(spells, horizon, physics),
        initial_um=around.snowfall.initial_um if own else 0,
        density=storm_density_kg_m3(spells, horizon, physics),
        onset_ms=onset_ms,
        stops_ms=stops_ms,
        begin_ms=_begin_ms(scenario, onset_ms, clock),
        dose_melt_g_m2=dose * melt,
    )


def _begin_ms(scenario: Scenario, onset_ms: int, clock: Clock | None) -> int:
    """When crews can be at work at the soonest: at the call, for who comes on shift just then.

    Those whose shift has begun need their muster besides, which is let go here.
    """
    plan = scenario.plan
    if clock is not None and scenario.around.snowfall.forecasts:
        return 0  # a wrong forecast may have called them before
    if plan.phrases.act_on_snow:
        called = onset_ms - hours_ms(plan.call_out.lead_h)
        return called if clock is None else max(0, called)
    if clock is None:
        return onset_ms
    return clock.next_minute_of_day_ms(plan.call_out.fixed_start_minute, onset_ms)


def treats(treatment: Treatment, rank_class: int) -> bool:
    """Whether segments of a rank class get de-icer under a treatment."""
    if rank_class == CRITICAL_CLASS:
        return "critical" in treatment.spread_classes
    return RoadClass(rank_class - 1).key in treatment.spread_classes


def limit_of(plan: Plan, road_class: RoadClass, grade: Grade) -> Limit | None:
    """The limits of a class at a grade of the plan."""
    return next(
        (row for row in plan.limits if (row.road_class, row.grade) == (road_class, grade)), None
    )
