"""Location with capacities where there is little room: clients split, proofs by multipliers."""

from __future__ import annotations

from itertools import combinations
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snowplan.planning.locating import few
from snowplan.planning.locating.bounding import prices_of
from snowplan.planning.locating.capacitated import Capacitated, Loads
from snowplan.planning.locating.knapsacks import filled
from snowplan.planning.locating.problem import Instance, best_placements
from tests.planning.test_locating_models import first_values, instances, served


@settings(max_examples=40, deadline=None)
@given(instances(), st.floats(1.0, 1.5), st.integers(0, 99))
def test_capacities_decided_by_highs(instance: Instance, room: float, seed: int) -> None:
    """The best where HiGHS decides among the sites left, however little room there is."""
    numbers = np.random.default_rng(seed)
    demand = numbers.integers(0, 9, instance.clients).astype(float)
    each = room * max(1.0, demand.sum()) / instance.count
    loads = Loads(demand, np.full(instance.sites, each), np.zeros(instance.sites))
    value = served(instance, loads)
    best = first_values(instance, value, 1)
    for steps in (0, few.MOST_STEPS):
        with mock.patch.object(few, "MOST_STEPS", steps):
            found = best_placements(Capacitated.of(instance, loads), 1)
        assert [p.objective for p in found] == pytest.approx(best, rel=1e-7, abs=1e-6)
        assert found[0].bound == pytest.approx(best[0], rel=1e-7, abs=1e-6)


@settings(max_examples=20, deadline=None)
@given(instances(6), st.floats(1.0, 1.5), st.integers(0, 99))
def test_prices_with_capacities_are_below_every_placement(
    instance: Instance, room: float, seed: int
) -> None:
    """For any multipliers, the bound of each placement is at most what serving it costs."""
    numbers = np.random.default_rng(seed)
    demand = numbers.integers(0, 9, instance.clients).astype(float)
    capacity = np.full(instance.sites, room * max(1.0, demand.sum()) / instance.count)
    cost = (instance.distance * instance.weight[:, None]).astype(float)
    multiplier = numbers.uniform(0, max(1.0, 1.2 * float(cost.max())), instance.clients)
    reduced = filled(cost, demand, capacity, multiplier)[0]
    prices = prices_of(multiplier, reduced, instance.count)
    value = served(instance, Loads(demand, capacity, np.zeros(instance.sites)))
    for sites in combinations(range(instance.sites), instance.count):
        assert prices.bound <= prices.of(sites) + 1e-6 <= value(sites) + 2e-6


def test_little_room_splits_clients_at_the_least_cost() -> None:
    """Twelve towns in a plane, three of eight sites, hardly any room: the best of all 56."""
    numbers = np.random.default_rng(5)
    for _ in range(5):
        places, sites = numbers.random((12, 2)), numbers.random((8, 2))
        apart = np.hypot(*(places[:, None] - sites[None]).transpose(2, 0, 1))
        weight = numbers.integers(1, 20, 12)
        instance = Instance(np.ceil(1000 * apart).astype(np.int64), weight, 3)
        each = weight.sum() / 3 * numbers.uniform(1.0, 1.2)
        loads = Loads(weight.astype(float), np.full(8, each), np.zeros(8))
        best = first_values(instance, served(instance, loads), 1)
        for steps in (0, few.MOST_STEPS):
            with mock.patch.object(few, "MOST_STEPS", steps):
                found = best_placements(Capacitated.of(instance, loads), 1)
            assert [p.objective for p in found] == pytest.approx(best, rel=1e-7)
