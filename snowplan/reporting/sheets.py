"""Excel files: tables with heads that stay, and paragraphs; no text becomes a formula or a link."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import xlsxwriter
from rich.cells import cell_len

# A fixed day: the same tables are the same bytes, whenever they are written.
WRITTEN = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
WORDS_WIDTH = 110
LEAST_WIDTH, MOST_WIDTH, MOST_HEAD = 7, 44, 12
OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
    "strings_to_numbers": False,
}  # fmt: skip


class Figure(NamedTuple):
    """A number in a cell, and how it is shown."""

    value: float
    pattern: str


Shown = str | Figure | None


class Book:
    """One Excel file being made; the same calls make the same bytes."""

    def __init__(self, title: str) -> None:
        self._buffer = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._buffer, OPTIONS)
        self._book.set_properties({"title": title, "created": WRITTEN})
        self._formats: dict[str, Any] = {}

    def finished(self) -> bytes:
        """The file."""
        self._book.close()
        return self._buffer.getvalue()

    def paragraphs(self, name: str, lines: Iterable[tuple[str, bool]]) -> Any:
        """A sheet of lines, each with whether it is a head."""
        sheet = self._book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, WORDS_WIDTH)
        plain = self._book.add_format({"text_wrap": True, "valign": "top"})
        bold = self._book.add_format({"bold": True, "text_wrap": True, "font_size": 12})
        for row, (line, head) in enumerate(lines):
            sheet.write_string(row, 0, line, bold if head else plain)
            needed = max(1, math.ceil(cell_len(line) / (WORDS_WIDTH - 4)))
            sheet.set_row(row, 20 if head else 16 * needed)
        return sheet

    def table(
        self,
        name: str,
        heads: Sequence[str],
        rows: Sequence[Sequence[Shown]],
        *,
        frozen: int,
        wrap: bool = False,
    ) -> Any:
        """A sheet of one table: filters, widths by its cells, `frozen` columns that stay.

        With `wrap` a text wider than a column may be goes on below.
        """
        sheet = self._book.add_worksheet(name)
        head = self._book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#eeeeee"}
        )
        widths = []
        for column, title in enumerate(heads):
            sheet.write_string(0, column, title, head)
            widths.append(min(cell_len(title), MOST_HEAD))
        for row, cells in enumerate(rows, start=1):
            for column, cell in enumerate(cells):
                widths[column] = max(
                    widths[column], self._cell(sheet, row, column, cell, wrap=wrap)
                )
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(max(width + 2, LEAST_WIDTH), MOST_WIDTH))
        sheet.freeze_panes(1, frozen)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(heads) - 1)
        return sheet

    def _cell(self, sheet: Any, row: int, column: int, shown: Shown, *, wrap: bool) -> int:
        """Write a cell; about how wide it is."""
        if shown is None:
            return 0
        if isinstance(shown, str):
            long = wrap and cell_len(shown) > MOST_WIDTH
            sheet.write_string(row, column, shown, self._wrapped() if long else None)
            return cell_len(shown)
        sheet.write_number(row, column, shown.value, self._format(shown.pattern))
        return len(f"{shown.value:,.2f}")

    def _wrapped(self) -> Any:
        if "wrapped" not in self._formats:
            self._formats["wrapped"] = self._book.add_format({"text_wrap": True, "valign": "top"})
        return self._formats["wrapped"]

    def _format(self, pattern: str) -> Any:
        if pattern not in self._formats:
            self._formats[pattern] = self._book.add_format({"num_format": pattern})
        return self._formats[pattern]
