"""The timeline against a hand-worked town and against counting at every instant."""

from __future__ import annotations

import pandas as pd
import pytest

from snowplan.analysis.timeline import timeline
from snowplan.results.tables import TIMELINE
from snowplan.units import MS_PER_H, MS_PER_MIN
from tests.results.synthetic import CLOCK, HORIZON_MS, grid_roads, random_states


def _roads() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "section": ["a", "b", "c", "x"],
            "road_class": ["main", "main", "branch", "main"],
            "zone": ["east", "east", "east", "east"],
            "area_m2": [100.25, 200.5, 50.0, 999.0],
            "operator": ["centre", "centre", "centre", "province"],
        }
    )


def _states() -> pd.DataFrame:
    m = MS_PER_MIN
    rows = [
        ("a", 0, "clean"),
        ("a", 5 * m, "blocked"),
        ("a", 20 * m, "open"),
        ("b", 0, "open"),
        ("b", 10 * m, "clean"),
        ("c", 0, "blocked"),
        ("x", 0, "clean"),
    ]
    return pd.DataFrame(rows, columns=["section", "t_ms", "state"])


def test_a_town_by_hand() -> None:
    """Three sections over 30 minutes, every row written out; a crossing at a step counts at it."""
    frame = timeline(_states(), _roads(), CLOCK, 30 * MS_PER_MIN)
    main = frame[frame["road_class"] == "main"]
    columns = [
        "t_ms",
        "local_time",
        "sections",
        "opened",
        "clean",
        "area_m2",
        "opened_m2",
        "clean_m2",
    ]
    assert main[columns].to_numpy().tolist() == [
        [0, "2026-01-16 17:00", 2, 2, 1, 300.75, 300.75, 100.25],
        [600_000, "2026-01-16 17:10", 2, 1, 1, 300.75, 200.5, 200.5],
        [1_200_000, "2026-01-16 17:20", 2, 2, 1, 300.75, 300.75, 200.5],
        [1_800_000, "2026-01-16 17:30", 2, 2, 1, 300.75, 300.75, 200.5],
    ]
    branch = frame[frame["road_class"] == "branch"]
    assert branch[["sections", "opened", "clean"]].to_numpy().tolist() == [[1, 0, 0]] * 4
    assert frame["road_class"].tolist()[:2] == ["main", "branch"]
    assert TIMELINE.faults(frame) == []


def test_it_agrees_with_asking_every_section_at_every_step() -> None:
    """A second way: look up each section's state at each step and count in plain Python."""
    roads = grid_roads(7)
    states = random_states(roads, 11)
    frame = timeline(states, roads, CLOCK, HORIZON_MS, step_min=60)
    assert TIMELINE.faults(frame) == []
    stories = dict(list(states.groupby("section")))
    own = roads[roads["operator"] == "centre"]
    for row in frame.itertuples():
        here = own[(own["zone"] == row.zone) & (own["road_class"] == row.road_class)]
        opened, clean, opened_m2 = 0, 0, 0.0
        for section, area in zip(here["section"], here["area_m2"], strict=True):
            story = stories[section]
            state = story[story["t_ms"] <= row.t_ms]["state"].iloc[-1]
            clean += state == "clean"
            opened += state in ("open", "clean")
            opened_m2 += area if state in ("open", "clean") else 0.0
        assert (row.sections, row.opened, row.clean) == (len(here), opened, clean)
        assert row.opened_m2 == pytest.approx(opened_m2, abs=1e-6)
    assert frame["t_ms"].max() == 36 * MS_PER_H


def test_rows_of_roads_may_come_in_any_order() -> None:
    """Shuffling the facts changes nothing."""
    roads = grid_roads(6)
    states = random_states(roads, 3)
    shuffled = roads.sample(frac=1.0, random_state=1)
    pd.testing.assert_frame_equal(
        timeline(states, roads, CLOCK, HORIZON_MS), timeline(states, shuffled, CLOCK, HORIZON_MS)
    )


def test_closed_sections_do_not_count() -> None:
    """A `closed` column takes sections out of the duty."""
    roads = _roads().assign(closed=[False, True, False, False])
    frame = timeline(_states(), roads, CLOCK, 30 * MS_PER_MIN)
    assert frame.loc[frame["road_class"] == "main", "sections"].tolist() == [1] * 4


def test_a_section_without_states_is_refused() -> None:
    """Every section of the centre must have been followed."""
    with pytest.raises(ValueError, match="section c has no row; expected one at 0"):
        timeline(_states()[lambda f: f["section"] != "c"], _roads(), CLOCK, 30 * MS_PER_MIN)
