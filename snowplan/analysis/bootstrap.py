"""The BCa bootstrap of a mean (Efron 1987), column by column, with one set of resamples."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, stdtr, stdtrit

FloatArray = NDArray[np.float64]

RESAMPLES = 9_999
_LEAST_SHARE = 0.5 / RESAMPLES
_CELLS = 2_000_000  # of resamples held at once
_TIE = 1e-9  # of the spread: resampled means nearer than this are the same


class Bounds(NamedTuple):
    """Interval ends and two-sided p-values of "the mean is 0", one a column."""

    low: FloatArray
    high: FloatArray
    p: FloatArray


def bca(columns: FloatArray, confidence: float) -> Bounds:
    """The interval of each column's mean; rows are independent, no column is constant.

    Widened for few rows as Hesterberg (2015, The American Statistician 69:371–386) does: the normal
    quantile z gives way to t·√(n/(n-1)), else the interval of ten values covers 90 for 95 %. The
    p-value is 1 - the confidence at which the interval would end at 0, so that both agree; never
    less than one resample in all of them speaks for. Where none lies beyond 0 they tell no more
    than that, and Student's is taken if it is less.
    """
    n = len(columns)
    mean = columns.mean(axis=0)
    centred = columns - mean
    ordered = np.sort(_resampled_means(centred), axis=0)
    squares = (centred**2).sum(axis=0)
    skew = (centred**3).sum(axis=0) / (6 * squares**1.5)  # the acceleration, by the jackknife
    tie = _TIE * np.sqrt(squares / n)
    bias = ndtri(_share_below(ordered, np.zeros_like(mean), tie))
    widen = math.sqrt(n / (n - 1))
    z = float(stdtrit(n - 1, (1 + confidence) / 2)) * widen
    low, high = (_quantiles(ordered, _shifted(side, bias, skew)) for side in (-z, z))
    beyond = _share_below(ordered, -mean, tie)
    away = ndtri(beyond) - bias
    at_zero = away / (1 + skew * away) - bias
    p = np.maximum(2 * stdtr(n - 1, -np.abs(at_zero) / widen), 1 / RESAMPLES)
    student = 2 * stdtr(n - 1, -np.abs(mean) * math.sqrt(n * (n - 1)) / np.sqrt(squares))
    none = (beyond <= _LEAST_SHARE) | (beyond >= 1 - _LEAST_SHARE)
    return Bounds(mean + low, mean + high, np.where(none, np.minimum(p, student), p))


def _resampled_means(centred: FloatArray) -> FloatArray:
    """Means of `RESAMPLES` draws with replacement, by column; the draws depend on n alone."""
    n, count = centred.shape
    draw = np.random.Generator(np.random.Philox(key=n))
    means = np.empty((RESAMPLES, count))
    step = max(1, _CELLS // n)
    for start in range(0, RESAMPLES, step):
        rows = min(step, RESAMPLES - start)
        places = draw.integers(0, n, size=(rows, n)) + n * np.arange(rows)[:, None]
        weights = np.bincount(places.ravel(), minlength=rows * n).reshape(rows, n)
        means[start : start + rows] = weights.astype(np.float64) @ centred / n
    return means


def _share_below(ordered: FloatArray, values: FloatArray, tie: FloatArray) -> FloatArray:
    """Share of each column below its value, ties counted half; never quite 0 or 1."""
    below = (ordered < values - tie).sum(axis=0) + (ordered <= values + tie).sum(axis=0)
    share: FloatArray = below / (2 * RESAMPLES)
    return np.clip(share, _LEAST_SHARE, 1 - _LEAST_SHARE)


def _shifted(z: float, bias: FloatArray, skew: FloatArray) -> FloatArray:
    """The share at which the bootstrap distribution is read for the normal quantile `z`."""
    moved: FloatArray = ndtr(bias + (bias + z) / (1 - skew * (bias + z)))
    return moved


def _quantiles(ordered: FloatArray, shares: FloatArray) -> FloatArray:
    """Each sorted column at its own share, linear between neighbours."""
    place = shares * (RESAMPLES - 1)
    under = np.minimum(place.astype(np.intp), RESAMPLES - 2)
    column = np.arange(ordered.shape[1])
    part: FloatArray = place - under
    found: FloatArray = ordered[under, column] * (1 - part) + ordered[under + 1, column] * part
    return found
