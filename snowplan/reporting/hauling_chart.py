"""Hauling over time: where the snow is, and what trucks do."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from snowplan.analysis.section_times import Ints
from snowplan.analysis.work import OFF_REASON
from snowplan.reporting.view import View, time_axis
from snowplan.units import G_PER_T, MS_PER_MIN

STEP_MIN, MEAN_MIN = 10, 30
# What trucks do, from the ground up: word, colour, hatch and the hatch's colour (for grey prints).
DOING = (
    ("figure.loading", "#8fd19e", "||||", "white"),
    ("figure.loaded_drive", "#0072B2", "", "white"),
    ("figure.unloading", "#004466", "", "white"),
    ("figure.empty_drive", "#a6cee3", "", "white"),
    ("figure.in_line", "#f6c667", "////", "white"),
    ("figure.at_gate", "#D55E00", "\\\\\\\\", "white"),
    ("figure.no_room", "#333333", "xxxx", "white"),
    ("figure.idle", "#eeeeee", "", "white"),
    ("figure.no_crew", "#ffffff", "....", "#bbbbbb"),
    ("figure.halted", "#ffffff", "----", "#cccccc"),
)
_AT_WORK = {
    "load_snow": "figure.loading", "haul": "figure.loaded_drive", "unload": "figure.unloading",
    "travel": "figure.empty_drive",
}  # fmt: skip
_WAITING = {
    "loader": "figure.in_line", "gate": "figure.at_gate", "dump": "figure.no_room",
    "work": "figure.idle", "crew": "figure.no_crew",
}  # fmt: skip


def snow_mass(ax: Axes, timeline: pd.DataFrame, events: pd.DataFrame, view: View) -> Axes:
    """Tonnes standing in windrows, in trucks, and dumped so far.

    `timeline` as `timeline.csv`, `events` as `events.parquet`.
    """
    time_axis(ax, view)
    standing = timeline.groupby("t_ms")["windrow_t"].sum()
    at = np.arange(0, view.horizon_ms + 1, STEP_MIN * MS_PER_MIN, dtype=np.int64)
    done = ~events["unfinished"].astype(bool)
    loaded = _so_far(events[(events["kind"] == "load_snow") & done], at)
    dumped = _so_far(events[(events["kind"] == "unload") & done], at)
    lines = (
        (standing.index.to_numpy(), standing.to_numpy(), "figure.windrow", "#0072B2", "-"),
        (at, loaded - dumped, "figure.in_trucks", "#D55E00", (0, (5, 2))),
        (at, dumped, "figure.dumped", "#000000", (0, (1, 1))),
    )
    for x, y, word, colour, style in lines:
        ax.plot(x, y, color=colour, linestyle=style, lw=1.8, label=view.say(word))
    ax.set_ylabel(view.say("figure.snow_t"))
    ax.set_ylim(bottom=0)
    ax.yaxis.set_major_formatter("{x:,.0f}")
    ax.grid(axis="y", color="#cccccc", lw=0.5)
    ax.set_title(view.say("figure.snow_mass"))
    ax.legend(loc="upper left", fontsize=8, handlelength=3.0)
    return ax


def _so_far(rows: pd.DataFrame, at: Ints) -> np.ndarray:
    """Tonnes of the rows that have ended by each instant."""
    ends = rows["end_ms"].to_numpy(dtype=np.int64)
    order = np.argsort(ends, kind="stable")
    grams = rows["amount_g"].fillna(0).to_numpy(dtype=np.int64)[order]
    total = np.append(0, np.cumsum(grams))
    found: np.ndarray = total[np.searchsorted(ends[order], at, side="right")] / G_PER_T
    return found


def called_out(events: pd.DataFrame, groups: pd.DataFrame) -> bool:
    """Whether any truck was called out; `groups` as `groups.parquet`."""
    return not _spells(events, groups)["reason"].isin((OFF_REASON, "crew")).all()


def _spells(events: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """The trucks' intervals."""
    own = events["machine"].isin(groups.loc[groups["kind"] == "truck", "party"])
    return events[own & (events["end_ms"] > events["start_ms"])]


def _doing(trucks: pd.DataFrame) -> pd.Series:
    """The word for each interval; what stops a truck otherwise is `halted`."""
    waits = trucks["reason"].map(_WAITING).where(trucks["kind"] == "wait")
    return trucks["kind"].map(_AT_WORK).fillna(waits).fillna("figure.halted")


def truck_work(ax: Axes, events: pd.DataFrame, groups: pd.DataFrame, view: View) -> Axes:
    """How many trucks do what, idle ones too, and how many loaders lack a truck.

    `groups` as `groups.parquet`.
    """
    time_axis(ax, view)
    at = np.arange(0, view.horizon_ms + 1, MEAN_MIN * MS_PER_MIN, dtype=np.int64)
    trucks = _spells(events, groups)
    doing, bottom = _doing(trucks), np.zeros(len(at))
    for word, colour, hatch, over in DOING:
        rows = trucks[doing == word]
        if len(rows):
            top = bottom + _busy(rows, at)
            ax.fill_between(
                at, bottom, top, step="post", facecolor=colour, hatch=hatch, edgecolor=over,
                linewidth=0.0, label=view.say(word), zorder=2,
            )  # fmt: skip
            bottom = top
    loaders = events["machine"].isin(groups.loc[groups["kind"] != "truck", "party"])
    lack = events[loaders & (events["kind"] == "wait") & (events["reason"] == "truck")]
    ax.step(
        at, _busy(lack, at), where="post", color="#000000", lw=1.2,
        label=view.say("figure.loaders_wait"), zorder=3,
    )  # fmt: skip
    ax.set_ylabel(view.say("figure.trucks"))
    ax.set_ylim(bottom=0)
    ax.grid(axis="y", color="#cccccc", lw=0.5)
    ax.set_title(view.say("figure.where_trucks"))
    return ax


def _busy(rows: pd.DataFrame, at: Ints) -> np.ndarray:
    """How many of the intervals go on, on average from each instant to the next."""
    spent = _after(rows["start_ms"], at) - _after(rows["end_ms"], at)
    found: np.ndarray = np.diff(spent) / np.diff(at)
    return np.append(found, found[-1:])


def _after(instants: pd.Series, at: Ints) -> Ints:
    """Sum over instants of the time gone by since, at each of `at`."""
    ordered = np.sort(instants.to_numpy(dtype=np.int64))
    count = np.searchsorted(ordered, at, side="right")
    found: Ints = at * count - np.append(0, np.cumsum(ordered))[count]
    return found
