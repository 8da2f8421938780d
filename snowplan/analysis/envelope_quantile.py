"""The snowfall at which a limit fails, replication by replication, and that which it holds with p.

Within the last gap the margin is taken as straight in the logarithm of the snowfall. Thresholds
are taken as lognormal: the (1 - p)-quantile's interval is the exact one of the noncentral t. Where
a threshold is known as a bound only there is no such law to go by: the quantile is then that of
nearest rank, a bound if it is not known better, and has no interval.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from typing import NamedTuple

from scipy.special import nctdtrit, ndtri

from snowplan.analysis.envelope_search import Found, Margin, bracket, known
from snowplan.model.readiness import Search

AT_LEAST, LESS = ">=", "<"  # bounds


class Threshold(NamedTuple):
    """The factor of snowfall at which an item fails first in a replication.

    `bound`: `>=` where it held wherever that can be known, `<` where it failed wherever asked.
    `fails_at`: the first asked position at which it failed. `monotone`: it never held again above.
    """

    factor: float
    bound: str = ""
    fails_at: int | None = None
    monotone: bool = True


class Quantile(NamedTuple):
    """The factor that holds with the probability asked for, and its interval where there is one."""

    factor: float
    low: float | None = None
    high: float | None = None
    bound: str = ""


def threshold(found: Found, search: Search, item: str, replication: int) -> Threshold | None:
    """Where an item fails first in a replication; None where nothing is known of it."""
    told = known(found, item, replication)
    held, failed = bracket(found, item, replication)
    if failed is None or told[failed].unknown:
        return None if held is None else Threshold(search.factors[held], AT_LEAST)
    again = any(margin.holds for p, margin in told.items() if p > failed)
    if held is None:
        return Threshold(search.factors[failed], LESS, failed, not again)
    low, high = search.factors[held], search.factors[failed]
    share = _share(told[held], told[failed])
    return Threshold(low * (high / low) ** share, "", failed, not again)


def _share(held: Margin, failed: Margin) -> float:
    """The share of the gap at which the margin is 0; half of it where sections were left."""
    if failed.late:
        return 0.5
    return held.hours / (held.hours - failed.hours)


def held_with(thresholds: Sequence[Threshold], probability: float, confidence: float) -> Quantile:
    """The largest factor at which an item holds with a probability; at least one threshold."""
    if any(each.bound for each in thresholds):
        return _nearest_rank(thresholds, probability)
    logs = [math.log(each.factor) for each in thresholds]
    n, mean = len(logs), statistics.fmean(logs)
    if n == 1:
        return Quantile(thresholds[0].factor)
    spread = statistics.stdev(logs)
    beyond = float(ndtri(probability))  # standard deviations below the mean
    error = spread / math.sqrt(n)
    ends = [
        float(nctdtrit(n - 1, math.sqrt(n) * beyond, (1 + side * confidence) / 2))
        for side in (1, -1)
    ]
    low, high = (math.exp(mean - end * error) for end in ends)
    return Quantile(math.exp(mean - beyond * spread), low, high)


def _nearest_rank(thresholds: Sequence[Threshold], probability: float) -> Quantile:
    """The quantile by nearest rank, among the least and among the most that each may be."""
    rank = max(1, math.ceil(round((1 - probability) * len(thresholds), 6)))
    least = sorted(0.0 if each.bound == LESS else each.factor for each in thresholds)[rank - 1]
    most = sorted(math.inf if each.bound == AT_LEAST else each.factor for each in thresholds)
    if least == most[rank - 1]:
        return Quantile(least)
    return Quantile(least, bound=AT_LEAST) if least > 0 else Quantile(most[rank - 1], bound=LESS)
