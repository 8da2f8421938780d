"""Clearance of pavements and cycle lanes: the share of their area that is clean over time."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from snowplan.analysis.duty import classes_in_order
from snowplan.reporting.clearance import FRONTED
from snowplan.reporting.depot_stock import LINES
from snowplan.reporting.view import View, time_axis

# column of the timeline, word of the part
PARTS = (("cycle", "part.cycle_lane"), ("pavement", "part.pavement"))


def parts_shown(timeline: pd.DataFrame) -> list[tuple[str, str]]:
    """The parts beside the carriageway that have any area: (column, word)."""
    return [(name, word) for name, word in PARTS if float(timeline[f"{name}_m2"].sum()) > 0]


def fronted_at(events: pd.DataFrame) -> list[int]:
    """The instants at which owners cleared their frontage, in order."""
    rows = events[(events["kind"] == "frontage_clear") & events["reason"].isna()]
    return sorted({int(t) for t in rows["end_ms"]})


def fronted_marks(ax: Axes, instants: list[int]) -> None:
    """A mark at the foot of a panel for each instant."""
    ax.plot(instants, [0.0] * len(instants), clip_on=False, zorder=6, **FRONTED)


def side_curve(
    ax: Axes, timeline: pd.DataFrame, part: tuple[str, str], limit_ms: int | None, view: View
) -> Axes:
    """Share of a part's area that is clean, a line a road class, with its limit.

    `timeline` as `timeline.csv`; `part` from `parts_shown`.
    """
    column, word = part
    time_axis(ax, view)
    for number, road_class in enumerate(classes_in_order(timeline["road_class"])):
        rows = timeline[timeline["road_class"] == road_class]
        sums = rows.groupby("t_ms")[[f"{column}_m2", f"{column}_clean_m2"]].sum()
        if float(sums[f"{column}_m2"].iloc[0]) > 0:
            colour, style = LINES[number % len(LINES)]
            share = sums[f"{column}_clean_m2"] / sums[f"{column}_m2"]
            ax.plot(
                sums.index.to_numpy(), share.to_numpy(), color=colour, linestyle=style, lw=1.6,
                label=view.say(f"class.{road_class}"), zorder=3,
            )  # fmt: skip
    if limit_ms is not None and limit_ms <= view.horizon_ms:
        ax.axvline(limit_ms, color="#000000", lw=1.0, zorder=2)
        ax.plot([limit_ms], [1.05], marker="D", ms=6, color="#000000", clip_on=False, zorder=4)
    elif limit_ms is not None:
        text = view.say(
            "figure.beyond", limit=view.say("figure.limit"), time=view.clock.text(limit_ms)
        )
        ax.text(1.0, 1.04, text, transform=ax.transAxes, ha="right", fontsize=8)
    ax.set_ylim(-0.02, 1.05)
    ax.yaxis.set_major_formatter(PercentFormatter(1.0))
    ax.grid(axis="y", color="#cccccc", lw=0.5)
    whole = timeline[timeline["t_ms"] == 0][f"{column}_m2"].sum()
    name = view.say("figure.side_clean", part=view.say(word), area=f"{whole:,.0f}")
    ax.set_title(name, pad=12)
    ax.legend(loc="best", fontsize=8, handlelength=3.0)
    return ax
