"""The interval of a quantile of lognormal thresholds, by another library and by simulation."""

from __future__ import annotations

import itertools
import math
import os

import numpy as np
from scipy.stats import nct, norm

from snowplan.analysis.envelope_quantile import (
    AT_LEAST,
    LESS,
    Quantile,
    Threshold,
    agreeing,
    held_at,
    held_with,
    threshold,
)
from snowplan.analysis.envelope_search import Margin
from snowplan.model.readiness import Search
from tests.analysis.envelope_cases import searched

P, CONFIDENCE = 0.9, 0.95
DRAWS = int(os.environ.get("SNOWPLAN_COVERAGE", "4000"))


def test_the_interval_is_that_of_the_noncentral_t() -> None:
    """By scipy.stats, which reckons the noncentral t by other means, and by the definition."""
    logs = np.array([0.1, 0.3, 0.45, 0.2, 0.7, 0.6])
    found = held_with([Threshold(math.exp(x)) for x in logs], P, CONFIDENCE)
    n, mean, spread = len(logs), logs.mean(), logs.std(ddof=1)
    ends = nct.ppf([0.975, 0.025], n - 1, math.sqrt(n) * norm.ppf(P))
    assert found.low is not None
    assert found.high is not None
    assert np.allclose([found.low, found.high], np.exp(mean - ends * spread / math.sqrt(n)))
    assert math.isclose(found.factor, math.exp(mean + norm.ppf(0.1) * spread))
    assert found.low < found.factor < found.high


def test_the_interval_covers_as_often_as_it_says() -> None:
    """Of many samples of six, 95 ± 1.5 % of the intervals hold the true quantile."""
    draw = np.random.default_rng(5)
    true = math.exp(0.5 - 0.3 * float(norm.ppf(P)))
    hits = 0
    for row in np.exp(draw.normal(0.5, 0.3, (DRAWS, 6))):
        found = held_with([Threshold(x) for x in row.tolist()], P, CONFIDENCE)
        assert found.low is not None
        assert found.high is not None
        hits += found.low <= true <= found.high
    assert abs(hits / DRAWS - CONFIDENCE) < 0.015


def test_the_interval_covers_where_only_gaps_are_known() -> None:
    """Thresholds of six replications known to half an octave alone: still 95 % or more are right.

    Whether they differ by much less than a gap or by more, and wherever the gaps lie.
    """
    draw = np.random.default_rng(6)
    for spread in (0.02, 0.1, 0.3, 0.6):
        hits = 0
        for offset, row in zip(
            draw.uniform(0, 1, DRAWS // 8), draw.normal(0, spread, (DRAWS // 8, 6)), strict=True
        ):
            known = [gapped(math.exp(x), offset) for x in row.tolist()]
            found = held_with(known, P, CONFIDENCE)
            assert found.low is not None
            assert found.high is not None
            true = math.exp(-spread * float(norm.ppf(P)))
            hits += found.low <= true <= found.high
        assert hits / (DRAWS // 8) > CONFIDENCE - 0.025


def test_the_search_as_it_is_made_is_right_where_margins_bend() -> None:
    """Six thresholds searched among half octaves, margins convex in the logarithm of the snowfall.

    The true quantile lies in nine of ten intervals or more: bending shifts each threshold a little.
    """
    search = Search(tuple(2.0 ** (k / 2 - 1) for k in range(7)), (0, 2, 4, 6))
    draw, hits, samples = np.random.default_rng(9), 0, DRAWS // 40
    for _ in range(samples):
        fails = np.exp(draw.normal(math.log(1.6), 0.2, 6))
        found, _ = searched(
            lambda p, r, fails=fails: {  # type: ignore[misc]
                "open/main": Margin(4 * ((fails[r] / search.factors[p]) ** 1.5 - 1))
            },
            6,
            search,
        )
        told = [threshold(found, search, "open/main", r) for r in range(6)]
        quantile = held_with([one for one in told if one is not None], P, CONFIDENCE)
        true = 1.6 * math.exp(-0.2 * float(norm.ppf(P)))
        hits += (quantile.low or 0) <= true <= (quantile.high or math.inf)
    assert hits / samples > 0.9 - 2 * math.sqrt(0.9 * 0.1 / samples)


def gapped(factor: float, offset: float) -> Threshold:
    """A threshold known by its gap between neighbours of a grid of half octaves."""
    step = math.log(2) / 2
    place = math.floor(math.log(factor) / step - offset)
    low, high = (math.exp((place + end + offset) * step) for end in (0, 1))
    return Threshold(math.sqrt(low * high), "", 1, True, (low, high))


def test_beyond_the_grid_the_nearest_rank_is_told_without_an_interval() -> None:
    """By hand: the tenth from below of six is the lowest, of twenty the second."""
    held, failed = Threshold(8.0, AT_LEAST), Threshold(0.25, LESS, 0)
    inside = [Threshold(1.0 + k) for k in range(5)]
    assert held_with([held] * 6, P, CONFIDENCE) == (8.0, None, None, AT_LEAST)
    assert held_with([*inside, held], P, CONFIDENCE) == (1.0, None, None, "")
    assert held_with([*inside, failed], P, CONFIDENCE) == (0.25, None, None, LESS)
    early = Threshold(0.5, AT_LEAST)
    assert held_with([*inside, early], P, CONFIDENCE) == (0.5, None, None, AT_LEAST)
    assert held_with([held, failed], P, CONFIDENCE) == (0.25, None, None, LESS)
    many = [failed, *[Threshold(2.0 + k) for k in range(19)]]
    assert held_with(many, P, CONFIDENCE) == (2.0, None, None, "")
    gap = Threshold(1.7, "", 3, True, (1.4, 2.0))
    assert held_with([held, gap], P, CONFIDENCE) == (1.4, None, None, AT_LEAST)


def test_of_bounds_it_is_told_in_how_many_runs_they_held() -> None:
    """By hand: at 2 hold what fails at 3, and what held at 8; not a gap from 1 to 4, nor below."""
    gap = Threshold(2.0, "", 5, True, (1.0, 4.0))
    some = [Threshold(3.0), Threshold(8.0, AT_LEAST), gap, Threshold(4.0, LESS, 0)]
    assert held_at(some, 2.0) == 2


def test_the_answer_lies_where_all_runs_at_factor_1_say() -> None:
    """An estimate on the other side becomes a bound; a sure mark ends the interval at 1, too."""
    high, low = Quantile(2.0, 0.5, 3.0), Quantile(0.8, 0.5, 3.0)
    assert agreeing(high, "open") == agreeing(high, "missed") == (1.0, None, None, LESS)
    assert agreeing(low, "likely") == agreeing(low, "sure") == (1.0, None, None, AT_LEAST)
    assert agreeing(high, "sure") == (2.0, 1.0, 3.0, "")
    assert agreeing(high, "likely") == high
    assert agreeing(low, "missed") == (0.8, 0.5, 1.0, "")
    assert agreeing(low, "open") == low
    assert agreeing(high, "unknown") == high
    assert agreeing(Quantile(0.5, bound=LESS), "open") == (0.5, None, None, LESS)
    assert agreeing(Quantile(1.0, bound=AT_LEAST), "missed") == (1.0, None, None, LESS)


def test_a_gap_that_is_known_no_better_is_in_the_interval() -> None:
    """Six in one gap: its middle; the high end is the gap's, the low one below it.

    By hand: with k of them at the low end, the mean less 3.57 deviations (tables of tolerance
    limits) is lowest at k = 4, which every pattern of ends confirms.
    """
    found = held_with([Threshold(2.0, "", 9, True, (1.6, 2.5))] * 6, P, CONFIDENCE)
    times = nct.ppf(0.975, 5, math.sqrt(6) * norm.ppf(P)) / math.sqrt(6)
    ends = np.array(list(itertools.product(np.log([1.6, 2.5]), repeat=6)))
    least = np.exp((ends.mean(axis=1) - times * ends.std(axis=1, ddof=1)).min())
    assert np.allclose([found.factor, found.low, found.high], [2.0, least, 2.5])
    mixed = [Threshold(2.0, "", 9, True, (1.6, 2.5)), Threshold(1.8), Threshold(2.2)]
    exact = [one._replace(gap=None) for one in mixed]
    wide, narrow = (held_with(each, P, CONFIDENCE) for each in (mixed, exact))
    assert wide.factor == narrow.factor
    assert wide.low is not None
    assert narrow.low is not None
    assert wide.low < narrow.low < narrow.factor


def test_one_threshold_is_itself() -> None:
    """One replication says nothing of how replications differ; equal ones differ in nothing."""
    assert held_with([Threshold(1.5)], P, CONFIDENCE) == (1.5, None, None, "")
    same = held_with([Threshold(1.5)] * 3, P, CONFIDENCE)
    assert same.low is not None
    assert math.isclose(same.low, 1.5)
    assert same.low == same.high
