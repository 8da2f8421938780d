"""Which file each table of given facts is read from: the user's where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from snowplan.given import given_path
from snowplan.inputs.overrides import Document
from snowplan.inputs.reading import Reading
from snowplan.inputs.scenario_schema import SEED_TABLES, SeedsTable

FILES = {
    name: f"{name}.toml" if name in ("contingency_plan", "physics") else f"{name}.csv"
    for name in SEED_TABLES
}
GROUP_TABLES = ("trucks", "dump_points", "squads", "frontage")  # belong to the depots' zones
BESIDE_RUNS = {  # for comparison and for the readiness report; no run reads them
    "published": "published.csv",
    "readiness": "readiness.toml",
}
GIVEN_FILES = FILES | BESIDE_RUNS


@dataclass(frozen=True, slots=True)
class SeedFiles:
    """The file of each table by name."""

    paths: dict[str, Path]
    names: dict[str, str]
    whole: bool = True  # False where a folder or table that was named is not there

    def path(self, name: str) -> Path:
        """The file of a table."""
        return self.paths[name]

    def find(self, name: str) -> Path | None:
        """The file of a table that may be missing."""
        return self.paths.get(name)

    def shown(self, name: str) -> str:
        """The file of a table as messages name it."""
        return self.names[name]


def find_seeds(reading: Reading, table: SeedsTable, document: Document) -> SeedFiles:
    """A sheet of the user's workbook or a file named for its table, then the user's folder, then
    the project's own.

    Who has a folder or file of depots of their own has zones of their own: trucks, dump points,
    squads and frontage duty are then theirs too, or there are none. A sheet that a workbook leaves
    out leaves the table as it was.
    """
    count = len(reading.faults.items)
    folder = given_path("seeds")
    paths = {name: folder / file for name, file in FILES.items()}
    own = _find(reading, table.folder, "folder", document)
    if own is not None and own.is_dir():
        paths |= {name: own / file for name, file in FILES.items() if (own / file).exists()}
        for extra in sorted(own.iterdir()):
            if extra.suffix in (".csv", ".toml") and extra.name not in GIVEN_FILES.values():
                shown = reading.shown(own)
                known = list(FILES.values())
                expected = f"tables by these names only: {', '.join(known)}"
                reading.faults.add(shown, "", "seeds", extra.name, expected, known)
    elif own is not None:
        file, where = document.locate(["seeds"])
        reading.faults.add(file, where, "key seeds", str(table.folder), "a folder of tables")
    for name in FILES:
        found = _find(reading, getattr(table, name), name, document)
        if found is not None:
            paths[name] = found
    names = {name: reading.shown(path) for name, path in paths.items()}
    if paths["depots"] != folder / FILES["depots"]:
        for name in GROUP_TABLES:
            if paths[name] == folder / FILES[name]:
                del paths[name]
    sheets = _sheets(reading, table, document)
    paths |= sheets
    names |= {name: reading.shown(path) for name, path in sheets.items()}
    return SeedFiles(paths, names, len(reading.faults.items) == count)


def _sheets(reading: Reading, table: SeedsTable, document: Document) -> dict[str, Path]:
    """The tables of the workbook; one of them that is also named by itself is a fault."""
    path = _find(reading, table.workbook, "workbook", document)
    if path is None:
        return {}
    from snowplan.inputs.workbook_tables import read_workbook

    sheets = read_workbook(reading, path)
    for name in FILES:
        value = getattr(table, name)
        if value is not None and name in sheets:
            file, where = document.locate(["seeds", name])
            expected = f"either this file or {reading.shown(sheets[name])}, not both"
            reading.faults.add(file, where, f"key seeds.{name}", value, expected)
    return sheets


def _find(reading: Reading, value: str | None, key: str, document: Document) -> Path | None:
    if value is None:
        return None
    keys = ["seeds", key]
    file, where = document.locate(keys)
    return reading.find(value, document.folder_of(keys), file, where, f"key seeds.{key}")
