"""Chapters on when: the clearance by class and zone, the slowest streets, access to places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from snowplan.reporting.lettering import picture_style
from snowplan.reporting.pictures import png_of
from snowplan.reporting.readiness_curves import curves_figure
from snowplan.reporting.readiness_maps import maps_figure
from snowplan.reporting.readiness_telling import (
    Report,
    in_order,
    of_scenario,
    scenario_names,
)
from snowplan.reporting.readiness_words import ready_name, titled
from snowplan.reporting.readiness_writer import (
    NONE,
    Row,
    Writer,
    chunks,
    figure,
    table_part,
)

Rows = Sequence[Mapping[str, Any]]
PICTURE_DPI = 200
PANELS = 4  # scenarios in one picture or table
LATE = "*"


def times_chapter(report: Report, roads: pd.DataFrame, writer: Writer) -> None:
    """Tables, curves and maps of the clearance; streets; access."""
    writer.chapter("timeline")
    if not report["timeline"]["rows"]:
        writer.par("timeline.none")
        return
    writer.section("timeline.by_zone")
    writer.par("timeline.says")
    for key, title in scenario_names(report, writer.lang).items():
        rows = of_scenario(report["timeline"]["rows"], key)
        if rows:
            writer.table("timeline.table", _by_zone(rows, writer), title=title)
    _pictures(report, roads, writer)
    _streets(report, writer)
    _access(report, writer)


def _by_zone(rows: Rows, writer: Writer) -> dict[str, Any]:
    """A row a class; under each zone the last section open and clean."""
    lang = writer.lang
    zones = in_order([row["zone"] for row in rows])
    cells: list[Row] = []
    for road_class in in_order([row["road_class"] for row in rows]):
        own = {row["zone"]: row for row in rows if row["road_class"] == road_class}
        told = [ready_name(f"class.{road_class}", lang)]
        for zone in zones:
            row = own.get(zone)
            told += ["" if row is None else _last(row, stem, writer) for stem in ("open", "clean")]
        cells.append(told)
    heads = [writer.text("timeline.open"), writer.text("timeline.clean")]
    return table_part(
        [writer.text("col.class"), *heads * len(zones)], cells,
        groups=[("", 1), *((ready_name(f"zone.{zone}", lang), 2) for zone in zones)],
        widths=["auto"] + [1] * (2 * len(zones)),
    )  # fmt: skip


def _last(row: Mapping[str, Any], stem: str, writer: Writer) -> str:
    """The hour of the last section; what was never blocked has none."""
    if row[f"{stem}_never"]:
        return writer.text("timeline.untouched")
    return figure(row[f"{stem}_last_h"]) + (LATE if row[f"{stem}_late"] else "")


def _pictures(report: Report, roads: pd.DataFrame, writer: Writer) -> None:
    curves, maps = report["timeline"]["curves"], report["timeline"]["map"]
    names = scenario_names(report, writer.lang)
    with picture_style():
        if curves:
            writer.section("timeline.curves")
        for number, some in enumerate(chunks([key for key in names if key in curves], PANELS)):
            png = png_of(curves_figure(report, some, writer.lang), dpi=PICTURE_DPI)
            writer.picture(f"curves{number}", png, "timeline.curves_picture")
        if not len(roads) or not maps:
            return
        writer.section("timeline.map")
        schematic = report["head"]["map"]["schematic"]
        words = writer.text("timeline.schematic") if schematic else ""
        for number, some in enumerate(chunks([key for key in names if key in maps], PANELS)):
            png = png_of(maps_figure(report, roads, some, writer.lang), dpi=PICTURE_DPI)
            writer.picture(f"maps{number}", png, "timeline.map_picture", schematic=words)


def _streets(report: Report, writer: Writer) -> None:
    names = scenario_names(report, writer.lang)
    found = [part for part in report["streets"] if part["rows"]]
    if not found:
        return
    lang = writer.lang
    writer.section("streets", n=max(len(part["rows"]) for part in found))
    writer.par("streets.says")
    for part in found:
        cells: list[Row] = [
            [str(row["rank"]), titled(row, lang, "road") or row["road"],
             ready_name(f"class.{row['road_class']}", lang),
             str(row["sections"]), figure(row["length_km"], 2),
             writer.text("streets.never") if row["opened_never"] else figure(row["opened_h"]),
             figure(row["cleared_h"]), figure(row["late"])]
            for row in part["rows"]
        ]  # fmt: skip
        heads = ("marginal.rank", "streets.road", "streets.class", "streets.sections", "streets.km",
                 "streets.opened", "streets.cleared", "streets.late")  # fmt: skip
        table = table_part([writer.text(key) for key in heads], cells, align="rllr",
                           widths=["auto", 2.4, "auto", 1, 1, 1.2, 1, 1])  # fmt: skip
        writer.table("streets.table", table, title=names[part["scenario"]])
    writer.note("streets.note")


def _access(report: Report, writer: Writer) -> None:
    found = {part["scenario"]: part["rows"] for part in report["access"]}
    writer.section("access")
    if not any(found.values()):
        writer.par("access.none")
        return
    writer.par("access.says")
    names = scenario_names(report, writer.lang)
    for some in chunks([key for key in names if key in found], PANELS):
        writer.table("access.table", _places(found, some, names, writer))
    writer.note("access.note")


def _places(
    found: Mapping[str, Rows], some: Sequence[str], names: Mapping[str, str], writer: Writer
) -> dict[str, Any]:
    """A row a place; under each storm its minutes."""
    lang = writer.lang
    places: dict[tuple[str, str, str], dict[str, Mapping[str, Any]]] = {}
    for key in some:
        for row in found[key]:
            known = (titled(row, lang, "place"), row["flag"], row["zone"])
            places.setdefault(known, {})[key] = row
    cells: list[Row] = []
    for (place, flag, zone), by_storm in places.items():
        told = [place, ready_name(f"flag.{flag}", lang), ready_name(f"zone.{zone}", lang)]
        for key in some:
            told += _minutes(by_storm.get(key))
        cells.append(told)
    heads = [writer.text(f"access.{key}") for key in ("median", "p90", "apart")]
    return table_part(
        [writer.text("access.place"), "", writer.text("col.zone"), *heads * len(some)], cells,
        align="lllr", groups=[("", 3), *((names[key], 3) for key in some)],
        widths=[5, "auto", "auto", *[1] * (3 * len(some))], size=7.2, heads=0.88,
    )  # fmt: skip


def _minutes(row: Mapping[str, Any] | None) -> list[str]:
    if row is None:
        return [NONE] * 3
    mark = LATE if row["late"] else ""
    return [figure(row["joined_min"], 0) + mark, figure(row["joined_p90_min"], 0),
            figure(row["apart_min"], 0)]  # fmt: skip
