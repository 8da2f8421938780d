"""Measures of a run by hand: four sections, two of them main roads, one never open."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from snowplan.analysis.phrases import BY_KEY, MEANT, Seen, Value, blocked_hours, figures
from snowplan.model.plan import PHRASES_ZH
from snowplan.units import MS_PER_H

H = MS_PER_H
STATES = pd.DataFrame(
    [
        ("a", 0, "clean"), ("a", 2 * H, "blocked"), ("a", 5 * H, "open"), ("a", 8 * H, "clean"),
        ("b", 0, "clean"), ("b", 3 * H, "open"), ("b", 9 * H, "clean"),
        ("c", 0, "clean"), ("c", 4 * H, "blocked"), ("c", 6 * H, "open"),
        ("d", 0, "blocked"),
    ],
    columns=["section", "t_ms", "state"],
)  # fmt: skip
SECTIONS = pd.DataFrame(
    {
        "section": ["a", "b", "c", "d"],
        "road": ["A", "B", "C", "D"],
        "road_class": ["main", "main", "branch", "branch"],
        "passes": pd.array([3, 1, 2, 0], dtype="Int64"),
        "first_service_ms": pd.array([4 * H, 7 * H, 5 * H, None], dtype="Int64"),
        "open_state": ["opened", "never_blocked", "opened", "not_by_horizon"],
        "opened_ms": pd.array([5 * H, 0, 6 * H, None], dtype="Int64"),
        "clear_state": ["cleared", "cleared", "not_by_horizon", "not_by_horizon"],
        "cleared_ms": pd.array([8 * H, 9 * H, None, None], dtype="Int64"),
        "exposure": [10.0, 5.0, 7.0, 20.0],
    }
)
EVENTS = pd.DataFrame(
    {
        "kind": ["spread", "plough", "plough", "sweep", "unload", "unload"],
        "section": ["a", "c", "a", "a", None, None],
        "start_ms": [0, 4 * H, 3 * H, 7 * H, 9 * H, 10 * H],
        "end_ms": [H, 5 * H, 4 * H, 8 * H, 9 * H, 10 * H],
        "unfinished": [False, False, False, False, False, True],
        "amount_g": pd.array([1, None, None, None, 8_000_000, 9_000_000], dtype="Int64"),
    }
)
WINDROWS = pd.DataFrame(
    {"section": ["a", "a", "c"], "t_ms": [4 * H, 10 * H, 6 * H],
     "change_g": [5_000_000, -4_000_000, 2_000_000]}
)  # fmt: skip
SUMMARY = {
    "exposure": 42.0, "hours": 12.5, "deicer_t": 1.25, "cost_cny": 900.0, "deadhead_km": 3.0,
    "km": 9.0, "snow_stops_ms": 6 * H,
}  # fmt: skip


def seen(sections: pd.DataFrame = SECTIONS, windrows: pd.DataFrame = WINDROWS) -> Seen:
    """The run: snow stops at 6 h, the horizon is 12 h."""
    return Seen(sections, STATES, EVENTS, windrows, SUMMARY, origin_ms=6 * H, horizon_ms=12 * H)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        # Main roads a, b open for good at 5 h and 0 h: ranks 1 and 2 of two are 0 and 5.
        ("main_open_median", Value(-6.0)),
        ("main_open_last", Value(-1.0)),
        ("main_clean_last", Value(3.0)),
        # All: 0, 5, 6 and (d) not by 12 h; the second of four is 5 h, the last the horizon.
        ("all_open_median", Value(-1.0, False, 1)),
        ("all_open_last", Value(6.0, True, 1)),
        # All clean: 8, 9 and twice not: the second of four is 9 h.
        ("all_clean_median", Value(3.0, False, 2)),
        ("all_clean_last", Value(6.0, True, 2)),
        # Blocked: a 2 to 5, c 4 to 6, d 0 to 12.
        ("main_blocked", Value(3.0)),
        ("blocked", Value(17.0)),
        # After the first finished clearing pass: a from 4 (1 h), c from 5 (1 h), d never worked.
        ("reblocked", Value(2.0)),
        ("exposure", Value(42.0)),
        ("exposure_main", Value(15.0)),
        ("exposure_rest", Value(27.0)),
        ("passes", Value(6.0)),
        ("first_work", Value(-2.0)),
        ("first_clearing", Value(-3.0)),  # the plough on a, from 3 h
        ("deicer_t", Value(1.25)),
        ("hauled_t", Value(8.0)),
        ("hauled_last", Value(None)),
        # Windrows: 5 t from 4 to 10 h, 1 t from 10 to 12 h, 2 t from 6 to 12 h.
        ("windrow_stood", Value(30.0 + 2.0 + 12.0)),
        ("windrow_left", Value(3.0)),
    ],
)
def test_measures_by_hand(key: str, value: Value) -> None:
    """Each figure as reckoned beside it; hours count from the end of snow at 6 h."""
    assert BY_KEY[key].read(seen()) == value


def test_hauling_counts_only_sections_with_a_windrow() -> None:
    """Of a (7 h), c (11 h) and b without a windrow the median is 7 h and the last 11 h."""
    sections = SECTIONS.assign(
        haul_state=["hauled", "not_needed", "hauled", "not_needed"],
        hauled_ms=pd.array([7 * H, None, 11 * H, None], dtype="Int64"),
    )
    assert BY_KEY["hauled_median"].read(seen(sections)) == Value(1.0)
    assert BY_KEY["hauled_last"].read(seen(sections)) == Value(5.0)


@pytest.mark.parametrize(("hauling", "amount"), [(None, None), ({"trucks": 2}, 0.0)])
def test_nothing_hauled_is_zero_where_trucks_exist(
    hauling: dict[str, int] | None, amount: float | None
) -> None:
    """No load unloaded and no change at any kerb: 0 t where trucks stood by, else unknown."""
    whole = seen(windrows=WINDROWS.head(0))
    idle = replace(whole, events=EVENTS.head(4), summary={**SUMMARY, "hauling": hauling})
    for key in ("hauled_t", "windrow_stood", "windrow_left"):
        assert BY_KEY[key].read(idle) == Value(amount)


def test_a_town_without_main_roads_has_no_such_figure() -> None:
    """The measures of main roads are unknown there, not zero."""
    branches = SECTIONS[SECTIONS["road_class"] == "branch"]
    for key in ("main_open_last", "main_blocked", "exposure_main"):
        assert BY_KEY[key].read(seen(branches)) == Value(None)


def test_the_last_section_is_named() -> None:
    """d is the last to open; c and d are both not clean, c first by id; hauling names none."""
    found = figures(seen(), "digest").last
    assert found["all_open_last"].section == "d"
    assert found["all_clean_last"] == ("c", "C", "branch")
    assert "hauled_last" not in found


def test_a_spell_that_began_before_counts_from_the_instant_on() -> None:
    """a is blocked from 2 to 5 h: 3 h in all, 1.5 h from 3.5 h, nothing from 5 h on."""
    one = STATES[STATES["section"] == "a"]
    for since, hours in ((0, 3.0), (3.5, 1.5), (5, 0.0)):
        found = blocked_hours(one, 12 * H, pd.Series({"a": since * H}))
        assert found["a"] == pytest.approx(hours)


def test_every_phrase_says_what_it_is_meant_for() -> None:
    """All eight of the plan, each by measures that exist."""
    assert set(MEANT) == set(PHRASES_ZH)
    assert all(keys and set(keys) <= set(BY_KEY) for keys in MEANT.values())
