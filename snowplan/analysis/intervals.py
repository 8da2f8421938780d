"""The interval of a mean: Student's t where it is sound, the BCa bootstrap where values are skewed.

A function of the values alone: no state, no random source, the same interval for the same values.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from snowplan.analysis.bootstrap import bca
from snowplan.analysis.symmetry import skewed, skewness

FloatArray = NDArray[np.float64]

CONFIDENCE = 0.95
STUDENT, BCA = "t", "bca"
LEAST_FOR_BCA = 10  # values; fewer cannot tell their own skewness


class MeanIntervals(NamedTuple):
    """By column: mean, interval, two-sided p-value of "the mean is 0", skewness, and whether BCa.

    A column of equal values has an interval without width; its p-value is the sign test's.
    """

    mean: FloatArray
    low: FloatArray
    high: FloatArray
    p: FloatArray
    skewness: FloatArray
    by_bca: NDArray[np.bool_]

    @property
    def half_width(self) -> FloatArray:
        """Half of each interval."""
        return (self.high - self.low) / 2


def t_interval(
    values: Sequence[float], confidence: float = CONFIDENCE
) -> tuple[float, float] | None:
    """Student's interval of the mean; None below two values."""
    if len(values) < 2:
        return None
    found = _student(np.array(values, dtype=np.float64)[:, None], confidence)
    return float(found.low[0]), float(found.high[0])


def mean_intervals(columns: FloatArray, confidence: float = CONFIDENCE) -> MeanIntervals:
    """Intervals of the means of columns with at least two rows; rows are independent."""
    found = _student(columns, confidence)
    if len(columns) < LEAST_FOR_BCA:
        return found
    by_bca = skewed(columns)
    if by_bca.any():
        low, high, p = bca(columns[:, by_bca], confidence)
        found.low[by_bca], found.high[by_bca], found.p[by_bca] = low, high, p
    return found._replace(by_bca=by_bca)


def _student(columns: FloatArray, confidence: float) -> MeanIntervals:
    n = len(columns)
    flat = np.ptp(columns, axis=0) == 0
    mean = np.where(flat, columns[0], columns.mean(axis=0))
    error = np.where(flat, 0.0, columns.std(axis=0, ddof=1) / math.sqrt(n))
    half = float(stdtrit(n - 1, (1 + confidence) / 2)) * error
    p = 2 * stdtr(n - 1, -np.abs(mean) / np.where(flat, 1.0, error))
    p = np.where(flat, np.where(mean == 0, 1.0, min(1.0, 2 * 0.5**n)), p)
    none = np.zeros(len(mean), dtype=np.bool_)
    return MeanIntervals(mean, mean - half, mean + half, p, skewness(columns), none)
