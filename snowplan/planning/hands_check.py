"""Pavements, cycle lanes and the fringe by hand, before any run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from snowplan.model.hands import FRINGE, HandRules
from snowplan.model.roads import RoadClass
from snowplan.planning.crew_hours import CrewHours
from snowplan.planning.finding import GAP, IMPOSSIBLE, Finding
from snowplan.planning.ground_facts import CLEARING, FRONTAGE, OFFICE, RURAL, Lie
from snowplan.planning.limits_check import least_hours
from snowplan.planning.storms import DesignStorm, limit_of
from snowplan.units import hours_ms, ms_hours


@dataclass(frozen=True, slots=True)
class Sides:
    """m² beside the carriageway of one zone that squads have, by who may do them."""

    clearing: float  # squads of `clearing` alone
    shared: float  # squads of `office`, too
    rural: float
    frontage: float  # left to shops and compounds


def hand_findings(lie: Lie, storm: DesignStorm) -> Iterator[Finding]:
    """Limits by hand, zone by zone, and sides that nobody has, under one storm."""
    rules = lie.plan.hand
    if rules is None:
        return
    called = set(lie.plan.treatment(storm.grade).groups)
    for zone in lie.zones:
        sides = sides_of(lie, rules, storm, zone)
        hands = Hands(lie, rules, storm, zone, called)
        yield from hands.owners(sides)
        yield from hands.pavements(sides)
        yield from hands.fringe()


def sides_of(lie: Lie, rules: HandRules, storm: DesignStorm, zone: str) -> Sides:
    """What lies beside the carriageways of a zone, in m²."""
    called = lie.plan.treatment(storm.grade).groups
    rows = lie.scenario.resources.frontage if FRONTAGE in called else ()
    coverage = next((row.coverage for row in rows if row.zone == zone), 0.0)
    has_rural = lie.squads(zone, RURAL) > 0
    assigned = {
        name
        for row in lie.scenario.resources.squads
        if row.group == OFFICE
        for name in row.sections
    }
    clearing = shared = rural = frontage = 0.0
    for number, section in enumerate(lie.network.sections):
        way, duty = section.way, section.duty
        if not lie.network.duty[number] or duty.zone != zone or way.pavement_width_m <= 0:
            continue
        share = rules.cycle_share.get(duty.road_class.key, 0.0)
        cycle_m = way.cycle_width_m
        if cycle_m is None:
            cycle_m = share * way.pavement_width_m
        cycle = cycle_m * way.length_m
        pavement = (way.pavement_width_m - cycle_m) * way.length_m
        frontage += coverage * pavement
        pavement *= 1 - coverage
        if has_rural and FRINGE in duty.flags:
            rural += cycle + pavement
        elif OFFICE in called and (
            section.id in assigned or duty.road_class.key in rules.office_classes
        ):
            clearing += cycle
            shared += pavement
        else:
            clearing += cycle + pavement
    return Sides(clearing, shared, rural, frontage)


class Hands:
    """What the squads of one zone can do under one storm."""

    def __init__(
        self, lie: Lie, rules: HandRules, storm: DesignStorm, zone: str, called: set[str]
    ) -> None:
        self.lie, self.rules, self.storm, self.zone, self.called = lie, rules, storm, zone, called
        clean = lie.plan.thresholds.clean_depth_mm * storm.density
        self.from_ms = storm.last_look_ms(clean, rules.residual_mm * storm.density, None)
        self.largest_m2 = max(
            (
                max(s.section.way.pavement_width_m * s.length_m, s.m2)
                for s in lie.stretches
                if s.zone == zone
            ),
            default=0.0,
        )
        self.limit_h = rules.limit_h.get(storm.grade.key)
        self.squads = {
            group: CrewHours(lie.scenario, zone, group, lie.squads(zone, group))
            for group in (CLEARING, RURAL, OFFICE)
        }

    def m2(self, groups: tuple[str, ...], end_ms: int) -> float:
        """m² that the squads of these groups can clear by then at full rate.

        A job under way at the first instant that counts, counts as a whole.
        """
        total = 0.0
        for group in groups:
            rows = self.lie.scenario.resources.squads
            sizes = [r.workers for r in rows if (r.zone, r.group) == (self.zone, group)]
            if not sizes or (group != CLEARING and group not in self.called):
                continue
            begin = self.storm.begin_ms
            if self.from_ms is not None:
                longest_h = self.largest_m2 / (min(sizes) * self.rules.m2_h)
                begin = max(begin, self.from_ms - hours_ms(longest_h))
            hours = self.squads[group].hours(self.storm, begin, end_ms)
            total += hours * max(sizes) * self.rules.m2_h
        return total

    def _least_h(self, groups: tuple[str, ...], m2: float) -> float | None:
        return least_hours(self.storm, lambda t: self.m2(groups, t) >= m2)

    def owners(self, sides: Sides) -> Iterator[Finding]:
        """Sides and fringe of the zone that no squad has, or only squads that never come."""
        shared = 0.0 if any(self.squads[OFFICE].by_minute) else sides.shared
        for group, m2 in ((CLEARING, sides.clearing + shared), (RURAL, sides.rural)):
            needed = group == CLEARING or group in self.called
            if m2 > 0 and needed and not any(self.squads[group].by_minute):
                yield self._finding("no_squads", GAP, "squads.csv", 0.0, m2, "m2", {"group": group})

    def pavements(self, sides: Sides) -> Iterator[Finding]:
        """The limit of pavements and cycle lanes against the squads that have them."""
        if self.limit_h is None or self.from_ms is None:
            return
        end = self.storm.limit_ms(self.limit_h, None)
        jobs = (
            ((CLEARING, OFFICE), sides.clearing + sides.shared),
            ((CLEARING,), sides.clearing),
            ((RURAL,), sides.rural),
        )
        where = f"hand.limits.{self.storm.grade.key}_h"
        for groups, m2 in jobs:
            possible = self.m2(groups, end)
            manned = any(any(self.squads[group].by_minute) for group in groups)
            if m2 <= possible or not manned or not self.called.issuperset({RURAL} & {*groups}):
                continue
            values = {"amount": m2, "possible": possible, "group": groups[0]}
            least = self._least_h(groups, m2)
            yield self._finding("limit_hand", IMPOSSIBLE, where, self.limit_h, least, "h", values)
            if OFFICE in groups:
                break
        yield from self._late_frontage(sides, where)

    def _late_frontage(self, sides: Sides, where: str) -> Iterator[Finding]:
        for row in self.lie.scenario.resources.frontage:
            late = row.zone == self.zone and sides.frontage > 0
            if late and self.limit_h is not None and row.delay_h > self.limit_h:
                yield self._finding(
                    "frontage_late", IMPOSSIBLE, where, self.limit_h, row.delay_h, "h", {}
                )

    def fringe(self) -> Iterator[Finding]:
        """Clearing limits of the fringe's carriageways against the rural squads."""
        if RURAL not in self.called or not any(self.squads[RURAL].by_minute):
            return
        treatment = self.lie.plan.treatment(self.storm.grade)
        mine = [
            s for s in self.lie.stretches if s.zone == self.zone and self.lie.by_hand(s, treatment)
        ]
        for road_class in RoadClass:
            limit = limit_of(self.lie.plan, road_class, self.storm.grade)
            m2 = sum(s.m2 for s in mine if self.lie.ahead(s, road_class))
            if limit is None or self.from_ms is None:
                continue
            if not any(s.road_class == road_class for s in mine):
                continue
            end = self.storm.limit_ms(limit.clear_h, limit.clear_by_minute)
            if m2 > self.m2((RURAL,), end):
                yield self._finding(
                    "limit_fringe", IMPOSSIBLE,
                    f"limits.{road_class.key}.{self.storm.grade.key}.clear_h",
                    round(ms_hours(end - self.storm.stops_ms), 2),
                    self._least_h((RURAL,), m2), "h",
                    {"road_class": road_class.key, "amount": m2,
                     "possible": self.m2((RURAL,), end)},
                )  # fmt: skip

    def _finding(
        self,
        code: str,
        severity: str,
        where: str,
        found: float,
        needed: float | None,
        unit: str,
        values: dict[str, object],
    ) -> Finding:
        grades, own = (self.storm.grade.key,), self.storm.own
        more = {"zone": self.zone, **values}
        return Finding(code, severity, where, found, needed, unit, grades, own, more)
