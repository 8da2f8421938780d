"""What a comparison says where runs ended too early, or told nothing."""

from __future__ import annotations

from tests.reporting.comparison_report_fixture import made_up
from tests.reporting.test_comparison_table import ROADS, joined, printed


def test_what_nobody_knows_of_a_limit_is_no_every_run_and_no_none() -> None:
    """Of 40 runs 30 met it and 10 end before it: 75 to 100 %. None met, all unknown: 0 to 100 %."""
    report = made_up(ROADS)
    for row in report["limits"]:
        if row["road_class"] == "main" and row["aspect"] == "open":
            row |= {"met": 30, "unknown": 10, "share": 0.75, "low": 0.59, "high": 1.0}
        if row["road_class"] == "secondary":
            row |= {"met": 0, "unknown": 40, "share": 0.0, "low": 0.0, "high": 1.0}
    shown = printed(report, "zh")
    assert "75–100 % [59, 100]" in shown
    assert "0–100 % [0, 100]" in shown
    assert "每次都在时限内" not in shown
    assert "没有一次在时限内" not in shown
    assert "机会只给界" in shown


def test_nothing_is_said_of_the_machines_time_where_nothing_is_known() -> None:
    """No call-out in any run, so no shares: the sentence that would name them is left out."""
    report = made_up(ROADS) | {"binding": {"separates": False, "shares": {"share_work": None}}}
    for cells in report["differences"].values():
        for effect in cells.values():
            effect |= {"reached": True, "asked": 1.0}
    shown = joined(report, "en")
    assert "No deciding measure tells any variant from" in shown
    assert "machines' time" not in shown
