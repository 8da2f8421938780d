"""The summary table says the same as the summary, in both languages, on any kind of stdout."""

from __future__ import annotations

import io
from dataclasses import replace

import pandas as pd
import pytest
from rich.cells import cell_len

from snowplan.analysis.summary import class_summary
from snowplan.reporting.pictures import Frames
from snowplan.reporting.tables import print_summary
from snowplan.reporting.view import View
from snowplan.units import MS_PER_H

H = MS_PER_H
ASPECT = {
    "n": 12, "never_blocked": 3, "not_by_horizon": 1, "timed": 8, "median_ms": 11 * H,
    "p95_ms": 13 * H, "last_ms": 9 * H, "limit_h": 4.0, "limit_kind": "by_clock", "met": False,
}  # fmt: skip
SUMMARY = {
    "classes": {
        "main": {
            "opened": ASPECT,
            "cleared": ASPECT | {"met": True, "limit_h": 24.0, "limit_kind": "after_snow"},
        },
        "lane": {
            "opened": ASPECT | {"met": None},
            "cleared": ASPECT
            | {"limit_h": None, "limit_kind": None, "met": None, "median_ms": None},
        },
    }
}


class Stream(io.TextIOWrapper):
    """A file in memory with an encoding, perhaps a terminal."""

    def __init__(self, encoding: str = "utf-8", terminal: bool = False) -> None:
        super().__init__(io.BytesIO(), encoding=encoding, newline="")
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def text(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode(self.encoding)  # type: ignore[attr-defined]


def _printed(view: View, stream: Stream | None = None) -> str:
    stream = stream or Stream()
    print_summary(SUMMARY, view, stream)
    return stream.text()


def test_times_are_local_and_hours_after_snow_stops(view: View) -> None:
    """11 h after 17:00 is 04:00, 1 h after snow stopped at 03:00; 9 h is an hour before."""
    lines = _printed(view).splitlines()
    first = next(number for number, line in enumerate(lines) if "主干路" in line)
    assert lines[first].split() == [
        "主干路", "通行", "12", "3", "1", "01-17", "04:00", "01-17", "06:00", "01-17", "02:00",
        "4.0", "h", "✗", "未达标",
    ]  # fmt: skip
    assert lines[first + 1].split() == ["+1.0", "h", "+3.0", "h", "-1.0", "h", "按钟点"]
    assert "雪停 2026-01-17 03:00；模拟至 2026-01-18 05:00。" in lines


def test_verdicts_are_words_too(view: View) -> None:
    """Missed, met, undecided and no limit are four different words."""
    text = _printed(view)
    for words in ("✗ 未达标", "✓ 达标", "未到时限", "无时限"):
        assert words in text
    text = _printed(replace(view, lang="en", title="Heavy snow"))
    for words in ("✗ missed", "✓ met", "undecided", "no limit", "by clock"):
        assert words in text
    assert not any("\u4e00" <= character <= "\u9fff" for character in text)


def test_columns_stand_under_each_other(view: View) -> None:
    """Counting Chinese characters as two cells, each column ends at one place; no colour codes."""
    lines = _printed(view).splitlines()
    rows = [line for line in lines if "01-17 04:00" in line]
    assert len({cell_len(line[: line.index("04:00")]) for line in rows}) == 1
    assert "\x1b" not in "".join(lines)
    assert max(cell_len(line) for line in lines) <= 100


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_fits_into_eighty_columns(
    view: View, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    """In 80 columns nothing is cut off."""
    monkeypatch.setenv("COLUMNS", "80")
    text = _printed(replace(view, lang=lang, title="x"))
    assert max(cell_len(line) for line in text.splitlines()) <= 80
    assert "…" not in text


def test_a_terminal_gets_colour(view: View) -> None:
    """On a terminal the verdict is coloured."""
    stream = Stream(terminal=True)
    assert "\x1b[" in _printed(view, stream)


@pytest.mark.parametrize(("encoding", "words"), [("gbk", "未达标"), ("ascii", "missed")])
def test_old_encodings_get_words_without_marks(view: View, encoding: str, words: str) -> None:
    """GBK has no ✓ and ASCII no lines: the words remain, nothing fails."""
    shown = replace(view, lang="zh" if encoding == "gbk" else "en")
    text = _printed(shown, Stream(encoding))
    assert words in text
    assert "✗" not in text
    assert "+--" in text


def test_without_snow_there_are_no_hours(view: View) -> None:
    """No snow: local times alone, and the note says so."""
    text = _printed(replace(view, snow_stops_ms=None))
    assert "没有降雪；模拟至 2026-01-18 05:00。" in text
    assert "+1.0 h" not in text


def test_it_prints_what_the_analysis_makes(
    view: View, sections: pd.DataFrame, frames: Frames
) -> None:
    """Every class of the made-up night is in the table, with its count."""
    classes = class_summary(sections, frames.roads)
    stream = Stream()
    print_summary({"classes": classes}, view, stream)
    rows = [line.split() for line in stream.text().splitlines()]
    for name, key in (("主干路", "main"), ("次干路", "secondary"), ("支路", "branch")):
        row = next(row for row in rows if row[:2] == [name, "通行"])
        assert row[2] == str(classes[key]["opened"]["n"])


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "大雪 −5 °C · 判定等级：暴雪"), ("en", "graded blizzard")]
)
def test_the_grade_in_force_stands_in_the_heading(view: View, lang: str, words: str) -> None:
    """A scenario titled 大雪 whose snow was graded 暴雪 says so beside its title."""
    assert words in _printed(replace(view, lang=lang, grade="blizzard")).splitlines()[0]


def test_snow_that_has_not_stopped_is_said_and_nothing_is_judged(view: View) -> None:
    """Snow until the horizon: no hours after its end, no ✓ and no ✗, in both languages."""
    for lang, words in (("zh", "仍在下雪"), ("en", "Still snowing at the end of the run")):
        text = _printed(replace(view, lang=lang, snow_stops_ms=view.horizon_ms))
        assert words in text
        assert not any(mark in text for mark in ("✓", "✗", "+1.0 h", "雪停 ", "Snow stops"))
