"""The pictures of a run as PNG bytes."""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from snowplan.analysis.duty import classes_in_order
from snowplan.reporting.clearance import clearance_curve, clearance_legend
from snowplan.reporting.depot_stock import depot_stock
from snowplan.reporting.hauling_chart import called_out, snow_mass, truck_work
from snowplan.reporting.lettering import missing_characters, picture_style
from snowplan.reporting.network import (
    most_blocked_ms,
    network,
    network_legend,
    telling_instants,
)
from snowplan.reporting.side_clearance import fronted_at, fronted_marks, parts_shown, side_curve
from snowplan.reporting.view import View
from snowplan.reporting.work_graph import work_graph, work_legend
from snowplan.results.tables import GROUPS

DPI = 120


@dataclass(frozen=True, slots=True)
class Frames:
    """What the pictures are made from; columns as in the run folder, `roads` with `line`."""

    roads: pd.DataFrame
    states: pd.DataFrame
    timeline: pd.DataFrame
    limits: pd.DataFrame
    events: pd.DataFrame
    machines: pd.DataFrame
    depots: pd.DataFrame
    depot_names: Mapping[str, str] = field(default_factory=dict)
    groups: pd.DataFrame = field(default_factory=GROUPS.empty)
    side_limit_ms: int | None = None  # pavements and cycle lanes clean; None: no limit


@dataclass(frozen=True, slots=True)
class Pictures:
    """PNG files by name, and the characters that the font could not show in them."""

    files: dict[str, bytes]
    missing: str


def save_figures(frames: Frames, view: View, instants_ms: Sequence[int] | None = None) -> Pictures:
    """Draw clearance.png, network.png, work.png and depots.png; hauling.png where trucks are.

    `instants_ms` are the instants of the maps; by default `telling_instants`.
    """
    files: dict[str, bytes] = {}
    missing = ""
    with picture_style():
        figures = {
            "clearance.png": clearance_figure(frames, view),
            "network.png": network_figure(frames, view, instants_ms),
            "work.png": work_figure(frames, view),
            "depots.png": depot_figure(frames, view),
        }
        if (frames.groups["kind"] == "truck").any():
            figures["hauling.png"] = hauling_figure(frames, view)
        for name, figure in figures.items():
            files[name] = png_of(figure)
            missing += missing_characters(texts_of(figure))
    return Pictures(files, "".join(sorted(set(missing))))


def clearance_figure(frames: Frames, view: View) -> Figure:
    """One panel a road class, then one for cycle lanes and one for pavements where there are."""
    classes, parts = classes_in_order(frames.timeline["road_class"]), parts_shown(frames.timeline)
    figure, axes = _panels(len(classes) + len(parts), 2, (5.2, 2.7))
    for ax, road_class in zip(axes, classes, strict=False):
        clearance_curve(ax, frames.timeline, road_class, frames.limits, view)
    for ax, part in zip(axes[len(classes) :], parts, strict=False):
        side_curve(ax, frames.timeline, part, frames.side_limit_ms, view)
    fronted = fronted_at(frames.events)
    for ax in axes[: len(classes) + len(parts)] if fronted else ():
        fronted_marks(ax, fronted)
    for ax in axes[::2]:
        ax.set_ylabel(view.say("figure.share"))
    if not classes:
        _empty(axes[0], view.say("figure.no_sections"))
    limit_ms = frames.side_limit_ms
    marked = bool(parts) and limit_ms is not None and limit_ms <= view.horizon_ms
    handles = clearance_legend(view, sides=marked, fronted=bool(fronted))
    figure.legend(handles=handles, loc="outside lower center", ncols=4 if parts else 5)
    return _titled(figure, view, "figure.clearance")


def network_figure(frames: Frames, view: View, instants_ms: Sequence[int] | None = None) -> Figure:
    """One map an instant; those chosen here hold the instant of most blocked area."""
    worst_ms = most_blocked_ms(frames.timeline, view.horizon_ms)
    chosen = instants_ms is None
    instants = telling_instants(view, worst_ms=worst_ms) if chosen else list(instants_ms or ())
    figure, axes = _panels(len(instants), 3, (4.8, 4.8))
    for ax, t_ms in zip(axes, instants, strict=False):
        network(ax, frames.roads, frames.states, t_ms, view, worst=t_ms == worst_ms)
    figure.legend(handles=network_legend(view), loc="outside lower center", ncols=4)
    return _titled(figure, view, "figure.network")


def work_figure(frames: Frames, view: View) -> Figure:
    """Machines × time; as tall as the fleet is large, within reason."""
    height = min(max(0.075 * len(frames.machines) + 2.0, 4.0), 24.0)
    figure, axes = _panels(1, 1, (11.0, height))
    work_graph(axes[0], frames.events, frames.machines, view)
    handles = work_legend(frames.events, view)
    if handles:
        figure.legend(handles=handles, loc="outside lower center", ncols=len(handles))
    else:
        _empty(axes[0], view.say("figure.no_work"))
    return _titled(figure, view, "figure.work")


def depot_figure(frames: Frames, view: View) -> Figure:
    """All depots in one panel."""
    figure, axes = _panels(1, 1, (9.0, 4.2))
    if len(frames.depots):
        depot_stock(axes[0], frames.depots, frames.depot_names, view)
        figure.legend(loc="outside lower center", ncols=3)
    else:
        _empty(axes[0], view.say("figure.no_depots"))
    return _titled(figure, view, "figure.depots")


def hauling_figure(frames: Frames, view: View) -> Figure:
    """Where the snow is, and below it what trucks do; a sentence where none is called out."""
    called = called_out(frames.events, frames.groups)
    figure, axes = _panels(2 if called else 1, 1, (9.0, 3.5))
    snow_mass(axes[0], frames.timeline, frames.events, view)
    if called:
        truck_work(axes[1], frames.events, frames.groups, view)
        handles, labels = axes[1].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside lower center", ncols=4)
    else:
        figure.supxlabel(view.say("figure.not_hauled"))
    return _titled(figure, view, "figure.hauling")


def _panels(count: int, columns: int, size: tuple[float, float]) -> tuple[Figure, list[Axes]]:
    columns = max(min(columns, count), 1)
    rows = max(math.ceil(count / columns), 1)
    figure = Figure(
        figsize=(columns * size[0], rows * size[1] + 0.9), dpi=DPI, layout="constrained"
    )
    FigureCanvasAgg(figure)
    axes = list(figure.subplots(rows, columns, squeeze=False).flat)
    for ax in axes[count:]:
        ax.set_visible(False)
    return figure, axes[: max(count, 1)]


def _empty(ax: Axes, words: str) -> None:
    ax.set_visible(True)
    ax.set_axis_off()
    ax.text(0.5, 0.5, words, transform=ax.transAxes, ha="center", va="center")


def _titled(figure: Figure, view: View, key: str) -> Figure:
    words = {"what": view.say(key), "title": view.heading}
    if view.schematic:
        mark = "figure.schematic" if key == "figure.network" else "figure.schematic_map"
        figure.suptitle(view.say("figure.title_schematic", mark=view.say(mark), **words))
    else:
        figure.suptitle(view.say("figure.title", **words))
    return figure


def texts_of(figure: Figure) -> list[str]:
    """Every text in a figure."""
    texts: list[Text] = figure.findobj(Text)
    return [text.get_text() for text in texts]


def png_of(figure: Figure, *, dpi: int = DPI) -> bytes:
    """A figure as PNG; the same figure is the same bytes."""
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        # We report missing characters ourselves, all of them at once.
        warnings.filterwarnings(
            "ignore", message="Glyph .* missing from font", category=UserWarning
        )
        # Without the program's version in it, the same picture is the same bytes.
        figure.savefig(buffer, format="png", dpi=dpi, metadata={"Software": None})
    return buffer.getvalue()
