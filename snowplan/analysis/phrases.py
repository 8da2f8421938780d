"""What a phrase of the plan is measured by: figures of one run.

All of `MEASURES` are better when smaller; `CIRCUMSTANCES` and `BESIDE` only explain.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from snowplan.analysis.section_times import NOT_BY_HORIZON
from snowplan.analysis.summary import nearest_rank
from snowplan.analysis.work import CLEARING_KINDS
from snowplan.units import G_PER_T, ms_hours

MAIN = "main"
NOT_NEEDED = "not_needed"  # no windrow stood there: nothing to haul
DECIMALS = 3


class Value(NamedTuple):
    """A figure; `late` sections had not come so far by the horizon.

    `at_least`: such a section decides the figure, which is then the horizon, a lower bound.
    A run that knows no such figure (no such road, no windrow) has `amount` None.
    """

    amount: float | None
    at_least: bool = False
    late: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """What a run gives to the measures: tables as in its folder, `sections` the centre's own.

    `windrows` has section, t_ms and change_g, every change of what stands at the kerbs. Instants
    are told in hours after `origin_ms`.
    """

    sections: pd.DataFrame
    states: pd.DataFrame
    events: pd.DataFrame
    windrows: pd.DataFrame
    summary: dict[str, Any]
    origin_ms: int
    horizon_ms: int


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: how it is read off a run, its unit and the decimals that are shown."""

    key: str
    unit: str
    digits: int
    read: Callable[[Seen], Value]


def _of_class(seen: Seen, main_only: bool) -> pd.DataFrame:
    rows = seen.sections
    return rows[rows["road_class"] == MAIN] if main_only else rows


def _needed(seen: Seen, end: str, main_only: bool) -> pd.DataFrame:
    """The sections for which there was something to do; none where the run does not say."""
    rows = _of_class(seen, main_only)
    return rows[rows[end] != NOT_NEEDED] if end in rows else rows.head(0)


def _instants(rows: pd.DataFrame, at: str, end: str, horizon_ms: int) -> list[int]:
    """When each section was so for good, in order; the horizon for one that was not."""
    late = rows[end] == NOT_BY_HORIZON
    return sorted(int(t) for t in rows[at].where(~late, horizon_ms))


def _rank(percent: int, at: str, end: str, *, main_only: bool = False) -> Callable[[Seen], Value]:
    """Nearest rank over all sections; one that never was otherwise counts from the start."""

    def read(seen: Seen) -> Value:
        rows = _needed(seen, end, main_only)
        if rows.empty:
            return Value(None)
        times = _instants(rows, at, end, seen.horizon_ms)
        found = nearest_rank(times, percent) or 0
        late = int((rows[end] == NOT_BY_HORIZON).sum())
        hours = round(ms_hours(found - seen.origin_ms), DECIMALS)
        return Value(hours, late > 0 and found == seen.horizon_ms, late)

    return read


def blocked_hours(
    states: pd.DataFrame, horizon_ms: int, since_ms: pd.Series | None = None
) -> pd.Series:
    """Hours for which each section was blocked, by section; from `since_ms` of each if given.

    A section without an instant in `since_ms` counts no hours.
    """
    section, start = states["section"], states["t_ms"].to_numpy(dtype=np.float64)
    last = (section != section.shift(-1)).to_numpy()
    end = np.where(last, horizon_ms, np.append(start[1:], horizon_ms)[: len(start)])
    if since_ms is not None:
        begun = section.map(since_ms).to_numpy(dtype=np.float64, na_value=float(horizon_ms))
        start = np.maximum(start, begun)
    spell = np.where(states["state"] == "blocked", np.maximum(end - start, 0.0), 0.0)
    return pd.Series(spell).groupby(section.to_numpy()).sum().map(lambda ms: ms_hours(int(ms)))


def _blocked(*, main_only: bool = False) -> Callable[[Seen], Value]:
    def read(seen: Seen) -> Value:
        rows = _of_class(seen, main_only)
        if rows.empty:
            return Value(None)
        hours = blocked_hours(seen.states, seen.horizon_ms)
        return Value(round(float(hours.reindex(rows["section"]).sum()), DECIMALS))

    return read


def _reblocked(seen: Seen) -> Value:
    """Blocked hours after a section's first finished clearing pass."""
    events = seen.events
    done = events["kind"].isin(CLEARING_KINDS) & ~events["unfinished"].astype(bool)
    first = events[done].groupby("section")["end_ms"].min()
    hours = blocked_hours(seen.states, seen.horizon_ms, first)
    return Value(round(float(hours.reindex(seen.sections["section"]).sum()), DECIMALS))


def _hauls(seen: Seen) -> bool:
    """Whether there are trucks or loaders: what they did not haul is then 0, not unknown."""
    return seen.summary.get("hauling") is not None


def _hauled_t(seen: Seen) -> Value:
    """Tonnes of snow that trucks have unloaded; None where nobody could haul any."""
    events = seen.events
    done = events[(events["kind"] == "unload") & ~events["unfinished"].astype(bool)]
    if done.empty and not _hauls(seen):
        return Value(None)
    return Value(round(int(done["amount_g"].sum()) / G_PER_T, DECIMALS))


def _windrow_left(seen: Seen) -> Value:
    """Tonnes of windrow that stand at the horizon; None where none stood and nobody hauls."""
    if seen.windrows.empty and not _hauls(seen):
        return Value(None)
    return Value(round(int(seen.windrows["change_g"].sum()) / G_PER_T, DECIMALS))


def _windrow_stood(seen: Seen) -> Value:
    """Tonnes × hours of windrow: each change stands, or is missing, until the horizon."""
    rows = seen.windrows
    if rows.empty:
        return Value(0.0 if _hauls(seen) else None)
    until_h = (seen.horizon_ms - rows["t_ms"]).map(ms_hours)
    return Value(round(float((rows["change_g"] * until_h).sum()) / G_PER_T, DECIMALS))


def _total(key: str) -> Callable[[Seen], Value]:
    def read(seen: Seen) -> Value:
        found = seen.summary.get(key)
        return Value(None if found is None else round(float(found), DECIMALS))

    return read


def _exposure(main_only: bool) -> Callable[[Seen], Value]:
    def read(seen: Seen) -> Value:
        of_main = seen.sections["road_class"] == MAIN
        rows = seen.sections[of_main if main_only else ~of_main]
        return Value(round(float(rows["exposure"].sum()), DECIMALS) if len(rows) else None)

    return read


def _passes(seen: Seen) -> Value:
    return Value(float(seen.sections["passes"].sum()))


def _first_work(seen: Seen) -> Value:
    first = seen.sections["first_service_ms"].min()
    found = None if pd.isna(first) else round(ms_hours(int(first) - seen.origin_ms), DECIMALS)
    return Value(found)


def _first_clearing(seen: Seen) -> Value:
    """Start of the first finished pass of a plough or brush."""
    events = seen.events
    done = events["kind"].isin(CLEARING_KINDS) & ~events["unfinished"].astype(bool)
    if not done.any():
        return Value(None)
    begun = int(events.loc[done, "start_ms"].min())
    return Value(round(ms_hours(begun - seen.origin_ms), DECIMALS))


OPENED, CLEARED = ("opened_ms", "open_state"), ("cleared_ms", "clear_state")
HAULED = ("hauled_ms", "haul_state")
MEASURES = (
    Measure("main_open_median", "h", 1, _rank(50, *OPENED, main_only=True)),
    Measure("main_open_last", "h", 1, _rank(100, *OPENED, main_only=True)),
    Measure("main_clean_last", "h", 1, _rank(100, *CLEARED, main_only=True)),
    Measure("all_open_median", "h", 1, _rank(50, *OPENED)),
    Measure("all_open_last", "h", 1, _rank(100, *OPENED)),
    Measure("all_clean_median", "h", 1, _rank(50, *CLEARED)),
    Measure("all_clean_last", "h", 1, _rank(100, *CLEARED)),
    Measure("hauled_median", "h", 1, _rank(50, *HAULED)),
    Measure("hauled_last", "h", 1, _rank(100, *HAULED)),
    Measure("windrow_stood", "t_h", 0, _windrow_stood),
    Measure("windrow_left", "t", 0, _windrow_left),
    Measure("main_blocked", "section_h", 0, _blocked(main_only=True)),
    Measure("blocked", "section_h", 0, _blocked()),
    Measure("reblocked", "section_h", 0, _reblocked),
    Measure("exposure", "mm_h", 0, _total("exposure")),
    Measure("hours", "machine_h", 0, _total("hours")),
    Measure("deicer_t", "t", 1, _total("deicer_t")),
    Measure("cost_cny", "cny", 0, _total("cost_cny")),
)
# What happened beside; reasons are drawn from these.
CIRCUMSTANCES = (
    Measure("deadhead_km", "km", 0, _total("deadhead_km")),
    Measure("passes", "times", 0, _passes),
    Measure("exposure_main", "mm_h", 0, _exposure(main_only=True)),
    Measure("exposure_rest", "mm_h", 0, _exposure(main_only=False)),
    Measure("hauled_t", "t", 0, _hauled_t),
)
FIRST_WORK, FIRST_CLEARING = "first_work", "first_clearing"
MAIN_CLEAN_MEDIAN = "main_clean_median"
BESIDE = (
    Measure(FIRST_WORK, "h", 1, _first_work),
    Measure(FIRST_CLEARING, "h", 1, _first_clearing),
    Measure(MAIN_CLEAN_MEDIAN, "h", 1, _rank(50, *CLEARED, main_only=True)),
)
BY_KEY = {measure.key: measure for measure in (*MEASURES, *CIRCUMSTANCES, *BESIDE)}
# The measures by which the plan means each phrase to be of use.
MEANT: dict[str, tuple[str, ...]] = {
    "act_on_snow": ("main_open_median", "main_open_last", "exposure"),
    "quick_response": ("main_open_median", "main_open_last", "exposure"),
    "clear_in_snow": ("exposure", "main_blocked"),
    "clear_at_night": ("all_open_median", "all_open_last", "all_clean_median", "all_clean_last"),
    "open_before_clean": ("all_open_last", "blocked"),
    "haul_while_clearing": ("windrow_stood", "windrow_left", "hauled_last"),
    "main_first": ("main_open_median", "main_open_last", "main_clean_last"),
    "keep_open": ("reblocked",),
}


class Place(NamedTuple):
    """The section that decides a measure of the last one."""

    section: str
    road: str
    road_class: str


@dataclass(frozen=True, slots=True)
class Figures:
    """All measures of one run, the sections that were last, and a digest of everything done."""

    values: dict[str, Value]
    last: dict[str, Place]
    digest: str
    snow_stops_ms: int | None = None


# Measures of the last section: the columns of its instant and its end, and the median beside it.
LAST = {
    "main_open_last": (*OPENED, True, "main_open_median"),
    "main_clean_last": (*CLEARED, True, MAIN_CLEAN_MEDIAN),
    "all_open_last": (*OPENED, False, "all_open_median"),
    "all_clean_last": (*CLEARED, False, "all_clean_median"),
    "hauled_last": (*HAULED, False, "hauled_median"),
}


def figures(seen: Seen, digest: str) -> Figures:
    """Every measure of a run."""
    values = {measure.key: measure.read(seen) for measure in BY_KEY.values()}
    places = {key: _last_place(seen, key) for key in LAST}
    last = {key: place for key, place in places.items() if place is not None}
    return Figures(values, last, digest, seen.summary["snow_stops_ms"])


def _last_place(seen: Seen, key: str) -> Place | None:
    """The section that came last; the first of them by id."""
    at, end, main_only, _ = LAST[key]
    rows = _needed(seen, end, main_only)
    if rows.empty:
        return None
    late = rows[end] == NOT_BY_HORIZON
    times = rows[at].where(~late, seen.horizon_ms).astype("int64")
    row = rows[times == times.max()].sort_values("section").iloc[0]
    return Place(str(row["section"]), str(row["road"]), str(row["road_class"]))
