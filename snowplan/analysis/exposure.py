"""Snow exposure: how much loose snow road users met for how long, weighted by the class of road."""

from __future__ import annotations

import pandas as pd

# Weights by class (A: assumed; traffic falls by about one step a class). A plan may give others.
CLASS_WEIGHTS = {"expressway": 5.0, "main": 4.0, "secondary": 3.0, "branch": 2.0, "lane": 1.0}


def exposure_table(
    depth_hours: pd.DataFrame, roads: pd.DataFrame, weights: dict[str, float] | None = None
) -> pd.DataFrame:
    """section, exposure (mm·h): class weight × loose depth integrated over time.

    `depth_hours` has section and depth_mm_h; `roads` section and road_class.
    """
    of_class = roads.set_index("section")["road_class"].map(weights or CLASS_WEIGHTS)
    weight = of_class.reindex(depth_hours["section"]).to_numpy(dtype="float64")
    return pd.DataFrame(
        {
            "section": depth_hours["section"],
            "exposure": (depth_hours["depth_mm_h"] * weight).round(6),
        }
    )
