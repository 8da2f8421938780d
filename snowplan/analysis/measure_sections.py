"""Measures of roads: when they were open and clean, limits, exposure, and how it grew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from snowplan.analysis.limits import limit_table
from snowplan.analysis.outcome import Storm
from snowplan.analysis.section_times import LEVELS, Bools, Ints, section_times
from snowplan.analysis.stepping import Grid, stories, whole_dm2
from snowplan.analysis.summary import nearest_rank
from snowplan.model.measures import ALL, IN_ZONE, ZONE, key_of
from snowplan.model.network import Network
from snowplan.model.roads import ROAD_CLASSES
from snowplan.results.replications import CURVE_STEP_MIN, NEVER_BLOCKED, NOT_BY_HORIZON
from snowplan.units import MS_PER_MIN, ms_hours

DECIMALS = 3
PER_MILLE = 1000
RANKS = (("median", 50), ("p95", 95), ("last", 100))
ASPECTS = {"open": ("opened_ms", "open"), "clean": ("cleared_ms", "clean")}

Values = dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Roads:
    """The sections that the centre clears, by id, and which of them each subject is about."""

    ids: pd.Series
    road_class: list[str]
    dm2: Ints
    about: Mapping[str, Ints]  # positions, by subject: all, main, zone:south, main@south


def roads_of(network: Network) -> Roads:
    """The centre's sections of a network; every one of them has strips and so states."""
    own = [s for s in network.sections if s.duty.cleared_by_centre]
    classes = [s.duty.road_class.key for s in own]
    places: dict[str, list[int]] = {ALL: list(range(len(own)))}
    for place, (name, section) in enumerate(zip(classes, own, strict=True)):
        zone = section.duty.zone
        for subject in (name, f"{ZONE}{zone}", f"{name}{IN_ZONE}{zone}"):
            places.setdefault(subject, []).append(place)
    return Roads(
        pd.Series([s.id for s in own], dtype=object),
        classes,
        whole_dm2(pd.Series([s.area_m2 for s in own], dtype=np.float64)),
        {subject: np.array(rows, dtype=np.int64) for subject, rows in places.items()},
    )


@dataclass(frozen=True, slots=True)
class Reached:
    """When sections were so for good; the horizon where they were `late`."""

    at_ms: Ints
    late: Bools


def reached(states: pd.DataFrame, roads: Roads, horizon_ms: int) -> dict[str, Reached]:
    """By aspect (`open`, `clean`), the sections in the order of `roads`."""
    times = section_times(states, horizon_ms).set_index("section").reindex(roads.ids)
    found = {}
    for aspect, (column, _) in ASPECTS.items():
        at = times[column].to_numpy(dtype=np.float64, na_value=np.nan)
        late = np.isnan(at)
        found[aspect] = Reached(np.where(late, horizon_ms, at).astype(np.int64), late)
    return found


def time_values(aspect: str, found: Reached, roads: Roads, origin_ms: int) -> Values:
    """`open_median/all` …: nearest ranks over all sections of a subject, hours after the origin."""
    values: Values = {}
    for subject, rows in roads.about.items():
        ordered = np.sort(found.at_ms[rows]).tolist()
        for name, percent in RANKS:
            at = nearest_rank(ordered, percent)
            hours = None if at is None else round(ms_hours(at - origin_ms), DECIMALS)
            values[key_of(f"{aspect}_{name}", subject)] = hours
    return values


def late_counts(aspect: str, found: Reached, roads: Roads) -> dict[str, int]:
    """Sections that had not come so far by the horizon, by key, where there are any."""
    left = {subject: int(found.late[rows].sum()) for subject, rows in roads.about.items()}
    return {
        key_of(f"{aspect}_{name}", subject): count
        for subject, count in left.items()
        for name, _ in RANKS
        if count
    }


def limit_values(found: Mapping[str, Reached], roads: Roads, storm: Storm) -> Values:
    """`limit_open/main` and `met_open/main`, `met_open/main@south` …; the same for clean."""
    limits = limit_table(storm.limits, storm.grade, storm.known_stop_ms, storm.clock)
    rows = {str(row["road_class"]): row for row in limits.to_dict("records")}
    values: Values = {}
    for aspect, word in (("open", "open"), ("clean", "clear")):
        for subject, places in _by_class(roads):
            row = rows.get(subject.partition(IN_ZONE)[0])
            if IN_ZONE not in subject:
                hours = None if row is None else round(float(row[f"limit_{word}_h"]), DECIMALS)
                values[key_of(f"limit_{aspect}", subject)] = hours
            limit_ms = None if row is None else int(row[f"limit_{word}_ms"])
            values[key_of(f"met_{aspect}", subject)] = _all_met(
                found[aspect], places, limit_ms, storm.horizon_ms
            )
    return values


def _by_class(roads: Roads) -> Iterator[tuple[str, Ints]]:
    """The subjects that are a class or a class in a zone."""
    for subject, rows in roads.about.items():
        if subject.partition(IN_ZONE)[0] in ROAD_CLASSES:
            yield subject, rows


def _all_met(found: Reached, rows: Ints, limit_ms: int | None, horizon_ms: int) -> float | None:
    """1 where all sections came by the limit, 0 where one did not, None where nobody can know."""
    if limit_ms is None:
        return None
    late, at_ms = found.late[rows], found.at_ms[rows]
    if (at_ms[~late] > limit_ms).any() or (late.any() and limit_ms <= horizon_ms):
        return 0.0
    return None if late.any() else 1.0


def exposure_values(exposure: pd.DataFrame, roads: Roads) -> Values:
    """`exposure`, `exposure/main` …; `exposure` has section and exposure (mm·h)."""
    of = exposure.set_index("section")["exposure"].reindex(roads.ids).to_numpy(dtype=np.float64)
    return {
        key_of("exposure", "" if subject == ALL else subject): round(
            float(of[rows].sum()), DECIMALS
        )
        for subject, rows in roads.about.items()
    }


def curves(states: pd.DataFrame, roads: Roads, horizon_ms: int) -> dict[str, tuple[int, ...]]:
    """`opened/main`, `clean/all` …: m² open (clean) at every step, in per mille of all m²."""
    step_ms = CURVE_STEP_MIN * MS_PER_MIN
    classes = [name for name in ROAD_CLASSES if name in roads.about]
    group = np.array([classes.index(name) for name in roads.road_class], dtype=np.int64)
    grid = Grid(group, len(classes), step_ms, horizon_ms // step_ms + 1)
    story = stories(states, roads.ids, horizon_ms)
    whole = grid.constant(roads.dm2)
    found = {}
    for word, level in (("opened", "open"), ("clean", "clean")):
        change = story.changes(LEVELS[level]) * roads.dm2[story.row]
        dm2 = grid.accumulated(story.row, story.t_ms, change)
        for name, part, of in [
            (ALL, dm2.sum(axis=0), whole.sum(axis=0)),
            *((name, dm2[k], whole[k]) for k, name in enumerate(classes)),
        ]:
            found[f"{word}/{name}"] = _per_mille(part, of)
    return found


def _per_mille(part: Ints, whole: Ints) -> tuple[int, ...]:
    """Whole per mille, halves up."""
    return tuple(((2 * PER_MILLE * part + whole) // np.maximum(2 * whole, 1)).tolist())


def opened_minutes(found: Reached) -> tuple[int, ...]:
    """Minutes from the start until each section was open for good, to the nearest."""
    minutes = (found.at_ms + MS_PER_MIN // 2) // MS_PER_MIN
    minutes = np.where(found.at_ms == 0, NEVER_BLOCKED, minutes)
    return tuple(np.where(found.late, NOT_BY_HORIZON, minutes).tolist())
