"""The snow curves of `model.snow` for many strips at once: the same float expressions, in arrays.

Sums, products, quotients and floors are exact to the last bit on every processor; nothing else is
used, so that a row here equals what the engine's own look-ups give.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from snowplan.model.snow import NEVER, NOISE, SnowCurve
from snowplan.results.rows import Ints
from snowplan.units import MS_PER_H

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class At:
    """The curves at instants: net fall (µm/h · ms), W, Y."""

    net: Ints
    w: Floats
    y: Floats


class Curves:
    """All classes' curves; they share their breakpoints and the net fall."""

    def __init__(self, curves: Sequence[SnowCurve]) -> None:
        first = curves[0]
        self.ts = np.array(first.ts, dtype=np.int64)
        self.net = np.array(first.net, dtype=np.int64)
        self.net_rate = np.array(first.net_rate, dtype=np.int64)
        self.y, self.dy, self.w, self.dw = (
            np.array([getattr(curve, name) for curve in curves]) for name in ("y", "dy", "w", "dw")
        )
        self.film = np.array([curve.film for curve in curves])
        self.packs = np.array([curve.packs for curve in curves])

    def step(self, t_ms: Ints) -> Ints:
        """The breakpoint at or before each instant."""
        return np.searchsorted(self.ts, t_ms, side="right") - 1

    def at(self, road_class: Ints, t_ms: Ints) -> At:
        """The curves of these classes at these instants."""
        j = self.step(t_ms)
        d = t_ms - self.ts[j]
        return At(
            self.net[j] + self.net_rate[j] * d,
            self.w[road_class, j] + self.dw[road_class, j] * d,
            self.y[road_class, j] + self.dy[road_class, j] * d,
        )

    def net_at(self, t_ms: Ints) -> Ints:
        """The net fall at these instants."""
        j = self.step(t_ms)
        found: Ints = self.net[j] + self.net_rate[j] * (t_ms - self.ts[j])
        return found

    def net_over(self, amount: Floats) -> Ints:
        """The first whole ms at which the net fall exceeds each amount (g/m²), or NEVER."""
        target = np.floor(amount * MS_PER_H + NOISE)
        j = np.searchsorted(self.net, target, side="right")
        inside = np.clip(j, 1, len(self.net) - 1) - 1
        rate = np.maximum(self.net_rate[inside], 1)
        part = ((target - self.net[inside]) // rate).astype(np.int64) + 1
        found = np.where(j == len(self.net), NEVER, self.ts[inside] + part)
        return np.where(target < 0, 0, found)

    def spell(
        self, road_class: Ints, t_ms: Ints, areal: Floats, film: Floats, at: At
    ) -> tuple[Floats, Floats, Ints]:
        """(base, K, t*) of strips left with `areal` g/m² (negative: melt still to come)."""
        base = areal - at.net / MS_PER_H
        packs = self.packs[road_class]
        over = packs & (areal >= film)
        k = np.where(over, (areal - film) * at.y - at.w, 0.0)
        begin = np.where(over, t_ms, NEVER)
        later = np.flatnonzero(packs & ~over)
        if len(later):
            star = self.net_over((film - base)[later])
            known = star < NEVER
            later, star = later[known], star[known]
            begin[later] = star
            k[later] = -self.at(road_class[later], star).w
        return base, k, begin


def linear(areal: Floats, fallen: Ints) -> Floats:
    """Loose snow before traffic packs it, g/m²; `fallen` since the last touch, µm/h · ms."""
    return np.maximum(0.0, areal + fallen / MS_PER_H)
