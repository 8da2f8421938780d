"""The instants at which strips become or cease to be passable and clean, in each spell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from snowplan.model.plan import Thresholds
from snowplan.model.snow import GRAM_DIVISOR, NEVER
from snowplan.results.curves import Floats, linear
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
    """When strips are clean: at most the clean depth, and nothing packed (see `_packing_from`).

    Within a spell a clean strip can only become unclean, once.
    """
    spells, curves = replayed.spells, replayed.curves
    begin, net = spells.begin_ms, curves.net_at(spells.begin_ms)
    over = np.maximum(begin, curves.net_over(levels.clean - spells.base))
    first = np.full(len(begin), NEVER, dtype=np.int64)
    for step in (2, 1, 0, -1, -2):  # the look-up may be a millisecond off
        at = np.maximum(over + step, begin)
        soon = np.minimum(at, int(curves.ts[-1]))
        above = linear(spells.areal, curves.net_at(soon) - net) > levels.clean
        first = np.where(above & (over < NEVER), at, first)
    first = np.minimum(first, _packing_from(spells, net, replayed))
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


def _packing_from(spells: Spells, net: Ints, replayed: Replayed) -> Ints:
    """From when packed snow counts: t*, or where just the film was left, the first fall upon it."""
    fresh = replayed.curves.net_over(net / MS_PER_H)
    film_only = (spells.star <= spells.begin_ms) & (spells.areal <= spells.film)
    found: Ints = np.where(film_only, fresh, np.maximum(spells.star, spells.begin_ms))
    return found


def passable_turns(replayed: Replayed, levels: Levels) -> Turns:
    """When strips are passable: loose snow and the packed layer both within their thresholds.

    Spells whose whole snow stays within both are passable throughout. In the others the condition
    is looked at on every breakpoint; between two it changes once at most.
    """
    spells, curves = replayed.spells, replayed.curves
    fallen = (curves.net_at(spells.end_ms) - curves.net_at(spells.begin_ms)) / MS_PER_H
    held = np.maximum(spells.areal, 0.0) + fallen
    packed = (spells.packed_g + spells.water_g) / replayed.strips.m2[spells.strip]
    icy = held + packed > levels.ridge * NOISE
    row = np.flatnonzero(icy | (held > levels.passable * NOISE))
    look = _Look.of(replayed, levels, row, bool(icy.any()))
    at, t_ms = _stops(spells[row], icy[row], replayed, levels)
    good = look.at(at, t_ms)
    turned = np.flatnonzero((at[1:] == at[:-1]) & (good[1:] != good[:-1]))
    exact = _halved(look, at[turned], good[turned + 1], t_ms[turned], t_ms[turned + 1])
    fresh = np.append(True, at[1:] != at[:-1])[: len(at)]
    start = np.ones(len(spells.strip), dtype=np.bool_)
    start[row] = good[fresh]
    return _turns(
        np.append(spells.strip, spells.strip[row[at[turned]]]),
        np.append(spells.begin_ms, exact),
        np.append(start, good[turned + 1]),
    )


def _stops(spells: Spells, icy: Bools, replayed: Replayed, levels: Levels) -> tuple[Ints, Ints]:
    """(spell, instant) sorted: instants between which the condition changes once at most.

    Both ends of each spell, and the breakpoints and changes of phase between. Where ice is no
    matter, snow that nothing falls upon only settles, so that a dry spell's inner breakpoints are
    left out, and so is everything before the fall suffices for the threshold.
    """
    curves, count = replayed.curves, len(spells.strip)
    every = np.arange(count)
    net = curves.net_at(spells.begin_ms) / MS_PER_H
    enough = curves.net_over(levels.passable * NOISE - np.maximum(spells.areal, 0.0) + net)
    begin = np.where(icy, spells.begin_ms, np.maximum(spells.begin_ms, enough - 1))
    dry = np.append(False, (curves.net_rate[1:] == 0) & (curves.net_rate[:-1] == 0))
    marks = [(every, spells.begin_ms), (every, spells.end_ms - 1)]
    for which, ts in ((icy, curves.ts), (~icy, curves.ts[~dry])):
        rows = np.flatnonzero(which)
        lo = np.searchsorted(ts, begin[rows], side="right")
        inner = np.maximum(np.searchsorted(ts, spells.end_ms[rows], side="left") - lo, 0)
        at = np.repeat(np.arange(len(rows)), inner)
        step = np.arange(len(at)) - np.repeat(np.cumsum(inner) - inner, inner)
        marks.append((rows[at], ts[lo[at] + step]))
    for phase in (begin, spells.star, spells.star - 1, spells.freeze_ms, spells.freeze_ms - 1):
        inside = (phase > spells.begin_ms) & (phase < spells.end_ms)
        marks.append((every[inside], phase[inside]))
    key = np.concatenate([(mark[0] << 40) + mark[1] for mark in marks])
    key.sort()
    key = key[np.append(True, key[1:] != key[:-1])[: len(key)]]
    return key >> 40, key & ((1 << 40) - 1)


@dataclass(frozen=True, slots=True)
class _Look:
    """The condition itself, for some spells; without `icy` the packed layer is left aside."""

    replayed: Replayed
    levels: Levels
    spells: Spells
    road_class: Ints
    net: Ints  # net fall at the last touch
    icy: bool

    @classmethod
    def of(cls, replayed: Replayed, levels: Levels, rows: Ints, icy: bool) -> _Look:
        """The condition for these rows of the spells."""
        spells = replayed.spells[rows]
        net = replayed.curves.net_at(spells.begin_ms)
        return cls(replayed, levels, spells, replayed.strips.road_class[spells.strip], net, icy)

    def at(self, row: Ints, t_ms: Ints) -> Bools:
        """Which of these spells are passable at these instants."""
        spells = self.spells
        at = self.replayed.curves.at(self.road_class[row], t_ms)
        fallen = at.net - self.net[row]
        packing = spells.film[row] + (spells.k[row] + at.w) / at.y
        early = t_ms <= spells.star[row]
        loose = np.where(early, linear(spells.areal[row], fallen), packing)
        within: Bools = loose <= self.levels.passable
        if self.icy:
            within &= self._packed(spells[row], t_ms, loose, fallen) <= self.levels.ridge
        return within

    def _packed(self, spells: Spells, t_ms: Ints, loose: Floats, fallen: Ints) -> Floats:
        """Packed snow, g/m²: at the last touch, refrozen since, and packed by traffic since t*."""
        packed = spells.packed_g.astype(np.float64)
        cold = np.flatnonzero(t_ms >= spells.freeze_ms)
        if len(cold):
            packed[cold] += _frozen_g(spells[cold], self.replayed, t_ms[cold])
        packed = packed / self.replayed.strips.m2[spells.strip]
        packing = np.maximum(0.0, spells.areal + fallen / MS_PER_H - loose)
        return packed + np.where(t_ms >= spells.star, packing, 0.0)


def _frozen_g(spells: Spells, replayed: Replayed, t_ms: Ints) -> Ints:
    """Grams of brine refrozen by `t_ms`, where that is at or after the freezing hour."""
    dm2 = replayed.strips.dm2[spells.strip]
    curves = replayed.curves
    fallen = dm2 * curves.net_at(t_ms) // GRAM_DIVISOR
    fallen -= dm2 * curves.net_at(spells.begin_ms) // GRAM_DIVISOR
    water = spells.water_g + np.minimum(spells.credit_g, fallen)
    frozen: Ints = water - (spells.salt_g * spells.least_melt).astype(np.int64)
    return np.maximum(frozen, 0)


def _halved(look: _Look, row: Ints, wanted: Bools, lo: Ints, hi: Ints) -> Ints:
    """The first ms at which the condition is as `wanted` (as at `hi`); at `lo` it is not."""
    lo, hi = lo.copy(), hi.copy()
    wide = np.flatnonzero(hi - lo > 1)
    while len(wide):
        middle = (lo[wide] + hi[wide]) // 2
        there = look.at(row[wide], middle) == wanted[wide]
        hi[wide] = np.where(there, middle, hi[wide])
        lo[wide] = np.where(there, lo[wide], middle)
        wide = wide[hi[wide] - lo[wide] > 1]
    return hi


def _turns(strip: Ints, t_ms: Ints, good: Bools) -> Turns:
    """Rows in order, without those that change nothing."""
    key = (strip << 40) + t_ms
    order = np.argsort(key, kind="stable")
    strip, good = strip[order], good[order]
    kept = np.append(True, (strip[1:] != strip[:-1]) | (good[1:] != good[:-1]))[: len(strip)]
    return Turns(strip[kept], t_ms[order][kept], good[kept])
