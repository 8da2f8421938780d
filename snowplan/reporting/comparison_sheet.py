"""`comparison.xlsx`: the tables of a comparison as one Excel file."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import xlsxwriter
from rich.cells import cell_len

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

# A fixed day: the same comparison is the same bytes, whenever it is written.
WRITTEN = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
WORDS_WIDTH = 110
LEAST_WIDTH, MOST_WIDTH = 7, 44
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
    buffer = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": title_of(report, lang), "created": WRITTEN})
        _verdicts(book, report, lang)
        for key, frame_of in zip(SHEETS[1:], _FRAMES, strict=True):
            if key != "placement" or report["placement"]:
                _Table(book, report, key, lang).write(frame_of(report, lang))
    return buffer.getvalue()


_FRAMES: tuple[Callable[[Report, str], pd.DataFrame], ...] = (
    comparison_frame, means_frame, limits_frame, depots_frame, placement_frame, settings_frame,
)  # fmt: skip


def _verdicts(book: Any, report: Report, lang: str) -> None:
    """The first sheet: title, verdicts and notes as paragraphs."""
    sheet = book.add_worksheet(sheet_name("verdicts", lang))
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, WORDS_WIDTH)
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "text_wrap": True, "font_size": 12})
    for row, (line, head) in enumerate(_paragraphs(report, lang)):
        sheet.write_string(row, 0, line, bold if head else plain)
        lines = max(1, math.ceil(cell_len(line) / (WORDS_WIDTH - 4)))
        sheet.set_row(row, 20 if head else 16 * lines)


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
    """A frame as a sheet: heads that stay, filters, widths by what stands in the columns."""

    def __init__(self, book: Any, report: Report, key: str, lang: str) -> None:
        self._book, self._report, self._key, self._lang = book, report, key, lang
        self._sheet = book.add_worksheet(sheet_name(key, lang))
        self._formats: dict[str, Any] = {}

    def write(self, frame: pd.DataFrame) -> None:
        """All rows of `frame`."""
        head = self._book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#eeeeee"}
        )
        widths = []
        for column, title in enumerate(head_of(str(name), self._lang) for name in frame.columns):
            self._sheet.write_string(0, column, title, head)
            widths.append(min(cell_len(title), 12))
        for row, record in enumerate(frame.to_dict("records"), start=1):
            for column, (name, value) in enumerate(record.items()):
                shown = self._cell(row, column, str(name), value, record)
                widths[column] = max(widths[column], cell_len(shown))
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, min(max(width + 2, LEAST_WIDTH), MOST_WIDTH))
        self._sheet.freeze_panes(1, FROZEN[self._key])
        if len(frame):
            self._sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)

    def _cell(self, row: int, column: int, name: str, value: object, record: Any) -> str:
        """Write a cell; its text, about as wide as it will be shown."""
        if value is None or (isinstance(value, float) and not math.isfinite(value)):
            return ""
        text = self._words(name, value, record)
        if text is not None:
            self._sheet.write_string(row, column, text)
            return text
        number = float(str(value))
        self._sheet.write_number(row, column, number, self._format(name, record))
        return f"{number:,.2f}"

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

    def _format(self, name: str, record: Any) -> Any:
        """The format of a figure: that of its column, or as many decimals as its measure has."""
        pattern = FORMATS.get(name)
        if self._key == "limits" and name in LIMIT_SHARES:
            pattern = FORMATS["share"]
        if pattern is None:
            info = self._report["measures"].get(record.get("measure"))
            digits = 2 if info is None else info["digits"] + 1
            pattern = "#,##0." + "0" * digits
        if self._key == "settings":
            pattern = "General"
        if pattern not in self._formats:
            self._formats[pattern] = self._book.add_format({"num_format": pattern})
        return self._formats[pattern]


def _setting(name: str, value: str, key: str, lang: str) -> str:
    """A setting's name in words, and why the runs stopped; all else is as it is."""
    if name == "key":
        return value_name(value, lang)
    return value_name(f"stopped.{value}", lang) if key == "stopped" and name == "to" else value
