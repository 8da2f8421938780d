"""What hauling and hand work came to: the parts `hauling` and `hand` of the summary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from snowplan.model.physics import Costs
from snowplan.results.tables import WAITS
from snowplan.units import G_PER_KG, G_PER_T, M_PER_KM, MS_PER_DAY, ms_hours

LOADING = ("loader", "blower")
ENGAGED = ("work_ms", "travel_ms", "haul_ms", "wait_loader_ms", "wait_gate_ms", "wait_dump_ms")
_SPAN = ("load_snow", "unload")


@dataclass(frozen=True, slots=True)
class Fallen:
    """Snow that lay or fell on all that the centre clears (g), and on which area (m²)."""

    grams: int
    area_m2: float


def hauling_totals(
    groups: pd.DataFrame,
    dumps: pd.DataFrame,
    events: pd.DataFrame,
    sections: pd.DataFrame,
    fallen: Fallen | None,
    hauled_kg_m3: float | None,
) -> dict[str, Any] | None:
    """`hauling` of `summary.json`; None where nobody hauls.

    A load is a truck unloaded; `m3` is as loose as in the trucks. Loads a truck a day count the
    days from the first loading to the last unloading, at least one. `share_of_fallen` is what was
    loaded of all snow; `share_on_hauled` of the snow of sections on which a windrow stood.
    """
    trucks = groups[groups["kind"] == "truck"]
    loaders = groups[groups["kind"].isin(LOADING)]
    if not len(trucks) and not len(loaders):
        return None
    work = events[events["kind"].isin(_SPAN) & ~events["unfinished"].astype(bool)]
    span_ms = int(work["end_ms"].max() - work["start_ms"].min()) if len(work) else 0
    loads, dumped_g = int(trucks["loads"].sum()), int(trucks["amount_g"].sum())
    loaded_g = int(loaders["amount_g"].sum())
    days = max(1.0, span_ms / MS_PER_DAY)
    density = None if hauled_kg_m3 is None else hauled_kg_m3 * G_PER_KG
    return {
        "trucks": len(trucks),
        "loaders": len(loaders),
        "loads": loads,
        "t": dumped_g / G_PER_T,
        "m3": None if density is None else round(dumped_g / density, 1),
        "loaded_t": loaded_g / G_PER_T,
        "in_trucks_t": (loaded_g - dumped_g) / G_PER_T,
        "loads_per_truck_day": round(loads / len(trucks) / days, 3) if len(trucks) else None,
        "span_h": round(ms_hours(span_ms), 3),
        **_shares(loaded_g, sections, fallen),
        "truck_waits_h": _waits(trucks),
        "loader_waits_h": _waits(loaders),
        "truck_early_h": _early_h(events, trucks),
        "loader_early_h": _early_h(events, loaders),
        "truck_km": round(float((trucks["empty_m"] + trucks["loaded_m"]).sum()) / M_PER_KM, 3),
        "truck_loaded_km": round(float(trucks["loaded_m"].sum()) / M_PER_KM, 3),
        "last_unloaded_ms": int(work["end_ms"].max()) if len(work) else None,
        "last_hauled_ms": _last(sections["hauled_ms"]),
        "dumps_full": [str(name) for name in dumps.loc[dumps["full_ms"].notna(), "dump_point"]],
        "no_dump_ms": _no_dump_ms(events),
    }


def _shares(loaded_g: int, sections: pd.DataFrame, fallen: Fallen | None) -> dict[str, Any]:
    """What was loaded ÷ what fell: everywhere, and on the sections that had a windrow."""
    if fallen is None or not fallen.grams or not fallen.area_m2:
        return {"share_of_fallen": None, "share_on_hauled": None, "hauled_m2": 0.0}
    had = sections[sections["haul_state"].isin(("hauled", "not_by_horizon"))]
    m2 = float((had["area_m2"] + had["cycle_m2"] + had["pavement_m2"]).sum())
    there_g = fallen.grams * m2 / fallen.area_m2
    return {
        "share_of_fallen": round(loaded_g / fallen.grams, 6),
        "share_on_hauled": round(loaded_g / there_g, 6) if there_g else None,
        "hauled_m2": round(m2, 1),
    }


def _waits(parties: pd.DataFrame) -> dict[str, float]:
    """Hours of waiting by cause, those that occur; want of a crew is none of them."""
    hours = {
        cause: round(ms_hours(int(parties[f"wait_{cause}_ms"].sum())), 3)
        for cause in WAITS
        if cause != "crew"
    }
    return {cause: value for cause, value in hours.items() if value}


def _early_h(events: pd.DataFrame, parties: pd.DataFrame) -> float:
    """Hours of waiting for want of work before anybody's first loading (all, where none began)."""
    idle = (events["kind"] == "wait") & (events["reason"] == "work")
    rows = events[idle & events["machine"].isin(parties["party"])]
    first = events.loc[events["kind"] == "load_snow", "start_ms"].min()
    ends = rows["end_ms"] if pd.isna(first) else rows["end_ms"].clip(upper=first)
    return round(ms_hours(int((ends - rows["start_ms"]).clip(lower=0).sum())), 3)


def _no_dump_ms(events: pd.DataFrame) -> int | None:
    """When a truck first held snow with de-icer that no dump point takes."""
    refused = events[(events["kind"] == "refuse") & (events["reason"] == "dump")]
    told = refused.loc[refused["dump_point"].isna(), "start_ms"]
    return int(told.min()) if len(told) else None


def _last(times: pd.Series) -> int | None:
    return int(times.max()) if times.notna().any() else None


def hand_totals(groups: pd.DataFrame, events: pd.DataFrame) -> dict[str, Any] | None:
    """`hand` of `summary.json`; None where nobody works by hand and nobody answers for a frontage.

    Worker hours are hours on the way and at work × workers; waiting is not counted.
    """
    squads = groups[groups["kind"] == "squad"]
    fronts = events[(events["kind"] == "frontage_clear") & events["reason"].isna()]
    if not len(squads) and not len(fronts):
        return None
    thrown = events[(events["kind"] == "frontage_clear") & (events["reason"] == "thrown_back")]
    busy = (squads["work_ms"] + squads["travel_ms"]) * squads["people"]
    out = squads[squads["work_ms"] > 0]
    return {
        "squads": len(squads),
        "workers": int(squads["people"].sum()),
        "workers_at_work": int(out["people"].sum()),
        "worker_hours": round(ms_hours(int(busy.sum())), 3),
        "m2": round(float(squads["area_m2"].sum()), 1),
        "t": int(squads["amount_g"].sum()) / G_PER_T,
        "frontages": len(fronts),
        "frontage_t": int(fronts["amount_g"].sum()) / G_PER_T,
        "thrown_back_t": int(thrown["amount_g"].sum()) / G_PER_T,
    }


def group_costs(groups: pd.DataFrame, costs: Costs) -> dict[str, float]:
    """Hours and yuan of trucks and squads (loaders and blowers count among the machines).

    A truck is paid for, with its driver, from its first drive on as long as it drives, loads,
    unloads or stands in line; a worker for the way and the work.
    """
    truck_h, driver_h = engaged_hours(groups)
    squads = groups[groups["kind"] == "squad"]
    worker_h = ms_hours(int(((squads["work_ms"] + squads["travel_ms"]) * squads["people"]).sum()))
    hire = truck_h * costs.machine_per_h.get("truck", 0.0)
    return {
        "truck_h": truck_h,
        "cny": hire + driver_h * costs.operator_per_h + worker_h * costs.worker_per_h,
    }


def engaged_hours(groups: pd.DataFrame) -> tuple[float, float]:
    """Hours for which trucks, and their drivers, are paid."""
    trucks = groups[groups["kind"] == "truck"]
    engaged = sum((trucks[name] for name in ENGAGED), start=pd.Series(0, index=trucks.index))
    return ms_hours(int(engaged.sum())), ms_hours(int((engaged * trucks["people"]).sum()))


def with_groups(totals: Mapping[str, float], groups: pd.DataFrame, costs: Costs) -> dict[str, Any]:
    """Totals of the fleet with the hours and the money of trucks and squads added."""
    more = group_costs(groups, costs)
    return {
        **totals,
        "hours": round(totals["hours"] + more["truck_h"], 3),
        "cost_cny": round(totals["cost_cny"] + more["cny"], 2),
    }
