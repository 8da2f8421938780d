"""Snow on the areas beside the carriageway, in whole grams; no traffic packs it."""

from __future__ import annotations

import simpy

from snowplan.model.hands import Part
from snowplan.model.snow import GRAM_DIVISOR, NEVER
from snowplan.units import DM2_PER_M2, MS_PER_H


class Sides:
    """Cycle lanes and pavements as areas; an area is one part of one segment.

    `dm2[a] = 0` for a carriageway cleared by hand: its snow is the strips'. Between two touches
    an area's snow is base + N(t) g/m², never below 0 (docs/model.md).
    """

    def __init__(self, segments: list[int], parts: list[Part], dm2: list[int]) -> None:
        count = len(segments)
        self.segment = segments
        self.part = parts
        self.dm2 = dm2
        self.grams = [0] * count  # at the last touch
        self.fallen = [0] * count  # floor(A·N) at the last touch
        self.base = [0.0] * count  # g/m² less N at the last touch
        self.due = [NEVER] * count  # from when its depth exceeds what is tolerated
        self.claimed = bytearray(count)
        self.worked = bytearray(count)  # cleared by a squad at least once
        self.shirked = bytearray(count)  # frontage that its owners leave to the squads
        self.done = [0] * count  # ‰ of an unfinished job
        self.fringe = bytearray(count)  # the zone's rural squads have it while they are called
        # carriageways cleared by hand, by segment
        self.carriageway = {k: a for a, k in enumerate(segments) if parts[a] is Part.CARRIAGEWAY}
        self.squads: list[list[int]] = [[] for _ in segments]  # numbers of those it is a beat of
        self.frontage_ms: dict[str, int] = {}  # by zone: when owners will have cleared
        self.stop_seen = False  # the last assessment found that snow has stopped
        self.owners: simpy.Event | None = None

    def lay(self, initial_um: int) -> None:
        """The snow that lies at the start."""
        for a, dm2 in enumerate(self.dm2):
            self.grams[a] = dm2 * initial_um // DM2_PER_M2
            self.base[a] = float(initial_um)

    def areal(self, area: int, net: int) -> float:
        """Snow on an area where N (µm/h · ms) is `net`, g/m², without touching it."""
        return max(0.0, self.base[area] + net / MS_PER_H)

    def touch(self, area: int, net: int) -> int:
        """Bring an area's account up to where N is `net`; returns its grams."""
        fallen = self.dm2[area] * net // GRAM_DIVISOR
        self.grams[area] += fallen - self.fallen[area]
        self.fallen[area] = fallen
        return self.grams[area]

    def clear(self, area: int, net: int, residual: float) -> tuple[int, float]:
        """Take what lies above the residual (g/m²): (grams taken, g/m² that stay)."""
        m2 = self.dm2[area] / DM2_PER_M2
        lies = self.touch(area, net)
        taken = max(0, lies - int(residual * m2))
        left = residual if lies >= int(residual * m2) else lies / m2
        self.grams[area] = lies - taken
        self.base[area] = left - net / MS_PER_H
        self.done[area] = 0
        return taken, left
