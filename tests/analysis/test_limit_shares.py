"""Shares of limits met and 90th percentiles against scipy, binomial sums and hand-made runs."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from snowplan.analysis.limit_shares import (
    LimitShare,
    clopper_pearson,
    limit_shares,
    quantile_ranks,
)
from snowplan.model.comparison import Question
from tests.analysis.synthetic import comparison_of, run, runs_of


@pytest.mark.parametrize(("met", "n"), [(0, 10), (3, 10), (36, 36), (35, 36), (500, 1000)])
def test_the_share_has_the_exact_interval(met: int, n: int) -> None:
    """Scipy's exact interval of a binomial probability."""
    ends = stats.binomtest(met, n).proportion_ci(0.95, "exact")
    assert clopper_pearson(met, n, 0.95) == pytest.approx((ends.low, ends.high))


def test_none_of_ten_by_hand() -> None:
    """0 of 10 at 95 %: from 0 to 1 - 0.025^(1/10) = 0.3085."""
    assert clopper_pearson(0, 10, 0.95) == pytest.approx((0.0, 1 - 0.025**0.1))


def binomial_at_most(count: int, n: int, share: float) -> float:
    """P(a binomial count ≤ `count`), summed term by term."""
    return sum(math.comb(n, i) * share**i * (1 - share) ** (n - i) for i in range(count + 1))


@pytest.mark.parametrize("n", [1, 5, 28, 29, 35, 36, 37, 72, 200])
def test_the_ranks_are_the_tightest_that_hold(n: int) -> None:
    """Each end errs in at most 2.5 %, and would err more one rank further in."""
    low, high = quantile_ranks(n, 0.9, 0.95)
    if low is None:
        assert binomial_at_most(0, n, 0.9) > 0.025
    else:
        assert binomial_at_most(low - 1, n, 0.9) <= 0.025 < binomial_at_most(low, n, 0.9)
    if high is None:
        assert 0.9**n > 0.025
    else:
        assert 1 - binomial_at_most(high - 1, n, 0.9) <= 0.025
        assert 1 - binomial_at_most(high - 2, n, 0.9) > 0.025


def test_a_90th_percentile_needs_36_replications() -> None:
    """0.9³⁵ = 0.02503 is above 2.5 %, 0.9³⁶ = 0.02253 below."""
    assert quantile_ranks(35, 0.9, 0.95).high is None
    assert quantile_ranks(36, 0.9, 0.95).high == 36


def test_the_interval_of_the_90th_percentile_covers_it() -> None:
    """Of 4,000 exponential samples of 72 at least 95 % have ln 10 between the two ranks."""
    low, high = quantile_ranks(72, 0.9, 0.95)
    assert low is not None
    assert high is not None
    rows = np.sort(np.random.default_rng(8).exponential(size=(4000, 72)), axis=1)
    inside = (rows[:, low - 1] <= math.log(10)) & (math.log(10) <= rows[:, high - 1])
    assert inside.mean() > 0.945


def rows_of(n: int, late_after: int, confidence: float = 0.95) -> list[LimitShare]:
    """n runs, run i done at hour i; those after `late_after` with a section left; limit 30 h."""
    comparison = comparison_of(["base"], Question(("met_open/main",)), confidence=confidence)
    runs = []
    for i in range(1, n + 1):
        late = i > late_after
        met = None if late else float(i <= 30)
        values = {"met_open/main": met, "limit_open/main": 30.0, "open_last/main": float(i)}
        runs.append(run("base", i, values, late={"open_last/main": int(late)}))
    return limit_shares(comparison, runs_of(runs))


def test_a_row_by_hand() -> None:
    """Hours 1–40, limit 30: met 30 of 40; 36th hour, ranks by the binomial of 40 and 0.9."""
    (row,) = rows_of(40, late_after=40)
    assert (row.variant, row.storm, row.aspect, row.road_class) == ("base", "mild", "open", "main")
    assert (row.zone, row.limit_h, row.n, row.met, row.share) == (None, 30.0, 40, 30, 0.75)
    assert (row.p90_h, row.indicative) == (36.0, False)
    low = int(stats.binom.ppf(0.025, 40, 0.9))  # the least count with P(≤ count) ≥ 2.5 %
    assert (row.p90_low, row.p90_high) == (float(low), 40.0)


def test_what_was_left_by_the_horizon_lies_beyond_every_hour() -> None:
    """Of 40 the last 5 have sections left: the 36th is beyond, the lower end is still known.

    Those 5 do not know whether they met the limit: between 30 and 35 of 40 did.
    """
    (row,) = rows_of(40, late_after=35)
    assert (row.n, row.met, row.unknown, row.p90_h, row.p90_high) == (40, 30, 5, None, None)
    assert row.share == 0.75
    assert row.low == pytest.approx(clopper_pearson(30, 40, 0.95)[0])
    assert row.high == pytest.approx(clopper_pearson(35, 40, 0.95)[1])
    assert row.p90_low is not None
    assert not row.indicative


def test_runs_that_all_end_before_the_limit_know_nothing() -> None:
    """All of 40 with sections left: anything from 0 to 1 is possible, and the row is there."""
    (row,) = rows_of(40, late_after=0)
    assert (row.n, row.met, row.unknown, row.low, row.high) == (40, 0, 40, 0.0, 1.0)


def test_below_36_runs_a_row_is_indicative_at_any_confidence() -> None:
    """At 80 % 22 runs bound the 90th percentile (0.9²² = 0.098 ≤ 10 %), and still only indicate."""
    assert quantile_ranks(22, 0.9, 0.8).high == 22
    (row,) = rows_of(22, late_after=22, confidence=0.8)
    assert row.p90_high is not None
    assert row.indicative


def test_few_replications_only_indicate() -> None:
    """35 have no upper end of the 90th percentile."""
    (row,) = rows_of(35, late_after=35)
    assert row.indicative
    assert (row.p90_h, row.p90_high) == (32.0, None)  # the 32nd of 35: 31.5 rounded up
