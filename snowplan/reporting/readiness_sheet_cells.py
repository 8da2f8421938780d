"""Cells of the tables of a readiness report: words for keys, figures as their units ask."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from snowplan.reporting.comparison_words import class_name
from snowplan.reporting.readiness_sheet_tables import Row, Table
from snowplan.reporting.readiness_sheet_words import head_words, setting_name
from snowplan.reporting.readiness_words import (
    MARK_SIGNS,
    grade_name,
    item_name,
    ready_name,
    share_name,
)
from snowplan.reporting.sheets import Figure, Shown
from snowplan.words import WORDS

YES_NO = {True: ("是", "yes"), False: ("否", "no")}
DUMPS = {"total": ("合计", "total"), "must": ("须运之雪（估算）", "to be hauled (estimate)")}
BOUNDS = {">=": "≥", "<": "<"}
# Columns whose values are keys of words.
GROUPS = {
    "zone": "zone", "kind": "machine", "road_class": "class", "group": "group",
    "product": "product", "flag": "flag", "severity": "severity", "binds": "relief",
    "more": "more", "ledger": "account", "term": "term",
}  # fmt: skip
# How figures are shown, by the end of the column's key; whole ones as they are.
PATTERNS = (
    (("_h", "_min", "_t", "mm", "_low", "_high", "median", "p90", "most", "hour", "storms",
      "doses", "late"), "0.0"),
    (("amount",), "#,##0.0"),
    (("_m2", "_m3"), "#,##0"),
    (("_km", "km2_cleared"), "0.00"),
)  # fmt: skip
SHARES = ("share", "low", "high", "probability", "confidence", "held_low", "held_high")
CURVES = ("opened", "clean")


class Cells:
    """Shows the values of a report's tables in one language."""

    def __init__(self, report: Mapping[str, Any], lang: str) -> None:
        self._lang, self._english = lang, lang == "en"
        self._titles: dict[str, str] = {
            row["id"]: row.get(f"title_{lang}") or row["title_zh"]
            for row in report["head"]["scenarios"]
        }

    def heads(self, table: Table) -> list[str]:
        """The heads of a table's columns."""
        return [self._head(table.key, column) for column in table.columns]

    def rows(self, table: Table) -> list[list[Shown]]:
        """The cells of a table."""
        return [
            [self._shown(column, row.get(column), row) for column in table.columns]
            for row in table.rows
        ]

    def _head(self, table: str, column: str) -> str:
        name, slash, about = column.partition("/")
        if table == "curves" and slash:
            aspect = ready_name(f"aspect.{'open' if name == 'opened' else name}", self._lang)
            gap = " " if self._english else ""
            return f"{class_name(about, self._lang)}{gap}{aspect}"
        head = head_words(table, name, self._lang)
        return f"{head} · {self._about(name, about)}" if slash else head

    def _about(self, name: str, about: str) -> str:
        """What one of several columns of a kind is about."""
        if name == "counts":
            return self._mark(about)
        return share_name(about, self._lang) if name == "share" else self._titles.get(about, about)

    def _shown(self, column: str, value: Any, row: Row) -> Shown:
        """A value as its cell shows it; nothing where there is none."""
        if column == "value" and "what" in row:
            return self._setting(row["what"], value)
        if value is None or (isinstance(value, float) and not math.isfinite(value)):
            return None
        if isinstance(value, bool):
            return YES_NO[value][self._english]
        if isinstance(value, list | tuple):
            return self._listed(column, value)
        if isinstance(value, int | float):
            return Figure(float(value), pattern_of(column, value))
        return self._words(column, str(value), row)

    def _words(self, column: str, value: str, row: Row) -> str:
        """A text: in words where it is a key, else as it is."""
        if column == "what" and "value" in row:
            return setting_name(value, self._lang)
        if column in GROUPS:
            squads = column == "kind" and f"machine.{value}" not in WORDS
            return ready_name(f"{'group' if squads else GROUPS[column]}.{value}", self._lang)
        names: dict[str, Callable[[str], str]] = {
            "scenario": lambda key: self._titles.get(key, key),
            "grade": lambda key: grade_name(key, self._lang),
            "reaches": lambda key: grade_name(key, self._lang),
            "mark": self._mark,
        }
        if column.partition("/")[0].endswith("bound"):
            return BOUNDS.get(value, value)
        if column in names:
            return names[column](value)
        if column == "item" and "/" in value:
            return item_name(value, self._lang)
        return DUMPS[value][self._english] if column == "dump" and value in DUMPS else value

    def _listed(self, column: str, values: list[Any] | tuple[Any, ...]) -> str:
        """Several values in one cell."""
        gap = ", " if self._english else "、"
        if column == "also":
            told = [f"{ready_name(f'relief.{key}', self._lang)} {gain:g}" for key, gain in values]
        elif column == "grades":
            told = [self._titles.get(key, grade_name(key, self._lang)) for key in values]
        elif column == "loses":
            told = [item_name(key, self._lang) for key in values]
        elif column == "varied":
            told = [ready_name(f"varies.{key}", self._lang) for key in values]
        else:
            told, gap = [str(value) for value in values], ", "
        return gap.join(told)

    def _setting(self, what: str, value: Any) -> Shown:
        """The value of a setting, as a column of its name would show it."""
        column = {"tightest": "item"}.get(what.rpartition(".")[2], what.rpartition(".")[2])
        return self._shown(column, value, {})

    def _mark(self, key: str) -> str:
        return f"{MARK_SIGNS[key]} {ready_name(f'mark.{key}', self._lang)}"


def pattern_of(column: str, value: float) -> str:
    """How a figure of a column is shown in Excel."""
    name, slash, _ = column.partition("/")
    if isinstance(value, int):
        return "0"
    if name in SHARES or (slash and name in CURVES):
        return "0.0%"
    return next((shown for ends, shown in PATTERNS if name.endswith(ends)), "General")
