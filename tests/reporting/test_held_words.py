"""What held a section back in words, signs and pictures."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from snowplan.analysis.held_doing import Piece
from snowplan.analysis.held_parts import PARTS
from snowplan.clock import Clock
from snowplan.reporting.held_chart import STYLES, section_chart, shares_chart
from snowplan.reporting.held_words import (
    SIGNS,
    bar,
    cause_name,
    class_line,
    duration,
    legend,
    parts_in_words,
    percent,
    sums_of,
)
from snowplan.reporting.readiness_words import share_name
from snowplan.reporting.view import View

H = 3_600_000
PIECES = (
    Piece(0, 2 * H, "not_due"), Piece(2 * H, 3 * H, "waiting:other_work"),
    Piece(3 * H, 4 * H, "worked"),
)  # fmt: skip
STORY = [(0, "clean"), (H, "open"), (4 * H, "clean"), (5 * H, "hauled")]
ROWS = [
    {"road_class": "main", "area_m2": 10.0, "shares": {"not_due": 0.25, "waiting:crew": 0.75}},
    {"road_class": "lane", "area_m2": 0.0, "shares": {}},
]


def view(lang: str) -> View:
    """A day from 16:00 on."""
    clock = Clock(datetime.fromisoformat("2026-01-15 16:00"))
    return View(clock, 24 * H, (), 3 * H, "大雪", schematic=True, lang=lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_part_has_a_name_a_sign_and_a_look(lang: str) -> None:
    """All parts are told apart: by name, by one letter, and by fill and hatch together."""
    names = {share_name(part, lang) for part in PARTS}
    assert len(names) == len(PARTS)
    assert all(re.fullmatch("[\u4e00-\u9fff：，]+", name) for name in names) == (lang == "zh")
    assert len(set(SIGNS.values())) == len(SIGNS) == len(PARTS)
    assert set(STYLES) == set(PARTS)
    assert len(set(STYLES.values())) == len(PARTS)
    waits = [part for part in PARTS if part.startswith("waiting:")]
    assert {share_name(part, lang).endswith(cause_name(part, lang)) for part in waits} == {True}


def test_a_bar_gives_each_sign_the_time_of_its_part() -> None:
    """Two hours not due, one waiting, one at work in eight signs: four, two, two."""
    assert bar(PIECES, 8) == "....WW##"
    assert bar(PIECES, 1) == "."
    assert legend(sums_of(PIECES), "en") == [
        ". not due", "# worked", "W waiting: other work first",
    ]  # fmt: skip


def test_parts_in_words_begin_with_the_largest() -> None:
    """Half of the time not due, then a quarter each in the order of the parts."""
    assert parts_in_words(sums_of(PIECES), "en") == (
        "not due 2 h (50 %), worked 1 h (25 %), waiting: other work first 1 h (25 %)"
    )
    assert parts_in_words({"worked": 90 * 60_000}, "zh") == "正在作业 1 小时 30 分（100 %）"


def test_lengths_and_shares_at_their_edges() -> None:
    """Minutes are rounded to the nearest; less than half a minute and one per cent is told so."""
    assert duration(29_999, "en") == "under 1 min"
    assert duration(59 * 60_000 + 30_000, "en") == "1 h"
    assert duration(26 * H, "zh") == "26 小时"
    assert [percent(share) for share in (0.0, 0.009, 0.01, 1.0)] == ["0 %", "<1 %", "1 %", "100 %"]


def test_a_class_says_what_it_waited_for_most() -> None:
    """Three quarters without a crew, a quarter not due; a class that was always clean says so."""
    told = [class_line(row, "en") for row in ROWS]
    assert "work was due and waited for 75 % (mostly no crew, 75 %)" in told[0]
    assert "; not due took 25 %." in told[0]
    assert told[1] == "lanes: always clean."


def test_a_class_names_the_parts_of_a_sum_as_the_table_does() -> None:
    """Not due for 23 % and between passes for 10 % are told as those two, together 33 %."""
    shares = {"not_due": 0.23, "between_passes": 0.1, "waiting:unserved": 0.67}
    row = {"road_class": "main", "area_m2": 1.0, "shares": shares}
    assert class_line(row, "zh").endswith("未到期、等下一遍合计 33 %。")
    assert class_line(row, "en").endswith("; not due and between passes together took 33 %.")
    assert class_line(row | {"shares": {"not_due": 1.0}}, "zh").endswith("未到期 100 %。")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_charts_are_the_same_bytes_again_and_lack_no_letter(lang: str) -> None:
    """PNG and SVG begin as such files do, repeat to the byte, and a rare name is reported."""
    for ending, begin in ((".png", b"\x89PNG"), (".svg", b"<?xml")):
        drawn = [section_chart(PIECES, STORY, "主街", view(lang), ending) for _ in range(2)]
        assert drawn[0] == drawn[1]
        assert drawn[0].files[f"held{ending}"].startswith(begin)
        assert drawn[0].missing == ""
        shares = [shares_chart(ROWS, "大雪", lang, ending) for _ in range(2)]
        assert shares[0] == shares[1]
        assert shares[0].files[f"held{ending}"].startswith(begin)
    odd = section_chart(PIECES, STORY, "\U0002a6df街", view(lang), ".png")
    assert odd.missing == "\U0002a6df"
