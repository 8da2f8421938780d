"""What a sheet's XML holds that the reader of values does not tell, and how far it reaches."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from xml.parsers import expat

REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)
MOST_ROWS, MOST_COLUMNS = 20_000, 100
MOST_TEXT, MOST_TEXTS = 32_767, 20_000_000  # characters of a cell, as Excel has it; of a sheet
LETTERS = 26
UNCOUNTED = "a formula without a value"
CELL, ROW, VALUE, FORMULA, INLINE = "c", "row", "v", "f", "is"
SHARED, SHARED_ITEM = "s", "si"


class ScanError(Exception):
    """The part is no XML, or declares a document type, which may hold an entity bomb."""


@dataclass(slots=True)
class Scan:
    """Cells that hold no value of their own, by row and column from 1; the first cell too far out.

    `swollen`: the first cell whose text, or with whose text all, is more than may be read.
    """

    odd: dict[tuple[int, int], str] = field(default_factory=dict)
    outside: str = ""
    swollen: str = ""

    @property
    def too_much(self) -> bool:
        """True where the cells themselves are better not read."""
        return bool(self.outside or self.swollen)


def letters(column: int) -> str:
    """The letters of a column counted from 1: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, LETTERS)
        name = chr(ord("A") + rest) + name
    return name


def number_of(name: str) -> int:
    """The column, counted from 1, of its letters."""
    number = 0
    for letter in name:
        number = number * LETTERS + ord(letter) - ord("A") + 1
    return number


@dataclass(slots=True)
class _Handler:
    """Receives the parser's events of one sheet; `shared`: lengths of the texts it may refer to."""

    shared: Sequence[int] = ()
    scan: Scan = field(default_factory=Scan)
    weight: int = 0
    row: int = 0
    column: int = 0
    sort: str = ""
    formula: bool = False
    filled: bool = False
    inside: bool = False
    text: list[str] = field(default_factory=list)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A row, a cell, or what is in it."""
        name = tag.rpartition(":")[2]
        if name == ROW:
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
        elif name == CELL:
            self._cell(attributes)
        self.formula = self.formula or name == FORMULA
        self.filled = self.filled or name in (VALUE, INLINE, FORMULA)
        self.inside = name in (VALUE, INLINE) or (self.inside and name != CELL)

    def _cell(self, attributes: Mapping[str, str]) -> None:
        found = REFERENCE.fullmatch(attributes.get("r", ""))
        if found is None and "r" in attributes:
            raise ScanError(f"cell {attributes['r']}")
        self.column = number_of(found[1]) if found else self.column + 1
        self.row = int(found[2]) if found else self.row
        self.sort = attributes.get("t", "")
        self.formula, self.filled, self.text = False, False, []

    def data(self, text: str) -> None:
        """Characters of a value."""
        if self.inside:
            self.text.append(text)

    def end(self, tag: str) -> None:
        """The end of a value, or of a cell: is it one that can be read?"""
        name = tag.rpartition(":")[2]
        if name in (VALUE, INLINE):
            self.inside = False
        if name != CELL:
            return
        text = "".join(self.text)
        self._weigh(text)
        at = self.row, self.column
        if at[0] > MOST_ROWS or at[1] > MOST_COLUMNS:
            if self.filled or self.sort == "e":
                self.scan.outside = self.scan.outside or self._name()
        elif self.sort == "e":
            self.scan.odd[at] = text or "#"
        elif self.formula and not text and self.sort != "str":
            self.scan.odd[at] = UNCOUNTED

    def _weigh(self, text: str) -> None:
        """Count the letters of a cell: a shared text weighs in every cell that refers to it."""
        here = len(text)
        if self.sort == SHARED:
            with suppress(ValueError, IndexError):  # the reader of values tells of such damage
                here = self.shared[int(text)]
        self.weight += here
        if here > MOST_TEXT or self.weight > MOST_TEXTS:
            self.scan.swollen = self.scan.swollen or self._name()

    def _name(self) -> str:
        return f"{letters(self.column)}{self.row}"


def shared_lengths(part: bytes) -> list[int]:
    """How many characters each shared text has, in their order.

    Raises ScanError for what is no XML.
    """
    found: list[int] = []

    def start(tag: str, _: object) -> None:
        if tag.rpartition(":")[2] == SHARED_ITEM:
            found.append(0)

    def data(text: str) -> None:
        if found:
            found[-1] += len(text)

    _parse(part, start, lambda _: None, data)
    return found


def scan_sheet(part: bytes, shared: Sequence[int] = ()) -> Scan:
    """Formulas without a value, errors such as #N/A, and the first cell out of bounds.

    `shared`: lengths of the workbook's shared texts. Raises ScanError for what is no XML.
    """
    handler = _Handler(shared)
    _parse(part, handler.start, handler.end, handler.data)
    return handler.scan


def elements(part: bytes) -> list[tuple[str, dict[str, str]]]:
    """The elements of a small part in their order, with their attributes, prefixes left out.

    Raises ScanError for what is no XML.
    """
    found: list[tuple[str, dict[str, str]]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        found.append((tag.rpartition(":")[2], attributes))

    _parse(part, start, lambda _: None, lambda _: None)
    return found


def _parse(
    part: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    data: Callable[[str], None],
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise ScanError(str(error)) from None


def _refuse(*_: object) -> None:
    raise ScanError("a document type")
