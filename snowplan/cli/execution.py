"""What `run` and `demo` share: run a scenario, show its outcome, say where the folder is."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from snowplan.cli.progress import Bar
from snowplan.cli.texts import words
from snowplan.errors import UseError

if TYPE_CHECKING:
    from snowplan.experiments.one_run import Concluded, Written
    from snowplan.model.scenario import Scenario
    from snowplan.reporting.view import View
    from snowplan.results.state_files import Stored

OUT = "runs"
MANY = 8  # ids named before the rest is only counted


@dataclass(frozen=True, slots=True)
class Wish:
    """How a run is asked for on the command line."""

    scenario: str
    sets: tuple[str, ...] = ()
    out: Path = Path(OUT)
    run_seed: int | None = None
    as_json: bool = False
    pictures: bool = True
    at_h: tuple[float, ...] = ()
    store_at: tuple[str, ...] = ()  # instants as written
    since: str | None = None  # RUN@INSTANT
    now: Path | None = None  # folder of a hand-edited state
    lang: str = "zh"


def execute(wish: Wish, beside: Callable[[Written], str] | None = None) -> Written:
    """Read, run, write and show one scenario; the folder's path is the last line on stdout.

    `beside` says more about the run, above that line.
    """
    from snowplan.experiments.one_run import run_and_write
    from snowplan.inputs.resolved import resolved_toml

    scenario, since = _begun(wish)
    instants = _instants(wish, scenario)
    store_at = store_instants(wish, scenario, 0 if since is None else since[0])
    if not wish.as_json:
        show_differences(scenario, wish.lang)
    with Bar(scenario.study.horizon_ms, wish.lang) as bar:
        written = run_and_write(
            scenario,
            wish.out,
            scenario_toml=resolved_toml(wish.scenario, wish.sets, wish.run_seed),
            draw=(lambda run: draw(run, wish.lang, instants)) if wish.pictures else None,
            on_progress=bar.reach,
            store_at=store_at,
            since=since,
        )
    show(written, wish, "" if beside is None else beside(written))
    return written


def _begun(wish: Wish) -> tuple[Scenario, Stored | None]:
    """The scenario, and the stored state that the run goes on from; says where it begins."""
    from snowplan.inputs.now_files import load_now
    from snowplan.inputs.scenario_files import load_scenario
    from snowplan.inputs.state_files import load_state

    if wish.now is not None and wish.since is not None:
        raise UseError(words("run.now_and_from", wish.lang))
    scenario = load_scenario(wish.scenario, wish.sets, run_seed=wish.run_seed)
    if wish.now is not None:
        scenario = load_now(wish.now, scenario)
        say_approximate(scenario, wish)
    if wish.since is None:
        return scenario, None
    since = load_state(wish.since, scenario)
    at = scenario.study.clock.text(since[0])
    run = wish.since.rpartition("@")[0]
    click.echo(words("run.continued", wish.lang, at=at, run=run), err=wish.as_json)
    return scenario, since


def _instants(wish: Wish, scenario: Scenario) -> list[int] | None:
    """The instants of the network picture, in ms; None lets the picture choose."""
    from snowplan.units import hours_ms, ms_hours

    end_h = ms_hours(scenario.study.horizon_ms)
    for hours in wish.at_h:
        if not 0 <= hours < end_h:
            raise UseError(words("run.bad_at", wish.lang, hours=hours, end=end_h))
    return sorted({hours_ms(hours) for hours in wish.at_h}) or None


def say_approximate(scenario: Scenario, wish: Wish) -> None:
    """A run from a hand-edited state says so."""
    begin = scenario.study.clock.text(0)
    click.echo(words("run.approximate", wish.lang, begin=begin), err=wish.as_json)


def store_instants(wish: Wish, scenario: Scenario, from_ms: int) -> list[int]:
    """The instants at which the world is to be stored, in ms; all lie inside the run."""
    from snowplan.inputs.instants import instant_ms

    clock, found = scenario.study.clock, set()
    for text in wish.store_at:
        try:
            at = instant_ms(text, clock)
        except ValueError:
            at = -1
        if not from_ms < at < scenario.study.horizon_ms:
            begin, end = clock.text(from_ms), clock.text(scenario.study.horizon_ms)
            raise UseError(words("run.bad_store", wish.lang, text=text, begin=begin, end=end))
        found.add(at)
    return sorted(found)


def show_differences(scenario: Scenario, lang: str) -> None:
    """Every change to the given facts, old → new."""
    if scenario.differences:
        click.echo(f"{words('check.changed', lang)}:")
    for key, old, new in scenario.differences:
        click.echo(f"  {key}: {old or '–'} → {new}")


def view_of(run: Concluded, lang: str) -> View:
    """How this run is shown: its clock, snow and title in one language."""
    from snowplan.model.snow import spans
    from snowplan.reporting.view import View

    facts = run.facts
    study = facts.scenario.study
    snow: list[tuple[int, int]] = []
    for begin, end, spell in spans(facts.sky.spells, study.horizon_ms):
        if spell.um_per_h <= 0:
            continue
        if snow and snow[-1][1] == begin:
            snow[-1] = (snow[-1][0], end)
        else:
            snow.append((begin, end))
    return View(
        clock=study.clock,
        horizon_ms=study.horizon_ms,
        snow_spells=tuple(snow),
        snow_stops_ms=facts.sky.stops_ms,
        title=study.title_en if lang == "en" else study.title,
        schematic=facts.scenario.road_map.schematic,
        lang=lang,
        grade=facts.grade.key,
    )


def draw(run: Concluded, lang: str, instants: Sequence[int] | None) -> Mapping[str, bytes]:
    """The pictures of a run; characters that the font lacks are told on stderr."""
    from snowplan.reporting.pictures import Frames, save_figures
    from snowplan.words import say

    frames = Frames(
        roads=run.record.roads,
        states=run.record.states,
        timeline=run.outcome.timeline,
        limits=run.outcome.limits,
        events=run.record.events,
        machines=run.outcome.machines,
        depots=run.outcome.depots,
        depot_names={depot.id: depot.name for depot in run.facts.depots},
        groups=run.outcome.groups,
        side_limit_ms=run.storm.side_limit_ms,
    )
    pictures = save_figures(frames, view_of(run, lang), instants)
    if pictures.missing:
        click.echo(say("font.missing", lang, characters=pictures.missing), err=True)
    return pictures.files


def show(written: Written, wish: Wish, more: str = "") -> None:
    """Print the outcome: tables and lines, or with `--json` one object."""
    run = written.run
    ledger = run.handed.ledger.as_dict()
    if wish.as_json:
        found = {
            "run": str(written.path),
            "residuals": residuals_of(ledger),
            "differences": [list(row) for row in run.facts.scenario.differences],
            "summary": run.outcome.summary,
        } | ({"sanity": more} if more else {})
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    from snowplan.reporting.folding import folded_for
    from snowplan.reporting.group_text import group_lines
    from snowplan.reporting.tables import print_summary

    click.echo()
    print_summary(run.outcome.summary, view_of(run, wish.lang), sys.stdout)
    click.echo()
    names = {
        dump.id: dump.name_en if wish.lang == "en" else dump.name
        for dump in run.facts.scenario.resources.dump_points
    }
    lines = group_lines(run.outcome.summary, wish.lang, names)
    for label, text in summary_lines(run.outcome.summary, ledger, wish.lang):
        lines.append(f"{words(label, wish.lang)}: {text}")
    for line in folded_for(lines, sys.stdout):
        click.echo(line)
    if more:
        click.echo(f"\n{more}\n")
    click.echo(str(written.path))


def summary_lines(
    summary: Mapping[str, Any], ledger: Mapping[str, Mapping[str, int]], lang: str
) -> list[tuple[str, str]]:
    """What stands below the table, as (key of the label, text); `ledger` as `ledger.json`."""
    from snowplan.units import G_PER_T

    km, deadhead = summary["km"], summary["deadhead_km"]
    work = words(
        "run.work_text", lang, km=km, deadhead=deadhead, hours=summary["hours"],
        percent=100 * deadhead / km if km else 0.0,
    )  # fmt: skip
    costs = words(
        "run.costs_text", lang, t=summary["deicer_t"], fuel=summary["fuel_l"],
        cny=summary["cost_cny"], hoppers=ledger["deicer"]["in_hoppers"] / G_PER_T,
        depots=ledger["deicer"]["in_depots"] / G_PER_T,
    )  # fmt: skip
    exposure = words("run.exposure_text", lang, value=summary["exposure"])
    lines = [("run.work", work), ("run.costs", costs), ("run.exposure", exposure)]
    if summary["deicer_note"] is not None:
        lines.append(("run.deicer", words(f"run.{summary['deicer_note']}", lang)))
    if summary["packed_left_m2"] > 0:
        text = words("run.packed_text", lang, m2=summary["packed_left_m2"])
        lines.append(("run.packed", text))
    lines.append(("run.ledger", words("run.ledger_text", lang, **residuals_of(ledger))))
    lines.append(("check.varies", _names("varied", summary, lang)))
    if summary["switched_off"]:
        lines.append(("run.off", _names("switched_off", summary, lang)))
    if summary["unreachable"]:
        lost = summary["unreachable"]
        shown = ", ".join(lost[:MANY]) + (" …" if len(lost) > MANY else "")
        lines.append(("run.lost", words("check.lost", lang, n=len(lost), names=shown)))
    if summary["schematic"]:
        lines.append(("check.schematic", words("run.schematic", lang)))
    return lines


def residuals_of(ledger: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """What each account leaves unexplained."""
    return {name: terms["residual"] for name, terms in ledger.items()}


def _names(key: str, summary: Mapping[str, Any], lang: str) -> str:
    from snowplan.words import name_of, say

    if key == "switched_off":
        names = [name_of("phrase", name, lang) for name in summary[key]]
    else:
        names = [say(f"varies.{name}", lang) for name in summary[key]]
    return ", ".join(names) or words("check.nothing", lang)
