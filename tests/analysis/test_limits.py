"""Limits: the stricter of hours and local deadline, worked by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from snowplan.analysis.limits import limit_table, sections_table
from snowplan.analysis.section_times import section_times
from snowplan.model.grades import Grade
from snowplan.model.plan import Limit
from snowplan.model.roads import RoadClass
from snowplan.units import MS_PER_H
from tests.results.synthetic import CLOCK

H = MS_PER_H
SEVEN = 7 * 60
LIMITS = (
    Limit(RoadClass.SECONDARY, Grade.HEAVY, 24, 24, 48),
    Limit(RoadClass.MAIN, Grade.HEAVY, 12, 24, 48, open_by_minute=SEVEN),
    Limit(RoadClass.MAIN, Grade.LIGHT, 4, 8, 12, open_by_minute=SEVEN, clear_by_minute=SEVEN),
    Limit(RoadClass.BRANCH, Grade.HEAVY, 24, 30, 48, clear_by_minute=SEVEN),
)


def test_the_stricter_binds_and_says_so() -> None:
    """Snow stops at 03:00 (10 h after 17:00): main open by 07:00 is 4 h, before 12 h."""
    table = limit_table(LIMITS, Grade.HEAVY, 10 * H, CLOCK)
    assert table["limit_haul_ms"].isna().all()
    assert table["limit_haul_h"].isna().all()
    assert table.drop(columns=["limit_haul_ms", "limit_haul_h"]).to_numpy().tolist() == [
        ["main", 14 * H, 4.0, "by_clock", 34 * H, 24.0, "after_snow", "open_by_clock"],
        ["secondary", 34 * H, 24.0, "after_snow", 34 * H, 24.0, "after_snow", "after_snow"],
        ["branch", 34 * H, 24.0, "after_snow", 14 * H, 4.0, "by_clock", "clear_by_clock"],
    ]


def test_hauling_is_limited_where_the_grade_calls_it() -> None:
    """Hours of the plan's rows after snow stops at 10 h."""
    table = limit_table(LIMITS, Grade.HEAVY, 10 * H, CLOCK, hauling=True)
    hours = [row.haul_h for row in LIMITS if row.grade == Grade.HEAVY]
    assert table["limit_haul_h"].tolist() == hours
    assert table["limit_haul_ms"].tolist() == [(10 + h) * H for h in hours]


def test_hours_bind_when_they_end_before_the_deadline() -> None:
    """Snow stops at 08:00; 07:00 is 23 h away, 12 h come first."""
    main = limit_table(LIMITS, Grade.HEAVY, 15 * H, CLOCK).iloc[0]
    assert (main["limit_open_h"], main["limit_kind"]) == (12.0, "after_snow")


def test_snow_that_stops_at_the_deadline_is_due_at_once() -> None:
    """At 07:00 sharp the first 07:00 is now."""
    main = limit_table(LIMITS, Grade.LIGHT, 14 * H, CLOCK).iloc[0]
    assert (main["limit_open_h"], main["limit_kind"]) == (0.0, "both_by_clock")


@pytest.mark.parametrize(("grade", "stops"), [(Grade.HEAVY, None), (Grade.NONE, 10 * H)])
def test_without_snow_there_is_no_limit(grade: Grade, stops: int | None) -> None:
    """No snow, no deadline; the table keeps its columns."""
    table = limit_table(LIMITS, grade, stops, CLOCK)
    assert len(table) == 0
    assert "limit_kind" in table.columns


def test_grades_above_the_plan_take_its_last_row() -> None:
    """大暴雪 is handled as 暴雪."""
    rows = (Limit(RoadClass.MAIN, Grade.BLIZZARD, 24, 24, 48),)
    assert len(limit_table(rows, Grade.EXTREME_BLIZZARD, 0, CLOCK)) == 1


def _roads() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "section": ["e", "d", "c", "b", "a"],
            "road": ["路"] * 5,
            "road_class": ["main", "expressway", "main", "main", "main"],
            "zone": ["east"] * 5,
            "length_m": [100.0] * 5,
            "area_m2": [2000.0] * 5,
            "operator": ["centre", "province", "centre", "centre", "centre"],
        }
    )


def _sections(horizon_h: int, work: pd.DataFrame | None = None) -> pd.DataFrame:
    rows = [
        ("a", 0, "clean"),
        ("b", 0, "blocked"),
        ("b", 14 * H, "clean"),
        ("c", 0, "blocked"),
        ("c", 14 * H + 1, "open"),
        ("d", 0, "blocked"),
        ("e", 0, "blocked"),
    ]
    states = pd.DataFrame(rows, columns=["section", "t_ms", "state"])
    limits = limit_table(LIMITS, Grade.HEAVY, 10 * H, CLOCK)
    times = section_times(states, horizon_h * H)
    return sections_table(_roads(), times, limits, horizon_h * H, work)


def test_the_sections_table_by_hand() -> None:
    """Open limit at 14 h, clear limit at 34 h, horizon at 36 h: met to the millisecond."""
    frame = _sections(36)
    assert frame["section"].tolist() == ["a", "b", "c", "d", "e"]
    assert _plain(frame["met_open"]) == [True, True, False, None, False]
    assert _plain(frame["met_clear"]) == [True, True, False, None, False]
    assert frame["limit_kind"].tolist() == ["open_by_clock"] * 3 + [None, "open_by_clock"]
    assert frame["open_state"].tolist() == [
        "never_blocked", "opened", "opened", None, "not_by_horizon",
    ]  # fmt: skip
    assert frame["passes"].tolist() == [0] * 5


def test_a_limit_beyond_the_horizon_is_undecided() -> None:
    """With a horizon of 20 h nobody knows yet whether the clear limit at 34 h will be met."""
    frame = _sections(20)
    assert _plain(frame["met_clear"]) == [True, True, None, None, None]
    assert _plain(frame["met_open"]) == [True, True, False, None, False]


@pytest.mark.parametrize(("end_h", "verdict"), [(33, None), (34, False), (35, False)])
def test_a_limit_at_the_horizon_itself_is_judged(end_h: int, verdict: bool | None) -> None:
    """c and e are not clean at the end, and to be clean at 34 h: an hour earlier nobody knows."""
    assert _plain(_sections(end_h)["met_clear"]) == [True, True, verdict, None, verdict]


def test_work_is_joined_by_section() -> None:
    """Passes, rounds, first service and exposure stand beside their section."""
    work = pd.DataFrame(
        {
            "section": ["c"],
            "passes": [6],
            "rounds": [1.5],
            "first_service_ms": [7],
            "exposure": [3.5],
        }
    )
    row = _sections(36, work).set_index("section").loc["c"]
    assert (row["passes"], row["rounds"], row["first_service_ms"], row["exposure"]) == (
        6,
        1.5,
        7,
        3.5,
    )


def _plain(values: pd.Series) -> list[bool | None]:
    return [None if pd.isna(value) else bool(value) for value in values]
