"""`snowplan init`: a folder with a workbook of the centre's tables, and scenarios that use it."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import click

from snowplan.cli.run import FOLDER
from snowplan.cli.texts import words
from snowplan.cli.wording import Command, Option, lang_of
from snowplan.errors import UseError
from snowplan.results import steps
from snowplan.results.partials import leftovers, partial_name, writing
from snowplan.results.run_folder import told


@click.command(cls=Command, help="init")
@click.argument("folder", type=FOLDER)
@click.option("--from", "base", cls=Option, metavar="SCENARIO", help="init.base")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="json")
def init(folder: Path, base: str | None, as_json: bool) -> None:
    """Make the folder whole, or not at all; the words for users stand in the texts."""
    from snowplan.inputs.workbook_folder import starter_files
    from snowplan.inputs.workbook_guide import BOOK

    lang = lang_of()
    _refuse_what_is_there(folder)
    files = starter_files(folder.absolute(), base, lang)
    _make_whole(folder.absolute(), files)
    if as_json:
        click.echo(json.dumps({"folder": str(folder), "files": list(files)}, ensure_ascii=False))
        return
    click.echo(words("init.made", lang, folder=folder))
    for name in files:
        click.echo(f"  {name}")
    first = next(name for name in files if name.endswith(".toml"))
    scenario = shlex.quote(str(folder / first))
    click.echo(words("init.next", lang, book=folder / BOOK[lang], scenario=scenario))


def _refuse_what_is_there(folder: Path) -> None:
    """Nothing is ever overwritten: the folder must be new."""
    with told("read", folder):
        there = sorted(entry.name for entry in folder.iterdir()) if folder.exists() else []
    if folder.exists():
        found = folder / there[0] if there else folder
        raise UseError(f"{found} is there already; expected the name of a new folder")


def _make_whole(folder: Path, files: dict[str, bytes]) -> None:
    """Write the files into a folder beside, check what was written, then rename it."""
    from snowplan.inputs.scenario_files import load_scenario

    partial = folder.with_name(partial_name(folder.name))
    with told("write", folder), writing(partial.name):
        folder.parent.mkdir(parents=True, exist_ok=True)
        for left in leftovers(folder.parent):
            if left.is_dir() and left.name.startswith(f".{folder.name}."):
                shutil.rmtree(left, ignore_errors=True)
        try:
            partial.mkdir()
            for name, data in files.items():
                steps.write_new(partial / name, data)
            load_scenario(partial / next(name for name in files if name.endswith(".toml")))
            steps.rename_folder(partial, folder)
            steps.sync_folder(folder.parent)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
