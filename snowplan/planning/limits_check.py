"""Limits that cannot be met even by all machines at full rate: arithmetic, before any run."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

from snowplan.dispatch.ranks import CLEAN, OPEN
from snowplan.model.fleet import MachineType
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
    """Opening and clearing limits of every class: in the whole city, else zone by zone."""
    for stage in (OPEN, CLEAN):
        clearing = Clearing(lie, storm, stage)
        for road_class in RoadClass:
            whole = clearing.finding(road_class, None)
            if whole is not None:
                yield whole
                continue
            zoned = (clearing.finding(road_class, zone) for zone in lie.zones)
            yield from (found for found in zoned if found is not None)


@dataclass(frozen=True, slots=True)
class Load:
    """Work of one road class: m² to clear (or metres to open), not sooner than `from_ms`."""

    road_class: RoadClass
    amount: float
    from_ms: int
    longest_m: float


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

    def finding(self, road_class: RoadClass, zone: str | None) -> Finding | None:
        """That the limit of a class cannot be met, or None."""
        limit = limit_of(self.lie.plan, road_class, self.storm.grade)
        if limit is None:
            return None
        opening = self.stage == OPEN
        hours, minute = (
            (limit.open_h, limit.open_by_minute)
            if opening
            else (limit.clear_h, limit.clear_by_minute)
        )
        end = self.storm.limit_ms(hours, minute)
        group = self._worst(road_class, zone, end)
        possible = self._possible(group, zone, end) if group else 0.0
        if possible <= 0:  # nobody at all is told as such
            return None
        amount = sum(load.amount for load in group)
        least = least_hours(self.storm, lambda t: self._possible(group, zone, t) >= amount)
        name = "open" if opening else "clear"
        return Finding(
            code=f"limit_{name}",
            severity=IMPOSSIBLE,
            where=f"limits.{road_class.key}.{self.storm.grade.key}.{name}_h",
            found=round(ms_hours(end - self.storm.stops_ms), 2),
            needed=least,
            unit="h",
            grades=(self.storm.grade.key,),
            own_storm=self.storm.own,
            values={
                "road_class": road_class.key,
                "classes": [load.road_class.key for load in group],
                "zone": zone,
                "amount": amount / M_PER_KM if opening else amount,
                "possible": possible / M_PER_KM if opening else possible,
            },
        )

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

    def _loads(self, road_class: RoadClass, zone: str | None) -> list[Load]:
        """Work by class, of this class and of what comes before it in the order of work."""
        found: dict[RoadClass, Load] = {}
        for stretch, load in self.due:
            ahead = self.lie.ahead(stretch, road_class, self.stage)
            if zone not in (None, stretch.zone) or not ahead:
                continue
            old = found.get(load.road_class)
            found[load.road_class] = (
                load
                if old is None
                else Load(
                    load.road_class,
                    old.amount + load.amount,
                    min(old.from_ms, load.from_ms),
                    max(old.longest_m, load.longest_m),
                )
            )
        return [found[c] for c in sorted(found)]

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

    def _worst(self, road_class: RoadClass, zone: str | None, end_ms: int) -> tuple[Load, ...]:
        """The classes, this one among them, farthest from being done in time; none: in time."""
        loads = self._loads(road_class, zone)
        own = [load for load in loads if load.road_class == road_class]
        worst: tuple[float, tuple[Load, ...]] = (1.0, ())
        for some in _subsets([load for load in loads if load not in own]) if own else ():
            group = tuple(sorted((*some, *own), key=lambda load: load.road_class))
            possible = self._possible(group, zone, end_ms)
            amount = sum(load.amount for load in group)
            share = amount / possible if possible > 0 else math.inf
            if share > worst[0]:
                worst = share, group
        return worst[1]

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
                rate = max(self._rate(machine, load.road_class) for load in fit)
                start = begin - max(self._pass_ms(machine, load) for load in fit)
                total += rate * hours.hours(self.storm, max(start, self.storm.begin_ms), end_ms)
        return total

    def _rate(self, machine: MachineType, road_class: RoadClass) -> float:
        """m² an hour at full speed; to open, metres an hour of the narrowest strip."""
        metres = kph_on(machine, road_class) * M_PER_KM
        if self.stage == CLEAN:
            return metres * machine.tool.width_m
        return metres / _runs(machine, min(self.lie.strip_widths[road_class]))

    def _pass_ms(self, machine: MachineType, load: Load) -> int:
        """The longest pass of a machine on a class."""
        runs = _runs(machine, max(self.lie.strip_widths[load.road_class]))
        speed = kph_on(machine, load.road_class)
        return math.ceil(pass_ms(load.longest_m * MM_PER_M, speed) * runs)


def _runs(machine: MachineType, strip_m: float) -> int:
    """Runs over a strip that is wider than the tool."""
    return max(1, math.ceil(round(strip_m / machine.tool.width_m, 6)))


def _subsets(loads: Sequence[Load]) -> Iterable[tuple[Load, ...]]:
    return chain.from_iterable(combinations(loads, n) for n in range(len(loads) + 1))


def _packs(lie: Lie, road_class: RoadClass) -> bool:
    """Whether traffic may press loose snow down until it counts as passable."""
    around = lie.scenario.around
    rows = (row.vehicles_per_lane for row in around.traffic if row.road_class == road_class)
    return around.physics.packing_per_vehicle > 0 and any(n > 0 for n in rows)
