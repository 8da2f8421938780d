"""The tables of a run folder: every column with its type, unit and meaning, declared once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd
from pandas.api import types

from snowplan.errors import RunError

DTYPES = ("int64", "Int64", "float64", "text", "bool", "boolean")


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `Int64` and `boolean` may be missing, `text` too unless it is a key."""

    name: str
    dtype: str
    unit: str
    zh: str
    en: str
    key: bool = False  # never missing
    added: bool = False  # folders of earlier versions lack it: wholly missing then


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the run folder."""

    file: str
    zh: str
    en: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """Column names in the declared order."""
        return [column.name for column in self.columns]

    def faults(self, frame: pd.DataFrame) -> list[str]:
        """Everything in which a frame differs from the declaration, in words."""
        found = [f"column {name} is missing" for name in self.names if name not in frame.columns]
        found += [
            f"column {name} is not declared" for name in frame.columns if name not in self.names
        ]
        for column in self.columns:
            if column.name in frame.columns:
                found += _column_faults(column, frame[column.name])
        return found

    def checked(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame in the declared column order; raises `RunError` naming every difference."""
        found = self.faults(frame)
        if found:
            raise RunError(f"{self.file}: " + "; ".join(found))
        return frame[self.names]

    def shaped(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame cast to the declared types; missing text is `None`."""
        return pd.DataFrame({c.name: shaped_column(frame[c.name], c.dtype) for c in self.columns})

    def empty(self) -> pd.DataFrame:
        """A frame without rows."""
        return pd.DataFrame(
            {c.name: shaped_column(pd.Series([], dtype=object), c.dtype) for c in self.columns}
        )


def shaped_column(values: pd.Series, dtype: str) -> pd.Series:
    """A column cast to a declared type; text becomes objects with `None` where it is missing."""
    if dtype == "text":
        plain = values.astype(object)
        return plain.where(plain.notna(), None)
    return values.astype(dtype)  # type: ignore[call-overload,no-any-return]


def _column_faults(column: Column, values: pd.Series) -> Iterable[str]:
    if not _type_fits(column.dtype, values):
        yield f"column {column.name} is {values.dtype}, expected {column.dtype}"
    elif column.key and values.isna().any():
        row = int(values.isna().to_numpy().argmax())
        yield f"column {column.name} is missing in row {row}, expected a value"


def _type_fits(dtype: str, values: pd.Series) -> bool:
    if dtype == "text":
        return _is_text(values)
    if dtype == "Int64":  # a nullable column without gaps may be plain
        return str(values.dtype) in ("Int64", "int64")
    if dtype == "boolean":
        return str(values.dtype) in ("boolean", "bool")
    return str(values.dtype) == dtype


def _is_text(values: pd.Series) -> bool:
    if isinstance(values.dtype, pd.CategoricalDtype):
        return _is_text(values.dtype.categories.to_series())
    if values.dtype == object:
        return types.infer_dtype(values, skipna=True) in ("string", "empty")
    return types.is_string_dtype(values.dtype)
