"""What a readiness report keeps of one run, from its logs: the figures of the run's folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from snowplan.analysis.limits import BY_CLOCK, limit_table
from snowplan.analysis.measure_sections import DECIMALS, Reached, opened_minutes
from snowplan.analysis.ready_access import accesses
from snowplan.analysis.ready_fleet import dumped, muster_minutes, peaks
from snowplan.analysis.ready_sides import Sides, sides_reached
from snowplan.analysis.run_measures import Seen
from snowplan.analysis.section_times import Bools, Ints
from snowplan.model.roads import ROAD_CLASSES
from snowplan.model.snow import spans
from snowplan.results.counting import counted
from snowplan.results.ready_run import HOUR_DECIMALS, ItemTime, ReadyRun
from snowplan.results.windrows import standing_turns, windrows_of
from snowplan.units import MS_PER_MIN, ms_hours

ASPECT_LIMITS = {"open": "open", "clean": "clear", "haul": "haul"}  # aspect: word of the limit
NO_LIMIT: Mapping[str, Any] = {}


def ready_run(seen: Seen, whole: bool = False) -> ReadyRun:
    """What is kept of a run; `whole`: with the minutes of every section."""
    found = dict(seen.reached)
    stood = np.zeros(len(seen.roads.ids), dtype=np.bool_)
    if seen.storm.hauling:
        found["haul"], stood = _hauled(seen)
    sides = sides_reached(seen)
    onset_ms = _onset_ms(seen)
    dumps_m3, loads = dumped(seen.groups, seen.facts)
    return ReadyRun(
        limits={**_by_class(seen, found, stood), **_beside(seen, sides)},
        mean_h=_means(seen, found, sides),
        peak=peaks(seen.rows, seen.groups, seen.facts),
        muster_min=muster_minutes(seen.groups, seen.facts),
        dumps_m3=dumps_m3,
        loads=loads,
        grade=seen.facts.grade.plan_grade.key,
        onset_min=None if onset_ms is None else round(onset_ms / MS_PER_MIN, DECIMALS),
        cleared_min=opened_minutes(found["clean"]) if whole else (),
        hauled_min=opened_minutes(found["haul"]) if whole and "haul" in found else (),
        access=accesses(seen, onset_ms or 0) if whole else {},
    )


def _hauled(seen: Seen) -> tuple[Reached, Bools]:
    """When sections were clean without a windrow for good (0: none ever stood); where one stood.

    A section counts as hauled while it is clean and a windrow that has stood there stands no more:
    for good from the later of the two instants on.
    """
    facts, clean = seen.facts, seen.reached["clean"]
    rows = windrows_of(seen.rows, seen.groups, facts)
    gone = np.zeros(len(facts.network.sections), dtype=np.int64)
    stands, stood = np.zeros((2, len(gone)), dtype=np.bool_)
    if len(rows.segment):
        turns, ever = standing_turns(rows, facts)
        section, t_ms, _, (count,) = counted(turns)
        stands[section[count > 0]] = True
        stood[ever[0]] = True
        last = np.append(section[1:] != section[:-1], True)[: len(section)]
        gone[section[last]] = t_ms[last]
        stands[section[last]] = count[last] > 0
    number = {s.id: k for k, s in enumerate(facts.network.sections)}
    own = np.array([number[name] for name in seen.roads.ids], dtype=np.int64)
    late = stood[own] & (clean.late | stands[own])
    at_ms = np.where(stood[own], np.maximum(clean.at_ms, gone[own]), 0)
    return Reached(np.where(late, seen.storm.horizon_ms, at_ms), late), stood[own]


def _by_class(seen: Seen, found: Mapping[str, Reached], stood: Bools) -> dict[str, ItemTime]:
    """`open/main`, `clean/main`, `haul/main` …; of hauling the sections with a windrow count."""
    storm = seen.storm
    table = limit_table(
        storm.limits, storm.grade, storm.known_stop_ms, storm.clock, hauling=storm.hauling
    )
    limits = {str(row["road_class"]): row for row in table.to_dict("records")}
    items = {}
    for aspect, word in ASPECT_LIMITS.items():
        for name in ROAD_CLASSES:
            places = seen.roads.about.get(name)
            if places is None or aspect not in found:
                continue
            row = limits.get(name, NO_LIMIT)
            items[f"{aspect}/{name}"] = _item(
                seen, found[aspect], places, row.get(f"limit_{word}_h"),
                n=int(stood[places].sum()) if aspect == "haul" else len(places),
                by_clock=row.get(f"{word}_kind") == BY_CLOCK,
            )  # fmt: skip
    return items


def _beside(seen: Seen, sides: Mapping[str, Sides]) -> dict[str, ItemTime]:
    """`side/cycle_lane` and `side/pavement`, where hands clear them."""
    limit_h = seen.storm.side_limit_h if seen.storm.known_stop_ms is not None else None
    return {
        f"side/{part}": _item(
            seen, one.reached, np.arange(len(one.dm2)), limit_h, n=len(one.dm2), by_clock=False
        )
        for part, one in sides.items()
    }


def _item(
    seen: Seen, found: Reached, places: Ints, limit_h: float | None, *, n: int, by_clock: bool
) -> ItemTime:
    last_ms = int(found.at_ms[places].max())
    return ItemTime(
        limit_h=None if limit_h is None else round(float(limit_h), HOUR_DECIMALS),
        last_h=round(ms_hours(last_ms - seen.origin_ms), HOUR_DECIMALS),
        late=int(found.late[places].sum()),
        n=n,
        by_clock=by_clock,
    )


def _means(
    seen: Seen, found: Mapping[str, Reached], sides: Mapping[str, Sides]
) -> dict[str, float]:
    """By aspect, hours after snow stops until for good, the mean over m²; before counts as 0."""
    parts = {aspect: [(one.at_ms, seen.roads.dm2)] for aspect, one in found.items()}
    if sides:
        parts["side"] = [(one.reached.at_ms, one.dm2) for one in sides.values()]
    means = {}
    for aspect, pairs in parts.items():
        at_ms = np.concatenate([at for at, _ in pairs])
        dm2 = np.concatenate([area for _, area in pairs])
        after_ms = np.maximum(0, at_ms - seen.origin_ms)
        whole = int((after_ms * dm2).sum()) / max(1, int(dm2.sum()))
        means[aspect] = round(ms_hours(whole), HOUR_DECIMALS)
    return means


def _onset_ms(seen: Seen) -> int | None:
    """When the first snow falls, not before the start; None where none does."""
    snows = spans(seen.facts.sky.spells, seen.storm.horizon_ms)
    return min((begin for begin, _, spell in snows if spell.um_per_h > 0), default=None)
