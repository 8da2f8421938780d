"""The snowfall at which a limit fails, replication by replication, and that which it holds with p.

Within the last gap the margin is taken as straight in the logarithm of the snowfall; where sections
were left, so that there is no such margin, the middle is taken. Thresholds are taken as lognormal:
the interval of the (1 - p)-quantile is the exact one of the noncentral t, as wide as whatever
thresholds within the gaps could make it. Where a threshold is known as a bound only there is no
such law to go by: the quantile is then that of nearest rank, a bound if it is not known better,
and has no interval.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from typing import NamedTuple

from scipy.special import nctdtrit, ndtri

from snowplan.analysis.envelope_search import Found, bracket, known
from snowplan.model.readiness import MARKS, Search

AT_LEAST, LESS = ">=", "<"  # bounds
SURE, LIKELY, _, MISSED, UNKNOWN = MARKS
STEPS = 100  # of finding the values in the gaps that differ least


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

    @property
    def least(self) -> float:
        """The least factor that it can be."""
        if self.bound == LESS:
            return 0.0
        return self.gap[0] if self.gap else self.factor

    @property
    def most(self) -> float:
        """The largest factor that it can be."""
        if self.bound == AT_LEAST:
            return math.inf
        return self.gap[1] if self.gap else self.factor


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
    gaps = sorted((math.log(each.least), math.log(each.most)) for each in thresholds)
    beyond = float(ndtri(probability))  # standard deviations below the mean
    middle = math.exp(statistics.fmean(logs) - beyond * statistics.stdev(logs))
    n = len(logs)
    most, least = (
        float(nctdtrit(n - 1, math.sqrt(n) * beyond, share)) / math.sqrt(n)
        for share in ((1 + confidence) / 2, (1 - confidence) / 2)
    )
    return Quantile(middle, min(middle, _low_end(gaps, most)), max(middle, _high_end(gaps, least)))


Gaps = Sequence[tuple[float, float]]  # in logarithms, sorted


def _low_end(gaps: Gaps, times: float) -> float:
    """The lowest mean less `times` the deviation that values within the gaps can have.

    It is concave in the values, so they lie at ends of their gaps: the lower gaps' at the low end.
    """
    return math.exp(
        min(statistics.fmean(values) - times * statistics.stdev(values) for values in _cut(gaps))
    )


def _high_end(gaps: Gaps, times: float) -> float:
    """No less than the highest mean less `times` the deviation that values in the gaps can have.

    The highest mean, less the smallest deviation where that is taken off, else the largest.
    """
    most = statistics.fmean(high for _, high in gaps)
    if times < 0:
        return math.exp(most - times * max(statistics.stdev(values) for values in _cut(gaps)))
    centre = statistics.fmean(low + high for low, high in gaps) / 2
    for _ in range(STEPS):
        nearest = [min(max(centre, low), high) for low, high in gaps]
        centre = statistics.fmean(nearest)
    return math.exp(most - times * statistics.stdev(nearest))


def _cut(gaps: Gaps) -> list[list[float]]:
    """The gaps' low ends up to each place, and their high ends from there on."""
    cuts = range(len(gaps) + 1)
    return [[low for low, _ in gaps[:k]] + [high for _, high in gaps[k:]] for k in cuts]


def _nearest_rank(thresholds: Sequence[Threshold], probability: float) -> Quantile:
    """The quantile by nearest rank, among the least and among the most that each may be."""
    rank = max(1, math.ceil(round((1 - probability) * len(thresholds), 6)))
    least = sorted(each.least for each in thresholds)[rank - 1]
    most = sorted(each.most for each in thresholds)[rank - 1]
    if least == most:
        return Quantile(least)
    return Quantile(least, bound=AT_LEAST) if least > 0 else Quantile(most, bound=LESS)


def held_at(thresholds: Sequence[Threshold], factor: float) -> int:
    """In how many replications an item is known to hold at a factor of snowfall."""
    return sum(0 < factor <= each.least for each in thresholds)


def agreeing(quantile: Quantile, mark: str) -> Quantile:
    """The quantile on the side of factor 1 that the runs there tell, as `mark` does.

    An estimate from the search that lies on the other side becomes a bound at 1; the interval ends
    there where the mark is sure of it.
    """
    if mark == UNKNOWN:
        return quantile
    above = mark in (SURE, LIKELY)
    wrong = quantile.factor < 1 if above else quantile.factor > 1
    beyond = AT_LEAST if above else LESS
    if wrong or (quantile.factor == 1 and quantile.bound not in ("", beyond)):
        return Quantile(1.0, bound=beyond)
    if quantile.low is None or quantile.high is None:
        return quantile
    low, high = quantile.low, quantile.high
    if mark == SURE:
        low = max(low, 1.0)
    if mark == MISSED:
        high = min(high, 1.0)
    return quantile._replace(low=low, high=high)
