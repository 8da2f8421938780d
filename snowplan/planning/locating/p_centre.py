"""p-centre: so many sites that the farthest client is as near as can be.

The best radius is one of the distances: it is found by halving, each time asking whether so many
sites cover every client within a radius (set covering). Of the placements with that radius one
with little weighted distance is taken: sites are exchanged while that helps.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from snowplan.planning.locating.highs import Deadline, Program, chosen
from snowplan.planning.locating.problem import FAR, Cut, Instance, Placement
from snowplan.planning.locating.searching import interchanged, quick


class PCentre:
    """The model on one instance; clients without weight do not count."""

    name = "p_centre"

    def __init__(self, instance: Instance, time_limit_s: float = math.inf) -> None:
        counted = instance.weight > 0
        self.instance = instance
        self.counted = replace(
            instance, distance=instance.distance[counted], weight=instance.weight[counted]
        )
        self.time_limit_s = time_limit_s

    def solve(self, cuts: Sequence[Cut] = ()) -> Placement | None:
        """See `Model`; the objective is the radius."""
        end = Deadline(self.time_limit_s)
        search = _Halving(self.counted, cuts, end)
        sites = search.run()
        if sites is None:
            return None
        radius = search.radius(sites)
        sites = self._nearer_of_equals(sites, radius, cuts)
        assigned = self.instance.nearest(sites)
        return Placement(self.name, sites, radius, min(search.bound, radius), end.used, assigned)

    def _nearer_of_equals(
        self, sites: tuple[int, ...], radius: int, cuts: Sequence[Cut]
    ) -> tuple[int, ...]:
        distance = self.counted.distance
        within = replace(self.counted, distance=np.where(distance <= radius, distance, FAR))
        return interchanged(within, sites, cuts)


class _Halving:
    """The search for the radius: below `bound` none is possible."""

    def __init__(self, instance: Instance, cuts: Sequence[Cut], end: Deadline) -> None:
        self.instance, self.cuts, self.end = instance, cuts, end
        self.radii = np.unique(instance.distance[instance.distance < FAR])
        self.bound = float(instance.distance.min(axis=1).max())

    def radius(self, sites: Sequence[int]) -> int:
        """How far the farthest client is from these sites."""
        return int(self.instance.distance[:, list(sites)].min(axis=1).max())

    def run(self) -> tuple[int, ...] | None:
        """A placement with the least radius that was found in time; None where there is none."""
        best = quick(self.instance, self.cuts)
        high = len(self.radii) - 1
        if best is None:
            best, proven = (
                self._covering(int(self.radii[high])) if len(self.radii) else (None, True)
            )
            if best is None:
                self.bound = math.inf if proven else self.bound
                return None
        low = int(np.searchsorted(self.radii, self.bound))
        high = int(np.searchsorted(self.radii, self.radius(best)))
        while low < high:
            middle = (low + high) // 2
            sites, proven = self._covering(int(self.radii[middle]))
            if sites is not None:
                best, high = sites, int(np.searchsorted(self.radii, self.radius(sites)))
            elif proven:
                low = middle + 1
            else:
                break  # the time is up
        self.bound = float(self.radii[low])
        return best

    def _covering(self, radius: int) -> tuple[tuple[int, ...] | None, bool]:
        """(sites that cover all within the radius, True where it is known that none do)."""
        near = np.unique(self.instance.distance <= radius, axis=0)
        if not near.any(axis=1).all():
            return None, True
        program = Program(self.instance.sites)
        program.open_exactly(self.instance.count, self.instance.sites)
        program.other_than(self.cuts, range(self.instance.sites))
        for row in near:
            at = np.flatnonzero(row).tolist()
            program.row(at, [1.0] * len(at), 1.0)
        solved = program.solve(self.end)
        if solved is None:
            return None, True
        if solved.values is None:
            return None, False
        return chosen(solved.values, range(self.instance.sites)), False
