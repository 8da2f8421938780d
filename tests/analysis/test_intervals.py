"""Intervals of a mean against hand calculation, scipy, and their own p-values."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from snowplan.analysis.bootstrap import bca
from snowplan.analysis.intervals import mean_intervals, t_interval


def test_the_interval_is_students() -> None:
    """1, 2, 3, 4: mean 2.5, s = 1.29099, half = 3.18245 · s ÷ 2 = 2.05426 (t at 3 degrees)."""
    low, high = t_interval([1.0, 2.0, 3.0, 4.0]) or (0.0, 0.0)
    assert low == pytest.approx(2.5 - 2.05426, abs=1e-5)
    assert high == pytest.approx(2.5 + 2.05426, abs=1e-5)
    assert t_interval([1.0]) is None


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
def test_t_is_scipys(confidence: float) -> None:
    """Interval and p-value of symmetric columns are those of scipy's one-sample test."""
    columns = np.random.default_rng(3).normal(0.3, 1.0, size=(24, 5))
    found = mean_intervals(columns, confidence)
    test = stats.ttest_1samp(columns, 0.0)
    ends = test.confidence_interval(confidence)
    assert not found.by_bca.any()
    assert found.low == pytest.approx(ends.low)
    assert found.high == pytest.approx(ends.high)
    assert found.p == pytest.approx(test.pvalue)


@pytest.mark.parametrize(("n", "noise"), [(12, 0.06), (36, 0.03), (72, 0.03)])
def test_bca_is_scipys_at_the_widened_confidence(n: int, noise: float) -> None:
    """Scipy's BCa at the confidence whose normal quantile is t·√(n/(n-1)), up to the resampling."""
    values = np.random.default_rng(n).lognormal(size=n)
    z = float(stats.t.ppf(0.975, n - 1)) * math.sqrt(n / (n - 1))
    widened = 2 * float(stats.norm.cdf(z)) - 1
    ends = stats.bootstrap(
        (values,), np.mean, method="BCa", confidence_level=widened, n_resamples=20_000, rng=1
    ).confidence_interval
    found = bca(values[:, None], 0.95)
    width = float(ends.high - ends.low)
    assert float(found.low[0]) == pytest.approx(float(ends.low), abs=noise * width)
    assert float(found.high[0]) == pytest.approx(float(ends.high), abs=noise * width)


def test_the_p_value_is_where_the_interval_ends_at_0() -> None:
    """At confidence 1 - p one end of the BCa interval is 0, so both always agree."""
    columns = np.random.default_rng(4).exponential(size=(36, 8)) - np.linspace(0.7, 1.4, 8)
    for column, p in enumerate(bca(columns, 0.95).p):
        ends = bca(columns[:, [column]], 1 - float(p))
        nearest = min(abs(float(ends.low[0])), abs(float(ends.high[0])))
        assert nearest < 2e-3, column


@pytest.mark.parametrize("turned", [1.0, -1.0])
def test_a_huge_difference_of_skewed_values_is_told(turned: float) -> None:
    """36 exponential values, either way round, and a constant added: p falls below 1e-6.

    On the way it never rises, and as long as some resampled mean is beyond 0 it claims no more
    than one resample of 9,999.
    """
    values = turned * np.random.default_rng(9).exponential(size=36)
    for away in (1.0, -1.0):
        steps = np.sort(np.concatenate([np.linspace(0, 2, 41), [5.0, 50.0]]))
        columns = (values - values.mean())[:, None] + away * steps
        p = bca(columns, 0.95).p
        assert p[-1] < 1e-6
        assert (np.diff(p) <= 1e-12).all()
        student = stats.ttest_1samp(columns, 0.0).pvalue
        assert (p >= np.minimum(student, 1 / 9_999) - 1e-15).all()


def test_an_interval_moves_turns_and_stretches_with_its_values() -> None:
    """Interval of 3 - 2x: from 3 - 2·high to 3 - 2·low, by either method."""
    columns = np.random.default_rng(5).lognormal(size=(40, 3))
    columns[:, 0] = np.random.default_rng(6).normal(size=40)
    one, other = mean_intervals(columns), mean_intervals(3.0 - 2.0 * columns)
    assert one.by_bca.tolist() == other.by_bca.tolist() == [False, True, True]
    assert other.low == pytest.approx(3.0 - 2.0 * one.high, abs=1e-9)
    assert other.high == pytest.approx(3.0 - 2.0 * one.low, abs=1e-9)


def test_a_column_does_not_know_its_neighbours() -> None:
    """The same values give the same interval alone, among others, and asked again."""
    columns = np.random.default_rng(7).lognormal(size=(36, 4))
    together = mean_intervals(columns)
    for i in range(4):
        alone = mean_intervals(columns[:, [i]])
        assert alone.low[0] == pytest.approx(together.low[i], rel=1e-12)
        assert alone.p[0] == pytest.approx(together.p[i], rel=1e-9)


def test_equal_values_have_no_width() -> None:
    """Always 0.3: from 0.3 to 0.3, p of the sign test 2 · 0.5¹⁰; always 0: p is 1."""
    found = mean_intervals(np.array([[0.3, 0.0]] * 10))
    assert found.low.tolist() == found.high.tolist() == found.mean.tolist() == [0.3, 0.0]
    assert found.p.tolist() == [2 * 0.5**10, 1.0]
    assert found.half_width.tolist() == [0.0, 0.0]


def test_one_case_among_many_is_no_finding() -> None:
    """A single 1 among 36 zeros (a limit missed once): mean and error are both 1/36, so t is 1."""
    column = np.zeros((36, 1))
    column[7] = 1.0
    found = mean_intervals(column)
    assert found.p[0] == pytest.approx(2 * stats.t.sf(1.0, 35))
    assert found.low[0] < 0 < found.high[0]


def test_below_ten_values_t_decides() -> None:
    """Nine values cannot show that they are skewed."""
    column = np.exp(np.arange(9.0))[:, None]
    assert not mean_intervals(column).by_bca.any()
