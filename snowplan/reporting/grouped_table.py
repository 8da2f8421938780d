"""Tables whose rows stand in groups under heads as wide as the table, for terminals of any width.

Names are wrapped, never cut. Where they would have less room than `LEAST_NAME` columns, each row is
told as a sentence instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text

from snowplan.reporting.comparison_texts import comparison_text
from snowplan.reporting.folding import folded

LEAST_NAME = 14
WIDEST_HEAD = 12
GAP = "  "
MARGIN = " "


class Column(NamedTuple):
    """A column: its head, and whether its cells stand at the right."""

    head: str
    right: bool = False


class Group(NamedTuple):
    """Rows under a head, which may be empty; the first cell of a row is its name."""

    head: str
    rows: Sequence[Sequence[Text]]


@dataclass(frozen=True, slots=True)
class GroupedTable:
    """A table as wide as it needs to be."""

    title: str
    columns: Sequence[Column]
    groups: Sequence[Group]

    def lines(self, width: int, lang: str) -> Iterator[Text]:
        """The table in at most `width` columns, its title first."""
        if self.title:
            yield from (Text(part, style="bold") for part in folded(self.title, width))
            yield Text("")
        widths = self._widths(width)
        if widths is None:
            yield from self._stacked(width, lang)
            return
        heads = [
            folded(column.head, cells, "")
            for column, cells in zip(self.columns, widths, strict=True)
        ]
        yield from self._side_by_side([[Text(part) for part in head] for head in heads], widths)
        yield Text(MARGIN + "─" * (sum(widths) + len(GAP) * (len(widths) - 1)))
        for number, group in enumerate(self.groups):
            if number and (group.head or self.groups[number - 1].head):
                yield Text("")
            yield from _head(group, width)
            for row in group.rows:
                indent = GAP if group.head else ""
                name = folded(indent + row[0].plain, widths[0], indent + GAP)
                cells = [[Text(part, style=row[0].style) for part in name]]
                cells += [list(cell.split("\n")) for cell in row[1:]]
                yield from self._side_by_side(cells, widths)
        yield Text("")

    def _widths(self, width: int) -> list[int] | None:
        """Cells of each column; None where the names would have too few."""
        found = []
        for number, column in enumerate(self.columns):
            indents = [len(GAP) if group.head and not number else 0 for group in self.groups]
            parts = [
                indent + cell_len(part.plain)
                for group, indent in zip(self.groups, indents, strict=True)
                for row in group.rows
                for part in row[number].split("\n")
            ]
            head = min(cell_len(column.head), WIDEST_HEAD)
            found.append(max([head, *parts]))
        room = width - len(MARGIN) - sum(found[1:]) - len(GAP) * (len(found) - 1)
        if room < min(found[0], LEAST_NAME):
            return None
        return [min(found[0], room), *found[1:]]

    def _side_by_side(
        self, cells: Sequence[Sequence[Text]], widths: Sequence[int]
    ) -> Iterator[Text]:
        """The lines of one row whose cells have lines themselves."""
        for number in range(max(map(len, cells))):
            line = Text(MARGIN)
            for place, (column, cell, width) in enumerate(
                zip(self.columns, cells, widths, strict=True)
            ):
                part = cell[number] if number < len(cell) else Text("")
                space = " " * (width - cell_len(part.plain))
                line.append(GAP if place else "")
                line.append_text(Text(space) + part if column.right else part + Text(space))
            line.rstrip()
            yield line

    def _stacked(self, width: int, lang: str) -> Iterator[Text]:
        """A sentence a row: what each column has of it."""
        for group in self.groups:
            yield from _head(group, width)
            for row in group.rows:
                parts = [
                    f"{column.head} {' · '.join(cell.plain.splitlines())}"
                    for column, cell in zip(self.columns[1:], row[1:], strict=True)
                    if cell.plain
                ]
                told = comparison_text(
                    "row", lang, name=row[0].plain, parts=comparison_text("join", lang).join(parts)
                )
                indent = MARGIN + (GAP if group.head else "")
                yield from map(Text, folded(indent + told, width, indent + GAP))
        yield Text("")


def _head(group: Group, width: int) -> Iterator[Text]:
    if group.head:
        yield from (Text(part, style="bold") for part in folded(MARGIN + group.head, width))
