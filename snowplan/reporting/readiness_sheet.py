"""`readiness.xlsx` and the CSV files: the tables of a readiness report, for those who reckon on."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from snowplan.reporting.readiness_sheet_cells import Cells
from snowplan.reporting.readiness_sheet_tables import Report, Table, tables_of
from snowplan.reporting.readiness_sheet_words import indicative, page_words, sheet_name
from snowplan.reporting.readiness_words import titled
from snowplan.reporting.sheets import Book, Figure, Shown

A4 = 9
MOST_TITLE = 60  # characters of the title in a page's head: Excel allows 255 for all of it
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def readiness_sheet(report: Report, lang: str) -> bytes:
    """The workbook: a sheet a table, ready to print; no text becomes a formula or a link."""
    title, cells = titled(report["head"], lang), Cells(report, lang)
    book = Book(title)
    for table in tables_of(report, lang):
        name, heads = sheet_name(table.key, lang), _heads(report, cells, table, lang)
        sheet = book.table(name, heads, cells.rows(table), frozen=table.frozen, wrap=True)
        _set_up(sheet, title, name, report, lang)
    return book.finished()


def readiness_csv(report: Report, lang: str) -> Mapping[str, bytes]:
    """The same tables as CSV in UTF-8 with BOM, by file name; heads and words as in the workbook.

    A text that Excel would take for a formula begins with an apostrophe.
    """
    cells = Cells(report, lang)
    return {
        f"{table.key}.csv": _csv(_heads(report, cells, table, lang), cells.rows(table))
        for table in tables_of(report, lang)
    }


def _heads(report: Report, cells: Cells, table: Table, lang: str) -> list[str]:
    """The heads; the first one says so where all figures are indicative."""
    first, *rest = cells.heads(table)
    return [first + indicative(lang) if report["head"]["quick"] else first, *rest]


def _set_up(sheet: Any, title: str, name: str, report: Report, lang: str) -> None:
    """A4 across, as wide as the paper, heads on every page, title above and page number below."""
    mark = indicative(lang).strip() if report["head"]["quick"] else ""
    above = [part.replace("&", "&&") for part in (title[:MOST_TITLE], mark, name)]
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.set_header("&L{}&C{}&R{}".format(*above))
    sheet.set_footer(f"&C{page_words(lang)}")


def _csv(heads: list[str], rows: list[list[Shown]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _plain(shown: Shown) -> str:
    """A cell as text: whole numbers without a point, others in full."""
    if shown is None:
        return ""
    if isinstance(shown, Figure):
        whole = shown.value.is_integer() and shown.pattern in {"0", "#,##0"}
        return str(int(shown.value)) if whole else repr(shown.value)
    return f"'{shown}" if shown.startswith(FORMULA) else shown
