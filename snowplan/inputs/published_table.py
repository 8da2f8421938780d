"""The table of published figures that runs are compared with."""

from __future__ import annotations

from pathlib import Path

from snowplan.given import given_path
from snowplan.inputs.reading import Reading
from snowplan.inputs.table_files import Row, read_items
from snowplan.model.published import (
    BESIDE,
    COMPARED,
    HAULING,
    HAULING_BESIDE,
    ROLES,
    SIZES,
    Published,
)

COLUMNS = ("id", "quantity", "low", "high", "unit", "role", "source", "tag")
IN_CHINESE = ("source_zh",)


def read_published(path: Path | None = None) -> dict[str, Published]:
    """The figures of `seeds/published.csv` (or of another file) by id: `COMPARED`, then `BESIDE`.

    What is compared may be left out; what is named beside it may not. Raises InputError with every
    fault of the table.
    """
    found = _read(path)
    return {key: found[key] for key in (*COMPARED, *BESIDE) if key in found}


def read_sizes(path: Path | None = None) -> tuple[Published, ...]:
    """What is published of how much of Pingcheng machines clear, in the order of `SIZES`.

    Raises InputError with every fault of the table.
    """
    found = _read(path)
    return tuple(found[key] for key in SIZES if key in found)


def read_hauling(path: Path | None = None) -> dict[str, Published]:
    """What is published of Mudanjiang's hauling, by id: `HAULING`, then `HAULING_BESIDE`.

    Raises InputError with every fault of the table.
    """
    found = _read(path)
    return {key: found[key] for key in (*HAULING, *HAULING_BESIDE) if key in found}


def _read(path: Path | None) -> dict[str, Published]:
    path = path or given_path("seeds/published.csv")
    reading = Reading(path.parent)
    found = {
        row.id: row for row in read_items(reading, path, COLUMNS, _figure, optional=IN_CHINESE)
    }
    file = reading.shown(path)
    if not reading.faulty(file):
        for key in (key for key in BESIDE if key not in found):
            reading.faults.add(file, "", "column id", f"no {key}", "a figure that reasons name")
    reading.faults.raise_if_any()
    return found


def _figure(row: Row) -> Published:
    low = row.number_in("low", 0, 1e9, above=True)
    key = row.choice("id", tuple(ROLES), "a quantity that runs are compared by")
    return Published(
        id=key,
        quantity=row.text("quantity"),
        low=low,
        high=row.number_in("high", low, 1e9),
        unit=row.text("unit"),
        role=row.choice("role", ROLES.get(key, ()), "a role"),
        source=row.text("source"),
        tag=row.text("tag"),
        source_zh=row.cells.get("source_zh", ""),
    )
