"""When there are replications enough: every asked half-width is reached, or the cap is."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

from snowplan.analysis.paired import Difference, difference, reached
from snowplan.analysis.replication_figures import Runs, sample
from snowplan.model.comparison import Comparison

BATCH = 12  # replications are added in such steps


@dataclass(frozen=True, slots=True)
class Precision:
    """Which asked half-widths are not reached, as (variant, key), and how many runs more to do.

    `more` is 0 where all are reached, where the cap is, or where more cannot help: a measure that
    no run has gets no figure from another one.
    """

    done: int
    not_reached: tuple[tuple[str, str], ...]
    more: int


def precision(
    comparison: Comparison, runs: Runs, done: int, left_out: Collection[str] = ()
) -> Precision:
    """The state after `done` replications; variants `left_out` ask for nothing."""
    asked = comparison.question.half_width
    keys = tuple(asked)
    baseline = sample(comparison, runs, comparison.baseline, keys)
    found = {}
    for variant in comparison.variants:
        if variant.id != comparison.baseline and variant.id not in left_out:
            other = sample(comparison, runs, variant.id, keys)
            for key, one in difference(baseline, other, comparison.confidence).items():
                found[variant.id, key] = one
    missing = tuple(
        (variant, key) for (variant, key), one in found.items() if not reached(one, asked[key])
    )
    more = [more_needed(found[pair], asked[pair[1]], done, comparison.cap) for pair in missing]
    return Precision(done, missing, max(more, default=0))


def more_needed(found: Difference, asked: float, done: int, cap: int) -> int:
    """Replications to add for one half-width: what its present value foretells, in whole batches.

    Half-widths shrink with the square root of n. Never more than as many again, since the first
    variance may mislead, and never beyond the cap.
    """
    half = found.half_width
    if found.n == 0 or done >= cap:
        return 0
    foretold = done if half is None else math.ceil(done * (half / asked) ** 2) - done
    batches = max(1, math.ceil(min(foretold, done) / BATCH))
    return min(batches * BATCH, cap - done)
