"""What commands that compare share: open the store, run the study, write its folder, print it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from snowplan.cli.texts import words
from snowplan.errors import RunError

if TYPE_CHECKING:
    from snowplan.experiments.comparing import Compared, EngineOf
    from snowplan.model.comparison import Comparison, Job
    from snowplan.results.replication_store import Store
    from snowplan.results.replications import Replication
    from snowplan.results.store_lines import Note

    Placement = Callable[[Mapping[str, Any], Mapping[Job, Replication]], Mapping[str, Any]]

MAX_HOURS = 12.0
NOT_RUN = "not run"  # the error of a run that no share has
MANY = 20  # runs that are named at the end; of more, how many


@dataclass(frozen=True, slots=True)
class Wish:
    """How a comparison is to be run and shown, whatever is compared."""

    out: Path
    lang: str
    fixed: bool = False  # the number of replications is given; no rule adds to it
    resume: bool = True
    pictures: bool = True
    as_json: bool = False
    max_hours: float = MAX_HOURS
    command: str = ""  # that gives the same figures again


@dataclass(frozen=True, slots=True)
class Labour:
    """Who does the runs: the engine to be made, and this machine's processors if it is here."""

    engine_of: EngineOf
    processors: int | None


def execute(
    comparison: Comparison, wish: Wish, labour: Labour, placement: Placement | None = None
) -> None:
    """Run a comparison, write its folder, print what it shows; RunError when a run failed.

    `placement` adds to the report what location models say of its variants.
    """
    from snowplan.cli.compare_telling import Teller
    from snowplan.experiments.comparing import run_comparison

    started = datetime.now(UTC)
    with store_of(comparison, wish) as store, Teller(wish.lang, wish.max_hours) as teller:
        compared = run_comparison(
            comparison, labour.engine_of, store,
            fixed=wish.fixed, processors=labour.processors, watch=teller,
        )  # fmt: skip
    conclude(comparison, compared, wish, started, placement)


def store_of(comparison: Comparison, wish: Wish, shard: str = "") -> Store:
    """The study's store under the folder for runs, opened; what was damaged there is told."""
    from snowplan.experiments.study_store import identity_of
    from snowplan.results.replication_store import Store

    folder = store_folder(comparison, wish.out)
    if not wish.resume:
        aside = Store.put_aside(folder)
        if aside is not None:
            click.echo(words("compare.aside", wish.lang, path=aside), err=True)
    store = Store.open(folder, identity_of(comparison), shard=shard)
    tell_notes(store.notes, wish.lang)
    return store


def store_folder(comparison: Comparison, out: Path) -> Path:
    """Where a study's replications are kept, beside the folders of its results."""
    return out / f"{comparison.name}.replications"


def tell_notes(notes: Iterable[Note], lang: str) -> None:
    """Say on stderr what was odd in a store."""
    for note in notes:
        click.echo(words(note.key, lang, **note.fields), err=True)


def conclude(
    comparison: Comparison,
    compared: Compared,
    wish: Wish,
    started: datetime,
    placement: Placement | None = None,
) -> None:
    """Write the folder of a comparison and print what it shows; RunError when a run failed."""
    from snowplan.experiments.compare_folder import report_of, write_comparison
    from snowplan.reporting.comparison_table import print_comparison

    found = report_of(comparison, compared) | {"command": wish.command}
    if placement is not None:
        found["placement"] = placement(found, compared.replications)
    path = write_comparison(
        comparison, compared.replications, found, wish.out,
        started=started, present=lambda report: files_of(comparison, report, wish),
    )  # fmt: skip
    if wish.as_json:
        click.echo(json.dumps({"run": str(path), **found}, ensure_ascii=False, indent=2))
    else:
        print_comparison(found, wish.lang, sys.stdout)
        click.echo(str(path))
    refuse_failed(compared.failed, wish.lang)


def files_of(comparison: Comparison, report: Mapping[str, Any], wish: Wish) -> Mapping[str, bytes]:
    """Tables, pictures and the page; characters that the font lacks are told on stderr."""
    from snowplan.experiments.compare_folder import roads_of
    from snowplan.reporting.comparison_files import comparison_files
    from snowplan.words import say

    drawn = comparison_files(report, roads_of(comparison), wish.lang, pictures=wish.pictures)
    if drawn.missing:
        click.echo(say("font.missing", wish.lang, characters=drawn.missing), err=True)
    return drawn.files


def refuse_failed(failed: Mapping[Job, str], lang: str) -> None:
    """Name the runs that failed, as the error by which the command ends; nothing if none did."""
    if failed:
        raise RunError("\n".join(failed_lines(failed, "compare.some_failed", lang)))


def failed_lines(failed: Mapping[Job, str], heading: str, lang: str) -> list[str]:
    """The runs that failed, under a heading that counts them; the first few by name."""
    from snowplan.cli.compare_telling import failed_text

    lines = [words(heading, lang, n=len(failed))]
    lines += [failed_text(job, failed[job], lang) for job in sorted(failed)[:MANY]]
    if len(failed) > MANY:
        lines.append(words("compare.more", lang, n=len(failed) - MANY))
    return lines
