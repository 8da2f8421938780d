"""Section times against stories worked by hand and against a slow second way."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from snowplan.analysis.section_times import section_times

HORIZON = 1000


def _states(stories: dict[str, list[tuple[int, str]]]) -> pd.DataFrame:
    rows = [(name, t, state) for name in sorted(stories) for t, state in stories[name]]
    return pd.DataFrame(rows, columns=["section", "t_ms", "state"]).astype({"t_ms": "int64"})


def _one(*story: tuple[int, str]) -> tuple[object, ...]:
    row = section_times(_states({"a": list(story)}), HORIZON).iloc[0]
    return tuple(None if pd.isna(value) else value for value in row[1:])


def test_a_road_that_snow_never_blocks() -> None:
    """Clean, then snowy but passable, then clean: passable from 0, clean for good at 700."""
    story = ((0, "clean"), (300, "open"), (700, "clean"))
    assert _one(*story) == (0, "never_blocked", 0, "cleared", 700, None)


def test_a_road_that_is_always_clean() -> None:
    """One row says that nothing happened."""
    assert _one((0, "clean")) == (0, "never_blocked", 0, "never_blocked", 0, None)


def test_a_road_that_is_blocked_again_counts_from_its_last_opening() -> None:
    """First opened at 400, blocked again at 500, open for good from 600."""
    story = ((0, "open"), (100, "blocked"), (400, "open"), (500, "blocked"), (600, "clean"))
    assert _one(*story) == (400, "opened", 600, "cleared", 600, None)


def test_a_road_that_ends_blocked_has_no_time() -> None:
    """It was opened once, at 400, but not for good."""
    story = ((0, "blocked"), (400, "clean"), (999, "blocked"))
    assert _one(*story) == (400, "not_by_horizon", None, "not_by_horizon", None, None)


def test_a_road_that_nobody_reaches() -> None:
    """Blocked from the start to the horizon: no instants at all."""
    assert _one((0, "blocked")) == (None, "not_by_horizon", None, "not_by_horizon", None, None)


def test_a_hauled_road_is_clean_too() -> None:
    """Hauling away the windrow does not end the clean spell."""
    story = ((0, "blocked"), (10, "clean"), (20, "hauled"))
    assert _one(*story) == (10, "opened", 10, "cleared", 10, 20)


def test_no_sections_give_no_rows() -> None:
    """An empty frame keeps its columns."""
    times = section_times(_states({}), HORIZON)
    assert len(times) == 0
    assert list(times.columns[:2]) == ["section", "first_opened_ms"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("a", 5, "open")], "section a begins after 0"),
        ([("a", 0, "open"), ("a", 0, "clean")], "t_ms does not rise"),
        ([("a", 0, "open"), ("b", 0, "open"), ("a", 5, "clean")], "rows stand apart"),
        ([("a", 0, "open"), ("a", 1000, "clean")], "not before the horizon 1000"),
        ([("a", 0, "opne")], "found .*opne.*; expected blocked, open, clean"),
        ([("a", 0, None)], "found a missing state"),
    ],
)
def test_states_that_break_the_contract_are_refused(
    rows: list[tuple[str, int, str]], words: str
) -> None:
    """Each broken promise of `states` has its own message."""
    with pytest.raises(ValueError, match=words):
        section_times(pd.DataFrame(rows, columns=["section", "t_ms", "state"]), HORIZON)


STORY = st.lists(st.sampled_from(["blocked", "open", "clean", "hauled"]), min_size=40, max_size=40)


@given(st.lists(STORY, min_size=1, max_size=6))
def test_it_agrees_with_walking_back_from_the_horizon(days: list[list[str]]) -> None:
    """A second way: the state of every instant is known; walk back while it is good enough."""
    stories = {}
    for number, day in enumerate(days):
        crossings = [(t, s) for t, s in enumerate(day) if t == 0 or day[t - 1] != s]
        stories[f"s{number}"] = crossings
    times = section_times(_states(stories), len(days[0]))
    for number, day in enumerate(days):
        row = times.iloc[number]
        for good, at in (
            (("open", "clean", "hauled"), row["opened_ms"]),
            (("clean", "hauled"), row["cleared_ms"]),
            (("hauled",), row["hauled_ms"]),
        ):
            begin = len(day)
            while begin > 0 and day[begin - 1] in good:
                begin -= 1
            assert (None if pd.isna(at) else at) == (None if begin == len(day) else begin)
        blocked = [t for t, state in enumerate(day) if state == "blocked"]
        first = next(
            (t for t in range(len(day)) if blocked and t > blocked[0] and day[t] != "blocked"), None
        )
        expected = first if blocked else 0
        assert (None if pd.isna(row["first_opened_ms"]) else row["first_opened_ms"]) == expected
