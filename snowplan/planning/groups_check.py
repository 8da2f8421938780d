"""Groups called twice or called in vain, and machines that no crew can drive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from snowplan.clock import clock_text
from snowplan.model.fleet import Work
from snowplan.model.grades import PLAN_GRADES
from snowplan.model.hands import FRINGE, SQUAD_GROUPS
from snowplan.model.hauling import TRUCK
from snowplan.model.scenario import Scenario
from snowplan.planning.crew_hours import crews_by_minute
from snowplan.planning.finding import GAP, NOTE, Finding
from snowplan.planning.ground_facts import FRONTAGE, HAULING, HIRED, OFFICE, RURAL, Lie
from snowplan.units import H_PER_DAY, MINUTES_PER_DAY


def group_findings(lie: Lie) -> Iterator[Finding]:
    """Groups, sections and shifts that are called twice, and groups with nobody in them."""
    yield from _called(lie)
    yield from _assigned_twice(lie)
    yield from _shifts_twice(lie.scenario)


def _called(lie: Lie) -> Iterator[Finding]:
    strength = _strength(lie)
    for grade in PLAN_GRADES:
        groups = lie.plan.treatment(grade).groups
        where = f"treatments.{grade.key}.groups"
        for group, times in sorted(Counter(groups).items()):
            values = {"group": group}
            if times > 1:
                yield Finding(
                    "group_twice", GAP, where, times, 1, "times", (grade.key,), values=values
                )
            if strength.get(group, 1) == 0:
                yield Finding(
                    "group_empty", GAP, where, 0, 1, "parties", (grade.key,), values=values
                )


def _strength(lie: Lie) -> dict[str, int]:
    """How many a group has; hired machines (社会机械) have no parties of their own."""
    resources, plan = lie.scenario.resources, lie.plan
    loads = {kind for kind, t in lie.types.items() if t.work is Work.LOAD_SNOW}
    loaders = sum(n for (_, kind), n in lie.machines.items() if kind in loads)
    found = {HIRED: 0}
    if plan.haul is not None:
        found[HAULING] = min(loaders, len(resources.trucks), len(resources.dump_points))
    if plan.hand is not None:
        for group in (RURAL, OFFICE):
            found[group] = sum(r.squads for r in resources.squads if r.group == group)
        found[FRONTAGE] = len(resources.frontage)
    return found


def _assigned_twice(lie: Lie) -> Iterator[Finding]:
    """Sections named for two groups of squads, or for one and the fringe besides."""
    named: dict[str, list[str]] = {}
    for row in lie.scenario.resources.squads:
        for section in dict.fromkeys(row.sections):
            named.setdefault(section, []).append(row.id)
    fringe = {
        s.id
        for s in lie.scenario.road_map.sections
        if FRINGE in s.duty.flags and lie.squads(s.duty.zone, RURAL) > 0
    }
    rural = {row.id for row in lie.scenario.resources.squads if row.group == RURAL}
    for section, owners in sorted(named.items()):
        if section in fringe and not rural.intersection(owners):
            owners = [*owners, RURAL]
        if len(owners) > 1:
            values = {"section": section, "owners": ", ".join(owners)}
            yield Finding(
                "section_twice", GAP, "squads.csv sections", len(owners), 1, "parties",
                values=values,
            )  # fmt: skip


def _shifts_twice(scenario: Scenario) -> Iterator[Finding]:
    """The same shift written twice; a shift that leaves its people too little rest."""
    groups = scenario.resources.crews
    same = Counter((g.zone, g.kind, g.start_minute, g.length_h) for g in groups)
    for (zone, kind, start, length), times in sorted(same.items()):
        if times > 1:
            values = {"zone": zone, "kind": kind, "start": clock_text(start), "hours": length}
            yield Finding("shift_twice", GAP, "crews.csv start", times, 1, "times", values=values)
    rest = scenario.plan.call_out.min_rest_h
    for group in groups:
        if H_PER_DAY - group.length_h < rest:
            found = max(0.0, H_PER_DAY - group.length_h)
            values = {"id": group.id, "hours": group.length_h}
            where = f"crews.csv {group.id} length_h"
            yield Finding("rest_short", GAP, where, found, rest, "h", values=values)


def crew_findings(lie: Lie) -> Iterator[Finding]:
    """Machines, trucks and squads with fewer crews than they need, by zone and kind.

    Squads need not be out round the clock: only those that never have a crew are told.
    """
    resources = lie.scenario.resources
    counts = dict(lie.machines)
    for truck in resources.trucks:
        counts[truck.zone, TRUCK] = counts.get((truck.zone, TRUCK), 0) + 1
    for (zone, kind), count in sorted(counts.items()):
        yield from _short(lie.scenario, zone, kind, count)
    for zone in lie.zones:
        for group in SQUAD_GROUPS:
            count = lie.squads(zone, group)
            most = max(crews_by_minute(lie.scenario, zone, group))
            if most < count:
                values = {"zone": zone, "kind": group}
                yield Finding(
                    "squads_idle", GAP, "crews.csv crews", most, count, "squads", values=values
                )


def _short(scenario: Scenario, zone: str, kind: str, count: int) -> Iterator[Finding]:
    crews = crews_by_minute(scenario, zone, kind)
    none = [n == 0 for n in crews]
    few = [0 < n < count for n in crews]
    values = {"zone": zone, "kind": kind}
    if any(none):
        yield Finding(
            "no_crew", GAP, "crews.csv", 0, count, "machines",
            values=values | {"hours": hours_text(none)},
        )  # fmt: skip
    if any(few):
        least = min(n for n, short in zip(crews, few, strict=True) if short)
        yield Finding(
            "few_crews", GAP, "crews.csv crews", least, count, "machines",
            values=values | {"hours": hours_text(few), "stand": count - least},
        )  # fmt: skip
    if max(crews) > count:
        over = [n > count for n in crews]
        yield Finding(
            "crews_over", NOTE, "crews.csv crews", count, max(crews), "machines",
            values=values | {"hours": hours_text(over), "spare": max(crews) - count},
        )  # fmt: skip


def hours_text(marked: Sequence[bool]) -> str:
    """Spells of the day, as `20:00–08:00`; the whole day as `00:00–24:00`."""
    if all(marked):
        return "00:00–24:00"
    starts = [m for m in range(MINUTES_PER_DAY) if marked[m] and not marked[m - 1]]
    spells = []
    for start in starts:
        length = next(
            k for k in range(MINUTES_PER_DAY) if not marked[(start + k) % MINUTES_PER_DAY]
        )
        spells.append(f"{clock_text(start)}–{clock_text(start + length)}")
    return ", ".join(spells)
