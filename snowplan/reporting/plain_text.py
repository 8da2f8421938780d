"""Tables and lines as plain text, as wide as asked for, without colours."""

from __future__ import annotations

import io
import os

from rich.console import Console
from rich.table import Table

WIDTH = 100
LEAST_WIDTH = 60


def plain_text(*parts: Table | str) -> str:
    """The parts below one another; as wide as COLUMNS says, else 100, never below 60."""
    given = os.environ.get("COLUMNS", "")
    width = max(LEAST_WIDTH, int(given)) if given.isdecimal() else WIDTH
    console = Console(
        file=io.StringIO(), width=width, highlight=False, markup=False, emoji=False,
        color_system=None,
    )  # fmt: skip
    with console.capture() as capture:
        console.print(*parts, sep="\n")
    return "\n".join(line.rstrip() for line in capture.get().rstrip().splitlines())
