"""What held the city back: the parts of its sections' times, weighted by area, by road class."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from snowplan.analysis.held_parts import PARTS, held_parts
from snowplan.model.roads import ROAD_CLASSES

DIGITS = 6


def held_shares(
    sections: pd.DataFrame, states: pd.DataFrame, events: pd.DataFrame, horizon_ms: int
) -> list[dict[str, Any]]:
    """Rows `{"road_class", "area_m2", "shares": {part: share}}` of the classes that are cleared.

    Frames as in the run folder. Shares of the time until clean for good (or the horizon), weighted
    by m²; they add up to 1, parts that did not occur are left out, and where nothing was ever
    other than clean there are none. `area_m2` is that of the sections that were other than clean.
    """
    return shares_of(held_parts(states, events, horizon_ms), sections)


def shares_of(parts: pd.DataFrame, sections: pd.DataFrame) -> list[dict[str, Any]]:
    """The same from the rows of `held_parts`."""
    facts = sections.set_index("section")
    areas = facts["area_m2"].reindex(parts["section"]).to_numpy(dtype=np.float64)
    classes = facts["road_class"].reindex(parts["section"]).to_numpy(dtype=object)
    lengths = (parts["end_ms"] - parts["start_ms"]).to_numpy(dtype=np.float64)
    weights = pd.Series(areas * lengths).groupby([classes, parts["part"].to_numpy(object)]).sum()
    held = facts.loc[parts["section"].unique()]
    rows = []
    cleared = set(sections["road_class"][sections["clear_state"].notna()])
    for name in (name for name in ROAD_CLASSES if name in cleared):
        own = held["area_m2"][held["road_class"] == name]
        found = {str(k): float(v) for k, v in weights[name].items()} if len(own) else {}
        rows.append({"road_class": name, "area_m2": float(own.sum()), "shares": _shares(found)})
    return rows


def shares_together(parts: pd.DataFrame, sections: pd.DataFrame) -> dict[str, float]:
    """Shares of all rows of `held_parts` together, weighted by m²."""
    areas = sections.set_index("section")["area_m2"].reindex(parts["section"]).to_numpy()
    weights = pd.Series((parts["end_ms"] - parts["start_ms"]).to_numpy() * areas)
    sums = weights.groupby(parts["part"].to_numpy(object)).sum()
    return _shares({str(part): float(weight) for part, weight in sums.items()})


def _shares(weights: dict[str, float]) -> dict[str, float]:
    """Weights as shares of 1 in the order of the parts; rounding goes to the largest."""
    total = sum(weights[part] for part in PARTS if part in weights)
    shares = {part: round(weights[part] / total, DIGITS) for part in PARTS if part in weights}
    if shares:
        largest = max(shares, key=lambda part: shares[part])
        rest = 1.0 - sum(share for part, share in shares.items() if part != largest)
        shares[largest] = round(rest, DIGITS)
    return shares
