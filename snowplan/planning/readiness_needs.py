"""How many machines one round of a zone's work takes at least: the plan check's arithmetic."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from snowplan.dispatch.ranks import CLEAN, OPEN
from snowplan.model.fleet import MachineType, Work
from snowplan.model.roads import RoadClass
from snowplan.planning.ground_facts import HAULING, Lie, kph_on, works_on
from snowplan.planning.hauling_check import Duty, windrows
from snowplan.planning.limits_check import Clearing
from snowplan.planning.storms import DesignStorm, design_storms, limit_of, treats
from snowplan.units import M_PER_KM, MS_PER_H, hours_ms

NOISE = 1e-9  # of a count of machines
Needs = dict[str, int | None]  # by kind
NOBODY: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a zone's work; `asked`: the kinds that the plan sends, with or without work."""

    asked: Sequence[str]
    tasks: Sequence[Task]


@dataclass(frozen=True, slots=True)
class Task:
    """Work of one road class in a zone, to be done by `end_ms`.

    By kind that may do it: `rates`, the amount that one machine does in an hour, and `begins_ms`,
    from when its work counts. The centre's own kinds come first.
    """

    amount: float
    end_ms: int
    rates: Mapping[str, float]
    begins_ms: Mapping[str, int]


def own_storm_of(lie: Lie) -> DesignStorm | None:
    """The scenario's own storm; None where it does not end before the horizon."""
    return next((storm for storm in design_storms(lie.scenario) if storm.own), None)


def needed_machines(lie: Lie) -> dict[str, Needs]:
    """By zone and kind, the machines that one round takes under the scenario's own storm.

    None where the plan's grade asks for no such work, or where it cannot be reckoned before: how
    much snow traffic packs for graders, or a storm that lasts beyond the horizon. Kinds that do
    the same work share it by what the zone's serviceable ones can do in an hour.
    """
    storm = own_storm_of(lie)
    needs: dict[str, Needs] = {zone: dict.fromkeys(lie.types) for zone in lie.zones}
    if storm is None:
        return needs
    stages = [Clearing(lie, storm, stage) for stage in (OPEN, CLEAN)]
    hauled = _hauling(lie, storm)
    for zone in lie.zones:
        rounds = [*_clearing(lie, stages, zone), _spreading(lie, storm, zone), hauled[zone]]
        for one in rounds:
            counts = dict.fromkeys(one.asked, 0) | _counts(lie, zone, one.tasks)
            for kind, count in counts.items():
                needs[zone][kind] = max(count, needs[zone][kind] or 0)
    return needs


def _counts(lie: Lie, zone: str, tasks: Sequence[Task]) -> dict[str, int]:
    """Machines of each kind: of all deadlines the one that asks for most."""
    counts = {kind: 0 for task in tasks for kind in task.rates}
    for end_ms in sorted({task.end_ms for task in tasks}):
        hours: dict[str, float] = {}
        begins: dict[str, int] = {}
        for task in tasks:
            if task.end_ms > end_ms:
                continue
            for kind, part_h in _parts(lie, zone, task).items():
                hours[kind] = hours.get(kind, 0.0) + part_h
                begins[kind] = min(begins.get(kind, end_ms), task.begins_ms[kind])
        for kind, needed_h in hours.items():
            window_h = max(1, end_ms - begins[kind]) / MS_PER_H
            counts[kind] = max(counts[kind], math.ceil(needed_h / window_h - NOISE))
    return counts


def _parts(lie: Lie, zone: str, task: Task) -> dict[str, float]:
    """Machine hours of each kind that shares a task; with none in the zone the first kind does."""
    count = {kind: lie.machines.get((zone, kind), 0) for kind in task.rates}
    if count and not any(count.values()):
        count[next(iter(count))] = 1
    whole = sum(n * task.rates[kind] for kind, n in count.items())
    return {kind: task.amount * n / whole for kind, n in count.items() if n}


def _clearing(lie: Lie, stages: Sequence[Clearing], zone: str) -> Iterator[Round]:
    """Opening, whoever does it; and one round of each work that clears at the grade."""
    for clearing in stages:
        if clearing.stage == OPEN:
            tasks = _tasks(clearing, zone, list(lie.types.values()), opening=True)
            yield Round(NOBODY, tasks)
            continue
        depth_mm = clearing.storm.total_g_m2 / clearing.storm.density
        works = lie.clearing_works(clearing.treatment, depth_mm)
        for work in sorted(works, key=lambda work: work.value):
            kinds = _kinds_of(lie, work)
            tasks = _tasks(clearing, zone, kinds, opening=False)
            yield Round([kind.kind for kind in kinds], tasks)


def _tasks(
    clearing: Clearing, zone: str, kinds: Sequence[MachineType], *, opening: bool
) -> list[Task]:
    """The classes of a zone that have a limit, with those of the kinds that may work on them."""
    found = []
    for road_class, load in clearing.loads_of(zone).items():
        fit = [kind for kind in kinds if works_on(kind, road_class)]
        if opening:
            fit = [kind for kind in kinds if kind in clearing.kinds[road_class]]
        if road_class in clearing.ends and fit:
            first = {k.kind: load.from_ms - clearing.longest_pass_ms(k, load) for k in fit}
            begins = {kind: max(clearing.storm.begin_ms, t_ms) for kind, t_ms in first.items()}
            rates = {kind.kind: clearing.rate(kind, road_class) for kind in fit}
            found.append(Task(load.amount, clearing.ends[road_class], rates, begins))
    return found


def _kinds_of(lie: Lie, work: Work) -> list[MachineType]:
    """Kinds that do a work; first those of which the centre has any."""
    present = {kind for _, kind in lie.machines}
    kinds = [kind for kind in lie.types.values() if kind.work is work]
    return sorted(kinds, key=lambda kind: kind.kind not in present)


def treated_m2(lie: Lie, storm: DesignStorm, zone: str) -> dict[RoadClass, float]:
    """m² of a zone that get de-icer at the storm's grade, by class."""
    treatment = lie.plan.treatment(storm.grade)
    found: dict[RoadClass, float] = {}
    for stretch in lie.stretches:
        if stretch.zone != zone or lie.by_hand(stretch, treatment):
            continue
        if treats(treatment, stretch.rank_class):
            found[stretch.road_class] = found.get(stretch.road_class, 0.0) + stretch.m2
    return found


def _spreading(lie: Lie, storm: DesignStorm, zone: str) -> Round:
    """One treatment of all that gets de-icer, within the plan's interval between two of them."""
    if storm.dose_melt_g_m2 <= 0:
        return Round(NOBODY, ())
    kinds = _kinds_of(lie, Work.SPREAD)
    tasks = []
    for road_class, m2 in treated_m2(lie, storm, zone).items():
        rates = {
            kind.kind: kph_on(kind, road_class) * M_PER_KM * kind.tool.width_m
            for kind in kinds
            if works_on(kind, road_class)
        }
        every_ms = hours_ms(lie.plan.doses.repeat_after_h)
        tasks.append(Task(m2, every_ms, rates, dict.fromkeys(rates, 0)))
    return Round([kind.kind for kind in kinds], tasks)


def _hauling(lie: Lie, storm: DesignStorm) -> dict[str, Round]:
    """Loading all that must be hauled, a truck always in line; by zone, nothing if not called."""
    rules, piled = lie.plan.haul, lie.scenario.around.physics.piled
    called = HAULING in lie.plan.treatment(storm.grade).groups
    if rules is None or piled is None or not called or not lie.scenario.resources.trucks:
        return {zone: Round(NOBODY, ()) for zone in lie.zones}
    duty = Duty(lie, storm, rules)
    rates = {kind: duty.volume_m3 / duty.loading_h(rate) for kind, rate in duty.rates.items()}
    begins = dict.fromkeys(rates, duty.begin_ms)
    m3: dict[tuple[str, RoadClass], float] = {}
    for row in windrows(lie, storm, rules, piled, {}, sure=True):
        key = row.stretch.zone, row.stretch.road_class
        m3[key] = m3.get(key, 0.0) + row.m3
    tasks: dict[str, list[Task]] = {zone: [] for zone in lie.zones}
    for (zone, road_class), amount in m3.items():
        limit = limit_of(lie.plan, road_class, storm.grade)
        if limit is not None:
            end_ms = storm.limit_ms(limit.haul_h, None)
            tasks[zone].append(Task(amount, end_ms, rates, begins))
    return {zone: Round(list(rates), tasks[zone]) for zone in lie.zones}
