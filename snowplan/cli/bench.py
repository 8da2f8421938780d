"""`snowplan bench`: how fast the engine is, against SimPy alone and against its targets."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from snowplan.cli.execution import OUT
from snowplan.cli.texts import words
from snowplan.cli.wording import Command, Option, lang_of
from snowplan.errors import InputError

if TYPE_CHECKING:
    from snowplan.experiments.bench_study import Bench
    from snowplan.experiments.readiness_cases import Readiness
    from snowplan.experiments.readiness_running import Ready
    from snowplan.model.scenario import Scenario

BASE = "heavy"  # its rules, switches, fleet and uncertainty; the storm of the grids is their own
ORACLE = ("snow.onset=0", "horizon_h=3")
JINAN = "jinan_20100103"
STUDY, TOY_STUDY = "depot_placement", "toy_depots"


@click.command(cls=Command, help="bench")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="json")
@click.option("--quick", cls=Option, is_flag=True, help="bench.quick")
@click.option("--study", cls=Option, is_flag=True, help="bench.study")
@click.option("--readiness", cls=Option, is_flag=True, help="bench.readiness")
@click.option("--map", "road_map", cls=Option, metavar="FILE", help="bench.map")
@click.option("--weather", cls=Option, metavar="FILE", help="bench.weather")
def bench(
    as_json: bool,
    quick: bool,
    study: bool,
    readiness: bool,
    road_map: str | None,
    weather: str | None,
) -> None:
    """Measure; the words for users stand in the texts."""
    from snowplan.experiments.bench_study import SIZES
    from snowplan.reporting.bench_table import (
        print_bench,
        print_readiness_bench,
        print_study_bench,
    )

    lang = lang_of()
    if readiness:
        found, shown = a_report(lang), print_readiness_bench
    elif study:
        found, shown = many_runs(lang), print_study_bench
    else:
        whole = study_of(quick, road_map, weather, lang)
        found, shown = whole.run(SIZES[:1] if quick else SIZES), print_bench
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        shown(found, lang, sys.stdout)


def many_runs(lang: str) -> dict[str, Any]:
    """What the shipped studies find of engines, store and estimate."""
    from snowplan.experiments.study_bench import study_bench
    from snowplan.inputs.study_files import load_study

    def tell(name: str) -> None:
        click.echo(words("bench.measuring", lang, name=name), err=True)

    return study_bench(load_study(STUDY), load_study(TOY_STUDY), tell)


def a_report(lang: str) -> dict[str, Any]:
    """What a readiness report on the usual scenarios costs, its documents beside its runs."""
    from snowplan.cli.readiness import USUAL
    from snowplan.cli.readiness_making import Wish, asked_for, documents_of, facts_of
    from snowplan.experiments.readiness_bench import readiness_bench
    from snowplan.experiments.readiness_folder import report_of

    def tell(name: str) -> None:
        click.echo(words("bench.measuring", lang, name=name), err=True)

    def document(asked: Readiness, ready: Ready) -> None:
        documents_of(asked, report_of(asked, ready, facts_of(asked, wish)), lang)

    wish = Wish(scenarios=USUAL, out=Path(OUT), lang=lang, quick=True)
    return readiness_bench(asked_for(wish), asked_for(replace(wish, quick=False)), document, tell)


def study_of(quick: bool, road_map: str | None, weather: str | None, lang: str) -> Bench:
    """What is to be measured: everything, or the smallest grid alone."""
    from snowplan.experiments.bench_study import Bench
    from snowplan.inputs.scenario_files import load_scenario

    def tell(name: str) -> None:
        click.echo(words("bench.measuring", lang, name=name), err=True)

    heavy = load_scenario(BASE)
    study = Bench(heavy, groups=heavy, tell=tell)
    if quick:
        left_out = words("bench.left_out", lang)
        study.skipped = [
            {"name": name, "reason": left_out} for name in ("oracle", "larger grids", "jinan")
        ]
        return study
    study.oracle = load_scenario(BASE, ORACLE)
    try:
        study.jinan = jinan(road_map, weather)
    except InputError as error:
        if road_map or weather:
            raise
        reason = words("bench.no_files", lang, fault=str(error.faults[0]))
        study.skipped.append({"name": "jinan", "reason": reason})
    return study


def jinan(road_map: str | None, weather: str | None) -> Scenario:
    """The storm on Jinan, with the files that are given, else those beside the scenario.

    Raises InputError where they are not to be found.
    """
    from snowplan.inputs.scenario_files import load_scenario

    given = (("map", road_map), ("snow.file", weather))
    sets = [f"{key}={json.dumps(str(Path(file).absolute()))}" for key, file in given if file]
    return load_scenario(JINAN, sets)
