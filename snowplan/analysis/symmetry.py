"""How skewed a sample is, and whether its skewness is more than a few far values."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

COCHRAN = 25.0
MOST_FOR_TRIPLES = 2_000  # values; the triples of more take too long
_CELLS = 1_000_000  # pairs looked at at once
CRITICAL_Z = 2.5758  # two-sided 1 % of the normal distribution


def skewness(columns: FloatArray) -> FloatArray:
    """Adjusted Fisher–Pearson skewness of each column; 0 below three rows or without spread."""
    n = len(columns)
    centred = columns - columns.mean(axis=0)
    second = (centred**2).mean(axis=0)
    if n < 3:
        return np.zeros_like(second)
    flat = np.ptp(columns, axis=0) == 0
    third = (centred**3).mean(axis=0) / np.where(flat, 1.0, second) ** 1.5
    return np.where(flat, 0.0, third * math.sqrt(n * (n - 1)) / (n - 2))


def skewed(columns: FloatArray) -> NDArray[np.bool_]:
    """Columns for which Student's interval of the mean is unsound: both of these speak so.

    Cochran's rule (Sampling Techniques, 1977, 2.15): t is sound from n = 25·g² on, g the skewness.
    It alone would take a far value of a symmetric, long-tailed sample for skewness, and the
    bootstrap would then believe that value. So the triples test, which hears ranks and no
    distances, must find skewness of the same sign at 1 % (Randles, Fligner, Policello and Wolfe,
    1980, JASA 75:168–172). Of more than 2,000 values t is taken without it.
    """
    n = len(columns)
    found = skewness(columns)
    if n > MOST_FOR_TRIPLES:
        return np.zeros(len(found), dtype=np.bool_)
    few = n < COCHRAN * found**2
    for column in np.flatnonzero(few):
        few[column] = triples_z(columns[:, column]) * np.sign(found[column]) > CRITICAL_Z
    return few


def triples_z(values: FloatArray) -> float:
    """The triples statistic over its standard error: above 0 where the long tail is to the right.

    A triple leans right where its middle value lies nearer to the smallest; the statistic is the
    share of those less the share of those that lean left. 0 where all triples are even.
    """
    ordered = np.sort(values)
    n = len(ordered)
    rows = max(1, _CELLS // n)
    total, by_value = 0.0, np.zeros(n)
    for start in range(0, n - 2, rows):
        first, last = np.triu_indices(min(rows, n - start), start + 2, n)
        lean, part = _leaning(ordered, first + start, last)
        total += lean
        by_value += part
    share = total / math.comb(n, 3)
    each = by_value / math.comb(n - 1, 2)
    spread = float(np.mean((each - share) ** 2))
    return math.sqrt(n) * share / (3 * math.sqrt(spread)) if spread > 0 else 0.0


def _leaning(
    ordered: FloatArray, first: NDArray[np.intp], last: NDArray[np.intp]
) -> tuple[float, FloatArray]:
    """Triples with these outer two: right less left, of all, and of those with each value."""
    n = len(ordered)
    centre = (ordered[first] + ordered[last]) / 2
    below = np.clip(np.searchsorted(ordered, centre, "left"), first + 1, last)
    above = np.clip(np.searchsorted(ordered, centre, "right"), first + 1, last)
    lean = (below - first - 1) - (last - above)  # right less left, by the outer two
    outer = np.bincount(first, lean, n) + np.bincount(last, lean, n)
    # Middles first+1 … below-1 lean right, above … last-1 left: sums of steps up and down.
    steps = _count(first + 1, n) - _count(below, n) - _count(above, n) + _count(last, n)
    return float(lean.sum()), np.asarray(outer + np.cumsum(steps), dtype=np.float64)


def _count(places: NDArray[np.intp], n: int) -> FloatArray:
    return np.bincount(places, minlength=n).astype(np.float64)
