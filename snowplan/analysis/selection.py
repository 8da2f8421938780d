"""Which of many variants is best: Kim and Nelson's fully sequential selection (KN, 2001).

Kim and Nelson, ACM Transactions on Modeling and Computer Simulation 11:251–273, with c = 1. If the
best is better than every other by at least the indifference, it is kept to the end with the stated
confidence; figures are normal, and may depend on each other within a replication (common draws).
Variants that are worse beyond their bound get no more runs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from snowplan.analysis.replication_figures import Runs, common_seeds, sample
from snowplan.model.comparison import Comparison
from snowplan.model.measures import LESS, MORE, measure_info

FloatArray = NDArray[np.float64]

MOST_WITHOUT = 5  # variants; more are selected among
METHOD = "KN"


def wanted(comparison: Comparison) -> bool:
    """Whether a comparison has so many variants that a selection saves runs, and can select."""
    return len(comparison.variants) > MOST_WITHOUT and _better(comparison) in (LESS, MORE)


def _better(comparison: Comparison) -> str:
    return measure_info(comparison.question.decide[0]).better


def indifference(comparison: Comparison) -> float:
    """The least difference of the first measure that matters.

    As stated; else the asked half-width of that measure; else one unit of its last decimal shown.
    """
    question = comparison.question
    first = question.decide[0]
    stated = question.indifference or question.half_width.get(first)
    return stated or 10.0 ** -measure_info(first).digits


def eta(variants: int, first: int, confidence: float) -> float:
    """KN's constant for c = 1, the η of ½ (1 + 2η)^(-(n₀-1)/2) = (1 - confidence) / (k - 1)."""
    error = 2 * (1 - confidence) / (variants - 1)
    return float((error ** (-2 / (first - 1)) - 1) / 2)


@dataclass(slots=True)
class Elimination:
    """KN over figures of which less is better, fed with all figures so far at every stage.

    `left` are the places of the columns still in question. Looking seldomer than after every
    replication is allowed: it errs less.
    """

    indifference: float
    confidence: float
    left: list[int] = field(default_factory=list)
    _reach: FloatArray | None = None  # h² S² by pair of columns, from the first stage

    def stage(self, figures: FloatArray) -> list[int]:
        """`figures`: replications × all columns; those of columns already out are not looked at."""
        if self._reach is None:
            self._reach = self._first(figures)
        n = len(figures)
        means = figures[:, self.left].mean(axis=0)
        reach = self._reach[np.ix_(np.array(self.left), np.array(self.left))]
        bound = np.maximum(0.0, (reach / self.indifference - n * self.indifference) / (2 * n))
        if not bound.any():
            self.left = [self.left[int(np.argmin(means))]]  # all has been seen that was foreseen
        else:
            kept = (means[:, None] <= means[None, :] + bound).all(axis=1)
            self.left = [place for place, stays in zip(self.left, kept, strict=True) if stays]
        return self.left

    def _first(self, figures: FloatArray) -> FloatArray:
        n, count = figures.shape
        self.left = list(range(count))
        h2 = 2 * eta(count, n, self.confidence) * (n - 1) if count > 1 else 0.0
        variances = (figures[:, :, None] - figures[:, None, :]).var(axis=0, ddof=1)
        found: FloatArray = h2 * variances
        return found


class Selection:
    """KN over the variants of a comparison, by its first measure; `stages` tells how it went."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._names = [variant.id for variant in comparison.variants]
        self._sign = 1.0 if _better(comparison) == LESS else -1.0
        self._kn = Elimination(indifference(comparison), comparison.confidence)
        self.left: tuple[str, ...] = tuple(self._names)
        self.stages: list[dict[str, Any]] = []

    @property
    def decided(self) -> bool:
        """Whether one variant is left."""
        return len(self.left) == 1

    def stage(self, runs: Runs, done: int) -> tuple[str, ...]:
        """Look at whole rounds of replications (`done` of them); gives the variants still left.

        A replication counts where every variant in question has it; the first stage needs two.
        """
        figures = self._figures(runs)
        if len(figures) > 1:
            places = self._kn.stage(figures)
            self.left = tuple(self._names[place] for place in places)
        self.stages.append({"n": done, "left": list(self.left)})
        return self.left

    def _figures(self, runs: Runs) -> FloatArray:
        key = self._comparison.question.decide[0]
        samples = [sample(self._comparison, runs, name, [key]) for name in self.left]
        seeds = common_seeds(samples)
        columns = [self._sign * one.at(seeds).column(key) for one in samples]
        known = ~np.isnan(columns).any(axis=0)
        figures = np.zeros((int(known.sum()), len(self._names)))
        for name, column in zip(self.left, columns, strict=True):
            figures[:, self._names.index(name)] = column[known]
        return figures


def told(
    comparison: Comparison, stages: Sequence[dict[str, Any]], means: dict[str, float | None]
) -> dict[str, Any]:
    """`selection` of the report: what was selected by, and how; `means` are of the first measure.

    Where the cap came first, the best of those left is named, and `decided` says that it is so.
    """
    left = list(stages[-1]["left"])
    worst = math.inf
    sign = 1.0 if _better(comparison) == LESS else -1.0

    def figure(name: str) -> float:
        mean = means.get(name)
        return worst if mean is None else sign * mean

    return {
        "method": METHOD,
        "measure": comparison.question.decide[0],
        "confidence": comparison.confidence,
        "indifference": indifference(comparison),
        "best": min(left, key=figure),
        "decided": len(left) == 1,
        "stages": list(stages),
    }
