"""Storms in figures: whole µm an hour, exact totals, the right hours."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snowplan.clock import Clock
from snowplan.inputs.scenario_schema import ForecastTable, SnowTable
from snowplan.inputs.storms import air_at, instant_ms, read_forecasts, storm_spells
from snowplan.units import MS_PER_H, MS_PER_MIN

CLOCK = Clock(datetime.fromisoformat("2026-01-15 16:00"))
HORIZON_MS = 96 * MS_PER_H


def storm(**keys: object) -> SnowTable:
    """A `[snow]` table at -5 °C from 18:00 unless said otherwise."""
    return SnowTable.model_validate({"onset": 2.0, "air_c": -5.0, **keys})


def fallen(table: SnowTable) -> list[tuple[int, int, int]]:
    """(start, end, µm an hour) of the spells with snow."""
    spells = storm_spells(table, CLOCK, HORIZON_MS)
    ends = [*(spell.start_ms for spell in spells[1:]), HORIZON_MS]
    return [
        (spell.start_ms, end, spell.um_per_h)
        for spell, end in zip(spells, ends, strict=True)
        if spell.um_per_h
    ]


@given(
    um=st.integers(0, 60_000),
    minutes=st.integers(1, 60 * 24),
    shape=st.sampled_from(["uniform", "early", "late"]),
)
def test_the_total_is_exact(um: int, minutes: int, shape: str) -> None:
    """Whatever total, duration and shape: intensity × time adds up to the µm stated."""
    table = storm(total_mm=um / 1000, duration_h=minutes / 60, shape=shape)
    steps = fallen(table)
    assert sum(rate * (end - begin) for begin, end, rate in steps) == um * MS_PER_H
    assert all(isinstance(rate, int) and rate > 0 for _, _, rate in steps)
    if steps:
        assert steps[0][0] >= 2 * MS_PER_H
        assert steps[-1][1] <= 2 * MS_PER_H + minutes * MS_PER_MIN


def test_a_uniform_storm_falls_evenly() -> None:
    """7 mm in 14 h is 500 µm in each hour, one spell from onset to end."""
    table = storm(total_mm=7.0, duration_h=14.0)
    assert fallen(table) == [(2 * MS_PER_H, 16 * MS_PER_H, 500)]


def test_an_early_storm_falls_more_at_first_and_a_late_one_at_last() -> None:
    """Worked by hand: 1 - (1 - x)² of 900 µm over 3 h is 500, 300, 100; late, turned round."""
    rates = {
        shape: [rate for _, _, rate in fallen(storm(total_mm=0.9, duration_h=3.0, shape=shape))]
        for shape in ("early", "late")
    }
    assert rates == {"early": [500, 300, 100], "late": [100, 300, 500]}


def test_hours_given_one_by_one_are_taken_as_they_are() -> None:
    """A list of mm an hour makes one spell an hour, dry hours in between."""
    table = storm(mm_per_h=[0.5, 0.0, 1.25])
    assert fallen(table) == [
        (2 * MS_PER_H, 3 * MS_PER_H, 500),
        (4 * MS_PER_H, 5 * MS_PER_H, 1250),
    ]


def test_onset_is_hours_a_time_of_day_or_an_instant() -> None:
    """2 h after 16:00, the next 18:00 and the date itself are one instant."""
    instants = {
        instant_ms(when, CLOCK)
        for when in (2.0, "18:00", datetime.fromisoformat("2026-01-15 18:00"))
    }
    assert instants == {2 * MS_PER_H}
    assert instant_ms("15:00", CLOCK) == 23 * MS_PER_H


def test_a_storm_that_began_before_the_start_keeps_what_is_left() -> None:
    """Snow since 14:00, seen from 16:00, falls for its last two hours."""
    table = storm(total_mm=2.0, duration_h=4.0, onset=datetime.fromisoformat("2026-01-15 14:00"))
    assert fallen(table) == [(0, 2 * MS_PER_H, 500)]


def test_air_temperature_runs_straight_between_its_points() -> None:
    """Three points over 10 h: the middle one at 5 h, half way at 2.5 h; one point holds."""
    points = [-4.0, -8.0, 0.0]
    assert [air_at(points, h * MS_PER_H // 2, 10 * MS_PER_H) for h in (0, 5, 10, 20)] == [
        -4.0, -6.0, -8.0, 0.0,
    ]  # fmt: skip
    assert air_at([-5.0], 3, 10) == -5.0


def test_a_changing_temperature_makes_hourly_spells() -> None:
    """From 0 to -96 °C-hours: each hour is colder than the one before."""
    table = storm(total_mm=1.0, duration_h=2.0, air_c=[0.0, -48.0])
    spells = storm_spells(table, CLOCK, HORIZON_MS)
    assert len(spells) == 96
    assert [spell.air_c for spell in spells[:3]] == [0.0, -0.5, -1.0]


def test_forecasts_stand_in_the_order_of_their_issue() -> None:
    """Issues written in any order are sorted by the instant from which they are known."""
    tables = [
        ForecastTable.model_validate(
            {"issued": h, "total_mm": h, "onset": 3.0, "duration_h": 1.0, "air_c": -5.0}
        )
        for h in (6.0, 1.0)
    ]
    issues = read_forecasts(tables, CLOCK, HORIZON_MS)
    assert [issue.issued_ms for issue in issues] == [MS_PER_H, 6 * MS_PER_H]
    assert [max(s.um_per_h for s in issue.spells) for issue in issues] == [1000, 6000]


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"total_mm": 1.0}, "also duration_h"),
        ({"total_mm": 1.0, "mm_per_h": [1.0]}, "either total_mm or mm_per_h"),
        ({"total_mm": 1.0, "duration_h": 1.0, "file": "x.csv"}, "not both"),
        ({"file": "x.csv"}, "with file also from, until, mapping"),
    ],
)
def test_a_storm_is_given_in_one_way(keys: dict[str, object], words: str) -> None:
    """Half a storm, and a storm in two ways, are refused with what is amiss."""
    with pytest.raises(ValueError, match=words):
        storm(**keys)
