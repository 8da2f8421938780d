"""Chapters on limits: each with its verdict, the capability envelope, what one more buys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from snowplan.reporting.lettering import picture_style
from snowplan.reporting.pictures import png_of
from snowplan.reporting.readiness_bars import envelope_figure, marginal_figure
from snowplan.reporting.readiness_telling import (
    Report,
    in_order,
    item_order,
    margin,
    of_scenario,
    scenario_names,
    scenarios_of,
    storm_told,
)
from snowplan.reporting.readiness_texts import ready_text
from snowplan.reporting.readiness_words import (
    MARK_SIGNS,
    grade_name,
    item_name,
    ready_name,
    titled,
)
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

PICTURE_DPI = 200
PANELS = 4
BINDING = 3  # means that bind, named on paper; the workbook has all
MANY = 100  # sections left of which no tenths are told
Rows = Sequence[Mapping[str, Any]]


def verdicts_section(report: Report, writer: Writer) -> None:
    """Every limit of every storm: how often it was met, with what interval and margin."""
    lang, cells = writer.lang, list[Row]()
    names = scenario_names(report, lang)
    for storm in scenarios_of(report):
        rows = of_scenario(report["verdicts"]["rows"], storm["id"])
        title = writer.text("verdicts.scenario", title=names[storm["id"]],
                            storm=storm_told(storm, lang))  # fmt: skip
        cells += [{"span": title}, *(_verdict(row, writer) for row in rows)] if rows else []
    keys = ("limit", "met", "share", "interval", "margin", "worst", "late", "mark")
    confidence = percent(report["head"]["confidence"])
    heads = [writer.text("col.item")]
    heads += [writer.text(f"verdicts.{key}").replace("{confidence}", confidence) for key in keys]
    writer.section("verdicts")
    part = table_part(heads, cells, align="lrrrrrrrl",
                      widths=["auto", 1, 0.9, 0.8, 1.2, 1.45, 1.45, 0.9, "auto"])  # fmt: skip
    writer.table("verdicts.table", part)
    writer.note("verdicts.note")


def _verdict(row: Mapping[str, Any], writer: Writer) -> Row:
    limit = figure(row["limit_h"])
    interval = NONE if row["low"] is None else f"{100 * row['low']:.0f}–{percent(row['high'])}"
    lang = writer.lang
    known = row["n"] - row["unknown"]
    return [
        item_name(row["item"], lang),
        writer.text("verdicts.clock", h=limit) if row["by_clock"] else limit,
        f"{row['met']}/{known}" if known else NONE, percent(row["share"]), interval,
        margin(row["margin_h"], lang, bound=row["margin_bound"], short=True),
        margin(row["margin_worst_h"], lang, bound=row["margin_worst_bound"], short=True),
        figure(row["late"], 0 if row["late"] >= MANY else 1),
        f"{MARK_SIGNS[row['mark']]} {verdict_told(row, writer)}",
    ]  # fmt: skip


def verdict_told(row: Mapping[str, Any], writer: Writer) -> str:
    """多半守住; of few runs no more than what they were: 2 次都守住."""
    known = row["n"] - row["unknown"]
    if writer.quick and known and row["met"] in {0, known}:
        key = "verdicts.all_met" if row["met"] else "verdicts.none_met"
        return writer.text(key, n=known)
    return ready_name(f"mark.{row['mark']}", writer.lang)


def envelope_chapter(report: Report, writer: Writer) -> None:
    """The most snow at which each limit holds, and what binds beyond."""
    rows, head = report["envelope"]["rows"], report["head"]
    if not rows:
        return
    p = percent(head["probability"])
    writer.chapter("envelope")
    single = any(row["single"] for row in rows)
    writer.par("envelope.single" if single else "envelope.says", p=p,
               confidence=percent(head["confidence"]), runs=head["runs"]["envelope"],
               most=max(row["replications"] for row in rows))  # fmt: skip
    known = in_order([row["scenario"] for row in rows])
    with picture_style():
        for number, some in enumerate(chunks(known, PANELS)):
            png = png_of(envelope_figure(report, some, writer.lang), dpi=PICTURE_DPI)
            writer.picture(f"envelope{number}", png, "envelope.picture")
    names = scenario_names(report, writer.lang)
    for key in known:
        own = sorted(of_scenario(rows, key), key=lambda row: item_order(row["item"]))
        air = f"{own[0]['air_c']:g}".replace("-", "−")
        tried = head["runs"]["relief"] > 0
        told = writer.text("envelope.one_run" if single else "envelope.probability", p=p)
        writer.table("envelope.table", _envelope(own, writer, tried=tried), title=names[key],
                     h=f"{own[0]['snow_h']:g}", air=air, told=told)  # fmt: skip
    writer.note("envelope.note", confidence=percent(head["confidence"]))
    pairs = sorted({str(bind["n"]) for row in rows for bind in row["binds"]})
    if pairs:
        writer.note("envelope.binds_note", relief=head["runs"]["relief"],
                    n=writer.text("to").join(in_order([pairs[0], pairs[-1]])))  # fmt: skip


def _envelope(rows: Rows, writer: Writer, *, tried: bool) -> dict[str, Any]:
    lang = writer.lang
    cells: list[Row] = [
        [item_name(row["item"], lang), ("~" if row["not_monotone"] else "") + _bounded(row),
         _certainty(row, writer), str(row["replications"]),
         writer.text("envelope.above", x=figure(row["mm"] / row["grade_mm"], 2))
         if row["mm"] is not None and row["grade_mm"] else NONE,
         grade_name(row["reaches"], lang) if row["reaches"] and row["bound"] != "<" else NONE,
         _binds(row, writer, tried=tried)]
        for row in rows
    ]  # fmt: skip
    heads = [writer.text("col.item")]
    heads += [writer.text(f"envelope.{key}") for key in ("mm", "interval", "n", "grade", "reaches")]
    heads = [head.replace("{mm}", figure(rows[0]["grade_mm"])) for head in heads]
    return table_part([*heads, writer.text("envelope.binds")], cells, align="lrlrrll", size=7.6,
                      widths=["auto", "auto", "auto", "auto", "auto", "auto", 1],
                      rules=blocks_of([row["item"].partition("/")[0] for row in rows]))  # fmt: skip


def _certainty(row: Mapping[str, Any], writer: Writer) -> str:
    """The interval; where there is none, how many runs held at that snowfall."""
    if row["low_mm"] is not None and row["high_mm"] is not None:
        return f"{figure(row['low_mm'])}–{figure(row['high_mm'])}"
    if row["single"] or row["held"] is None:
        return NONE
    span = f"{100 * row['held_low']:.0f}–{percent(row['held_high'])}"
    return writer.text("envelope.held_there", n=row["held"], of=row["held_of"], span=span)


def _bounded(row: Mapping[str, Any]) -> str:
    sign = {">=": "≥ ", "<": "< "}.get(row["bound"], "")
    return sign + figure(row["mm"])


def _binds(row: Mapping[str, Any], writer: Writer, *, tried: bool) -> str:
    if row["bound"] == ">=":
        return writer.text("envelope.held")
    if row["mm"] is None:
        return NONE
    if not tried or row["binds_at_mm"] is None:
        return writer.text("envelope.untried_quick" if writer.quick else "envelope.untried")
    if not row["binds"]:
        return writer.text("envelope.nothing")
    told = writer.text("comma").join(_eased(bind, writer) for bind in row["binds"][:BINDING])
    return told + (writer.text("envelope.more") if len(row["binds"]) > BINDING else "")


def _eased(bind: Mapping[str, Any], writer: Writer) -> str:
    """机械（早 1.4 h）, by how much the last section came sooner or how many fewer were left."""
    told = []
    if round(bind["gain_h"], 1) > 0:
        hours = figure(bind["gain_h"])
        told.append(writer.text("envelope.at_least" if bind["at_least"] else "envelope.sooner",
                                h=hours))  # fmt: skip
    if bind["fewer_late"] > 0:
        told.append(writer.text("envelope.fewer", n=figure(bind["fewer_late"], 0)))
    return writer.text("envelope.gain", gained=writer.text("comma").join(told) or NONE,
                       relief=ready_name(f"relief.{bind['relief']}", writer.lang))  # fmt: skip


def marginal_chapter(report: Report, writer: Writer) -> None:
    """What one more of each would buy, ranked; zeros are said."""
    found, lang = report["marginal"], writer.lang
    writer.chapter("marginal")
    if not found["rows"]:
        writer.par("marginal.none")
        return
    title = scenario_names(report, lang)[found["scenario"]]
    writer.par("marginal.says", title=title)
    rows = sorted(found["rows"], key=lambda row: row["rank"])
    _judged(report, rows, writer)
    writer.table("marginal.table", _marginal(found, rows, writer))
    same = [more_name(row, lang) for row in rows if row["same"]]
    names = writer.text("comma").join(same)
    zeros = writer.text("marginal.zeros", n=len(same), names=names) if same else ""
    writer.note("marginal.note", zeros=zeros)
    left = _left_out(report, found)
    if left:
        writer.note("marginal.left_out", n=len(left), items=writer.text("comma").join(
            item_name(item, lang) for item in left))  # fmt: skip
    with picture_style():
        png = png_of(marginal_figure(rows, lang), dpi=PICTURE_DPI)
    writer.picture("marginal", png, "marginal.picture")


def _judged(report: Report, rows: Rows, writer: Writer) -> None:
    """How many were judged by fresh pairs, and whether one of them helps for sure."""
    judged = [row for row in rows if row["judged"]]
    if not judged:
        writer.par("marginal.unjudged")
        return
    sure = [row for row in judged if row["sum_low"] is not None and row["sum_low"] > 0]
    names = writer.text("comma").join(more_name(row, writer.lang) for row in sure)
    writer.par(
        "marginal.judged", k=len(judged), n=max(row["n"] for row in judged),
        each=percent_exact(judged[0]["confidence"]), all=percent(report["head"]["confidence"]),
        sure=writer.text("marginal.sure", names=names) if sure else writer.text("marginal.unsure"),
    )  # fmt: skip


def percent_exact(share: float) -> str:
    """98.8 %: one digit where a share is no whole per cent."""
    return f"{round(100 * share, 1):g} %"


def _left_out(report: Report, found: Mapping[str, Any]) -> list[str]:
    """Limits of the marginal storm that some run left unfinished: they are not the tightest."""
    own = of_scenario(report["verdicts"]["rows"], found["scenario"])
    items = [row["item"] for row in own if row["late"] and not row["item"].startswith("side/")]
    return sorted(items, key=item_order)


def more_name(row: Mapping[str, Any], lang: str) -> str:
    """东区运雪车一辆."""
    zone = ready_name(f"zone.{row['zone']}", lang)
    return ready_text("marginal.whole", lang, zone=zone, what=titled(row, lang, "what"))


def _marginal(found: Mapping[str, Any], rows: Rows, writer: Writer) -> dict[str, Any]:
    lang, tightest = writer.lang, found["tightest"]
    stems = ("open", "clean", "haul", "tightest", "sum")
    cells: list[Row] = [
        [str(row["rank"]), titled(row, lang, "what"), ready_name(f"zone.{row['zone']}", lang),
         writer.text("marginal.n_judged" if row["judged"] else "marginal.n_picked", n=row["n"]),
         *(_gain(row, stem) for stem in stems)]
        for row in rows
    ]  # fmt: skip
    heads = [writer.text(f"marginal.{key}") for key in ("rank", "what")]
    heads += [writer.text("col.zone"), writer.text("marginal.n")]
    heads += [writer.text(f"marginal.{key}") for key in stems]
    item = NONE if tightest is None else item_name(tightest, lang)
    heads = [head.replace("{item}", item) for head in heads]
    return table_part(heads, cells, align="rllr", size=6.8,
                      rules=blocks_of([row["judged"] for row in rows]),
                      widths=["auto", "auto", "auto", "auto", 1, 1, 1, 1, 1])  # fmt: skip


def _gain(row: Mapping[str, Any], stem: str) -> str:
    """Minutes with their interval: 0 where all is the same, a star where 0 lies within."""
    value, low, high = (row[f"{stem}_{end}"] for end in ("min", "low", "high"))
    if row["same"]:
        return "0"
    if value is None:
        return NONE
    if low is None or high is None:
        return figure(value)
    if low == high == 0:
        return "0"
    star = "*" if low <= 0 <= high else ""
    return f"{figure(value)}{star} [{figure(low)}, {figure(high)}]"
