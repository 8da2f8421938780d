"""De-icer in stock over time, by depot."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes

from snowplan.reporting.view import View, time_axis
from snowplan.units import G_PER_T
from snowplan.words import name_of

# Okabe and Ito, dark to light; line styles tell them apart without colour.
LINES = (
    ("#000000", "-"),
    ("#0072B2", (0, (6, 2))),
    ("#D55E00", (0, (1, 1))),
    ("#009E73", (0, (6, 2, 1, 2))),
    ("#CC79A7", (0, (3, 1, 1, 1, 1, 1))),
    ("#56B4E9", (0, (10, 3))),
    ("#E69F00", (0, (4, 4))),
)


def depot_stock(ax: Axes, depots: pd.DataFrame, names: Mapping[str, str], view: View) -> Axes:
    """Tonnes in each depot as steps; a cross where a machine asked and found none.

    `depots` as `depots.parquet`; `names` of depots, where a depot without one goes by its zone.
    """
    time_axis(ax, view)
    out = False
    for number, (depot, rows) in enumerate(depots.groupby("depot", sort=True)):
        colour, style = LINES[number % len(LINES)]
        times = [*rows["t_ms"], view.horizon_ms]
        tonnes = rows["stock_g"] / G_PER_T
        label = names.get(str(depot)) or name_of("zone", str(rows["zone"].iloc[0]), view.lang)
        ax.step(
            times, [*tonnes, tonnes.iloc[-1]], where="post", color=colour, linestyle=style,
            lw=1.8, label=label,
        )  # fmt: skip
        empty = rows["stock_out"].to_numpy(dtype=bool)
        out = out or bool(empty.any())
        ax.plot(rows["t_ms"][empty], tonnes[empty], "x", color=colour, ms=8, mew=2, zorder=4)
    if out:
        ax.plot([], [], "x", color="#000000", ms=8, mew=2, label=view.say("figure.stock_out"))
    ax.set_ylim(bottom=-0.02 * max(float(depots["stock_g"].max()) / G_PER_T, 1.0))
    ax.set_ylabel(view.say("figure.stock_t"))
    ax.grid(axis="y", color="#cccccc", lw=0.5)
    return ax
