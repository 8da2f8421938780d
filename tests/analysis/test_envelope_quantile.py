"""The interval of a quantile of lognormal thresholds, by another library and by simulation."""

from __future__ import annotations

import math
import os

import numpy as np
from scipy.stats import nct, norm

from snowplan.analysis.envelope_quantile import AT_LEAST, LESS, Threshold, held_with

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


def test_a_gap_that_is_known_no_better_is_in_the_interval() -> None:
    """Six in one and the same gap: its middle, and an interval from end to end of it."""
    found = held_with([Threshold(2.0, "", 9, True, (1.6, 2.5))] * 6, P, CONFIDENCE)
    assert np.allclose([found.factor, found.low, found.high], [2.0, 1.6, 2.5])
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
