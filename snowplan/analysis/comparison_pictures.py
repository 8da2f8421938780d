"""What the pictures of a comparison are drawn from: curves with bands, and openings by section."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from snowplan.analysis.replication_figures import Runs
from snowplan.model.comparison import Comparison
from snowplan.results.replications import (
    CURVE_STEP_MIN,
    NOT_BY_HORIZON,
    Replication,
)

BAND = (10, 50, 90)  # percentiles over the replications
_LAST = np.iinfo(np.int64).max


def curves(comparison: Comparison, runs: Runs) -> dict[str, dict[str, dict[str, Any]]]:
    """By storm, variant and curve: median, 10th and 90th percentile at every step, per mille."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for storm, variant, own in _groups(comparison, runs):
        names = [name for name in own[0].curves if all(name in run.curves for run in own)]
        found.setdefault(storm, {})[variant] = {
            name: _band([run.curves[name] for run in own]) for name in sorted(names)
        }
    return found


def _band(rows: Sequence[Sequence[int]]) -> dict[str, Any]:
    low, median, high = (_nearest_rank(np.array(rows), percent) for percent in BAND)
    return {
        "step_min": CURVE_STEP_MIN,
        "median": median.tolist(),
        "low": low.tolist(),
        "high": high.tolist(),
    }


def median_openings(comparison: Comparison, runs: Runs) -> dict[str, dict[str, list[int]]]:
    """By storm and variant: minutes until each section was open, the median of the replications.

    The lower one of two. Never blocked is before, and not by the horizon after, every minute.
    """
    found: dict[str, dict[str, list[int]]] = {}
    for storm, variant, own in _groups(comparison, runs):
        minutes = np.array([run.opened_min for run in own], dtype=np.int64)
        median = _nearest_rank(np.where(minutes == NOT_BY_HORIZON, _LAST, minutes), 50)
        late = np.where(median == _LAST, NOT_BY_HORIZON, median)
        found.setdefault(storm, {})[variant] = late.tolist()
    return found


def snow_stops(comparison: Comparison, runs: Runs) -> dict[str, int | None]:
    """By storm: when the snow stopped, the median over all runs, in ms from the start."""
    found: dict[str, int | None] = {}
    for storm in comparison.storms:
        stops = [run.snow_stops_ms for job, run in runs.items() if job.storm == storm.id]
        known = sorted(at for at in stops if at is not None)
        found[storm.id] = statistics.median_low(known) if known else None
    return found


def _groups(comparison: Comparison, runs: Runs) -> list[tuple[str, str, list[Replication]]]:
    """(storm, variant, its runs by run seed), where there are any."""
    groups = [
        (
            storm.id,
            variant.id,
            [runs[job] for job in sorted(runs) if job[:2] == (variant.id, storm.id)],
        )
        for storm in comparison.storms
        for variant in comparison.variants
    ]
    return [group for group in groups if group[2]]


def _nearest_rank(rows: NDArray[np.int64], percent: int) -> NDArray[np.int64]:
    """The percentile of each column that is one of its own figures."""
    rank = -(-percent * len(rows) // 100)
    found: NDArray[np.int64] = np.sort(rows, axis=0)[max(rank, 1) - 1]
    return found
