"""Scenarios and studies by path, or by the name or title of one that comes with the project."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from snowplan.given import given_path, scenario_names, study_names
from snowplan.inputs.reading import Reading

A_SCENARIO = "a scenario; a study is for `snowplan compare`"
A_STUDY = "a study; a scenario is for `snowplan run`"
OF_SCENARIOS = frozenset({"map", "extends", "snow"})


def is_study(values: Mapping[str, Any]) -> bool:
    """True for the keys of a study file."""
    return "variant" in values or {"storm", "baseline"} <= set(values)


def is_scenario(values: Mapping[str, Any]) -> bool:
    """True for the keys of a scenario file."""
    return bool(OF_SCENARIOS & set(values)) and not is_study(values)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Files of one sort that come with the project: where they lie and what messages say."""

    what: str
    folder: str
    names: Callable[[], list[str]]
    expected: str

    def file(self, name: str) -> str:
        """The shipped file of that name."""
        return f"{self.folder}/{name}.toml"


SCENARIOS = Shelf(
    "scenario",
    "scenarios",
    scenario_names,
    "a scenario file or the name of one that comes with the project",
)
STUDIES = Shelf(
    "study",
    "scenarios/studies",
    study_names,
    "a study file or the name of one that comes with the project",
)


def scenario_path(name: Path | str, reading: Reading) -> Path | None:
    """The file of a scenario: a path, or name or title of a shipped one; None after a fault."""
    return _path(name, reading, SCENARIOS, STUDIES)


def study_path(name: Path | str, reading: Reading) -> Path | None:
    """The file of a study: a path, or name or title of a shipped one; None after a fault."""
    return _path(name, reading, STUDIES, SCENARIOS)


def _path(name: Path | str, reading: Reading, shelf: Shelf, other: Shelf) -> Path | None:
    """A file of one sort; that of the other sort by that name will be told for what it is."""
    path = Path(name)
    if path.is_file():
        return path
    text = str(name)
    short = path.suffix == "" and path.parent == Path()
    if not short:
        return reading.find(text, Path.cwd(), text, "", shelf.what)
    known = shelf.names()
    if text in known or (Path.cwd() / shelf.file(text)).is_file():
        return reading.find(shelf.file(text), Path.cwd(), text, "", shelf.what)
    for each in (shelf, other):
        meant = text if text in each.names() else titled(text, each)
        if meant is not None:
            return reading.find(each.file(meant), Path.cwd(), text, "", shelf.what)
    reading.faults.add(text, "", shelf.what, text, shelf.expected, known)
    return None


def titled(title: str, shelf: Shelf = SCENARIOS) -> str | None:
    """The shipped file of that Chinese or English title; None when there is none."""
    wanted = title.strip().casefold()
    for name in shelf.names():
        try:
            table = tomllib.loads(given_path(shelf.file(name)).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue  # whoever asks for it by its name is told what is wrong with it
        if wanted and wanted in (
            str(table.get(key, "")).casefold() for key in ("title", "title_en")
        ):
            return name
    return None
