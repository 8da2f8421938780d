"""Placements looked at layer after layer of their bounds, until none left can be better."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from snowplan.planning.locating.bounding import Prices
from snowplan.planning.locating.few import below, few_below
from snowplan.planning.locating.highs import Deadline
from snowplan.planning.locating.problem import Cut, Instance, Real

Sites = tuple[int, ...]
Served = tuple[float, Real]  # cost, shares
Known = tuple[Sites, Served]
LAYER, LEAST_LAYER = 1 / 8, 1e-3  # first layer of bounds: of the gap, or, if unknown, of the bound


@dataclass(slots=True)
class Search:
    """Placements served in the order of their bounds, layer after layer."""

    serve: Callable[[Sites], Served | None]
    instance: Instance
    prices: Prices
    fixed: float
    cuts: Sequence[Cut]
    end: Deadline
    known: Known | None = None
    lower: float = -math.inf
    tried: set[Sites] = field(default_factory=set)

    def run(self) -> bool:
        """True where no placement can be better than the known one, or none can serve at all."""
        bound = self.prices.bound
        width = LEAST_LAYER * max(1.0, abs(bound))
        if self.known is not None:
            width = LAYER * max(0.0, cost_of(self.known) - self.fixed - bound)
        while True:
            most = min(cost_of(self.known) - self.fixed, bound + width)
            few = few_below(self.prices, self.instance, most)
            if few is None or not self._layer(below(self.instance, few, self.cuts, self._least)):
                return False
            self.lower = max(self.lower, min(most + self.fixed, cost_of(self.known)))
            if most >= min(self._least, float(self.prices.multiplier.sum())):
                return True
            width *= 2

    @property
    def _least(self) -> float:
        return cost_of(self.known) - self.fixed

    def _layer(self, costs: Sequence[tuple[int, Sites]]) -> bool:
        """Serve the placements of a layer that may be better; False where the time is up."""
        order = sorted((max(float(cost), self.prices.of(sites)), sites) for cost, sites in costs)
        for bound, sites in order:
            if bound >= self._least:
                break
            if sites in self.tried:
                continue
            if self.end.over:
                return False
            self.tried.add(sites)
            served = self.serve(sites)
            if served is not None and served[0] < cost_of(self.known):
                self.known = sites, served
        return True


def cost_of(known: Known | None) -> float:
    """The cost of a known placement; inf for none."""
    return math.inf if known is None else known[1][0]
