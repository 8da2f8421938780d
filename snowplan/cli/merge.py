"""`snowplan merge`: the shards of a comparison joined, and the result of all of them."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from snowplan.cli.again import compare_again
from snowplan.cli.compare import AT_LEAST_1
from snowplan.cli.comparing import MANY, NOT_RUN, Wish, conclude, store_folder, tell_notes
from snowplan.cli.execution import OUT
from snowplan.cli.run import FOLDER
from snowplan.cli.texts import words
from snowplan.cli.wording import Command, Option, lang_of
from snowplan.errors import InputError, RunError, UseError

if TYPE_CHECKING:
    from snowplan.model.comparison import Comparison, Job

STORE_SUFFIX = ".replications"
STORE = click.Path(file_okay=False, path_type=Path)


@click.command(cls=Command, help="merge")
@click.argument("study")
@click.argument("folders", nargs=-1, required=True, type=STORE, metavar="FOLDER...")
@click.option("--replications", cls=Option, type=AT_LEAST_1, metavar="N", help="merge.replications")
@click.option("--partial", cls=Option, is_flag=True, help="merge.partial")
@click.option("--out", cls=Option, type=FOLDER, default=Path(OUT), metavar="DIR", help="out")
@click.option("--no-pictures", cls=Option, is_flag=True, help="no_pictures")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="json")
def merge(
    study: str,
    folders: tuple[Path, ...],
    replications: int | None,
    partial: bool,
    out: Path,
    no_pictures: bool,
    as_json: bool,
) -> None:
    """Join; the words for users stand in the texts."""
    from snowplan.experiments.comparing import Compared, jobs_of
    from snowplan.experiments.study_store import identity_of
    from snowplan.inputs.study_files import load_study
    from snowplan.results import replication_store

    started, lang = datetime.now(UTC), lang_of()
    comparison = load_study(study, replications=replications, cap=replications)
    wanted = jobs_of(comparison, range(comparison.replications))
    into = store_folder(comparison, out)
    stores = [store_in(folder, comparison.name) for folder in folders]
    with no_setting_aside():
        merged = replication_store.merge(into, stores, identity_of(comparison), wanted)
    tell_notes(merged.notes, lang)
    if merged.before and into.absolute() not in {store.absolute() for store in stores}:
        click.echo(words("merge.before", lang, n=merged.before, store=into), err=True)
    if merged.missing and not partial:
        raise RunError(missing_text(merged.missing, lang, go_on(study, comparison, out), into))
    failed = dict.fromkeys(merged.missing, NOT_RUN)
    found = {job: merged.replications[job] for job in wanted if job not in failed}
    if all(job.variant != comparison.baseline for job in found):
        raise RunError(words("merge.no_baseline", lang, variant=comparison.baseline))
    wish = Wish(
        out=out, lang=lang, fixed=True, pictures=not no_pictures, as_json=as_json,
        command=compare_again(study, comparison.replications),
    )  # fmt: skip
    conclude(comparison, Compared(found, failed, "fixed"), wish, started)


def store_in(folder: Path, study: str) -> Path:
    """The store meant by a folder: itself, or the one in it where a command put its stores.

    Raises UseError where it has several, none of this study's name.
    """
    found = sorted(path for path in folder.glob(f"*{STORE_SUFFIX}") if path.is_dir())
    if not found or any(folder.glob("replications*.jsonl")):
        return folder
    own = folder / f"{study}{STORE_SUFFIX}"
    if own in found or len(found) == 1:
        return own if own in found else found[0]
    names = ", ".join(path.name for path in found)
    raise UseError(words("merge.which", lang_of(), folder=folder, names=names))


@contextmanager
def no_setting_aside() -> Iterator[None]:
    """Faults of stores of other inputs without the way out that `merge` does not have."""
    from snowplan.results.store_study import AGAIN, ASIDE

    try:
        yield
    except InputError as error:
        faults = [replace(one, expected=one.expected.replace(ASIDE, AGAIN)) for one in error.faults]
        raise InputError(faults) from error


def go_on(study: str, comparison: Comparison, out: Path) -> str:
    """The command that runs what is missing, from the merged store on."""
    return shlex.join([
        "snowplan", "compare", study, "--replications", str(comparison.replications),
        "--out", str(out),
    ])  # fmt: skip


def missing_text(missing: Sequence[Job], lang: str, command: str, store: Path) -> str:
    """The runs that no shard has, the first of them by name, and how to have them."""
    names = [
        words("merge.run", lang, variant=job.variant, storm=job.storm, seed=job.run_seed)
        for job in missing[:MANY]
    ]
    if len(missing) > MANY:
        names.append(words("compare.more", lang, n=len(missing) - MANY))
    return words(
        "merge.missing", lang, n=len(missing), names="\n".join(names), command=command, store=store
    )
