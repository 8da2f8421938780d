"""`snowplan demo`: heavy snow on Pingcheng."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from snowplan.cli.execution import OUT, Wish, execute
from snowplan.cli.run import FOLDER
from snowplan.cli.wording import Command, Option, lang_of

if TYPE_CHECKING:
    from snowplan.experiments.one_run import Written

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
    execute(wish, (lambda written: beside_published(written, lang)) if sanity else None)


def beside_published(written: Written, lang: str) -> str:
    """Ours beside published figures, with the arithmetic."""
    from snowplan.analysis.sanity import sanity_table
    from snowplan.analysis.sanity_questions import Evidence
    from snowplan.inputs.published_table import read_published
    from snowplan.reporting.sanity_text import sanity_text

    run = written.run
    plan = run.facts.scenario.plan
    evidence = Evidence(
        run.record,
        run.outcome,
        run.storm,
        cap_g_m2=plan.doses.cap_g_m2,
        clean_mm=plan.thresholds.clean_depth_mm,
        published=read_published(),
    )
    return sanity_text(sanity_table(evidence, lang), lang)
