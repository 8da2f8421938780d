"""Shares of the parts of time by road class, worked by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from snowplan.analysis.held_back import held_shares, shares_of, shares_together
from tests.oracles.held import HeldJudge
from tests.oracles.runs import run_of

SECTIONS = pd.DataFrame(
    [
        ("a", "main", 100.0, "cleared"),
        ("b", "main", 300.0, "not_by_horizon"),
        ("c", "lane", 50.0, "never_blocked"),
        ("d", "expressway", 50.0, None),
    ],
    columns=["section", "road_class", "area_m2", "clear_state"],
)
PARTS = pd.DataFrame(
    [("a", 0, 10, "worked"), ("a", 10, 20, "not_due"), ("b", 0, 20, "waiting:crew")],
    columns=["section", "start_ms", "end_ms", "part"],
)


def test_shares_are_weighted_by_area_and_time() -> None:
    """100 m² × 10 + 100 m² × 10 + 300 m² × 20 = 8,000: an eighth, an eighth, three quarters.

    Lanes were always clean, and the expressway is not the centre's.
    """
    main = {"not_due": 0.125, "worked": 0.125, "waiting:crew": 0.75}
    assert shares_of(PARTS, SECTIONS) == [
        {"road_class": "main", "area_m2": 400.0, "shares": main},
        {"road_class": "lane", "area_m2": 0.0, "shares": {}},
    ]
    assert shares_together(PARTS, SECTIONS) == main


def test_shares_of_a_run_are_those_of_the_judge() -> None:
    """m² × ms by part and class summed over the judge's parts, for the toy town."""
    run = run_of("toy_town")
    record, sections = run.record, run.outcome.sections
    judge = HeldJudge(record.states, record.events, run.facts.horizon_ms)
    rows = held_shares(sections, record.states, record.events, run.facts.horizon_ms)
    for row in rows:
        sums: dict[str, float] = {}
        for section in sections[sections["road_class"] == row["road_class"]].itertuples():
            for begin, end, part in judge.parts(section.section):
                sums[part] = sums.get(part, 0.0) + (end - begin) * section.area_m2
        total = sum(sums.values())
        wanted = {part: weight / total for part, weight in sums.items()}
        assert row["shares"] == pytest.approx(wanted, abs=2e-6)
        assert sum(row["shares"].values()) == pytest.approx(1.0, abs=1e-12)
