"""The snowfall at which a limit fails, replication by replication, and that which it holds with p.

Within the last gap the margin is taken as straight in the logarithm of the snowfall. Thresholds
are taken as lognormal: the (1 - p)-quantile's interval is the exact one of the noncentral t. Where
a threshold lies beyond the grid there is no such law to go by: the quantile is then the threshold
of nearest rank, a bound if that one is beyond the grid itself, and has no interval.
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

    `bound`: `>=` where it held wherever asked, `<` where it failed wherever asked. `fails_at`: the
    first asked position at which it failed. `monotone`: it never held again above.
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
    if failed is None:
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
    """The quantile by nearest rank; what always failed lies lowest, what always held highest."""
    order = {LESS: 0, "": 1, AT_LEAST: 2}
    ranked = sorted(thresholds, key=lambda each: (order[each.bound], each.factor))
    rank = max(1, math.ceil(round((1 - probability) * len(ranked), 6)))
    one = ranked[rank - 1]
    return Quantile(one.factor, bound=one.bound)
