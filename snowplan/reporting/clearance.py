"""Clearance curves: the share of a class that is passable and clean over time."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from snowplan.reporting.view import SNOW_COLOUR, View, time_axis

# Okabe and Ito's blue and vermillion; the dashes tell them apart without colour.
PASSABLE: dict[str, Any] = {"color": "#0072B2", "linestyle": "-"}
CLEAN: dict[str, Any] = {"color": "#D55E00", "linestyle": (0, (5, 2))}
# Instants at which owners clear their frontage.
FRONTED: dict[str, Any] = {
    "linestyle": "none", "marker": "^", "ms": 6, "markerfacecolor": "#ffffff",
    "markeredgecolor": "#000000",
}  # fmt: skip
_ASPECTS: tuple[tuple[str, str, str, dict[str, Any], str], ...] = (
    ("opened_m2", "limit_open_ms", "figure.limit_open", PASSABLE, "v"),
    ("clean_m2", "limit_clear_ms", "figure.limit_clear", CLEAN, "s"),
)


def clearance_curve(
    ax: Axes, timeline: pd.DataFrame, road_class: str, limits: pd.DataFrame, view: View
) -> Axes:
    """Share of area passable and clean of one class, over all zones, with its limits.

    `timeline` as `timeline.csv`, `limits` from `limit_table`. A limit after the horizon is told in
    words at the right edge.
    """
    rows = timeline[timeline["road_class"] == road_class]
    sums = rows.groupby("t_ms")[["area_m2", "opened_m2", "clean_m2", "sections"]].sum()
    bound = limits[limits["road_class"] == road_class]
    time_axis(ax, view)
    beyond = []
    for column, limit, word, style, marker in _ASPECTS:
        share = sums[column] / sums["area_m2"].where(sums["area_m2"] > 0)
        ax.plot(sums.index.to_numpy(), share.to_numpy(), lw=1.8, zorder=3, **style)
        for at in bound[limit]:
            if at <= view.horizon_ms:
                _limit_line(ax, int(at), style, marker)
                _reached(ax, int(at), share, str(style["color"]))
            else:
                text = view.say(
                    "figure.beyond", limit=view.say(word), time=view.clock.text(int(at))
                )
                beyond.append(text)
    if beyond:
        ax.text(
            0.99,
            0.04,
            "\n".join(beyond),
            transform=ax.transAxes,
            ha="right",
            fontsize=8,
            bbox=_PAPER,
        )
    ax.set_ylim(-0.02, 1.05)
    ax.yaxis.set_major_formatter(PercentFormatter(1.0))
    ax.grid(axis="y", color="#cccccc", lw=0.5)
    area = f"{sums['area_m2'].iloc[0]:,.0f}" if len(sums) else "0"
    count = int(sums["sections"].iloc[0]) if len(sums) else 0
    name = view.say(f"class.{road_class}")
    ax.set_title(view.say("figure.class_area", name=name, sections=count, area=area), pad=12)
    return ax


def _limit_line(ax: Axes, at: int, style: dict[str, Any], marker: str) -> None:
    ax.axvline(at, lw=1.0, alpha=0.9, zorder=2, **style)
    ax.plot([at], [1.05], marker=marker, ms=7, color=str(style["color"]), clip_on=False, zorder=4)


def _reached(ax: Axes, at: int, share: pd.Series, colour: str) -> None:
    """The share reached at a limit, beside its mark: passable to the left, clean to the right."""
    known = share[share.index <= at].dropna()
    if len(known):
        left = colour == PASSABLE["color"]
        ax.annotate(
            _percent(float(known.iloc[-1])), (at, 1.05), xytext=(-6 if left else 6, 0),
            textcoords="offset points", ha="right" if left else "left", va="center", fontsize=8,
            color=colour, annotation_clip=False, zorder=5,
        )  # fmt: skip


def _percent(share: float) -> str:
    """Whole per cent, rounded down: 99.6 % reached is not 100 %."""
    return f"{math.floor(share * 100 + 1e-9)} %"


_PAPER: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1.0}


def clearance_legend(
    view: View, sides: bool = False, fronted: bool = False
) -> list[Line2D | Patch]:
    """Handles for the legend of clearance curves.

    `sides`: the limit of pavements and cycle lanes is drawn; `fronted`: so are frontage clearings.
    """
    curve: dict[str, Any] = {"lw": 1.8}
    limit: dict[str, Any] = {"lw": 1.0, "ms": 7}
    beside = Line2D(
        [], [], color="#000000", label=view.say("figure.limit_side"), marker="D", **limit
    )
    owners = Line2D([], [], label=view.say("figure.fronted"), **FRONTED)
    return [
        Line2D([], [], label=view.say("figure.passable"), **curve, **PASSABLE),
        Line2D([], [], label=view.say("figure.clean"), **curve, **CLEAN),
        Line2D([], [], label=view.say("figure.limit_open"), marker="v", **limit, **PASSABLE),
        Line2D([], [], label=view.say("figure.limit_clear"), marker="s", **limit, **CLEAN),
        Patch(color=SNOW_COLOUR, label=view.say("figure.snow")),
        *([beside] if sides else []),
        *([owners] if fronted else []),
    ]
