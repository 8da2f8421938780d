"""Words and figures of a readiness report are told right, in both languages."""

from __future__ import annotations

import re

from snowplan.reporting.readiness_page_papers import spans
from snowplan.reporting.readiness_telling import findings_counted, item_order, margin
from snowplan.reporting.readiness_texts import READY_TEXTS
from snowplan.reporting.readiness_words import NAMES
from snowplan.reporting.readiness_writer import figure, numeral


def test_words_stand_in_both_languages() -> None:
    """Every text and name has Chinese and English with the same blanks to fill."""
    for key, (zh, en) in {**READY_TEXTS, **NAMES}.items():
        assert set(re.findall(r"{(\w+)}", zh)) == set(re.findall(r"{(\w+)}", en)), key
    chinese = [key for key, (_, en) in READY_TEXTS.items() if re.search("[一-鿿]", en)]
    assert chinese == []


def test_a_finding_under_two_storms_of_a_grade_is_one() -> None:
    """Pavements of two zones under the fullest storm and own one, and another grade: three."""
    one = {"severity": "gap", "code": "limit_hand", "where": "hand", "own_storm": False}
    east, west = ({**one, "about": f"clearing/{zone}", "grades": ["light"]} for zone in "ew")
    rows = [east, {**east, "own_storm": True}, west, {**west, "grades": ["light", "heavy"]}]
    note = {**one, "severity": "note", "about": "", "grades": []}
    assert findings_counted({"findings": [*rows, note, note]}) == {"gap": 3, "note": 1}


def test_margins_are_told_as_late_or_to_spare() -> None:
    """A negative margin is hours late; a bound is the most that the margin can be."""
    assert margin(3.24, "zh") == "余 3.2 小时"
    assert margin(-1.71, "zh") == "晚 1.7 小时"
    assert margin(-1.71, "en", bound=True) == "at least 1.7 h late"
    assert margin(-0.04, "zh", short=True) == "余0.0"
    assert margin(None, "en") == "—"


def test_numbers_and_orders() -> None:
    """一 to 二十一; thousands; runs of seeds; limits in the order of the plan."""
    assert [numeral(n) for n in (1, 10, 11, 20, 21)] == ["一", "十", "十一", "二十", "二十一"]
    assert [figure(x, 1) for x in (12345.6, -0.04, -2.0, None)] == ["12,345.6", "0.0", "−2.0", "—"]
    assert spans([3, 1, 2, 7, 9, 10]) == "1–3, 7, 9–10"
    items = ["side/pavement", "clean/main", "open/lane", "open/main", "haul/main"]
    assert sorted(items, key=item_order) == [
        "open/main", "open/lane", "clean/main", "haul/main", "side/pavement",
    ]  # fmt: skip
