"""The words and figures of the page of a comparison, as plain data for its template."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from snowplan import __version__
from snowplan.reporting.comparison_clipping import (
    PAGE_MAPS,
    PAGE_PANELS,
    clipped,
    with_short_titles,
)
from snowplan.reporting.comparison_figures import (
    change_with_unit,
    difference_scale,
    effect_of,
    interval_text,
    mean_text,
    verdict_of,
)
from snowplan.reporting.comparison_notes import basis_lines, run_lines
from snowplan.reporting.comparison_openings import heaviest_storm, mapped
from snowplan.reporting.comparison_page_tables import limits_table, variants_table
from snowplan.reporting.comparison_placement import model_lines, order_lines
from snowplan.reporting.comparison_texts import comparison_text
from snowplan.reporting.comparison_verdicts import (
    Report,
    others_first,
    others_of,
    percent_of,
    titles,
    verdict_line,
)
from snowplan.reporting.comparison_words import (
    VERDICT_WORDS,
    measure_name,
    title_of,
    verdict_name,
)
from snowplan.words import say

MOST_MEASURES = 8
MOST_ON_ONE_LINE = 3  # variants whose intervals fit beside their differences
MOST_NAMED = 2
LINE_CELLS, COMMAND_CELLS = 520, 160
DIGEST = 12


def page_words(
    report: Report, lang: str, *, variants: int, notes: bool, full: bool = True
) -> dict[str, Any]:
    """Everything on the page but its pictures, for so many variants beside the baseline.

    Without `full` there is less about depots and limits, without `notes` less about the runs.
    """
    short = with_short_titles(report)
    shown = others_first(short)[:variants]
    more = len(others_of(short)) - len(shown)
    answer = [verdict_line(short, row, lang, short=True) for row in shown]
    answer += [comparison_text("page.more", lang, n=more)] if more else []
    kind = comparison_text("page.kind", lang)
    if report["schematic"]:
        kind += f" · {say('figure.schematic_map', lang)}"
    return {
        "lang": lang,
        "kind": kind,
        "title": title_of(short, lang),
        "question": _part("page.question", [_question(short, lang)], lang),
        "variants": variants_table(short, shown, lang, full=full),
        "answer": _part("page.answer", answer, lang),
        "table": _table(short, shown, lang),
        "limits": limits_table(short, shown, lang, full=full),
        "placement": _part("page.placement", _placement(short, lang), lang),
        "forest_head": comparison_text("page.forest", lang) + _panels_left(short, shown, lang),
        "maps_head": comparison_text("page.maps", lang) + _storm(short, len(shown) + 1, lang),
        "basis": _part("page.basis", list(_basis(short, lang, notes=notes)), lang),
        "foot": _foot(report, lang),
    }  # fmt: skip


def _part(head: str, lines: list[str], lang: str) -> dict[str, Any]:
    """A head and its lines, each cut to its room, and what stands between them in a paragraph."""
    return {
        "head": comparison_text(head, lang),
        "lines": [clipped(line, LINE_CELLS) for line in lines],
        "gap": " " if lang == "en" else "",
    }


def _panels_left(report: Report, shown: list[Any], lang: str) -> str:
    """How many deciding measures the forest plot of the page leaves out."""
    more = max(0, len(report["decide"]) - PAGE_PANELS) if shown else 0
    return comparison_text("page.more_panels", lang, n=more) if more else ""


def _storm(report: Report, maps: int, lang: str) -> str:
    """Under which storm the maps are, and how many variants have none where there is one each."""
    storm = heaviest_storm(report)
    if storm is None:
        return ""
    told = comparison_text("maps.storm", lang, storm=title_of(storm, lang))
    more = len(mapped(report)) - min(maps, PAGE_MAPS)
    if more <= 0:
        return comparison_text("page.maps_of", lang, storm=told)
    left = comparison_text("maps.more", lang, n=more)
    return comparison_text("page.maps_more", lang, storm=told, more=left)


def _foot(report: Report, lang: str) -> str:
    """How to have the same page again."""
    command = str(report.get("command") or f"snowplan compare {report['study']}")
    return comparison_text(
        "page.foot", lang, command=clipped(command, COMMAND_CELLS), version=__version__,
        seed=report["run_seed"], digest=report["digest"][:DIGEST],
    )  # fmt: skip


def _question(report: Report, lang: str) -> str:
    names = titles(report, lang)
    listed = comparison_text("list", lang)

    def quoted(rows: list[Any]) -> str:
        return listed.join(
            comparison_text("page.quoted", lang, title=title_of(row, lang)) for row in rows
        )

    text = comparison_text(
        "page.question_text", lang, baseline=names[report["baseline"]],
        storms=quoted(report["storms"]), variants=quoted(others_of(report)),
        measures=listed.join(measure_name(key, lang) for key in report["decide"]),
    )  # fmt: skip
    return clipped(text, LINE_CELLS)


def _table(report: Report, shown: list[Any], lang: str) -> dict[str, Any]:
    """A row a deciding measure, a column a variant; a cell is its lines."""
    keys, names = list(report["decide"])[:MOST_MEASURES], titles(report, lang)
    baseline = comparison_text("page.baseline", lang, title=names[report["baseline"]])
    one_line = len(shown) <= MOST_ON_ONE_LINE
    rows = [
        [
            [measure_name(key, lang)],
            [mean_text(report, report["baseline"], key, lang)],
            *(_cell(report, row["id"], key, lang, one_line=one_line) for row in shown),
        ]
        for key in keys
    ]
    how = comparison_text("page.cells", lang, percent=percent_of(report))
    verdicts = {verdict_of(effect_of(report, row["id"], key)) for row in shown for key in keys}
    more = len(report["decide"]) - len(keys)
    rest = comparison_text("page.more_measures", lang, n=more)
    signs = "  ".join(verdict_name(each, lang) for each in VERDICT_WORDS if each in verdicts)
    return {
        "head": comparison_text("page.figures", lang) + how,
        "columns": [
            comparison_text("measure", lang), baseline, *(names[row["id"]] for row in shown),
        ],
        "rows": rows,
        "below": [signs, *([] if more <= 0 else [rest])],
    }  # fmt: skip


def _cell(report: Report, variant: str, key: str, lang: str, *, one_line: bool) -> list[str]:
    effect, scale = effect_of(report, variant, key), difference_scale(report, key)
    sign = VERDICT_WORDS[verdict_of(effect)][0]
    told, interval = change_with_unit(effect, scale, lang), interval_text(effect, scale)
    if not interval:
        return [told if told == sign else f"{told} {sign}"]
    return [f"{told} {interval} {sign}"] if one_line else [told, f"{interval} {sign}"]


def _placement(report: Report, lang: str) -> list[str]:
    """What the location models found, and where the simulation orders placements otherwise."""
    found = report["placement"]
    return [*model_lines(found, lang), *order_lines(report, lang)] if found else []


def _basis(report: Report, lang: str, *, notes: bool) -> Iterator[str]:
    if notes:
        yield from run_lines(report, lang, MOST_NAMED)
    yield from basis_lines(report, lang)
