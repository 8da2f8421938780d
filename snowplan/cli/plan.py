"""`snowplan plan`: what would be better. `plan depots`: where depots should stand."""

from __future__ import annotations

import json
import math
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from snowplan.cli.again import again
from snowplan.cli.compare import ABOVE_0, AT_LEAST_1, labour_of, labour_options
from snowplan.cli.comparing import MAX_HOURS, Labour, Wish, execute
from snowplan.cli.execution import OUT
from snowplan.cli.plan_telling import tell
from snowplan.cli.run import FOLDER
from snowplan.cli.texts import words
from snowplan.cli.wording import Command, Group, Option, lang_of
from snowplan.errors import RunError, UseError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from snowplan.planning.locating.asking import Answers, Proposal, Question
    from snowplan.planning.locating.problem import UnsolvableError

MODEL_NAMES = ("p_median", "p_centre", "capacitated", "covering")
BEST, REPLICATIONS, TIME_LIMIT_S = 4, 36, 20.0
CSV = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(cls=Group, help="plan")
def plan() -> None:
    """Better plans; the words for users stand in the texts."""


@plan.command(cls=Command, name="depots", help="depots")
@click.argument("scenario")
@click.option(
    "--model", "models", cls=Option, type=click.Choice(MODEL_NAMES), multiple=True,
    help="plan.model",
)  # fmt: skip
@click.option("--count", cls=Option, type=AT_LEAST_1, metavar="P", help="plan.count")
@click.option("--sites", "sites_file", cls=Option, type=CSV, metavar="FILE", help="plan.sites")
@click.option("--lanes", cls=Option, type=AT_LEAST_1, metavar="N", help="plan.lanes")
@click.option("--best", cls=Option, type=AT_LEAST_1, default=BEST, metavar="K", help="plan.best")
@click.option("--within", cls=Option, type=ABOVE_0, metavar="MIN", help="plan.within")
@click.option("--differ", cls=Option, type=AT_LEAST_1, default=1, metavar="M", help="plan.differ")
@click.option("--no-simulate", cls=Option, is_flag=True, help="plan.no_simulate")
@click.option(
    "--replications", cls=Option, type=AT_LEAST_1, default=REPLICATIONS, metavar="N",
    help="plan.replications",
)  # fmt: skip
@labour_options
@click.option("--out", cls=Option, type=FOLDER, default=Path(OUT), metavar="DIR", help="out")
@click.option("--no-pictures", cls=Option, is_flag=True, help="no_pictures")
@click.option(
    "--time-limit", cls=Option, type=ABOVE_0, default=TIME_LIMIT_S, metavar="S",
    help="plan.time_limit",
)  # fmt: skip
@click.option(
    "--max-hours",
    cls=Option,
    type=ABOVE_0,
    default=MAX_HOURS,
    metavar="H",
    help="compare.max_hours",
)
@click.option("--json", "as_json", cls=Option, is_flag=True, help="json")
def depots(
    scenario: str,
    models: tuple[str, ...],
    count: int | None,
    sites_file: Path | None,
    lanes: int | None,
    best: int,
    within: float | None,
    differ: int,
    no_simulate: bool,
    replications: int,
    workers: int | None,
    cluster: str | None,
    tls_ca: Path | None,
    tls_cert: Path | None,
    tls_key: Path | None,
    resume: bool,
    out: Path,
    no_pictures: bool,
    time_limit: float,
    max_hours: float,
    as_json: bool,
) -> None:
    """Place depots; the words for users stand in the texts."""
    from snowplan.planning.locating.problem import UnsolvableError

    lang = lang_of()
    labour = labour_of(workers, cluster, (tls_ca, tls_cert, tls_key), lang)
    try:
        question = question_of(scenario, sites_file, count, lanes, within, time_limit)
        if differ > question.count:
            text = words("plan.differ_count", lang, differ=differ, count=question.count)
            raise UseError(text)
        asked = tuple(dict.fromkeys(models)) or MODEL_NAMES
        answers, tried = answered(question, asked, best, differ, lang)
    except UnsolvableError as error:
        kind = UseError if error.key == "few_sites" else RunError
        raise kind(why(error, lang)) from error
    if not as_json:
        tell(question, answers, tried, lang)
    if no_simulate:
        if as_json:
            click.echo(json.dumps(models_only(question, answers), ensure_ascii=False, indent=2))
        return
    wish = Wish(
        out=out, lang=lang, fixed=True, resume=resume, pictures=not no_pictures, as_json=as_json,
        max_hours=max_hours, command=again(click.get_current_context()),
    )  # fmt: skip
    simulate(scenario, question, answers, tried, replications, labour, wish)


def question_of(
    scenario: str,
    sites_file: Path | None,
    count: int | None,
    lanes: int | None,
    within: float | None,
    time_limit: float,
) -> Question:
    """What is asked, its files read; raises InputError, or UnsolvableError where it cannot be."""
    from snowplan.inputs.scenario_files import load_scenario
    from snowplan.inputs.site_files import load_sites
    from snowplan.planning.locating.asking import Question

    read = load_scenario(scenario)
    sites = None if sites_file is None else load_sites(sites_file, read.road_map)
    return Question.of(
        read, sites, count=count, lanes=lanes, within_min=within, time_limit_s=time_limit
    )


def answered(
    question: Question, models: Sequence[str], best: int, differ: int, lang: str
) -> tuple[Answers, list[Proposal]]:
    """The models' answers and the placements to try; models without an answer are named."""
    from snowplan.planning.locating.asking import ask, proposals
    from snowplan.planning.locating.trying import without_today
    from snowplan.reporting.comparison_placement import model_name

    def watch(model: str, number: int) -> None:
        name = model_name(model, lang)
        click.echo(words("plan.seeking", lang, model=name, number=number), err=True)

    answers = ask(question, models, best + 1, differ, watch)
    for model, error in answers.unsolved.items():
        name = model_name(model, lang)
        click.echo(words("plan.unsolved", lang, model=name, why=why(error, lang)), err=True)
    return answers, without_today(question, proposals(answers, math.inf, differ))[:best]


def why(error: UnsolvableError, lang: str) -> str:
    """Why there is no placement, in words."""
    return words(f"plan.{error.key}", lang, **error.fields)


def models_only(question: Question, answers: Answers) -> dict[str, Any]:
    """What `--no-simulate --json` prints: there is no run."""
    from snowplan.planning.locating.orders import model_rows

    return {"run": None, "models": model_rows(question, answers)}


def simulate(
    scenario: str,
    question: Question,
    answers: Answers,
    tried: Sequence[Proposal],
    replications: int,
    labour: Labour,
    wish: Wish,
) -> None:
    """Run the placements beside today's and show both orders."""
    from snowplan.inputs.resolved import resolved_values
    from snowplan.planning.locating.orders import placement_part
    from snowplan.planning.locating.trying import Trial, comparison_of

    if not tried:
        raise RunError(words("plan.nothing_new", wish.lang))
    trial = Trial(replications, resolved_values(scenario))
    comparison = comparison_of(question, tried, trial)
    execute(comparison, wish, labour, partial(placement_part, question, answers, tried, comparison))
