"""`snowplan facts`: the given figures with their sources and tags."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

import click

from snowplan.cli.texts import words
from snowplan.cli.wording import Command, Option, lang_of

if TYPE_CHECKING:
    from snowplan.inputs.fact_files import Fact

TAGS = ("S", "G", "N", "M", "W", "D", "A")
FEW = 8  # so many rows of one source are still shown one by one


@click.command(cls=Command, help="facts")
@click.argument("table", nargs=-1)
@click.option("--assumed", cls=Option, is_flag=True, help="facts.assumed")
@click.option("--tag", "tags", cls=Option, multiple=True, type=click.Choice(TAGS), help="facts.tag")
@click.option("--rows", cls=Option, is_flag=True, help="facts.rows")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="json")
def facts(
    table: tuple[str, ...], assumed: bool, tags: tuple[str, ...], rows: bool, as_json: bool
) -> None:
    """Show the facts; the words for users stand in the texts."""
    from snowplan.inputs.fact_files import ASSUMED, read_facts

    wanted = {*tags, *([ASSUMED] if assumed else [])} or set(TAGS)
    found = [fact for fact in read_facts() if _in_tables(fact.file, table) and fact.tag in wanted]
    if as_json:
        click.echo(json.dumps({"facts": [asdict(f) for f in found]}, ensure_ascii=False, indent=2))
        return
    for file, of_file in groupby(found, key=lambda fact: fact.file):
        click.echo(click.style(file, bold=True))
        for _, alike in groupby(of_file, key=lambda fact: (fact.source, fact.tag)):
            show(list(alike), lang_of(), rows=rows)
    counted = sum(fact.tag == ASSUMED for fact in found)
    click.echo(words("facts.count", lang_of(), n=len(found), a=counted))


def _in_tables(file: str, tables: Sequence[str]) -> bool:
    """True for a file of one of the named tables, or for any when none is named.

    Raises BadParameter for a table that does not exist.
    """
    from snowplan.inputs.seed_files import GIVEN_FILES

    for name in tables:
        if name not in GIVEN_FILES:
            raise click.BadParameter(f"'{name}': expected one of {', '.join(GIVEN_FILES)}")
    return not tables or file.removeprefix("seeds/").partition(".")[0] in tables


def show(alike: Sequence[Fact], lang: str, *, rows: bool) -> None:
    """Print facts of one source: each with its figures, or how many there are."""
    first = alike[0]
    if rows or len(alike) <= FEW:
        for fact in alike:
            figures = ", ".join(f"{key} = {value}" for key, value in fact.figures.items() if value)
            click.echo(f"  [{fact.tag}] {fact.where}: {figures}")
    else:
        span = f"{first.where} … {alike[-1].where}"
        click.echo(f"  [{first.tag}] {span}: {words('facts.alike', lang, n=len(alike))}")
    click.echo(f"      ← {first.source}")
