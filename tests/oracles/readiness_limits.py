"""Verdicts and envelope of a readiness report, reckoned anew from its runs."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

from scipy import optimize, stats

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


def _unknown(time: Row) -> bool:
    return bool(time["late"] and time["last_h"] < time["limit_h"])


def _verdict(files: Files, times: Sequence[Row]) -> Row:
    n = len(times)
    met = sum(not t["late"] and t["last_h"] <= t["limit_h"] for t in times)
    unknown = sum(map(_unknown, times))
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
        "mark": _mark(n, met, unknown, low, high, files.probability),
    }
    for word, share in (("margin", 0.5), ("margin_worst", 1 - files.probability)):
        worst_first = sorted(times, key=lambda t: (not t["late"], t["limit_h"] - t["last_h"]))
        time = worst_first[max(1, math.ceil(share * n - 1e-9)) - 1]
        hours = round(round(time["limit_h"] - time["last_h"], 7), 3)
        row[f"{word}_h"] = None if _unknown(time) else hours
        row[f"{word}_bound"] = bool(time["late"]) and not _unknown(time)
    return row


def _mark(n: int, met: int, unknown: int, low: float, high: float, p: float) -> str:
    if low >= p:
        return "sure"
    if met / n >= p - 1e-9:
        return "likely"
    if unknown and (met + unknown) / n >= p - 1e-9:
        return "unknown"
    return "open" if high >= p else "missed"


# ---- the envelope ----------------------------------------------------------------------------


def envelope(files: Files) -> Row:
    """`envelope`, without what binds beyond it."""
    return {"rows": [row for name in files.names for row in _envelope(files, name)]}


def _tried(files: Files, name: str, variant: str = "today") -> dict[tuple[float, int], Row]:
    """The limits of every run at a factor of a scenario's snowfall, by factor and run seed."""
    found = {}
    for (made, storm, seed), run in files.runs.items():
        scenario, star, factor = storm.partition("*")
        if made == variant and scenario == name and star:
            limits = run["kept"]["limits"]
            found[float(factor), seed] = {
                item: time for item, time in limits.items() if time["limit_h"] is not None
            }
    return found


def _envelope(files: Files, name: str) -> list[Row]:
    tried, snow = _tried(files, name), files.toml(name)["snow"]
    rows = []
    for item in sorted({item for limits in tried.values() for item in limits}):
        ends = [_threshold(tried, item, seed) for seed in sorted({seed for _, seed in tried})]
        known = [end for end in ends if end is not None]
        row = {
            "scenario": name, "item": item, "snow_h": snow["duration_h"], "air_c": snow["air_c"],
            "grade_mm": snow["total_mm"], "mm": None, "low_mm": None, "high_mm": None,
            "bound": "", "reaches": None, "replications": len(known),
            "held_all": sum(end["bound"] == ">=" for end in known),
            "failed_all": sum(end["bound"] == "<" for end in known),
            "not_monotone": sum(end["again"] for end in known), "runs": len(tried),
        }  # fmt: skip
        if known:
            middle, low, high, row["bound"] = _quantile(files, known)
            for key, factor in (("mm", middle), ("low_mm", low), ("high_mm", high)):
                row[key] = None if factor is None else round(factor * snow["total_mm"], 6)
            row["reaches"] = files.grade(name, middle)
        rows.append(row | _binding(files, name, item, ends))
    return rows


def margin_of(time: Row) -> float:
    """Hours of a limit that were left."""
    return float(time["limit_h"] - time["last_h"])


def _holds(time: Row) -> bool:
    return not time["late"] and margin_of(time) >= 0


def _threshold(tried: dict[tuple[float, int], Row], item: str, seed: int) -> Row | None:
    """Where an item fails first in a replication; None where nothing is known."""
    story = sorted(
        (f, limits[item]) for (f, s), limits in tried.items() if s == seed and item in limits
    )
    fails = [k for k, (_, time) in enumerate(story) if not _holds(time)]
    if not fails or _unknown(story[fails[0]][1]):
        below = story[: fails[0]] if fails else story
        plain = {"bound": ">=", "gap": None, "again": False, "fails": None}
        return plain | {"factor": below[-1][0]} if below else None
    first = fails[0]
    high, failing = story[first]
    again = any(_holds(time) for _, time in story[first:])
    row = {"bound": "", "gap": None, "again": again, "fails": high}
    if first == 0:
        return row | {"factor": high, "bound": "<"}
    low, holding = story[first - 1]
    if failing["late"]:
        return row | {"factor": math.sqrt(low * high), "gap": (low, high)}
    a, b = margin_of(holding), margin_of(failing)
    return row | {"factor": math.exp(math.log(low) + math.log(high / low) * a / (a - b))}


def _quantile(files: Files, known: Sequence[Row]) -> tuple[float, float | None, float | None, str]:
    """The factor that holds with the probability, its interval, and which bound it is."""
    p, n = files.probability, len(known)
    if any(end["bound"] for end in known):
        place = max(1, math.ceil((1 - p) * n - 1e-9)) - 1
        least = sorted(0.0 if end["bound"] == "<" else end["factor"] for end in known)[place]
        most = sorted(math.inf if end["bound"] == ">=" else end["factor"] for end in known)[place]
        if least == most:
            return least, None, None, ""
        return (least, None, None, ">=") if least else (most, None, None, "<")
    logs = [math.log(end["factor"]) for end in known]
    if n == 1:
        return math.exp(logs[0]), None, None, ""
    z = statistics.NormalDist().inv_cdf(p)
    middle = math.exp(statistics.mean(logs) - z * statistics.stdev(logs))
    tail = (1 - files.confidence) / 2
    lower = [math.log(end["gap"][0] if end["gap"] else end["factor"]) for end in known]
    upper = [math.log(end["gap"][1] if end["gap"] else end["factor"]) for end in known]
    return middle, min(middle, _end(lower, z, 1 - tail)), max(middle, _end(upper, z, tail)), ""


def _end(logs: Sequence[float], z: float, share: float) -> float:
    """One end of the interval: the noncentral t by bisecting its distribution function."""
    n, shift = len(logs), z * math.sqrt(len(logs))
    t = optimize.brentq(lambda x: stats.nct.cdf(x, n - 1, shift) - share, -200, 2000, xtol=1e-11)
    return math.exp(statistics.mean(logs) - float(t) * statistics.stdev(logs) / math.sqrt(n))


def _binding(files: Files, name: str, item: str, ends: Sequence[Row | None]) -> Row:
    """What gains on an item where the means were eased: `binds`, `binds_at_mm`."""
    known = [end for end in ends if end is not None]
    fails = sorted(end["fails"] for end in known if end["fails"] is not None)
    nothing: Row = {"binds": [], "binds_at_mm": None}
    if len(fails) <= len(known) // 2:
        return nothing
    least = fails[len(known) // 2]
    reliefs = sorted(
        {
            v
            for v, storm, _ in files.runs
            if v.startswith("relief:") and storm.startswith(f"{name}*")
        }
    )
    eased = {relief: _tried(files, name, relief) for relief in reliefs}
    asked = sorted({f for tried in eased.values() for f, _ in tried if f >= least})
    if not asked:
        return nothing
    today, rows = _tried(files, name), []
    for relief, tried in eased.items():
        pairs = [
            (today[key][item], limits[item])
            for key, limits in sorted(tried.items())
            if key[0] == asked[0] and item in limits and item in today.get(key, {})
        ]
        if not pairs:
            continue
        gain = round(statistics.mean(margin_of(b) - margin_of(a) for a, b in pairs), 6)
        fewer = round(statistics.mean(a["late"] - b["late"] for a, b in pairs), 6)
        bound = any(a["late"] and not b["late"] for a, b in pairs)
        row = {
            "relief": relief.partition(":")[2],
            "gain_h": gain,
            "at_least": bound,
            "fewer_late": fewer,
        }
        rows += [row] if gain > 0 or fewer > 0 else []
    total = files.toml(name)["snow"]["total_mm"]
    return {"binds": rows, "binds_at_mm": round(asked[0] * total, 6)}
