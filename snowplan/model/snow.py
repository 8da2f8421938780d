"""Snow on a strip between two touches, in closed form.

Everything here is areal: g/m² (which is µm of water equivalent). A strip that was last touched at
t₁ with ℓ₁ g/m² of loose snow follows, until it is touched again,

* ℓ(t) = ℓ₁ + N(t) - N(t₁) while that is at most the film that traffic leaves alone, and then
* ℓ(t) = film + (K + W(t)) / Y(t), because traffic packs a share of what lies above the film:
  u' = f - r·u for u = ℓ - film, where f is the net fall and r = packing per vehicle × vehicles.

Y grows by (1 + r·Δ) over each step of at most ten minutes and is linear inside it; W collects
f·Y over the step (trapezoid) and is linear inside it. With these two curves nothing has to tick:
the amount at any instant, and the instant of any amount, are each one look-up. No exponential is
taken anywhere, so the last bits do not depend on the processor.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from snowplan.model.physics import Physics
from snowplan.model.weather import WeatherSpell
from snowplan.units import DM2_PER_M2, MS_PER_H, MS_PER_MIN, UM_PER_MM

NEVER = 1 << 60
AHEAD = 0.99
NOISE = 1e-3  # of a count of µm/h · ms: far above rounding, far below what falls in a millisecond
GRID_MS = 10 * MS_PER_MIN
At = tuple[int, float, float]  # N (exact), W, Y of a curve at one instant
Spell = tuple[float, float, int]  # base, K, t* of a strip between two touches
GRAM_DIVISOR = DM2_PER_M2 * MS_PER_H  # dm² × (µm/h · ms) → whole grams


def storm_density_kg_m3(spells: Sequence[WeatherSpell], horizon_ms: int, physics: Physics) -> float:
    """Mass-weighted mean density of all the snow that falls before the horizon.

    One density a storm keeps depth and mass proportional, so that every depth threshold is a
    threshold in grams. Without snow it is that of the last air. Rounded to 0.01 kg/m³.
    """
    mass = volume = 0.0
    for begin, end, spell in spans(spells, horizon_ms):
        fallen = spell.um_per_h * (end - begin) / MS_PER_H
        mass += fallen
        volume += fallen / physics.new_snow.density_kg_m3(spell.air_c)
    if volume > 0:
        return round(mass / volume, 2)
    return round(physics.new_snow.density_kg_m3(spells[-1].air_c), 2)


def spans(spells: Sequence[WeatherSpell], horizon_ms: int) -> list[tuple[int, int, WeatherSpell]]:
    """Each spell's half-open span inside `[0, horizon)`; the last one reaches the horizon."""
    ends = [spell.start_ms for spell in spells[1:]] + [max(horizon_ms, 0)]
    cut = (
        (max(s.start_ms, 0), min(end, horizon_ms), s) for s, end in zip(spells, ends, strict=True)
    )
    return [(begin, end, spell) for begin, end, spell in cut if end > begin]


def pavement_c(spells: Sequence[WeatherSpell], t_ms: int, physics: Physics) -> float:
    """Pavement temperature: as given, else the mean air of the hours before plus an offset.

    The mean runs over `pavement_mean_h` hours up to `t_ms`; before the first spell its air
    temperature is taken.
    """
    index = max(bisect_right([s.start_ms for s in spells], t_ms) - 1, 0)
    given = spells[index].pavement_c
    if given is not None:
        return given
    begin = t_ms - round(physics.pavement_mean_h * MS_PER_H)
    total = 0.0
    ends = [s.start_ms for s in spells[1:]] + [t_ms + 1]
    starts = [begin] + [s.start_ms for s in spells[1:]]
    for start, end, spell in zip(starts, ends, spells, strict=True):
        total += spell.air_c * max(0, min(end, t_ms) - max(start, begin))
    mean = total / (t_ms - begin) if t_ms > begin else spells[index].air_c
    return round(mean + physics.pavement_offset_c, 3)


@dataclass(frozen=True, slots=True)
class Fall:
    """Cumulative fall on breakpoints: gross and net of what melts on contact (µm/h · ms, exact)."""

    ts: tuple[int, ...]
    gross: tuple[int, ...]
    gross_rate: tuple[int, ...]
    net: tuple[int, ...]
    net_rate: tuple[int, ...]
    melts: bool

    def gross_at(self, t_ms: int) -> int:
        """Gross cumulative fall at `t_ms`."""
        j = bisect_right(self.ts, t_ms) - 1
        return self.gross[j] + self.gross_rate[j] * (t_ms - self.ts[j])

    def net_at(self, t_ms: int) -> int:
        """Net cumulative fall at `t_ms`."""
        j = bisect_right(self.ts, t_ms) - 1
        return self.net[j] + self.net_rate[j] * (t_ms - self.ts[j])


def cumulative_fall(
    spells: Sequence[WeatherSpell], horizon_ms: int, physics: Physics, cuts: Sequence[int] = ()
) -> Fall:
    """The fall on breakpoints: every spell, every ten minutes, every cut, and the horizon."""
    stops = {0, horizon_ms, *range(0, horizon_ms, GRID_MS)}
    stops.update(s.start_ms for s in spells if 0 < s.start_ms < horizon_ms)
    stops.update(c for c in cuts if 0 < c < horizon_ms)
    ts = tuple(sorted(stops))
    begins = [s.start_ms for s in spells]
    gross, net, gross_rate, net_rate = [0], [0], [], []
    melts = False
    for begin, end in zip(ts, (*ts[1:], horizon_ms), strict=True):
        k = bisect_right(begins, begin) - 1
        rate = spells[k].um_per_h if k >= 0 else 0
        lost = 0
        if rate > 0:
            warm = pavement_c(spells, begin // MS_PER_H * MS_PER_H, physics)
            lost = min(rate, max(0, round(warm * physics.contact_melt_mm_h_c * UM_PER_MM)))
        melts = melts or lost > 0
        gross_rate.append(rate if end > begin else 0)
        net_rate.append(rate - lost if end > begin else 0)
        gross.append(gross[-1] + rate * (end - begin))
        net.append(net[-1] + (rate - lost) * (end - begin))
    return Fall(ts, tuple(gross[:-1]), tuple(gross_rate), tuple(net[:-1]), tuple(net_rate), melts)


@dataclass(frozen=True, slots=True)
class Level:
    """A threshold θ (g/m²) on one curve: U = W - (θ - film)·Y and its running maximum."""

    theta: float
    u: tuple[float, ...]
    top: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class SnowCurve:
    """The curves of one road class; see the module's text for N, W, Y."""

    ts: tuple[int, ...]
    net: tuple[int, ...]
    net_rate: tuple[int, ...]
    y: tuple[float, ...]
    dy: tuple[float, ...]
    w: tuple[float, ...]
    dw: tuple[float, ...]
    film: float  # g/m² that traffic leaves alone
    packs: bool  # False: no traffic at all, ℓ stays linear

    def at(self, t_ms: int) -> At:
        """(net fall exact, W, Y) at `t_ms`."""
        j = bisect_right(self.ts, t_ms) - 1
        d = t_ms - self.ts[j]
        return (
            self.net[j] + self.net_rate[j] * d,
            self.w[j] + self.dw[j] * d,
            self.y[j] + self.dy[j] * d,
        )

    def net_over(self, amount: float) -> int:
        """The first whole ms at which the net fall exceeds `amount` g/m² (may be negative: 0)."""
        target = math.floor(amount * MS_PER_H + NOISE)  # net fall is whole: this forgives noise
        if target < 0:
            return 0
        j = bisect_right(self.net, target)
        if j == len(self.net):
            return NEVER
        return self.ts[j - 1] + (target - self.net[j - 1]) // self.net_rate[j - 1] + 1

    def level(self, theta: float) -> Level:
        """The threshold θ g/m² prepared for `over`."""
        above = theta - self.film
        u = tuple(w - above * y for w, y in zip(self.w, self.y, strict=True))
        top: list[float] = []
        for value in u:
            top.append(value if not top or value > top[-1] else top[-1])
        return Level(theta, u, tuple(top))

    def spell(self, t_ms: int, loose: float, film: float) -> Spell:
        """(base, K, t*) of a strip left at `t_ms` with `loose` g/m² (negative: melt still to come).

        base = ℓ₁ - N(t₁); K as in the module's text; t* the instant from which traffic packs.
        """
        net, w, y = self.at(t_ms)
        base = loose - net / MS_PER_H
        if not self.packs:
            return base, 0.0, NEVER
        if loose >= film:
            return base, (loose - film) * y - w, t_ms
        begin = self.net_over(film - base)
        if begin >= NEVER:
            return base, 0.0, NEVER
        return base, -self.at(begin)[1], begin

    def after(self, t_ms: int, at: At, loose: float, due: Level) -> tuple[float, float, int, int]:
        """(base, K, t*, due) of an untreated strip left at `t_ms` with `loose` g/m².

        `at` is this curve at `t_ms`; due is the first instant above the level, as `spell` and
        `over` give them one by one.
        """
        net, w, y = at
        film = self.film
        if loose >= film and self.packs and due.theta > film:
            k = (loose - film) * y - w
            return loose - net / MS_PER_H, k, t_ms, self._above(due, k, t_ms)
        spell = self.spell(t_ms, loose, film)
        return *spell, self.over(due, t_ms, spell, film)

    def over(self, level: Level, t_ms: int, spell: Spell, film: float) -> int:
        """The first ms ≥ `t_ms` at which the strip's loose snow exceeds the level, or NEVER."""
        base, k, begin = spell
        if begin >= NEVER or level.theta <= film:
            return max(t_ms, self.net_over(level.theta - base))
        start = max(t_ms, begin)
        if film == self.film:
            return self._above(level, k, start)
        # As if nothing were packed, and a little sooner: W's trapezoid may run ahead of the fall.
        soonest = max(start, self.net_over(level.theta * AHEAD - base))
        return NEVER if soonest >= NEVER else self._scan(level.theta - film, k, soonest)

    def _above(self, level: Level, k: float, start: int) -> int:
        """First ms ≥ `start` with film + (K + W)/Y over the level, by its running maximum."""
        top, limit = level.top, -k
        if top[-1] <= limit:
            return NEVER
        first = bisect_right(self.ts, start) - 1
        if top[first] > limit:
            return self._scan(level.theta - self.film, k, start)
        u = level.u
        j = bisect_right(top, limit, first) - 1
        if j + 1 == len(top):
            return NEVER
        part = (limit - u[j]) * (self.ts[j + 1] - self.ts[j]) / (u[j + 1] - u[j])
        return max(start, self.ts[j] + int(part) + 1)

    def _scan(self, above: float, k: float, t_ms: int) -> int:
        """First ms ≥ `t_ms` with (K + W)/Y > above, step by step."""
        _, w, y = self.at(t_ms)
        if k + w > above * y:
            return t_ms
        for j in range(bisect_right(self.ts, t_ms) - 1, len(self.ts) - 1):
            high = self.w[j + 1] - above * self.y[j + 1]
            if high > -k:
                low = self.w[j] - above * self.y[j]
                part = int((-k - low) * (self.ts[j + 1] - self.ts[j]) / (high - low)) + 1
                return max(t_ms, self.ts[j] + part)
        return NEVER


def snow_curve(
    fall: Fall, vehicles_per_h: Callable[[int], float], physics: Physics, density: float
) -> SnowCurve:
    """The curves of one class; `vehicles_per_h` is per lane and constant between breakpoints."""
    y, w = [1.0], [0.0]
    dy, dw = [], []
    for j, begin in enumerate(fall.ts):
        end = fall.ts[j + 1] if j + 1 < len(fall.ts) else begin
        rate = physics.packing_per_vehicle * vehicles_per_h(begin) / MS_PER_H
        grown = y[-1] * (1.0 + rate * (end - begin))
        collected = fall.net_rate[j] / MS_PER_H * (end - begin) * (y[-1] + grown) / 2.0
        span = end - begin
        dy.append((grown - y[-1]) / span if span else 0.0)
        dw.append(collected / span if span else 0.0)
        y.append(grown)
        w.append(w[-1] + collected)
    film = physics.packing_film_mm * density
    packs = y[-1] > 1.0
    return SnowCurve(
        fall.ts,
        fall.net,
        fall.net_rate,
        tuple(y[:-1]),
        tuple(dy),
        tuple(w[:-1]),
        tuple(dw),
        film,
        packs,
    )
