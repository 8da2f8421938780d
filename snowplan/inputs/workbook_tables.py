"""The sheets of a workbook as the tables that they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from snowplan.errors import Fault, nearest
from snowplan.inputs.read_table import ReadTable
from snowplan.inputs.reading import Reading
from snowplan.inputs.workbook_book import (
    UNDAMAGED,
    Book,
    Cell,
    Sheet,
    bounds,
    open_book,
    text_bounds,
)
from snowplan.inputs.workbook_cells import TEXT, cell_text, is_odd
from snowplan.inputs.workbook_scan import ScanError, letters
from snowplan.inputs.workbook_words import (
    MAY_LACK,
    REMARK,
    SHEETS,
    YES_NO_WORDS,
    Heading,
    SheetForm,
    columns_of,
    form_of,
    heading_of,
    passed_over,
)

TITLE_ROWS = 20  # the headings stand in one of the first so many rows
A_VALUE = "a value"


def read_workbook(reading: Reading, path: Path) -> dict[str, Path]:
    """The tables that a workbook has, each under a name that the table readers understand.

    Sheets that are left out are left out; a sheet by any other name is a fault.
    """
    book = open_book(reading, path)
    if book is None:
        return {}
    reading.spoken.learn("yes_no", YES_NO_WORDS)
    found: dict[str, Path] = {}
    for name in book.names:
        form = form_of(name)
        if passed_over(name):
            continue
        if form is None:
            _check_stranger(reading, path, book, name)
        elif form.table in found:
            reading.faults.add(reading.shown(path), "", "", name, f"one sheet {form.zh} only")
        else:
            found[form.table] = path.with_name(f"{path.name} sheet {name}")
            _read_sheet(reading, found[form.table], book, name, form)
    if not found and not reading.faults.items:
        names = _known_names()
        reading.faults.add(reading.shown(path), "", "", "no table", f"one of the sheets {names}")
    return found


def _say(
    reading: Reading,
    file: str,
    where: str,
    found: str,
    expected: str,
    hint: str = "",
    *,
    column: str = "",
) -> None:
    """Note a fault whose finding is the program's own words, without quotes."""
    reading.faults.items.append(Fault(file, where, column, found, expected, hint))


def _known_names() -> str:
    return ", ".join(form.zh for form in SHEETS)


def _check_stranger(reading: Reading, path: Path, book: Book, name: str) -> None:
    """A sheet by an unknown name is a fault unless there is nothing on it."""
    try:
        sheet = book.sheet(name)
    except ScanError:
        sheet = None
    if sheet is None or sheet.scan.too_much or any(map(any, sheet.cells)):
        near = nearest(name, [word for form in SHEETS for word in (form.zh, form.en)], 1)
        _say(reading, f"{reading.shown(path)} sheet {name}", "", "an unknown sheet",
             f"one of the sheets {_known_names()}", *near)  # fmt: skip


def _read_sheet(reading: Reading, at: Path, book: Book, name: str, form: SheetForm) -> None:
    """Put a sheet's table among those of the reading; an empty one after a fault."""
    file = reading.shown(at)
    reading.tables[at] = ReadTable(1, [], [])
    try:
        sheet = book.sheet(name)
    except ScanError:
        reading.faults.add(file, "", "", "a damaged sheet", UNDAMAGED)
        return
    if sheet.scan.outside:
        reading.faults.add(file, f"cell {sheet.scan.outside}", "", "a value far out", bounds())
        return
    if sheet.scan.swollen:
        where = f"cell {sheet.scan.swollen}"
        reading.faults.add(file, where, "", "too long a text", text_bounds())
        return
    row = _heading_row(sheet.cells, form)
    if row is None:
        names = ", ".join(heading.zh for heading in form.headings)
        found = "nothing" if not any(map(any, sheet.cells)) else "no row of headings"
        reading.faults.add(file, "", "", found, f"the columns {names}")
        return
    _Sheet(reading, at, form, sheet, row).read()


def _heading_row(cells: Sequence[Sequence[Cell]], form: SheetForm) -> int | None:
    """The row, counted from 0, that names most columns: two at least, the upper of equals."""
    best, most = None, 1
    for row, line in enumerate(cells[:TITLE_ROWS]):
        named = {
            found[0].name
            for cell in line
            if isinstance(cell, str) and (found := heading_of(form, cell))[0] is not None
        }
        if len(named) > most:
            best, most = row, len(named)
    return best


class _Sheet:
    """One sheet on its way to a table."""

    def __init__(
        self, reading: Reading, at: Path, form: SheetForm, sheet: Sheet, heading_row: int
    ) -> None:
        self.reading, self.at, self.form, self.sheet = reading, at, form, sheet
        self.file = reading.shown(at)
        self.heading_row = heading_row
        self.columns: dict[int, Heading] = {}
        self.strangers: dict[int, str] = {}

    def read(self) -> None:
        """Headings, then every row with something in it."""
        for column, cell in enumerate(self.sheet.cells[self.heading_row]):
            self._take_heading(column, str(cell).strip())
        self._check_merged()
        lines = [
            (number, [self._cell(number, line, column) for column in self.columns])
            for number, line in enumerate(self.sheet.cells, start=1)
            if number > self.heading_row + 1 and self._has_something(number, line)
        ]
        header = [heading.name for heading in self.columns.values()]
        labels = {each.name: f"{each.zh} {each.en}" for each in columns_of(self.form)} | {
            heading.name: self._label(column) for column, heading in self.columns.items()
        }
        sorts = {heading.name: heading.sort for heading in self.columns.values()}
        self.reading.tables[self.at] = ReadTable(
            self.heading_row + 1, header, lines, labels, sorts, self.form.may_be_empty
        )
        self.reading.labels[self.file] = labels

    def _label(self, column: int) -> str:
        """`C 机种`, as Excel and the sheet have it."""
        return f"{letters(column + 1)} {str(self.sheet.cells[self.heading_row][column]).strip()}"

    def _take_heading(self, column: int, text: str) -> None:
        heading, unit_fits = heading_of(self.form, text)
        where, label = f"row {self.heading_row + 1}", f"column {letters(column + 1)}"
        if heading is not None and not unit_fits:
            self.reading.faults.add(self.file, where, label, text, heading.words("zh"))
        if heading is None and (text or self._is_used(column)):
            known = [word for each in columns_of(self.form) for word in (each.zh, each.en)]
            found = text or "a column without a heading"
            self.reading.faults.add(self.file, where, label, found, "a known column", known)
        if heading is None or heading.name == REMARK.name:
            return
        twin = next((at for at, each in self.columns.items() if each.name == heading.name), None)
        if twin is not None:
            found = f"the same as column {letters(twin + 1)}"
            _say(self.reading, self.file, where, found, "each column once", column=label)
            return
        self.columns[column] = heading

    def _is_used(self, column: int) -> bool:
        """True where a column has something below the headings."""
        return any(line[column] != "" for line in self.sheet.cells[self.heading_row + 1 :])

    def _has_something(self, number: int, line: Sequence[Cell]) -> bool:
        return any(
            (number, column + 1) in self.sheet.scan.odd or str(line[column]).strip()
            for column in self.columns
        )

    def _cell(self, number: int, line: Sequence[Cell], column: int) -> str:
        """The text of one cell; what cannot be read is named, and a fault where texts are free."""
        heading = self.columns[column]
        odd = self.sheet.scan.odd.get((number, column + 1)) or is_odd(line[column], heading.sort)
        if not odd:
            return cell_text(line[column], heading.sort)
        if heading.sort == TEXT or heading.name in MAY_LACK:
            named = f"column {heading.name}"
            self.reading.faults.add(self.file, f"row {number}", named, odd, A_VALUE)
        return odd

    def _check_merged(self) -> None:
        """Merged cells below the headings hide which row a value belongs to."""
        for (low_row, low_column), (high_row, high_column) in self.sheet.merged:
            spans = range(low_column - 1, high_column)
            if high_row > self.heading_row + 1 and any(column in spans for column in self.columns):
                first = f"{letters(low_column)}{low_row}"
                last = f"{letters(high_column)}{high_row}"
                found = f"merged cells {first}:{last}"
                _say(self.reading, self.file, f"cell {first}", found, "cells that are not merged")
