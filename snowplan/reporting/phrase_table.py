"""The study of the phrases as people read it: changes, verdicts, reasons, price."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from snowplan.reporting.phrase_figures import (
    all_on,
    amount,
    change_told,
    change_with_unit,
    half_interval,
    measured,
    number,
)
from snowplan.reporting.phrase_reasons import note_lines, price_lines, reason_lines
from snowplan.reporting.phrase_words import phrase_word
from snowplan.words import name_of

WIDTH = 112
HEADLINES = (
    "main_open_median", "main_open_last", "all_clean_last", "exposure", "hours", "deicer_t",
    "hauled_t", "cost_cny",
)  # fmt: skip
STYLES = {"as_meant": "green", "contrary": "bold red"}


def print_phrases(report: Mapping[str, Any], lang: str, file: IO[str]) -> None:
    """Print a study (as its JSON) to `file`; plain where that is no terminal."""
    console = Console(
        file=file, width=None if file.isatty() else WIDTH, highlight=False, markup=False,
        emoji=False,
    )  # fmt: skip
    title = report["title_en"] if lang == "en" else report["title"]
    parts: list[Table | str] = [
        changes_table(report, lang, title), *note_lines(report, lang), "",
        verdicts_table(report, lang),
    ]  # fmt: skip
    for head, lines in (("reasons", reason_lines), ("price", price_lines)):
        found = [f"  {line}" for line in lines(report, lang)]
        parts += [phrase_word(head, lang), *found, ""] if found else []
    if file.isatty():
        for part in parts:
            console.print(part, soft_wrap=isinstance(part, str))
        return
    with console.capture() as capture:
        for part in parts:
            console.print(part, soft_wrap=isinstance(part, str))
    text = "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"
    encoding = getattr(file, "encoding", None) or "utf-8"
    file.write(text.encode(encoding, "replace").decode(encoding))


def _table(title: str) -> Table:
    return Table(
        title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0), pad_edge=False,
    )  # fmt: skip


def changes_table(report: Mapping[str, Any], lang: str, title: str) -> Table:
    """One row a phrase: how the headline figures change without it."""
    keys = [key for key in HEADLINES if measured(report, key)]
    table = _table(f"{phrase_word('changes', lang)} · {title}")
    table.add_column(phrase_word("phrase", lang), no_wrap=True)
    for key in keys:
        unit = phrase_word(f"unit.{report['all_on'][key]['unit']}", lang)
        table.add_column(
            f"{phrase_word(f'head.{key}', lang)}\n{unit}", justify="right", no_wrap=True
        )
    cells = [Text(all_on(report["all_on"][key])) for key in keys]
    table.add_row(Text(phrase_word("all_on", lang)), *cells)
    table.add_section()
    for phrase, found in report["phrases"].items():
        effects = [found["measures"][key] for key in keys]
        name = name_of("phrase", phrase, lang)
        table.add_row(Text(name), *(_changed(effect, lang) for effect in effects))
    return table


def _changed(effect: Mapping[str, Any], lang: str) -> Text:
    if effect["change"] is None:
        return Text(number(None, effect["unit"]))
    return Text("\n".join(filter(None, [change_with_unit(effect, lang), half_interval(effect)])))


def verdicts_table(report: Mapping[str, Any], lang: str) -> Table:
    """One row for each measure that a phrase is meant to better."""
    table = _table(phrase_word("verdicts", lang))
    table.add_column(phrase_word("phrase", lang), no_wrap=True)
    table.add_column(phrase_word("meant", lang))
    for key in ("on", "off", "change"):
        table.add_column(phrase_word(key, lang), justify="right", no_wrap=True)
    table.add_column(phrase_word("verdict", lang), no_wrap=True)
    for phrase, found in report["phrases"].items():
        for row, item in enumerate(found["meant"]):
            effect = found["measures"][item["measure"]]
            unit = phrase_word(f"unit.{effect['unit']}", lang)
            table.add_row(
                Text("" if row else name_of("phrase", phrase, lang)),
                Text(f"{phrase_word(item['measure'], lang)} {unit}"),
                Text(amount(effect, "on", lang)),
                Text(amount(effect, "off", lang)),
                Text(change_told(effect, lang)),
                Text(
                    phrase_word(f"verdict.{item['verdict']}", lang),
                    style=STYLES.get(item["verdict"], ""),
                ),
            )
        table.add_section()
    return table
