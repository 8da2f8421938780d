"""The envelope of a readiness report and what binds beyond it, reckoned anew from its runs."""

from __future__ import annotations

import itertools
import math
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from scipy import optimize, stats

from tests.oracles.readiness_files import Files, Row
from tests.oracles.readiness_limits import interval, margin_of, mark_of, nobody_knows

GRADING = {"snowfall_total", "storm_duration", "onset", "forecast_error"}
Tried = dict[tuple[float, int], Row]  # limits by factor and run seed


def envelope(files: Files) -> Row:
    """`envelope`."""
    return {"rows": [row for name in files.names for row in _envelope(files, name)]}


def _steady(files: Files, name: str) -> bool:
    """Whether a scenario is its own run at factor 1: nothing can change its grade."""
    toml = files.toml(name)
    if toml.get("plan", {}).get("grade") or toml.get("grade"):
        return True
    varies = {row["quantity"] for row in files.table("uncertainty.csv") if row["on"] == "true"}
    for quantity, on in toml.get("uncertainty", {}).items():
        (varies.add if on is not False else varies.discard)(quantity)
    return not (varies & GRADING or "forecast" in toml or "forecasts" in toml["snow"])


def _tried(files: Files, name: str, variant: str = "today") -> Tried:
    """The limits of every run at a factor of a scenario's snowfall."""
    own = variant == "today" and _steady(files, name)
    found = {}
    for (made, storm, seed), run in files.runs.items():
        scenario, star, factor = storm.partition("*")
        if made == variant and scenario == name and (star or own):
            limits = run["kept"]["limits"]
            found[float(factor or 1), seed] = {
                item: time for item, time in limits.items() if time["limit_h"] is not None
            }
    return found


def _seeds(tried: Tried) -> list[int]:
    """The run seeds of the search: they met more than one factor."""
    met = Counter(seed for _, seed in tried)
    return sorted(seed for seed, factors in met.items() if factors > 1 or max(met.values()) == 1)


def _envelope(files: Files, name: str) -> list[Row]:
    tried, snow = _tried(files, name), files.toml(name)["snow"]
    seeds, mm = _seeds(tried), snow["total_mm"]
    rows = []
    for item in sorted({item for limits in tried.values() for item in limits}):
        ends = [end for seed in seeds if (end := _threshold(tried, item, seed)) is not None]
        row = {
            "scenario": name, "item": item, "snow_h": snow["duration_h"], "air_c": snow["air_c"],
            "grade_mm": mm, "mm": None, "low_mm": None, "high_mm": None, "bound": "",
            "single": len(ends) == 1, "held": None, "held_of": None, "held_low": None,
            "held_high": None, "reaches": None, "replications": len(ends),
            "held_all": sum(end["bound"] == ">=" for end in ends),
            "failed_all": sum(end["bound"] == "<" for end in ends),
            "not_monotone": sum(end["again"] for end in ends),
            "runs": sum(seed in seeds for _, seed in tried),
        }  # fmt: skip
        if ends:
            at_1 = [limits[item] for (f, _), limits in tried.items() if f == 1 and item in limits]
            told = _told(files, ends, at_1 if _steady(files, name) else [])
            for key, factor in zip(("mm", "low_mm", "high_mm"), told[:3], strict=True):
                row[key] = None if factor is None else round(factor * mm, 6)
            row["bound"], row["reaches"] = told[3], files.grade(name, told[0])
            if told[1] is None:
                row |= _share(files, told, ends, at_1)
        rows.append(row | _binding(files, name, item, ends))
    return rows


def _holds(time: Row) -> bool:
    return not time["late"] and margin_of(time) >= 0


def _threshold(tried: Tried, item: str, seed: int) -> Row | None:
    """Between which factors an item fails first in a replication; None where nothing is known."""
    story = sorted(
        (f, limits[item]) for (f, s), limits in tried.items() if s == seed and item in limits
    )
    fails = [k for k, (_, time) in enumerate(story) if not _holds(time)]
    if not fails or nobody_knows(story[fails[0]][1]):
        below = story[: fails[0]] if fails else story
        if not below:
            return None
        top = below[-1][0]
        return {"factor": top, "ends": (top, math.inf), "bound": ">=", "again": False,
                "fails": None}  # fmt: skip
    first = fails[0]
    high, failing = story[first]
    row = {"bound": "", "again": any(_holds(time) for _, time in story[first:]), "fails": high}
    if first == 0:
        return row | {"factor": high, "ends": (0.0, high), "bound": "<"}
    low, holding = story[first - 1]
    if failing["late"]:
        return row | {"factor": math.sqrt(low * high), "ends": (low, high)}
    a, b = margin_of(holding), margin_of(failing)
    factor = math.exp(math.log(low) + math.log(high / low) * a / (a - b))
    return row | {"factor": factor, "ends": (factor, factor)}


Told = tuple[float, float | None, float | None, str]


def _told(files: Files, ends: Sequence[Row], at_1: Sequence[Row]) -> Told:
    """The quantile, on the side of 1 on which the runs there lie."""
    factor, low, high, bound = _quantile(files, ends)
    if not at_1 or len(ends) == 1:
        return factor, low, high, bound
    n, met, left = len(at_1), sum(map(_holds, at_1)), sum(map(nobody_knows, at_1))
    shares = (interval(met, n, files.confidence)[0], interval(met + left, n, files.confidence)[1])
    mark = mark_of(n, met, left, *shares, files.probability)
    if mark in ("sure", "likely"):
        if factor < 1 or (factor == 1 and bound == "<"):
            return 1.0, None, None, ">="
    elif mark != "unknown" and (factor > 1 or (factor == 1 and bound == ">=")):
        return 1.0, None, None, "<"
    if low is None or high is None:
        return factor, low, high, bound
    return (
        factor,
        1.0 if mark == "sure" and low < 1 else low,
        1.0 if mark == "missed" and high > 1 else high,
        bound,
    )


def _share(files: Files, told: Told, ends: Sequence[Row], at_1: Sequence[Row]) -> Row:
    """In how many runs the item held at the factor that is told, with the interval of the share."""
    of, held = len(ends), sum(end["ends"][0] >= told[0] for end in ends)
    if told[0] == 1 and at_1 and len(ends) > 1:
        of, held = len(at_1), sum(map(_holds, at_1))
    low, high = (round(end, 6) for end in interval(held, of, files.confidence))
    return {"held": held, "held_of": of, "held_low": low, "held_high": high}


def _quantile(files: Files, ends: Sequence[Row]) -> Told:
    """The factor that holds with the probability, its interval, and which bound it is."""
    p, n = files.probability, len(ends)
    if any(end["bound"] for end in ends):
        place = max(1, math.ceil((1 - p) * n - 1e-9)) - 1
        least, most = (sorted(end["ends"][side] for end in ends)[place] for side in (0, 1))
        if least == most:
            return least, None, None, ""
        return (least, None, None, ">=") if least else (most, None, None, "<")
    logs = [math.log(end["factor"]) for end in ends]
    if n == 1:
        return ends[0]["factor"], None, None, ""
    z = statistics.NormalDist().inv_cdf(p)
    middle = math.exp(statistics.mean(logs) - z * statistics.stdev(logs))
    gaps = [tuple(math.log(x) for x in end["ends"]) for end in ends]
    corners = [list(values) for values in itertools.product(*gaps)]
    tail = (1 - files.confidence) / 2
    down, up = (_times(n, z, share) for share in (1 - tail, tail))
    low = min(statistics.mean(values) - down * statistics.stdev(values) for values in corners)
    spread = max(map(statistics.stdev, corners)) if up < 0 else _least_spread(gaps)
    high = statistics.mean(gap[1] for gap in gaps) - up * spread
    return middle, min(middle, math.exp(low)), max(middle, math.exp(high)), ""


def _least_spread(gaps: Sequence[tuple[Any, ...]]) -> float:
    """The smallest deviation of values in the gaps: least squares about the best centre."""

    def squares(centre: float) -> float:
        return math.fsum(max(low - centre, centre - high, 0.0) ** 2 for low, high in gaps)

    ends = [end for gap in gaps for end in gap]
    best = optimize.minimize_scalar(
        squares, bounds=(min(ends), max(ends)), method="bounded", options={"xatol": 1e-12}
    )
    return math.sqrt(float(best.fun) / (len(gaps) - 1))


def _times(n: int, z: float, share: float) -> float:
    """So many deviations below the mean: the noncentral t by bisecting its distribution."""
    shift = z * math.sqrt(n)
    t = optimize.brentq(lambda x: stats.nct.cdf(x, n - 1, shift) - share, -200, 2000, xtol=1e-11)
    return float(t) / math.sqrt(n)


# ---- what binds ------------------------------------------------------------------------------


def _binding(files: Files, name: str, item: str, ends: Sequence[Row]) -> Row:
    """What gains on an item where the means were eased: `binds`, `binds_at_mm`."""
    fails = sorted(end["fails"] for end in ends if end["fails"] is not None)
    nothing: Row = {"binds": [], "binds_at_mm": None}
    if len(fails) <= len(ends) // 2:
        return nothing
    variants = {v for v, of, _ in files.runs if v[:7] == "relief:" and of.startswith(f"{name}*")}
    eased = {variant[7:]: _tried(files, name, variant) for variant in variants}
    asked = sorted({f for own in eased.values() for f, _ in own if f >= fails[len(ends) // 2]})
    if not asked:
        return nothing
    today, rows = _tried(files, name), []
    for relief, own in eased.items():
        keys = sorted(key for key in own if key[0] == asked[0])
        pairs = _pairs(today, own, keys, item)
        if pairs and all(_plus(pair) for pair in pairs) and _counts(files, _mean(pairs)):
            hours, fewer, _ = _mean(pairs)
            others = sorted({one for key in keys for one in own[key]})
            lost = [(one, _pairs(today, own, keys, one)) for one in others]
            rows.append({
                "relief": relief, "gain_h": round(hours, 6), "fewer_late": round(fewer, 6),
                "at_least": any(
                    a["late"] and not b["late"] for a, b in _both(today, own, keys, item)
                ),
                "n": len(pairs),
                "loses": [one for one, some in lost if some and _counts(files, _less(_mean(some)))],
            })  # fmt: skip
    return {"binds": rows, "binds_at_mm": round(asked[0] * files.toml(name)["snow"]["total_mm"], 6)}


Change = tuple[float, float, float]  # hours sooner, sections fewer, sections left before


def _both(today: Tried, eased: Tried, keys: Sequence[Any], item: str) -> list[tuple[Row, Row]]:
    return [
        (today[key][item], eased[key][item])
        for key in keys
        if item in eased[key] and item in today.get(key, {})
    ]


def _pairs(today: Tried, eased: Tried, keys: Sequence[Any], item: str) -> list[Change]:
    return [
        (margin_of(b) - margin_of(a), a["late"] - b["late"], a["late"])
        for a, b in _both(today, eased, keys, item)
    ]


def _mean(changes: Sequence[Change]) -> Change:
    hours, fewer, left = (statistics.mean(column) for column in zip(*changes, strict=True))
    return hours, fewer, left


def _less(change: Change) -> Change:
    return -change[0], -change[1], change[2]


def _plus(change: Change) -> bool:
    hours, fewer, _ = change
    return hours >= 0 <= fewer and hours + fewer > 0


def _counts(files: Files, change: Change) -> bool:
    told: Mapping[str, float] = files.rules["relief"]
    hours, fewer, left = change
    enough = hours >= told["least_gain_h"] or 0 < fewer >= told["least_gain_share"] * left
    return _plus(change) and enough
