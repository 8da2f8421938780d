"""A table as the house draws them on the terminal: one rule below the heads, no frame."""

from __future__ import annotations

from rich import box
from rich.table import Table


def house_table(title: str | None) -> Table:
    """An empty table with its title at the left."""
    return Table(
        title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0), pad_edge=False,
    )  # fmt: skip
