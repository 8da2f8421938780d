"""Snow on a strip in closed form, against sums by hand, an ODE solver and every millisecond."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from snowplan.given import given_path
from snowplan.model.fleet import Deicer
from snowplan.model.physics import TrafficHour
from snowplan.model.roads import RoadClass
from snowplan.model.snow import (
    GRID_MS,
    NEVER,
    SnowCurve,
    cumulative_fall,
    pavement_c,
    snow_curve,
    spans,
    storm_density_kg_m3,
)
from snowplan.model.weather import WeatherSpell
from tests.simulation.towns import (
    MIN,
    PHYSICS,
    Fleet,
    H,
    ploughs,
    snow,
    street,
    town,
    world_of,
)

END_MS = 20 * MIN  # of the cases in which every millisecond is looked at
WET = replace(PHYSICS, new_snow=replace(PHYSICS.new_snow, wet_density_kg_m3=150.0))


def curve_of(
    storm: tuple[WeatherSpell, ...],
    vehicles: float | tuple[float, ...],
    hours: float,
    film_mm: float = 5.0,
) -> SnowCurve:
    """A class's curve at 100 kg/m³; traffic the same throughout, or by the hour of the run."""
    physics = replace(PHYSICS, packing_film_mm=film_mm)
    by_hour = vehicles if isinstance(vehicles, tuple) else (vehicles,)
    fall = cumulative_fall(storm, round(hours * H), physics, range(H, round(hours * H), H))
    return snow_curve(fall, lambda t: by_hour[t // H % len(by_hour)], physics, 100.0)


# ---- density, pavement, melt --------------------------------------------------------------------


@pytest.mark.parametrize(("air_c", "density"), [(-2.0, 92), (-5.0, 75), (-10.0, 69)])
def test_density_of_new_snow(air_c: float, density: int) -> None:
    """The figures that FACTS §5.1 gives for Hedstrom & Pomeroy 1998, in whole kg/m³."""
    assert round(WET.new_snow.density_kg_m3(air_c)) == density


@pytest.mark.parametrize(
    ("air_c", "density"),
    [(0.0, 150.0), (3.0, 150.0), (-1.0, (150.0 + 91.596) / 2), (-1.5, 91.596 + 0.25 * 58.404)],
)
def test_density_rises_in_a_straight_line_to_wet_snow(air_c: float, density: float) -> None:
    """By hand: 67.92 + 51.25·e^(-2/2.59) = 67.92 + 23.68 = 91.60 at -2 °C, and 150 at 0 °C."""
    assert WET.new_snow.density_kg_m3(air_c) == pytest.approx(density, abs=0.01)


def test_density_of_a_storm_is_mass_over_volume() -> None:
    """By hand: 3,000 g/m² at 150 and 1,000 g/m² at 91.60: 4,000 / (20 + 10.9175) = 129.38."""
    storm = (WeatherSpell(0, 1_000, 0.0), WeatherSpell(3 * H, 1_000, -2.0))
    assert storm_density_kg_m3(storm, 4 * H, WET) == pytest.approx(129.38, abs=0.005)
    # What falls after the horizon does not count; without snow it is that of the last air.
    assert storm_density_kg_m3(storm, 3 * H, WET) == 150.0
    assert storm_density_kg_m3((WeatherSpell(0, 0, -2.0),), H, WET) == pytest.approx(91.6, abs=0.01)


def test_spans_are_cut_at_both_ends() -> None:
    """By hand: the first begins at 0, the last ends at the horizon, what begins later goes."""
    storm = (WeatherSpell(-H, 1, 0.0), WeatherSpell(H, 2, 0.0), WeatherSpell(9 * H, 3, 0.0))
    assert [(a, b, s.um_per_h) for a, b, s in spans(storm, 2 * H)] == [(0, H, 1), (H, 2 * H, 2)]


def test_pavement_is_the_mean_air_of_the_hours_before() -> None:
    """By hand: at 4:00, of the 3 h before, 1 h at -4 and 2 h at -10: -8 °C, and the offset of 1."""
    storm = (WeatherSpell(0, 0, -4.0), WeatherSpell(2 * H, 0, -10.0))
    physics = replace(PHYSICS, pavement_offset_c=1.0)
    assert pavement_c(storm, 4 * H, physics) == -7.0
    # Before the first spell its own air is taken; a given temperature is taken as it is.
    assert pavement_c(storm, H, physics) == -3.0
    assert pavement_c((WeatherSpell(0, 0, -4.0, 0.0, -6.5),), H, physics) == -6.5


def test_snow_melts_on_contact_with_warm_pavement() -> None:
    """By hand: pavement at 2 °C melts 0.2 mm/h a degree, 400 of 1,000 µm/h; 300 µm/h all of it."""
    for rate, kept in ((1_000, 600), (300, 0)):
        fall = cumulative_fall((WeatherSpell(0, rate, 0.0, 0.0, 2.0),), 2 * H, PHYSICS)
        assert (fall.gross_at(H), fall.net_at(H), fall.melts) == (rate * H, kept * H, True)
    cold = cumulative_fall(snow((0, 1_000)), 2 * H, PHYSICS)
    assert (cold.net_at(2 * H), cold.melts) == (2_000 * H, False)


def given_deicers() -> dict[str, Deicer]:
    """The table of the given facts, read without the reader of the inputs."""
    rows: dict[str, list[tuple[float, float]]] = {}
    with (given_path("seeds") / "deicers.csv").open(encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            name, _, temperature, melt, *_ = line.split(",")
            rows.setdefault(name, []).append((float(temperature), float(melt)))
    return {name: Deicer(name, name, tuple(sorted(t, reverse=True))) for name, t in rows.items()}


@pytest.mark.parametrize(
    ("product", "pavement", "melt"),
    [
        ("nacl", 5.0, 50.0), ("nacl", -1.1, 50.0), ("nacl", -2.0, 28.0), ("nacl", -3.0, 18.8),
        ("nacl", -5.0, 11.6), ("nacl", -6.7, 8.9), ("nacl", -8.0, 7.6), ("nacl", -10.0, 6.2),
        ("nacl", -12.0, 5.2), ("nacl", -15.0, 4.3), ("nacl", -18.0, 3.7), ("nacl", -20.0, 3.4),
        ("nacl", -25.0, 0.0), ("nacl", -9.0, 6.9), ("nacl", -4.0, 15.2),
        ("mgcl2", -1.1, 55.0), ("mgcl2", -5.0, 12.7), ("mgcl2", -12.0, 6.7), ("mgcl2", -25.0, 4.3),
        ("mgcl2", -13.5, 6.25), ("mgcl2", -25.1, 0.0),
    ],
)  # fmt: skip
def test_melt_capacity(product: str, pavement: float, melt: float) -> None:
    """The table of FACTS §5.4 (Lange's Handbook), and between two rows the mean by hand."""
    assert given_deicers()[product].melt_g_per_g(pavement) == pytest.approx(melt, abs=1e-9)


# ---- the curve ----------------------------------------------------------------------------------


def loose_at(curve: SnowCurve, t_ms: int, spell: tuple[float, float, int]) -> float:
    """ℓ(t) by the two phases of the module's text."""
    base, k, begin = spell
    net, w, y = curve.at(t_ms)
    return base + net / H if t_ms <= begin else curve.film + (k + w) / y


def solved(
    storm: tuple[WeatherSpell, ...], u: float, rate_per_h: float, ends: list[int]
) -> NDArray[np.float64]:
    """u' = f - r·u from `ends[0]` by an ODE solver, step by step between instants of constant f."""
    starts = [s.start_ms for s in storm]
    out = [u]
    for a, b in pairwise(ends):
        f = storm[max(k for k, s in enumerate(starts) if s <= a)].um_per_h
        done = solve_ivp(
            lambda _, v, f=f: f - rate_per_h * v, (a / H, b / H), [out[-1]], rtol=1e-10, atol=1e-9
        )
        out.append(float(done.y[0, -1]))
    return np.array(out)


@pytest.mark.parametrize("vehicles", [50.0, 400.0, 1_000.0])
def test_packing_lies_between_two_solutions_of_the_rate_equation(vehicles: float) -> None:
    """An ODE solver on u' = f - r·u, from above and below.

    Over a step the curve takes u to (u + f·Δ·(1 + x/2)) / (1 + x) with x = r·Δ. Since
    e^-x ≤ 1/(1 + x) ≤ e^(-x/(1 + x)), it leaves no less than the equation with r and no more than
    the one with r/(1 + x). At 1,000 vehicles an hour x is 1/30.
    """
    storm = snow((0, 3_000), (2, 500), (3, 0), (5, 4_000), (6, 0))
    curve = curve_of(storm, vehicles, 8)
    spell = curve.spell(0, 1_500.0, curve.film)
    ends = list(range(0, 8 * H, GRID_MS))
    ours = np.array([loose_at(curve, t, spell) for t in ends]) - curve.film
    r = PHYSICS.packing_per_vehicle * vehicles
    x = r * GRID_MS / H
    low, high = solved(storm, 1_000.0, r, ends), solved(storm, 1_000.0, r / (1 + x), ends)
    assert ours[0] == low[0] == 1_000.0
    assert np.all(ours[1:] > low[1:] - 1e-6)
    assert np.all(ours[1:] < high[1:] + 1e-6)
    assert np.all(high / low - 1 < 8 * r * x)  # and these two are close together


def test_packing_over_one_step_by_hand() -> None:
    """By hand: 1,000 vehicles an hour, 10 min: Y = 1 + 0.2/6 = 31/30, W = 600/6 × 61/60.

    From 100 g/m² above the film: (100 + 100 × 61/60) / (31/30) = 195.16 g/m² after ten minutes;
    half-way Y = 61/60 and W is half: (100 + 50 × 61/60) / (61/60) = 98.36 + 50.
    """
    curve = curve_of(snow((0, 600)), 1_000.0, 1)
    spell = curve.spell(0, curve.film + 100.0, curve.film)
    assert spell[2] == 0
    tenth, half = loose_at(curve, GRID_MS, spell), loose_at(curve, GRID_MS // 2, spell)
    assert tenth - curve.film == pytest.approx((100 + 6_100 / 60) / (31 / 30), rel=1e-12)
    assert half - curve.film == pytest.approx(6_000 / 61 + 50, rel=1e-12)


def test_traffic_begins_when_the_film_is_exceeded() -> None:
    """By hand: 700 µm/h, film 500 g/m², 150 lying: 350 g/m² take exactly half an hour."""
    curve = curve_of(snow((0, 700)), 100.0, 2)
    base, k, begin = curve.spell(0, 150.0, curve.film)
    assert (base, begin) == (150.0, H // 2 + 1)
    assert k == -curve.at(begin)[1]
    # Melt still to come counts as less than nothing: 850 g/m² take 1 h 12 min 51.43 s.
    assert curve.spell(0, -350.0, curve.film)[2] == 4_371_429
    # No more snow, no packing; no vehicles, none either.
    assert curve_of(snow((0, 0)), 100.0, 2).spell(0, 150.0, 500.0) == (150.0, 0.0, NEVER)
    assert curve_of(snow((0, 700)), 0.0, 2).spell(0, 800.0, 500.0) == (800.0, 0.0, NEVER)


# ---- instants -----------------------------------------------------------------------------------


def by_every_ms(
    curve: SnowCurve, t_ms: int, spell: tuple[float, float, int]
) -> NDArray[np.float64]:
    """ℓ at every millisecond from `t_ms` to the horizon."""
    base, k, begin = spell
    t = np.arange(t_ms, curve.ts[-1] + 1)
    j = np.searchsorted(curve.ts, t, side="right") - 1
    d = t - np.array(curve.ts)[j]
    net = np.array(curve.net)[j] + np.array(curve.net_rate)[j] * d
    w = np.array(curve.w)[j] + np.array(curve.dw)[j] * d
    y = np.array(curve.y)[j] + np.array(curve.dy)[j] * d
    return np.where(t <= begin, base + net / H, curve.film + (k + w) / y)


STORMS = st.lists(st.tuples(st.integers(1, 19), st.integers(0, 6_000)), min_size=1, max_size=4).map(
    lambda rows: snow((0, rows[0][1]), *sorted((m / 60, um) for m, um in dict(rows).items()))
)
VEHICLES = st.sampled_from([0.0, 30.0, 300.0, 1_500.0, 20_000.0])


@settings(max_examples=60)
@given(
    storm=STORMS,
    vehicles=VEHICLES,
    t_ms=st.integers(0, END_MS - 1),
    loose=st.floats(-300, 2_500),
    theta=st.floats(1, 3_000),
)
@example(storm=snow((0, 3_000)), vehicles=0.0, t_ms=0, loose=0.0, theta=1_000.0)
@example(storm=snow((0, 3_000)), vehicles=300.0, t_ms=0, loose=500.0, theta=500.0)
def test_over_is_what_a_look_at_every_millisecond_finds(
    storm: tuple[WeatherSpell, ...], vehicles: float, t_ms: int, loose: float, theta: float
) -> None:
    """Brute force: the first millisecond at which the formula exceeds the level.

    Within a hundred-millionth of the level the last bits of two ways to reckon may differ.
    """
    curve = curve_of(storm, vehicles, END_MS / H)
    spell = curve.spell(t_ms, loose, curve.film)
    found = curve.over(curve.level(theta), t_ms, spell, curve.film)
    lying = by_every_ms(curve, t_ms, spell)
    margin = 1e-8 * max(1.0, theta)
    above = np.flatnonzero(lying > theta + margin)
    touching = np.flatnonzero(lying > theta - margin)
    latest = t_ms + int(above[0]) if len(above) else NEVER
    soonest = t_ms + int(touching[0]) if len(touching) else NEVER
    assert soonest <= found <= latest
    assert found == latest or latest - soonest > 0


def test_over_beside_brine_is_what_a_look_at_every_millisecond_finds() -> None:
    """Brute force over film + (K + W) / Y with the brine's film, at a level 1 g/m² above it."""
    film = 501.0
    curve = curve_of(snow((0, 534)), 300.0, 40 / 60)
    spell = curve.spell(104, 232.0, film)
    lying = by_every_ms(replace(curve, film=film), 104, spell)
    first = 104 + int(np.flatnonzero(lying > film + 1)[0])
    assert curve.over(curve.level(film + 1), 104, spell, film) == first


@settings(max_examples=200)
@given(
    storm=STORMS,
    vehicles=VEHICLES,
    t_ms=st.integers(0, END_MS - 1),
    loose=st.floats(0, 2_500),
    theta=st.floats(1, 3_000),
)
def test_after_is_spell_and_over_in_one(
    storm: tuple[WeatherSpell, ...], vehicles: float, t_ms: int, loose: float, theta: float
) -> None:
    """The docstring of `after`: the same numbers as `spell` and `over` one by one."""
    curve = curve_of(storm, vehicles, END_MS / H)
    level = curve.level(theta)
    spell = curve.spell(t_ms, loose, curve.film)
    both = (*spell, curve.over(level, t_ms, spell, curve.film))
    assert curve.after(t_ms, curve.at(t_ms), loose, level) == both


@given(storm=STORMS, amount=st.floats(0, 3_000))
def test_net_over_is_the_first_instant(storm: tuple[WeatherSpell, ...], amount: float) -> None:
    """By definition: the fall exceeds the amount then, and not a millisecond before."""
    curve = curve_of(storm, 0.0, END_MS / H)
    found = curve.net_over(amount)
    if found == NEVER:
        assert curve.net[-1] <= amount * H
    else:
        assert curve.at(found)[0] > amount * H * (1 - 1e-12)
        assert found == 0 or curve.at(found - 1)[0] <= amount * H * (1 + 1e-12)


@given(storm=STORMS, vehicles=VEHICLES, less=st.floats(0, 2_000), more=st.floats(0, 2_000))
def test_more_snow_now_is_more_snow_later(
    storm: tuple[WeatherSpell, ...], vehicles: float, less: float, more: float
) -> None:
    """Monotone: u' = f - r·u never lets two solutions cross; snow never exceeds what fell by much.

    Inside a step Y is 1 + x·s times its value at the beginning (s from 0 to 1, x = r·Δ) and W
    grows by f·Δ·(1 + x/2)·s, so what lies exceeds the fall by at most f·Δ·x·s·(1/2 - s) ≤
    f·Δ·x/16; from breakpoint to breakpoint it does not.
    """
    assume(more > less)
    curve = curve_of(storm, vehicles, END_MS / H)
    spells = [curve.spell(0, start, curve.film) for start in (less, more)]
    step_h = GRID_MS / H
    x = PHYSICS.packing_per_vehicle * vehicles * step_h
    slack = max(s.um_per_h for s in storm) * step_h * x / 16 + 1e-9
    for t in range(0, END_MS, 10_000):
        low, high = (loose_at(curve, t, spell) for spell in spells)
        fallen = curve.at(t)[0] / H
        assert low <= high * (1 + 1e-12)
        assert high <= more + fallen + slack
        assert low >= min(less, curve.film) * (1 - 1e-12)


# ---- touches ------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(
    storm=STORMS,
    vehicles=VEHICLES,
    at=st.lists(st.integers(1, END_MS), min_size=1, max_size=6, unique=True),
    length_m=st.floats(10, 900),
)
def test_touches_lose_and_make_nothing(
    storm: tuple[WeatherSpell, ...], vehicles: float, at: list[int], length_m: float
) -> None:
    """Conservation: what lies loose and packed is floor(A·N) however often the strip is touched.

    After each touch a new spell begins with the loose snow found.
    """
    traffic = tuple(TrafficHour(RoadClass.MAIN, h, vehicles, 1.0) for h in range(24))
    roads = [street("ab", "a", "b", length_m)]
    scenario = town(roads, ploughs(), storm, horizon_h=END_MS / H, traffic=traffic)
    ground = world_of(scenario).ground
    curve, dm2 = ground.curves[0], ground.dm2[0]
    packed = 0
    for t in sorted(at):
        ground.touch(0, 0, t, curve.at(t))
        fallen = dm2 * curve.at(t)[0] // (100 * H)
        assert ground.loose[0] + ground.packed[0] == fallen
        assert ground.packed[0] >= packed
        packed = ground.packed[0]
        ground.settle(0, 0, t, ground.loose[0] / ground.m2[0], curve.film)
    if vehicles == 0.0:
        assert packed == 0


def test_a_touch_packs_what_traffic_packed_by_hand() -> None:
    """By hand: 3,000 m², 1,000 vehicles an hour, film 500 g/m²; 600 µm/h for 1 h and 10 min.

    500 g/m² lie after 50 min = 3,000,000 ms; t* is the next ms. Then 100 g/m² fall in each 10 min.
    At 60 min u = 100·(61/60) / (31/30) = 98.387, at 70 min (98.387 + 101.667) / (31/30) = 193.6004
    g/m² (less what fell in that one ms), so of 700 × 3,000 g fallen 2,080,801 g are loose.
    """
    traffic = tuple(TrafficHour(RoadClass.MAIN, h, 1_000.0, 1.0) for h in range(24))
    scenario = town(
        [street("ab", "a", "b", 1_000)], Fleet((), ()), snow((0, 600)), horizon_h=2, traffic=traffic
    )
    ground = world_of(scenario).ground
    t = 70 * MIN
    ground.touch(0, 0, t, ground.curves[0].at(t))
    above = (100 * 61 / 60 / (31 / 30) + 100 * 61 / 60) / (31 / 30)
    assert above == pytest.approx(193.6004, abs=1e-4)
    assert ground.loose[0] == pytest.approx(3_000 * (500 + above), abs=2)
    assert ground.loose[0] + ground.packed[0] == 2_100_000
