"""`snowplan run`: one scenario from its file to a run folder."""

from __future__ import annotations

from pathlib import Path

import click

from snowplan.cli.execution import OUT, Wish, execute
from snowplan.cli.sanity import beside_published
from snowplan.cli.wording import Command, Option, lang_of

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command(cls=Command, help="run")
@click.argument("scenario")
@click.option("--set", "sets", cls=Option, multiple=True, metavar="KEY=VALUE", help="set")
@click.option("--out", cls=Option, type=FOLDER, default=Path(OUT), metavar="DIR", help="out")
@click.option("--run-seed", cls=Option, type=click.IntRange(min=0), metavar="N", help="run_seed")
@click.option("--at", "at_h", cls=Option, multiple=True, type=float, metavar="HOURS", help="at")
@click.option("--store-at", cls=Option, multiple=True, metavar="TIME", help="store_at")
@click.option("--from", "since", cls=Option, metavar="RUN@TIME", help="since")
@click.option("--now", cls=Option, type=FOLDER, metavar="FOLDER", help="now")
@click.option("--no-pictures", cls=Option, is_flag=True, help="no_pictures")
@click.option("--sanity", cls=Option, is_flag=True, help="sanity")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="json")
def run(
    scenario: str,
    sets: tuple[str, ...],
    out: Path,
    run_seed: int | None,
    at_h: tuple[float, ...],
    store_at: tuple[str, ...],
    since: str | None,
    now: Path | None,
    no_pictures: bool,
    sanity: bool,
    as_json: bool,
) -> None:
    """Run a scenario; the words for users stand in the texts."""
    execute(
        Wish(
            scenario=scenario,
            sets=sets,
            out=out,
            run_seed=run_seed,
            as_json=as_json,
            pictures=not no_pictures,
            at_h=at_h,
            store_at=store_at,
            since=since,
            now=now,
            lang=lang_of(),
        ),
        beside_published(lang_of()) if sanity else None,
    )
