"""Maps of when each section is open, one a storm, in greys and widths that a copier keeps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from snowplan.reporting.readiness_panels import head_panels
from snowplan.reporting.readiness_telling import Report, scenario_names
from snowplan.reporting.readiness_texts import ready_text
from snowplan.words import name_of

WIDTH = 6.14  # inches: 156 mm, the width of the text
LEGEND_HEIGHT, TITLE_HEIGHT = 0.6, 0.3
LEAST_MAP, MOST_MAP = 1.0, 3.1
COLUMNS = 2
BANDS = 4
STEPS_H = (0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 24.0)
# Later is darker and wider; the last band and what never opens are dashed as well.
LOOKS: tuple[dict[str, Any], ...] = (
    {"color": "#bdbdbd", "lw": 0.7, "ls": "-"},
    {"color": "#8a8a8a", "lw": 0.9, "ls": "-"},
    {"color": "#4d4d4d", "lw": 1.1, "ls": "-"},
    {"color": "#000000", "lw": 1.5, "ls": "-"},
)
NEVER: dict[str, Any] = {"color": "#000000", "lw": 2.2, "ls": (0, (1.2, 0.7))}
OTHER: dict[str, Any] = {"color": "#c8c8c8", "lw": 0.5, "ls": (0, (1, 2))}


def maps_figure(report: Report, roads: pd.DataFrame, scenarios: Sequence[str], lang: str) -> Figure:
    """A map a storm; all have the same bands of hours after snow stops."""
    edges = bands(report, scenarios)
    columns = min(COLUMNS, len(scenarios))
    rows = math.ceil(len(scenarios) / columns)
    height = min(max(WIDTH / columns * _shape(roads), LEAST_MAP), MOST_MAP) + TITLE_HEIGHT
    figure = Figure(figsize=(WIDTH, height * rows + LEGEND_HEIGHT), layout="constrained")
    FigureCanvasAgg(figure)
    figure.set_layout_engine("constrained", h_pad=0.08, rect=(0.0, 0.0, 1.0, 0.97))
    axes = list(figure.subplots(rows, columns, squeeze=False).flat)
    for ax in axes[len(scenarios) :]:
        ax.set_visible(False)
    for ax, key in zip(axes, scenarios, strict=False):
        opening_map(ax, roads, report["timeline"]["map"][key], edges)
    figure.legend(handles=_legend(edges, lang), loc="outside lower center", ncols=3, fontsize=8,
                  handlelength=3.5)  # fmt: skip
    names = scenario_names(report, lang)
    head_panels(figure, list(zip(axes, [names[key] for key in scenarios], strict=False)))
    return figure


def bands(report: Report, scenarios: Sequence[str]) -> tuple[float, ...]:
    """The bounds between four bands: round steps, so that the upper one holds about a tenth."""
    hours = sorted(
        hour
        for key in scenarios
        for hour in report["timeline"]["map"][key]["opened_h"]
        if hour is not None and hour > 0
    )
    wide = hours[int(0.9 * (len(hours) - 1))] if hours else 1.0
    step = next((s for s in STEPS_H if s * (BANDS - 1) >= wide), STEPS_H[-1])
    return tuple(step * place for place in range(1, BANDS))


def opening_map(
    ax: Axes, roads: pd.DataFrame, told: dict[str, Any], edges: Sequence[float]
) -> Axes:
    """Sections by the band of their hour; those not open by the end dashed and wide."""
    hours = dict(zip(told["ids"], told["opened_h"], strict=True))
    known = roads["section"].isin(list(hours))
    values = roads["section"].map(hours)
    late = known & values.isna()
    _draw(ax, roads, ~known, OTHER, 1)
    place = np.searchsorted(np.asarray(edges), values.fillna(-1.0).to_numpy(dtype=float))
    for band, look in enumerate(LOOKS):
        _draw(ax, roads, known & ~late & (place == band), look, 2 + band)
    _draw(ax, roads, late, NEVER, 9)
    lat = np.asarray([point[1] for line in roads["line"] for point in line])
    ax.set_aspect(1.0 / math.cos(math.radians(float(lat.mean()))))
    ax.autoscale_view()
    ax.margins(0.02)
    ax.set_axis_off()
    ax.set_anchor("W")  # under its heading
    return ax


def _draw(ax: Axes, roads: pd.DataFrame, rows: Any, look: dict[str, Any], zorder: int) -> None:
    lines = [np.asarray(line, dtype=np.float64) for line in roads.loc[rows.to_numpy(), "line"]]
    ax.add_collection(LineCollection(lines, zorder=zorder, **look))


def _shape(roads: pd.DataFrame) -> float:
    """Height of the map over its width."""
    points = np.asarray([point for line in roads["line"] for point in line], dtype=np.float64)
    width = float(np.ptp(points[:, 0])) * math.cos(math.radians(float(points[:, 1].mean())))
    return float(np.ptp(points[:, 1])) / max(width, 1e-9)


def _legend(edges: Sequence[float], lang: str) -> list[Line2D]:
    told = [ready_text("timeline.within", lang, h=f"{edges[0]:g}")]
    told += [ready_text("timeline.between", lang, low=f"{low:g}", high=f"{high:g}")
             for low, high in pairwise(edges)]  # fmt: skip
    told.append(ready_text("timeline.beyond", lang, h=f"{edges[-1]:g}"))
    rows = [*zip(told, LOOKS, strict=True), (ready_text("timeline.never", lang), NEVER),
            (name_of("state", "other", lang), OTHER)]  # fmt: skip
    return [Line2D([], [], label=label, **look) for label, look in rows]
