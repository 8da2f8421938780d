"""The report of a comparison, `compare.json`: all that is shown, as plain data."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from snowplan.analysis.common_numbers import common_numbers
from snowplan.analysis.comparison_head import head, out_after, storms, variants
from snowplan.analysis.comparison_pictures import curves, median_openings, snow_stops
from snowplan.analysis.intervals import t_interval
from snowplan.analysis.limit_shares import limit_shares
from snowplan.analysis.paired import (
    TOLD_APART,
    UNCORRECTED,
    Difference,
    difference,
    holm,
    reached,
    verdict,
)
from snowplan.analysis.replication_figures import Runs, Sample, keys_of, sample
from snowplan.analysis.selection import told
from snowplan.model.comparison import Comparison, Job
from snowplan.model.measures import SHARES, TIMES, measure_info
from snowplan.results.replications import digest_of_replications

DECIMALS = 4
P_DECIMALS = 6
Row = dict[str, Any]
Differences = Mapping[str, Mapping[str, Difference]]  # by variant and key


@dataclass(frozen=True, slots=True)
class Found:
    """What the parts of a report are made of: each variant's sample, and its differences."""

    comparison: Comparison
    keys: tuple[str, ...]
    samples: Mapping[str, Sample]
    differences: Differences

    @property
    def baseline(self) -> Sample:
        """The replications of the baseline."""
        return self.samples[self.comparison.baseline]

    @property
    def others(self) -> list[Sample]:
        """The other variants' replications, in the order of the study."""
        return [self.samples[name] for name in self.differences]


def report(
    comparison: Comparison,
    replications: Runs,
    *,
    stopped: str,
    stages: Sequence[Row] | None = None,
    failed: Sequence[Row] = (),
    placement: Row | None = None,
    schematic: bool,
    sections: Sequence[str],
    varied: Sequence[str],
) -> Row:
    """Every figure of a comparison; a function of the replications, in whatever order they came.

    `stages` are those of a selection, `failed` rows of variant, storm, run_seed and error,
    `sections` the ids to which the openings of a replication belong, in their order.
    """
    found = _found(comparison, replications)
    rows = _difference_rows(found)
    means = _means(found)
    counts = {name: len(one.seeds) for name, one in found.samples.items()}
    out = {name: n for name, n in out_after(comparison, stages).items() if counts[name]}
    missing = [
        [variant, key]
        for variant, of in rows.items()
        for key in comparison.question.half_width
        if variant not in out and not (key in of and of[key]["reached"])
    ]
    return {
        **head(comparison, schematic),
        "varied": list(varied),
        "replications": counts[comparison.baseline],
        "stopped": stopped,
        "not_reached": missing,
        "variants": variants(comparison, counts, out),
        "storms": storms(comparison),
        "measures": _measures(found),
        "means": means,
        "differences": rows,
        "common_numbers": common_numbers(found.baseline, found.others, comparison.question.decide),
        "limits": [_rounded(asdict(row)) for row in limit_shares(comparison, replications)],
        "depots": _depots(found, replications),
        "curves": curves(comparison, replications),
        "openings": median_openings(comparison, replications),
        "sections": list(sections),
        "snow_stops_ms": snow_stops(comparison, replications),
        "selection": _selection(found, stages),
        "binding": _binding(comparison, rows, means[comparison.baseline]),
        "placement": placement,
        "failed": list(failed),
        "digest": digest_of_replications(replications),
    }


def _found(comparison: Comparison, runs: Runs) -> Found:
    keys = keys_of(comparison, runs)
    samples = {one.id: sample(comparison, runs, one.id, keys) for one in comparison.variants}
    baseline = samples[comparison.baseline]
    differences = {
        name: difference(baseline, other, comparison.confidence)
        for name, other in samples.items()
        if name != comparison.baseline
    }
    return Found(comparison, keys, samples, differences)


def _measures(found: Found) -> dict[str, Row]:
    decide = found.comparison.question.decide
    return {key: measure_info(key)._asdict() | {"decides": key in decide} for key in found.keys}


def _means(found: Found) -> dict[str, dict[str, Row]]:
    """By variant and measure: the mean over its replications with Student's interval."""
    return {
        name: {key: _mean(one, key, found.comparison.confidence) for key in found.keys}
        for name, one in found.samples.items()
    }


def _mean(one: Sample, key: str, confidence: float) -> Row:
    column = one.column(key)
    values = column[~np.isnan(column)].tolist()
    low, high = t_interval(values, confidence) or (None, None)
    late = one.late[:, one.keys.index(key)]
    return _rounded(
        {
            "n": len(values),
            "mean": statistics.fmean(values) if values else None,
            "low": low,
            "high": high,
            "late": int(late.sum()),
        }
    )


def _difference_rows(found: Found) -> dict[str, dict[str, Row]]:
    """By variant and measure; verdicts of deciding measures are corrected over all of them."""
    question, confidence = found.comparison.question, found.comparison.confidence
    family = {
        (name, key): one.p
        for name, of in found.differences.items()
        for key, one in of.items()
        if key in question.decide and one.p is not None
    }
    corrected = holm(family)
    rows: dict[str, dict[str, Row]] = {}
    for name, of in found.differences.items():
        rows[name] = {}
        for key, one in of.items():
            asked = question.half_width.get(key)
            p_holm = corrected.get((name, key))
            decides = key in question.decide
            said = verdict(one, p_holm if decides else one.p, measure_info(key), asked, confidence)
            if said in TOLD_APART and not decides:
                said = UNCORRECTED + said
            rows[name][key] = _difference_row(key, one, asked) | {
                "p_holm": None if p_holm is None else round(p_holm, P_DECIMALS),
                "verdict": said,
            }
    return rows


def _difference_row(key: str, one: Difference, asked: float | None) -> Row:
    return _rounded(
        {
            "n": one.n,
            "mean": one.mean,
            "low": one.low,
            "high": one.high,
            "half_width": one.half_width,
            "method": one.method,
            "skewness": one.skewness,
            "asked": asked,
            "by": _percent(key, one),
            "late_baseline": one.late_baseline,
            "late": one.late,
            "ended": one.ended,
            "unknown": one.unknown,
        }
    ) | {
        "p": None if one.p is None else round(one.p, P_DECIMALS),
        "reached": None if asked is None else reached(one, asked),
    }


def _percent(key: str, one: Difference) -> float | None:
    """The difference in per cent of the baseline's mean; an instant is no share of another."""
    instant = key.partition("/")[0] in TIMES or measure_info(key).unit in ("percent", "share")
    if instant or one.mean is None or not one.baseline_mean:
        return None
    return 100 * one.mean / abs(one.baseline_mean)


def _depots(found: Found, runs: Runs) -> dict[str, list[Row]]:
    """By variant and depot: the mean of a replication, its storms by their weights."""
    storms = found.comparison.storms
    whole = sum(storm.weight for storm in storms)
    tables = {}
    for name, one in found.samples.items():
        totals: dict[str, dict[str, float]] = {}
        for storm in storms:
            share = storm.weight / whole / len(one.seeds) if one.seeds else 0.0
            for seed in one.seeds:
                for depot, row in runs[Job(name, storm.id, seed)].depots.items():
                    total = totals.setdefault(depot, {})
                    for figure, value in sorted(row.items()):
                        total[figure] = total.get(figure, 0.0) + share * value
        tables[name] = [{"depot": depot, **_rounded(totals[depot])} for depot in sorted(totals)]
    return tables


def _selection(found: Found, stages: Sequence[Row] | None) -> Row | None:
    if not stages:
        return None
    primary = found.comparison.question.decide[0]
    means = {}
    for name, one in found.samples.items():
        column = one.column(primary) if primary in found.keys else np.array([])
        values = column[~np.isnan(column)]
        means[name] = float(values.mean()) if len(values) else None
    return told(found.comparison, stages, means)


def _binding(
    comparison: Comparison, rows: Mapping[str, Mapping[str, Row]], baseline: Mapping[str, Row]
) -> Row:
    """Whether a deciding measure tells anything apart, and what the machines' time goes into."""
    decide = comparison.question.decide
    verdicts = [of[key]["verdict"] for of in rows.values() for key in decide if key in of]
    shares = {key: baseline[key]["mean"] for key in SHARES if key in baseline}
    return {"separates": any(one in TOLD_APART for one in verdicts), "shares": shares}


def _rounded(row: Row) -> Row:
    """Floats as they are written: the last bits of a mean differ between processors."""
    return {
        name: round(value, DECIMALS) + 0.0 if isinstance(value, float) else value
        for name, value in row.items()
    }
