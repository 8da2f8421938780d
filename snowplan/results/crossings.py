"""The instants at which strips become or cease to be passable and clean, in each spell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from snowplan.model.plan import Thresholds
from snowplan.model.snow import GRAM_DIVISOR, NEVER
from snowplan.results.curves import linear, loose_at
from snowplan.results.replaying import Replayed, Spells
from snowplan.results.rows import Bools, Ints
from snowplan.units import MS_PER_H

NOISE = 1.0 - 1e-9  # bounds are compared with room for rounding


@dataclass(frozen=True, slots=True)
class Levels:
    """Thresholds as g/m²: loose for passable, loose for clean, packed for passable."""

    passable: float
    clean: float
    ridge: float


@dataclass(frozen=True, slots=True)
class Turns:
    """From `t_ms` on the strip is so (`good`) until its next row; sorted by (strip, t_ms)."""

    strip: Ints
    t_ms: Ints
    good: Bools


def levels_of(thresholds: Thresholds, density: float, packed_density: float) -> Levels:
    """The plan's thresholds at the storm's density."""
    return Levels(
        thresholds.passable_depth_mm * density,
        thresholds.clean_depth_mm * density,
        thresholds.packed_ridge_mm * packed_density,
    )


def clean_turns(replayed: Replayed, levels: Levels) -> Turns:
    """When strips are clean: at most the clean depth, and nothing packed (from t* on it counts).

    Within a spell a clean strip can only become unclean, once.
    """
    spells, curves = replayed.spells, replayed.curves
    begin = spells.begin_ms
    over = np.maximum(begin, curves.net_over(levels.clean - spells.base))
    first = np.full(len(begin), NEVER, dtype=np.int64)
    for step in (2, 1, 0, -1, -2):  # the look-up may be a millisecond off
        at = np.maximum(over + step, begin)
        soon = np.minimum(at, int(curves.ts[-1]))
        above = linear(spells.base, curves.net_at(soon)) > levels.clean
        first = np.where(above & (over < NEVER), at, first)
    first = np.where(begin >= spells.star, begin, np.minimum(first, spells.star))
    frozen = np.flatnonzero(spells.freeze_ms < spells.end_ms)
    ice = _frozen_g(spells[frozen], replayed, spells.freeze_ms[frozen]) > 0
    hard = frozen[ice]
    first[hard] = np.minimum(first[hard], spells.freeze_ms[hard])
    first = np.where(spells.packed_g > 0, begin, first)
    later = np.flatnonzero((first > begin) & (first < spells.end_ms))
    return _turns(
        np.append(spells.strip, spells.strip[later]),
        np.append(begin, first[later]),
        np.append(first > begin, np.zeros(len(later), dtype=np.bool_)),
    )


def passable_turns(replayed: Replayed, levels: Levels) -> Turns:
    """When strips are passable: loose snow and the packed layer both within their thresholds.

    Spells whose whole snow stays within both are passable throughout. In the others the condition
    is looked at on every breakpoint; between two it changes once at most.
    """
    spells, curves = replayed.spells, replayed.curves
    fallen = (curves.net_at(spells.end_ms) - curves.net_at(spells.begin_ms)) / MS_PER_H
    m2 = replayed.strips.m2[spells.strip]
    held = np.maximum(spells.areal, 0.0) + fallen
    packed = (spells.packed_g + spells.water_g) / m2
    risky = (held > levels.passable * NOISE) | (held + packed > levels.ridge * NOISE)
    row = np.flatnonzero(risky)
    at, t_ms = _stops(spells[row], replayed)
    good = _passable(spells[row][at], replayed, levels, t_ms)
    turned = np.flatnonzero((at[1:] == at[:-1]) & (good[1:] != good[:-1]))
    exact = _halved(spells[row[at[turned]]], replayed, levels, t_ms[turned], t_ms[turned + 1])
    fresh = np.append(True, at[1:] != at[:-1])[: len(at)]
    start = np.ones(len(spells.strip), dtype=np.bool_)
    start[row] = good[fresh]
    return _turns(
        np.append(spells.strip, spells.strip[row[at[turned]]]),
        np.append(spells.begin_ms, exact),
        np.append(start, good[turned + 1]),
    )


def _stops(spells: Spells, replayed: Replayed) -> tuple[Ints, Ints]:
    """(spell, instant) sorted: both ends of each spell, and all breakpoints and phases between."""
    ts = replayed.curves.ts
    count = len(spells.strip)
    lo = np.searchsorted(ts, spells.begin_ms, side="right")
    hi = np.searchsorted(ts, spells.end_ms, side="left")
    inner = np.maximum(hi - lo, 0)
    at = np.repeat(np.arange(count), inner)
    step = np.arange(len(at)) - np.repeat(np.cumsum(inner) - inner, inner)
    every = np.arange(count)
    marks = [(at, ts[lo[at] + step]), (every, spells.begin_ms), (every, spells.end_ms - 1)]
    for phase in (spells.star, spells.star - 1, spells.freeze_ms, spells.freeze_ms - 1):
        inside = (phase > spells.begin_ms) & (phase < spells.end_ms)
        marks.append((every[inside], phase[inside]))
    spell = np.concatenate([mark[0] for mark in marks])
    t_ms = np.concatenate([mark[1] for mark in marks])
    key = np.unique((spell << 40) + t_ms)
    return key >> 40, key & ((1 << 40) - 1)


def _passable(spells: Spells, replayed: Replayed, levels: Levels, t_ms: Ints) -> Bools:
    """The condition itself, of these spells at these instants."""
    strips = replayed.strips
    at = replayed.curves.at(strips.road_class[spells.strip], t_ms)
    loose = loose_at(spells.base, spells.k, spells.star, spells.film, t_ms, at)
    packed = spells.packed_g.astype(np.float64)
    cold = np.flatnonzero(t_ms >= spells.freeze_ms)
    if len(cold):
        packed[cold] += _frozen_g(spells[cold], replayed, t_ms[cold])
    packed = packed / strips.m2[spells.strip]
    packing = np.maximum(0.0, spells.base + at.net / MS_PER_H - loose)
    packed += np.where(t_ms >= spells.star, packing, 0.0)
    return (loose <= levels.passable) & (packed <= levels.ridge)


def _frozen_g(spells: Spells, replayed: Replayed, t_ms: Ints) -> Ints:
    """Grams of brine refrozen by `t_ms`, where that is at or after the freezing hour."""
    dm2 = replayed.strips.dm2[spells.strip]
    curves = replayed.curves
    fallen = dm2 * curves.net_at(t_ms) // GRAM_DIVISOR
    fallen -= dm2 * curves.net_at(spells.begin_ms) // GRAM_DIVISOR
    water = spells.water_g + np.minimum(spells.credit_g, fallen)
    frozen: Ints = water - (spells.salt_g * spells.least_melt).astype(np.int64)
    return np.maximum(frozen, 0)


def _halved(spells: Spells, replayed: Replayed, levels: Levels, lo: Ints, hi: Ints) -> Ints:
    """The first ms at which the condition is what it is at `hi`; at `lo` it is the opposite."""
    wanted = _passable(spells, replayed, levels, hi)
    while True:
        open_ = np.flatnonzero(hi - lo > 1)
        if not len(open_):
            return hi
        middle = (lo[open_] + hi[open_]) // 2
        there = _passable(spells[open_], replayed, levels, middle) == wanted[open_]
        hi[open_] = np.where(there, middle, hi[open_])
        lo[open_] = np.where(there, lo[open_], middle)


def _turns(strip: Ints, t_ms: Ints, good: Bools) -> Turns:
    """Rows in order, without those that change nothing."""
    key = (strip << 40) + t_ms
    order = np.argsort(key, kind="stable")
    strip, good = strip[order], good[order]
    kept = np.append(True, (strip[1:] != strip[:-1]) | (good[1:] != good[:-1]))[: len(strip)]
    return Turns(strip[kept], t_ms[order][kept], good[kept])
