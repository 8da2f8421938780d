"""`snowplan phrases`: what each of the plan's eight phrases is worth."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from snowplan.cli.execution import OUT, show_differences
from snowplan.cli.progress import Count
from snowplan.cli.run import FOLDER
from snowplan.cli.texts import words
from snowplan.cli.wording import Command, Option, lang_of

MOST_WORKERS = 61  # more than these Windows cannot wait for


@click.command(cls=Command, help="phrases")
@click.argument("scenario")
@click.option("--set", "sets", cls=Option, multiple=True, metavar="KEY=VALUE", help="set")
@click.option("--out", cls=Option, type=FOLDER, default=Path(OUT), metavar="DIR", help="out")
@click.option("--run-seed", cls=Option, type=click.IntRange(min=0), metavar="N", help="run_seed")
@click.option(
    "--replications",
    cls=Option,
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="phrases.replications",
)
@click.option(
    "--workers",
    cls=Option,
    type=click.IntRange(1, MOST_WORKERS),
    metavar="N",
    help="phrases.workers",
)
@click.option("--no-pictures", cls=Option, is_flag=True, help="no_pictures")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="json")
def phrases(
    scenario: str,
    sets: tuple[str, ...],
    out: Path,
    run_seed: int | None,
    replications: int,
    workers: int | None,
    no_pictures: bool,
    as_json: bool,
) -> None:
    """Compare; the words for users stand in the texts."""
    from snowplan.experiments.engines import processors
    from snowplan.experiments.phrases import Study, study_and_write
    from snowplan.inputs.resolved import resolved_toml
    from snowplan.inputs.scenario_files import load_scenario
    from snowplan.reporting.phrase_table import print_phrases

    lang = lang_of()
    read = load_scenario(scenario, sets, run_seed=run_seed)
    study = Study(read, replications, workers or min(processors(), MOST_WORKERS))
    if not as_json:
        show_differences(read, lang)
    _tell_switched_off(study.switched_off, lang)
    runs = len(study.cases)
    with Count(runs, lang) as count:
        path, found = study_and_write(
            study,
            out,
            scenario_toml=resolved_toml(scenario, sets, run_seed),
            present=lambda report: files_of(report, lang, pictures=not no_pictures),
            on_done=lambda done: count.reach(done, runs),
        )
    if as_json:
        click.echo(json.dumps({"run": str(path), **found}, ensure_ascii=False, indent=2))
        return
    click.echo()
    print_phrases(found, lang, sys.stdout)
    click.echo(str(path))


def files_of(report: Mapping[str, Any], lang: str, *, pictures: bool) -> dict[str, bytes]:
    """The table of a study and its picture; characters that the font lacks are told on stderr."""
    from snowplan.reporting.phrase_figures import effects_frame
    from snowplan.results.run_folder import csv_bytes

    files = {"phrases.csv": csv_bytes(effects_frame(report, lang))}
    if pictures:
        from snowplan.reporting.phrase_chart import phrases_picture
        from snowplan.words import say

        drawn = phrases_picture(report, lang)
        files |= drawn.files
        if drawn.missing:
            click.echo(say("font.missing", lang, characters=drawn.missing), err=True)
    return files


def _tell_switched_off(names: tuple[str, ...], lang: str) -> None:
    """A scenario that turns phrases off is compared with all of them on; that is said."""
    from snowplan.words import name_of

    if names:
        shown = ", ".join(name_of("phrase", name, lang) for name in names)
        click.echo(words("phrases.turned_on", lang, names=shown), err=True)
