"""Two tables of the page of a comparison: what each variant is, and the limits that it meets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from snowplan.reporting.comparison_clipping import clipped
from snowplan.reporting.comparison_figures import DASH, Cell
from snowplan.reporting.comparison_limits import (
    Limit,
    always_or_never,
    hours_text,
    limit_name,
    limits_by_row,
    told_apart,
)
from snowplan.reporting.comparison_texts import comparison_text
from snowplan.reporting.comparison_variants import depot_name, what_it_is, whole_stock_t
from snowplan.reporting.comparison_verdicts import Report, percent_of, titles
from snowplan.reporting.comparison_words import title_of

WHAT_CELLS, LINE_CELLS = 260, 600
MOST_LIMITS, FEW_LIMITS = 4, 2
MATTERS = 0.05  # hours in line, or times without stock, that are worth a word
Figure = Callable[[Report, Cell], str]


def variants_table(report: Report, shown: Sequence[Cell], lang: str, *, full: bool) -> Cell:
    """A row a variant, the baseline first: its depots in words, and what became of them.

    `full` names the depot with the longest waits and most stock-outs too.
    """
    columns: dict[str, Figure] = {
        "page.stock": lambda _, row: f"{whole_stock_t(row):.6g}",
        "page.bays": lambda _, row: str(sum(depot["bays"] for depot in row["depots"])),
        "page.waits": lambda found, row: _sum(found, row, "loading_wait_h"),
        "page.stockouts": lambda found, row: _sum(found, row, "stockouts"),
    }
    if report["placement"]:
        columns |= {"page.travel": _travel, "page.ranks": _ranks}
    first = [row for row in report["variants"] if row["id"] == report["baseline"]]
    rows = []
    for row in (*first, *shown):
        what = [clipped(what_it_is(report, row, lang), WHAT_CELLS)]
        if full:
            what += _busiest(report, row, lang)
        rows.append([
            [title_of(row, lang)], what, *([figure(report, row)] for figure in columns.values()),
        ])  # fmt: skip
    return {
        "head": comparison_text("page.variants", lang),
        "columns": [comparison_text(key, lang) for key in ("page.variant", "page.what", *columns)],
        "rows": rows,
    }


def limits_table(report: Report, shown: Sequence[Cell], lang: str, *, full: bool) -> Cell:
    """Limits met in some runs and missed in others, those first in which variants differ most.

    Below it those that all runs met, or none.
    """
    names = titles(report, lang)
    wanted = [report["baseline"], *(row["id"] for row in shown)]
    found = [
        (limit, cells)
        for limit, cells in limits_by_row(report).items()
        if told_apart(cells.values())
    ]
    kept = sorted(found, key=_spread)[: MOST_LIMITS if full else FEW_LIMITS]
    below = [clipped(line, LINE_CELLS) for line in always_or_never(report, lang)]
    if any(cell["unknown"] for _, cells in kept for cell in cells.values()):
        below.append(comparison_text("page.unknown_why", lang))
    if len(found) > len(kept):
        below.append(comparison_text("page.more_limits", lang, n=len(found) - len(kept)))
    rows = [
        [
            [_limit(report, limit, cells, lang)],
            *([_chance(cells.get(name), lang)] for name in wanted),
        ]
        for limit, cells in found
        if any(limit == one for one, _ in kept)
    ]
    columns = [comparison_text("limit", lang), *(names[name] for name in wanted)]
    return {
        "head": comparison_text("page.limits", lang, percent=percent_of(report)),
        "columns": columns if rows else [],
        "rows": rows,
        "below": below,
    }


def _spread(item: tuple[Limit, dict[str, Cell]]) -> tuple[float, int]:
    """Great differences first; of equal ones those that more runs know."""
    cells = item[1].values()
    shares = [float(cell["share"]) for cell in cells]
    return min(shares) - max(shares), sum(cell["unknown"] for cell in cells)


def _limit(report: Report, limit: Limit, cells: dict[str, Cell], lang: str) -> str:
    known = next((cell for cell in cells.values() if cell["limit_h"] is not None), None)
    name = limit_name(report, limit, lang)
    if known is None:
        return name
    return comparison_text("page.limit", lang, limit=name, hours=hours_text(known, lang))


def _chance(cell: Cell | None, lang: str) -> str:
    """Runs in time of all runs, with the interval of their share; * where it is indicative."""
    if cell is None:
        return DASH
    most = cell["met"] + cell["unknown"]
    key = "page.unknown" if cell["unknown"] else "page.met"
    runs = comparison_text(key, lang, met=cell["met"], most=most, n=cell["n"])
    low, high = (f"{100 * cell[end]:.0f}" for end in ("low", "high"))
    return f"{runs}{'*' if cell['indicative'] else ''} [{low}, {high} %]"


def _sum(report: Report, row: Cell, figure: str) -> str:
    """A figure of all depots of a variant, per run."""
    found = report["depots"].get(row["id"])
    return DASH if not found else f"{sum(depot[figure] for depot in found):.1f}"


def _busiest(report: Report, row: Cell, lang: str) -> Iterator[str]:
    """The depots with the longest waits and the most stock-outs, where there is a choice."""
    found, depots = report["depots"].get(row["id"], []), {one["id"]: one for one in row["depots"]}
    parts = []
    for figure, what, unit in (
        ("loading_wait_h", "page.most_waits", "page.hours"),
        ("stockouts", "page.most_stockouts", "page.times"),
    ):
        most = max((one[figure] for one in found), default=0.0)
        if len(found) < 2 or most < MATTERS:
            continue
        worst = next(one["depot"] for one in found if one[figure] == most)
        parts.append(
            comparison_text(
                "page.most", lang, what=comparison_text(what, lang),
                name=depot_name(depots[worst], lang),
                value=comparison_text(unit, lang, value=f"{most:.1f}"),
            )
        )  # fmt: skip
    if parts:
        yield comparison_text("join", lang).join(parts)


def _proposal(report: Report, row: Cell) -> Any:
    rows = report["placement"]["proposals"]
    return next((one for one in rows if one["variant"] == row["id"]), {})


def _travel(report: Report, row: Cell) -> str:
    value = _proposal(report, row).get("objective")
    return DASH if value is None else f"{value:.2f}"


def _ranks(report: Report, row: Cell) -> str:
    found = _proposal(report, row)
    ranks = (found.get(key) for key in ("rank_model", "rank_simulated"))
    return " / ".join(DASH if rank is None else str(rank) for rank in ranks)
