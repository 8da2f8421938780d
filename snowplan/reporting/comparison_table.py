"""A comparison on the terminal: verdicts in words, then the tables, then the notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from rich.console import Console
from rich.text import Text

from snowplan.reporting.comparison_figures import (
    change_with_unit,
    effect_of,
    interval_text,
    mean_text,
    row_scale,
    verdict_of,
)
from snowplan.reporting.comparison_limits import limit_lines, limit_tables
from snowplan.reporting.comparison_notes import note_lines
from snowplan.reporting.comparison_placement import placement_lines, placement_tables
from snowplan.reporting.comparison_texts import comparison_text
from snowplan.reporting.comparison_verdicts import (
    Report,
    beside_lines,
    others_of,
    percent_of,
    titles,
    verdict_lines,
)
from snowplan.reporting.comparison_words import measure_name, title_of, verdict_name
from snowplan.reporting.folding import folded
from snowplan.reporting.grouped_table import Column, Group, GroupedTable
from snowplan.reporting.tables import width_of

STYLES = {"better": "green", "worse": "bold red"}
Part = Text | str


def print_comparison(report: Report, lang: str, file: IO[str]) -> None:
    """Print a comparison (as its JSON) to `file`; plain where that is no terminal."""
    console = Console(file=file, width=width_of(file), highlight=False, markup=False, emoji=False)
    parts = list(_parts(report, lang, console.width))
    if file.isatty():
        console.print(*parts, sep="\n", soft_wrap=False)
        return
    with console.capture() as capture:
        console.print(*parts, sep="\n")
    text = "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"
    encoding = getattr(file, "encoding", None) or "utf-8"
    file.write(text.encode(encoding, "replace").decode(encoding))


def _parts(report: Report, lang: str, width: int) -> Iterator[Part]:
    """Everything in order; sentences folded to `width`."""
    baseline = titles(report, lang)[report["baseline"]]
    yield from folded(title_of(report, lang), width)
    if others_of(report):
        yield comparison_text("head.verdicts", lang, baseline=baseline)
        yield from _indented(verdict_lines(report, lang), width)
        yield from _indented(beside_lines(report, lang), width)
    yield ""
    yield from deciding_table(report, lang).lines(width, lang)
    for table in limit_tables(report, lang, width):
        yield from table.lines(width, lang)
    yield from _indented(limit_lines(report, lang), width)
    yield ""
    if any(report["depots"].values()):
        yield from depots_table(report, lang).lines(width, lang)
    if report["placement"]:
        for table in placement_tables(report, lang):
            yield from table.lines(width, lang)
        yield from _indented(placement_lines(report, lang), width)
        yield ""
    yield comparison_text("head.notes", lang)
    yield from _indented(note_lines(report, lang), width)


def _indented(lines: Iterator[str], width: int) -> Iterator[str]:
    for line in lines:
        yield from folded(f"  {line}", width)


def deciding_table(report: Report, lang: str) -> GroupedTable:
    """Each deciding measure: a line a variant with its mean, difference, interval and verdict."""
    percent = percent_of(report)
    columns = [
        Column(comparison_text("variant", lang)),
        Column(comparison_text("mean", lang), right=True),
        Column(comparison_text("difference", lang), right=True),
        Column(comparison_text("interval", lang, percent=percent)),
        Column(comparison_text("verdict_head", lang)),
    ]
    groups = [
        Group(
            measure_name(key, lang),
            [
                [Text(title_of(row, lang)), *_row(report, row["id"], key, lang)]
                for row in report["variants"]
            ],
        )
        for key in report["decide"]
    ]
    return GroupedTable(comparison_text("head.deciding", lang), columns, groups)


def _row(report: Report, variant: str, key: str, lang: str) -> list[Text]:
    mean = Text(mean_text(report, variant, key, lang))
    if variant == report["baseline"]:
        return [mean, Text(comparison_text("baseline", lang)), Text(""), Text("")]
    effect, scale = effect_of(report, variant, key), row_scale(report, variant, key)
    verdict = verdict_of(effect)
    marks = "◦" if effect.get("method") == "bca" else ""
    marks += "†" if interval_text(effect, scale) and effect.get("ended") else ""
    return [
        mean,
        Text(change_with_unit(effect, scale, lang)),
        Text(interval_text(effect, scale) + marks),
        Text(verdict_name(verdict, lang), style=STYLES.get(verdict, "")),
    ]


def depots_table(report: Report, lang: str) -> GroupedTable:
    """Each variant's depots: what was loaded and spread there, waits, stock-outs, means a run."""
    figures = ("loads", "loading_wait_h", "stockouts", "spread_t", "left_t")
    columns = [Column(comparison_text("depot", lang))]
    columns += [Column(comparison_text(key, lang), True) for key in ("bays", "stock_t", *figures)]
    groups = []
    for row in report["variants"]:
        told = {cells["depot"]: cells for cells in report["depots"].get(row["id"], [])}
        rows = []
        for depot in row["depots"]:
            cells = told.get(depot["id"], {})
            stock_t = f"{depot['stock_kg'] / 1000:,.1f}"
            texts = [
                depot["name"] or depot["id"], str(depot["bays"]), stock_t,
                *(_figure(cells.get(key)) for key in figures),
            ]  # fmt: skip
            rows.append([Text(text) for text in texts])
        groups.append(Group(title_of(row, lang), rows))
    return GroupedTable(comparison_text("head.depots", lang), columns, groups)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:,.1f}"
