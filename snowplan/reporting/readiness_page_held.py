"""The chapter on what held the city back: where the time until clean went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from snowplan.reporting.lettering import picture_style
from snowplan.reporting.pictures import png_of
from snowplan.reporting.readiness_shares import held_figure, parts_in_order
from snowplan.reporting.readiness_telling import Report, in_order, of_scenario, scenario_names
from snowplan.reporting.readiness_words import ready_name, share_name
from snowplan.reporting.readiness_writer import (
    NONE,
    Row,
    Writer,
    chunks,
    figure,
    percent,
    table_part,
)

PICTURE_DPI = 200
PANELS = 4
SIDE_BY_SIDE = 2  # storms in one table
Rows = Sequence[Mapping[str, Any]]


def held_chapter(report: Report, writer: Writer) -> None:
    """Shares by class of each storm's reference run, as a picture and in figures."""
    rows = report["held_back"]
    writer.chapter("held")
    if not rows:
        writer.par("held.none")
        return
    writer.par("held.says")
    names = scenario_names(report, writer.lang)
    known = in_order([row["scenario"] for row in rows])
    told = [writer.text("held.most", title=names[key], part=share_name(most[0], writer.lang),
                        share=percent(most[1]))
            for key in known if (most := _most(of_scenario(rows, key))) is not None]  # fmt: skip
    if told:
        writer.par("held.mostly", told=writer.text("semicolon").join(told))
    with picture_style():
        for number, some in enumerate(chunks(known, PANELS)):
            png = png_of(held_figure(report, some, writer.lang), dpi=PICTURE_DPI)
            writer.picture(f"held{number}", png, "held.picture")
    for some in chunks(known, SIDE_BY_SIDE):
        writer.table("held.table", _shares(rows, some, names, writer))


def _most(rows: Rows) -> tuple[str, float] | None:
    """The largest part of all classes together, by area, but for what was not due."""
    area = sum(row["area_m2"] for row in rows)
    sums: dict[str, float] = {}
    for row in rows:
        for key, share in row["shares"].items():
            sums[key] = sums.get(key, 0.0) + share * row["area_m2"]
    sums.pop("not_due", None)
    if not sums or not area:
        return None
    key = max(sorted(sums), key=lambda name: sums[name])
    return key, sums[key] / area


def _shares(
    rows: Rows, some: Sequence[str], names: Mapping[str, str], writer: Writer
) -> dict[str, Any]:
    """A row a part; under each storm a column a class, in per cent."""
    lang = writer.lang
    groups, heads, columns = [("", 1)], [writer.text("held.part")], []
    for key in some:
        own = of_scenario(rows, key)
        groups.append((names[key], len(own)))
        heads += [ready_name(f"short.{row['road_class']}", lang) for row in own]
        columns += [row["shares"] for row in own]
    parts = parts_in_order([row for row in rows if row["scenario"] in some])
    cells: list[Row] = [
        [share_name(part, lang),
         *(figure(100 * shares[part]) if part in shares else NONE for shares in columns)]
        for part in parts
    ]  # fmt: skip
    totals = [figure(100 * sum(shares.values())) for shares in columns]
    cells.append([writer.text("col.total"), *totals])
    return table_part(heads, cells, groups=groups, rules=[len(cells) - 1],
                      widths=["auto"] + [1] * len(columns))  # fmt: skip
