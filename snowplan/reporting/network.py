"""The network coloured by state at one instant."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D

from snowplan.analysis.duty import centre_sections
from snowplan.analysis.section_times import states_at
from snowplan.reporting.view import View
from snowplan.units import MS_PER_H

# Dark and wide to light and thin: the order reads in black and white too.
STATE_LINES: dict[str, dict[str, object]] = {
    "blocked": {"color": "#6B1200", "linewidth": 2.6, "linestyle": "-"},
    "open": {"color": "#E69F00", "linewidth": 2.2, "linestyle": (0, (4, 1))},
    "clean": {"color": "#56B4E9", "linewidth": 0.9, "linestyle": "-"},
    "other": {"color": "#9a9a9a", "linewidth": 0.8, "linestyle": (0, (1, 2))},
}
_WIDER = {"main": 1.35, "expressway": 1.35}


def network(
    ax: Axes, roads: pd.DataFrame, states: pd.DataFrame, t_ms: int, view: View, worst: bool = False
) -> Axes:
    """Every section at `t_ms`, by state; sections that the centre does not clear are dotted grey.

    `worst` says in the title that at no other instant more area is blocked. `roads` has section,
    road_class, operator and `line`, a sequence of (lon, lat).
    """
    own = set(centre_sections(roads)["section"])
    now = states_at(states, t_ms, view.horizon_ms).replace("hauled", "clean")
    shown = roads["section"].map(now).where(roads["section"].isin(own), "other")
    busy = roads["road_class"].map(_WIDER).fillna(1.0) * _thinner(len(roads))
    for state in ("other", "clean", "open", "blocked"):
        rows = (shown == state).to_numpy()
        style = STATE_LINES[state] | {"linewidth": STATE_LINES[state]["linewidth"] * busy[rows]}  # type: ignore[operator]
        lines = [np.asarray(line, dtype=np.float64) for line in roads.loc[rows, "line"]]
        if lines:
            ax.add_collection(LineCollection(lines, capstyle="butt", **style))
    _frame(ax, roads)
    counts = [
        view.say("figure.count", state=view.say(f"state.{state}"), n=int((shown == state).sum()))
        for state in ("blocked", "open", "clean")
    ]
    head = view.clock.text(t_ms)
    if worst:
        head += " · " + view.say("figure.worst")
    ax.set_title(f"{head}\n{' · '.join(counts)}", fontsize=9)
    if view.schematic:
        mark = view.say("figure.schematic")
        ax.text(0.0, -0.01, mark, transform=ax.transAxes, fontsize=8, va="top")
    return ax


def _thinner(sections: int) -> float:
    """Lines get thinner as sections get more, so that a dense network does not close up."""
    return min(max(math.sqrt(900 / max(sections, 1)), 0.3), 1.0)


def _frame(ax: Axes, roads: pd.DataFrame) -> None:
    points = [point for line in roads["line"] for point in line]
    if points:
        lon, lat = np.asarray(points, dtype=np.float64).T
        ax.set_aspect(1.0 / math.cos(math.radians(float(lat.mean()))), adjustable="box", anchor="N")
        ax.update_datalim(np.column_stack([lon, lat]))
        ax.margins(0.03)
        ax.autoscale_view()
    ax.set_axis_off()


def network_legend(view: View) -> list[Line2D]:
    """Handles for the legend of states."""
    return [
        Line2D([], [], label=view.say(f"state.{state}"), **style)  # type: ignore[arg-type]
        for state, style in STATE_LINES.items()
    ]


def telling_instants(view: View, count: int = 6, worst_ms: int | None = None) -> list[int]:
    """Instants worth a map: half through the snow, when it stops, and then 2, 4, 8, 12 … hours on.

    `worst_ms`, the instant of most blocked area, is always among them and takes the last one's
    place. Without snow they are spread evenly. Never the horizon itself, where states have ended.
    """
    last = view.horizon_ms - 1
    if view.snow_stops_ms is None or not view.snow_spells:
        kept = [view.horizon_ms * number // count for number in range(count)]
    else:
        begin, stops = view.snow_spells[0][0], view.snow_stops_ms
        wanted = [(begin + stops) // 2, stops]
        wanted += [stops + hours * MS_PER_H for hours in (2, 4, 8, 12, 18, 24, 36, 48)]
        kept = sorted({t_ms for t_ms in wanted if 0 <= t_ms <= last})[:count] or [last]
    if worst_ms is not None and worst_ms not in kept:
        kept = sorted([*kept[: count - 1], worst_ms])
    return kept


def most_blocked_ms(timeline: pd.DataFrame, horizon_ms: int) -> int | None:
    """The first instant of `timeline.csv` at which most area is blocked; None when none ever is."""
    inside = timeline[timeline["t_ms"] < horizon_ms]
    sums = inside.groupby("t_ms")[["area_m2", "opened_m2"]].sum()
    blocked = sums["area_m2"] - sums["opened_m2"]
    if not len(blocked) or blocked.max() <= 0:
        return None
    return int(blocked.index[int(blocked.to_numpy().argmax())])
