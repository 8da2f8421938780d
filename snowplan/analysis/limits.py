"""Limits after snow stops, and whether each section met them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from snowplan.analysis.duty import centre_sections
from snowplan.analysis.section_times import NOT_BY_HORIZON
from snowplan.clock import Clock
from snowplan.model.grades import Grade
from snowplan.model.plan import Limit
from snowplan.units import hours_ms, ms_hours

AFTER_SNOW = "after_snow"
BY_CLOCK = "by_clock"
_KINDS = {
    (AFTER_SNOW, AFTER_SNOW): AFTER_SNOW,
    (BY_CLOCK, AFTER_SNOW): "open_by_clock",
    (AFTER_SNOW, BY_CLOCK): "clear_by_clock",
    (BY_CLOCK, BY_CLOCK): "both_by_clock",
}


def limit_table(
    limits: Sequence[Limit],
    grade: Grade,
    snow_stops_ms: int | None,
    clock: Clock,
    hauling: bool = False,
) -> pd.DataFrame:
    """The limits of one storm, one row a road class; no rows when no snow fell.

    Columns: road_class, limit_open_ms, limit_open_h, open_kind, limit_clear_ms, limit_clear_h,
    clear_kind, limit_kind, limit_haul_ms, limit_haul_h (the last two missing without `hauling`).
    A local deadline (07:00) is the first one at or after the instant when snow stops; the earlier
    of it and the hours binds, and the kind says which (`after_snow`, `by_clock`). `_h` is hours
    after snow stops.
    """
    rows = []
    for limit in sorted(limits, key=lambda item: item.road_class):
        if limit.grade != grade.plan_grade or snow_stops_ms is None or grade == Grade.NONE:
            continue
        open_ms, open_kind = _stricter(limit.open_h, limit.open_by_minute, snow_stops_ms, clock)
        clear_ms, clear_kind = _stricter(limit.clear_h, limit.clear_by_minute, snow_stops_ms, clock)
        rows.append(
            {
                "road_class": limit.road_class.key,
                "limit_open_ms": open_ms,
                "limit_open_h": ms_hours(open_ms - snow_stops_ms),
                "open_kind": open_kind,
                "limit_clear_ms": clear_ms,
                "limit_clear_h": ms_hours(clear_ms - snow_stops_ms),
                "clear_kind": clear_kind,
                "limit_kind": _KINDS[open_kind, clear_kind],
                "limit_haul_ms": snow_stops_ms + hours_ms(limit.haul_h) if hauling else np.nan,
                "limit_haul_h": limit.haul_h if hauling else np.nan,
            }
        )
    return pd.DataFrame(
        {name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in _COLUMNS}
    )


_COLUMNS: tuple[tuple[str, Any], ...] = (
    ("road_class", object),
    ("limit_open_ms", "int64"),
    ("limit_open_h", "float64"),
    ("open_kind", object),
    ("limit_clear_ms", "int64"),
    ("limit_clear_h", "float64"),
    ("clear_kind", object),
    ("limit_kind", object),
    ("limit_haul_ms", "float64"),
    ("limit_haul_h", "float64"),
)


def _stricter(
    hours: float, by_minute: int | None, snow_stops_ms: int, clock: Clock
) -> tuple[int, str]:
    after_ms = snow_stops_ms + hours_ms(hours)
    if by_minute is None:
        return after_ms, AFTER_SNOW
    clock_ms = clock.next_minute_of_day_ms(by_minute, snow_stops_ms)
    return (clock_ms, BY_CLOCK) if clock_ms < after_ms else (after_ms, AFTER_SNOW)


def sections_table(
    roads: pd.DataFrame,
    times: pd.DataFrame,
    limits: pd.DataFrame,
    horizon_ms: int,
    work: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Facts, times, limits and whether they were met, one row a section, by id.

    `times` from `section_times`, `limits` from `limit_table`; `work` has section, passes, rounds,
    first_service_ms, exposure (missing: nothing was worked). Sections that the centre does not
    clear keep their facts and have neither times nor limits. `met_…` is missing where the limit
    lies after the horizon and the section is not there yet.
    """
    facts = roads[["section", "road", "road_class", "zone", "length_m", "area_m2"]]
    own = set(centre_sections(roads)["section"])
    frame = facts.merge(times[times["section"].isin(own)], how="left", on="section", validate="1:1")
    frame = frame.merge(limits, how="left", on="road_class", validate="m:1")
    frame = _with_work(frame, work)
    not_own = ~frame["section"].isin(own)
    frame.loc[not_own, [*(f"limit_{a}_{u}" for a in _LIMITED for u in ("ms", "h"))]] = np.nan
    frame.loc[not_own, "limit_kind"] = None
    frame["met_open"] = met(frame, "open_state", "opened_ms", "limit_open_ms", horizon_ms)
    frame["met_clear"] = met(frame, "clear_state", "cleared_ms", "limit_clear_ms", horizon_ms)
    for name in ("open_state", "clear_state", "limit_kind"):
        frame[name] = frame[name].astype(object).where(frame[name].notna(), None)
    return frame.sort_values("section", kind="stable", ignore_index=True)


_LIMITED = ("open", "clear", "haul")


def _with_work(frame: pd.DataFrame, work: pd.DataFrame | None) -> pd.DataFrame:
    names = ["section", "passes", "rounds", "first_service_ms", "exposure"]
    if work is None:
        work = pd.DataFrame({name: pd.Series([], dtype=object) for name in names})
    frame = frame.merge(work[names], how="left", on="section", validate="1:1")
    frame["passes"] = frame["passes"].astype("Int64").fillna(0)
    frame["rounds"] = frame["rounds"].astype("float64").fillna(0.0)
    frame["first_service_ms"] = frame["first_service_ms"].astype("Int64")
    frame["exposure"] = frame["exposure"].astype("float64")
    return frame


def met(
    frame: pd.DataFrame, state: str, at: str, limit: str, horizon_ms: int
) -> pd.arrays.BooleanArray:
    """Whether each section got there by its limit; missing where that is not known."""
    limit_ms = frame[limit].to_numpy(dtype=np.float64, na_value=np.nan)
    at_ms = frame[at].to_numpy(dtype=np.float64, na_value=np.nan)
    too_late = (frame[state] == NOT_BY_HORIZON).to_numpy() & (limit_ms <= horizon_ms)
    in_time = at_ms <= limit_ms
    known = ~np.isnan(limit_ms) & (~np.isnan(at_ms) | too_late)
    return pd.arrays.BooleanArray(in_time & known, ~known)
