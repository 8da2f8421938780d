"""Snow exposure: how much loose snow road users met for how long, weighted by the class of road."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd


def exposure_table(
    depth_hours: pd.DataFrame, roads: pd.DataFrame, weights: Mapping[str, float]
) -> pd.DataFrame:
    """section, exposure (mm·h): class weight × loose depth integrated over time.

    `depth_hours` has section and depth_mm_h; `roads` section and road_class; weights are by class.
    """
    of_class = roads.set_index("section")["road_class"].map(dict(weights))
    weight = of_class.reindex(depth_hours["section"]).to_numpy(dtype="float64")
    return pd.DataFrame(
        {
            "section": depth_hours["section"],
            "exposure": (depth_hours["depth_mm_h"] * weight).round(6),
        }
    )
