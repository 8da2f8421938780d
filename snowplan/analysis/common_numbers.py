"""What common random numbers gain: how much less a paired difference varies."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

import numpy as np

from snowplan.analysis.replication_figures import Sample, common_seeds

DECIMALS = 4


def common_numbers(
    baseline: Sample, others: Sequence[Sample], keys: Sequence[str]
) -> dict[str, Any]:
    """Ratios of variances by variant and measure, their median and the least; None where none."""
    known = [key for key in keys if key in baseline.keys]
    ratios = {
        other.variant: {key: variance_ratio(baseline, other, key) for key in known}
        for other in others
    }
    found = [
        (ratio, variant, key)
        for variant, of in ratios.items()
        for key, ratio in of.items()
        if ratio is not None
    ]
    if not found:
        return {"ratios": ratios, "median": None, "least": None}
    ratio, variant, key = min(found, key=lambda row: row[0])
    return {
        "ratios": ratios,
        "median": round(statistics.median(row[0] for row in found), DECIMALS),
        "least": {"variant": variant, "key": key, "ratio": ratio},
    }


def variance_ratio(baseline: Sample, other: Sample, key: str) -> float | None:
    """(var(a) + var(b)) / var(a - b): with draws of its own for each, a difference had the former.

    None where the difference does not vary at all, and below two pairs.
    """
    seeds = common_seeds([baseline, other])
    first, second = baseline.at(seeds).column(key), other.at(seeds).column(key)
    known = ~np.isnan(first - second)
    first, second = first[known], second[known]
    change = np.round(second - first, DECIMALS)
    if len(change) < 2 or np.ptp(change) == 0:
        return None
    apart = first.var(ddof=1) + second.var(ddof=1)
    return round(float(apart / (second - first).var(ddof=1)), DECIMALS)
