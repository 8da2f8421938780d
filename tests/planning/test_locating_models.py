"""The location models against every placement counted one by one, and against closed forms."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from snowplan.planning.locating import few
from snowplan.planning.locating.capacitated import Capacitated, Loads
from snowplan.planning.locating.covering import Covering
from snowplan.planning.locating.p_centre import PCentre
from snowplan.planning.locating.p_median import PMedian
from snowplan.planning.locating.problem import (
    FAR,
    Instance,
    Model,
    Placement,
    UnsolvableError,
    best_placements,
)

Sites = tuple[int, ...]
Value = Callable[[Sites], float]


@st.composite
def instances(draw: st.DrawFn, most_sites: int = 8) -> Instance:
    """Small instances with whole distances and weights; equal distances are common."""
    sites = draw(st.integers(2, most_sites))
    clients = draw(st.integers(1, 12))
    seed = draw(st.integers(0, 10_000))
    numbers = np.random.default_rng(seed)
    return Instance(
        numbers.integers(0, draw(st.sampled_from([4, 30, 1000])), (clients, sites)),
        numbers.integers(1, draw(st.sampled_from([2, 9])), clients),
        draw(st.integers(1, sites)),
    )


def first_values(instance: Instance, value: Value, most: int, *, more: bool = False) -> list[float]:
    """The best objectives of all placements, those with equal ones all counted."""
    every = combinations(range(instance.sites), instance.count)
    return sorted((value(sites) for sites in every), reverse=more)[:most]


def checked(model: Model, value: Value, most: int, differ: int = 1) -> list[Placement]:
    """The model's placements: proven, as many sites as said, each other than those before."""
    found = best_placements(model, most, differ)
    for number, placement in enumerate(found):
        assert placement.gap == 0.0
        assert placement.objective == pytest.approx(value(placement.sites), rel=1e-9)
        assert placement.bound == pytest.approx(placement.objective, rel=1e-9)
        for known in found[:number]:
            assert len(set(placement.sites) - set(known.sites)) >= differ
    return found


def radius(instance: Instance) -> Value:
    """The farthest client's distance."""
    return lambda sites: int(instance.distance[:, list(sites)].min(axis=1).max())


def covered(instance: Instance, within: int) -> Value:
    """The weight within a distance."""
    return lambda sites: int(
        instance.weight[(instance.distance[:, list(sites)] <= within).any(axis=1)].sum()
    )


def served(instance: Instance, loads: Loads) -> Value:
    """The cost of the best service by a transport program of its own; inf where impossible."""

    def value(sites: Sites) -> float:
        cost = (instance.distance * instance.weight[:, None])[:, list(sites)].astype(float)
        clients, open_ = cost.shape
        whole = np.kron(np.eye(clients), np.ones(open_))
        needs = np.kron(loads.demand, np.eye(open_))
        answer = linprog(cost.ravel(), needs, loads.capacity[list(sites)], whole, np.ones(clients))
        return float(answer.fun) if answer.status == 0 else float("inf")

    return value


@settings(max_examples=60, deadline=None)
@given(instances())
def test_p_median_is_the_best_of_all(instance: Instance) -> None:
    """The p-median and the four next are those found by counting all placements."""
    found = checked(PMedian(instance), instance.cost, 5)
    assert [p.objective for p in found] == first_values(instance, instance.cost, 5)


@settings(max_examples=40, deadline=None)
@given(instances())
def test_p_median_without_lists_of_the_few(instance: Instance) -> None:
    """The same where HiGHS decides instead of a look at each placement that is left."""
    with mock.patch.object(few, "MOST_STEPS", 0):
        found = checked(PMedian(instance), instance.cost, 5)
    assert [p.objective for p in found] == first_values(instance, instance.cost, 5)


@settings(max_examples=40, deadline=None)
@given(instances())
def test_p_centre_is_the_best_of_all(instance: Instance) -> None:
    """The p-centre and the four next have the radii found by counting all placements."""
    value = radius(instance)
    found = checked(PCentre(instance), value, 5)
    assert [p.objective for p in found] == first_values(instance, value, 5)


@settings(max_examples=40, deadline=None)
@given(instances(), st.integers(0, 30))
def test_covering_is_the_best_of_all(instance: Instance, within: int) -> None:
    """Maximal covering and the four next cover what counting all placements finds."""
    value = covered(instance, within)
    if not (instance.distance <= within).any():
        with pytest.raises(UnsolvableError, match="no site lies within"):
            Covering(instance, within)
        return
    found = checked(Covering(instance, within), value, 5)
    assert [p.objective for p in found] == first_values(instance, value, 5, more=True)


@settings(max_examples=40, deadline=None)
@given(instances(6), st.sampled_from([1.0, 1.1, 1.5, 4.0]), st.integers(0, 99))
def test_capacities_are_kept_at_the_least_cost(instance: Instance, room: float, seed: int) -> None:
    """With capacities the best three cost what a transport program says of every placement."""
    numbers = np.random.default_rng(seed)
    demand = numbers.integers(1, 9, instance.clients).astype(float)
    each = np.ceil(room * demand.sum() / instance.count)
    loads = Loads(demand, np.full(instance.sites, each), np.zeros(instance.sites))
    value = served(instance, loads)
    found = checked(Capacitated.of(instance, loads), value, 3)
    assert [p.objective for p in found] == pytest.approx(first_values(instance, value, 3), rel=1e-9)


def test_capacities_without_lists_of_the_few() -> None:
    """The same where HiGHS decides: a line of clients whose middle cannot serve all of them."""
    instance = line(9, 3)
    loads = Loads(np.ones(9), np.full(9, 3.0), np.zeros(9))
    uneven = Loads(np.ones(9), np.array([1.0, 9, 1, 1, 2, 1, 1, 2, 1]), np.zeros(9))
    for given_loads in (loads, uneven):
        value = served(instance, given_loads)
        expected = first_values(instance, value, 3)
        with mock.patch.object(few, "MOST_STEPS", 0):
            found = best_placements(Capacitated.of(instance, given_loads), 3)
        assert [p.objective for p in found] == pytest.approx(expected, rel=1e-9)


@settings(max_examples=30, deadline=None)
@given(instances(6), st.integers(0, 99))
def test_fixed_costs_choose_how_many(instance: Instance, seed: int) -> None:
    """Without a number of sites, fixed costs decide it: the best of all subsets that can serve."""
    numbers = np.random.default_rng(seed)
    demand = numbers.integers(1, 9, instance.clients).astype(float)
    capacity = numbers.integers(1, 60, instance.sites).astype(float)
    fixed = numbers.integers(0, 60, instance.sites).astype(float)
    loads = Loads(demand, capacity, fixed)
    cost = (instance.distance * instance.weight[:, None]).astype(float)
    if capacity.sum() < demand.sum():
        with pytest.raises(UnsolvableError, match="needed"):
            Capacitated(cost, loads)
        return
    value = served(instance, loads)
    every = [
        s for n in range(1, instance.sites + 1) for s in combinations(range(instance.sites), n)
    ]
    costs = sorted(value(s) + fixed[list(s)].sum() for s in every)
    found = best_placements(Capacitated(cost, loads), 1)[0]
    assert found.objective == pytest.approx(costs[0], rel=1e-9)
    assert found.gap == 0.0


@settings(max_examples=25, deadline=None)
@given(instances(7), st.integers(1, 3))
def test_each_next_placement_differs_by_so_many(instance: Instance, differ: int) -> None:
    """The second placement is the best of those that differ from the first by so many sites."""
    if differ > instance.count:
        return
    found = checked(PMedian(instance), instance.cost, 2, differ)
    first = set(found[0].sites)
    other = [
        instance.cost(sites)
        for sites in combinations(range(instance.sites), instance.count)
        if len(first - set(sites)) >= differ
    ]
    assert [p.objective for p in found[1:]] == sorted(other)[:1]


@settings(max_examples=25, deadline=None)
@given(instances(), st.integers(0, 99))
def test_names_and_scale_do_not_matter(instance: Instance, seed: int) -> None:
    """Sites and clients in another order cost the same; doubled weights cost twice as much."""
    draw = np.random.default_rng(seed)
    sites, clients = draw.permutation(instance.sites), draw.permutation(instance.clients)
    turned = Instance(
        instance.distance[clients][:, sites], instance.weight[clients], instance.count
    )
    doubled = Instance(instance.distance, 2 * instance.weight, instance.count)
    best = best_placements(PMedian(instance), 1)[0].objective
    assert best_placements(PMedian(turned), 1)[0].objective == best
    assert best_placements(PMedian(doubled), 1)[0].objective == 2 * best


def line(clients: int, count: int) -> Instance:
    """Clients along a line, one a unit, each of them a site."""
    at = np.arange(clients)
    return Instance(np.abs(at[:, None] - at[None, :]), np.ones(clients, dtype=np.int64), count)


@pytest.mark.parametrize(("clients", "count"), [(5, 1), (15, 3), (21, 7), (40, 4)])
def test_a_line_is_cut_into_equal_parts(clients: int, count: int) -> None:
    """On a line, parts of n clients each cost floor(n²/4), and reach floor(n/2)."""
    each = clients // count
    assert each * count == clients
    instance = line(clients, count)
    assert best_placements(PMedian(instance), 1)[0].objective == count * (each * each // 4)
    assert best_placements(PCentre(instance), 1)[0].objective == each // 2


def test_a_grid_has_its_middle() -> None:
    """On a 7 × 7 grid of streets one site stands in the middle: 168 steps, six to the corner."""
    x, y = np.divmod(np.arange(49), 7)
    distance = np.abs(x[:, None] - x) + np.abs(y[:, None] - y)
    instance = Instance(distance, np.ones(49, dtype=np.int64), 1)
    median = best_placements(PMedian(instance), 1)[0]
    assert (median.sites, median.objective) == ((24,), 168)  # 2 · 7 · (3 + 2 + 1 + 0 + 1 + 2 + 3)
    assert best_placements(PCentre(instance), 1)[0].objective == 6
    near = best_placements(Covering(instance, 1), 1)[0]
    assert near.objective == 5  # a place and its four neighbours


def test_time_that_is_up_leaves_a_bound_below() -> None:
    """Where the time is up the answer stands with a bound that is no better than it."""
    numbers = np.random.default_rng(3)
    places = numbers.integers(0, 1000, (120, 2))
    distance = np.abs(places[:, None] - places[None, :]).sum(axis=2)
    instance = Instance(distance, numbers.integers(1, 9, 120), 9)
    exact = best_placements(PMedian(instance), 1)[0]
    hasty = best_placements(PMedian(instance, 0.0), 1)[0]
    assert hasty.bound <= exact.objective <= hasty.objective
    assert exact.gap == 0.0


def test_what_cannot_be_is_refused() -> None:
    """More sites than there are, too little capacity, clients that nobody reaches: each is said."""
    instance = line(4, 2)
    with pytest.raises(UnsolvableError, match="5 sites to open, 4 to choose from"):
        line(4, 5)
    loads = Loads(np.ones(4), np.ones(4), np.zeros(4))
    with pytest.raises(UnsolvableError, match=r"4 needed, the 2 largest sites have 2"):
        Capacitated.of(instance, loads)
    cut_off = Instance(np.full((4, 4), FAR), instance.weight, 2)
    for model in (PMedian(cut_off), PCentre(cut_off)):
        with pytest.raises(UnsolvableError, match="no placement does what is asked"):
            best_placements(model, 1)
    with pytest.raises(UnsolvableError, match="no site lies within 5"):
        Covering(cut_off, 5)


def test_no_more_placements_than_there_are() -> None:
    """Of four sites two can be opened in six ways; with two to differ in there are two."""
    found = best_placements(PMedian(line(4, 2)), 10)
    assert len({p.sites for p in found}) == len(found) == 6
    assert len(best_placements(PMedian(line(4, 2)), 10, 2)) == 2
