"""Workbooks made for tests: the form of the toy town, with cells that a test spoils."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from snowplan.inputs.scenario_files import load_scenario
from snowplan.inputs.workbook_form import workbook_form

Rows = list[list[Any]]
SCENARIO = """\
extends = "toy_town"
name = "study"

[seeds]
workbook = "{name}"
folder = "scenarios/toy_town"
"""


class Formula(str):
    """A formula; its value is what stands after `|`, nothing where there is no `|`."""

    __slots__ = ()


@cache
def form_bytes(lang: str = "zh") -> bytes:
    """The workbook that is written for the toy town."""
    return workbook_form(load_scenario("toy_town"), lang)


def toy_sheets(lang: str = "zh") -> dict[str, Rows]:
    """The cells of its tables, by sheet; guide and lists left out."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(form_bytes(lang)))
    names = [name for name in book.sheet_names if name not in ("说明", "选项", "Guide", "Lists")]
    return {name: [list(row) for row in book.get_sheet_by_name(name).to_python()] for name in names}


def put(rows: Rows, cell: str, value: object) -> None:
    """A value in a cell such as C5; rows and columns grow to hold it."""
    column, row = ord(cell[0]) - ord("A"), int(cell[1:]) - 1
    while len(rows) <= row:
        rows.append([""] * len(rows[0]))
    for line in rows:
        line.extend([""] * (column + 1 - len(line)))
    rows[row][column] = value


def write_book(
    path: Path, sheets: Mapping[str, Rows], touch: Callable[[Any], None] | None = None
) -> Path:
    """A workbook of these cells; `touch` may do more to it before it is closed."""
    with xlsxwriter.Workbook(path) as book:
        looks = {
            kind: book.add_format({"num_format": pattern})
            for kind, pattern in (
                (time, "hh:mm"), (date, "yyyy-mm-dd"), (datetime, "yyyy-mm-dd hh:mm"),
                (timedelta, "[h]:mm"),
            )
        }  # fmt: skip
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, line in enumerate(rows):
                for column, value in enumerate(line):
                    _write(sheet, (row, column), value, looks)
        if touch is not None:
            touch(book)
    return path


def _write(sheet: Any, at: tuple[int, int], value: Any, looks: Mapping[type, Any]) -> None:
    if isinstance(value, Formula):
        text, _, result = value.partition("|")
        sheet.write_formula(*at, text, None, result)
    elif type(value) in looks:
        sheet.write_datetime(*at, value, looks[type(value)])
    elif isinstance(value, str) and value:
        sheet.write_string(*at, value)
    elif value != "":
        sheet.write(*at, value)


def scenario_beside(book: Path) -> Path:
    """A scenario on the toy town that uses the workbook beside it."""
    path = book.with_suffix(".toml")
    path.write_text(SCENARIO.format(name=book.name), encoding="utf-8")
    return path
