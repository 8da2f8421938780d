"""The few placements that prices leave: each of them reckoned.

Multipliers and the reduced costs of its sites are a lower bound on any placement's cost. Where
only few placements have a bound below the best cost known, looking at each is the quickest proof.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from snowplan.planning.locating.bounding import Prices
from snowplan.planning.locating.problem import Cut, Instance, Whole

MOST_STEPS = 200_000
MOST_PAIRS = 2_000_000_000  # placements × clients
Sites = tuple[int, ...]


class Few(NamedTuple):
    """Placements that begin with the same sites: each of `last` makes one whole."""

    first: Sites
    last: Sites


def few_below(prices: Prices, instance: Instance, most: float) -> list[Few] | None:
    """Placements whose bound is at most this; None where they are too many to look at."""
    order = np.argsort(prices.reduced, kind="stable").tolist()
    reduced = prices.reduced[order].tolist()
    before = np.concatenate([[0.0], np.cumsum(reduced)]).tolist()
    stack: list[tuple[int, float, Sites]] = [(0, float(prices.multiplier.sum()), ())]
    found: list[Few] = []
    steps = sets = 0
    while stack:
        at, bound, sites = stack.pop()
        lacking = instance.count - len(sites)
        end = at
        while end + lacking <= len(order) and (
            bound + before[end + lacking] - before[end] <= most
        ):  # from `end` on even the cheapest sites to come cost too much
            end += 1
        if lacking == 1:
            if end > at:
                found.append(Few(sites, tuple(order[at:end])))
                sets += end - at
        else:
            stack += [(k + 1, bound + reduced[k], (*sites, order[k])) for k in range(at, end)]
        steps += 1
        if steps > MOST_STEPS or sets * instance.clients > MOST_PAIRS:
            return None
    return found


def below(
    instance: Instance, few: Sequence[Few], cuts: Sequence[Cut], most: float
) -> list[tuple[int, Sites]]:
    """(cost, placement) of those that cost at most this, reach everybody and all cuts allow."""
    found = []
    for first, last in few:
        costs = _costs(instance, first, last)
        for k in np.flatnonzero(costs <= most).tolist():
            sites = tuple(sorted((*first, last[k])))
            if all(cut.allows(sites) for cut in cuts) and instance.reaches(sites):
                found.append((int(costs[k]), sites))
    return found


def _costs(instance: Instance, first: Sites, last: Sites) -> Whole:
    there = instance.distance[:, list(last)]
    if first:
        nearest = instance.distance[:, list(first)].min(axis=1)
        there = np.minimum(there, nearest[:, None])
    costs: Whole = instance.weight @ there
    return costs


def cheapest(instance: Instance, few: Sequence[Few], cuts: Sequence[Cut], known: Sites) -> Sites:
    """The cheapest of these placements that all cuts allow, and of the known one."""
    best, least = known, instance.cost(known)
    for first, last in few:
        costs = _costs(instance, first, last)
        for k in np.argsort(costs, kind="stable").tolist():
            if costs[k] >= least:
                break
            sites = tuple(sorted((*first, last[k])))
            if all(cut.allows(sites) for cut in cuts) and instance.reaches(sites):
                best, least = sites, int(costs[k])
                break
    return best
