"""Maximal covering: so many sites that the most weight lies within a distance of them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from snowplan.planning.locating.highs import Deadline, Program, chosen
from snowplan.planning.locating.p_median import whole_bound
from snowplan.planning.locating.problem import (
    Cut,
    Instance,
    Placement,
    UnsolvableError,
    out_of_time,
)


class Covering:
    """The model on one instance; `within` is a distance that still counts as near."""

    name = "covering"

    def __init__(self, instance: Instance, within: int, time_limit_s: float = math.inf) -> None:
        self.instance, self.within = instance, within
        self.time_limit_s = time_limit_s
        near = instance.distance <= within
        reached = near.any(axis=1)
        if not reached.any():
            raise UnsolvableError(
                "nobody_near", "no site lies within {within} of anybody", within=within
            )
        self.rows, of_row = np.unique(near[reached], axis=0, return_inverse=True)
        self.weights = np.bincount(
            of_row.ravel(), weights=instance.weight[reached], minlength=len(self.rows)
        )

    def covered(self, sites: Sequence[int]) -> int:
        """The weight within reach of these sites."""
        near = (self.instance.distance[:, list(sites)] <= self.within).any(axis=1)
        return int(self.instance.weight[near].sum())

    def solve(self, cuts: Sequence[Cut] = ()) -> Placement | None:
        """See `Model`; the objective is the weight within reach: the more the better."""
        end = Deadline(self.time_limit_s)
        solved = self._program(cuts).solve(end)
        if solved is None:
            return None
        if solved.values is None:
            raise out_of_time(self.name)
        sites = chosen(solved.values, range(self.instance.sites))
        covered = self.covered(sites)
        most = max(covered, min(-whole_bound(solved.bound), int(self.weights.sum())))
        nearest = self.instance.nearest(sites)
        assigned = tuple(
            site if self.instance.distance[client, site] <= self.within else -1
            for client, site in enumerate(nearest)
        )
        return Placement(self.name, sites, covered, most, end.used, assigned)

    def _program(self, cuts: Sequence[Cut]) -> Program:
        program = Program(self.instance.sites)
        program.open_exactly(self.instance.count, self.instance.sites)
        program.other_than(cuts, range(self.instance.sites))
        for row, weight in zip(self.rows, self.weights, strict=True):
            covered = program.add(-float(weight), 1.0)
            at = np.flatnonzero(row).tolist()
            program.row([*at, covered], [*[1.0] * len(at), -1.0], 0.0)
        return program
