"""What the pictures of a comparison are drawn from: curves with bands, and openings by section.

Snow stops earlier in one run than in another, so each run is told from its own end of snow.
"""

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
    NEVER_BLOCKED,
    NOT_BY_HORIZON,
    Replication,
)
from snowplan.units import MS_PER_MIN

BAND = (10, 90)  # percentiles over the replications
LEAST_FOR_BAND = 10  # of fewer runs these percentiles are the least and the most of all
NEVER, LATE = "never", "late"  # in place of minutes
Opening = float | str


def curves(comparison: Comparison, runs: Runs) -> dict[str, dict[str, dict[str, Any]]]:
    """By storm, variant and curve: median, 10th and 90th percentile at every step, per mille.

    The first step is `first_min` after each run's own end of snow. Of few runs there are no
    percentiles.
    """
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for storm, variant, own in _groups(comparison, runs):
        names = [name for name in own[0].curves if all(name in run.curves for run in own)]
        origins = [_origin_min(comparison, run) for run in own]
        found.setdefault(storm, {})[variant] = {
            name: _band([run.curves[name] for run in own], origins) for name in sorted(names)
        }
    return found


def _origin_min(comparison: Comparison, run: Replication) -> float:
    """When a run's snow stopped, in minutes; its start where none did by the horizon."""
    stops_ms = run.snow_stops_ms
    if stops_ms is None or stops_ms >= comparison.scenario(run.job).study.horizon_ms:
        return 0.0
    return stops_ms / MS_PER_MIN


def _band(rows: Sequence[Sequence[int]], origins: Sequence[float]) -> dict[str, Any]:
    """Runs laid over each other by their origins; before its start a run is as it was then."""
    steps = range(
        -int(-(-max(origins) // CURVE_STEP_MIN)),
        min(
            int(((len(row) - 1) * CURVE_STEP_MIN - origin) // CURVE_STEP_MIN)
            for row, origin in zip(rows, origins, strict=True)
        )
        + 1,
    )
    at = np.array(steps) * float(CURVE_STEP_MIN)
    laid = np.array(
        [
            np.interp(at, np.arange(len(row)) * float(CURVE_STEP_MIN) - origin, row)
            for row, origin in zip(rows, origins, strict=True)
        ]
    )
    known = len(rows) >= LEAST_FOR_BAND
    low, high = (_whole(_nearest_rank(laid, percent)) if known else None for percent in BAND)
    return {
        "n": len(rows),
        "step_min": CURVE_STEP_MIN,
        "first_min": steps.start * CURVE_STEP_MIN,
        "median": _whole(np.median(laid, axis=0)),
        "low": low,
        "high": high,
    }


def _whole(per_mille: NDArray[np.float64]) -> list[int]:
    return [int(share) for share in np.rint(per_mille)]


def median_openings(comparison: Comparison, runs: Runs) -> dict[str, dict[str, list[Opening]]]:
    """By storm and variant: minutes from the end of snow until each section was open, medians.

    Never blocked is before, and not by the horizon after, every minute; where one of the middle
    two is no minute, the later one is told.
    """
    found: dict[str, dict[str, list[Opening]]] = {}
    for storm, variant, own in _groups(comparison, runs):
        minutes = np.array([run.opened_min for run in own], dtype=np.float64)
        never, late = minutes == NEVER_BLOCKED, minutes == NOT_BY_HORIZON
        origins = np.array([_origin_min(comparison, run) for run in own])
        told = np.where(never, -np.inf, np.where(late, np.inf, minutes - origins[:, None]))
        ordered = np.sort(told, axis=0)
        first, second = ordered[(len(own) - 1) // 2], ordered[len(own) // 2]
        both = np.isfinite(first) & np.isfinite(second)
        median = np.where(both, np.where(both, first, 0.0) / 2 + second / 2, second)
        found.setdefault(storm, {})[variant] = [_opening(one) for one in median.tolist()]
    return found


def _opening(minutes: float) -> Opening:
    if np.isfinite(minutes):
        return round(minutes, 1) + 0.0
    return LATE if minutes > 0 else NEVER


def snow_stops(comparison: Comparison, runs: Runs) -> dict[str, float | None]:
    """By storm: when the snow stopped, the median over all runs, in ms from the start.

    None where it did in no run by the horizon: all is told from the start then.
    """
    found: dict[str, float | None] = {}
    for storm in comparison.storms:
        of_storm = [run for job, run in runs.items() if job.storm == storm.id]
        known = [run.snow_stops_ms for run in of_storm if _origin_min(comparison, run)]
        found[storm.id] = statistics.median(at for at in known if at) if known else None
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


def _nearest_rank(rows: NDArray[np.float64], percent: int) -> NDArray[np.float64]:
    """The percentile of each column that is one of its own figures."""
    rank = -(-percent * len(rows) // 100)
    found: NDArray[np.float64] = np.sort(rows, axis=0)[max(rank, 1) - 1]
    return found
