"""Whether each limit of each scenario can be held: how often it was, by what margin, in a mark."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from snowplan.analysis.limit_shares import clopper_pearson
from snowplan.analysis.readiness_given import Evidence, Row, at_rank
from snowplan.model.readiness import ASPECTS, MARKS, SIDES, ReadinessRules
from snowplan.model.roads import ROAD_CLASSES
from snowplan.results.ready_run import ItemTime

DIGITS = 3
SURE, LIKELY, OPEN, MISSED, UNKNOWN = MARKS
WORST_LAST = (SURE, LIKELY, OPEN, UNKNOWN, MISSED)  # what is known to be missed outweighs all
ITEMS = tuple(
    f"{aspect}/{subject}"
    for aspect in ASPECTS
    for subject in (SIDES if aspect == "side" else ROAD_CLASSES)
)


class Margin(NamedTuple):
    """Hours of a limit that were left; `bound`: no more than that; None: nobody can know."""

    hours: float | None
    bound: bool


def verdicts(found: Evidence) -> Row:
    """`verdicts`: `marks` by scenario, and `rows` by scenario and item."""
    rows = [row for name in found.given.scenarios for row in _rows(found, name)]
    return {
        "marks": {
            name: _mark_of_all([row["mark"] for row in rows if row["scenario"] == name])
            for name in found.given.scenarios
        },
        "rows": rows,
    }


def _rows(found: Evidence, scenario: str) -> list[Row]:
    rows = []
    for item in ITEMS:
        times = limited(found, scenario, item)
        if times:
            rows.append({"scenario": scenario, "item": item, **verdict(times, found.given.rules)})
    return rows


def limited(found: Evidence, scenario: str, item: str) -> list[ItemTime]:
    """An item of every run that has a limit for it; none where it was about nothing in any run.

    Where the snow of a run outlasts the horizon it has no limit that could be told: it counts as
    one that lies beyond the horizon.
    """
    times = []
    for run, kept in zip(found.own[scenario], found.kept[scenario], strict=True):
        time = kept.limits.get(item)
        if time is not None and time.limit_h is not None:
            times.append(time)
        elif time is not None and run.snow_stops_ms:
            times.append(ItemTime(math.inf, time.last_h, max(1, time.late), time.n))
    told = any(_has_limit(time) for time in times) and any(time.n for time in times)
    return times if told else []


def _has_limit(time: ItemTime) -> bool:
    return time.limit_h is not None and math.isfinite(time.limit_h)


def verdict(times: Sequence[ItemTime], rules: ReadinessRules) -> Row:
    """How often the limit was met, with its interval, the margins and the mark.

    `share` is the least that it can be, `high` the end of the interval where all that nobody can
    know were met.
    """
    n, met = len(times), sum(time.met is True for time in times)
    unknown = sum(time.met is None for time in times)
    low, _ = clopper_pearson(met, n, rules.confidence)
    _, high = clopper_pearson(met + unknown, n, rules.confidence)
    limits = [time.limit_h for time in times if time.limit_h is not None and _has_limit(time)]
    margin, worst = margin_at(times, 0.5), margin_at(times, 1 - rules.probability)
    return {
        "limit_h": round(at_rank(limits, 0.5), DIGITS),
        "by_clock": 2 * sum(time.by_clock for time in times) > n,
        "n": n,
        "met": met,
        "unknown": unknown,
        "share": None if unknown == n else round(met / n, DIGITS),
        "low": None if unknown == n else round(low, DIGITS),
        "high": None if unknown == n else round(high, DIGITS),
        "margin_h": margin.hours,
        "margin_worst_h": worst.hours,
        "margin_bound": margin.bound,
        "margin_worst_bound": worst.bound,
        "late": round(sum(time.late for time in times) / n, DIGITS),
        "mark": mark(n, met, unknown, rules),
    }


def margin_at(times: Sequence[ItemTime], share: float) -> Margin:
    """The margin of that rank, worst first: those with sections left come before all others."""
    found = {id(time): time.margin_h for time in times}
    ordered = sorted(times, key=lambda time: (time.late == 0, found[id(time)] or 0.0))
    rank = max(math.ceil(round(share * len(ordered), 6)), 1)
    time = ordered[rank - 1]
    if time.unknown or time.margin_h is None:
        return Margin(None, bound=False)
    return Margin(round(time.margin_h, DIGITS) + 0.0, bound=time.late > 0)


def mark(n: int, met: int, unknown: int, rules: ReadinessRules) -> str:
    """The mark of a limit that `met` of `n` runs held and `unknown` cannot know of."""
    p, needed = rules.probability, round(rules.probability * n, 6)
    low, _ = clopper_pearson(met, n, rules.confidence)
    _, high = clopper_pearson(met + unknown, n, rules.confidence)
    if low >= p:
        return SURE
    if met >= needed:
        return LIKELY
    if unknown and met + unknown >= needed:
        return UNKNOWN
    return OPEN if high >= p else MISSED


def _mark_of_all(marks: Sequence[str]) -> Mapping[str, object]:
    """The worst mark, and how many limits have which; `unknown` where there is no limit."""
    counts = Counter(marks)
    worst = max(marks, key=WORST_LAST.index, default=UNKNOWN)
    return {"mark": worst, "counts": {name: counts[name] for name in MARKS}}
