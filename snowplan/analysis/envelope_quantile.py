"""The snowfall at which a limit fails, replication by replication, and that which it holds with p.

Within the last gap the margin is taken as straight in the logarithm of the snowfall; where sections
were left, so that there is no such margin, the middle is taken and the interval reckoned with the
ends of the gap. Thresholds are taken as lognormal: the interval of the (1 - p)-quantile is the
exact one of the noncentral t. Where a threshold is known as a bound only there is no such law to go
by: the quantile is then that of nearest rank, a bound if it is not known better, and has no
interval.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from typing import NamedTuple

from scipy.special import nctdtrit, ndtri

from snowplan.analysis.envelope_search import Found, bracket, known
from snowplan.model.readiness import Search

AT_LEAST, LESS = ">=", "<"  # bounds


class Threshold(NamedTuple):
    """The factor of snowfall at which an item fails first in a replication.

    `bound`: `>=` where it held wherever that can be known, `<` where it failed wherever asked.
    `fails_at`: the first asked position at which it failed. `monotone`: it never held again above.
    `gap`: the factors between which it lies, where it is known no better.
    """

    factor: float
    bound: str = ""
    fails_at: int | None = None
    monotone: bool = True
    gap: tuple[float, float] | None = None


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
    if told[failed].late:
        return Threshold(math.sqrt(low * high), "", failed, not again, (low, high))
    share = told[held].hours / (told[held].hours - told[failed].hours)
    return Threshold(low * (high / low) ** share, "", failed, not again)


def held_with(thresholds: Sequence[Threshold], probability: float, confidence: float) -> Quantile:
    """The largest factor at which an item holds with a probability; at least one threshold."""
    if any(each.bound for each in thresholds):
        return _nearest_rank(thresholds, probability)
    if len(thresholds) == 1:
        return Quantile(thresholds[0].factor)
    logs = [math.log(each.factor) for each in thresholds]
    least, most = (
        [math.log(each.gap[end] if each.gap else each.factor) for each in thresholds]
        for end in (0, 1)
    )
    beyond = float(ndtri(probability))  # standard deviations below the mean
    middle = math.exp(statistics.fmean(logs) - beyond * statistics.stdev(logs))
    return Quantile(
        middle,
        min(middle, _end(least, beyond, (1 + confidence) / 2)),
        max(middle, _end(most, beyond, (1 - confidence) / 2)),
    )


def _end(logs: Sequence[float], beyond: float, share: float) -> float:
    """One end of the interval, by the quantile of the noncentral t at `share`."""
    n = len(logs)
    error = statistics.stdev(logs) / math.sqrt(n)
    t = float(nctdtrit(n - 1, math.sqrt(n) * beyond, share))
    return math.exp(statistics.fmean(logs) - t * error)


def _nearest_rank(thresholds: Sequence[Threshold], probability: float) -> Quantile:
    """The quantile by nearest rank, among the least and among the most that each may be."""
    rank = max(1, math.ceil(round((1 - probability) * len(thresholds), 6)))
    least = sorted(0.0 if each.bound == LESS else each.factor for each in thresholds)[rank - 1]
    most = sorted(math.inf if each.bound == AT_LEAST else each.factor for each in thresholds)
    if least == most[rank - 1]:
        return Quantile(least)
    return Quantile(least, bound=AT_LEAST) if least > 0 else Quantile(most[rank - 1], bound=LESS)
