"""Paired differences between a variant and the baseline, replication by replication."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from snowplan.analysis.intervals import BCA, STUDENT, mean_intervals
from snowplan.analysis.replication_figures import DECIMALS, FloatArray, Sample, common_seeds
from snowplan.model.measures import LESS, MORE, MeasureInfo

SAME = "same"
BETTER, WORSE, HIGHER, LOWER = "better", "worse", "more", "less"
NONE, UNCLEAR, UNKNOWN = "no_difference", "unclear", "unknown"
TOLD_APART = (BETTER, WORSE, HIGHER, LOWER)
UNCORRECTED = "uncorrected_"  # before a verdict that rests on a p-value of its own alone
FEW = 10  # pairs; fewer that are all alike are no proof that nothing differs

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Difference:
    """Variant - baseline over `n` pairs: mean, interval, and the p-value of "no difference".

    `method` is `t` or `bca`, and `same` where every run did the same to the last event: then the
    difference is exactly 0 and there is no interval. Below two pairs there is none either. `ended`
    are the pairs of which both figures are the horizon: their difference is 0 only up to there.
    `unknown` are the pairs, not among the n, of which one run cannot know whether it met a limit.
    """

    n: int
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    method: str = STUDENT
    skewness: float | None = None
    p: float | None = None
    baseline_mean: float | None = None
    late_baseline: int = 0
    late: int = 0
    ended: int = 0
    unknown: int = 0

    @property
    def half_width(self) -> float | None:
        """Half of the interval."""
        return None if self.low is None or self.high is None else (self.high - self.low) / 2


def difference(baseline: Sample, other: Sample, confidence: float) -> dict[str, Difference]:
    """The paired differences of all measures, over the replications that both have."""
    seeds = common_seeds([baseline, other])
    first, second = baseline.at(seeds), other.at(seeds)
    told = all(digest for row in first.digests for digest in row)
    same = bool(seeds) and told and first.digests == second.digests
    found = {}
    unknown = (first.unknown | second.unknown).sum(axis=0) * (not same)
    changes = np.round(second.values - first.values, DECIMALS)
    for rows, columns in _alike(~np.isnan(changes)):
        parts = _differences(changes[rows][:, columns], confidence, same)
        for column, part in zip(columns, parts, strict=True):
            own = first.values[rows, column]
            found[first.keys[column]] = replace(
                part,
                baseline_mean=float(own.mean()) if len(own) else None,
                late_baseline=int(first.late[rows, column].sum()),
                late=int(second.late[rows, column].sum()),
                ended=int((first.ended & second.ended)[rows, column].sum()),
                unknown=int(unknown[column]),
            )
    return {key: found[key] for key in first.keys}


def _alike(known: NDArray[np.bool_]) -> Iterator[tuple[NDArray[np.intp], list[int]]]:
    """(rows, columns) such that every column is known in just those rows."""
    groups: dict[bytes, list[int]] = {}
    for column in range(known.shape[1]):
        groups.setdefault(known[:, column].tobytes(), []).append(column)
    for columns in groups.values():
        yield np.flatnonzero(known[:, columns[0]]), columns


def _differences(changes: FloatArray, confidence: float, same: bool) -> list[Difference]:
    n, count = changes.shape
    if n < 2:
        return [_of_one(changes[:, i].tolist(), same) for i in range(count)]
    found = mean_intervals(changes, confidence)
    return [
        Difference(n, 0.0, method=SAME)
        if same and not changes[:, i].any()
        else Difference(
            n,
            float(found.mean[i]),
            float(found.low[i]),
            float(found.high[i]),
            BCA if found.by_bca[i] else STUDENT,
            float(found.skewness[i]),
            float(found.p[i]),
        )
        for i in range(count)
    ]


def _of_one(changes: list[float], same: bool) -> Difference:
    """One pair tells a difference without an interval; none tells nothing."""
    if not changes:
        return Difference(0)
    return Difference(1, changes[0], method=SAME if same and changes[0] == 0 else STUDENT)


def holm(p_values: Mapping[K, float]) -> dict[K, float]:
    """Holm's step-down correction (1979): the i-th smallest of m counts m - i + 1 times.

    A corrected value is never below one before it, nor above 1. Valid whatever the dependence.
    """
    m, least = len(p_values), 0.0
    corrected = {}
    for i, (key, p) in enumerate(sorted(p_values.items(), key=lambda item: item[1])):
        least = max(least, min(1.0, (m - i) * p))
        corrected[key] = least
    return {key: corrected[key] for key in p_values}


def reached(found: Difference, asked: float) -> bool:
    """Whether a difference is known as narrowly as was asked; exactly 0 is."""
    return found.method == SAME or (found.half_width is not None and found.half_width <= asked)


def verdict(
    found: Difference, p: float | None, info: MeasureInfo, asked: float | None, confidence: float
) -> str:
    """What a difference says; `p` is corrected where the measure is one of those that decide.

    No difference: the interval holds 0, and its half-width is at most the asked one; or the whole
    interval is 0 at the decimals shown. Not where both runs of a pair end at the horizon: what
    would have come later is not known; nor of fewer than `FEW` pairs that are all alike.
    Where some pairs cannot know whether a limit was met, the others, which had less left to do,
    tell nothing.
    """
    if found.mean is None and not found.unknown:
        return UNKNOWN
    if found.method == SAME:
        return SAME
    if found.mean is None or found.low is None or found.high is None or p is None or found.unknown:
        return UNCLEAR
    nothing = round(found.low, info.digits) == 0 == round(found.high, info.digits)
    if p < 1 - confidence and not nothing:
        return _direction(found.mean, info.better)
    narrow = found.low <= 0 <= found.high and asked is not None and reached(found, asked)
    alike = found.n < FEW and found.low == found.high
    return NONE if (nothing or narrow) and not (found.ended or alike) else UNCLEAR


def _direction(mean: float, better: str) -> str:
    if better not in (LESS, MORE):
        return HIGHER if mean > 0 else LOWER
    return BETTER if (mean < 0) == (better == LESS) else WORSE
