"""Lagrange multipliers where sites can serve only so much: each site fills its own knapsack.

Every client's being served once is priced, as in `bounding`; what an open site gains at most is
then the best filling of its capacity, clients cut where it ends. The bound is that of the strong
formulation (Cornuejols, Sridharan and Thizy 1991), and often far above that without capacities.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from snowplan.planning.locating.bounding import Prices, prices_of
from snowplan.planning.locating.climbing import climbed
from snowplan.planning.locating.highs import Deadline
from snowplan.planning.locating.problem import Real

ROUNDS = 800
PAIRS = 4e7  # pairs of client and site looked at, all rounds together


def price_loads(
    cost: Real, demand: Real, capacity: Real, start: Prices, goal: float, count: int,
    left: NDArray[np.bool_], end: Deadline,
) -> Prices:  # fmt: skip
    """Multipliers by a subgradient search from `start`, on the sites left; prices of all sites.

    `goal` is the cost of a placement that is known, or a guess: it sets the steps.
    """
    near, room = cost[:, left], capacity[left]

    def dual(multiplier: Real) -> tuple[float, Real]:
        reduced, shares = filled(near, demand, room, multiplier)
        open_ = np.argpartition(reduced, count - 1)[:count]
        lack = 1.0 - shares[:, open_].sum(axis=1)
        return float(multiplier.sum() + reduced[open_].sum()), lack

    rounds = min(ROUNDS, int(PAIRS / near.size))
    best = climbed(start.multiplier, dual, goal, rounds, lambda bound: bound >= goal or end.over)
    return prices_of(best, filled(cost, demand, capacity, best)[0], count)


def filled(cost: Real, demand: Real, capacity: Real, multiplier: Real) -> tuple[Real, Real]:
    """(reduced cost of each site, share of each client that it would serve): the most gainful.

    Whoever needs nothing takes no room.
    """
    gain = np.maximum(multiplier[:, None] - cost, 0.0)
    needs = np.where(gain > 0, demand[:, None], 0.0)
    worth = np.where(needs > 0, gain / np.maximum(needs, 1e-300), np.where(gain > 0, np.inf, 0.0))
    order = np.argsort(-worth, axis=0, kind="stable")
    wanted = np.take_along_axis(needs, order, axis=0)
    room = capacity[None, :] - (np.cumsum(wanted, axis=0) - wanted)
    part = np.where(wanted > 0, np.clip(room / np.where(wanted > 0, wanted, 1.0), 0.0, 1.0), 1.0)
    shares = np.empty_like(part)
    np.put_along_axis(shares, order, part, axis=0)
    shares[gain <= 0] = 0.0
    return -(gain * shares).sum(axis=0), shares
