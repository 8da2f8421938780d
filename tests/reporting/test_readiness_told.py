"""What the readiness PDF claims, and what it must not."""

from __future__ import annotations

from typing import Any

import pytest

from snowplan.reporting.readiness_page import readiness_words
from tests.reporting.ready_sample import ready_sample
from tests.results.synthetic import grid_roads

NO_ROADS = grid_roads(2).iloc[:0]


@pytest.fixture
def report() -> dict[str, Any]:
    """A made-up report without curves, maps and shares: they take long to draw."""
    found = ready_sample()
    found["timeline"]["curves"] = found["timeline"]["map"] = {}
    return found | {"held_back": []}


def summary(report: dict[str, Any], lang: str = "zh") -> str:
    """The sentences of page one."""
    words, _ = readiness_words(report, NO_ROADS, lang)
    return "\n".join(words["summary"]["lines"])


def parts(report: dict[str, Any], lang: str = "zh") -> list[dict[str, Any]]:
    """What stands behind page one."""
    found: list[dict[str, Any]] = readiness_words(report, NO_ROADS, lang)[0]["parts"]
    return found


def all_text(report: dict[str, Any], lang: str = "zh") -> str:
    """All sentences and notes behind page one."""
    return "\n".join(part.get("text", "") for part in parts(report, lang))


def rows_of(report: dict[str, Any], caption: str) -> list[list[str]]:
    """Cells of the first table whose caption has these words."""
    table = next(p for p in parts(report) if p["is"] == "table" and caption in p["caption"])
    return [row for row in table["rows"] if isinstance(row, list)]


def test_page_one_names_a_best_only_where_fresh_pairs_proved_it(report: dict[str, Any]) -> None:
    """The row that is `best`, by name; without one that none is; of tried ones nothing."""
    best = report["marginal"]["best"]
    assert best == {"more": "spreader", "zone": "east"}
    assert "名列第一的是东区撒布车一台" in summary(report)
    report["marginal"]["best"] = None
    assert "没有一项测得出肯定的好处" in summary(report)
    for row in report["marginal"]["rows"]:
        row["judged"] = False
    assert "再添一份" not in summary(report)
    assert "没有评定" in all_text(report)


def test_page_one_cautions_that_figures_are_assumed(report: dict[str, Any]) -> None:
    """With their number and the schematic map; nothing where neither is so."""
    assumed = sum(row["rows"] for row in report["assumptions"])
    assert f"{assumed} 行数字为假设" in summary(report)
    assert "路网为示意图" in summary(report)
    report["head"]["map"]["schematic"] = False
    report["assumptions"] = []
    assert "promise" not in summary(report, "en")


def test_a_grade_is_named_only_for_snow_that_was_held(report: dict[str, Any]) -> None:
    """Beside `<` there is none: nobody knows what less snow would be."""
    row = next(r for r in report["envelope"]["rows"] if r["bound"] == "<")
    report["envelope"]["rows"] = [row]
    (cells,) = rows_of(report, "能力边界")
    assert cells[1].startswith("<")
    assert cells[5] == "—"
    assert cells[2] == "6 次守住 0 次（0–46 %）"


def test_one_draw_of_luck_claims_no_probability(report: dict[str, Any]) -> None:
    """No interval, no count of runs, no 90 % in the heading; what binds was not tried."""
    report["head"]["quick"] = True
    report["head"]["runs"]["relief"] = 0
    row = report["envelope"]["rows"][4]
    row.update(single=True, replications=1, low_mm=None, high_mm=None, held=1, held_of=1,
               binds=[], binds_at_mm=None)  # fmt: skip
    report["envelope"]["rows"] = [row]
    (cells,) = rows_of(report, "不说概率")
    assert cells[2] == "—"
    assert cells[6] == "示意稿不试"
    assert not any("概率 90" in part.get("caption", "") for part in parts(report))


def test_what_binds_tells_hours_or_sections(report: dict[str, Any]) -> None:
    """By what it gained: hours, at least so many, fewer left; never a gain of nothing."""
    row = next(r for r in report["envelope"]["rows"] if r["item"] == "haul/main")
    report["envelope"]["rows"] = [row]
    (cells,) = rows_of(report, "能力边界")
    assert cells[6] == "运雪车（至少早 6.1 h、少剩 22 段）、堆雪点（早 0.8 h）"
    row["binds"][1].update(gain_h=0.0, fewer_late=3.0)
    (cells,) = rows_of(report, "能力边界")
    assert "堆雪点（少剩 3 段）" in cells[6]


def test_few_runs_are_told_as_what_they_were(report: dict[str, Any]) -> None:
    """Indicative: 2 次都守住 instead of 多半守住; never so in a full report."""
    assert "多半守住" in {row[8].partition(" ")[2] for row in rows_of(report, "各项时限")}
    report["head"]["quick"] = True
    for row in report["verdicts"]["rows"]:
        row.update(n=2, met=2, unknown=0, mark="likely", share=1.0)
    report["verdicts"]["marks"]["light"]["mark"] = "likely"
    assert {row[8] for row in rows_of(report, "各项时限")} == {"○ 2 次都守住"}
    assert "2 次都守住。" in summary(report)


def test_what_was_never_blocked_has_no_hour(report: dict[str, Any]) -> None:
    """未断 in the table of zones, 从未阻断 among the streets; no road, no dash."""
    report["timeline"]["rows"] = [
        row for row in report["timeline"]["rows"]
        if (row["road_class"], row["zone"]) != ("lane", "centre")
    ]  # fmt: skip
    cells = rows_of(report, "小雪：最后一段")
    assert cells[0][1] == "未断"
    assert cells[4][9:] == ["", ""]
    assert {row[5] for row in rows_of(report, "最慢的街道：小雪")[10:]} == {"从未阻断"}


def test_enough_by_arithmetic_is_not_called_enough(report: dict[str, Any]) -> None:
    """Peaks of the runs stand first; storms missed without a kind being short are named."""
    for row in report["machines"]["rows"]:
        row["needed"] = dict.fromkeys(row["needed"], 1)
    told = all_text(report)
    assert "不等于够用" in told
    assert "暴雪：没有一类机械少于算术下限，推演中仍有时限守不住" in told
    table = next(p for p in parts(report) if "各区各类机械" in p.get("caption", ""))
    assert [group[0][:3] for group in table["groups"]] == ["", "推演中", "算术下"]


def test_limits_left_unfinished_are_told_beside_the_tightest(report: dict[str, Any]) -> None:
    """They have no hour to gain on, though they are tighter."""
    late = [row for row in report["verdicts"]["rows"]
            if row["scenario"] == "heavy" and row["late"]
            and "side" not in row["item"]]  # fmt: skip
    assert late
    assert f"没做完的 {len(late)} 项" in all_text(report)
    for row in late:
        row["late"] = 0.0
    assert "没做完的" not in all_text(report)


def test_a_depot_that_ran_short_is_told_by_bounds(report: dict[str, Any]) -> None:
    """At least so much is used and at most so many storms last; the order is due at least at so
    much."""
    depot = report["deicer"]["rows"][0]
    depot["storms_bound"] = dict.fromkeys(depot["storms_bound"], "<")
    depot["per_storm_t"]["light"], depot["storms"]["light"] = 12.5, 4.8
    depot["reorder_t"], depot["reorder_bound"] = 33.3, ">="
    report["deicer"]["rows"] = [depot]
    (cells,) = rows_of(report, "每场用量")
    assert cells[1:3] == ["≥ 12.5", "< 4.8"]
    (cells,) = rows_of(report, "各储备点存量")
    assert "≥ 33.3" in cells
