"""`comparison.xlsx`: the tables of a comparison as one Excel file."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from snowplan.reporting.comparison_frames import (
    comparison_frame,
    depots_frame,
    limits_frame,
    means_frame,
    placement_frame,
    settings_frame,
)
from snowplan.reporting.comparison_notes import note_lines
from snowplan.reporting.comparison_placement import model_name
from snowplan.reporting.comparison_sheet_words import SHEETS, head_of, sheet_name, value_name
from snowplan.reporting.comparison_texts import comparison_text
from snowplan.reporting.comparison_verdicts import Report, beside_lines, titles, verdict_lines
from snowplan.reporting.comparison_words import title_of, unit_name, verdict_name
from snowplan.reporting.sheets import Book, Figure, Shown

IN_WORDS = ("decides", "reached", "indicative", "better", "method", "aspect")
FORMATS = {
    "n": "0", "met": "0", "unknown": "0", "late": "0", "late_baseline": "0", "ended": "0",
    "bays": "0", "stock_kg": "#,##0",
    "lon": "0.0000", "lat": "0.0000", "p": "0.0000", "p_holm": "0.0000", "share": "0.0%",
    "by": "0.00",
    "gap": "0.00%",
    "rank_model": "0",
    "rank_simulated": "0",
}  # fmt: skip
LIMIT_SHARES = ("share", "low", "high")
FROZEN = {"differences": 4, "means": 4, "limits": 2, "depots": 3, "placement": 3, "settings": 1}


def comparison_sheet(report: Report, lang: str) -> bytes:
    """The file: verdicts in words, then a sheet a table; no text becomes a formula or a link."""
    book = Book(title_of(report, lang))
    book.paragraphs(sheet_name("verdicts", lang), _paragraphs(report, lang))
    for key, frame_of in zip(SHEETS[1:], _FRAMES, strict=True):
        if key != "placement" or report["placement"]:
            _Table(report, key, lang).write(book, frame_of(report, lang))
    return book.finished()


_FRAMES: tuple[Callable[[Report, str], pd.DataFrame], ...] = (
    comparison_frame, means_frame, limits_frame, depots_frame, placement_frame, settings_frame,
)  # fmt: skip


def _paragraphs(report: Report, lang: str) -> Iterator[tuple[str, bool]]:
    """Lines, and whether each is a head."""
    baseline = titles(report, lang)[report["baseline"]]
    yield title_of(report, lang), True
    yield comparison_text("head.verdicts", lang, baseline=baseline), True
    yield from ((line, False) for line in verdict_lines(report, lang))
    yield from ((line, False) for line in beside_lines(report, lang))
    yield comparison_text("head.notes", lang), True
    yield from ((line, False) for line in note_lines(report, lang))


class _Table:
    """A frame as a sheet, in one language."""

    def __init__(self, report: Report, key: str, lang: str) -> None:
        self._report, self._key, self._lang = report, key, lang

    def write(self, book: Book, frame: pd.DataFrame) -> None:
        """All rows of `frame`."""
        heads = [head_of(str(name), self._lang) for name in frame.columns]
        rows = [
            [self._shown(str(name), value, record) for name, value in record.items()]
            for record in frame.to_dict("records")
        ]
        book.table(sheet_name(self._key, self._lang), heads, rows, frozen=FROZEN[self._key])

    def _shown(self, name: str, value: object, record: Any) -> Shown:
        """A value as its cell shows it."""
        if value is None or (isinstance(value, float) and not math.isfinite(value)):
            return None
        text = self._words(name, value, record)
        return Figure(float(str(value)), self._pattern(name, record)) if text is None else text

    def _words(self, name: str, value: object, record: Any) -> str | None:
        """The words of a value that is none of a number."""
        if name == "verdict":
            return verdict_name(str(value), self._lang)
        if name == "unit":
            return unit_name(str(value), self._lang)
        if name == "model":
            return model_name(str(value), self._lang)
        if name in IN_WORDS or isinstance(value, bool):
            return value_name(value, self._lang)
        if self._key == "settings" and not record["variant"] and isinstance(value, str):
            return _setting(name, value, record["key"], self._lang)
        return value if isinstance(value, str) else None

    def _pattern(self, name: str, record: Any) -> str:
        """The format of a figure: that of its column, or as many decimals as its measure has."""
        pattern = FORMATS.get(name)
        if self._key == "limits" and name in LIMIT_SHARES:
            pattern = FORMATS["share"]
        if pattern is None:
            info = self._report["measures"].get(record.get("measure"))
            digits = 2 if info is None else info["digits"] + 1
            pattern = "#,##0." + "0" * digits
        return "General" if self._key == "settings" else pattern


def _setting(name: str, value: str, key: str, lang: str) -> str:
    """A setting's name in words, and why the runs stopped; all else is as it is."""
    if name == "key":
        return value_name(value, lang)
    return value_name(f"stopped.{value}", lang) if key == "stopped" and name == "to" else value
