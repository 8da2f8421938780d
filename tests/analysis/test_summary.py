"""The summary: nearest ranks, counts beside every percentile, and totals by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from snowplan.analysis.summary import class_summary, fleet_totals, nearest_rank, summary
from snowplan.model.fleet import MachineType, Pace, Tool, Work
from snowplan.model.physics import Costs
from snowplan.results.tables import SECTIONS
from snowplan.units import MS_PER_H


def test_nearest_rank_by_hand() -> None:
    """Of 1…20 the median is the 10th, the 95 % the 19th; of one value both are that one."""
    ordered = list(range(1, 21))
    assert (nearest_rank(ordered, 50), nearest_rank(ordered, 95)) == (10, 19)
    assert (nearest_rank([7], 50), nearest_rank([7], 95)) == (7, 7)
    assert nearest_rank([], 50) is None
    assert nearest_rank([3, 9], 0) == 3


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=300), st.integers(1, 100))
def test_nearest_rank_is_the_least_value_that_covers_the_share(
    values: list[int], percent: int
) -> None:
    """A second way: the smallest value v with at least p % of all values ≤ v."""
    ordered = sorted(values)
    least = next(v for v in ordered if 100 * sum(w <= v for w in ordered) >= percent * len(ordered))
    assert nearest_rank(ordered, percent) == least


def _sections() -> pd.DataFrame:
    rows = {
        "section": list("abcdef"),
        "road": ["路"] * 6,
        "road_class": ["branch", "main", "main", "main", "main", "expressway"],
        "zone": ["east"] * 6,
        "length_m": [1.0] * 6,
        "area_m2": [1.0] * 6,
        "passes": [0] * 6,
        "rounds": [0.0] * 6,
        "first_service_ms": [None] * 6,
        "first_opened_ms": [None] * 6,
        "open_state": ["not_by_horizon", "never_blocked", "opened", "opened", "opened", None],
        "opened_ms": [None, 0, 30, 10, 20, None],
        "clear_state": ["not_by_horizon", "cleared", "cleared", "cleared", "not_by_horizon", None],
        "cleared_ms": [None, 5, 60, 40, None, None],
        "hauled_ms": [None] * 6,
        "limit_open_h": [None, 4.0, 4.0, 4.0, 4.0, None],
        "limit_clear_h": [None, 24.0, 24.0, 24.0, 24.0, None],
        "limit_kind": [None, *["open_by_clock"] * 4, None],
        "met_open": [None, True, True, True, True, None],
        "met_clear": [None, True, True, True, None, None],
        "exposure": [1.5, 1.0, 1.0, 1.0, 1.0, None],
        "haul_state": ["not_needed", *["not_needed"] * 4, None],
        "limit_haul_h": [None, 48.0, 48.0, 48.0, 48.0, None],
        "met_haul": [None] * 6,
        "cycle_m2": [0.0] * 6,
        "cycle_state": [None] * 6,
        "cycle_cleared_ms": [None] * 6,
        "met_cycle": [None] * 6,
        "pavement_m2": [0.0] * 6,
        "pavement_state": [None] * 6,
        "pavement_cleared_ms": [None] * 6,
        "met_pavement": [None] * 6,
        "limit_side_h": [None] * 6,
    }
    return SECTIONS.shaped(pd.DataFrame(rows))


def _roads() -> pd.DataFrame:
    return pd.DataFrame({"section": list("abcdef"), "operator": ["centre"] * 5 + ["province"]})


def test_classes_by_hand() -> None:
    """Times of the three opened main roads are 10, 20, 30; the never blocked one has no time."""
    classes = class_summary(_sections(), _roads())
    assert list(classes) == ["main", "branch"]
    assert classes["main"]["opened"] == {
        "n": 4, "never_blocked": 1, "not_by_horizon": 0, "timed": 3, "median_ms": 20, "p95_ms": 30,
        "last_ms": 30, "limit_h": 4.0, "limit_kind": "by_clock", "met": True,
    }  # fmt: skip
    assert classes["main"]["cleared"] == {
        "n": 4, "never_blocked": 0, "not_by_horizon": 1, "timed": 3, "median_ms": 40, "p95_ms": 60,
        "last_ms": 60, "limit_h": 24.0, "limit_kind": "after_snow", "met": None,
    }  # fmt: skip
    assert classes["branch"]["opened"] == {
        "n": 1, "never_blocked": 0, "not_by_horizon": 1, "timed": 0, "median_ms": None,
        "p95_ms": None, "last_ms": None, "limit_h": None, "limit_kind": None, "met": None,
    }  # fmt: skip


def test_what_lies_beside_by_hand() -> None:
    """Of four main roads two had windrows, one hauled at 70; pavements of three, clean at 8 and 9.

    The limit of 36 h for pavements was missed once; nothing is said of cycle lanes there are not.
    """
    sections = _sections()
    sections.loc[[1, 2], "haul_state"] = ["hauled", "not_by_horizon"]
    sections.loc[1, "hauled_ms"] = 70
    sections.loc[[1, 2], "met_haul"] = [True, False]
    sections.loc[[1, 2, 3], "pavement_state"] = ["cleared", "cleared", "never_blocked"]
    sections.loc[[1, 2, 3], "pavement_cleared_ms"] = [9, 8, 0]
    sections.loc[[1, 2, 3], "limit_side_h"] = 36.0
    sections.loc[[1, 2, 3], "met_pavement"] = [True, False, True]
    main = class_summary(sections, _roads())["main"]
    assert main["hauled"] == {
        "n": 2, "never_blocked": 0, "not_by_horizon": 1, "timed": 1, "median_ms": 70, "p95_ms": 70,
        "last_ms": 70, "limit_h": 48.0, "limit_kind": "after_snow", "met": False,
    }  # fmt: skip
    assert main["pavement"] == {
        "n": 3, "never_blocked": 1, "not_by_horizon": 0, "timed": 2, "median_ms": 8, "p95_ms": 9,
        "last_ms": 9, "limit_h": 36.0, "limit_kind": "after_snow", "met": False,
    }  # fmt: skip
    assert "cycle_lane" not in main


def test_one_late_section_fails_the_class() -> None:
    """A class meets its limit only when every section does."""
    sections = _sections()
    sections.loc[2, "met_open"] = False
    assert class_summary(sections, _roads())["main"]["opened"]["met"] is False


def test_the_summary_holds_classes_totals_and_facts() -> None:
    """Exposure adds up over sections; facts and totals stand at the top level."""
    result = summary(_sections(), _roads(), {"km": 12.0}, {"grade": "heavy"})
    assert result["exposure"] == 5.5
    assert (result["km"], result["grade"], set(result["classes"])) == (
        12.0,
        "heavy",
        {"main", "branch"},
    )


def test_fleet_totals_by_hand() -> None:
    """Two ploughs, 2 h each under way: 4 h, 80 l, 4 × (2 · 30 + 100) + 80 · 8 + 2 t · 600."""
    plough = MachineType(
        "plough", "推雪车", Work.PLOUGH, Pace(10, 10, 40), Tool(3.0), ("main",), 0, 2, 20.0
    )
    machines = pd.DataFrame(
        {
            "kind": ["plough", "plough"],
            "work_ms": [MS_PER_H, MS_PER_H],
            "travel_ms": [MS_PER_H // 2] * 2,
            "load_ms": [MS_PER_H // 2] * 2,
            "worked_m": [1500.0, 500.0],
            "deadhead_m": [1000.0, 0.0],
        }
    )
    costs = Costs({"nacl": 600.0}, 8.0, 30.0, {"plough": 100.0})
    totals = fleet_totals(machines, (plough,), costs, {"nacl": 2_000_000})
    assert totals == {
        "deicer_t": 2.0, "km": 3.0, "deadhead_km": 1.0, "hours": 4.0, "fuel_l": 80.0,
        "cost_cny": pytest.approx(4 * (2 * 30 + 100) + 80 * 8 + 1200),
    }  # fmt: skip
