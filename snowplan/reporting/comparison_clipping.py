"""Titles cut to what a picture or a page has room for."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len, set_cell_size

from snowplan.reporting.comparison_verdicts import Report

TITLE_CELLS, NAME_CELLS = 64, 28
PAGE_PANELS, PAGE_MAPS = 6, 4  # of the forest plot, and maps, on the page
MORE = "…"


def clipped(text: str, cells: int) -> str:
    """A text of at most so many columns, a Chinese character being two; … where it went on."""
    return text if cell_len(text) <= cells else set_cell_size(text, cells - 1).rstrip() + MORE


def with_short_titles(report: Report) -> dict[str, Any]:
    """The report with titles of the study, its variants and storms that fit on a page."""

    def short(row: Any, cells: int) -> dict[str, Any]:
        return {key: clipped(row[key], cells) for key in ("title", "title_en") if row.get(key)}

    rows = {
        key: [{**row, **short(row, NAME_CELLS)} for row in report[key]]
        for key in ("variants", "storms")
    }
    return {**report, **short(report, TITLE_CELLS), **rows}
