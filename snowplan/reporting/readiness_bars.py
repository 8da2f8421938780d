"""Intervals as pictures: the most snow that each limit holds, and what one more buys."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullFormatter, NullLocator

from snowplan.reporting.readiness_panels import head_panels
from snowplan.reporting.readiness_telling import Report, item_order, of_scenario, scenario_names
from snowplan.reporting.readiness_texts import ready_text
from snowplan.reporting.readiness_words import item_name, ready_name, titled

WIDTH = 6.14  # inches: 156 mm, the width of the text
ROW_HEIGHT, HEAD_HEIGHT = 0.13, 0.45
COLUMNS = 2
TICKS_MM = (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500)
MOST_ROWS = 40
ARROWS = {">=": ">", "<": "<"}
SIGNS = {">=": "≥", "<": "<"}


def envelope_figure(report: Report, scenarios: Sequence[str], lang: str) -> Figure:
    """A panel a storm, a line a limit: answer, interval, and the storm's own snow."""
    rows = report["envelope"]["rows"]
    columns = min(COLUMNS, len(scenarios))
    height = math.ceil(len(scenarios) / columns)
    most = max(len(of_scenario(rows, key)) for key in scenarios)
    figure = Figure(figsize=(WIDTH, (ROW_HEIGHT * most + HEAD_HEIGHT) * height),
                    layout="constrained")  # fmt: skip
    FigureCanvasAgg(figure)
    axes = list(figure.subplots(height, columns, squeeze=False).flat)
    for ax in axes[len(scenarios) :]:
        ax.set_visible(False)
    for ax, key in zip(axes, scenarios, strict=False):
        own = sorted(of_scenario(rows, key), key=lambda row: item_order(row["item"]))
        envelope_panel(ax, own, lang)
    names = scenario_names(report, lang)
    head_panels(figure, list(zip(axes, [names[key] for key in scenarios], strict=False)))
    return figure


def envelope_panel(ax: Axes, rows: Sequence[Mapping[str, Any]], lang: str) -> Axes:
    """Limits from the top; filled where the answer is above the storm's own snow."""
    own = rows[0]["grade_mm"]
    for place, row in enumerate(rows):
        if row["mm"] is None:
            continue
        if row["low_mm"] is not None and row["high_mm"] is not None:
            ax.plot([row["low_mm"], row["high_mm"]], [place, place], color="black", lw=1.0)
        fill = "black" if row["mm"] >= own else "white"
        ax.plot(row["mm"], place, ls="", marker=ARROWS.get(row["bound"], "o"), ms=4.5,
                color="black", markerfacecolor=fill, clip_on=False)  # fmt: skip
        if row["bound"]:
            right = row["bound"] == "<"  # the words stand where the triangle does not point
            ax.annotate(f"{SIGNS[row['bound']]}{row['mm']:.1f}", (row["mm"], place), fontsize=6,
                        xytext=(5 if right else -5, 0), textcoords="offset points",
                        ha="left" if right else "right", va="center_baseline")  # fmt: skip
    ax.axvline(own, color="#777777", lw=1.2, ls="--", zorder=0)
    ax.set_xscale("log")
    ax.xaxis.set_major_locator(FixedLocator(TICKS_MM))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    ax.xaxis.set_minor_formatter(NullFormatter())
    ax.set_yticks(range(len(rows)), [item_name(row["item"], lang) for row in rows])
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.tick_params(labelsize=6.8, length=2)
    ax.grid(axis="x", color="#e2e2e2", lw=0.5)
    return ax


def marginal_figure(rows: Sequence[Mapping[str, Any]], lang: str) -> Figure:
    """Minutes gained in all by one more of each, best first, with intervals."""
    shown = rows[:MOST_ROWS]
    figure = Figure(figsize=(WIDTH, ROW_HEIGHT * len(shown) + HEAD_HEIGHT), layout="constrained")
    FigureCanvasAgg(figure)
    ax = figure.subplots()
    for place, row in enumerate(shown):
        _gain(ax, place, row)
    ax.axvline(0.0, color="#777777", lw=0.9, zorder=0)
    names = [("* " if row["judged"] else "") + ready_text(
        "marginal.whole", lang, zone=ready_name(f"zone.{row['zone']}", lang),
        what=titled(row, lang, "what")) for row in shown]  # fmt: skip
    ax.set_yticks(range(len(shown)), names)
    ax.set_ylim(len(shown) - 0.4, -0.6)
    ax.tick_params(labelsize=7, length=2)
    ax.grid(axis="x", color="#e2e2e2", lw=0.5)
    return figure


def _gain(ax: Axes, place: int, row: Mapping[str, Any]) -> None:
    low, high = row["sum_low"], row["sum_high"]
    if row["same"] or row["sum_min"] is None:
        ax.plot(0.0, place, ls="", marker="x", ms=4.5, color="black")
        return
    known = low is not None and high is not None
    if known:
        ax.plot([low, high], [place, place], color="black", lw=1.0)
    fill = "black" if known and not low <= 0 <= high else "white"
    ax.plot(row["sum_min"], place, ls="", marker="o" if known else "D", ms=4.5 if known else 4.0,
            color="black", markerfacecolor=fill)  # fmt: skip
