"""Stacked bars of where the time until clean went, in hatches that a copier keeps."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from snowplan.reporting.readiness_panels import head_panels
from snowplan.reporting.readiness_telling import Report, of_scenario, scenario_names
from snowplan.reporting.readiness_texts import ready_text
from snowplan.reporting.readiness_words import WAITING, ready_name, share_name

WIDTH = 6.14  # inches: 156 mm, the width of the text
BAR_HEIGHT, HEAD_HEIGHT, LEGEND_ROW = 0.2, 0.52, 0.17
COLUMNS = 2
LEGEND_COLUMNS = 4
SMALL = 0.02  # waits that are never a larger share are drawn together
REST = "rest"
FIRST = ("not_due", "worked", "between_passes", "snowed_over", "driving")
LAST = ("unserved", "melting")
# (grey, hatch): neighbours differ in both.
LOOKS: dict[str, tuple[str, str]] = {
    "not_due": ("#ffffff", ""), "worked": ("#000000", ""), "between_passes": ("#e4e4e4", "..."),
    "snowed_over": ("#ffffff", "oo"), "driving": ("#8c8c8c", ""), "unserved": ("#ffffff", "xxx"),
    "melting": ("#d0d0d0", ""), REST: ("#ffffff", "----"),
}  # fmt: skip
WAIT_LOOKS: tuple[tuple[str, str], ...] = (
    ("#bdbdbd", "////"), ("#ffffff", "\\\\\\\\"), ("#9c9c9c", "||||"), ("#ffffff", "+++"),
    ("#d9d9d9", "**"), ("#b0b0b0", "xx"), ("#ffffff", "//"), ("#7a7a7a", ".."),
)  # fmt: skip
Rows = Sequence[Mapping[str, Any]]


def parts_in_order(rows: Rows) -> list[str]:
    """The parts that occur: not due first, then waits by their size, then what nobody did."""
    found = {key for row in rows for key in row["shares"]}
    size = {key: sum(row["shares"].get(key, 0.0) * row["area_m2"] for row in rows) for key in found}
    waits = sorted(found - {*FIRST, *LAST}, key=lambda key: (-size[key], key))
    return [*(k for k in FIRST if k in found), *waits, *(k for k in LAST if k in found)]


def held_figure(report: Report, scenarios: Sequence[str], lang: str) -> Figure:
    """A panel a storm, a bar a class."""
    rows = [row for row in report["held_back"] if row["scenario"] in scenarios]
    parts = parts_in_order(rows)
    small = [key for key in parts if key.startswith(WAITING)
             and max(row["shares"].get(key, 0.0) for row in rows) < SMALL]  # fmt: skip
    looks = _looks([key for key in parts if key not in small], rest=bool(small))
    columns = min(COLUMNS, len(scenarios))
    height = math.ceil(len(scenarios) / columns)
    bars = max(len(of_scenario(rows, key)) for key in scenarios)
    legend = LEGEND_ROW * math.ceil(len(looks) / LEGEND_COLUMNS) + 0.1
    figure = Figure(figsize=(WIDTH, (BAR_HEIGHT * bars + HEAD_HEIGHT) * height + legend),
                    layout="constrained")  # fmt: skip
    FigureCanvasAgg(figure)
    axes = list(figure.subplots(height, columns, squeeze=False).flat)
    for ax in axes[len(scenarios) :]:
        ax.set_visible(False)
    with mpl.rc_context({"hatch.linewidth": 0.5}):
        for ax, key in zip(axes, scenarios, strict=False):
            held_panel(ax, of_scenario(rows, key), looks, small, lang)
    for ax in axes[max(0, len(scenarios) - columns) : len(scenarios)]:
        ax.set_xlabel(ready_text("held.axis", lang), fontsize=7.5)
    figure.legend(handles=_legend(looks, lang), loc="outside lower center", ncols=LEGEND_COLUMNS,
                  fontsize=7, handlelength=2.2, handleheight=1.2, columnspacing=1.0)  # fmt: skip
    names = scenario_names(report, lang)
    head_panels(figure, list(zip(axes, [names[key] for key in scenarios], strict=False)))
    return figure


def held_panel(
    ax: Axes, rows: Rows, looks: Mapping[str, tuple[str, str]], small: Sequence[str], lang: str
) -> Axes:
    """Bars of 100 %, the first class on top."""
    for place, row in enumerate(rows):
        left = 0.0
        for key, (grey, hatch) in looks.items():
            names = small if key == REST else [key]
            share = 100 * sum(row["shares"].get(name, 0.0) for name in names)
            if share > 0:
                ax.barh(place, share, 0.78, left=left, color=grey, hatch=hatch, edgecolor="black",
                        linewidth=0.4)  # fmt: skip
            left += share
    ax.set_yticks(range(len(rows)), [ready_name(f"short.{r['road_class']}", lang) for r in rows])
    ax.set_ylim(len(rows) - 0.45, -0.55)
    ax.set_xlim(0, 100)
    ax.tick_params(labelsize=7, length=2)
    return ax


def _looks(parts: Sequence[str], *, rest: bool) -> dict[str, tuple[str, str]]:
    """A grey and a hatch for every part."""
    waits = [key for key in parts if key not in LOOKS]
    of_wait = {key: WAIT_LOOKS[place % len(WAIT_LOOKS)] for place, key in enumerate(waits)}
    shown = {key: LOOKS.get(key) or of_wait[key] for key in parts}
    if not rest:
        return shown
    last = {key: shown.pop(key) for key in LAST if key in shown}
    return {**shown, REST: LOOKS[REST], **last}


def _legend(looks: Mapping[str, tuple[str, str]], lang: str) -> list[Patch]:
    handles = []
    for key, (grey, hatch) in looks.items():
        label = ready_text("held.rest", lang) if key == REST else share_name(key, lang)
        handles.append(Patch(facecolor=grey, hatch=hatch, edgecolor="black", lw=0.4, label=label))
    return handles
