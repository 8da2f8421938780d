"""Which sections count: those that the centre has to clear."""

from __future__ import annotations

import pandas as pd

from snowplan.model.roads import CENTRE_OPERATOR, ROAD_CLASSES


def centre_sections(roads: pd.DataFrame) -> pd.DataFrame:
    """The rows of `roads` that the centre clears: its own, and not `closed` if that is a column."""
    own = roads["operator"] == CENTRE_OPERATOR
    if "closed" in roads.columns:
        own &= ~roads["closed"].astype(bool)
    return roads[own]


def classes_in_order(values: pd.Series) -> list[str]:
    """The road classes that occur, in the order of 先主后次."""
    present = set(values)
    return [key for key in ROAD_CLASSES if key in present]
