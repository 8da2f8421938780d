"""Limits that cannot be met even by all machines at full rate: arithmetic, before any run."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, combinations

from snowplan.dispatch.ranks import CLEAN, OPEN
from snowplan.model.fleet import MachineType
from snowplan.model.grades import Grade
from snowplan.model.roads import RoadClass
from snowplan.planning.finding import IMPOSSIBLE, Finding
from snowplan.planning.ground_facts import Lie, Stretch, kph_on, residual_mm, works_on
from snowplan.planning.storms import DesignStorm, limit_of, treats
from snowplan.units import M_PER_KM, MM_PER_M, MS_PER_H, hours_ms, ms_hours, pass_ms

STEP_MS = MS_PER_H // 10
FARTHEST_MS = 240 * MS_PER_H


def least_hours(storm: DesignStorm, enough: Callable[[int], bool]) -> float | None:
    """The last tenth of an hour after snow stops at which it is not enough; None: for ten days."""
    steps = range(1, FARTHEST_MS // STEP_MS)
    first = bisect_left(steps, True, key=lambda step: enough(storm.stops_ms + step * STEP_MS))
    return round(ms_hours((steps[first] - 1) * STEP_MS), 1) if first < len(steps) else None


def limit_findings(lie: Lie, storm: DesignStorm) -> Iterator[Finding]:
    """Opening and clearing limits that cannot be met: in the whole city, else zone by zone."""
    for stage in (OPEN, CLEAN):
        clearing = Clearing(lie, storm, stage)
        city = dict(fewest(clearing.ends, partial(clearing.finding, zone=None)))
        yield from city.values()
        for zone in lie.zones:
            zoned = fewest(clearing.ends, partial(clearing.finding, zone=zone), city)
            yield from (found for _, found in zoned)


def fewest(
    classes: Iterable[RoadClass],
    finding: Callable[[tuple[RoadClass, ...]], Finding | None],
    told: Iterable[tuple[RoadClass, ...]] = (),
) -> Iterator[tuple[tuple[RoadClass, ...], Finding]]:
    """Findings on one class, then on several together of which no fewer have one.

    Work that is more than can be done until the last of some limits proves that one of them is
    missed, not which one: the order of work does not bind who may not work, or not reach, what
    comes first.
    """
    known = [set(some) for some in told]
    classes = sorted(classes)
    sizes = range(1, len(classes) + 1)
    for some in chain.from_iterable(combinations(classes, n) for n in sizes):
        if any(one <= set(some) for one in known):
            continue
        found = finding(some)
        if found is not None:
            known.append(set(some))
            yield some, found


def limit_keys(some: Iterable[RoadClass], grade: Grade, name: str) -> str:
    """Where the limits of some classes at a grade are written."""
    return ", ".join(f"limits.{road_class.key}.{grade.key}.{name}" for road_class in some)


@dataclass(frozen=True, slots=True)
class Load:
    """Work of one road class: m² to clear (or metres to open), not sooner than `from_ms`."""

    road_class: RoadClass
    amount: float
    from_ms: int
    longest_m: float

    def with_more(self, other: Load) -> Load:
        """This work and more of the same class."""
        return Load(
            self.road_class,
            self.amount + other.amount,
            min(self.from_ms, other.from_ms),
            max(self.longest_m, other.longest_m),
        )


class Clearing:
    """One stage of machines' work under one storm; a zone of None stands for all of them."""

    def __init__(self, lie: Lie, storm: DesignStorm, stage: int) -> None:
        self.lie, self.storm, self.stage = lie, storm, stage
        self.treatment = lie.plan.treatment(storm.grade)
        marks = lie.plan.thresholds
        self.most_mm = marks.passable_depth_mm if stage == OPEN else marks.clean_depth_mm
        self.kinds = {road_class: self._kinds(road_class) for road_class in RoadClass}
        self.begins: dict[tuple[RoadClass, bool], int | None] = {}
        self.due = list(self._due())
        self.ends = self._ends()
        self.loads: dict[str | None, dict[RoadClass, Load]] = {}

    def _kinds(self, road_class: RoadClass) -> list[MachineType]:
        """Kinds that with one pass open a strip of the class, or leave it clean."""
        depth_mm = self.storm.total_g_m2 / self.storm.density
        works = self.lie.clearing_works(self.treatment, depth_mm)
        present = {kind for _, kind in self.lie.machines}
        return [
            machine
            for machine in self.lie.types.values()
            if machine.kind in present
            and machine.work in works
            and works_on(machine, road_class)
            and residual_mm(machine, road_class) <= self.most_mm
        ]

    def finding(self, some: tuple[RoadClass, ...], zone: str | None) -> Finding | None:
        """That a limit of these classes, one or another, cannot be met; or None."""
        loads = self.loads_of(zone)
        if not loads.keys() >= set(some):
            return None
        group = [loads[road_class] for road_class in some]
        end = max(self.ends[road_class] for road_class in some)
        amount = sum(load.amount for load in group)
        possible = self._possible(group, zone, end)
        if possible <= 0 or amount <= possible:  # nobody at all is told as such
            return None
        least = least_hours(self.storm, lambda t: self._possible(group, zone, t) >= amount)
        opening = self.stage == OPEN
        name = "open" if opening else "clear"
        return Finding(
            code=f"limit_{name}" if len(some) == 1 else f"limits_{name}",
            severity=IMPOSSIBLE,
            where=limit_keys(some, self.storm.grade, f"{name}_h"),
            found=round(ms_hours(end - self.storm.stops_ms), 2),
            needed=least,
            unit="h",
            grades=(self.storm.grade.key,),
            own_storm=self.storm.own,
            values={
                "classes": [road_class.key for road_class in some],
                "zone": zone,
                "amount": amount / M_PER_KM if opening else amount,
                "possible": possible / M_PER_KM if opening else possible,
            },
        )

    def _ends(self) -> dict[RoadClass, int]:
        """The instant of the limit of every class that has one."""
        ends = {}
        for road_class in RoadClass:
            limit = limit_of(self.lie.plan, road_class, self.storm.grade)
            if limit is not None:
                ends[road_class] = (
                    self.storm.limit_ms(limit.open_h, limit.open_by_minute)
                    if self.stage == OPEN
                    else self.storm.limit_ms(limit.clear_h, limit.clear_by_minute)
                )
        return ends

    def _due(self) -> Iterator[tuple[Stretch, Load]]:
        """Every stretch that some machine may clear and that needs a pass, with its work."""
        for stretch in self.lie.stretches:
            road_class = stretch.road_class
            if not self.kinds[road_class] or self.lie.by_hand(stretch, self.treatment):
                continue
            key = road_class, treats(self.treatment, stretch.rank_class)
            if key not in self.begins:
                self.begins[key] = self._from_ms(*key)
            begin = self.begins[key]
            if begin is not None:
                amount = stretch.length_m if self.stage == OPEN else stretch.m2
                yield stretch, Load(road_class, amount, begin, stretch.length_m)

    def loads_of(self, zone: str | None) -> dict[RoadClass, Load]:
        """The work of a zone by class."""
        if zone not in self.loads:
            found: dict[RoadClass, Load] = {}
            for stretch, load in self.due:
                if zone in (None, stretch.zone):
                    old = found.get(load.road_class)
                    found[load.road_class] = load if old is None else old.with_more(load)
            self.loads[zone] = found
        return self.loads[zone]

    def _from_ms(self, road_class: RoadClass, treated: bool) -> int | None:
        """The earliest pass that can count for the limit; None where no pass is needed."""
        lie, storm = self.lie, self.storm
        most = self.most_mm * storm.density
        if self.stage == OPEN and _packs(lie, road_class):
            packed = lie.scenario.around.physics.packed_density_kg_m3
            most += lie.plan.thresholds.packed_ridge_mm * packed
        kinds = self.kinds[road_class]
        left = min(residual_mm(kind, road_class) for kind in kinds) * storm.density
        repeat = hours_ms(lie.plan.doses.repeat_after_h) if treated else None
        return storm.last_look_ms(most, left, repeat)

    def _possible(self, group: Sequence[Load], zone: str | None, end_ms: int) -> float:
        """Most m² (or metres of one strip) of these classes that can be done by `end_ms`.

        No driving, no waiting, no failure; every machine at its best speed on what it may work
        on; a pass under way at the first instant that counts, counts as a whole.
        """
        begin = min(load.from_ms for load in group)
        total = 0.0
        for (home, kind), hours in self.lie.hours.items():
            if zone is not None and home not in self.lie.helpers[zone]:
                continue
            machine = self.lie.types[kind]
            fit = [load for load in group if machine in self.kinds[load.road_class]]
            if fit:
                rate = max(self.rate(machine, load.road_class) for load in fit)
                start = begin - max(self.longest_pass_ms(machine, load) for load in fit)
                total += rate * hours.hours(self.storm, max(start, self.storm.begin_ms), end_ms)
        return total

    def rate(self, machine: MachineType, road_class: RoadClass) -> float:
        """m² an hour at full speed; to open, metres an hour of the narrowest strip."""
        metres = kph_on(machine, road_class) * M_PER_KM
        if self.stage == CLEAN:
            return metres * machine.tool.width_m
        return metres / _runs(machine, min(self.lie.strip_widths[road_class]))

    def longest_pass_ms(self, machine: MachineType, load: Load) -> int:
        """The longest pass of a machine on a class."""
        runs = _runs(machine, max(self.lie.strip_widths[load.road_class]))
        speed = kph_on(machine, load.road_class)
        return math.ceil(pass_ms(load.longest_m * MM_PER_M, speed) * runs)


def _runs(machine: MachineType, strip_m: float) -> int:
    """Runs over a strip that is wider than the tool."""
    return max(1, math.ceil(round(strip_m / machine.tool.width_m, 6)))


def _packs(lie: Lie, road_class: RoadClass) -> bool:
    """Whether traffic may press loose snow down until it counts as passable."""
    around = lie.scenario.around
    rows = (row.vehicles_per_lane for row in around.traffic if row.road_class == road_class)
    return around.physics.packing_per_vehicle > 0 and any(n > 0 for n in rows)
