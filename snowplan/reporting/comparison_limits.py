"""The chance of meeting each limit, by storm and road class: tables as wide as there is room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text

from snowplan.reporting.comparison_figures import DASH, Cell
from snowplan.reporting.comparison_texts import comparison_text
from snowplan.reporting.comparison_verdicts import Report, percent_of
from snowplan.reporting.comparison_words import class_name, title_of
from snowplan.reporting.grouped_table import Column, Group, GroupedTable

CELL = 18  # columns of one variant
LEAST_LABEL = 24


class Limit(NamedTuple):
    """What a row of the table is about."""

    storm: str
    road_class: str
    aspect: str


def limits_by_row(report: Report) -> dict[Limit, dict[str, Cell]]:
    """Limits of whole classes in the order of the report, and in each the variants' figures."""
    found: dict[Limit, dict[str, Cell]] = {}
    for row in report["limits"]:
        if row["zone"] is None:
            limit = Limit(row["storm"], row["road_class"], row["aspect"])
            found.setdefault(limit, {})[row["variant"]] = row
    order = {storm["id"]: place for place, storm in enumerate(report["storms"])}
    return dict(sorted(found.items(), key=lambda item: order.get(item[0].storm, len(order))))


def told_apart(cells: Iterable[Cell]) -> bool:
    """Whether the limit is met in some run and missed in some other, or may be."""
    found = list(cells)
    shares = {cell["share"] for cell in found}
    return any(cell["unknown"] for cell in found) or not (shares <= {0.0} or shares <= {1.0})


def limit_tables(report: Report, lang: str, width: int) -> Iterator[GroupedTable]:
    """Limits that are neither always nor never met; so many variants beside as fit."""
    rows = {
        limit: cells for limit, cells in limits_by_row(report).items() if told_apart(cells.values())
    }
    if not rows:
        return
    label = max(LEAST_LABEL, *(cell_len(limit_name(report, limit, lang)) for limit in rows))
    beside = max(1, (width - min(label, max(LEAST_LABEL, width // 3)) - 8) // CELL)
    for start in range(0, len(report["variants"]), beside):
        variants = report["variants"][start : start + beside]
        columns = [
            Column(comparison_text("roads", lang)),
            Column(comparison_text("limit", lang), right=True),
            *(Column(title_of(variant, lang)) for variant in variants),
        ]
        texts = [
            [
                limit_name(report, limit, lang),
                hours_text(next(iter(cells.values())), lang),
                *(chance_text(cells.get(row["id"]), lang) for row in variants),
            ]
            for limit, cells in rows.items()
        ]
        group = Group("", [[Text(text) for text in row] for row in texts])
        title = "" if start else comparison_text("head.limits", lang)
        yield GroupedTable(title, columns, [group])


def hours_text(cell: Cell, lang: str) -> str:
    """A limit in hours; least and most where it differs between runs, as the grade does."""
    low, high = cell.get("limit_low_h"), cell.get("limit_high_h")
    if low is None or high is None or low == high:
        return DASH if cell["limit_h"] is None else f"{cell['limit_h']:g} h"
    return comparison_text(
        "limit.range", lang, low=f"{round(low, 1):g}", high=f"{round(high, 1):g}"
    )


def limit_lines(report: Report, lang: str) -> Iterator[str]:
    """Limits that all runs met, those that none did, and how the table is to be read."""
    yield from always_or_never(report, lang)
    rows = limits_by_row(report)
    if rows:
        yield comparison_text("note.limits", lang, percent=percent_of(report))
    if any(cell["indicative"] for cells in rows.values() for cell in cells.values()):
        yield comparison_text("note.indicative", lang)


def always_or_never(report: Report, lang: str) -> Iterator[str]:
    """Limits that all runs of all variants met, and those that none did."""
    rows = limits_by_row(report)
    for share, key in ((1.0, "all_met"), (0.0, "none_met")):
        limits = [
            limit
            for limit, cells in rows.items()
            if all(cell["share"] == share and not cell["unknown"] for cell in cells.values())
        ]
        if limits:
            bound = _bound(cell for limit in limits for cell in rows[limit].values())
            yield comparison_text(
                key, lang, parts=_together(report, limits, lang), percent=percent_of(report),
                low=f"{100 * bound[0]:.0f}", high=f"{100 * bound[1]:.0f}",
            )  # fmt: skip


def _bound(cells: Iterable[Cell]) -> tuple[float, float]:
    """The lowest lower end and the highest upper end of the chances' intervals."""
    ends = [(cell["low"], cell["high"]) for cell in cells]
    return min(low for low, _ in ends), max(high for _, high in ends)


def _together(report: Report, limits: list[Limit], lang: str) -> str:
    """Limits in words, those of a storm together, and in it those of a goal."""
    listed, parts = comparison_text("list", lang), []
    for storm in report["storms"]:
        goals = []
        for aspect in ("open", "clean"):
            roads = [
                class_name(limit.road_class, lang)
                for limit in limits
                if (limit.storm, limit.aspect) == (storm["id"], aspect)
            ]
            if roads:
                word = comparison_text(aspect, lang)
                goals.append(
                    comparison_text("aspect_of", lang, aspect=word, roads=listed.join(roads))
                )
        if goals:
            title = title_of(storm, lang)
            parts.append(comparison_text("limits_of", lang, storm=title, parts=listed.join(goals)))
    return comparison_text("join", lang).join(parts)


def chance_text(cell: Cell | None, lang: str) -> str:
    """Share of runs in time with its interval, and below it the hour by which 90 % were done."""
    if cell is None:
        return "–"
    mark = "*" if cell["indicative"] else ""
    return f"{share_text(cell)}\n{last_text(cell, lang)}{mark}"


def share_text(cell: Cell) -> str:
    """Share of runs in time, from the least to the most that it can be, with its interval."""
    most = f"–{100 * (cell['met'] + cell['unknown']) / cell['n']:.0f}" if cell["unknown"] else ""
    mark = "*" if cell["indicative"] else ""
    share, low, high = (f"{100 * cell[key]:.0f}" for key in ("share", "low", "high"))
    return f"{share}{most} %{mark} [{low}, {high}]"


def last_text(cell: Cell, lang: str) -> str:
    """The hour by which the last section was done in nine of ten runs."""
    if cell["p90_h"] is None:
        return comparison_text("p90_beyond", lang)
    return comparison_text("p90", lang, hours=f"{cell['p90_h']:.1f}")


def limit_name(report: Report, limit: Limit, lang: str) -> str:
    """Storm, roads and goal in words."""
    titles = {row["id"]: title_of(row, lang) for row in report["storms"]}
    return comparison_text(
        "limit_of", lang, storm=titles.get(limit.storm, limit.storm),
        roads=class_name(limit.road_class, lang), aspect=comparison_text(limit.aspect, lang),
    )  # fmt: skip
