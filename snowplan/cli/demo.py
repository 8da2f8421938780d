"""`snowplan demo`: heavy snow on Pingcheng."""

from __future__ import annotations

from pathlib import Path

import click

from snowplan.cli.execution import OUT, Wish, execute
from snowplan.cli.run import FOLDER
from snowplan.cli.sanity import beside_published
from snowplan.cli.wording import Command, Option, lang_of

SCENARIO = "heavy"


@click.command(cls=Command, help="demo")
@click.option("--out", cls=Option, type=FOLDER, default=Path(OUT), metavar="DIR", help="out")
@click.option("--no-pictures", cls=Option, is_flag=True, help="no_pictures")
@click.option("--sanity", cls=Option, is_flag=True, help="sanity")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="json")
def demo(out: Path, no_pictures: bool, sanity: bool, as_json: bool) -> None:
    """Run the demo; the words for users stand in the texts."""
    lang = lang_of()
    wish = Wish(SCENARIO, out=out, as_json=as_json, pictures=not no_pictures, lang=lang)
    execute(wish, beside_published(lang) if sanity else None)
