"""Capacitated facility location: each open site serves no more than it can, clients may be split.

The strong formulation: what a site serves of a client is at most all of it, and only if open; all
that it serves fits its capacity. Where the number of sites is given, the p-median without
capacities comes first: it is a relaxation. If its sites can carry the demand at the same cost it
is the answer. Otherwise multipliers that keep the capacities (`knapsacks`) bound every placement,
and placements are served by a transport program, layer of bounds after layer, until no other can
be better. Where a layer holds too many, HiGHS decides among the sites that are left.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from snowplan.planning.locating.bounding import Prices
from snowplan.planning.locating.highs import Deadline, Program, Solved, chosen, transported
from snowplan.planning.locating.knapsacks import price_loads
from snowplan.planning.locating.layers import Known, Search, Sites, cost_of
from snowplan.planning.locating.p_median import PMedian
from snowplan.planning.locating.problem import (
    FAR,
    Cut,
    Instance,
    Placement,
    Real,
    UnsolvableError,
    out_of_time,
)

Pair = tuple[int, int]  # client, site


@dataclass(frozen=True, slots=True)
class Loads:
    """What clients need and sites can give, in one unit; `fixed` is the cost of an open site."""

    demand: Real
    capacity: Real
    fixed: Real

    def check(self, count: int | None) -> None:
        """Raise UnsolvableError where not even the largest sites could carry the demand."""
        largest = np.sort(self.capacity)[::-1][: count or len(self.capacity)]
        if largest.sum() < self.demand.sum():
            raise UnsolvableError(
                "small", "{needed:,.0f} needed, the {n} largest sites have {have:,.0f}",
                needed=self.demand.sum(), n=len(largest), have=largest.sum(),
            )  # fmt: skip


class Capacitated:
    """The model: `cost` of serving all of a client from a site, inf where there is no way.

    `count` sites are opened, or, where it is None, as many as cost the least. Then cuts tell
    placements apart by all sites that are in one of them alone.
    """

    name = "capacitated"

    def __init__(
        self,
        cost: Real,
        loads: Loads,
        count: int | None = None,
        instance: Instance | None = None,
        time_limit_s: float = math.inf,
    ) -> None:
        loads.check(count)
        self.cost, self.loads, self.count = cost, loads, count
        self.time_limit_s = time_limit_s
        self.free = None if instance is None else PMedian(instance, time_limit_s)
        self.prices: Prices | None = None

    @classmethod
    def of(cls, instance: Instance, loads: Loads, time_limit_s: float = math.inf) -> Capacitated:
        """The p-median of an instance with capacities; fixed costs must be the same everywhere."""
        if np.ptp(loads.fixed) > 0:
            raise ValueError("fixed costs differ: give the costs themselves")
        cost = (instance.distance * instance.weight[:, None]).astype(np.float64)
        cost[instance.distance >= FAR] = np.inf
        return cls(cost, loads, instance.count, instance, time_limit_s)

    def solve(self, cuts: Sequence[Cut] = ()) -> Placement | None:
        """See `Model`; the objective is the cost of serving all, with the fixed costs."""
        end = Deadline(self.time_limit_s)
        if self.free is None:
            return self._decided(self._all_pairs(), None, -math.inf, cuts, end)
        free = self.free.solve(cuts)
        if free is None:
            return None
        own = self.served(free.sites)
        known = None if own is None else (free.sites, own)
        lower = free.bound + self._fixed(free.sites)
        if known is not None and own is not None and own[0] <= lower * (1 + 1e-12):
            return self._placement(free.sites, own, lower, end)
        if self.free.prices is None:
            return self._decided(self._all_pairs(), known, lower, cuts, end)
        return self._searched(self.free.instance, self.free.prices, known, lower, cuts, end)

    def _searched(
        self, instance: Instance, free: Prices, known: Known | None, lower: float,
        cuts: Sequence[Cut], end: Deadline,
    ) -> Placement | None:  # fmt: skip
        """Layers of placements by their bounds; HiGHS where one holds too many."""
        fixed = self._fixed(range(instance.count))
        left = free.sites_needed(cost_of(known) - fixed)
        if self.prices is None:
            goal = 2 * lower if known is None else cost_of(known)
            self.prices = price_loads(
                self.cost, self.loads.demand, self.loads.capacity, free, goal - fixed,
                instance.count, left, end,
            )  # fmt: skip
        search = Search(
            self.served, instance, self.prices.among(left, instance.count), fixed, cuts, end
        )
        search.known, search.lower = known, lower
        done = search.run()
        known, lower = search.known, max(lower, search.lower)
        if not done and not end.over:
            still = search.prices.sites_needed(cost_of(known) - fixed)
            pairs = _pairs(np.isfinite(self.cost) & (left & still)[None, :])
            return self._decided(pairs, known, lower, cuts, end)
        if known is not None:
            return self._placement(*known, cost_of(known) if done else lower, end)
        if done:
            return None
        raise out_of_time(self.name)

    def _fixed(self, sites: Sequence[int]) -> float:
        return float(self.loads.fixed[list(sites)].sum())

    def _all_pairs(self) -> list[Pair]:
        return _pairs(np.isfinite(self.cost))

    def _decided(
        self,
        pairs: list[Pair],
        known: Known | None,
        lower: float,
        cuts: Sequence[Cut],
        end: Deadline,
    ) -> Placement | None:
        """HiGHS on these pairs; the known placement stands where nothing better is found."""
        solved = self._program(pairs, cuts).solve(end)
        bound = math.inf if solved is None else solved.bound
        if solved is not None and solved.values is not None:
            sites = self._open(solved)
            own = self.served(sites)
            if own is not None and (known is None or own[0] < known[1][0]):
                known = sites, own
        if known is None:
            if solved is None:
                return None
            raise out_of_time(self.name)
        return self._placement(*known, max(lower, min(bound, known[1][0])), end)

    def _open(self, solved: Solved) -> Sites:
        assert solved.values is not None
        return chosen(solved.values, range(self.cost.shape[1]))

    def _placement(
        self, sites: Sites, own: tuple[float, Real], bound: float, end: Deadline
    ) -> Placement:
        objective, share = own
        assigned = tuple(sites[k] for k in share.argmax(axis=1).tolist())
        return Placement(self.name, sites, objective, min(bound, objective), end.used, assigned)

    def _program(self, pairs: list[Pair], cuts: Sequence[Cut]) -> Program:
        clients, sites = self.cost.shape
        program = Program(sites)
        program.cost = self.loads.fixed.tolist()
        if self.count is not None:
            program.open_exactly(self.count, sites)
            program.other_than(cuts, range(sites))
        else:
            self._other_in_any_way(program, cuts)
        of_client: list[list[int]] = [[] for _ in range(clients)]
        of_site: list[list[Pair]] = [[] for _ in range(sites)]
        for client, site in pairs:
            share = program.add(float(self.cost[client, site]), 1.0)
            of_client[client].append(share)
            of_site[site].append((client, share))
            program.row([share, site], [1.0, -1.0], -np.inf, 0.0)
        for shares in of_client:
            program.row(shares, [1.0] * len(shares), 1.0, 1.0)
        for site, served in enumerate(of_site):
            needs = [float(self.loads.demand[client]) for client, _ in served]
            at = [share for _, share in served]
            program.row([*at, site], [*needs, -float(self.loads.capacity[site])], -np.inf, 0.0)
        return program

    def _other_in_any_way(self, program: Program, cuts: Sequence[Cut]) -> None:
        sites = range(self.cost.shape[1])
        for cut in cuts:
            signs = [-1.0 if site in cut.sites else 1.0 for site in sites]
            program.row(sites, signs, cut.differ - len(cut.sites))

    def served(self, sites: Sequence[int]) -> tuple[float, Real] | None:
        """(cost, share of each client by open site) of the best service; None if impossible.

        Whoever needs nothing is served from the nearest site.
        """
        cost = self.cost[:, list(sites)]
        if not np.isfinite(cost).any(axis=1).all():
            return None
        share = np.zeros(cost.shape)
        share[np.arange(len(cost)), cost.argmin(axis=1)] = 1.0
        needy = np.flatnonzero(self.loads.demand > 0)
        if len(needy):
            shares = transported(
                cost[needy], self.loads.demand[needy], self.loads.capacity[list(sites)]
            )
            if shares is None:
                return None
            share[needy] = shares
        total = float((np.where(np.isfinite(cost), cost, 0.0) * share).sum())
        return total + self._fixed(sites), share


def _pairs(which: NDArray[np.bool_]) -> list[Pair]:
    clients, sites = np.nonzero(which)
    return list(zip(clients.tolist(), sites.tolist(), strict=True))
