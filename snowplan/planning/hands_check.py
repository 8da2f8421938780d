"""Pavements, cycle lanes and the fringe by hand, before any run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from snowplan.model.hands import FRINGE, HandRules
from snowplan.model.roads import RoadClass, Section
from snowplan.planning.crew_hours import CrewHours
from snowplan.planning.finding import GAP, IMPOSSIBLE, Finding
from snowplan.planning.ground_facts import CLEARING, FRONTAGE, OFFICE, RURAL, Lie
from snowplan.planning.limits_check import fewest, least_hours, limit_keys
from snowplan.planning.storms import DesignStorm, limit_of
from snowplan.units import hours_ms, ms_hours


@dataclass(frozen=True, slots=True)
class Side:
    """m² beside one section and the groups of squads that have them; none: shops and compounds."""

    section: Section
    m2: float
    groups: tuple[str, ...]


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


def sides_of(lie: Lie, rules: HandRules, storm: DesignStorm, zone: str) -> list[Side]:
    """What lies beside the carriageways of a zone."""
    called = lie.plan.treatment(storm.grade).groups
    rows = lie.scenario.resources.frontage if FRONTAGE in called else ()
    coverage = next((row.coverage for row in rows if row.zone == zone), 0.0)
    has_rural = RURAL in called and lie.squads(zone, RURAL) > 0
    found = []
    for number, section in enumerate(lie.network.sections):
        way, duty = section.way, section.duty
        if not lie.network.duty[number] or duty.zone != zone or way.pavement_width_m <= 0:
            continue
        share = rules.cycle_share.get(duty.road_class.key, 0.0)
        cycle_m = way.cycle_width_m
        if cycle_m is None:
            cycle_m = share * way.pavement_width_m
        pavement = (way.pavement_width_m - cycle_m) * way.length_m
        office = OFFICE in called and in_beat(lie, rules, OFFICE, section)
        mine = (RURAL,) if has_rural and FRINGE in duty.flags else (CLEARING,)
        shared = (CLEARING, OFFICE) if office and mine == (CLEARING,) else mine
        found += [
            Side(section, cycle_m * way.length_m, mine),
            Side(section, (1 - coverage) * pavement, shared),
            Side(section, coverage * pavement, ()),
        ]
    return [side for side in found if side.m2 > 0]


def in_beat(lie: Lie, rules: HandRules, group: str, section: Section) -> bool:
    """Whether some squads of a group in its zone have a section, by name or with all others."""
    rows = lie.scenario.resources.squads
    here = [r for r in rows if (r.zone, r.group) == (section.duty.zone, group) and r.squads]
    unnamed = group != OFFICE or section.duty.road_class.key in rules.office_classes
    return any(section.id in row.sections if row.sections else unnamed for row in here)


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

    def owners(self, sides: list[Side]) -> Iterator[Finding]:
        """Sides of the zone that no squad has, or only squads that never come."""
        for owner in (CLEARING, RURAL):
            m2 = sum(
                side.m2
                for side in sides
                if owner in side.groups and not any(self._comes(g, side) for g in side.groups)
            )
            if m2 > 0:
                yield self._finding("no_squads", GAP, "squads.csv", 0.0, m2, "m2", {"group": owner})

    def _comes(self, group: str, side: Side) -> bool:
        manned = any(self.squads[group].by_minute)
        return manned and in_beat(self.lie, self.rules, group, side.section)

    def pavements(self, sides: list[Side]) -> Iterator[Finding]:
        """The limit of pavements and cycle lanes against the squads that have them."""
        if self.limit_h is None or self.from_ms is None:
            return
        end = self.storm.limit_ms(self.limit_h, None)
        where = f"hand.limits.{self.storm.grade.key}_h"
        for groups in ((CLEARING, OFFICE), (CLEARING,), (RURAL,)):
            m2 = sum(s.m2 for s in sides if s.groups and set(s.groups) <= set(groups))
            possible = self.m2(groups, end)
            manned = any(any(self.squads[group].by_minute) for group in groups)
            if m2 <= possible or not manned:
                continue
            values = {"amount": m2, "possible": possible, "group": groups[0]}
            least = self._least_h(groups, m2)
            yield self._finding("limit_hand", IMPOSSIBLE, where, self.limit_h, least, "h", values)
            if OFFICE in groups:
                break
        yield from self._late_frontage(sides, where)

    def _late_frontage(self, sides: list[Side], where: str) -> Iterator[Finding]:
        for row in self.lie.scenario.resources.frontage:
            late = row.zone == self.zone and any(not side.groups for side in sides)
            if late and self.limit_h is not None and row.delay_h > self.limit_h:
                yield self._finding(
                    "frontage_late", IMPOSSIBLE, where, self.limit_h, row.delay_h, "h", {}
                )

    def fringe(self) -> Iterator[Finding]:
        """Clearing limits of the fringe's carriageways against the rural squads."""
        if RURAL not in self.called or not any(self.squads[RURAL].by_minute):
            return
        treatment = self.lie.plan.treatment(self.storm.grade)
        m2: dict[RoadClass, float] = {}
        for stretch in self.lie.stretches:
            if stretch.zone == self.zone and self.lie.by_hand(stretch, treatment):
                m2[stretch.road_class] = m2.get(stretch.road_class, 0.0) + stretch.m2
        limits = {c: limit_of(self.lie.plan, c, self.storm.grade) for c in m2}
        ends = {
            road_class: self.storm.limit_ms(limit.clear_h, limit.clear_by_minute)
            for road_class, limit in limits.items()
            if limit is not None and self.from_ms is not None
        }

        def finding(some: tuple[RoadClass, ...]) -> Finding | None:
            end = max(ends[road_class] for road_class in some)
            return self._late_fringe(some, sum(m2[road_class] for road_class in some), end)

        yield from (found for _, found in fewest(ends, finding))

    def _late_fringe(self, some: tuple[RoadClass, ...], m2: float, end_ms: int) -> Finding | None:
        """That rural squads cannot clear so many m² of these classes by then, or None."""
        possible = self.m2((RURAL,), end_ms)
        if m2 <= possible:
            return None
        return self._finding(
            "limit_fringe" if len(some) == 1 else "limits_fringe",
            IMPOSSIBLE,
            limit_keys(some, self.storm.grade, "clear_h"),
            round(ms_hours(end_ms - self.storm.stops_ms), 2),
            self._least_h((RURAL,), m2),
            "h",
            {"classes": [c.key for c in some], "amount": m2, "possible": possible},
        )

    def _finding(
        self,
        code: str,
        severity: str,
        where: str,
        found: float,
        needed: float | None,
        unit: str,
        values: Mapping[str, object],
    ) -> Finding:
        grades, own = (self.storm.grade.key,), self.storm.own
        more = {"zone": self.zone, **values}
        return Finding(code, severity, where, found, needed, unit, grades, own, more)
