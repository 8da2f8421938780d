"""The work graph: every machine's activities over time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.patches import Patch

from snowplan.analysis.work import OFF_REASON
from snowplan.model.fleet import KINDS
from snowplan.reporting.view import View, time_axis
from snowplan.words import name_of

# Colour and height: full bars work, half bars drive or load, thin lines wait. The key in words.
ACTIVITIES: dict[str, tuple[str, float]] = {
    "plough": ("#0072B2", 0.9),
    "sweep": ("#56B4E9", 0.9),
    "spread": ("#E69F00", 0.9),
    "grade_packed": ("#882255", 0.9),
    "blow": ("#CC79A7", 0.9),
    "load_snow": ("#004466", 0.9),
    "load": ("#009E73", 0.55),
    "travel": ("#6e6e6e", 0.4),
    "lack": ("#D55E00", 0.25),
    "lack_truck": ("#d8b400", 0.25),
    "idle": ("#c4c4c4", 0.12),
    "repair": ("#000000", 0.7),
}
_WAITS = ("lack", "lack_truck", "idle")
_PAPER: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.5}
_WORDS = {"lack": "figure.lack", "lack_truck": "figure.lack_truck", "idle": "figure.idle"}


def work_graph(ax: Axes, events: pd.DataFrame, machines: pd.DataFrame, view: View) -> Axes:
    """One row a machine, grouped by kind; a bar for each activity.

    `events` as `events.parquet`, `machines` with machine and kind.
    """
    rank = {kind: number for number, kind in enumerate(KINDS)}
    ranks = machines["kind"].map(rank).fillna(len(KINDS))
    order = machines.assign(rank=ranks).sort_values(["rank", "kind", "machine"], ignore_index=True)
    place = pd.Series(np.arange(len(order)), index=order["machine"])
    shown = events[events["machine"].isin(place.index)]
    activity = activities(shown)
    time_axis(ax, view)
    for kind, (colour, height) in ACTIVITIES.items():
        rows = shown[(activity == kind) & (shown["end_ms"] > shown["start_ms"])]
        if len(rows):
            boxes = _boxes(rows, rows["machine"].map(place).to_numpy(dtype=np.float64), height)
            bars = PolyCollection(boxes, facecolors=colour, edgecolors="none", zorder=2)  # type: ignore[arg-type]
            ax.add_collection(bars)
    _group_labels(ax, order, view)
    _group_notes(ax, order, shown.assign(activity=activity), view)
    return ax


def _group_notes(ax: Axes, order: pd.DataFrame, shown: pd.DataFrame, view: View) -> None:
    """A note in the band of each kind that did no work, so that it is not taken for a fault."""
    acts = shown[shown["activity"].isin(ACTIVITIES) & (shown["end_ms"] > shown["start_ms"])]
    present, at_work = set(acts["machine"]), set(acts["machine"][~acts["activity"].isin(_WAITS)])
    for _, rows in order.groupby("kind", sort=False):
        if at_work.isdisjoint(rows["machine"]):
            unused = present.isdisjoint(rows["machine"])
            note = view.say("figure.not_used") if unused else view.say("figure.stood_by")
            ax.text(
                view.horizon_ms / 2, float(rows.index.to_numpy().mean()), note, ha="center",
                va="center", fontsize=8, bbox=_PAPER, zorder=3,
            )  # fmt: skip


def activities(events: pd.DataFrame) -> pd.Series:
    """The activity of each event: its kind, but waits are `idle` where nothing is due.

    A loader's wait for a truck is `lack_truck`, any other wait a `lack` (of a crew, of stock, of a
    bay, …); machines not called out are none.
    """
    waits = events["kind"] == "wait"
    reason = events["reason"]
    lacks = events["kind"].where(~waits, "lack")
    for cause, name in (("work", "idle"), ("truck", "lack_truck"), (OFF_REASON, "off")):
        lacks = lacks.mask(waits & (reason == cause), name)
    return lacks


def _boxes(rows: pd.DataFrame, row: np.ndarray, height: float) -> np.ndarray:
    left = rows["start_ms"].to_numpy(dtype=np.float64)
    right = rows["end_ms"].to_numpy(dtype=np.float64)
    low, high = row - height / 2, row + height / 2
    x = np.stack([left, right, right, left], axis=1)
    y = np.stack([low, low, high, high], axis=1)
    return np.stack([x, y], axis=2)


def _group_labels(ax: Axes, order: pd.DataFrame, view: View) -> None:
    """The name of each kind beside the middle of its rows, and a line between kinds."""
    sizes = order.groupby("kind", sort=False).size()
    ends = sizes.cumsum()
    middles = ends - sizes / 2 - 0.5
    labels = [
        view.say("figure.kind_count", kind=name_of("machine", str(kind), view.lang), n=int(n))
        for kind, n in sizes.items()
    ]
    ax.set_yticks(middles.to_list(), labels)
    ax.tick_params(axis="y", length=0)
    for end in ends.iloc[:-1]:
        ax.axhline(end - 0.5, color="#666666", lw=0.6)
    ax.set_ylim(max(len(order), 1) - 0.5, -0.5)


def work_legend(events: pd.DataFrame, view: View) -> list[Patch]:
    """Handles for the activities that occur."""
    present = set(activities(events))
    return [
        Patch(facecolor=colour, label=view.say(_WORDS.get(kind, f"event.{kind}")))
        for kind, (colour, _) in ACTIVITIES.items()
        if kind in present
    ]
