"""The snow on every strip: whole grams at the last touch, and the curve since.

Accounts: loose and packed snow by strip, what was pushed aside, what melted; de-icer on the road
by strip. Every change is a transfer between two of them, in whole grams.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from snowplan.model.hauling import FAR_MORE
from snowplan.model.network import Network
from snowplan.model.plan import Thresholds
from snowplan.model.roads import RoadClass
from snowplan.model.snow import GRAM_DIVISOR, NEVER, Level, SnowCurve, Spell
from snowplan.simulation.sky import Sky
from snowplan.units import DM2_PER_M2, MS_PER_H


@dataclass(slots=True)
class Brine:
    """De-icer at work on one strip (grams), and how much more it can still melt."""

    salt_g: int
    water_g: int
    credit_g: int
    film: float  # g/m² of loose snow that stays loose beside the brine
    least_melt: float  # g/g at the coldest hour so far
    refreeze_ms: int


class Ground:
    """State of all strips; `curves` by segment (shared objects, one a road class)."""

    def __init__(
        self,
        network: Network,
        curves: Sequence[SnowCurve],
        thresholds: Thresholds,
        sky: Sky,
    ) -> None:
        strips = network.strip_total
        self.network = network
        self.curves = curves
        self.density = density = sky.density
        packed_density = sky.packed_density
        self.packed_density = packed_density
        self.strip0, self.strips = network.seg.strip0, network.seg.strips
        self.dm2 = network.seg.strip_dm2
        self.m2 = tuple(dm2 / DM2_PER_M2 for dm2 in self.dm2)
        classes = (network.sections[n].duty.road_class for n in network.seg.section)
        self.rough = bytes(c >= RoadClass.BRANCH for c in classes)
        self.loose = [0] * strips
        self.packed = [0] * strips
        self.fallen = [0] * strips  # floor(A·N) at the last touch
        # what the hourly look at all roads reads at once, and single strips through views
        self.all_base = np.zeros(strips)
        self.all_k = np.zeros(strips)
        self.all_begin = np.full(strips, NEVER, dtype=np.int64)
        self.base = cast("memoryview[float]", self.all_base.data)
        self.k = cast("memoryview[float]", self.all_k.data)
        self.begin = self.all_begin.data
        self.brine: dict[int, Brine] = {}
        self.pushed = [0] * len(self.dm2)  # by segment: to the kerb, verge and windrow together
        self.loaded = [0] * len(self.dm2)  # of it, taken away by loaders and blowers
        self.verge_g = [FAR_MORE] * len(self.dm2)  # what of it the verge takes (see hauling)
        self.treated = bytearray(len(self.dm2))  # de-icer has been spread here
        self.melted_g = 0
        self.scrape = thresholds.packed_scrape_mm * packed_density  # g/m²
        self.scrape_more = thresholds.deicer_plough_extra_mm * packed_density
        self.ridge = thresholds.packed_ridge_mm * packed_density
        passable = thresholds.passable_depth_mm * density
        self.passable: dict[int, Level] = {id(c): c.level(passable) for c in set_of(curves)}

    def lay(self, loose: Sequence[int], packed: Sequence[int]) -> None:
        """The snow that lies at the start, g/m² by segment."""
        for segment, curve in enumerate(self.curves):
            spell = curve.spell(0, float(loose[segment]), curve.film)
            grams = self.dm2[segment] * loose[segment] // DM2_PER_M2
            hard = self.dm2[segment] * packed[segment] // DM2_PER_M2
            lo = self.strip0[segment]
            for s in range(lo, lo + self.strips[segment]):
                self.loose[s], self.packed[s] = grams, hard
                self.base[s], self.k[s], self.begin[s] = spell

    def grams_at(self, segment: int, net: int) -> int:
        """Whole grams that have fallen on one strip of a segment."""
        return self.dm2[segment] * net // GRAM_DIVISOR

    def fallen_since(self, strip: int, segment: int, t_ms: int) -> int:
        """Whole grams of net fall on a strip from its last touch to `t_ms` (or to the end)."""
        curve = self.curves[segment]
        net = curve.at(min(t_ms, curve.ts[-1]))[0]
        return self.grams_at(segment, net) - self.fallen[strip]

    def areal(self, strip: int, segment: int, t_ms: int) -> float:
        """Loose snow on a strip at `t_ms`, g/m², without touching it."""
        net, w, y = self.curves[segment].at(t_ms)
        if t_ms <= self.begin[strip]:
            return max(0.0, self.base[strip] + net / MS_PER_H)
        film = self.curves[segment].film
        if strip in self.brine:
            film = self.brine[strip].film
        return film + (self.k[strip] + w) / y

    def touch(self, strip: int, segment: int, t_ms: int, at: tuple[int, float, float]) -> None:
        """Bring one strip's accounts up to `t_ms`; `at` is its curve's value there."""
        net, w, y = at
        fallen = self.dm2[segment] * net // GRAM_DIVISOR
        rest = self.loose[strip] + fallen - self.fallen[strip]
        self.fallen[strip] = fallen
        film = self.curves[segment].film
        if strip in self.brine:
            film = self.brine[strip].film
            rest -= self._dilute(strip, rest, t_ms)
        if t_ms > self.begin[strip]:
            here = int((film + (self.k[strip] + w) / y) * self.m2[segment])
            if rest - here > 1:
                self.packed[strip] += rest - here
                rest = here
        self.loose[strip] = rest

    def _dilute(self, strip: int, rest: int, t_ms: int) -> int:
        """Melt fresh snow into brine that can still take it; refreeze what has become too cold."""
        brine = self.brine[strip]
        melt = min(brine.credit_g, rest)
        brine.credit_g -= melt
        brine.water_g += melt
        self.melted_g += melt
        if t_ms >= brine.refreeze_ms:
            frozen = brine.water_g - int(brine.salt_g * brine.least_melt)
            if frozen > 0:
                brine.water_g -= frozen
                self.melted_g -= frozen
                self.packed[strip] += frozen
                brine.credit_g = 0
            brine.refreeze_ms = NEVER
        return melt

    def settle(self, strip: int, segment: int, t_ms: int, loose: float, film: float) -> Spell:
        """Start a new spell on one strip at `t_ms`; returns it."""
        curve = self.curves[segment]
        spell = curve.spell(t_ms, loose, film)
        self.base[strip], self.k[strip], self.begin[strip] = spell
        return spell

    def sweep_off(self, strip: int, segment: int, left_g: int, scrape: float) -> None:
        """Push aside what lies above the residual, and a packed layer thin enough to be scraped.

        Brine goes with it: its water has melted for good, its salt stays on the road's account.
        """
        over = self.loose[strip] - left_g
        if over > 0:
            self.loose[strip] = left_g
            self.pushed[segment] += over
        packed = self.packed[strip]
        if packed and packed <= scrape * self.m2[segment]:
            self.pushed[segment] += packed
            self.packed[strip] = 0
        self.brine.pop(strip, None)

    def throw_on(
        self, strip: int, segment: int, t_ms: int, at: tuple[int, float, float], grams: int
    ) -> None:
        """Snow from beside the road onto a strip: brine melts it as it would fresh snow."""
        self.touch(strip, segment, t_ms, at)
        self.loose[strip] += grams
        if strip in self.brine:
            self.loose[strip] -= self._dilute(strip, grams, t_ms)

    def packed_at(self, strip: int, segment: int, t_ms: int) -> int:
        """Packed grams of a strip at `t_ms`, as a touch would find them, without touching."""
        held = self.packed[strip]
        if t_ms <= self.begin[strip]:
            return held
        net, w, y = self.curves[segment].at(t_ms)
        brine = self.brine.get(strip)
        film = brine.film if brine else self.curves[segment].film
        rest = self.loose[strip] + self.grams_at(segment, net) - self.fallen[strip]
        rest -= brine.credit_g if brine else 0
        packed = rest - int((film + (self.k[strip] + w) / y) * self.m2[segment])
        return held + (packed if packed > 1 else 0)

    def freeze_ms(self, strip: int) -> int:
        """The instant at which a strip's brine leaves ice, or NEVER."""
        brine = self.brine.get(strip)
        return brine.refreeze_ms if brine else NEVER

    def grade_off(self, strip: int, segment: int, layer: float) -> None:
        """Take one layer (g/m²) of packed snow off."""
        taken = min(self.packed[strip], int(layer * self.m2[segment]))
        self.packed[strip] -= taken
        self.pushed[segment] += taken

    def windrow_g(self, segment: int) -> int:
        """Grams in the windrow of a segment: pushed to the kerb, not on the verge, not loaded."""
        pushed = self.pushed[segment]
        return pushed - min(pushed, self.verge_g[segment]) - self.loaded[segment]

    def segment_block_ms(self, segment: int) -> int:
        """The instant from which no strip of the segment is passable, as the snow lies now."""
        curve = self.curves[segment]
        level = self.passable[id(curve)]
        ridge = self.ridge * self.m2[segment]
        latest, seen = 0, None
        lo = self.strip0[segment]
        for s in range(lo, lo + self.strips[segment]):
            spell = (self.base[s], self.k[s], self.begin[s])
            if self.packed[s] > ridge or (spell == seen and s not in self.brine):
                continue
            seen = spell
            film = self.brine[s].film if s in self.brine else curve.film
            latest = max(latest, curve.over(level, 0, spell, film))
        return latest


def set_of(curves: Sequence[SnowCurve]) -> list[SnowCurve]:
    """The distinct curve objects, in order of first use."""
    return list({id(c): c for c in curves}.values())
