"""`snowplan check`: read a scenario and everything it names, and say what it is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from snowplan.cli.check_findings import findings_as_objects, findings_text
from snowplan.cli.texts import words
from snowplan.cli.wording import Command, Option, lang_of
from snowplan.errors import InputError

if TYPE_CHECKING:
    from snowplan.model.scenario import Scenario
    from snowplan.planning.finding import Finding

MISSED = 4  # the exit code of a target missed
MANY = 5  # ids named before the rest is only counted
PINGCHENG = "pingcheng"
FROM_USER = ("key map", "key snow.file")


@click.command(cls=Command, help="check")
@click.argument("scenario", nargs=-1)
@click.option("--set", "sets", cls=Option, multiple=True, metavar="KEY=VALUE", help="set")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="json")
@click.option("--fail-if-missed", "strict", cls=Option, is_flag=True, help="check.fail")
def check(scenario: tuple[str, ...], sets: tuple[str, ...], as_json: bool, strict: bool) -> None:
    """Check scenarios; the words for users stand in the texts."""
    from snowplan.given import scenario_names
    from snowplan.inputs.scenario_files import load_scenario
    from snowplan.planning.finding import NOTE
    from snowplan.planning.plan_check import plan_findings

    faults = []
    missed = False
    found: list[dict[str, Any]] = []
    shipped = [name for name in scenario_names() if name != "base"]
    for name in scenario or shipped:
        try:
            read = load_scenario(name, sets)
        except InputError as error:
            if not scenario and all(fault.field in FROM_USER for fault in error.faults):
                if not as_json:
                    click.echo(words("check.waits", lang_of(), name=name))
                continue
            faults += list(error.faults)
            continue
        facts, findings = describe(read), plan_findings(read)
        missed = missed or any(item.severity != NOTE for item in findings)
        found.append(facts | {"findings": findings_as_objects(findings)})
        if not as_json:
            show(facts, lang_of(), whole=bool(scenario))
            show_findings(findings, lang_of(), whole=bool(scenario))
    if faults:
        raise InputError(list(dict.fromkeys(faults)))
    if as_json:
        click.echo(json.dumps({"scenarios": found}, ensure_ascii=False, indent=2))
    if strict and missed:
        click.get_current_context().exit(MISSED)


def show_findings(findings: Sequence[Finding], lang: str, *, whole: bool) -> None:
    """Print what was found on the plan; only how much of it unless the `whole` is wanted."""
    if whole:
        click.echo(f"\n{findings_text(findings, lang)}")
    elif findings:
        click.echo(f"  {words('check.findings', lang, n=len(findings))}")


def describe(scenario: Scenario) -> dict[str, Any]:
    """What a scenario is, as plain values."""
    from snowplan.inputs.cross_checks import lost_sections
    from snowplan.units import G_PER_T, KG_PER_T, M_PER_KM

    study, roads = scenario.study, scenario.road_map
    own = [section for section in roads.sections if section.duty.cleared_by_centre]
    kinds = Counter(machine.kind for machine in scenario.resources.machines)
    return {
        "name": study.name,
        "title": study.title,
        "title_en": study.title_en,
        "start": study.clock.text(0),
        "end": study.clock.text(study.horizon_ms),
        "timezone": study.clock.zone_name,
        "run_seed": study.run_seed,
        "grade": scenario.grade.key if scenario.grade else None,
        "snow": snow_facts(scenario),
        "map": {
            "title": roads.title,
            "title_en": roads.title_en,
            "schematic": roads.schematic,
            "sections": len(roads.sections),
            "km": sum(s.way.length_m for s in roads.sections) / M_PER_KM,
            "cleared_by_centre": len(own),
            "million_m2": sum(s.area_m2 for s in own) / G_PER_T,
            "published_m2": published_sizes(roads.name),
            "out_of_reach": lost_sections(scenario.resources, roads),
        },
        "machines": dict(sorted(kinds.items())),
        "depots": len(scenario.resources.depots),
        "deicer_t": sum(depot.stock_kg for depot in scenario.resources.depots) / KG_PER_T,
        "varies": [spread.quantity for spread in scenario.around.uncertainty if spread.on],
        "differences": [list(row) for row in scenario.differences],
        "notes": [*scenario.notes, *roads.assumed],
        "inputs": dict(scenario.inputs),
    }


def published_sizes(road_map: str) -> list[dict[str, Any]]:
    """What is published of the area that machines clear on this map; nothing but for Pingcheng."""
    from dataclasses import asdict

    from snowplan.inputs.published_table import read_sizes

    return [asdict(size) for size in read_sizes()] if road_map == PINGCHENG else []


def snow_facts(scenario: Scenario) -> dict[str, Any]:
    """Total, hours with snow and the range of air temperature within the horizon."""
    from snowplan.units import MS_PER_H, UM_PER_MM

    spells = scenario.around.snowfall.actual
    ends = [*(spell.start_ms for spell in spells[1:]), scenario.study.horizon_ms]
    lasting = [
        (spell, max(min(end, scenario.study.horizon_ms) - max(spell.start_ms, 0), 0))
        for spell, end in zip(spells, ends, strict=True)
    ]
    inside = [spell.air_c for spell, ms in lasting if ms > 0]
    return {
        "mm_we": sum(spell.um_per_h * ms for spell, ms in lasting) / (MS_PER_H * UM_PER_MM),
        "hours": sum(ms for spell, ms in lasting if spell.um_per_h > 0) / MS_PER_H,
        "air_low_c": min(inside, default=None),
        "air_high_c": max(inside, default=None),
        "missing_hours": scenario.around.snowfall.missing_hours,
        "source": scenario.around.snowfall.source,
    }


def show(facts: dict[str, Any], lang: str, *, whole: bool) -> None:
    """Print what a scenario is; only that it is sound unless the `whole` is wanted."""
    click.echo(words("check.ok", lang, name=facts["name"]))
    if not whole:
        return
    for label, text in _lines(facts, lang):
        click.echo(f"  {words(label, lang)}: {text}" if label else f"    {text}")


def _lines(facts: dict[str, Any], lang: str) -> list[tuple[str, str]]:
    from snowplan.words import name_of, say

    title = "title_en" if lang == "en" else "title"
    snow, roads = facts["snow"], facts["map"]
    rain = words(
        "check.snow_text", lang, mm=round(snow["mm_we"], 3), hours=snow["hours"],
        low=snow["air_low_c"], high=snow["air_high_c"],
    )  # fmt: skip
    if facts["grade"]:
        rain += "; " + words(
            "check.named_grade", lang, grade=name_of("grade", facts["grade"], lang)
        )
    net = words(
        "check.map_text", lang, title=roads[title], sections=roads["sections"], km=roads["km"],
        own=roads["cleared_by_centre"], m2=roads["million_m2"],
    )  # fmt: skip
    if roads["schematic"]:
        net += f" ({words('check.schematic', lang)})"
    lines = [
        ("check.title", facts[title]),
        ("check.time", f"{facts['start']} – {facts['end']} {facts['timezone']}"),
        ("check.snow", rain),
        ("check.map", net),
    ]
    if roads["published_m2"]:
        lines.append(("", _sizes(roads["million_m2"], roads["published_m2"], lang)))
    if roads["out_of_reach"]:
        names = roads["out_of_reach"]
        shown = ", ".join(names[:MANY]) + (" …" if len(names) > MANY else "")
        lines.append(("", words("check.lost", lang, n=len(names), names=shown)))
    fleet = ", ".join(
        f"{name_of('machine', kind, lang)} {n}" for kind, n in facts["machines"].items()
    )
    varies = ", ".join(say(f"varies.{name}", lang) for name in facts["varies"])
    stock = words("check.depots_text", lang, n=facts["depots"], t=facts["deicer_t"])
    lines += [
        ("check.fleet", f"{sum(facts['machines'].values())}: {fleet}"),
        ("check.depots", stock),
        ("check.varies", varies or words("check.nothing", lang)),
        ("check.files", str(len(facts["inputs"]))),
    ]
    for head, rows in (
        (
            "check.changed",
            [f"{key}: {old or '–'} → {new}" for key, old, new in facts["differences"]],
        ),
        ("check.notes", facts["notes"]),
    ):
        if rows:
            lines += [(head, str(len(rows))), *(("", row) for row in rows)]
    return lines


def _sizes(million_m2: float, published: list[dict[str, Any]], lang: str) -> str:
    """The area of the map beside the published bracket and what the bracket rests on."""
    from snowplan.units import G_PER_T

    spans: dict[str, str] = {}
    for size in published:
        low, high = (f"{size[side] / G_PER_T:g}" for side in ("low", "high"))
        spans[size["id"]] = low if low == high else f"{low}–{high}"
    return words("check.sizes", lang, m2=million_m2, **spans)
