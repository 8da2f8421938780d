"""Chapters of papers: findings of the plan check, assumed figures, the appendix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from snowplan.reporting.readiness_telling import Report, in_order, scenario_names, scenarios_of
from snowplan.reporting.readiness_words import grade_name, ready_name, titled
from snowplan.reporting.readiness_writer import (
    NONE,
    Row,
    Writer,
    blocks_of,
    figure,
    table_part,
)
from snowplan.units import G_PER_T, MS_PER_H

TIME_ACCOUNTS = ("machines", "groups")
OWN_NAMES = ("zh", "name", "name_en")  # a figure that is a name
SEVERITIES = ("impossible", "gap", "note")
Rows = Sequence[Mapping[str, Any]]


def findings_chapter(report: Report, writer: Writer) -> None:
    """What the check of the plan found, gravest first."""
    rows, lang = report["findings"], writer.lang
    writer.chapter("findings")
    if not rows:
        writer.par("findings.none")
        return
    writer.par("findings.says")
    ordered = sorted(rows, key=lambda row: SEVERITIES.index(row["severity"]))
    cells: list[Row] = [
        [ready_name(f"severity.{row['severity']}", lang),
         _snow(row, writer), titled(row, lang, "text")]
        for row in ordered
    ]  # fmt: skip
    heads = [writer.text(f"findings.{key}") for key in ("severity", "grades", "text")]
    part = table_part(heads, cells, align="lll", widths=["auto", "auto", 1],
                      rules=blocks_of([row["severity"] for row in ordered]))  # fmt: skip
    writer.table("findings.table", part)


def _snow(row: Mapping[str, Any], writer: Writer) -> str:
    """At which grades it was found, and whether the scenario's own storm was enough for it."""
    if not row["grades"]:
        return writer.text("findings.any")
    names = writer.text("comma").join(grade_name(grade, writer.lang) for grade in row["grades"])
    return writer.text("findings.own", names=names) if row["own_storm"] else names


def assumptions_chapter(report: Report, writer: Writer) -> None:
    """Every figure that is an assumption, by file and source."""
    rows = report["assumptions"]
    writer.chapter("assumptions")
    if not rows:
        writer.par("assumptions.none")
        return
    writer.par("assumptions.says", n=f"{sum(row['rows'] for row in rows):,}")
    heads = [writer.text(f"assumptions.{key}") for key in ("where", "figure", "rows")]
    for file in in_order([row["file"] for row in rows]):
        cells: list[Row] = []
        of_file = [row for row in rows if row["file"] == file]
        sources = {
            row["source"]: titled(row, writer.lang, "source") or row["source"] for row in of_file
        }
        for source, words in sources.items():
            if source:
                cells.append({"span": writer.text("assumptions.source", source=words)})
            cells += [[row["where"], _figures(row, writer), str(row["rows"])]
                      for row in of_file if row["source"] == source]  # fmt: skip
        part = table_part(heads, cells, align="llr", widths=[1.1, 2, "auto"], size=7.2)
        writer.table("assumptions.table", part, file=file)


def _figures(row: Mapping[str, Any], writer: Writer) -> str:
    """Each figure with its value, where they are told in the same order; words without a name."""
    if not row["figure"] or "value_zh" in row:
        return titled(row, writer.lang, "value") or str(row["value"])
    figures = (titled(row, writer.lang, "figure") or str(row["figure"])).split(", ")
    values = str(row["value"]).split(", ")
    if row["figure"] in OWN_NAMES:
        return str(row["value"])
    if len(figures) != len(values):
        return f"{row['figure']} = {row['value']}"
    told = [f"{name} = {value}" for name, value in zip(figures, values, strict=True)]
    return writer.text("semicolon").join(told)


def appendix_chapter(report: Report, writer: Writer) -> None:
    """Storms, versions, seeds, what varied, ledgers, inputs, reporting items, scenario files."""
    writer.page()
    writer.appendix("appendix")
    _runs(report, writer)
    _ledgers(report, writer)
    given = report["appendix"]
    if given["stress"]:
        writer.section("appendix.stress")
        rows: list[Row] = [[row["item"], titled(row, writer.lang, "text")]
                           for row in given["stress"]]  # fmt: skip
        heads = [writer.text("appendix.item"), writer.text("appendix.said")]
        part = table_part(heads, rows, align="ll", widths=["auto", 1])
        writer.table("appendix.stress_table", part)
    if given["inputs"]:
        writer.section("appendix.inputs")
        cells: list[Row] = [[row["file"], row["sha256"]] for row in given["inputs"]]
        part = table_part([writer.text("appendix.file"), "SHA-256"], cells, align="ll", size=6.6,
                          widths=["auto", 1])  # fmt: skip
        writer.table("appendix.inputs_table", part)
    names = scenario_names(report, writer.lang)
    for key, text in given["scenario_toml"].items():
        writer.section("appendix.toml", title=names.get(key, key))
        writer.code(text)


def _runs(report: Report, writer: Writer) -> None:
    head, lang = report["head"], writer.lang
    names = scenario_names(report, lang)
    writer.section("appendix.scenarios")
    cells: list[Row] = [
        [names[row["id"]], grade_name(row["grade"], lang), figure(row["snow_mm"]),
         figure(row["snow_h"]), figure(row["air_c"]), row["start"], row["snow_stops"] or NONE,
         figure(row["horizon_h"]), str(row["replications"]), str(row["failed"])]
        for row in scenarios_of(report)
    ]  # fmt: skip
    keys = ("grade", "mm", "hours", "air", "start", "stops", "horizon", "n", "failed")
    heads = [writer.text("col.storm"), *(writer.text(f"appendix.{key}") for key in keys)]
    part = table_part(heads, cells, align="llrrrllrrr", size=7.4,
                      widths=["auto", "auto", 1, 1, 1, "auto", "auto", 1, 1, 1])  # fmt: skip
    writer.table("appendix.scenarios_table", part)
    folders: list[Row] = [[names[row["id"]], row["reference"] or NONE]
                          for row in scenarios_of(report)]  # fmt: skip
    part = table_part([writer.text("col.storm"), writer.text("appendix.folder")], folders,
                      align="ll", widths=["auto", 1])  # fmt: skip
    writer.table("appendix.reference", part)
    writer.par("appendix.runs", **head["runs"])
    writer.par("appendix.made", run_seed=head["run_seed"], **head["made"])
    varied = writer.text("comma").join(ready_name(f"varies.{name}", lang)
                                       for name in head["varied"])  # fmt: skip
    if varied:
        writer.par("appendix.varied", names=varied)
    else:
        writer.par("appendix.fixed")
    for key, seeds in report["appendix"]["seeds"].items():
        writer.par("appendix.seeds", title=names.get(key, key), span=spans(seeds))


def spans(numbers: Sequence[int]) -> str:
    """1–36, 40: runs of whole numbers."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][-1] + 1:
            found[-1][1:] = [number]
        else:
            found.append([number])
    return ", ".join("–".join(str(end) for end in span) for span in found)


def _ledgers(report: Report, writer: Writer) -> None:
    ledgers = report["appendix"]["ledgers"]
    if not ledgers:
        return
    names, lang = scenario_names(report, writer.lang), writer.lang
    writer.section("appendix.ledgers")
    writer.par("appendix.ledgers_says")
    first = next(iter(ledgers.values()))
    cells: list[Row] = []
    accounts = []
    for account, terms in first.items():
        for term in terms:
            told = [_amount(account, term, of[account].get(term)) for of in ledgers.values()]
            cells.append([ready_name(f"account.{account}", lang),
                          ready_name(f"term.{term}", lang), *told])  # fmt: skip
            accounts.append(account)
    heads = [writer.text("appendix.account"), writer.text("appendix.term")]
    heads += [names.get(key, key) for key in ledgers]
    part = table_part(heads, cells, align="llr", widths=["auto", "auto"] + [1] * len(ledgers),
                      rules=blocks_of(accounts))  # fmt: skip
    writer.table("appendix.ledgers_table", part)


def _amount(account: str, term: str, value: int | None) -> str:
    """Tonnes or hours; a residual to the gram or millisecond."""
    if value is None:
        return NONE
    if term == "residual":
        return figure(value, 0)
    return figure(value / (MS_PER_H if account in TIME_ACCOUNTS else G_PER_T))
