"""Opening an Excel workbook within bounds: its size, its parts, its cells, before it is read."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from snowplan.errors import Fault
from snowplan.inputs.reading import Reading
from snowplan.inputs.workbook_scan import (
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_TEXT,
    MOST_TEXTS,
    Scan,
    ScanError,
    elements,
    letters,
    scan_sheet,
    shared_lengths,
)

SUFFIXES = (".xlsx", ".xlsm")  # macros of the latter are never run
MOST_BYTES, MOST_UNPACKED, MOST_PARTS = 10 * 2**20, 60 * 2**20, 500
KEPT = (".xml", ".rels")  # pictures and the like are not opened
SHARED_PART = "sharedstrings.xml"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # .xls, or an .xlsx with a password
WORKBOOK = "an Excel workbook (.xlsx)"
UNDAMAGED = "an Excel workbook (.xlsx) that is not damaged"
Cell = str | float | bool | date | time | datetime | timedelta


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one sheet from A1 on, what was odd, merged ranges (rows, columns, from 1)."""

    cells: list[list[Cell]]
    scan: Scan
    merged: list[tuple[tuple[int, int], tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Book:
    """An open workbook: the names of its sheets in order, and each one's part."""

    values: CalamineWorkbook
    parts: dict[str, bytes]  # by the sheet's name
    shared: list[int]  # lengths of the shared texts

    @property
    def names(self) -> list[str]:
        """The sheets' names in their order."""
        return list(self.parts)

    def sheet(self, name: str) -> Sheet:
        """One sheet; ScanError where it is damaged, its cells left out where they are too much."""
        scan = scan_sheet(self.parts[name], self.shared)
        if scan.too_much:
            return Sheet([], scan, [])
        try:
            found = self.values.get_sheet_by_name(name)
            cells = found.to_python(skip_empty_area=False)
        except DAMAGE as error:
            raise ScanError(str(error)) from None
        merged = [
            ((low[0] + 1, low[1] + 1), (high[0] + 1, high[1] + 1))
            for low, high in found.merged_cell_ranges or ()
        ]
        return Sheet(_widened(cells, scan), scan, merged)


def _widened(cells: list[list[Cell]], scan: Scan) -> list[list[Cell]]:
    """The cells with room for the odd ones, which the reader of values takes for blank."""
    rows = max([len(cells), *(row for row, _ in scan.odd)])
    width = max([len(cells[0]) if cells else 0, *(column for _, column in scan.odd)])
    blank: list[list[Cell]] = [[] for _ in range(rows - len(cells))]
    return [line + [""] * (width - len(line)) for line in cells + blank]


def bounds() -> str:
    """The words for a cell that is not too far out."""
    return f"cells up to row {MOST_ROWS} and column {letters(MOST_COLUMNS)}"


def text_bounds() -> str:
    """The words for texts that are not too long."""
    return f"at most {MOST_TEXT} characters a cell and {MOST_TEXTS} a sheet"


def open_book(reading: Reading, path: Path) -> Book | None:
    """A workbook, its SHA-256 kept; None after a fault."""
    file = reading.shown(path)
    if path.suffix.lower() not in SUFFIXES:
        reading.faults.add(file, "", "", path.name, WORKBOOK)
        return None
    if path.is_file() and path.stat().st_size > MOST_BYTES:
        found = f"{path.stat().st_size / 2**20:.0f} MB"
        expected = f"at most {MOST_BYTES // 2**20} MB"
        reading.faults.items.append(Fault(file, "", "", found, expected))
        return None
    data = reading.note(path)
    if data is None:
        return None
    if data.startswith(OLD_EXCEL):
        found = "an old .xls file, or one with a password"
        reading.faults.add(file, "", "", found, f"{WORKBOOK} without a password")
        return None
    try:
        return _book(_parts(data))
    except _TooMuchError as error:
        most = f"at most {MOST_UNPACKED // 2**20} MB unpacked"
        reading.faults.items.append(Fault(file, "", "", str(error), most))
    except DAMAGE:
        reading.faults.add(file, "", "", "a damaged file", UNDAMAGED)
    return None


class _TooMuchError(Exception):
    """What is packed is too much."""


DAMAGE = (
    zipfile.BadZipFile, zlib.error, ScanError, CalamineError, LookupError, OSError, EOFError,
    NotImplementedError, RuntimeError, ValueError,
)  # fmt: skip


def _parts(data: bytes) -> dict[str, bytes]:
    """The XML parts by name, unpacked within bounds whatever the file says of their sizes."""
    left = MOST_UNPACKED
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        infos = [info for info in packed.infolist() if info.filename.lower().endswith(KEPT)]
        if len(infos) > MOST_PARTS:
            raise _TooMuchError(f"{len(infos)} parts")
        for info in infos:
            with packed.open(info) as stream:
                found[info.filename] = stream.read(left + 1)
            left -= len(found[info.filename])
            if left < 0:
                raise _TooMuchError(f"more than {MOST_UNPACKED // 2**20} MB")
    return found


def _book(parts: dict[str, bytes]) -> Book:
    """The workbook of these parts; the reader of values gets them as they were measured."""
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w", zipfile.ZIP_STORED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    again.seek(0)
    values = CalamineWorkbook.from_filelike(again)
    sheets = _sheet_parts(parts)
    named = {name: sheets[name] for name in values.sheet_names if name in sheets}
    return Book(values, named, _shared(parts))


def _shared(parts: dict[str, bytes]) -> list[int]:
    """The lengths of the shared texts; nothing where there are none."""
    found = [part for name, part in parts.items() if name.lower().endswith(SHARED_PART)]
    if len(found) > 1:
        raise ScanError("shared texts twice")
    return shared_lengths(found[0]) if found else []


def _sheet_parts(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The part of each sheet by the sheet's name, through the relations of the workbook."""
    main = _main_part(parts)
    folder, _, file = main.rpartition("/")
    relations = {
        attributes["Id"]: attributes["Target"]
        for tag, attributes in elements(parts[posixpath.join(folder, "_rels", f"{file}.rels")])
        if tag == "Relationship"
    }
    found: dict[str, bytes] = {}
    for tag, attributes in elements(parts[main]):
        if tag != "sheet":
            continue
        relation = next(v for k, v in attributes.items() if k.rpartition(":")[2] == "id")
        target = relations[relation]
        whole = target[1:] if target.startswith("/") else posixpath.join(folder, target)
        part = parts.get(posixpath.normpath(whole))
        if part is not None:
            found[attributes["name"]] = part
    return found


def _main_part(parts: dict[str, bytes]) -> str:
    for tag, attributes in elements(parts["_rels/.rels"]):
        if tag == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            return posixpath.normpath(attributes["Target"].lstrip("/"))
    raise ScanError("no workbook")
