"""How much loose snow lay for how long, and what is left packed: sums over the replayed spells."""

from __future__ import annotations

import numpy as np
import pandas as pd

from snowplan.results.curves import Curves, Floats
from snowplan.results.facts import RunFacts
from snowplan.results.replaying import Replayed
from snowplan.results.rows import Ints
from snowplan.units import MS_PER_H


def depth_hours(replayed: Replayed, facts: RunFacts) -> pd.DataFrame:
    """section, depth_mm_h: loose depth integrated over time, mean of the section's strips.

    Before traffic packs, the depth is linear in the fall and the integral exact; after, each
    breakpoint's step is integrated by Simpson's rule (relative error below 1e-9).
    """
    spells, curves = replayed.spells, replayed.curves
    road_class = replayed.strips.road_class[spells.strip]
    sums = _Integrals(curves)
    star = np.clip(spells.star, spells.begin_ms, spells.end_ms)
    bare = np.where(spells.base < 0, curves.net_over(-spells.base), 0)
    since = np.clip(bare, spells.begin_ms, star)
    fallen = (sums.net(star) - sums.net(since)) / MS_PER_H
    loose = spells.base * (star - since) + fallen
    late = np.flatnonzero(star < spells.end_ms)
    c, a, b = road_class[late], star[late], spells.end_ms[late]
    one_a, w_a = sums.packed(c, a)
    one_b, w_b = sums.packed(c, b)
    loose[late] += spells.film[late] * (b - a) + spells.k[late] * (one_b - one_a) + (w_b - w_a)
    section = np.array(facts.network.seg.section, dtype=np.int64)
    owner = section[replayed.strips.segment]
    size = len(facts.network.sections)
    total = np.bincount(owner[spells.strip], weights=loose, minlength=size)
    strips = np.bincount(owner, minlength=size)
    own = np.flatnonzero(strips)
    ids = np.array([s.id for s in facts.network.sections], dtype=object)
    depth = total[own] / strips[own] / facts.sky.density / MS_PER_H
    return pd.DataFrame({"section": ids[own], "depth_mm_h": depth})


def packed_m2(replayed: Replayed) -> float:
    """Area of the strips on which packed snow is left at the horizon."""
    return float(replayed.strips.dm2[replayed.packed_g > 0].sum()) / 100.0


class _Integrals:
    """Integrals of N, 1/Y and W/Y from 0, in ms."""

    def __init__(self, curves: Curves) -> None:
        self.curves = curves
        ends = curves.ts[1:]
        step = np.arange(len(ends))
        classes = np.arange(len(curves.film))[:, None]
        self.net_sum = np.append(0.0, np.cumsum(self._net_part(step, ends)))
        one, w = self._packed_part(classes, step, ends)
        zero = np.zeros((len(curves.film), 1))
        self.one = np.concatenate((zero, np.cumsum(one, axis=1)), axis=1)
        self.w = np.concatenate((zero, np.cumsum(w, axis=1)), axis=1)

    def net(self, t_ms: Ints) -> Floats:
        """∫ N dt until each instant, (µm/h · ms) · ms."""
        j = self.curves.step(t_ms)
        found: Floats = self.net_sum[j] + self._net_part(j, t_ms)
        return found

    def packed(self, road_class: Ints, t_ms: Ints) -> tuple[Floats, Floats]:
        """(∫ 1/Y dt, ∫ W/Y dt) until each instant."""
        j = self.curves.step(t_ms)
        one, w = self._packed_part(road_class, j, t_ms)
        return self.one[road_class, j] + one, self.w[road_class, j] + w

    def _net_part(self, j: Ints, t_ms: Ints) -> Floats:
        d = (t_ms - self.curves.ts[j]).astype(np.float64)
        part: Floats = self.curves.net[j] * d + self.curves.net_rate[j] * d * d / 2.0
        return part

    def _packed_part(self, c: Ints, j: Ints, t_ms: Ints) -> tuple[Floats, Floats]:
        curves = self.curves
        d = (t_ms - curves.ts[j]).astype(np.float64)
        one, whole = np.zeros(np.broadcast(c, j).shape), np.zeros(np.broadcast(c, j).shape)
        for share, weight in ((0.0, 1.0), (0.5, 4.0), (1.0, 1.0)):
            y = curves.y[c, j] + curves.dy[c, j] * (d * share)
            w = curves.w[c, j] + curves.dw[c, j] * (d * share)
            one += weight / y
            whole += weight * w / y
        return one * d / 6.0, whole * d / 6.0
