"""Windrows, cycle lanes and pavements in sections and timeline, by hand."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd

from snowplan.analysis.beside import Beside, with_hauling, with_sides
from snowplan.analysis.timeline import timeline
from snowplan.clock import Clock
from snowplan.results.tables import TIMELINE
from snowplan.units import MS_PER_H, MS_PER_MIN

H, M = MS_PER_H, MS_PER_MIN
ROADS = pd.DataFrame(
    [
        ("a", "main", "east", 600.0, "centre"),
        ("b", "main", "east", 400.0, "centre"),
        ("c", "main", "east", 100.0, "centre"),
        ("x", "main", "east", 100.0, "province"),
    ],
    columns=["section", "road_class", "zone", "area_m2", "operator"],
)
AREAS = pd.DataFrame(
    [
        ("a", "forward", "pavement", 60.0),
        ("a", "backward", "frontage", 30.0),
        ("a", "forward", "cycle_lane", 10.0),
        ("b", "forward", "pavement", 40.0),
    ],
    columns=["section", "direction", "part", "m2"],
)
SIDES = pd.DataFrame(
    [
        ("a", "cycle_lane", 0, "clean"),
        ("a", "pavement", 0, "clean"),
        ("a", "pavement", 5 * M, "open"),
        ("a", "pavement", 25 * M, "clean"),
        ("b", "pavement", 0, "blocked"),
    ],
    columns=["section", "part", "t_ms", "state"],
)
WINDROWS = pd.DataFrame(
    [
        ("a", 5 * M, 3_000_000, True),
        ("b", 10 * M, 1_000_000, True),
        ("a", 21 * M, -2_900_000, False),
    ],
    columns=["section", "t_ms", "change_g", "stands"],
)
NOTHING = Beside.nothing()
CLEAN = pd.DataFrame(
    [
        ("a", "pavement", 0, 6_000),
        ("a", "pavement", 0, 3_000),
        ("a", "cycle_lane", 0, 1_000),
        ("b", "pavement", 0, 4_000),
        ("b", "pavement", 0, -4_000),
        ("a", "pavement", 5 * M, -6_000),
        ("a", "pavement", 15 * M, -3_000),
        ("a", "pavement", 18 * M, 3_000),
        ("a", "pavement", 25 * M, 6_000),
    ],
    columns=["section", "part", "t_ms", "change_dm2"],
)
BESIDE = Beside(SIDES, CLEAN, AREAS, WINDROWS, NOTHING.parties, NOTHING.dumps)


def plain(values: pd.Series) -> list[object]:
    """Values with None where they are missing."""
    return [None if pd.isna(value) else value for value in values]


def test_hauled_or_not_needed() -> None:
    """a was hauled at 21 min, in time; b's windrow stands; c never had one; x is not ours."""
    sections = ROADS.assign(
        hauled_ms=pd.array([21 * M, None, None, None], dtype="Int64"),
        limit_haul_ms=[30.0 * M, 30.0 * M, 30.0 * M, np.nan],
    )
    found = with_hauling(sections, ROADS, WINDROWS, 1 * H)
    assert plain(found["haul_state"]) == ["hauled", "not_by_horizon", "not_needed", None]
    assert plain(found["met_haul"]) == [True, False, None, None]


def test_sides_of_sections() -> None:
    """a's pavement (60 + 30 m²) is clean for good at 25 min, b's never; c has none."""
    found = with_sides(ROADS, BESIDE, 1 * H, 20 * M, 0.25)
    assert found["pavement_m2"].tolist() == [90.0, 40.0, 0.0, 0.0]
    assert found["cycle_m2"].tolist() == [10.0, 0.0, 0.0, 0.0]
    assert plain(found["pavement_state"]) == ["cleared", "not_by_horizon", None, None]
    assert plain(found["pavement_cleared_ms"]) == [25 * M, None, None, None]
    assert plain(found["met_pavement"]) == [False, False, None, None]
    assert plain(found["cycle_state"]) == ["never_blocked", None, None, None]
    assert plain(found["met_cycle"]) == [True, None, None, None]
    assert plain(found["limit_side_h"]) == [0.25, 0.25, None, None]


def test_without_a_limit_nothing_is_judged() -> None:
    """No limit: states and times as before, no verdict."""
    found = with_sides(ROADS, BESIDE, 1 * H, None, None)
    assert plain(found["pavement_state"]) == ["cleared", "not_by_horizon", None, None]
    assert found["limit_side_h"].isna().all()
    assert found["met_pavement"].isna().all()


def test_the_timeline_counts_what_lies_beside() -> None:
    """By hand at 0, 10, 20 and 30 minutes: tonnes standing, areas clean, sections hauled.

    a is hauled from 22 min on; at 20 min a's frontage alone is clean again (30 of 90 m²), and at
    10 min still; the province's section counts nowhere.
    """
    rows = [("a", 0, "clean"), ("a", 22 * M, "hauled"), ("b", 0, "clean"), ("c", 0, "open")]
    states = pd.DataFrame(rows, columns=["section", "t_ms", "state"])
    clock = Clock(datetime(2026, 1, 16, 17, 0))  # noqa: DTZ001 - a scenario's start is local
    found = timeline(states, ROADS, clock, 35 * M, beside=BESIDE)
    assert TIMELINE.faults(found) == []
    assert found["t_ms"].tolist() == [0, 10 * M, 20 * M, 30 * M]
    assert found["windrow_t"].tolist() == [0.0, 4.0, 4.0, 1.1]
    assert found["pavement_m2"].tolist() == [130.0] * 4
    assert found["pavement_clean_m2"].tolist() == [90.0, 30.0, 30.0, 90.0]
    assert found["cycle_clean_m2"].tolist() == [10.0] * 4
    assert found["hauled"].tolist() == [0, 0, 0, 1]
    assert found["clean"].tolist() == [2, 2, 2, 2]
