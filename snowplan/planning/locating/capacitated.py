"""Capacitated facility location: each open site serves no more than it can, clients may be split.

The strong formulation: what a site serves of a client is at most all of it, and only if open; all
that it serves fits its capacity. Where the number of sites is given, the p-median without
capacities comes first: it is a relaxation. If its sites can carry the demand at the same cost it
is the answer. Otherwise its prices tell which placements can be better, and these are served in the
order of their cost without capacities, or which pairs of client and site a better one may use.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from snowplan.planning.locating.few import Few, below, few_below
from snowplan.planning.locating.highs import Deadline, Program, Solved, chosen
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
Known = tuple[tuple[int, ...], tuple[float, Real]]  # sites, cost and shares


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
        own = self._served(free.sites)
        known = None if own is None else (free.sites, own)
        lower = free.bound + self._fixed(free.sites)
        if known is not None and own is not None and own[0] <= lower * (1 + 1e-12):
            return self._placement(free.sites, own, lower, end)
        pairs = self._all_pairs()
        if own is not None and self.free.prices is not None:
            least = own[0] - self._fixed(free.sites)
            few = few_below(self.free.prices, self.free.instance, least)
            if few is not None:
                known_best = (free.sites, own)
                return self._in_order(self.free.instance, few, known_best, cuts, end)
            pairs = _pairs(self.free.prices.needed(self.cost, least))
        return self._decided(pairs, known, lower, cuts, end)

    def _in_order(
        self,
        instance: Instance,
        few: Sequence[Few],
        known: Known,
        cuts: Sequence[Cut],
        end: Deadline,
    ) -> Placement:
        """The few placements in the order of the relaxation, until none can be better."""
        sites, own = known
        fixed = self._fixed(sites)
        bound = own[0]
        for cost, other in below(instance, few, cuts, own[0] - fixed):
            if cost + fixed >= own[0]:
                break
            if end.over:
                bound = cost + fixed
                break
            served = self._served(other)
            if served is not None and served[0] < own[0]:
                sites, own = other, served
        return self._placement(sites, own, bound, end)

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
            own = self._served(sites)
            if own is not None and (known is None or own[0] < known[1][0]):
                known = sites, own
        if known is None:
            if solved is None:
                return None
            raise out_of_time(self.name)
        return self._placement(*known, max(lower, min(bound, known[1][0])), end)

    def _open(self, solved: Solved) -> tuple[int, ...]:
        assert solved.values is not None
        return chosen(solved.values, range(self.cost.shape[1]))

    def _placement(
        self, sites: tuple[int, ...], own: tuple[float, Real], bound: float, end: Deadline
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

    def _served(self, sites: Sequence[int]) -> tuple[float, Real] | None:
        """(cost, share of each client by open site) of the best service; None if impossible."""
        cost = self.cost[:, list(sites)]
        clients, open_ = cost.shape
        program = Program(0)
        for value in cost.ravel().tolist():
            program.add(value if math.isfinite(value) else 0.0, float(math.isfinite(value)))
        for client in range(clients):
            at = range(client * open_, (client + 1) * open_)
            program.row(at, [1.0] * open_, 1.0, 1.0)
        for turn, site in enumerate(sites):
            at = range(turn, clients * open_, open_)
            program.row(at, self.loads.demand.tolist(), -np.inf, float(self.loads.capacity[site]))
        solved = program.solve(Deadline(math.inf), relaxed=True)
        if solved is None or solved.values is None:
            return None
        total = float(np.where(np.isfinite(cost), cost, 0.0).ravel() @ solved.values)
        return total + self._fixed(sites), solved.values.reshape(clients, open_)


def _pairs(which: NDArray[np.bool_]) -> list[Pair]:
    clients, sites = np.nonzero(which)
    return list(zip(clients.tolist(), sites.tolist(), strict=True))
