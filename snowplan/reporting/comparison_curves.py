"""Curves of the share open and clean, by variant, with bands: a row a storm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter

from snowplan.reporting.comparison_texts import comparison_text
from snowplan.reporting.comparison_verdicts import Report, others_first
from snowplan.reporting.comparison_words import class_name, title_of

DPI = 120
PANELS = ("opened/main", "opened/all", "clean/main", "clean/all")
MOST_VARIANTS = 6
WHOLE = 1000  # per mille
MIN_PER_H = 60
# Okabe and Ito's colours; dashes and widths tell them apart without colour.
STYLES: tuple[dict[str, Any], ...] = (
    {"color": "#000000", "ls": "-", "lw": 1.8},
    {"color": "#D55E00", "ls": (0, (5, 1.5)), "lw": 1.6},
    {"color": "#0072B2", "ls": (0, (1, 1)), "lw": 2.0},
    {"color": "#009E73", "ls": (0, (6, 1.5, 1, 1.5)), "lw": 1.6},
    {"color": "#CC79A7", "ls": (0, (3, 1, 1, 1, 1, 1)), "lw": 1.6},
    {"color": "#7a5c00", "ls": (0, (9, 3)), "lw": 1.2},
)
MOST_BANDS = 3  # variants; of more, bands lie over each other: the baseline's alone is drawn
EDGE: dict[str, Any] = {"lw": 0.7, "alpha": 0.8}
BAND: dict[str, Any] = {"color": "#d9d9d9", "lw": 0}


def curves_figure(report: Report, lang: str) -> Figure:
    """A row a storm, a column a curve; the first variants, the baseline black and whole."""
    keys = [key for key in PANELS if _known(report, key)]
    storms = [row for row in report["storms"] if report["curves"].get(row["id"])]
    rows, columns = max(1, len(storms)), max(1, len(keys))
    figure = Figure(figsize=(3.5 * columns + 0.6, 2.5 * rows + 1.3), dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots(rows, columns, squeeze=False, sharey=True)
    variants = shown_variants(report)
    for row, storm in enumerate(storms):
        for column, key in enumerate(keys):
            curve_panel(axes[row, column], report, storm, key, lang)
        if keys:
            words = f"{title_of(storm, lang)}\n{comparison_text('curves.share', lang)}"
            axes[row, 0].set_ylabel(words, linespacing=1.4)
    if not storms or not keys:
        axes[0, 0].set_axis_off()
        axes[0, 0].text(0.5, 0.5, comparison_text("curves.nothing", lang), ha="center")
    handles = [
        Line2D([], [], label=title_of(variant, lang), **style_of(report, variant["id"]))
        for variant in variants
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=3 if columns < 3 else 6)
    head = f"{comparison_text('curves', lang)} · {title_of(report, lang)}"
    note = comparison_text("curves.line", lang)
    note += " · " + comparison_text(f"curves.{_bands(report)}", lang)
    more = len(report["variants"]) - len(variants)
    if more:
        note += " · " + comparison_text("maps.more", lang, n=more)
    figure.suptitle(f"{head}\n{note}", fontsize=11, linespacing=1.4)
    return figure


def shown_variants(report: Report) -> list[Mapping[str, Any]]:
    """The baseline and the first others, as many as can be told apart."""
    rows = report["variants"]
    first = [row for row in rows if row["id"] == report["baseline"]]
    return [*first, *others_first(report)][:MOST_VARIANTS]


def style_of(report: Report, variant: str) -> dict[str, Any]:
    """Colour and dashes of a variant: the same in every panel."""
    names = [row["id"] for row in shown_variants(report)]
    return STYLES[names.index(variant)]


def _bands(report: Report) -> str:
    """Whether percentiles are drawn, and if not, why: a word of the texts."""
    known = [
        curve["low"] is not None
        for storms in report["curves"].values()
        for row in shown_variants(report)
        for curve in storms.get(row["id"], {}).values()
    ]
    if not any(known):
        return "few"
    return "band" if len(shown_variants(report)) <= MOST_BANDS else "many"


def curve_panel(ax: Axes, report: Report, storm: Mapping[str, Any], key: str, lang: str) -> Axes:
    """Share of area against hours after the snow stops: medians, and edges of 80 % of the runs."""
    stops_ms = report["snow_stops_ms"].get(storm["id"])
    few = _bands(report) == "band"
    found = report["curves"][storm["id"]]
    spans = []
    for place, variant in enumerate(shown_variants(report)):
        curve = found.get(variant["id"], {}).get(key)
        if curve is None:
            continue
        median = np.asarray(curve["median"]) / WHOLE
        edges = [np.asarray(curve[end]) / WHOLE for end in ("low", "high")
                 if (few or place == 0) and curve[end] is not None]  # fmt: skip
        minutes = curve["first_min"] + np.arange(len(median)) * curve["step_min"]
        hours, style = minutes / MIN_PER_H, style_of(report, variant["id"])
        if place == 0 and len(edges) == 2:
            ax.fill_between(hours, edges[0], edges[1], zorder=1, **BAND)
        for edge in edges if few else ():
            ax.plot(hours, edge, zorder=3 + place, **(style | EDGE))
        ax.plot(hours, median, zorder=10 + place, **style)
        spans.append(_moving(hours, np.min([median, *edges], axis=0)))
    if spans:
        ax.set_xlim(min(first for first, _ in spans), max(last for _, last in spans))
    if stops_ms is not None:
        ax.axvline(0.0, color="#777777", lw=0.8, ls=":", zorder=0)
    ax.set_ylim(-0.02, 1.02)
    ax.yaxis.set_major_formatter(PercentFormatter(1.0))
    ax.grid(color="#e2e2e2", lw=0.5, zorder=0)
    aspect, _, road_class = key.partition("/")
    roads = class_name(road_class, lang)
    ax.set_title(comparison_text(f"curves.{aspect}", lang, roads=roads), fontsize=9)
    words = "curves.start" if stops_ms is None else "curves.hours"
    ax.set_xlabel(comparison_text(words, lang), fontsize=8)
    return ax


def _moving(hours: Any, least: Any) -> tuple[float, float]:
    """The span in which the share is not yet, or not everywhere, whole; an hour more each side."""
    part = np.flatnonzero(least < 1.0)
    if not len(part):
        return float(hours[0]), float(hours[-1])
    first, last = max(0, part[0] - 2), min(len(hours) - 1, part[-1] + 2)
    return float(hours[first]), float(hours[last])


def _known(report: Report, key: str) -> bool:
    return any(
        key in curves for variants in report["curves"].values() for curves in variants.values()
    )
