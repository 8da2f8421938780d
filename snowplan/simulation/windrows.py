"""Windrows: what lies at the kerb beyond the verge, and where it is due to be hauled."""

from __future__ import annotations

import math

from snowplan.model.hauling import FAR_MORE, along_g
from snowplan.simulation.ground import Ground

NEVER_DUE = 2 * FAR_MORE  # grams: beyond what the widest verge takes


class Windrows:
    """Due windrows by zone and rank of cleaning; all follows from `Ground` and `stopped`.

    `mark` is what must have been pushed to the kerb of a segment for its windrow to become due:
    one comparison a pass.
    """

    def __init__(
        self, ground: Ground, zones: tuple[str, ...], ranks: tuple[int, ...],
        due_kg_m: float = 0.0, left_kg_m: float = 0.0,
    ) -> None:  # fmt: skip
        lengths_mm = ground.network.seg.length_mm
        self.ground = ground
        self.zones, self.ranks = zones, ranks
        self.left_g = [int(along_g(left_kg_m, mm)) for mm in lengths_mm]
        self.due_g = [
            max(left + 1, math.ceil(along_g(due_kg_m, mm)))
            for left, mm in zip(self.left_g, lengths_mm, strict=True)
        ]
        self.mark = [NEVER_DUE] * len(lengths_mm)
        self.due: dict[str, dict[int, set[int]]] = {}
        self.stopped = False

    def reckon(self, stopped: bool) -> None:
        """Find everything anew: the hour's view of whether snow has stopped may have changed."""
        self.stopped = stopped
        for segment, verge_g in enumerate(self.ground.verge_g):
            if verge_g < FAR_MORE:
                self.look(segment)

    def look(self, segment: int) -> bool:
        """Bring one windrow up to date; True when it is due."""
        ground = self.ground
        least = self.left_g[segment] + 1 if self.stopped else self.due_g[segment]
        group = self.due.setdefault(self.zones[segment], {}).setdefault(self.ranks[segment], set())
        if ground.windrow_g(segment) >= least:
            group.add(segment)
            self.mark[segment] = NEVER_DUE
            return True
        group.discard(segment)
        self.mark[segment] = ground.verge_g[segment] + ground.loaded[segment] + least
        return False

    def is_due(self, segment: int) -> bool:
        """True while a windrow waits to be hauled or is being hauled."""
        return segment in self.due.get(self.zones[segment], {}).get(self.ranks[segment], ())

    def stands(self, segment: int) -> bool:
        """True while more lies there than may stay."""
        return self.ground.windrow_g(segment) > self.left_g[segment]
