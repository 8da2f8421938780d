"""What `snowplan init` lays in a folder: the workbook, scenarios that use it, a page on both."""

from __future__ import annotations

import os
from pathlib import Path

from snowplan.errors import InputError
from snowplan.given import given_path, scenario_names
from snowplan.inputs.naming import scenario_path
from snowplan.inputs.reading import Reading
from snowplan.inputs.resolved import resolved_values, toml_text
from snowplan.inputs.scenario_files import load_scenario
from snowplan.inputs.workbook_form import workbook_form
from snowplan.inputs.workbook_guide import BOOK, PAGE, page_text

GRADES = ("light", "moderate", "heavy", "blizzard")
SHOWN = "heavy"  # whose tables fill the workbook when no scenario is named


def starter_files(folder: Path, base: str | None, lang: str) -> dict[str, bytes]:
    """The files of a new folder by name; `base` is a scenario, without it the four grades.

    Raises InputError where the scenario cannot be read.
    """
    scenario = load_scenario(base or SHOWN)
    texts = {
        name: _scenario_text(extends, source, lang).encode()
        for name, extends, source in (
            [_own(base, folder)] if base else [(f"{each}.toml", each, each) for each in GRADES]
        )
    }
    used_by = list(texts)
    page = page_text(scenario, lang, used_by).encode()
    return {BOOK[lang]: workbook_form(scenario, lang, used_by), **texts, PAGE: page}


def _own(base: str, folder: Path) -> tuple[str, str, str]:
    """The new file's name, what it extends, and the base as it was named."""
    reading = Reading(Path(base).parent)
    path = scenario_path(base, reading)
    if path is None:
        raise InputError(reading.faults.items)
    shipped = path.resolve().parent == given_path("scenarios").resolve()
    if shipped and path.stem in scenario_names():
        return f"{path.stem}.toml", path.stem, base
    return f"{path.stem}.toml", Path(os.path.relpath(path, folder)).as_posix(), base


def _scenario_text(extends: str, source: str, lang: str) -> str:
    """A scenario with the workbook in place of the tables; a folder of tables stays below it."""
    seeds = resolved_values(source).get("seeds", {})
    folder = seeds if isinstance(seeds, str) else seeds.get("folder")
    table = {"workbook": BOOK[lang]} | ({"folder": folder} if folder else {})
    return toml_text({"extends": extends, "seeds": table})
