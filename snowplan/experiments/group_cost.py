"""What hauling, hand work and frontage duty cost the engine: an event with them and without."""

from __future__ import annotations

import statistics
from dataclasses import asdict, dataclass, replace

from snowplan.dispatch.finding import Ways
from snowplan.experiments.benching import US_PER_S, ran
from snowplan.model.network import build_network
from snowplan.model.scenario import Scenario
from snowplan.simulation.fleet_tables import Shape

TURNS = 3


@dataclass(frozen=True, slots=True)
class GroupCost:
    """CPU of a SimPy event (µs) with everything switched on and with machines only.

    Medians of runs taken by turns, travel times warm; the counts are of one run each.
    """

    whole_us: float
    machines_us: float
    ratio: float
    whole_events: int
    machines_events: int
    group_rows: int


def machines_only(scenario: Scenario) -> Scenario:
    """The scenario without trucks, dump points, squads and frontage duty."""
    resources = replace(scenario.resources, trucks=(), dump_points=(), squads=(), frontage=())
    return replace(scenario, resources=resources)


def group_cost(scenario: Scenario) -> dict[str, float | int]:
    """Run a scenario with its groups and without them, by turns, as fields of `GroupCost`."""
    network = build_network(scenario.road_map)
    pair = (scenario, machines_only(scenario))
    roads: tuple[dict[Shape, Ways], dict[Shape, Ways]] = ({}, {})
    costs: tuple[list[float], list[float]] = ([], [])
    events, rows = [0, 0], [0, 0]
    for turn in range(TURNS + 1):
        for which, one in enumerate(pair):
            done = ran(one, network, roads[which])
            events[which], rows[which] = done.events, len(done.world.group_log)
            if turn:  # the first turn warms the travel times
                costs[which].append(done.run_s / done.events * US_PER_S)
    whole, machines = (statistics.median(found) for found in costs)
    return asdict(GroupCost(whole, machines, whole / machines, events[0], events[1], rows[0]))
