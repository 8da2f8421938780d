"""`snowplan compare`: placements under the same storms and draws, and what tells them apart."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from snowplan.cli.again import compare_again
from snowplan.cli.comparing import MAX_HOURS, Labour, Wish, execute, refuse_failed, store_of
from snowplan.cli.execution import OUT
from snowplan.cli.phrases import MOST_WORKERS
from snowplan.cli.run import FOLDER
from snowplan.cli.texts import words
from snowplan.cli.wording import Command, Option, lang_of
from snowplan.errors import UseError

if TYPE_CHECKING:
    from snowplan.model.comparison import Comparison

PEM = click.Path(dir_okay=False, path_type=Path)
WORKERS = click.IntRange(1, MOST_WORKERS)
AT_LEAST_1 = click.IntRange(min=1)
ABOVE_0 = click.FloatRange(min=0, min_open=True)
LABOUR = (
    click.option("--workers", cls=Option, type=WORKERS, metavar="N", help="compare.workers"),
    click.option("--cluster", cls=Option, metavar="ADDRESS", help="compare.cluster"),
    click.option("--tls-ca", cls=Option, type=PEM, metavar="F", help="compare.tls_ca"),
    click.option("--tls-cert", cls=Option, type=PEM, metavar="F", help="compare.tls_cert"),
    click.option("--tls-key", cls=Option, type=PEM, metavar="F", help="compare.tls_key"),
    click.option("--resume/--no-resume", cls=Option, default=True, help="compare.resume"),
)
Body = TypeVar("Body", bound=Callable[..., Any])


def labour_options(body: Body) -> Body:
    """The options of who does the runs, and whether those of before are used: see `labour_of`."""
    for option in reversed(LABOUR):
        body = option(body)
    return body


@click.command(cls=Command, help="compare")
@click.argument("study")
@click.option(
    "--replications", cls=Option, type=AT_LEAST_1, metavar="N", help="compare.replications"
)
@labour_options
@click.option("--shard", cls=Option, metavar="i/n", help="compare.shard")
@click.option("--out", cls=Option, type=FOLDER, default=Path(OUT), metavar="DIR", help="out")
@click.option("--no-pictures", cls=Option, is_flag=True, help="no_pictures")
@click.option(
    "--max-hours",
    cls=Option,
    type=ABOVE_0,
    default=MAX_HOURS,
    metavar="H",
    help="compare.max_hours",
)
@click.option("--json", "as_json", cls=Option, is_flag=True, help="json")
def compare(
    study: str,
    replications: int | None,
    workers: int | None,
    cluster: str | None,
    tls_ca: Path | None,
    tls_cert: Path | None,
    tls_key: Path | None,
    resume: bool,
    shard: str | None,
    out: Path,
    no_pictures: bool,
    max_hours: float,
    as_json: bool,
) -> None:
    """Compare; the words for users stand in the texts."""
    from snowplan.inputs.study_files import load_study

    lang = lang_of()
    share = None if shard is None else share_of(shard, lang)
    if share is not None and not resume:
        raise UseError(words("compare.shard_anew", lang))
    labour = labour_of(workers, cluster, (tls_ca, tls_cert, tls_key), lang)
    fixed = replications is not None or share is not None
    comparison = load_study(study, replications=replications, cap=replications)
    wish = Wish(
        out=out, lang=lang, fixed=fixed, resume=resume, pictures=not no_pictures,
        as_json=as_json, max_hours=max_hours,
        command=compare_again(study, comparison.replications if fixed else None),
    )  # fmt: skip
    if share is not None:
        run_share(comparison, wish, labour, share)
    else:
        execute(comparison, wish, labour)


def share_of(text: str, lang: str) -> tuple[int, int]:
    """`2/8` as (2, 8); raises UseError for anything else."""
    found = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", text)
    i, n = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 <= i <= n:
        raise UseError(words("compare.bad_shard", lang, text=text))
    return i, n


def labour_of(
    workers: int | None, cluster: str | None, tls: tuple[Path | None, ...], lang: str
) -> Labour:
    """The engine asked for; raises UseError for options that exclude each other."""
    from snowplan.experiments.engines.choosing import engine_for, processors
    from snowplan.experiments.engines.tasks import Tls

    if cluster is not None and workers is not None:
        raise UseError(words("compare.workers_or_cluster", lang))
    given = [path for path in tls if path is not None]
    if given and (cluster is None or len(given) < len(tls)):
        raise UseError(words("compare.tls_partly", lang))
    if cluster is None:
        own = processors()
        return Labour(partial(engine_for, workers=workers or min(own, MOST_WORKERS)), own)
    security = Tls(*given) if given else None
    return Labour(partial(engine_for, workers=1, address=cluster, security=security), None)


def run_share(comparison: Comparison, wish: Wish, labour: Labour, share: tuple[int, int]) -> None:
    """Run one share of a comparison into its store; the store's folder is the last line."""
    from snowplan.cli.compare_telling import Teller
    from snowplan.experiments.comparing import run_replications, share_of_replications

    i, n = share
    wanted = share_of_replications(comparison, i, n)
    with (
        store_of(comparison, wish, f"{i}/{n}") as store,
        Teller(wish.lang, wish.max_hours) as teller,
    ):
        runs = run_replications(
            comparison, wanted, labour.engine_of, store,
            processors=labour.processors, watch=teller,
        )  # fmt: skip
    folder, done = str(store.path.parent), len(runs.replications)
    if wish.as_json:
        click.echo(json.dumps({"run": folder, "share": [i, n], "runs": done}))
    else:
        key = "compare.shard_done" if wanted else "compare.shard_empty"
        most = comparison.replications
        click.echo(words(key, wish.lang, i=i, n=n, runs=done, replications=most))
        click.echo(folder)
    refuse_failed(runs.failed, wish.lang)
