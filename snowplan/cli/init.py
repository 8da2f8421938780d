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
from snowplan.errors import RunError, UseError


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
    """Nothing is ever overwritten: the folder must be new or empty."""
    try:
        there = sorted(entry.name for entry in folder.iterdir()) if folder.exists() else []
    except OSError as error:
        raise RunError(f"could not write {folder}: {error.strerror}") from None
    if there:
        raise UseError(f"{folder / there[0]} is there already; expected a new or an empty folder")


def _make_whole(folder: Path, files: dict[str, bytes]) -> None:
    """Write the files into a folder beside, check what was written, then rename it."""
    from snowplan.inputs.scenario_files import load_scenario
    from snowplan.results.partials import partial_name
    from snowplan.results.run_folder import told

    partial = folder.with_name(partial_name(folder.name))
    with told("write", folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        try:
            partial.mkdir()
            for name, data in files.items():
                (partial / name).write_bytes(data)
            load_scenario(partial / next(name for name in files if name.endswith(".toml")))
            if folder.exists():
                folder.rmdir()
            partial.rename(folder)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
