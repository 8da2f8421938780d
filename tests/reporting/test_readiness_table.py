"""The readiness report on the terminal: what stands there, and that it fits."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.cells import cell_len

from snowplan.reporting.readiness_table import print_readiness
from tests.reporting.ready_sample import ready_sample


def printed(report: dict[str, Any], lang: str) -> str:
    """What is printed to a file."""
    file = io.StringIO()
    print_readiness(report, lang, file)
    return file.getvalue()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [80, 120])
def test_it_fits_and_nothing_is_cut(lang: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is wider than the terminal, and no cell ends in an ellipsis."""
    monkeypatch.setenv("COLUMNS", str(width))
    text = printed(ready_sample(), lang)
    assert max(map(cell_len, text.splitlines())) <= width
    assert "…" not in text


def test_the_limit_that_fails_first_leads() -> None:
    """Of an envelope the limit with the least snow is told: bounds below, figures, bounds above."""
    report = ready_sample()
    rows = [row for row in report["envelope"]["rows"] if row["scenario"] == "heavy"][:3]
    for row, (bound, mm) in zip(rows, [(">=", 1.0), ("", 7.25), ("<", 9.0)], strict=True):
        row.update(bound=bound, mm=mm, low_mm=None, high_mm=None)
    report["envelope"]["rows"] = rows
    assert "<9.0 mm" in printed(report, "zh")
    report["envelope"]["rows"] = rows[:2]
    assert "7.2 mm" in printed(report, "en")
    report["envelope"]["rows"] = rows[:1]
    assert "≥1.0 mm" in printed(report, "en")


def test_only_what_fresh_pairs_proved_is_told_to_gain() -> None:
    """Gains that an interval leaves open, and those only tried, are not named."""
    report = ready_sample()
    rows = sorted(report["marginal"]["rows"], key=lambda row: row["rank"])
    for row in rows:
        row.update(judged=row["rank"] <= 3, sum_low=-1.0, sum_min=5.0, sum_high=11.0)
    rows[1].update(sum_low=1.25)
    rows[5].update(sum_low=2.0)  # only tried
    text = flat(report, "zh")
    assert text.count("合计早") == 1
    assert "其余看不出好处" in text


def test_what_was_only_tried_is_not_judged() -> None:
    """Where one pair each was run it is said so, and what gained nothing is not named."""
    report = ready_sample()
    for row in report["marginal"]["rows"]:
        row.update(judged=False, n=1, sum_low=None, sum_high=None, sum_min=0.0, same=False)
    report["marginal"]["best"] = None
    assert "没有一样见好" in flat(report, "zh")
    report["marginal"]["rows"][4].update(sum_min=7.4)
    text = flat(report, "zh")
    assert "不作评定" in text
    assert text.count("合计早") == 1


def test_limits_stand_in_the_order_of_the_document() -> None:
    """Opening, clearing, hauling, then beside the carriageway, however the rows stand."""
    report = ready_sample()
    report["verdicts"]["rows"].reverse()
    lines = printed(report, "zh").splitlines()
    found = [
        next(at for at, line in enumerate(lines) if word in line)
        for word in ("快速路通行", "主干路通行", "快速路净路", "主干路运净", "人行道清净")
    ]
    assert found == sorted(found)


def test_what_nobody_can_know_is_a_mark_alone() -> None:
    """No count of runs stands beside the mark ？; what is assumed is told at the end."""
    text = printed(ready_sample(), "zh")
    assert "？" in text
    assert "？ 0/" not in text
    assert "行数字为假设" in text


def test_an_indicative_report_says_so() -> None:
    """Few runs are marked in the first line."""
    report = ready_sample()
    report["head"]["quick"] = True
    assert "示意" in printed(report, "zh").splitlines()[0]


def flat(report: dict[str, Any], lang: str) -> str:
    """What is printed, its lines as one."""
    between = "" if lang == "zh" else " "
    return between.join(line.strip() for line in printed(report, lang).splitlines())


def test_it_says_what_an_answer_rests_on() -> None:
    """Runs and model beside an interval, k of n without one; one run claims no probability."""
    report = ready_sample()
    row = next(row for row in report["envelope"]["rows"] if row["scenario"] == "heavy")
    report["envelope"]["rows"] = [row]
    row.update(bound="", mm=7.25, low_mm=6.0, high_mm=8.0, single=False, held=None, held_of=None)
    assert "[6.0, 8.0] (6 runs)" in flat(report, "en")
    assert "lognormal" in flat(report, "en")
    row.update(bound="<", low_mm=None, high_mm=None, held=31, held_of=36)
    assert "<7.2 mm (held there in 31 of 36 runs)" in flat(report, "en")
    row.update(bound="", single=True, held=1, held_of=1)
    text = flat(report, "zh")
    assert "仅一次推演" in text
    assert "能力边界（概率" not in text


def test_nothing_is_called_best_that_was_not_proven() -> None:
    """Without a best one the list says that none is proven to help."""
    report = ready_sample()
    assert "best first" in flat(report, "en")
    report["marginal"]["best"] = None
    for row in report["marginal"]["rows"]:
        row["sum_low"] = -1.0
    text = flat(report, "en")
    assert "none is proven to help" in text
    assert "best first" not in text
