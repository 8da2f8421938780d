"""How `snowplan readiness` makes a report: read, run what is missing, write, put copies, print."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from snowplan.cli.comparing import Labour, failed_lines, tell_notes
from snowplan.cli.texts import words
from snowplan.errors import RunError, UseError, WriteError

if TYPE_CHECKING:
    from snowplan.experiments.readiness_cases import Readiness
    from snowplan.experiments.readiness_running import Ready
    from snowplan.experiments.readiness_shelf import Shelf
    from snowplan.model.comparison import Job

STORE = "readiness.replications"
STEM, PACK = "readiness", "work-orders"


@dataclass(frozen=True, slots=True)
class Wish:
    """How a report is asked for on the command line."""

    scenarios: tuple[str, ...]
    out: Path
    lang: str
    sets: tuple[str, ...] = ()
    outputs: tuple[Path, ...] = ()
    quick: bool = False
    replications: int | None = None
    resume: bool = True
    max_hours: float = 12.0
    as_json: bool = False
    zones: tuple[str, ...] = ()  # that a paper pack is for; without, all of them
    command: str = ""  # that gives the same figures again


def execute(wish: Wish, labour: Labour) -> None:
    """Make a report and its folder, whose path comes last; RunError when a run failed."""
    started = datetime.now(UTC)
    asked = asked_for(wish)
    facts = facts_of(asked, wish)
    ready = run(asked, wish, labour)
    report, documents, path = written(asked, ready, facts, wish, started)
    if wish.as_json:
        click.echo(
            json.dumps(
                {"run": str(path), "reused": ready.reused, **report}, ensure_ascii=False, indent=2
            )
        )
    else:
        show(report, ready.reused, wish.lang)
        click.echo(str(path))
    copies = {copy: documents[f"{STEM}{copy.suffix.lower()}"] for copy in wish.outputs}
    refuse(ready.failed, put_copies(copies), path, wish.lang)


def pack_execute(wish: Wish, labour: Labour) -> None:
    """The paper pack of one scenario, where it is wanted or in a folder; its path comes last."""
    from snowplan.experiments.readiness_running import run_references
    from snowplan.results.out_files import ready_to_write
    from snowplan.results.run_folder import told

    asked = asked_for(wish)
    (name,) = asked.ids
    zones = zones_of(asked, wish)
    targets = wish.outputs or (wish.out / f"{PACK}-{name}.pdf",)
    with told("create", wish.out):
        wish.out.mkdir(parents=True, exist_ok=True)
    for path in targets:
        ready_to_write(path)
    with shelf_of(asked, wish) as shelf:
        folders = run_references(asked, labour.engine_of, shelf, processors=labour.processors)
    pack, data = pack_of(asked, folders[name], zones, wish.lang)
    not_put = put_copies(dict.fromkeys(targets, data))
    if not_put:
        raise WriteError("\n".join(not_put))
    _tell_pack(pack, data, Path(targets[-1]).absolute(), wish)


def _tell_pack(pack: Mapping[str, Any], data: bytes, place: Path, wish: Wish) -> None:
    """How much paper it is, zone by zone where there are several; its path comes last."""
    from snowplan.reporting.typesetting import page_count
    from snowplan.words import name_of

    pages, sheets = page_count(data), Counter(row["zone"] for row in pack["sheets"])
    if wish.as_json:
        told = {"pack": str(place), "pages": pages, "sheets": dict(sheets)}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    names = (
        words("readiness.pack_zone", wish.lang, zone=name_of("zone", zone, wish.lang), n=n)
        for zone, n in sheets.items()
    )
    gap = ", " if wish.lang == "en" else "、"
    click.echo(
        words(
            "readiness.pack_told", wish.lang, sheets=sheets.total(), pages=pages,
            leaves=-(-pages // 2), zones=gap.join(names),
        )
    )  # fmt: skip
    if len(sheets) > 1:
        click.echo(words("readiness.pack_less", wish.lang))
    click.echo(str(place))


def zones_of(asked: Readiness, wish: Wish) -> list[str]:
    """The zones that a pack is for, given by id or by name in either language."""
    known = asked.scenarios[0].road_map.zones
    ids = {name.lower(): zone.id for zone in known for name in (zone.name, zone.name_en, zone.id)}
    odd = [name for name in wish.zones if name.lower() not in ids]
    if odd:
        zones = ", ".join(f"{zone.id} {zone.name}" for zone in known)
        raise UseError(words("readiness.no_zone", wish.lang, zone=odd[0], zones=zones))
    return [ids[name.lower()] for name in wish.zones]


def pack_of(
    asked: Readiness, folder: Path, zones: Sequence[str], lang: str
) -> tuple[Mapping[str, Any], bytes]:
    """The paper pack of a reference run; characters that the font lacks are told on stderr."""
    from snowplan.analysis.work_pack import work_pack
    from snowplan.reporting.pack_page import pack_pdf
    from snowplan.results.reading import open_run
    from snowplan.words import say

    pack = work_pack(open_run(folder), asked.scenarios[0], zones)
    page = pack_pdf(pack, lang)
    if page.missing:
        click.echo(say("font.missing", lang, characters=page.missing), err=True)
    return pack, page.pdf


def asked_for(wish: Wish) -> Readiness:
    """The report that is asked for, its files read; raises InputError with all faults."""
    from snowplan.experiments.readiness_cases import readiness_of
    from snowplan.inputs.readiness_files import load_rules
    from snowplan.inputs.resolved import resolved_toml
    from snowplan.inputs.scenario_files import load_scenario

    scenarios = [load_scenario(name, wish.sets) for name in wish.scenarios]
    tomls = {
        scenario.study.name: resolved_toml(name, wish.sets)
        for scenario, name in zip(scenarios, wish.scenarios, strict=True)
    }
    return readiness_of(
        scenarios, tomls, load_rules(), quick=wish.quick, replications=wish.replications
    )


def facts_of(asked: Readiness, wish: Wish) -> Mapping[str, Any]:
    """What plan, tables and scenario files say, without any run."""
    from snowplan.inputs.resolved import resolved_toml
    from snowplan.planning.readiness_facts import plan_facts

    beside = dict.fromkeys(Path(name).absolute().parent for name in wish.scenarios)
    texts = [resolved_toml(name, wish.sets, told=True) for name in wish.scenarios]
    return {
        **plan_facts(dict(zip(asked.ids, asked.scenarios, strict=True)), tuple(beside)),
        "tomls": dict(zip(asked.ids, texts, strict=True)),
    }


def run(asked: Readiness, wish: Wish, labour: Labour) -> Ready:
    """All runs of a report, those that are stored taken from there."""
    from snowplan.cli.readiness_telling import ReadyTeller
    from snowplan.experiments.readiness_running import run_readiness

    with shelf_of(asked, wish) as shelf, ReadyTeller(wish.lang, wish.max_hours) as teller:
        return run_readiness(
            asked, labour.engine_of, shelf, processors=labour.processors, watch=teller
        )


def shelf_of(asked: Readiness, wish: Wish) -> Shelf:
    """The stores of a report, opened; what was odd in them is told."""
    from snowplan.experiments.readiness_shelf import Shelf

    shelf = Shelf(asked, wish.out / STORE, resume=wish.resume)
    for path in shelf.aside:
        click.echo(words("compare.aside", wish.lang, path=path), err=True)
    tell_notes(shelf.notes, wish.lang)
    return shelf


def written(
    asked: Readiness, ready: Ready, facts: Mapping[str, Any], wish: Wish, started: datetime
) -> tuple[dict[str, Any], Mapping[str, bytes], Path]:
    """The report, its documents by file name, and its folder."""
    from snowplan.experiments.readiness_folder import report_of, write_report

    click.echo(words("readiness.making", wish.lang), err=True)
    report = report_of(asked, ready, facts)
    documents = documents_of(asked, report, wish.lang)
    path = write_report(
        asked, ready, report, wish.out, started=started, documents=documents, command=wish.command
    )
    return report, documents, path


def documents_of(asked: Readiness, report: Mapping[str, Any], lang: str) -> dict[str, bytes]:
    """PDF, workbook and CSV by file name; characters that the font lacks are told on stderr."""
    from snowplan.model.network import build_network
    from snowplan.reporting.readiness_page import readiness_pdf
    from snowplan.reporting.readiness_sheet import readiness_csv, readiness_sheet
    from snowplan.results.givens import sections_frame
    from snowplan.words import say

    roads = sections_frame(build_network(asked.scenarios[0].road_map))
    page = readiness_pdf(report, roads, lang)
    if page.missing:
        click.echo(say("font.missing", lang, characters=page.missing), err=True)
    return {
        f"{STEM}.pdf": page.pdf,
        f"{STEM}.xlsx": readiness_sheet(report, lang),
        **readiness_csv(report, lang),
    }


def show(report: Mapping[str, Any], reused: int, lang: str) -> None:
    """Print verdicts, envelope, what one more buys, and what it all rests on."""
    from snowplan.reporting.folding import folded_for
    from snowplan.reporting.readiness_table import print_readiness

    print_readiness(report, lang, sys.stdout)
    runs = report["head"]["runs"]
    stages = ("grades", "envelope", "relief", "marginal")
    whole = sum(runs[name] for name in stages)
    text = words("readiness.runs", lang, all=whole, reused=reused, **runs)
    for line in folded_for([text], sys.stdout):
        click.echo(line)


def put_copies(copies: Mapping[Path, bytes]) -> list[str]:
    """Put each file where it is wanted; those that cannot be put there, a line each."""
    from snowplan.results.out_files import write_whole

    lines = []
    for path, data in copies.items():
        try:
            write_whole(path, data)
        except WriteError as error:
            lines.append(str(error))
    return lines


def refuse(failed: Mapping[Job, str], not_put: Sequence[str], lie: Path, lang: str) -> None:
    """The error by which the command ends: runs that failed, copies that were not put.

    `lie`: the folder where the whole report lies. Nothing if all went well.
    """
    lines = failed_lines(failed, "readiness.failed", lang) if failed else []
    if not_put:
        lines += [*not_put, words("readiness.lies", lang, path=lie)]
    if lines:
        raise (RunError if failed else WriteError)("\n".join(lines))
