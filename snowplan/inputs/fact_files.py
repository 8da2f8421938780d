"""Every given figure with its source and tag, for people to look through."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from snowplan.given import given_path

ASSUMED = "A"
BESIDE_FIGURES = ("source", "source_zh", "tag")


@dataclass(frozen=True, slots=True)
class Fact:
    """The figures of one row or table, and where they come from."""

    file: str
    where: str
    figures: dict[str, str]
    source: str
    tag: str


def read_facts(folder: Path | None = None) -> list[Fact]:
    """The facts of all tables in `seeds/` (or in `folder`), in the order of files and rows."""
    home = given_path("seeds") if folder is None else folder
    facts: list[Fact] = []
    for path in sorted(home.iterdir()):
        facts += facts_of(path, f"{home.name}/{path.name}")
    return facts


def facts_of(path: Path, file: str) -> list[Fact]:
    """The facts of one table, which messages name `file`; none of a file that is no table."""
    if path.suffix == ".csv":
        return list(_table_facts(path, file))
    if path.suffix == ".toml":
        return list(_toml_facts(tomllib.loads(path.read_text(encoding="utf-8-sig")), file, ""))
    return []


def _table_facts(path: Path, file: str) -> Iterator[Fact]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream), start=2):
            figures = {key: value for key, value in row.items() if key not in BESIDE_FIGURES}
            yield Fact(file, f"row {number}", figures, row.get("source", ""), row.get("tag", ""))


def _toml_facts(values: Mapping[str, Any], file: str, where: str) -> Iterator[Fact]:
    """One fact for each table with figures of its own; tables inside it are facts of their own."""
    own = {
        key: written(value)
        for key, value in values.items()
        if key not in BESIDE_FIGURES and not isinstance(value, Mapping)
    }
    if own:
        source, tag = values.get("source", ""), values.get("tag", "")
        yield Fact(file, where, own, str(source), str(tag))
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _toml_facts(value, file, f"{where}.{key}" if where else key)


def written(value: object) -> str:
    """A value as people write it; rows of a list one after the other."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return " ".join(written(part) for part in value.values())
    if isinstance(value, list):
        return "; ".join(written(part) for part in value)
    return str(value)
