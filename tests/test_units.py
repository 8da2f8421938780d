"""Units: conversions and rounding, by hand."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snowplan.units import drive_ms, hours_ms, minutes_ms, ms_hours, pass_ms, round_up_step


def test_hours_and_minutes() -> None:
    """By hand: 1.5 h = 5,400,000 ms, 0.5 min = 30,000 ms, a third of an hour to the nearest ms."""
    assert (hours_ms(1.5), minutes_ms(0.5), hours_ms(1 / 3)) == (5_400_000, 30_000, 1_200_000)
    assert (hours_ms(-1), ms_hours(5_400_000)) == (-3_600_000, 1.5)


@pytest.mark.parametrize(
    ("duration", "steps"),
    [(0.0, 0), (0.1, 1), (99.9, 1), (100.0, 1), (100.0000001, 1), (100.1, 2), (1_234.5, 13)],
)
def test_durations_are_rounded_up_to_the_step(duration: float, steps: int) -> None:
    """By hand: up to whole 100 ms, and a ten-millionth of a millisecond is noise."""
    assert round_up_step(duration) == 100 * steps


@pytest.mark.parametrize(
    ("length_mm", "kph", "ms"),
    [
        (1_000_000, 36.0, 100_000),  # 1,000 m at 10 m/s
        (600_000, 18.0, 120_000),  # 600 m at 5 m/s
        (1_000, 40.0, 100),  # 90 ms
        (333_300, 40.0, 30_000),  # 29,997 ms
        (1, 5.0, 100),
    ],
)
def test_driving_times(length_mm: int, kph: float, ms: int) -> None:
    """By hand: length over speed, up to whole 100 ms."""
    assert drive_ms(length_mm, kph) == ms
    assert ms - 100 < pass_ms(length_mm, kph) <= ms


def test_a_pass_is_not_rounded() -> None:
    """By hand: 1 m at 40 km/h takes 3.6 s ÷ 40 = 90 ms."""
    assert pass_ms(1_000, 40.0) == 90.0


@given(length_mm=st.integers(1, 50_000_000), kph=st.integers(1, 120))
def test_driving_times_are_those_of_exact_fractions(length_mm: int, kph: int) -> None:
    """Exact fractions: length × 3.6 ÷ speed, up to the next 100 ms."""
    exact = Fraction(length_mm) * Fraction(36, 10) / kph
    assert drive_ms(length_mm, float(kph)) == math.ceil(exact / 100) * 100
