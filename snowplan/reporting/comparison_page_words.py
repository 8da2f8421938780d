"""The words and figures of the page of a comparison, as plain data for its template."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from snowplan.reporting.comparison_clipping import (
    NAME_CELLS,
    TITLE_CELLS,
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
from snowplan.reporting.comparison_limits import limit_name, limits_by_row, told_apart
from snowplan.reporting.comparison_notes import basis_lines, run_lines
from snowplan.reporting.comparison_placement import model_lines, placement_lines
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
MOST_LIMITS, MOST_NAMED = 2, 2
LINE_CELLS = 520
DIGEST = 12


def page_words(report: Report, lang: str, *, variants: int, notes: bool) -> dict[str, Any]:
    """Everything on the page but its pictures, for so many variants beside the baseline."""
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
        "question": {
            "head": comparison_text("page.question", lang),
            "text": _question(short, lang),
        },
        "answer": {
            "head": comparison_text("page.answer", lang),
            "lines": [clipped(line, LINE_CELLS) for line in answer],
        },
        "table": _table(short, shown, lang),
        "placement": _placement(short, lang),
        "forest_head": comparison_text("page.forest", lang),
        "maps_head": comparison_text("page.maps", lang),
        "basis": {
            "head": comparison_text("page.basis", lang),
            "gap": " " if lang == "en" else "",
            "lines": [clipped(line, LINE_CELLS) for line in _basis(short, lang, notes=notes)],
        },
        "foot": clipped(
            comparison_text(
                "page.foot", lang, study=report["study"], seed=report["run_seed"],
                digest=report["digest"][:DIGEST],
            ),
            TITLE_CELLS + NAME_CELLS,
        ),
    }  # fmt: skip


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
    signs = "  ".join(verdict_name(each, lang) for each in VERDICT_WORDS if each in verdicts)
    return {
        "head": comparison_text("page.figures", lang) + how,
        "columns": [
            comparison_text("measure", lang), baseline, *(names[row["id"]] for row in shown),
        ],
        "rows": rows,
        "below": [signs, *_chances(report, shown, lang)],
    }  # fmt: skip


def _cell(report: Report, variant: str, key: str, lang: str, *, one_line: bool) -> list[str]:
    effect, scale = effect_of(report, variant, key), difference_scale(report, key)
    sign = VERDICT_WORDS[verdict_of(effect)][0]
    told, interval = change_with_unit(effect, scale, lang), interval_text(effect, scale)
    if not interval:
        return [told if told == sign else f"{told} {sign}"]
    return [f"{told} {interval} {sign}"] if one_line else [told, f"{interval} {sign}"]


def _chances(report: Report, shown: list[Any], lang: str) -> Iterator[str]:
    """The first limits that are neither always nor never met, with each variant's chance."""
    names = titles(report, lang)
    wanted = [report["baseline"], *(row["id"] for row in shown)]
    rows = [(limit, cells) for limit, cells in limits_by_row(report).items()
            if told_apart(cells.values())]  # fmt: skip
    for limit, cells in rows[:MOST_LIMITS]:
        parts = []
        for name in wanted:
            if name in cells and cells[name]["share"] is not None:
                cell = cells[name]
                low, high = (f"{100 * cell[end]:.0f}" for end in ("low", "high"))
                mark = "*" if cell["indicative"] else ""
                parts.append(f"{names[name]} {100 * cell['share']:.0f} %{mark} [{low}, {high}]")
        yield clipped(
            comparison_text(
                "page.chance", lang, limit=limit_name(report, limit, lang),
                hours=f"{next(iter(cells.values()))['limit_h']:g}",
                parts=comparison_text("list", lang).join(parts),
            ),
            LINE_CELLS // 2,
        )  # fmt: skip
    if any(cell["indicative"] for _, cells in rows[:MOST_LIMITS] for cell in cells.values()):
        yield comparison_text("note.indicative", lang)


def _placement(report: Report, lang: str) -> dict[str, Any]:
    """What the location models found, and where the simulation orders placements otherwise."""
    found = report["placement"]
    lines = [*model_lines(found, lang), *placement_lines(report, lang)] if found else []
    return {
        "head": comparison_text("page.placement", lang),
        "lines": [clipped(line, LINE_CELLS) for line in lines],
        "gap": " " if lang == "en" else "",
    }


def _basis(report: Report, lang: str, *, notes: bool) -> Iterator[str]:
    if notes:
        yield from run_lines(report, lang, MOST_NAMED)
    yield from basis_lines(report, lang)
