"""When the last section of each class and zone was open and clean, and how it grew."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from snowplan.analysis.measure_sections import ASPECTS, roads_of
from snowplan.analysis.readiness_given import Evidence, Row, at_rank, told
from snowplan.analysis.section_times import Ints
from snowplan.model.measures import IN_ZONE, key_of
from snowplan.model.network import build_network
from snowplan.model.roads import ROAD_CLASSES
from snowplan.results.replications import CURVE_STEP_MIN, NEVER_BLOCKED, NOT_BY_HORIZON, Replication
from snowplan.units import MS_PER_MIN, ms_hours

DIGITS = 2


def timeline(found: Evidence) -> Row:
    """`timeline`: rows by scenario, class and zone; curves and openings by scenario."""
    roads = roads_of(build_network(found.first.road_map))
    return {
        "rows": [
            _row(found, name, f"{road_class}{IN_ZONE}{zone.id}", roads.about)
            for name in found.given.scenarios
            for road_class in ROAD_CLASSES
            for zone in found.first.road_map.zones
            if f"{road_class}{IN_ZONE}{zone.id}" in roads.about
        ],
        "curves": {name: _curves(found, name) for name in found.own},
        "map": {
            name: {"ids": [str(one) for one in roads.ids], "opened_h": _opened(found, name)}
            for name in found.own
        },
    }


def _row(found: Evidence, scenario: str, subject: str, about: Mapping[str, Ints]) -> Row:
    """Hours after snow stops, the median over the runs; the mean of the sections left."""
    runs, places = found.own[scenario], about[subject].tolist()
    road_class, _, zone = subject.partition(IN_ZONE)
    row: Row = {"scenario": scenario, "road_class": road_class, "zone": zone}
    minutes = {
        "open": [run.opened_min for run in runs],
        "clean": [kept.cleared_min for kept in found.kept[scenario]],
    }
    for aspect in ASPECTS:
        key = key_of(f"{aspect}_last", subject)
        late = [run.late.get(key, 0) for run in runs]
        hours = [run.values[key] for run in runs]
        last = [
            math.inf if left or hour is None else hour
            for hour, left in zip(hours, late, strict=True)
        ]
        row[f"{aspect}_last_h"] = told(at_rank(last, 0.5), DIGITS)
        row[f"{aspect}_late"] = round(sum(late) / len(late), DIGITS)
        row[f"{aspect}_never"] = never_other(minutes[aspect], places)
    return row


def never_other(runs: Sequence[Sequence[int]], places: Sequence[int]) -> bool:
    """Whether in half of the runs or more these sections were never blocked, or always clean."""
    whole = [all(run[place] == NEVER_BLOCKED for place in places) for run in runs]
    return 2 * sum(whole) >= len(whole)


def _curves(found: Evidence, scenario: str) -> Row:
    """Per mille of all m² at every step from the start, the median over the runs."""
    runs = found.own[scenario]
    stops_ms = [origin_ms(found, scenario, run) for run in runs]
    names = sorted(set.intersection(*(set(run.curves) for run in runs)))
    middle = math.ceil(len(runs) / 2) - 1
    curves = {
        name: np.sort(np.array([run.curves[name] for run in runs]), axis=0)[middle].tolist()
        for name in names
    }
    return {
        "step_min": CURVE_STEP_MIN,
        "stops_min": round(at_rank(stops_ms, 0.5) / MS_PER_MIN),
        **curves,
    }


def _opened(found: Evidence, scenario: str) -> list[float | None]:
    """By section, hours after snow stops until it was open for good, the median over the runs."""
    rows = [
        hours_of(run.opened_min, origin_ms(found, scenario, run)) for run in found.own[scenario]
    ]
    return [told(at_rank(column, 0.5), DIGITS) for column in zip(*rows, strict=True)]


def origin_ms(found: Evidence, scenario: str, run: Replication) -> int:
    """The instant from which a run's hours are told: the end of snow; the start without one."""
    stops_ms = run.snow_stops_ms or 0
    return stops_ms if stops_ms < found.given.scenarios[scenario].study.horizon_ms else 0


def hours_of(minutes: Sequence[int], since_ms: int) -> list[float]:
    """Minutes of a replication as hours since an instant; left by the horizon: infinite.

    What was never blocked (or never other than clean) was so from the start.
    """
    whole = [0 if minute == NEVER_BLOCKED else minute for minute in minutes]
    return [
        math.inf if minute == NOT_BY_HORIZON else ms_hours(minute * MS_PER_MIN - since_ms)
        for minute in whole
    ]
