"""The summary of a run: opened and cleared by class, and what the fleet did."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from snowplan.analysis.beside import NOT_NEEDED
from snowplan.analysis.duty import centre_sections, classes_in_order
from snowplan.analysis.limits import AFTER_SNOW, BY_CLOCK
from snowplan.analysis.section_times import NEVER_BLOCKED, NOT_BY_HORIZON
from snowplan.model.fleet import MachineType
from snowplan.model.physics import Costs
from snowplan.units import G_PER_T, M_PER_KM, ms_hours

_ASPECTS = (
    ("opened", "open_state", "opened_ms", "limit_open_h", "met_open", "open_by_clock"),
    ("cleared", "clear_state", "cleared_ms", "limit_clear_h", "met_clear", "clear_by_clock"),
)
_BESIDE = (
    ("hauled", "haul_state", "hauled_ms", "limit_haul_h", "met_haul", ""),
    ("cycle_lane", "cycle_state", "cycle_cleared_ms", "limit_side_h", "met_cycle", ""),
    ("pavement", "pavement_state", "pavement_cleared_ms", "limit_side_h", "met_pavement", ""),
)


def nearest_rank(ordered: Sequence[int], percent: int) -> int | None:
    """The ⌈percent · n / 100⌉-th value of a sorted sequence; None when it is empty.

    Nearest rank: always a time that occurred, never a mean of two.
    """
    if not ordered:
        return None
    return int(ordered[max(math.ceil(percent * len(ordered) / 100), 1) - 1])


def class_summary(sections: pd.DataFrame, roads: pd.DataFrame) -> dict[str, Any]:
    """`classes` of `summary.json`: by road class opened and cleared, and what lies beside.

    `hauled` is about the sections on which a windrow stood, `cycle_lane` and `pavement` about those
    that have one; an aspect without any section is left out.

    `n` counts the sections that the centre clears; percentiles are over the `timed` ones, which are
    neither never_blocked nor not_by_horizon. `met` says whether all met their limit: null where
    there is no limit, or where it lies beyond the horizon with sections still to come.
    """
    own = sections[sections["section"].isin(centre_sections(roads)["section"])]
    result: dict[str, Any] = {}
    for road_class in classes_in_order(own["road_class"]):
        rows = own[own["road_class"] == road_class]
        result[road_class] = {aspect[0]: _one(rows, *aspect[1:]) for aspect in _ASPECTS}
        for name, state, *more in _BESIDE:
            some = rows[rows[state].notna() & (rows[state] != NOT_NEEDED)]
            if len(some):
                result[road_class][name] = _one(some, state, *more)
    return result


def _one(
    rows: pd.DataFrame, state: str, at: str, limit: str, met: str, clock_kind: str
) -> dict[str, Any]:
    never = rows[state] == NEVER_BLOCKED
    late = rows[state] == NOT_BY_HORIZON
    times = sorted(int(value) for value in rows.loc[~never & ~late, at])
    limit_h = rows[limit].iloc[0]
    kind = rows["limit_kind"].iloc[0]
    by_clock = bool(clock_kind) and kind in (clock_kind, "both_by_clock")
    return {
        "n": len(rows),
        "never_blocked": int(never.sum()),
        "not_by_horizon": int(late.sum()),
        "timed": len(times),
        "median_ms": nearest_rank(times, 50),
        "p95_ms": nearest_rank(times, 95),
        "last_ms": times[-1] if times else None,
        "limit_h": None if pd.isna(limit_h) else float(limit_h),
        "limit_kind": None if pd.isna(limit_h) else BY_CLOCK if by_clock else AFTER_SNOW,
        "met": _all_met(rows[met]),
    }


def _all_met(met: pd.Series) -> bool | None:
    """False if any failed, None if any is undecided, else True."""
    if (met == False).any():  # noqa: E712 - a nullable column; `not` has no meaning on it
        return False
    return None if met.isna().any() else True


def fleet_totals(
    machines: pd.DataFrame,
    types: Sequence[MachineType],
    costs: Costs,
    deicer_g: Mapping[str, int],
) -> dict[str, float]:
    """Tonnes, kilometres, hours, litres and yuan over the fleet.

    `machines` as `machines.parquet`; `deicer_g` is the grams spread by product. `hours` is time
    at work or under way (working, driving, loading); fuel, crews and machines are paid for it.
    """
    kinds = {item.kind: item for item in types}
    hours = machines["work_ms"] + machines["travel_ms"] + machines["load_ms"]
    by_kind = hours.groupby(machines["kind"], sort=True).sum()
    fuel_l = sum(ms_hours(int(ms)) * kinds[str(kind)].fuel_l_per_h for kind, ms in by_kind.items())
    crew_h = operator_hours(machines, types)
    hire = sum(
        ms_hours(int(ms)) * costs.machine_per_h.get(str(kind), 0.0) for kind, ms in by_kind.items()
    )
    salt = sum(
        grams / G_PER_T * costs.deicer_per_t.get(product, 0.0)
        for product, grams in sorted(deicer_g.items())
    )
    money = fuel_l * costs.fuel_per_l + crew_h * costs.operator_per_h + hire + salt
    worked_m, deadhead_m = float(machines["worked_m"].sum()), float(machines["deadhead_m"].sum())
    return {
        "deicer_t": sum(deicer_g.values()) / G_PER_T,
        "km": round((worked_m + deadhead_m) / M_PER_KM, 3),
        "deadhead_km": round(deadhead_m / M_PER_KM, 3),
        "hours": round(ms_hours(int(hours.sum())), 3),
        "fuel_l": round(fuel_l, 1),
        "cost_cny": round(money, 2),
    }


def operator_hours(machines: pd.DataFrame, types: Sequence[MachineType]) -> float:
    """Operators' hours at work or under way; `machines` has kind, work_ms, travel_ms, load_ms."""
    crews = {item.kind: item.crew_size for item in types}
    hours = machines["work_ms"] + machines["travel_ms"] + machines["load_ms"]
    by_kind = hours.groupby(machines["kind"], sort=True).sum()
    return sum(ms_hours(int(ms)) * crews[str(kind)] for kind, ms in by_kind.items())


def summary(
    sections: pd.DataFrame,
    roads: pd.DataFrame,
    totals: Mapping[str, Any],
    facts: Mapping[str, Any],
) -> dict[str, Any]:
    """`summary.json`: classes, exposure, totals of the fleet, then whatever else is to be stated.

    `facts` holds what identifies the storm: grade, snow_stops_ms, horizon_ms, notes and the like.
    """
    exposure = sections["exposure"].dropna()
    return {
        **facts,
        "classes": class_summary(sections, roads),
        "exposure": round(float(exposure.sum()), 3),
        **totals,
    }
