"""Small scenarios in a temporary folder, for tests to spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

from snowplan.errors import InputError
from snowplan.given import given_path
from snowplan.inputs.scenario_files import load_scenario

TABLES = ("machines.csv", "depots.csv", "crews.csv")
SCENARIO = """\
extends = "scenarios/toy_town.toml"
name = "study"
title = "试验"
seeds = "tables"

[snow]
total_mm = 4.0
"""


def make_study(folder: Path, text: str = SCENARIO) -> Path:
    """A scenario on the toy town whose machines, depots and crews lie in `tables/` beside it."""
    tables = folder / "tables"
    tables.mkdir(parents=True)
    for name in TABLES:
        shutil.copy(given_path("scenarios/toy_town") / name, tables / name)
    path = folder / "study.toml"
    path.write_text(text, encoding="utf-8")
    return path


def change(path: Path, old: str, new: str) -> None:
    """Replace the first `old` in a file, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults_of(path: Path | str, *sets: str) -> list[str]:
    """The messages that loading a scenario ends in; none when it is sound."""
    try:
        load_scenario(path, sets)
    except InputError as error:
        return [str(fault) for fault in error.faults]
    return []
