"""The first page: which limits can be held, with what certainty and margin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from snowplan.reporting.readiness_telling import (
    Report,
    findings_counted,
    in_order,
    item_order,
    margin,
    of_scenario,
    scenario_names,
    scenarios_of,
    storm_told,
)
from snowplan.reporting.readiness_words import MARK_SIGNS, item_name, ready_name, titled
from snowplan.reporting.readiness_writer import (
    Row,
    Writer,
    blocks_of,
    figure,
    percent,
    table_part,
)

MOST_STORMS = 5  # side by side on the first page
SEVERITIES = ("impossible", "gap", "note")


def summary_words(report: Report, writer: Writer) -> dict[str, Any]:
    """Head, sentences, table and legend of the first page."""
    head = report["head"]
    shown = scenarios_of(report)[:MOST_STORMS]
    lines = [_of_storm(report, row, writer) for row in shown]
    lines += [*_more(report, writer), *_stock(report, writer), *_findings(report, writer)]
    p, confidence = percent(head["probability"]), percent(head["confidence"])
    lines += _caution(report, writer)
    below = [writer.text("summary.legend", p=p, confidence=confidence),
             writer.text("summary.terms")]  # fmt: skip
    if len(shown) < len(scenarios_of(report)):
        below.insert(0, writer.text("summary.rest", n=len(shown)))
    part = _matrix(report, [row["id"] for row in shown], writer)
    caption = writer.caption("table", writer.text("summary.table"))
    return {"head": writer.text("summary.head"), "lines": lines, "below": below,
            "table": part | {"caption": caption}}  # fmt: skip


def subtitle(report: Report, writer: Writer) -> str:
    """What was simulated, in one line."""
    head = report["head"]
    title = titled(head["map"], writer.lang)
    said = not head["map"]["schematic"] or writer.text("summary.schematic_word") in title.lower()
    runs = sum(head["runs"][key] for key in ("grades", "envelope", "relief", "marginal"))
    return writer.text(
        "summary.subtitle", map=title, schematic="" if said else writer.text("summary.schematic"),
        sections=f"{head['sections']:,}", area=figure(head["area_km2_cleared"], 2),
        machines=head["machines"], runs=runs,
    )  # fmt: skip


def _of_storm(report: Report, row: Mapping[str, Any], writer: Writer) -> str:
    """△ 大雪（…）：守不住。17 项时限中 ◎ 5 项…最紧的是…"""
    lang = writer.lang
    title = scenario_names(report, lang)[row["id"]]
    found = report["verdicts"]["marks"].get(row["id"])
    own = of_scenario(report["verdicts"]["rows"], row["id"])
    if found is None or not own:
        return writer.text("summary.not_run", title=title)
    counts = [writer.text("summary.count", sign=MARK_SIGNS[mark], n=number)
              for mark in MARK_SIGNS if (number := found["counts"].get(mark, 0))]  # fmt: skip
    known = [item for item in own if item["margin_h"] is not None]
    tightest = min(known, key=lambda item: (item["share"] or 0.0, item["margin_h"]), default=None)
    return writer.text(
        "summary.grade", sign=MARK_SIGNS[found["mark"]], title=title,
        storm=storm_told(row, lang), verdict=_verdict(found["mark"], own, writer),
        limits=len(own), counts=writer.text("comma").join(counts),
        tightest="" if tightest is None else writer.text(
            "summary.tightest", item=item_name(tightest["item"], lang), n=tightest["n"],
            share=percent(tightest["share"]),
            margin=margin(tightest["margin_h"], lang, bound=tightest["margin_bound"]),
        ),
    )  # fmt: skip


def _verdict(mark: str, own: Sequence[Mapping[str, Any]], writer: Writer) -> str:
    """守不住; where few runs met everything no more than that: 2 次都守住."""
    if writer.quick and all(row["met"] == row["n"] for row in own):
        return writer.text("verdicts.all_met", n=own[0]["n"])
    return ready_name(f"mark.{mark}", writer.lang)


def _more(report: Report, writer: Writer) -> list[str]:
    """What fresh pairs of runs proved best of all that one more would buy; that nothing is."""
    found = report["marginal"]
    judged = [row for row in found["rows"] if row["judged"]]
    if found["best"] is None:
        return ["· " + writer.text("summary.more_none", k=len(judged))] if judged else []
    best = next(row for row in judged if found["best"].items() <= row.items())
    told = writer.text(
        "summary.more", zone=ready_name(f"zone.{best['zone']}", writer.lang),
        what=titled(best, writer.lang, "what"), n=best["n"],
        scenario=scenario_names(report, writer.lang)[found["scenario"]],
        gain=figure(best["sum_min"]), low=figure(best["sum_low"]), high=figure(best["sum_high"]),
    )  # fmt: skip
    return ["· " + told]


def _caution(report: Report, writer: Writer) -> list[str]:
    """How many rows are assumed, and that the map is a schematic; nothing where neither is so."""
    assumed = sum(row["rows"] for row in report["assumptions"])
    schematic = report["head"]["map"]["schematic"]
    if not assumed and not schematic:
        return []
    words = writer.text("summary.caution_map") if schematic else ""
    return ["· " + writer.text("summary.caution", n=assumed, schematic=words)]


def _stock(report: Report, writer: Writer) -> list[str]:
    low = in_order([titled(row, writer.lang, "name")
                    for row in report["deicer"]["rows"] if row["below"]])  # fmt: skip
    if not low:
        return []
    return ["· " + writer.text("summary.stock", names=writer.text("comma").join(low))]


def _findings(report: Report, writer: Writer) -> list[str]:
    counted = findings_counted(report)
    told = [
        writer.text("summary.finding", severity=ready_name(f"severity.{key}", writer.lang), n=n)
        for key in SEVERITIES
        if (n := counted[key])
    ]
    if not told:
        return []
    return ["· " + writer.text("summary.findings", counts=writer.text("comma").join(told))]


def _matrix(report: Report, shown: list[str], writer: Writer) -> dict[str, Any]:
    """A row a limit, a column a storm: mark, share, margin."""
    rows = [row for row in report["verdicts"]["rows"] if row["scenario"] in shown]
    items = sorted({row["item"] for row in rows}, key=item_order)
    by_cell = {(row["item"], row["scenario"]): row for row in rows}
    cells: list[Row] = []
    for item in items:
        told = [item_name(item, writer.lang)]
        for key in shown:
            told += _cell(by_cell.get((item, key)), writer)
        cells.append(told)
    names = scenario_names(report, writer.lang)
    aspects = [item.partition("/")[0] for item in items]
    return table_part(
        [writer.text("col.item"), *["", writer.text("summary.share"), writer.text("summary.h")]
         * len(shown)],
        cells, align="l" + "crr" * len(shown), rules=blocks_of(aspects),
        groups=[("", 1), *((names[key], 3) for key in shown)],
        widths=["auto", *[0.55, 1, 1.45] * len(shown)],
    )  # fmt: skip


def _cell(row: Mapping[str, Any] | None, writer: Writer) -> list[str]:
    """Mark, share and margin; blank where the storm's grade has no such limit."""
    if row is None:
        return [""] * 3
    told = margin(row["margin_h"], writer.lang, bound=row["margin_bound"], short=True)
    if row["share"] is None:
        return [MARK_SIGNS[row["mark"]], "", "" if row["margin_h"] is None else told]
    return [MARK_SIGNS[row["mark"]], percent(row["share"]), told]
