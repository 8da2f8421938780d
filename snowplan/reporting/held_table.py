"""What held the city back, as a table on the terminal: a row a part, a column a road class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table

from snowplan.analysis.held_parts import PARTS
from snowplan.reporting.held_words import held_text, percent
from snowplan.reporting.house_table import house_table
from snowplan.reporting.readiness_words import share_name
from snowplan.words import name_of


def held_table(rows: Sequence[Mapping[str, Any]], lang: str) -> Table:
    """Shares of time by part and class; `rows` as of `held_shares`."""
    table = house_table(held_text("title", lang))
    table.add_column(held_text("part", lang))
    for row in rows:
        table.add_column(name_of("class", row["road_class"], lang), justify="right")
    there = {part for row in rows for part in row["shares"]}
    for part in (part for part in PARTS if part in there):
        cells = [row["shares"].get(part) for row in rows]
        table.add_row(
            share_name(part, lang), *("–" if cell is None else percent(cell) for cell in cells)
        )
    areas = [f"{row['area_m2']:,.0f}" for row in rows]
    table.add_row(held_text("area", lang), *areas, style="dim")
    return table
