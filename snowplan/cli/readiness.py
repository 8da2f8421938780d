"""`snowplan readiness`: what can be held before the first snow, what not, and what would help."""

from __future__ import annotations

from pathlib import Path

import click

from snowplan.cli.again import again
from snowplan.cli.compare import ABOVE_0, AT_LEAST_1, labour_of, labour_options
from snowplan.cli.comparing import MAX_HOURS
from snowplan.cli.execution import OUT
from snowplan.cli.readiness_making import Wish, execute, pack_execute
from snowplan.cli.run import FOLDER
from snowplan.cli.texts import words
from snowplan.cli.wording import Command, Option, lang_of
from snowplan.errors import UseError

USUAL = ("light", "moderate", "heavy", "blizzard")
PACKED = "heavy"
FILE = click.Path(path_type=Path)
ENDINGS = (".pdf", ".xlsx")


@click.command(cls=Command, help="readiness")
@click.argument("scenarios", nargs=-1)
@click.option(
    "-o", "--output", "outputs", cls=Option, multiple=True, type=FILE, metavar="FILE",
    help="readiness.output",
)  # fmt: skip
@click.option("--quick", cls=Option, is_flag=True, help="readiness.quick")
@click.option(
    "--replications", cls=Option, type=AT_LEAST_1, metavar="N", help="readiness.replications"
)
@click.option("--set", "sets", cls=Option, multiple=True, metavar="KEY=VALUE", help="set")
@labour_options
@click.option("--out", cls=Option, type=FOLDER, default=Path(OUT), metavar="DIR", help="out")
@click.option(
    "--max-hours", cls=Option, type=ABOVE_0, default=MAX_HOURS, metavar="H",
    help="readiness.max_hours",
)  # fmt: skip
@click.option("--pack", cls=Option, is_flag=True, help="readiness.pack")
@click.option("--zone", "zones", cls=Option, multiple=True, metavar="ZONE", help="readiness.zone")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="json")
def readiness(
    scenarios: tuple[str, ...],
    outputs: tuple[Path, ...],
    quick: bool,
    replications: int | None,
    sets: tuple[str, ...],
    workers: int | None,
    cluster: str | None,
    tls_ca: Path | None,
    tls_cert: Path | None,
    tls_key: Path | None,
    resume: bool,
    out: Path,
    max_hours: float,
    pack: bool,
    zones: tuple[str, ...],
    as_json: bool,
) -> None:
    """Report; the words for users stand in the texts."""
    lang = lang_of()
    labour = labour_of(workers, cluster, (tls_ca, tls_cert, tls_key), lang)
    check_outputs(outputs, ENDINGS[:1] if pack else ENDINGS, lang)
    if pack and len(scenarios) > 1:
        raise UseError(words("readiness.pack_one", lang, n=len(scenarios)))
    if pack and (quick or replications is not None):
        raise UseError(words("readiness.pack_more", lang))
    if zones and not pack:
        raise UseError(words("readiness.zone_pack", lang))
    wish = Wish(
        scenarios=scenarios or ((PACKED,) if pack else USUAL), sets=sets, outputs=outputs,
        out=out, lang=lang, quick=quick, replications=replications, resume=resume,
        max_hours=max_hours, as_json=as_json, zones=zones,
        command=again(click.get_current_context()),
    )  # fmt: skip
    if pack:
        pack_execute(wish, labour)
    else:
        execute(wish, labour)


def check_outputs(outputs: tuple[Path, ...], endings: tuple[str, ...], lang: str) -> None:
    """Refuse what cannot be written, before anything is run."""
    from snowplan.results.out_files import ready_to_write

    for path in outputs:
        if path.suffix.lower() not in endings:
            raise UseError(
                words("readiness.bad_output", lang, path=path, endings=" / ".join(endings))
            )
    for path in outputs:
        ready_to_write(path)
