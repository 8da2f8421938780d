"""Hauling before any run: limits against loaders and trucks, snow against room in the dumps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from snowplan.model.fleet import Work
from snowplan.model.hauling import TRUCK, HaulRules, PiledSnow, Truck
from snowplan.model.plan import Limit, hauled_whole
from snowplan.model.roads import RoadClass
from snowplan.planning.crew_hours import CrewHours
from snowplan.planning.finding import GAP, IMPOSSIBLE, NOTE, Finding
from snowplan.planning.ground_facts import HAULING, Lie, Stretch
from snowplan.planning.limits_check import fewest, least_hours, limit_keys
from snowplan.planning.side_snow import cleared_sides_m2
from snowplan.planning.storms import DesignStorm, limit_of, treats
from snowplan.units import G_PER_KG, MS_PER_MIN, hours_ms, ms_hours


@dataclass(frozen=True, slots=True)
class Windrow:
    """Snow that must be carried off one stretch, m³ in trucks, and the way to a dump."""

    stretch: Stretch
    m3: float
    way_km: float
    treated: bool


def hauling_findings(lie: Lie, storm: DesignStorm) -> Iterator[Finding]:
    """Hauling limits and room in the dumps under one storm."""
    rules, piled = lie.plan.haul, lie.scenario.around.physics.piled
    if rules is None or piled is None:
        return
    if HAULING not in lie.plan.treatment(storm.grade).groups:
        rows = windrows(lie, storm, rules, piled, {}, sure=True)
        if rows:
            yield Finding(
                "haul_not_called", NOTE, f"treatments.{storm.grade.key}.groups", 0.0,
                sum(row.m3 for row in rows), "m3", (storm.grade.key,), storm.own,
            )  # fmt: skip
        return
    ways = lie.dump_ways_km
    sure = windrows(lie, storm, rules, piled, ways, sure=True)
    proofs = list(_limit_findings(lie, storm, Duty(lie, storm, rules), sure))
    yield from proofs
    told = {name for found in proofs for name in found.values["classes"]}
    yield from _likely_findings(lie, storm, rules, piled, ways, told)
    likely = windrows(lie, storm, rules, piled, ways, sure=False)
    yield from _dump_findings(lie, storm, rules, piled, likely)


def windrows(
    lie: Lie,
    storm: DesignStorm,
    rules: HaulRules,
    piled: PiledSnow,
    ways_km: Mapping[str, float],
    *,
    sure: bool,
    sides_m2: Mapping[str, float] = MappingProxyType({}),
    of_class: RoadClass | None = None,
) -> list[Windrow]:
    """What must at least be loaded for every section to be hauled.

    Per m² all that falls, less the clean depth and, on carriageways, the most that de-icer may
    melt; less what the verge takes and what may be left of a windrow. `sure`: verges take snow
    even of treated roads, as if no de-icer came; else they take none of it where the plan keeps
    it off them. `sides_m2`: pavements and cycle lanes cleared, by section, half on either side.
    `of_class`: of this road class alone.
    """
    treatment = lie.plan.treatment(storm.grade)
    repeat = hours_ms(lie.plan.doses.repeat_after_h)
    melted = storm.most_melted_g_m2(storm.onset_ms, repeat)
    clean = lie.plan.thresholds.clean_depth_mm * storm.density
    found = []
    for stretch in lie.stretches if of_class is None else lie.stretches_of(of_class):
        dosed = storm.dose_melt_g_m2 > 0 and treats(treatment, stretch.rank_class)
        treated = dosed and lie.spreads and not lie.by_hand(stretch, treatment)
        above = max(0.0, storm.total_g_m2 - clean)
        grams = max(0.0, above - (melted if dosed else 0.0)) * stretch.m2
        way = stretch.section.way
        grams += above * sides_m2.get(stretch.section.id, 0.0) / (1 if way.oneway else 2)
        verge = _verge_m3(stretch, rules)
        if treated and rules.treated_off_green and not sure:
            verge = 0.0
        left = rules.left_kg_m * stretch.length_m / piled.hauled_kg_m3
        m3 = grams / (piled.hauled_kg_m3 * G_PER_KG) - verge - left
        if m3 > 0:
            km = min((ways_km.get(end, 0.0) for end in stretch.ends), default=0.0)
            found.append(Windrow(stretch, m3, km, treated))
    return found


def _verge_m3(stretch: Stretch, rules: HaulRules) -> float:
    duty = stretch.section.duty
    if hauled_whole(rules, duty):
        return 0.0
    return rules.verge_m3_m[duty.road_class.key] * stretch.length_m


def _limit_findings(
    lie: Lie, storm: DesignStorm, duty: Duty, rows: list[Windrow]
) -> Iterator[Finding]:
    """That the windrows of a class, or of several together, cannot be gone in time."""
    ends = {}
    for road_class in sorted({row.stretch.road_class for row in rows}):
        limit = limit_of(lie.plan, road_class, storm.grade)
        if limit is not None:
            ends[road_class] = storm.limit_ms(limit.haul_h, None)

    def finding(some: tuple[RoadClass, ...]) -> Finding | None:
        group = [row for row in rows if row.stretch.road_class in some]
        return _late(storm, duty, group, some, max(ends[road_class] for road_class in some))

    yield from (found for _, found in fewest(ends, finding))


def _late(
    storm: DesignStorm, duty: Duty, group: list[Windrow], some: tuple[RoadClass, ...], end_ms: int
) -> Finding | None:
    """That not all windrows of these classes can be gone by then, or None."""
    m3 = sum(row.m3 for row in group)
    by_loaders, by_trucks = duty.loaders_m3(end_ms), duty.trucks_m3(group, end_ms)
    if m3 <= min(by_loaders, by_trucks) or min(by_loaders, by_trucks) <= 0:
        return None  # nobody at all is told as such
    least = least_hours(storm, lambda t: m3 <= min(duty.loaders_m3(t), duty.trucks_m3(group, t)))
    return Finding(
        "limit_haul" if len(some) == 1 else "limits_haul",
        IMPOSSIBLE,
        limit_keys(some, storm.grade, "haul_h"),
        round(ms_hours(end_ms - storm.stops_ms), 2),
        least,
        "h",
        (storm.grade.key,),
        storm.own,
        {
            "classes": [road_class.key for road_class in some],
            "m3": m3,
            "loaders": by_loaders,
            "trucks": by_trucks,
        },
    )


def _likely_findings(
    lie: Lie,
    storm: DesignStorm,
    rules: HaulRules,
    piled: PiledSnow,
    ways_km: Mapping[str, float],
    told: set[str],
) -> Iterator[Finding]:
    """Classes with more snow than can be hauled in time, as the plan means it; not proofs.

    The snow of treated roads is kept off verges where the plan says so, and what hands clear by
    the limit lies at the kerb, too. Classes that are `told` as impossible are left out.
    """
    duty = Duty(lie, storm, rules)
    for limit in lie.plan.limits:
        if limit.grade != storm.grade or limit.road_class.key in told:
            continue
        end = storm.limit_ms(limit.haul_h, None)
        sides = cleared_sides_m2(lie, storm, end)
        rows, bare = (
            windrows(
                lie, storm, rules, piled, ways_km,
                sure=False, sides_m2=m2, of_class=limit.road_class,
            )
            for m2 in (sides, {})
        )  # fmt: skip
        if rows:
            yield from _short(storm, rules, duty, limit, rows, sum(row.m3 for row in bare))


def _short(
    storm: DesignStorm,
    rules: HaulRules,
    duty: Duty,
    limit: Limit,
    rows: list[Windrow],
    bare_m3: float,
) -> Iterator[Finding]:
    """That the windrows of a class are too much to haul; without sides they are `bare_m3`."""
    end = storm.limit_ms(limit.haul_h, None)
    m3, possible = sum(r.m3 for r in rows), min(duty.loaders_m3(end), duty.trucks_m3(rows, end))
    if m3 <= possible or possible <= 0:
        return  # nobody at all is told as such
    kept_off = rules.treated_off_green and any(row.treated for row in rows)
    where = limit_keys((limit.road_class,), storm.grade, "haul_h")
    yield Finding(
        "haul_treated" if kept_off else "haul_short", GAP,
        f"{where}, hauling.treated.off_green" if kept_off else where,
        possible, m3, "m3", (storm.grade.key,), storm.own,
        {"road_class": limit.road_class.key, "sides": m3 - bare_m3},
    )  # fmt: skip


class Duty:
    """What loaders and trucks can do at most by an instant."""

    def __init__(self, lie: Lie, storm: DesignStorm, rules: HaulRules) -> None:
        self.lie, self.storm, self.rules = lie, storm, rules
        begin = storm.begin_ms if lie.plan.phrases.haul_while_clearing else storm.stops_ms
        self.begin_ms = max(begin, storm.begin_ms)
        self.trucks: list[Truck] = sorted(lie.scenario.resources.trucks, key=lambda t: t.id)
        self.volume_m3 = max((t.volume_m3 for t in self.trucks), default=0.0)
        self.rates = {
            kind: machine.load_m3_h
            for kind, machine in lie.types.items()
            if machine.work is Work.LOAD_SNOW and machine.load_m3_h > 0
        }
        zones = sorted({t.zone for t in self.trucks})
        self.truck_hours = [
            CrewHours(lie.scenario, z, TRUCK, sum(t.zone == z for t in self.trucks)) for z in zones
        ]

    def loading_h(self, rate_m3_h: float) -> float:
        """Hours of one loader for the largest truck, its change of place included."""
        return self.volume_m3 / rate_m3_h + ms_hours(self.rules.spot_min * MS_PER_MIN)

    def loaders_m3(self, end_ms: int) -> float:
        """m³ that all loaders and blowers can load by then with a truck always in line."""
        if self.volume_m3 <= 0:
            return 0.0
        return sum(
            hours.hours(self.storm, self.begin_ms, end_ms)
            * self.volume_m3
            / self.loading_h(self.rates[kind])
            for (_, kind), hours in self.lie.hours.items()
            if kind in self.rates
        )

    def trucks_m3(self, group: list[Windrow], end_ms: int) -> float:
        """m³ that all trucks can carry by then, never waiting, each to the nearest dump point."""
        present = [self.rates[kind] for _, kind in self.lie.hours if kind in self.rates]
        if not present or not self.trucks:
            return 0.0
        loaded = max(t.loaded_kph for t in self.trucks)
        empty = max(t.empty_kph for t in self.trucks)
        m3 = sum(row.m3 for row in group)
        way = sum(row.m3 * row.way_km for row in group) / m3
        dumps = self.lie.scenario.resources.dump_points
        unload = min((ms_hours(d.unload_min * MS_PER_MIN) for d in dumps), default=0.0)
        first_km = max(row.way_km for row in group)
        trip = self.loading_h(max(present)) + unload + way / loaded + way / empty
        hours = sum(h.hours(self.storm, self.begin_ms, end_ms) for h in self.truck_hours)
        saved = len(self.trucks) * (first_km / empty + first_km / loaded)  # first and last trip
        return self.volume_m3 * (hours + saved) / trip


def _dump_findings(
    lie: Lie, storm: DesignStorm, rules: HaulRules, piled: PiledSnow, rows: list[Windrow]
) -> Iterator[Finding]:
    """Room in the dumps against the storm's snow, all of it and the treated part."""
    squeeze = piled.hauled_kg_m3 / piled.dumped_kg_m3
    dumps = lie.scenario.resources.dump_points
    free = sum(max(0.0, d.capacity_m3 - d.filled_m3) for d in dumps)
    grey = sum(max(0.0, d.capacity_m3 - d.filled_m3) for d in dumps if not d.green)
    needed = sum(row.m3 for row in rows) * squeeze
    treated = sum(row.m3 for row in rows if row.treated) * squeeze
    common = ("m3", (storm.grade.key,), storm.own)
    if not dumps:
        return  # told as a group with nobody in it
    if needed > free:
        yield Finding("dumps_small", GAP, "dump_points.csv capacity_m3", free, needed, *common)
    elif rules.treated_off_green and treated > grey:
        yield Finding("dumps_green", GAP, "dump_points.csv green", grey, treated, *common)
