"""The columns that `snowplan schema tables` tells are those that the readers ask for."""

from __future__ import annotations

import csv

import pytest

from snowplan.given import given_path
from snowplan.inputs import fleet_tables, group_tables
from snowplan.inputs.reading import UNITS, unit_of
from snowplan.inputs.table_columns import INPUT_TABLES
from snowplan.inputs.table_files import SOURCED

READ = {
    "machine_types": (*fleet_tables.TYPE_COLUMNS, *fleet_tables.LOADING_COLUMNS),
    "depots": fleet_tables.DEPOT_COLUMNS,
    "trucks": group_tables.TRUCK_COLUMNS,
    "dump_points": group_tables.DUMP_COLUMNS,
    "squads": group_tables.SQUAD_COLUMNS,
    "frontage": group_tables.FRONTAGE_COLUMNS,
}


@pytest.mark.parametrize("table", INPUT_TABLES)
def test_the_columns_are_those_of_the_given_table(table: str) -> None:
    """The heading of the project's own table, less source and tag, in its order."""
    names = [column.name for column in INPUT_TABLES[table]]
    with given_path(f"seeds/{table}.csv").open(encoding="utf-8", newline="") as stream:
        heading = next(csv.reader(stream))
    assert names == [name for name in heading if name not in SOURCED]
    assert sorted(names) == sorted(READ.get(table, names))


@pytest.mark.parametrize("table", INPUT_TABLES)
def test_units_are_those_that_the_names_end_in(table: str) -> None:
    """A column whose name ends in a unit is told with that unit; every column is told in words."""
    words = {"minutes": "min", "hours": "h", "l/h": "l/h"}
    for column in INPUT_TABLES[table]:
        unit = unit_of(column.name)
        assert unit in ("", *UNITS.values())
        if unit:
            assert column.unit == words.get(unit, unit)
        assert column.zh
        assert column.en
