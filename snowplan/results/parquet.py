"""Parquet files written and read by DuckDB: the same frame gives the same bytes."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pandas as pd

from snowplan.results.schema import Table

SQL_TYPES = {
    "int64": "BIGINT",
    "Int64": "BIGINT",
    "float64": "DOUBLE",
    "text": "VARCHAR",
    "bool": "BOOLEAN",
    "boolean": "BOOLEAN",
}


def _connect() -> duckdb.DuckDBPyConnection:
    """A connection in memory: one thread and insertion order, so that bytes repeat; no network."""
    return duckdb.connect(
        ":memory:",
        config={
            "threads": 1,
            "preserve_insertion_order": True,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _as_pattern(path: Path) -> str:
    """The path as DuckDB's reader takes it: `*`, `?` and `[` stand for themselves."""
    return re.sub(r"([*?\[])", r"[\1]", str(path.resolve()))


def write_parquet(frame: pd.DataFrame, table: Table, path: Path) -> None:
    """Write the table's columns of `frame`, in the declared order and types, to a new file."""
    columns = ", ".join(
        f'CAST("{column.name}" AS {SQL_TYPES[column.dtype]}) AS "{column.name}"'
        for column in table.columns
    )
    target = _quoted(str(path.resolve()))
    with _connect() as connection:
        connection.register("frame", frame)
        connection.execute(
            f"COPY (SELECT {columns} FROM frame) TO {target} (FORMAT parquet, COMPRESSION zstd)"  # noqa: S608 - names come from the declaration
        )


def read_parquet(path: Path, table: Table) -> pd.DataFrame:
    """Read a file back with the declared types; raises `duckdb.Error` when it is no Parquet file.

    A column that the file lacks is a `KeyError`, unless it was added since: then it is missing
    in every row.
    """
    with _connect() as connection:
        frame = connection.sql(f"SELECT * FROM read_parquet({_quoted(_as_pattern(path))})").df()  # noqa: S608 - quoted above
    lacking = [column for column in table.columns if column.name not in frame.columns]
    frame = frame.assign(**{column.name: None for column in lacking if column.added})
    missing = [column.name for column in lacking if not column.added]
    if missing:
        raise KeyError(", ".join(missing))
    return table.shaped(frame)
