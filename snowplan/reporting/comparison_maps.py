"""Maps side by side: when each section opens under each placement, with the depots on them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from snowplan.reporting.comparison_openings import LATE, NEVER, heaviest_storm, mapped
from snowplan.reporting.comparison_texts import comparison_text
from snowplan.reporting.comparison_verdicts import Report
from snowplan.reporting.comparison_words import title_of

DPI = 120
COLUMNS = 3
MAP_WIDTH = 3.7  # inches
PAGE_WIDTH = 7.1  # inches between the margins of the page
PAGE_BAR, PAGE_BESIDE = 1.3, 0.82  # the scale beside the maps; titles and legend
LEAST_MAP, MOST_MAP = 1.0, 2.2
MOST_MAPS = 6
MIN_PER_H = 60.0
STEPS = (0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 12.0)
MOST_COLOURS = 9
# Light to dark, early to late: the order reads in black and white too.
SHADES, LIGHTEST, DARKEST = "magma_r", 0.14, 0.94
LINE = {"plain": 1.4, "late": 2.4, "never": 0.7, "other": 0.6}
NEVER_LOOK: dict[str, Any] = {"color": "#9fb8cc", "lw": LINE["never"], "ls": "-"}
LATE_LOOK: dict[str, Any] = {"color": "#000000", "lw": LINE["late"], "ls": (0, (1.2, 0.8))}
OTHER_LOOK: dict[str, Any] = {"color": "#b5b5b5", "lw": LINE["other"], "ls": (0, (1, 2))}
DEPOT: dict[str, Any] = {
    "marker": "s", "facecolor": "white", "edgecolor": "black", "linewidths": 1.4, "zorder": 6,
    "clip_on": False,
}  # fmt: skip
DEPOT_AREA = 90.0  # points² of the largest stock
LEAST_AREA = 14.0


@dataclass(frozen=True, slots=True)
class Maps:
    """What all maps of a figure share: roads with their lines, the storm, and the scale."""

    roads: pd.DataFrame
    storm: Mapping[str, Any]
    from_stop: bool  # hours count from the end of snow, else from the start
    edges: tuple[float, ...]
    most_kg: float
    lang: str

    @property
    def colours(self) -> ListedColormap:
        """As many shades as there are bands."""
        places = np.linspace(LIGHTEST, DARKEST, len(self.edges) - 1)
        return ListedColormap(colormaps[SHADES](places))

    @property
    def norm(self) -> BoundaryNorm:
        """Hours to bands."""
        return BoundaryNorm(self.edges, len(self.edges) - 1)


def maps_figure(
    report: Report, roads: pd.DataFrame, lang: str, *, only: Sequence[str] = ()
) -> Figure | None:
    """One map a variant, all in the same colours; those of `only` where it names some."""
    maps = _shared(report, roads, lang)
    if maps is None:
        return None
    rows = [row for row in mapped(report) if not only or row["id"] in only]
    shown = rows[:MOST_MAPS]
    columns = _columns(len(shown), page=bool(only))
    height = -(-max(1, len(shown)) // columns)
    size = (MAP_WIDTH * columns + 0.9, (_map_height(report, roads) + 0.6) * height + 1.2)
    if only:
        size = (PAGE_WIDTH, _page_height(report, roads, columns))
    figure = Figure(figsize=size, dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    figure.set_layout_engine(
        "constrained", h_pad=0.06 if only else 0.1, rect=(0.0, 0.0, 1.0, 0.97 if only else 1.0)
    )
    axes = list(figure.subplots(height, columns, squeeze=False).flat)
    for ax in axes[len(shown) :]:
        ax.set_visible(False)
    for ax, variant in zip(axes, shown, strict=False):
        opening_map(ax, report, variant, maps)
    words = "maps.scale" if maps.from_stop else "maps.scale_start"
    bar = figure.colorbar(
        ScalarMappable(maps.norm, maps.colours), ax=axes, shrink=0.75, aspect=30, pad=0.01,
        ticks=list(maps.edges),
    )  # fmt: skip
    bar.ax.set_yticklabels([f"{edge:g}" for edge in maps.edges])
    bar.set_label(comparison_text(words, lang), fontsize="small")
    figure.legend(handles=_legend(lang), loc="outside lower center", ncols=4)
    if not only:
        figure.suptitle(_head(report, maps, len(rows) - len(shown)), fontsize=12)
    return figure


def opening_map(ax: Axes, report: Report, variant: Mapping[str, Any], maps: Maps) -> Axes:
    """Sections by the hour when they were open for good; depots by stock."""
    minutes = dict(
        zip(report["sections"], report["openings"][maps.storm["id"]][variant["id"]], strict=True)
    )
    told = maps.roads["section"].map(minutes)
    never, late = told == NEVER, told == LATE
    groups = ((told.isna(), OTHER_LOOK, 1), (never, NEVER_LOOK, 2), (late, LATE_LOOK, 4))
    for rows, look, zorder in groups:
        ax.add_collection(LineCollection(_lines(maps.roads, rows), zorder=zorder, **look))
    rows = told.notna() & ~never & ~late
    hours = told[rows].to_numpy(dtype=float) / MIN_PER_H
    ax.add_collection(
        LineCollection(
            _lines(maps.roads, rows), array=hours, cmap=maps.colours, norm=maps.norm,
            linewidths=LINE["plain"] * _thinner(len(maps.roads)), capstyle="round", zorder=3,
        )
    )  # fmt: skip
    _depots(ax, variant, maps)
    _frame(ax, maps.roads, report)
    counts = _counts([-math.inf] * int(never.sum()), hours, [math.inf] * int(late.sum()), maps.lang)
    ax.set_title(
        f"{title_of(variant, maps.lang)}\n{counts}".strip(), fontsize="medium", linespacing=1.4
    )
    return ax


def _columns(maps: int, *, page: bool) -> int:
    """Maps side by side: a row on the page, else two rows of two where there are four."""
    if page:
        return max(1, maps)
    return 2 if maps == 4 else min(COLUMNS, max(1, maps))


def _shared(report: Report, roads: pd.DataFrame, lang: str) -> Maps | None:
    storm = heaviest_storm(report)
    if storm is None or not len(roads):
        return None
    from_stop = report["snow_stops_ms"].get(storm["id"]) is not None
    opened = [
        minutes / MIN_PER_H
        for row in report["openings"][storm["id"]].values()
        for minutes in row
        if minutes not in (NEVER, LATE)
    ]
    stocks = [depot["stock_kg"] for row in report["variants"] for depot in row["depots"]]
    return Maps(roads, storm, from_stop, _edges(opened), max([1.0, *stocks]), lang)


def _edges(hours: Sequence[float]) -> tuple[float, ...]:
    """Bounds of the bands on round hours: at most `MOST_COLOURS` bands for nearly all sections."""
    if not len(hours):
        return (0.0, 1.0)
    low, high = float(min(hours)), float(max(hours))
    step = next((each for each in STEPS if (high - low) / each <= MOST_COLOURS - 1), 24.0)
    first = math.floor(low / step)
    last = max(first + 1, math.ceil(high / step))
    return tuple(step * place for place in range(first, last + 1))


def _lines(roads: pd.DataFrame, rows: Any) -> list[Any]:
    return [np.asarray(line, dtype=np.float64) for line in roads.loc[rows.to_numpy(), "line"]]


def _depots(ax: Axes, variant: Mapping[str, Any], maps: Maps) -> None:
    depots = variant["depots"]
    if depots:
        sizes = [max(LEAST_AREA, DEPOT_AREA * row["stock_kg"] / maps.most_kg) for row in depots]
        ax.scatter([row["lon"] for row in depots], [row["lat"] for row in depots], s=sizes, **DEPOT)
        for row in depots:
            ax.plot(row["lon"], row["lat"], "k+", ms=3.5, mew=1.0, zorder=7, clip_on=False)


def _thinner(sections: int) -> float:
    return min(max(math.sqrt(900 / max(sections, 1)), 0.6), 1.3)


def _frame(ax: Axes, roads: pd.DataFrame, report: Report) -> None:
    """The same frame on every map: all roads, and every variant's depots."""
    lon, lat = _extent(report, roads)
    ax.set_aspect(1.0 / math.cos(math.radians(float(lat.mean()))), adjustable="box", anchor="N")
    ax.update_datalim(np.column_stack([lon, lat]))
    ax.margins(0.05)
    ax.autoscale_view()
    ax.set_axis_off()


def _extent(report: Report, roads: pd.DataFrame) -> tuple[Any, Any]:
    """Longitudes and latitudes of all points of roads and of all depots."""
    points = [point for line in roads["line"] for point in line]
    points += [(d["lon"], d["lat"]) for row in report["variants"] for d in row["depots"]]
    lon, lat = np.asarray(points, dtype=np.float64).T
    return lon, lat


def _shape(report: Report, roads: pd.DataFrame) -> float:
    """Height of the map over its width."""
    lon, lat = _extent(report, roads)
    width = max(float(np.ptp(lon)) * math.cos(math.radians(float(lat.mean()))), 1e-9)
    return float(np.ptp(lat)) / width


def _map_height(report: Report, roads: pd.DataFrame) -> float:
    """As high as a map is in a file of its own, in inches."""
    return min(max(MAP_WIDTH * _shape(report, roads), LEAST_MAP), MAP_WIDTH)


def _page_height(report: Report, roads: pd.DataFrame, columns: int) -> float:
    """As high as the maps are at their width on the page, in inches."""
    high = (PAGE_WIDTH - PAGE_BAR) / max(columns, 3) * _shape(report, roads)
    return min(max(high, LEAST_MAP), MOST_MAP) + PAGE_BESIDE


def _counts(never: list[float], hours: Any, late: list[float], lang: str) -> str:
    """When half of the sections are open, and when all are: nearest ranks, as in the measures.

    Sections never blocked are open before all others.
    """
    ordered = [*never, *np.sort(hours).tolist(), *late]
    if not ordered:
        return ""
    half, last = ordered[(len(ordered) + 1) // 2 - 1], ordered[-1]
    return comparison_text("maps.counts", lang, half=_hour(half, lang), last=_hour(last, lang))


def _hour(hour: float, lang: str) -> str:
    if not math.isfinite(hour):
        return comparison_text("maps.not" if hour > 0 else "maps.open", lang)
    return comparison_text("maps.hour", lang, hours=f"{hour:+.1f}")


def _head(report: Report, maps: Maps, more: int) -> str:
    storm = comparison_text("maps.storm", maps.lang, storm=title_of(maps.storm, maps.lang))
    head = f"{comparison_text('maps', maps.lang)} · {storm}"
    if report["schematic"]:
        from snowplan.words import say

        head += f" · {say('figure.schematic_map', maps.lang)}"
    if more:
        head += f"\n{comparison_text('maps.more', maps.lang, n=more)}"
    return head


def _legend(lang: str) -> list[Line2D]:
    rows = (("late", LATE_LOOK), ("never", NEVER_LOOK), ("other", OTHER_LOOK))
    lines = [Line2D([], [], label=comparison_text(f"maps.{key}", lang), **look)
             for key, look in rows]  # fmt: skip
    depot = Line2D(
        [], [], label=comparison_text("maps.depot", lang), ls="", marker="s", ms=8,
        markerfacecolor="white", markeredgecolor="black", markeredgewidth=1.4,
    )  # fmt: skip
    return [depot, *lines]
