"""Chapters on what there is: machines, de-icer, people, hauling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from snowplan.reporting.readiness_telling import (
    Report,
    in_order,
    scenario_names,
)
from snowplan.reporting.readiness_words import ready_name, titled
from snowplan.reporting.readiness_writer import (
    NONE,
    Row,
    Writer,
    blocks_of,
    chunks,
    figure,
    percent,
    table_part,
)

SIDE_BY_SIDE = 4  # scenarios in one table
SIGNS = {"": "", "<": "< ", ">=": "≥ "}  # of bounds


def machines_chapter(report: Report, writer: Writer) -> None:
    """Serviceable against needed by zone and kind, standby, and those in repair by name."""
    rows, lang = report["machines"]["rows"], writer.lang
    writer.chapter("machines")
    if not rows:
        writer.par("machines.none")
        return
    names = scenario_names(report, lang)
    total = {key: sum(row[key] for row in rows)
             for key in ("listed", "serviceable", "in_repair", "standby")}  # fmt: skip
    writer.par(
        "machines.says", listed=total["listed"], serviceable=total["serviceable"],
        repair=total["in_repair"], standby=total["standby"], short=_short(rows, names, writer),
    )  # fmt: skip
    for some in chunks(list(names), SIDE_BY_SIDE):
        writer.table("machines.table", _machines(rows, some, names, writer))
    writer.note("machines.note")
    _not_enough(report, names, writer)
    _mended(report["machines"]["in_repair"], writer)


def _not_enough(report: Report, names: Mapping[str, str], writer: Writer) -> None:
    """Storms whose limits are missed although no kind is short by arithmetic."""
    marks = report["verdicts"]["marks"]
    rows = report["machines"]["rows"]
    missed = [
        title for key, title in names.items()
        if marks.get(key, {}).get("mark") == "missed" and not any(lacking(row, key) for row in rows)
    ]  # fmt: skip
    if missed:
        writer.par("machines.missed", names=writer.text("comma").join(missed))


def lacking(row: Mapping[str, Any], scenario: str) -> bool:
    """True where fewer machines are serviceable than one round within the limits needs."""
    needed = row["needed"].get(scenario)
    return needed is not None and needed > row["serviceable"]


def _short(rows: Sequence[Mapping[str, Any]], names: Mapping[str, str], writer: Writer) -> str:
    comma, told = writer.text("comma"), []
    for key, title in names.items():
        short = [row for row in rows if lacking(row, key)]
        kinds = [
            writer.text(
                "machines.short_kind", kind=ready_name(f"machine.{kind}", writer.lang),
                zones=comma.join(ready_name(f"zone.{row['zone']}", writer.lang)
                                 for row in short if row["kind"] == kind),
            )
            for kind in in_order([row["kind"] for row in short])
        ]  # fmt: skip
        if kinds:
            told.append(writer.text("machines.short_storm", title=title, kinds=comma.join(kinds)))
    if not told:
        return writer.text("machines.enough")
    return writer.text("machines.short", names=writer.text("semicolon").join(told))


def _machines(
    rows: Sequence[Mapping[str, Any]], some: Sequence[str], names: Mapping[str, str], writer: Writer
) -> dict[str, Any]:
    lang = writer.lang
    plain = ("listed", "serviceable", "repair", "crews", "standby")
    cells: list[Row] = []
    for row in rows:
        least, most = row["crews_least"], row["crews_most"]
        needed = [figure(row["needed"].get(key), 0) + (" ×" if lacking(row, key) else "")
                  for key in some]  # fmt: skip
        cells.append([
            ready_name(f"zone.{row['zone']}", lang), ready_name(f"machine.{row['kind']}", lang),
            str(row["listed"]), str(row["serviceable"]), str(row["in_repair"]),
            str(most) if least == most else f"{least}–{most}", str(row["standby"]),
            *(figure(row["peak"].get(key), 0) for key in some), *needed,
        ])  # fmt: skip
    heads = [names[key] for key in some]
    return table_part(
        [writer.text("col.zone"), writer.text("col.kind"),
         *(writer.text(f"machines.{key}") for key in plain), *heads, *heads],
        cells, align="llr",
        widths=[*["auto"] * 7, *[1] * (2 * len(some))],
        groups=[("", 7), (writer.text("machines.peak"), len(some)),
                (writer.text("machines.needed"), len(some))],
        rules=blocks_of([row["zone"] for row in rows]), size=7.4, heads=0.84,
    )  # fmt: skip


def _mended(rows: Sequence[Mapping[str, Any]], writer: Writer) -> None:
    if not rows:
        writer.par("machines.mended_none")
        return
    lang = writer.lang
    cells: list[Row] = [
        [row["machine"], ready_name(f"machine.{row['kind']}", lang),
         ready_name(f"zone.{row['zone']}", lang), row["depot"], row["note"] or NONE]
        for row in rows
    ]  # fmt: skip
    heads = ("machines.machine", "col.kind", "col.zone", "machines.depot", "machines.why")
    part = table_part([writer.text(key) for key in heads], cells, align="lllll",
                      widths=["auto"] * 4 + [1])  # fmt: skip
    writer.table("machines.mended", part)


def deicer_chapter(report: Report, writer: Writer) -> None:
    """Stock by depot in tonnes, doses and storms; where to order."""
    rows, lang = report["deicer"]["rows"], writer.lang
    writer.chapter("deicer")
    if not rows:
        writer.par("deicer.none")
        return
    low = in_order([titled(row, lang, "name") for row in rows if row["below"]])
    below = writer.text("deicer.below", names=writer.text("comma").join(low))
    writer.par(
        "deicer.says", dose=_dose(report, writer), depots=len({row["depot"] for row in rows}),
        stock=figure(sum(row["stock_t"] for row in rows)), p=percent(report["head"]["probability"]),
        below=below if low else writer.text("deicer.fine"),
    )  # fmt: skip
    keys = ("stock", "dose", "doses", "reorder", "low")
    cells: list[Row] = [
        [titled(row, lang, "name"), ready_name(f"zone.{row['zone']}", lang),
         ready_name(f"product.{row['product']}", lang), figure(row["stock_t"]),
         figure(row["dose_t"]), figure(row["doses"]),
         SIGNS[row["reorder_bound"]] + figure(row["reorder_t"]),
         NONE if row["below"] is None else writer.text("yes" if row["below"] else "no")]
        for row in rows
    ]  # fmt: skip
    heads = [writer.text(key) for key in ("deicer.depot", "col.zone", "deicer.product")]
    heads += [writer.text(f"deicer.{key}") for key in keys]
    writer.table("deicer.table", table_part(heads, cells, align="lllr",
                                            widths=["auto"] * 3 + [1] * 5))  # fmt: skip
    names = scenario_names(report, lang)
    for some in chunks(list(names), SIDE_BY_SIDE):
        writer.table("deicer.storms_table", _storms(rows, some, names, writer))
    writer.note("deicer.note")


def _dose(report: Report, writer: Writer) -> str:
    """In which storm a dose is what it is: its grams a square metre and the pavement."""
    treatment = report["deicer"]["treatment"]
    if not treatment or treatment["dose_g_m2"] is None:
        return ""
    return writer.text(
        "deicer.at", title=scenario_names(report, writer.lang)[treatment["scenario"]],
        dose=figure(treatment["dose_g_m2"], 0), pavement=figure(treatment["pavement_c"]),
    )  # fmt: skip


def _storms(
    rows: Sequence[Mapping[str, Any]], some: Sequence[str], names: Mapping[str, str], writer: Writer
) -> dict[str, Any]:
    cells: list[Row] = []
    for row in rows:
        told = [titled(row, writer.lang, "name")]
        for key in some:
            sign = SIGNS[row["storms_bound"].get(key, "")] if row["storms"].get(key) else ""
            told += [SIGNS[">="] * bool(sign) + figure(row["per_storm_t"].get(key)),
                     sign + figure(row["storms"].get(key)),
                     figure(row["stockouts"].get(key))]  # fmt: skip
        cells.append(told)
    heads = [writer.text(f"deicer.{key}") for key in ("used", "storms", "outs")]
    return table_part(
        [writer.text("deicer.depot"), *heads * len(some)], cells,
        groups=[("", 1), *((names[key], 3) for key in some)],
        widths=["auto"] + [1] * (3 * len(some)), size=7.6,
    )  # fmt: skip


def hauling_chapter(report: Report, writer: Writer) -> None:
    """Trucks by zone, and dump points in storms."""
    given, lang = report["hauling"], writer.lang
    writer.chapter("hauling")
    if not given["trucks"] and not given["dumps"]:
        writer.par("hauling.none")
        return
    trucks = sum(row["trucks"] for row in given["trucks"])
    total = given["total"]
    shut = figure(total["shut_m3"], 0)
    writer.par(
        "hauling.says", trucks=trucks, room=figure(total["room_m3"], 0),
        shut=writer.text("hauling.shut_room", room=shut) if total["shut_m3"] else "",
    )  # fmt: skip
    by_zone = given["trucks"]
    heads = [writer.text("col.zone"), *(ready_name(f"zone.{r['zone']}", lang) for r in by_zone)]
    cells: list[Row] = [
        [writer.text("hauling.truck_count"), *(str(row["trucks"]) for row in by_zone)],
        [writer.text("hauling.load"), *(figure(row["load_m3"]) for row in by_zone)],
    ]
    writer.table("hauling.trucks", table_part(heads, cells))
    names = scenario_names(report, lang)
    for some in chunks(list(names), SIDE_BY_SIDE):
        writer.table("hauling.dumps", _dumps(given, some, names, writer))
    writer.note("hauling.note")
    _full_first(report, names, writer)


def _full_first(report: Report, names: Mapping[str, str], writer: Writer) -> None:
    """The dump point that is full first in each storm; where hauling was not done in time."""
    given, comma = report["hauling"], writer.text("comma")
    by_dump = {row["dump"]: row for row in given["dumps"]}
    weakest = [
        writer.text(
            "hauling.first_full", title=title, name=titled(by_dump[dump], writer.lang, "name"),
            storms=figure(by_dump[dump]["storms"][key]),
        )
        for key, title in names.items() if (dump := given["total"]["weakest"].get(key))
    ]  # fmt: skip
    if weakest:
        writer.par("hauling.weakest", names=writer.text("semicolon").join(weakest))
    unmet = {
        row["scenario"] for row in report["verdicts"]["rows"]
        if row["item"].startswith("haul/") and row["met"] < row["n"]
    }  # fmt: skip
    if unmet:
        told = comma.join(title for key, title in names.items() if key in unmet)
        writer.par("hauling.unmet", names=told)


def _dumps(
    given: Mapping[str, Any], some: Sequence[str], names: Mapping[str, str], writer: Writer
) -> dict[str, Any]:
    lang = writer.lang
    cells: list[Row] = [
        [titled(row, lang, "name") + (" *" if row["shut"] else ""),
         ready_name(f"zone.{row['zone']}", lang), figure(row["room_m3"], 0), *_brought(row, some)]
        for row in given["dumps"]
    ]  # fmt: skip
    total = given["total"]
    cells.append([writer.text("col.total"), "", figure(total["room_m3"], 0),
                  *_brought(total, some)])  # fmt: skip
    must = {"per_storm_m3": total["must_m3"], "storms": total["storms_must"]}
    cells.append([writer.text("hauling.must"), "", "", *_brought(must, some)])
    heads = [writer.text("hauling.brought"), writer.text("hauling.storms")]
    return table_part(
        [writer.text("hauling.dump"), writer.text("col.zone"), writer.text("hauling.room"),
         *heads * len(some)],
        cells, align="llr", groups=[("", 3), *((names[key], 2) for key in some)],
        widths=[3, "auto", *[1] * (1 + 2 * len(some))], size=7.6,
        rules=[len(cells) - 2, len(cells) - 1],
    )  # fmt: skip


def _brought(row: Mapping[str, Any], some: Sequence[str]) -> list[str]:
    told = []
    for key in some:
        told += [figure(row["per_storm_m3"].get(key), 0), figure(row["storms"].get(key))]
    return told
