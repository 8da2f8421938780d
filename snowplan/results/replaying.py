"""Replays the snow of every strip from the log: the engine's accounts, all strips at once.

Strips are independent of each other, so their first touches go together, then their second ones,
and so on. Between two touches lies a spell, from which states and exposure follow in closed form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from snowplan.model.now import areal_snow
from snowplan.model.snow import GRAM_DIVISOR, NEVER
from snowplan.results.curves import At, Curves, Floats
from snowplan.results.facts import RunFacts
from snowplan.results.group_log import GroupLog
from snowplan.results.group_rows import group_rows
from snowplan.results.log import EventLog
from snowplan.results.rows import Bools, Ints, log_rows
from snowplan.results.touches import Strips, Touches, melt_table, strips_of, touches_of
from snowplan.units import DM2_PER_M2, MS_PER_H


@dataclass(frozen=True, slots=True)
class Spells:
    """Strips between touches: every strip from 0, then one row a touch; `[begin_ms, end_ms)`."""

    strip: Ints
    begin_ms: Ints
    end_ms: Ints
    areal: Floats  # ℓ₁, g/m²; negative: melt still to come
    base: Floats
    k: Floats
    star: Ints  # t*
    film: Floats
    packed_g: Ints
    salt_g: Ints
    water_g: Ints
    credit_g: Ints
    freeze_ms: Ints
    least_melt: Floats

    def __getitem__(self, rows: Ints | Bools) -> Spells:
        """Some of the spells."""
        return Spells(*(getattr(self, name)[rows] for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Replayed:
    """The spells of a run, what they are spells of, and what lies at the horizon (g a strip)."""

    spells: Spells
    strips: Strips
    curves: Curves
    loose_g: Ints
    packed_g: Ints


def _initial(facts: RunFacts, strips: Strips) -> tuple[Ints, Ints]:
    """Loose and packed snow on each strip at the start, g/m²."""
    around, sections = facts.scenario.around, facts.network.sections
    snow = areal_snow(
        facts.scenario.now, sections, around.snowfall.initial_um, facts.sky.density,
        around.physics.packed_density_kg_m3,
    )  # fmt: skip
    section = np.array(facts.network.seg.section, dtype=np.int64)[strips.segment]
    loose, packed = (np.array(column, dtype=np.int64)[section] for column in snow)
    return loose, packed


class _Ground:
    """The accounts of all strips while the rounds go by."""

    def __init__(self, facts: RunFacts, strips: Strips, curves: Curves) -> None:
        count = len(strips.segment)
        self.strips, self.curves, self.horizon = strips, curves, facts.horizon_ms
        self.melts = melt_table(facts)
        self.share = facts.scenario.around.physics.bonding_water_share
        zero = np.zeros(count, dtype=np.int64)
        initial, packed = _initial(facts, strips)
        self.loose, self.packed = (
            strips.dm2 * initial // DM2_PER_M2,
            strips.dm2 * packed // DM2_PER_M2,
        )
        self.fallen = zero.copy()
        self.salt, self.water, self.credit = zero.copy(), zero.copy(), zero.copy()
        self.freeze, self.least = np.full(count, NEVER), np.zeros(count)
        self.brined = np.zeros(count, dtype=np.bool_)
        self.film = curves.film[strips.road_class]
        self.areal = initial.astype(np.float64)
        at = curves.at(strips.road_class, zero)
        self.base, self.k, self.star = curves.spell(
            strips.road_class, zero, self.areal, self.film, at
        )

    def spells(self, strip: Ints, begin: Ints, end: Ints) -> Spells:
        """The spells that these strips are in now."""
        columns: tuple[Any, ...] = (
            self.areal, self.base, self.k, self.star, self.film, self.packed, self.salt,
            self.water, self.credit, self.freeze, self.least,
        )  # fmt: skip
        return Spells(strip, begin, end, *(column[strip] for column in columns))

    def touch(self, s: Ints, t: Ints, at: At) -> None:
        """Bring strips up to `t`: fall, melt into brine, refreezing, packing."""
        m2 = self.strips.m2[s]
        fallen = self.strips.dm2[s] * at.net // GRAM_DIVISOR
        rest = self.loose[s] + fallen - self.fallen[s]
        self.fallen[s] = fallen
        wet = np.flatnonzero(self.brined[s])
        if len(wet):
            rest[wet] -= self._dilute(s[wet], rest[wet], t[wet])
        here = ((self.film[s] + (self.k[s] + at.w) / at.y) * m2).astype(np.int64)
        over = (t > self.star[s]) & (rest - here > 1)
        self.packed[s] += np.where(over, rest - here, 0)
        self.loose[s] = np.where(over, here, rest)

    def _dilute(self, s: Ints, rest: Ints, t: Ints) -> Ints:
        melt = np.minimum(self.credit[s], rest)
        self.credit[s] -= melt
        self.water[s] += melt
        cold = t >= self.freeze[s]
        frozen = self.water[s] - (self.salt[s] * self.least[s]).astype(np.int64)
        frozen = np.where(cold, np.maximum(frozen, 0), 0)
        self.water[s] -= frozen
        self.packed[s] += frozen
        self.credit[s] = np.where(frozen > 0, 0, self.credit[s])
        self.freeze[s] = np.where(cold, NEVER, self.freeze[s])
        return melt

    def clear(self, s: Ints, touches: Touches, at: Ints) -> None:
        """Take off what the tools take; brine goes with it."""
        m2 = self.strips.m2[s]
        self.packed[s] -= np.minimum(self.packed[s], (touches.layer[at] * m2).astype(np.int64))
        left_g = (touches.left[at] * m2).astype(np.int64)
        loose = np.minimum(self.loose[s], left_g)
        self.loose[s] = loose
        scrape = touches.scrape[at] + np.where(self.brined[s], touches.scrape_more[at], 0.0)
        self.packed[s] = np.where(self.packed[s] <= scrape * m2, 0, self.packed[s])
        self.areal[s] = np.where(loose < left_g, loose / m2, touches.left[at])
        self.film[s] = self.curves.film[self.strips.road_class[s]]
        self.brined[s] = False
        self.freeze[s] = NEVER
        for account in (self.salt, self.water, self.credit):
            account[s] = 0

    def dress(self, s: Ints, t: Ints, touches: Touches, at: Ints) -> None:
        """De-icer onto strips: it melts what it can, the rest of its room is credit."""
        m2 = self.strips.m2[s]
        salt = touches.salt_g[at] + self.salt[s]
        melts = self.melts[touches.product[at]]
        hour = t // MS_PER_H
        melt = melts[np.arange(len(s)), hour]
        room = np.maximum(0, (salt * melt).astype(np.int64) - self.water[s])
        loose = np.minimum(room, self.loose[s])
        packed = np.minimum(room - loose, self.packed[s])
        self.loose[s] -= loose
        self.packed[s] -= packed
        water = self.water[s] + loose + packed
        credit = room - loose - packed
        dry = self.curves.film[self.strips.road_class[s]]
        self.film[s] = np.maximum(dry, water * (1.0 - self.share) / self.share / m2)
        by_hour = self._water_by_hour(s, water, credit, melts.shape[1])
        self.freeze[s], self.least[s] = _refreeze(melts, salt, by_hour, hour)
        self.salt[s], self.water[s], self.credit[s] = salt, water, credit
        self.brined[s] = salt > 0
        self.areal[s] = np.where(self.loose[s] > 0, self.loose[s] / m2, -credit / m2)

    def receive(self, s: Ints, touches: Touches, at: Ints) -> None:
        """Snow thrown back upon strips: brine that has credit melts it first."""
        m2, thrown = self.strips.m2[s], touches.thrown_g[at]
        melt = np.minimum(self.credit[s], thrown)
        self.credit[s] -= melt
        self.water[s] += melt
        self.loose[s] += thrown - melt
        self.areal[s] = np.where(self.loose[s] > 0, self.loose[s] / m2, -self.credit[s] / m2)

    def _water_by_hour(self, s: Ints, water: Ints, credit: Ints, hours: int) -> Ints:
        """Grams of water in each strip's brine by hour: its credit melts what falls."""
        net = self.curves.net_at(np.arange(hours) * MS_PER_H)
        fallen = self.strips.dm2[s][:, None] * net // GRAM_DIVISOR - self.fallen[s][:, None]
        found: Ints = water[:, None] + np.minimum(credit[:, None], np.maximum(fallen, 0))
        return found


def _refreeze(melts: Floats, salt: Ints, water: Ints, hour: Ints) -> tuple[Ints, Floats]:
    """First later hour at which the salt cannot hold that hour's water; the least melt then."""
    hours = np.arange(melts.shape[1])
    freezes = (salt[:, None] * melts < water) & (hours > hour[:, None])
    found = freezes.any(axis=1)
    first = freezes.argmax(axis=1)
    later = np.where(hours >= first[:, None], melts, np.inf)
    return np.where(found, first * MS_PER_H, NEVER), np.where(found, later.min(axis=1), 0.0)


def replay(log: EventLog, facts: RunFacts, group_log: GroupLog | None = None) -> Replayed:
    """Every spell of every strip of a run, from its logs and its sky."""
    strips, curves = strips_of(facts), Curves(facts.sky.curves)
    ground = _Ground(facts, strips, curves)
    groups = group_rows(group_log or GroupLog(), facts.horizon_ms)
    touches = touches_of(log_rows(log), groups, facts, strips)
    every = np.arange(len(strips.segment))
    end = np.full(len(every), facts.horizon_ms, dtype=np.int64)
    if len(touches.strip):
        opening = slice(0, touches.first[1])
        end[touches.strip[opening]] = touches.t_ms[opening]
    spells = [ground.spells(every, np.zeros_like(every), end)]
    ats = curves.at(strips.road_class[touches.strip], touches.t_ms)
    for a, b in zip(touches.first[:-1], touches.first[1:], strict=True):
        s, t = touches.strip[a:b], touches.t_ms[a:b]
        at = At(ats.net[a:b], ats.w[a:b], ats.y[a:b])
        ground.touch(s, t, at)
        salting, thrown = touches.spreads[a:b], touches.thrown_g[a:b] > 0
        wet, dry = np.flatnonzero(salting), np.flatnonzero(~salting & ~thrown)
        if len(dry):
            ground.clear(s[dry], touches, a + dry)
        if len(wet):
            ground.dress(s[wet], t[wet], touches, a + wet)
        if thrown.any():
            back = np.flatnonzero(thrown)
            ground.receive(s[back], touches, a + back)
        ground.base[s], ground.k[s], ground.star[s] = curves.spell(
            strips.road_class[s], t, ground.areal[s], ground.film[s], at
        )
        spells.append(ground.spells(s, t, touches.until[a:b]))
    names = Spells.__slots__
    whole = Spells(*(np.concatenate([getattr(part, name) for part in spells]) for name in names))
    if len(groups.kind):  # of touches at one instant the last one counts
        whole = whole[whole.end_ms > whole.begin_ms]
    horizon = np.full(len(every), facts.horizon_ms, dtype=np.int64)
    ground.touch(every, horizon, curves.at(strips.road_class, horizon))
    return Replayed(whole, strips, curves, ground.loose, ground.packed)
