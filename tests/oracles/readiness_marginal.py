"""What one more of each means buys by a readiness report, from its pairs of runs."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from typing import Any

from scipy import stats

from tests.oracles.readiness_files import Files, Row
from tests.oracles.readiness_limits import margin_of

SUMMED = ("open", "clean", "haul")


def marginal(files: Files) -> Row:
    """`marginal`."""
    grades = {files.plan_grade(name): name for name in reversed(files.names)}
    storm = grades.get("heavy", files.names[-1])
    tightest = _tightest(files, storm)
    variants = sorted({v for v, of, _ in files.runs if v.startswith("more:") and of == storm})
    pairs = {variant: _pairs(files, storm, variant) for variant in variants}
    picking = int(files.rules["effort"]["full"]["marginal"])
    first = int(files.first["run_seed"]) if "run_seed" in files.first else 1
    late = {v: [pair for seed, *pair in of if seed >= first + picking] for v, of in pairs.items()}
    judged = sum(map(bool, late.values()))
    rows = []
    for variant, of in pairs.items():
        share = (1 - files.confidence) / (judged if late[variant] else 1)
        used = late[variant] or [pair for _, *pair in of]
        row = _gains(used, variant, tightest, 1 - share)
        row["judged"] = bool(late[variant])
        row["same"] = all(a["events_sha256"] == b["events_sha256"] for _, a, b in of)
        rows.append(row)
    rows.sort(
        key=lambda row: (not row["judged"], -(row["sum_min"] or 0.0), row["more"], row["zone"])
    )
    for place, row in enumerate(rows, 1):
        row["rank"] = place
    sure = [row for row in rows if row["judged"] and row["sum_low"] is not None]
    best = [row for row in sure if row["sum_low"] > 0][:1]
    named = {"more": best[0]["more"], "zone": best[0]["zone"]} if best else None
    return {"scenario": storm, "tightest": tightest, "best": named, "rows": rows}


def _pairs(files: Files, storm: str, variant: str) -> list[tuple[Any, ...]]:
    """(run seed, as it is, with one more) of the runs with the same draws."""
    return [
        (seed, files.runs["today", storm, seed], run)
        for (v, of, seed), run in sorted(files.runs.items())
        if (v, of) == (variant, storm) and ("today", storm, seed) in files.runs
    ]


def _tightest(files: Files, storm: str) -> str | None:
    """The item that no run left unfinished with the smallest median margin."""
    margins: dict[str, list[Row]] = {}
    for run in files.own(storm):
        for item, time in run["kept"]["limits"].items():
            if time["limit_h"] is not None and item.split("/")[0] in SUMMED:
                margins.setdefault(item, []).append(time)
    whole = {
        statistics.median(margin_of(t) for t in times): item
        for item, times in sorted(margins.items(), reverse=True)
        if not any(t["late"] for t in times)
    }
    return whole[min(whole)] if whole else None


def _gains(
    pairs: Sequence[Sequence[Row]], variant: str, tightest: str | None, confidence: float
) -> Row:
    kind, _, zone = variant.partition(":")[2].partition("@")
    row: Row = {"more": kind, "zone": zone, "n": len(pairs), "confidence": round(confidence, 6)}
    columns: dict[str, list[float]] = {
        aspect: [
            60 * (a["kept"]["mean_h"][aspect] - b["kept"]["mean_h"][aspect])
            for a, b in pairs
            if aspect in a["kept"]["mean_h"] and aspect in b["kept"]["mean_h"]
        ]
        for aspect in SUMMED
    }
    full = [values for values in columns.values() if len(values) == len(pairs)]
    columns["sum"] = [math.fsum(parts) for parts in zip(*full, strict=True)]
    lasts = [[run["kept"]["limits"].get(tightest) for run in pair] for pair in pairs]
    columns["tightest"] = [
        60 * (a["last_h"] - b["last_h"]) for a, b in lasts if a and b and not a["late"] + b["late"]
    ]
    for name, values in columns.items():
        row |= _paired(name, values if len(values) == len(pairs) else [], confidence)
    return row


def _paired(name: str, values: Sequence[float], confidence: float) -> Row:
    """The mean with its t interval, of the differences of pairs."""
    row: Row = {f"{name}_{end}": None for end in ("min", "low", "high")}
    if values:
        row[f"{name}_min"] = round(statistics.mean(values), 6)
    if len(values) > 1:
        half = float(stats.t.ppf((1 + confidence) / 2, len(values) - 1))
        half *= statistics.stdev(values) / math.sqrt(len(values))
        row[f"{name}_low"] = round(statistics.mean(values) - half, 6)
        row[f"{name}_high"] = round(statistics.mean(values) + half, 6)
    return row
