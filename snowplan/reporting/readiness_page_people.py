"""The chapter on people: crews against machines by shift, muster, hand workers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from snowplan.reporting.readiness_telling import Report, in_order, scenario_names
from snowplan.reporting.readiness_words import ready_name
from snowplan.reporting.readiness_writer import (
    NONE,
    Row,
    Writer,
    blocks_of,
    figure,
    table_part,
)
from snowplan.words import WORDS

Rows = Sequence[Mapping[str, Any]]


def people_chapter(report: Report, writer: Writer) -> None:
    """Crews and machines of each shift, minutes of muster, squads of each zone."""
    given = report["people"]
    writer.chapter("people")
    if not given["shifts"]:
        writer.par("people.none")
    else:
        writer.par("people.says", short=_short(given["shifts"], writer))
        writer.table("people.shifts", _shifts(given["shifts"], writer))
    _muster(report, writer)
    if given["hands"]:
        writer.table("people.hands", _hands(given["hands"], writer))


def kind_name(kind: str, lang: str) -> str:
    """Whom a crew drives or leads: a kind of machine, or a group of the plan."""
    group = "machine" if f"machine.{kind}" in WORDS else "group"
    return ready_name(f"{group}.{kind}", lang)


def _short(rows: Rows, writer: Writer) -> str:
    lacks = [row for row in rows if row["short"] > 0]
    if not lacks:
        return writer.text("people.full")
    told = [
        writer.text(
            "people.lack", zone=ready_name(f"zone.{row['zone']}", writer.lang),
            kind=kind_name(row["kind"], writer.lang), start=row["start"], n=row["short"],
        )
        for row in lacks
    ]  # fmt: skip
    names = writer.text("semicolon").join(told)
    return writer.text("people.lacks", n=sum(row["short"] for row in lacks), names=names)


def _shifts(rows: Rows, writer: Writer) -> dict[str, Any]:
    """A row a kind and shift, a column a zone."""
    zones = in_order([row["zone"] for row in rows])
    kinds = in_order([row["kind"] for row in rows])
    cells: list[Row] = []
    blocks = []
    for kind in kinds:
        own = [row for row in rows if row["kind"] == kind]
        for start, hours in sorted({(row["start"], row["length_h"]) for row in own}):
            there = [r for r in own if (r["start"], r["length_h"]) == (start, hours)]
            by_zone = {row["zone"]: f"{row['crews']}/{row['machines']}" for row in there}
            short = sum(row["short"] for row in there)
            shift = writer.text("people.hours", start=start, h=f"{hours:g}")
            crews, machines = (sum(r[key] for r in there) for key in ("crews", "machines"))
            cells.append([
                kind_name(kind, writer.lang), shift, *(by_zone.get(z, NONE) for z in zones),
                f"{crews}/{machines}", f"{short} ×" if short else "0",
            ])  # fmt: skip
            blocks.append(kind)
    heads = [writer.text("col.kind"), writer.text("people.shift")]
    heads += [ready_name(f"zone.{zone}", writer.lang) for zone in zones]
    heads += [writer.text("col.total"), writer.text("people.short")]
    return table_part(heads, cells, align="llr", widths=["auto"] * 2 + [1] * (len(zones) + 2),
                      rules=blocks_of(blocks))  # fmt: skip


def _muster(report: Report, writer: Writer) -> None:
    muster = report["people"]["muster"]
    names = scenario_names(report, writer.lang)
    if not muster["scenarios"]:
        return
    promised, start = figure(muster["promised_min"], 0), figure(muster["start_min"], 0)
    writer.par("people.muster_says", promised=promised, start=start)
    cells: list[Row] = []
    for key, row in muster["scenarios"].items():
        over = None not in (row["p90"], muster["start_min"]) and row["p90"] > muster["start_min"]
        cells.append([names.get(key, key), *(figure(row[k], 0) for k in ("median", "p90", "most")),
                      writer.text("yes" if over else "no")])  # fmt: skip
    heads = [writer.text("col.storm")]
    heads += [writer.text(f"people.{key}") for key in ("median", "p90", "most", "over")]
    writer.table("people.muster", table_part(heads, cells))


def _hands(rows: Rows, writer: Writer) -> dict[str, Any]:
    """A row a zone, a column a group of the plan."""
    groups = in_order([row["group"] for row in rows])
    cells: list[Row] = []
    for zone in in_order([row["zone"] for row in rows]):
        own = {row["group"]: row for row in rows if row["zone"] == zone}
        told = [f"{own[g]['squads']}/{own[g]['workers']}" if g in own else NONE for g in groups]
        cells.append([ready_name(f"zone.{zone}", writer.lang), *told,
                      _sum(list(own.values()))])  # fmt: skip
    of_group = [_sum([row for row in rows if row["group"] == group]) for group in groups]
    cells.append([writer.text("col.total"), *of_group, _sum(rows)])
    heads = [writer.text("col.zone"), *(ready_name(f"group.{g}", writer.lang) for g in groups)]
    heads.append(writer.text("col.total"))
    return table_part(heads, cells, rules=[len(cells) - 1])


def _sum(rows: Rows) -> str:
    return f"{sum(row['squads'] for row in rows)}/{sum(row['workers'] for row in rows):,}"
