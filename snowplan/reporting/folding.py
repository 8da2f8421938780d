"""Lines folded to a console's width: Chinese between characters, other words whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import IO

from rich.cells import cell_len, set_cell_size
from rich.console import Console

from snowplan.reporting.tables import width_of

INDENT = "  "
_WIDE = "\u2e80-\uffef"
_CLOSING = "，。、；：）”！？"
# A number keeps the unit behind it; closing marks stay with what they close.
_PIECE = re.compile(rf"\s+|[（(\[]*(?:[+-]?\d[\d,.]* )?(?:[^\s{_WIDE}]+|[{_WIDE}])[{_CLOSING}]*")


def folded(line: str, width: int, indent: str = INDENT) -> list[str]:
    """One line in as many as it takes, the later ones indented; never wider than `width` cells."""
    found, current = [], ""
    for piece in _PIECE.findall(line):
        if current.strip() and cell_len((current + piece).rstrip()) > width:
            found.append(current.rstrip())
            current = indent + piece.lstrip()
        else:
            current += piece
        while cell_len(current.rstrip()) > width > cell_len(indent) + 1:
            first = set_cell_size(current, width).rstrip()
            found.append(first)
            current = indent + current[len(first) :].lstrip()
    return [*found, current.rstrip()]


def folded_for(lines: Iterable[str], file: IO[str]) -> list[str]:
    """Lines folded to the width of the terminal that `file` is, or of any other file."""
    width = width_of(file) or Console(file=file).width
    return [part for line in lines for part in folded(line, width)]
