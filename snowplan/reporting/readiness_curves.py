"""Small multiples of the clearance: share of area open and clean, a row a storm."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from snowplan.model.roads import ROAD_CLASSES
from snowplan.reporting.readiness_panels import head_panels
from snowplan.reporting.readiness_telling import Report, scenario_names
from snowplan.reporting.readiness_texts import ready_text
from snowplan.words import name_of

WIDTH = 6.14  # inches: 156 mm, the width of the text
ROW_HEIGHT, LEGEND_HEIGHT = 1.62, 0.45
PER_MILLE_OF_PERCENT = 10.0
MIN_PER_H = 60.0
WHOLE = 1000
# Dashes and widths tell classes apart in black and white.
STYLES: tuple[dict[str, Any], ...] = (
    {"color": "#000000", "ls": "-", "lw": 2.0},
    {"color": "#000000", "ls": (0, (6, 1.5)), "lw": 1.5},
    {"color": "#333333", "ls": (0, (1, 1)), "lw": 1.7},
    {"color": "#555555", "ls": (0, (6, 1.5, 1, 1.5)), "lw": 1.3},
    {"color": "#8c8c8c", "ls": "-", "lw": 1.3},
)
KINDS = (("opened", "timeline.opened"), ("clean", "timeline.cleaned"))


def curves_figure(report: Report, scenarios: Sequence[str], lang: str) -> Figure:
    """A row a storm, named once: at the left the share open, at the right clean, by class."""
    figure = Figure(figsize=(WIDTH, ROW_HEIGHT * len(scenarios) + LEGEND_HEIGHT),
                    layout="constrained")  # fmt: skip
    FigureCanvasAgg(figure)
    axes = figure.subplots(len(scenarios), len(KINDS), squeeze=False, sharey=True)
    for row, key in enumerate(scenarios):
        for column, (kind, words) in enumerate(KINDS):
            ax = curve_panel(axes[row, column], report["timeline"]["curves"][key], kind)
            ax.set_ylabel(ready_text(words, lang), fontsize=8, labelpad=4)
    for ax in axes[-1]:
        ax.set_xlabel(ready_text("timeline.hours", lang), fontsize=8)
    shown = [each for each in ROAD_CLASSES if any(
        f"{kind}/{each}" in report["timeline"]["curves"][key]
        for key in scenarios for kind, _ in KINDS)]  # fmt: skip
    handles = [Line2D([], [], label=name_of("class", key, lang), **style_of(key)) for key in shown]
    figure.legend(handles=handles, loc="outside lower center", ncols=5, fontsize=8, handlelength=3)
    names = scenario_names(report, lang)
    head_panels(figure, [(axes[row, 0], names[key]) for row, key in enumerate(scenarios)],
                whole_rows=True)  # fmt: skip
    return figure


def style_of(road_class: str) -> dict[str, Any]:
    """Dashes of a class: the same in every panel."""
    return STYLES[list(ROAD_CLASSES).index(road_class)]


def curve_panel(ax: Axes, curves: dict[str, Any], kind: str) -> Axes:
    """Per cent of area against hours after snow stops, a line a class."""
    stops = curves["stops_min"] or 0
    ends = []
    for road_class in ROAD_CLASSES:
        shares = curves.get(f"{kind}/{road_class}")
        if shares:
            hours = (np.arange(len(shares)) * curves["step_min"] - stops) / MIN_PER_H
            ax.plot(hours, np.asarray(shares) / PER_MILLE_OF_PERCENT, **style_of(road_class))
            ends.append(_moving(hours, np.asarray(shares)))
    if ends:
        ax.set_xlim(min(first for first, _ in ends), max(last for _, last in ends))
    ax.axvline(0.0, color="#777777", lw=0.8, ls=":", zorder=0)
    ax.set_ylim(-3, 103)
    ax.set_yticks([0, 50, 100])
    ax.xaxis.set_major_locator(MaxNLocator(nbins=7, steps=[1, 2, 3, 4, 6, 10], integer=True))
    ax.tick_params(labelsize=7.5)
    ax.grid(color="#e2e2e2", lw=0.5, zorder=0)
    return ax


def _moving(hours: Any, shares: Any) -> tuple[float, float]:
    """The span in which a share is not whole, one step more at either side."""
    part = np.flatnonzero(shares < WHOLE)
    if not len(part):
        return float(hours[0]), float(hours[-1])
    return float(hours[max(0, part[0] - 1)]), float(hours[min(len(hours) - 1, part[-1] + 1)])
