"""Skewness and the triples test against scipy and against counting every triple."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from snowplan.analysis import symmetry
from snowplan.analysis.symmetry import skewed, skewness, triples_z


def counted(values: np.ndarray) -> float:
    """The triples statistic over its standard error, triple by triple."""
    n = len(values)
    leans = {}
    for triple in combinations(range(n), 3):
        low, mid, high = sorted(values[list(triple)])
        leans[triple] = np.sign(low + high - 2 * mid)
    share = sum(leans.values()) / len(leans)
    each = [
        np.mean([lean for triple, lean in leans.items() if place in triple]) for place in range(n)
    ]
    spread = np.mean((np.array(each) - share) ** 2)
    return math.sqrt(n) * share / (3 * math.sqrt(spread))


@pytest.mark.parametrize("seed", range(5))
def test_the_triples_are_all_counted(seed: int) -> None:
    """Sorted pairs and sums of steps give what looking at each of the 286 triples gives."""
    values = np.random.default_rng(seed).exponential(size=13)
    assert triples_z(values) == pytest.approx(counted(values))
    assert triples_z(-values) == pytest.approx(-counted(values))


def test_many_values_are_looked_at_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few pairs at a time give what all at once give; of more than 2,000 values t is taken."""
    values = np.random.default_rng(7).exponential(size=90)
    whole = triples_z(values)
    monkeypatch.setattr(symmetry, "_CELLS", 700)
    assert triples_z(values) == pytest.approx(whole, rel=1e-12)
    far = np.append(np.zeros(2_000), 1.0)[:, None]
    assert 25 * skewness(far)[0] ** 2 > 2_001
    assert skewed(far).tolist() == [False]


def test_triples_of_whole_numbers_with_ties() -> None:
    """0 0 0 3 4: by hand, 4 triples (0 0 x) × 6 lean right, (0 3 4) × 3 left, (0 0 0) is even."""
    values = np.array([0.0, 4.0, 0.0, 3.0, 0.0])
    assert triples_z(values) == pytest.approx(counted(values))
    assert triples_z(np.array([1.0, 2.0, 3.0])) == 0.0  # even, and no spread to measure it by


def test_skewness_is_scipys() -> None:
    """The adjusted Fisher–Pearson coefficient; 0 where nothing varies."""
    columns = np.random.default_rng(1).exponential(size=(20, 4))
    assert skewness(columns) == pytest.approx(stats.skew(columns, bias=False))
    assert skewness(np.full((20, 1), 0.3)).tolist() == [0.0]
    assert skewness(np.array([[1.0], [2.0]])).tolist() == [0.0]


def test_one_far_value_is_no_skewness() -> None:
    """Of 36 even steps about 0 one is moved far out: Cochran's rule cries, the ranks do not."""
    even = np.arange(36.0) - 17.5
    far = even.copy()
    far[-1] = 200.0
    right = np.exp(even / 10)
    columns = np.column_stack([even, far, right, -right])
    assert (25 * skewness(columns) ** 2 > 36).tolist() == [False, True, True, True]
    assert skewed(columns).tolist() == [False, False, True, True]


def test_few_symmetric_samples_are_called_skewed() -> None:
    """Of long-tailed symmetric samples (t with 3 degrees) about one in a hundred."""
    rng = np.random.default_rng(2)
    columns = rng.standard_t(3, size=(72, 1000))
    assert (25 * skewness(columns) ** 2 > 72).mean() > 0.2
    assert skewed(columns).mean() < 0.03
    assert skewed(rng.lognormal(size=(72, 200))).mean() > 0.8
