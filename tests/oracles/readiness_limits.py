"""Verdicts of a readiness report, reckoned anew from its runs."""

from __future__ import annotations

import math
from collections.abc import Sequence

from scipy import stats

from tests.oracles.readiness_files import Files, Row, rank

BEST_FIRST = ("sure", "likely", "open", "unknown", "missed")
MARKS = ("sure", "likely", "open", "missed", "unknown")


def interval(k: int, n: int, confidence: float) -> tuple[float, float]:
    """Clopper–Pearson by the quantiles of the beta distribution."""
    tail = (1 - confidence) / 2
    low = 0.0 if k == 0 else float(stats.beta.ppf(tail, k, n - k + 1))
    high = 1.0 if k == n else float(stats.beta.ppf(1 - tail, k + 1, n - k))
    return low, high


def verdicts(files: Files) -> Row:
    """`verdicts`."""
    rows = []
    for name in files.names:
        items = {item for run in files.own(name) for item in run["kept"]["limits"]}
        for item in sorted(items):
            times = [run["kept"]["limits"][item] for run in files.own(name)]
            if all(time["limit_h"] is not None for time in times) and any(t["n"] for t in times):
                rows.append({"scenario": name, "item": item, **_verdict(files, times)})
    marks = {}
    for name in files.names:
        own = [row["mark"] for row in rows if row["scenario"] == name]
        counts = {mark: own.count(mark) for mark in MARKS}
        marks[name] = {"mark": max(own, key=BEST_FIRST.index), "counts": counts}
    return {"marks": marks, "rows": rows}


def nobody_knows(time: Row) -> bool:
    """Sections are left at a horizon that comes before the limit."""
    return bool(time["late"] and time["last_h"] < time["limit_h"])


def _verdict(files: Files, times: Sequence[Row]) -> Row:
    n = len(times)
    met = sum(not t["late"] and t["last_h"] <= t["limit_h"] for t in times)
    unknown = sum(map(nobody_knows, times))
    low, high = (
        interval(met, n, files.confidence)[0],
        interval(met + unknown, n, files.confidence)[1],
    )
    whole = unknown == n
    row = {
        "limit_h": round(rank([t["limit_h"] for t in times], 0.5), 3),
        "by_clock": sum(t["by_clock"] for t in times) > n / 2,
        "n": n,
        "met": met,
        "unknown": unknown,
        "share": None if whole else round(met / n, 3),
        "low": None if whole else round(low, 3),
        "high": None if whole else round(high, 3),
        "late": round(sum(t["late"] for t in times) / n, 3),
        "mark": mark_of(n, met, unknown, low, high, files.probability),
    }
    for word, share in (("margin", 0.5), ("margin_worst", 1 - files.probability)):
        worst_first = sorted(times, key=lambda t: (not t["late"], t["limit_h"] - t["last_h"]))
        time = worst_first[max(1, math.ceil(share * n - 1e-9)) - 1]
        hours = round(round(time["limit_h"] - time["last_h"], 7), 3)
        row[f"{word}_h"] = None if nobody_knows(time) else hours
        row[f"{word}_bound"] = bool(time["late"]) and not nobody_knows(time)
    return row


def mark_of(n: int, met: int, unknown: int, low: float, high: float, p: float) -> str:
    """The mark of a limit met in so many of n runs, by the interval of the share."""
    if low >= p:
        return "sure"
    if met / n >= p - 1e-9:
        return "likely"
    if unknown and (met + unknown) / n >= p - 1e-9:
        return "unknown"
    return "open" if high >= p else "missed"


def margin_of(time: Row) -> float:
    """Hours of a limit that were left."""
    return float(time["limit_h"] - time["last_h"])
