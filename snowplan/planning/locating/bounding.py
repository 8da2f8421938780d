"""Which sites a better p-median could still have: Lagrange multipliers as a proof.

Each client's being served once is priced instead of demanded. For any whole multipliers the
priced problem is a lower bound, reckoned in whole numbers (Cornuejols, Fisher and Nemhauser 1977).
What it costs on top to open a site, or to serve a client from it, tells what no better placement
can hold; HiGHS decides among the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from snowplan.planning.locating.climbing import climbed
from snowplan.planning.locating.problem import FAR, Instance, Real

ROUNDS = 1500
PAIRS = 2e8  # pairs of client and site looked at, all rounds together


@dataclass(frozen=True, slots=True)
class Prices:
    """Multipliers by client, the bound that they prove, and each site's reduced cost."""

    multiplier: Real
    bound: float
    reduced: Real
    least: float  # of the reduced costs of the sites that the priced problem opens, the last

    def needed(self, cost: Real, objective: float) -> NDArray[np.bool_]:
        """By client and site: whether a placement of at most this objective can use the pair.

        Only where a client is served from one site: of a pair's cost a share pays no more than
        its part.
        """
        more = np.maximum(self.reduced - self.least, 0.0)[None, :]
        dear = np.maximum(cost - self.multiplier[:, None], 0.0)
        found: NDArray[np.bool_] = self.bound + more + dear <= objective
        return found

    def sites_needed(self, objective: float) -> NDArray[np.bool_]:
        """By site: whether a placement of at most this objective can have it."""
        more = np.maximum(self.reduced - self.least, 0.0)
        found: NDArray[np.bool_] = self.bound + more <= objective
        return found

    def among(self, sites: NDArray[np.bool_], count: int) -> Prices:
        """The same prices where only these sites may be opened, so many of them."""
        reduced = np.where(sites, self.reduced, np.inf)
        return prices_of(self.multiplier, reduced, count)

    def of(self, sites: Sequence[int]) -> float:
        """What a placement costs at least."""
        return float(self.multiplier.sum() + self.reduced[list(sites)].sum())


def priced_cost(instance: Instance) -> Real:
    """weight × distance of every pair, as whole numbers; forbidden pairs at infinity."""
    cost = (instance.distance * instance.weight[:, None]).astype(np.float64)
    cost[instance.distance >= FAR] = np.inf
    return cost


def price(instance: Instance, sites: Sequence[int]) -> Prices:
    """Multipliers by a subgradient search that begins at a good placement."""
    cost = priced_cost(instance)
    objective = float(instance.cost(sites))

    def dual(multiplier: Real) -> tuple[float, Real]:
        reduced, open_ = _priced(cost, multiplier, instance.count)
        served = (cost[:, open_] < multiplier[:, None]).sum(axis=1)
        return float(multiplier.sum() + reduced[open_].sum()), 1.0 - served

    rounds = min(ROUNDS, int(PAIRS / cost.size))
    best = climbed(
        _first(cost, sites), dual, objective, rounds, lambda bound: bound > objective - 1
    )
    whole = np.rint(best)
    return prices_of(whole, _priced(cost, whole, instance.count)[0], instance.count)


def _first(cost: Real, sites: Sequence[int]) -> Real:
    """Between the cost at the nearest open site and at the next."""
    own = np.sort(cost[:, list(sites)], axis=1)
    second = own[:, min(1, own.shape[1] - 1)]
    found: Real = np.where(np.isinf(second), own[:, 0], (own[:, 0] + second) / 2)
    return found


def _priced(cost: Real, multiplier: Real, count: int) -> tuple[Real, NDArray[np.int64]]:
    reduced: Real = np.minimum(cost - multiplier[:, None], 0.0).sum(axis=0)
    return reduced, np.argpartition(reduced, count - 1)[:count]


def prices_of(multiplier: Real, reduced: Real, count: int) -> Prices:
    """What multipliers and the reduced costs of all sites prove."""
    open_ = np.sort(reduced)[:count]
    return Prices(multiplier, float(multiplier.sum() + open_.sum()), reduced, float(open_[-1]))
