"""What depots are for: m² of carriageway weighted by class, and how long a spreader needs there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from snowplan.dispatch.finding import Ways
from snowplan.model.fleet import Work
from snowplan.model.network import LENGTH_BITS, Network, travel_weights
from snowplan.model.roads import RoadClass
from snowplan.model.scenario import Scenario
from snowplan.model.sites import Site
from snowplan.planning.locating.capacitated import Loads
from snowplan.planning.locating.problem import FAR, Instance, Real, UnsolvableError, Whole
from snowplan.planning.storms import DesignStorm, design_storms, treats
from snowplan.units import G_PER_KG, MS_PER_MIN, MS_PER_S, hours_ms

ARE_M2 = 100


@dataclass(frozen=True, slots=True)
class Demand:
    """By junction where segments begin: weighted ares (whole, at least 1), and m² to be spread."""

    junctions: tuple[int, ...]
    weight: Whole
    spread_m2: Real


def demand_of(scenario: Scenario, network: Network) -> Demand:
    """The carriageway that the centre clears; each direction counts where it begins."""
    ways_in = Counter(network.seg.section)
    treatment = scenario.plan.treatment(_storm(scenario).grade)
    weighted: dict[int, float] = {}
    spread: dict[int, float] = {}
    for segment, number in enumerate(network.seg.section):
        if not network.duty[number]:
            continue
        section, start = network.sections[number], network.seg.start[segment]
        m2 = section.area_m2 / ways_in[number]
        class_weight = scenario.plan.weights[section.duty.road_class.key]
        weighted[start] = weighted.get(start, 0.0) + m2 * class_weight
        treated = treats(treatment, network.seg.rank_class[segment])
        spread[start] = spread.get(start, 0.0) + m2 * treated
    if not weighted:
        raise UnsolvableError("no_demand", "the centre has nothing to clear on this map")
    junctions = sorted(weighted)
    weight = np.array([max(1, round(weighted[j] / ARE_M2)) for j in junctions], dtype=np.int64)
    return Demand(tuple(junctions), weight, np.array([spread[j] for j in junctions]))


def instance_of(
    scenario: Scenario, network: Network, demand: Demand, sites: Sequence[Site], count: int
) -> Instance:
    """Whole seconds, rounded up, from each site to where segments begin, on bare roads."""
    spreads = [t for t in scenario.resources.types if t.work is Work.SPREAD]
    kph = max(t.pace.travel_kph for t in spreads or scenario.resources.types)
    ways = Ways(network, travel_weights(network, kph, [1.0] * len(RoadClass)))
    number = {name: k for k, name in enumerate(network.junctions)}
    columns = []
    for site in sites:
        weights = ways.from_junction(number[site.junction])[list(demand.junctions)]
        lost = np.isinf(weights)
        ms = np.where(lost, 0.0, weights).astype(np.int64) >> LENGTH_BITS
        columns.append(np.where(lost, FAR, -(-ms // MS_PER_S)))
    return Instance(np.column_stack(columns), demand.weight, count)


@dataclass(frozen=True, slots=True)
class Room:
    """What a site can serve in m² to be spread: by its share of the stock, and of the bays."""

    by_stock_m2: float
    by_bays_m2: float
    needed_m2: float

    @property
    def m2(self) -> float:
        """The lesser of the two."""
        return min(self.by_stock_m2, self.by_bays_m2)


def loads_of(scenario: Scenario, demand: Demand, sites: int, count: int) -> Loads:
    """Capacity of each site in m² to be spread, the same for all."""
    m2 = room_of(scenario, demand, count).m2
    return Loads(demand.spread_m2, np.full(sites, m2), np.zeros(sites))


def room_of(scenario: Scenario, demand: Demand, count: int) -> Room:
    """What each of so many sites can serve with its share of today's stock and bays.

    Stock has to do for the storm: a first dose, and one more each time the plan repeats it while
    snow falls. Bays have to load a first dose for all before the plan repeats it.
    """
    depots, doses = scenario.resources.depots, scenario.plan.doses
    usable = [
        row for row in doses.rows if not doses.cutoff_on or row.from_c >= doses.cutoff_c
    ] or list(doses.rows[:1])
    first = max(doses.dose_g_m2(row.from_c, repeat=False) for row in usable)
    again = max(doses.dose_g_m2(row.from_c, repeat=True) for row in usable)
    storm, again_ms = _storm(scenario), hours_ms(doses.repeat_after_h)
    repeats = (storm.stops_ms - storm.onset_ms) // max(1, again_ms)
    stock_g = G_PER_KG * (sum(depot.stock_kg for depot in depots) // count)
    bays = max(1.0, sum(depot.bays for depot in depots) / count)
    rate = min(depot.loading_kg_per_min for depot in depots)
    in_time_g = bays * rate * G_PER_KG * again_ms / MS_PER_MIN
    total = float(demand.spread_m2.sum())
    if first <= 0:
        return Room(total, total, total)
    return Room(stock_g / (first + repeats * again), in_time_g / first, total)


def _storm(scenario: Scenario) -> DesignStorm:
    """The scenario's own storm; the plan's heaviest where its snow does not end in time."""
    return design_storms(scenario)[-1]
