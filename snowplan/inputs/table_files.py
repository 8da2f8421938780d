"""CSV tables read strictly: every fault has file, row (the heading is row 1), column and words."""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from snowplan.clock import minute_of_day
from snowplan.errors import Faults, nearest
from snowplan.inputs.read_table import ReadTable, said
from snowplan.inputs.reading import Reading, a_number

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
CONTROL = re.compile("[\x00-\x1f\x7f]")
NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)
TAGS = ("S", "G", "N", "M", "W", "D", "A")
SOURCED = ("source", "tag")
LISTED = 12  # names that a message lists; of more, only the nearest
NO_NAMES: Mapping[str, str] = {}

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; each getter notes a fault and gives a harmless value when it is wrong.

    `spoken` are, by column, the words that a workbook has for names.
    """

    file: str
    number: int
    cells: dict[str, str]
    faults: Faults
    spoken: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def fault(self, column: str, found: object, expected: str, known: Collection[str] = ()) -> None:
        """Note a fault in one cell of this row."""
        self.faults.add(self.file, f"row {self.number}", f"column {column}", found, expected, known)

    def text(self, column: str) -> str:
        """A text that is not blank."""
        value = self.cells.get(column, "")
        if not value:
            self.fault(column, value, "a text that is not blank")
        elif CONTROL.search(value):
            self.fault(column, repr(value), "a text without control characters")
        return value

    def choice(self, column: str, known: Collection[str], what: str) -> str:
        """One of the known names; `what` they are names of. Where none is known, any text."""
        if not known:
            return self.text(column)
        value = self.cells.get(column, "")
        if value not in known:
            words = said(self.spoken.get(column, {}), known)
            self.fault(column, value, _one_of(what, value, words), (*words, *known))
        return value

    def words(self, column: str, known: Collection[str], what: str) -> tuple[str, ...]:
        """Known names with blanks between them; none at all is allowed."""
        values = tuple(self.cells.get(column, "").split())
        for value in values:
            if value not in known:
                self.fault(column, value, f"{what}: {', '.join(known)}", known)
        return values

    def number_in(
        self, column: str, low: float, high: float = math.inf, *, above: bool = False
    ) -> float:
        """A finite number from `low` (or above it) to `high`."""
        text = self.cells.get(column, "")
        if NOT_FINITE.fullmatch(text):
            self.fault(column, text, "a finite number")
            return max(low, 0.0)
        if not NUMBER.fullmatch(text):
            self.fault(column, text, a_number(column))
            return max(low, 0.0)
        value = float(text)
        if not math.isfinite(value):
            self.fault(column, text, "a finite number")
        elif value < low or value > high or (above and value == low):
            self.fault(column, text, span(low, high, above))
        else:
            return value
        return max(low, 0.0)

    def whole(self, column: str, low: int, high: int = 10**9) -> int:
        """A whole number from `low` to `high`."""
        value = self.number_in(column, low, high)
        if value != int(value):
            self.fault(column, self.cells[column], a_number(column, "a whole number"))
        return int(value)

    def optional_number(self, column: str) -> float | None:
        """A finite number, or None where the cell is blank."""
        return None if not self.cells.get(column) else self.number_in(column, -math.inf)

    def yes_no(self, column: str) -> bool:
        """`true` or `false`."""
        return self.choice(column, ("true", "false"), "true or false") == "true"

    def time(self, column: str) -> int:
        """A time of day such as 07:30, as minutes since midnight."""
        text = self.cells.get(column, "")
        try:
            return minute_of_day(text)
        except ValueError:
            self.fault(column, text, "a time of day such as 07:30")
            return 0


def _one_of(what: str, value: str, known: Collection[str]) -> str:
    """The words for a name: all that are known, or those nearest to what was written."""
    if len(known) <= LISTED:
        return f"{what}: {', '.join(known)}"
    near = nearest(value, known)
    return f"{what}, such as {', '.join(near)}" if near else what


def span(low: float, high: float, above: bool) -> str:
    """The words for a range: `a number above 0`, `a number from 0 to 24`."""
    if above:
        return f"a number above {low:g}" + (f", at most {high:g}" if high < math.inf else "")
    if low == -math.inf:
        return f"a number of at most {high:g}"
    return f"a number from {low:g} to {high:g}" if high < math.inf else f"a number from {low:g} up"


def read_rows(
    reading: Reading,
    path: Path,
    columns: Sequence[str],
    optional: Sequence[str] = (),
    chinese: Mapping[str, str] = NO_NAMES,
) -> list[Row]:
    """The rows of a table with exactly these columns, in any order, `source` and `tag` beside.

    The table is a CSV file, or a sheet of a workbook that was opened. `source`, `tag` and
    `optional` columns may be left out of a user's own table. `chinese` are other names of the
    columns. Blank lines are passed over.
    """
    file = reading.shown(path)
    count = len(reading.faults.items)
    table = reading.tables.get(path) or _csv_table(reading, path, columns, chinese)
    if not table.header:  # nothing was read, and a fault says why
        return []
    if not _header_is_right(table, (*columns, *optional), columns, file, reading.faults):
        return []
    spoken = {name: reading.spoken.of(sort) for name, sort in table.sorts.items()}
    rows = [
        Row(file, number, _cells(reading, table, cells), reading.faults, spoken)
        for number, cells in table.lines
        if _fits(reading, file, number, cells, table)
    ]
    if not rows and not table.may_be_empty and len(reading.faults.items) == count:
        reading.faults.add(file, "", "", "no rows", "at least one row")
    return rows


def _csv_table(
    reading: Reading, path: Path, columns: Sequence[str], chinese: Mapping[str, str]
) -> ReadTable:
    """The headings and the lines of a CSV file that are not blank; no heading after a fault."""
    nothing = ReadTable(1, [], [])
    text = reading.text(path)
    if text is None:
        return nothing
    file = reading.shown(path)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        reading.faults.add(file, "", "", str(error), "a table in CSV")
        return nothing
    if not lines or not any(lines[0]):
        reading.faults.add(file, "row 1", "", "nothing", f"the columns {', '.join(columns)}")
        return nothing
    header = [chinese.get(name.strip(), name.strip()) for name in lines[0]]
    filled = [
        (number, [cell.strip() for cell in cells])
        for number, cells in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]
    return ReadTable(1, header, filled)


def _cells(reading: Reading, table: ReadTable, cells: Sequence[str]) -> dict[str, str]:
    """One row by column, names in place of words for them."""
    return {
        column: reading.spoken.meant(table.sorts.get(column, ""), cell)
        for column, cell in zip(table.header, cells, strict=True)
    }


def _fits(reading: Reading, file: str, number: int, cells: Sequence[str], table: ReadTable) -> bool:
    """True for a line of as many cells as there are headings; a fault for any other."""
    if len(cells) == len(table.header):
        return True
    reading.faults.add(
        file, f"row {number}", "", f"{len(cells)} cells", f"{len(table.header)} cells"
    )
    return False


def _header_is_right(
    table: ReadTable, known: Sequence[str], columns: Sequence[str], file: str, faults: Faults
) -> bool:
    """Each heading once and known, and every column there."""
    count = len(faults.items)
    where = f"row {table.heading_row}"
    for name, times in Counter(table.header).items():
        if times > 1:
            faults.add(file, where, f"column {name}", f"{times} columns", "each column once")
        if name not in (*known, *SOURCED):
            faults.add(file, where, "", name, "a known column", (*known, *SOURCED))
    for name in columns:
        if name not in table.header:
            called = table.labels.get(name, name)
            faults.add(file, where, f"column {name}", "no such column", f"a column {called}")
    return len(faults.items) == count


def read_items(
    reading: Reading,
    path: Path,
    columns: Sequence[str],
    build: Callable[[Row], Item],
    key: Sequence[str] = ("id",),
    optional: Sequence[str] = (),
    chinese: Mapping[str, str] = NO_NAMES,
) -> list[Item]:
    """Every faultless row as a record, sorted by its key, which must be there once."""
    first: dict[tuple[str, ...], int] = {}
    items: dict[tuple[str, ...], Item] = {}
    for row in read_rows(reading, path, columns, optional, chinese):
        count = len(reading.faults.items)
        item = build(row)
        _check_source(row)
        own = tuple(row.cells[column] for column in key)
        if own in first:
            row.fault(" ".join(key), " ".join(own), f"each once; a duplicate of row {first[own]}")
        first.setdefault(own, row.number)
        reading.rows.setdefault(row.file, {}).setdefault(own[0], row.number)
        if len(reading.faults.items) == count:
            items[own] = item
    return [items[own] for own in sorted(items)]


def _check_source(row: Row) -> None:
    if "source" in row.cells:
        row.text("source")
    if "tag" in row.cells:
        row.choice("tag", TAGS, "a source tag")


def by_name(items: Iterable[Item], name: Callable[[Item], str]) -> dict[str, Item]:
    """Records by a name of theirs."""
    return {name(item): item for item in items}
