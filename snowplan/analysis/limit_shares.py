"""How often each limit is met, and when the last section is done in nine runs out of ten.

Both intervals need no law of the figures: Clopper and Pearson's for the share of replications that
met a limit, order statistics for the 90th percentile of the hour when the last section was done.
Its upper end is the largest of n figures at best, and all n lie below the 90th percentile with
probability 0.9ⁿ: 0.9³⁵ = 0.02503, 0.9³⁶ = 0.02253. So at 95 % there is an upper end from 36
replications on; below, a row is indicative.

A run with sections left at a horizon that comes before the limit does not know whether it met it.
Such runs are those with the most left, so they are not left out: they bound the share.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from scipy.special import bdtr, betaincinv

from snowplan.analysis.replication_figures import Runs, limit_unknown
from snowplan.model.comparison import Comparison
from snowplan.model.measures import IN_ZONE, key_of, measure_keys
from snowplan.results.replications import Replication

SHARE = 0.9  # of replications within which the last section is done
LEAST_RUNS = 36
ASPECTS = ("open", "clean")


@dataclass(frozen=True, slots=True)
class LimitShare:
    """One limit of one variant under one storm.

    Of `n` replications `met` are known to have met it, and `unknown` are not known to have met or
    missed it. `share` is met / n, the least that it can be; `low` is the low end where all that are
    unknown missed it, `high` the high end where all of them met it. `p90_h` is in hours after the
    snow stops, a section left by the horizon counting as beyond every hour. None in `p90_…` lies
    beyond the horizon, or is not known where indicative.
    """

    variant: str
    storm: str
    aspect: str  # open | clean
    road_class: str
    zone: str | None
    limit_h: float | None  # the median, where it differs between runs
    limit_low_h: float | None
    limit_high_h: float | None
    n: int
    met: int
    unknown: int
    share: float
    low: float
    high: float
    p90_h: float | None
    p90_low: float | None
    p90_high: float | None
    indicative: bool


class Ranks(NamedTuple):
    """1-based ranks of the order statistics that bound a quantile; None where there is none."""

    low: int | None
    high: int | None


def clopper_pearson(met: int, n: int, confidence: float) -> tuple[float, float]:
    """The exact interval of a probability of which `met` of `n` trials speak."""
    tail = (1 - confidence) / 2
    low = 0.0 if met == 0 else float(betaincinv(met, n - met + 1, tail))
    high = 1.0 if met == n else float(betaincinv(met + 1, n - met, 1 - tail))
    return low, high


@cache
def quantile_ranks(n: int, share: float, confidence: float) -> Ranks:
    """Ranks whose figures lie on either side of the quantile with at most half the error each.

    The r-th smallest lies above it when fewer than r figures are below, a binomial count; so r is
    the largest with P(count < r) ≤ (1 - confidence) / 2, and the upper rank the smallest such that
    P(count ≥ rank) is.
    """
    tail = (1 - confidence) / 2
    low = [r for r in range(1, n + 1) if bdtr(r - 1, n, share) <= tail]
    high = [s for s in range(1, n + 1) if 1 - bdtr(s - 1, n, share) <= tail]
    return Ranks(max(low, default=None), min(high, default=None))


def limit_shares(comparison: Comparison, runs: Runs) -> list[LimitShare]:
    """Every limit that some run has, by variant, storm, open or clean, class and zone."""
    rows = []
    for variant in comparison.variants:
        for storm in comparison.storms:
            own = [runs[job] for job in sorted(runs) if job[:2] == (variant.id, storm.id)]
            subjects = [
                (aspect, subject)
                for aspect in ASPECTS
                for subject in _limited(comparison, aspect)
                if any(met_counts(own, aspect, subject))
            ]
            rows += [_row(own, *subject, comparison.confidence) for subject in subjects]
    return rows


def _limited(comparison: Comparison, aspect: str) -> list[str]:
    """Classes, and classes in zones, that may have a limit on the map."""
    road_map = next(iter(comparison.scenarios.values())).road_map
    name = f"met_{aspect}/"
    return [key.removeprefix(name) for key in measure_keys(road_map) if key.startswith(name)]


def _row(own: Sequence[Replication], aspect: str, subject: str, confidence: float) -> LimitShare:
    """The limit of one class (in a zone) over the runs of one variant under one storm."""
    road_class, _, zone = subject.partition(IN_ZONE)
    limits = _known(own, key_of(f"limit_{aspect}", road_class))
    met, missed, unknown = met_counts(own, aspect, subject)
    n = met + missed + unknown
    low, _ = clopper_pearson(met, n, confidence)
    _, high = clopper_pearson(met + unknown, n, confidence)
    hours = sorted(_hours(own, key_of(f"{aspect}_last", subject)))
    ranks = quantile_ranks(len(hours), SHARE, confidence)
    return LimitShare(
        variant=own[0].job.variant,
        storm=own[0].job.storm,
        aspect=aspect,
        road_class=road_class,
        zone=zone or None,
        limit_h=statistics.median(limits) if limits else None,
        limit_low_h=min(limits, default=None),
        limit_high_h=max(limits, default=None),
        n=n,
        met=met,
        unknown=unknown,
        share=met / n,
        low=low,
        high=high,
        p90_h=_at(hours, math.ceil(round(SHARE * len(hours), 6)) or None),
        p90_low=_at(hours, ranks.low),
        p90_high=_at(hours, ranks.high),
        indicative=ranks.high is None or n < LEAST_RUNS,
    )


def met_counts(runs: Sequence[Replication], aspect: str, subject: str) -> tuple[int, int, int]:
    """Runs that met the limit, that missed it, and that had one but cannot know."""
    key = key_of(f"met_{aspect}", subject)
    known = _known(runs, key)
    met = sum(value > 0 for value in known)
    return met, len(known) - met, sum(limit_unknown(run, key) for run in runs)


def _known(runs: Sequence[Replication], key: str) -> list[float]:
    values = [run.values.get(key) for run in runs]
    return [value for value in values if value is not None]


def _hours(runs: Sequence[Replication], key: str) -> list[float]:
    """When the last section was done, run by run; infinite where one was left by the horizon."""
    found = []
    for run in runs:
        value = run.values.get(key)
        if value is not None:
            found.append(math.inf if run.late.get(key, 0) else value)
    return found


def _at(ordered: Sequence[float], rank: int | None) -> float | None:
    """The figure of that rank; None beyond the horizon or without a rank."""
    if rank is None or math.isinf(ordered[rank - 1]):
        return None
    return ordered[rank - 1]
