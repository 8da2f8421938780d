"""`snowplan demo`: heavy snow on Pingcheng."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from snowplan.cli.execution import OUT, Wish, execute
from snowplan.cli.run import FOLDER
from snowplan.cli.texts import words
from snowplan.cli.wording import Command, Option, lang_of
from snowplan.errors import UseError

if TYPE_CHECKING:
    from types import ModuleType

SCENARIO = "heavy"


@click.command(cls=Command, help="demo")
@click.option("--out", cls=Option, type=FOLDER, default=Path(OUT), metavar="DIR", help="out")
@click.option("--no-pictures", cls=Option, is_flag=True, help="no_pictures")
@click.option("--sanity", cls=Option, is_flag=True, help="sanity")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="json")
def demo(out: Path, no_pictures: bool, sanity: bool, as_json: bool) -> None:
    """Run the demo; the words for users stand in the texts."""
    lang = lang_of()
    table = sanity_table(lang) if sanity else None
    wish = Wish(SCENARIO, out=out, as_json=as_json, pictures=not no_pictures, lang=lang)
    if table is None:
        execute(wish)
    else:
        execute(wish, lambda written: str(table.sanity_text(written.run, lang)))


def sanity_table(lang: str) -> ModuleType:
    """The module that puts ours beside published figures, asked for by `--sanity` alone."""
    import importlib

    try:
        return importlib.import_module("snowplan.analysis.sanity")
    except ModuleNotFoundError as error:
        raise UseError(words("run.no_sanity", lang)) from error
