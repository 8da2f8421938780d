"""The questions of Mudanjiang's 48 h: what a run with as many trucks hauled, in the same terms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from snowplan.analysis.sanity_questions import Answer, Evidence
from snowplan.units import G_PER_KG, G_PER_T, MS_PER_DAY, hours_ms


def comparable(evidence: Evidence) -> bool:
    """Whether a run hired as many trucks as Mudanjiang; else nothing of it can be compared."""
    hauling = evidence.found.summary.get("hauling")
    figure = evidence.published.get("mudanjiang_trucks")
    if hauling is None or figure is None:
        return False
    return bool(hauling["trucks"] == figure.low)


def _unloaded(evidence: Evidence) -> pd.DataFrame:
    """Loads unloaded in as many hours after the snow as Mudanjiang hauled."""
    events, stops = evidence.record.events, evidence.storm.snow_stops_ms or 0
    end = stops + hours_ms(evidence.published["mudanjiang_h"].low)
    done = (events["kind"] == "unload") & ~events["unfinished"].astype(bool)
    return events[done & (events["end_ms"] > stops) & (events["end_ms"] <= end)]


def _figures(evidence: Evidence) -> dict[str, Any] | None:
    """Loads, m³ and what else the questions share; None where nothing was unloaded."""
    density = evidence.storm.hauled_kg_m3
    if not comparable(evidence) or density is None:
        return None
    rows, hauling = _unloaded(evidence), evidence.found.summary["hauling"]
    if rows.empty:
        return None
    return {
        "loads": len(rows),
        "m3": float(rows["amount_g"].sum()) / (density * G_PER_KG),
        "outside": int(hauling["loads"]) - len(rows),
        "trucks": hauling["trucks"],
        "loaders": hauling["loaders"],
        "hours": evidence.published["mudanjiang_h"].low,
        "daily": hauling["loads_per_truck_day"],
        "span_h": hauling["span_h"],
        "density": density,
        **_time_of_trucks(evidence),
    }


def _time_of_trucks(evidence: Evidence) -> dict[str, float]:
    """Shares of trucks' time off the yard: at gates, in line for a loader, on the way, at work."""
    groups = evidence.found.groups
    trucks = groups[groups["kind"] == "truck"]
    ms = {
        "gate": float(trucks["wait_gate_ms"].sum()),
        "line": float(trucks["wait_loader_ms"].sum()),
        "way": float((trucks["travel_ms"] + trucks["haul_ms"]).sum()),
        "idle": float(trucks["wait_work_ms"].sum()),
    }
    whole = sum(ms.values()) + float(trucks["work_ms"].sum())
    return {name: value / whole if whole else 0.0 for name, value in ms.items()}


def mudanjiang_truck_m3(evidence: Evidence) -> Answer | None:
    """m³ a load: the volume of the trucks, as far as they are full."""
    figures = _figures(evidence)
    return None if figures is None else _one(figures["m3"] / figures["loads"], figures)


def mudanjiang_loads(evidence: Evidence) -> Answer | None:
    """Loads in the hours after the snow."""
    figures = _figures(evidence)
    return None if figures is None else _one(figures["loads"], figures)


def mudanjiang_m3(evidence: Evidence) -> Answer | None:
    """m³ in the hours after the snow."""
    figures = _figures(evidence)
    return None if figures is None else _one(figures["m3"], figures)


def mudanjiang_loads_a_day(evidence: Evidence) -> Answer | None:
    """Loads a truck in 24 h."""
    figures = _figures(evidence)
    if figures is None:
        return None
    days = hours_ms(figures["hours"]) / MS_PER_DAY
    return _one(figures["loads"] / figures["trucks"] / days, {**figures, "days": days})


def mudanjiang_share(evidence: Evidence) -> Answer | None:
    """What was loaded ÷ what fell on the sections on which a windrow stood, sides included."""
    figures = _figures(evidence)
    hauling = evidence.found.summary.get("hauling")
    if figures is None or not hauling or not hauling["share_on_hauled"]:
        return None
    share = float(hauling["share_on_hauled"])
    values = {
        **figures,
        "share": share,
        "loaded": hauling["loaded_t"],
        "fallen": hauling["loaded_t"] / share,
        "m2": hauling["hauled_m2"] / G_PER_T,
    }
    return _one(share, values)


def _one(value: float, values: dict[str, Any]) -> Answer:
    return Answer(float(value), float(value), values)


HAULING_QUESTIONS: dict[str, Callable[[Evidence], Answer | None]] = {
    question.__name__: question
    for question in (
        mudanjiang_truck_m3, mudanjiang_loads, mudanjiang_m3, mudanjiang_loads_a_day,
        mudanjiang_share,
    )
}  # fmt: skip
