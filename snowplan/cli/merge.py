"""`snowplan merge`: the shards of a comparison joined, and the result of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from snowplan.cli.compare import AT_LEAST_1
from snowplan.cli.comparing import Wish, conclude, store_folder, tell_notes
from snowplan.cli.execution import OUT
from snowplan.cli.run import FOLDER
from snowplan.cli.texts import words
from snowplan.cli.wording import Command, Option, lang_of
from snowplan.errors import RunError

if TYPE_CHECKING:
    from snowplan.model.comparison import Job

STORE = click.Path(file_okay=False, path_type=Path)
MANY = 20


@click.command(cls=Command, help="merge")
@click.argument("study")
@click.argument("folders", nargs=-1, required=True, type=STORE, metavar="FOLDER...")
@click.option("--replications", cls=Option, type=AT_LEAST_1, metavar="N", help="merge.replications")
@click.option("--out", cls=Option, type=FOLDER, default=Path(OUT), metavar="DIR", help="out")
@click.option("--no-pictures", cls=Option, is_flag=True, help="no_pictures")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="json")
def merge(
    study: str,
    folders: tuple[Path, ...],
    replications: int | None,
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
    merged = replication_store.merge(into, folders, identity_of(comparison), wanted)
    tell_notes(merged.notes, lang)
    if merged.missing:
        raise RunError(missing_text(merged.missing, lang))
    found = {job: merged.replications[job] for job in wanted}
    wish = Wish(out=out, lang=lang, fixed=True, pictures=not no_pictures, as_json=as_json)
    conclude(comparison, Compared(found, {}, "fixed"), wish, started)


def missing_text(missing: Sequence[Job], lang: str) -> str:
    """The runs that no shard has, the first of them by name."""
    names = [f"{job.variant}, {job.storm}, {job.run_seed}" for job in missing[:MANY]]
    if len(missing) > MANY:
        names.append(words("merge.more", lang, n=len(missing) - MANY))
    return words("merge.missing", lang, n=len(missing), names="\n".join(names))
