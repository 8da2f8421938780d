"""The picture of the phrases: one panel a measure, one bar a phrase, readable without colour."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import StrMethodFormatter

from snowplan.analysis.phrase_effects import NEUTRAL
from snowplan.reporting.lettering import missing_characters, picture_style
from snowplan.reporting.phrase_figures import UNTOLD, all_on, change, digits_for, measured
from snowplan.reporting.phrase_words import phrase_word
from snowplan.reporting.pictures import Pictures, png_of, texts_of
from snowplan.words import name_of, say

DPI = 120
COLUMNS = 3
PANELS = (
    "main_open_median", "main_open_last", "main_clean_last", "all_open_last", "all_clean_last",
    "blocked", "reblocked", "exposure", "windrow_stood", "hauled_t", "hours", "deicer_t",
    "cost_cny",
)  # fmt: skip
WORSE: dict[str, Any] = {"facecolor": "#4d4d4d", "edgecolor": "black", "linewidth": 0.6}
BETTER: dict[str, Any] = WORSE | {"facecolor": "white", "hatch": "////"}
NEITHER: dict[str, Any] = WORSE | {"facecolor": "#d9d9d9", "hatch": "...."}
MEANT = "◆ "
SEEN = 0.01  # so small a share of the panel's spread still shows as a bar: and as a figure
EDGE = 0.25  # of it, on a side without bars
PAD = 0.42  # room beside the bars for their figures, as a share of their spread


def phrases_picture(report: Mapping[str, Any], lang: str) -> Pictures:
    """phrases.png, and the characters that the font could not show in it."""
    with picture_style():
        figure = phrases_figure(report, lang)
        return Pictures({"phrases.png": png_of(figure)}, missing_characters(texts_of(figure)))


def phrases_figure(report: Mapping[str, Any], lang: str) -> Figure:
    """A panel for each measure that the study knows."""
    keys = [key for key in PANELS if measured(report, key)]
    rows = max(1, math.ceil(len(keys) / COLUMNS))
    figure = Figure(figsize=(4.6 * COLUMNS, 2.75 * rows + 1.2), dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    axes = list(figure.subplots(rows, COLUMNS, squeeze=False, sharey=True).flat)
    for ax, key in zip(axes, keys, strict=False):
        phrase_bars(ax, report, key, lang)
    for ax in axes[len(keys) :]:
        ax.set_visible(False)
    handles = _legend(report, lang)
    figure.legend(handles=handles, loc="outside lower center", ncols=COLUMNS)
    title = report["title_en"] if lang == "en" else report["title"]
    mark = f" · {say('figure.schematic_map', lang)}" if report["schematic"] else ""
    figure.suptitle(
        f"{phrase_word('figure', lang)} · {title}{mark}\n{phrase_word('changes', lang)}"
    )
    return figure


def phrase_bars(ax: Axes, report: Mapping[str, Any], key: str, lang: str) -> Axes:
    """The change in one measure without each phrase; whiskers are intervals."""
    phrases = list(report["phrases"])
    effects = [report["phrases"][phrase]["measures"][key] for phrase in phrases]
    low, high = _spread(effects)
    moved = any(effect["change"] or effect["low"] for effect in effects)
    spread = high - low if moved else None
    digits = digits_for(report["all_on"][key]["unit"], spread and SEEN * spread)
    for place, (phrase, effect) in enumerate(zip(phrases, effects, strict=True)):
        value = effect["change"]
        if value is not None:
            ax.barh(place, value, height=0.62, zorder=2, **_look(key, value))
        if effect["low"] is not None:
            ax.plot([effect["low"], effect["high"]], [place, place], zorder=3, **_WHISKER)
        meant = key in (item["measure"] for item in report["phrases"][phrase]["meant"])
        ends = [x or 0.0 for x in (value, effect["low"], effect["high"])]
        right = (value or 0.0) >= 0
        ax.annotate(
            (MEANT if meant else "") + change(effect, digits),
            (max(0.0, *ends) if right else min(0.0, *ends), place),
            xytext=(4 if right else -4, 0), textcoords="offset points",
            ha="left" if right else "right", va="center", fontsize=8,
            fontweight="bold" if meant else "normal",
        )  # fmt: skip
    ax.axvline(0.0, color="black", lw=0.8, zorder=4)
    room = PAD * (high - low)
    ax.set_xlim(
        low - (room if low < 0 else EDGE * room), high + (room if high > 0 else EDGE * room)
    )
    ax.set_yticks(range(len(phrases)), [name_of("phrase", phrase, lang) for phrase in phrases])
    ax.set_ylim(len(phrases) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    ax.locator_params(axis="x", nbins=5)
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:,.9g}"))
    ax.grid(axis="x", color="#dddddd", lw=0.5, zorder=0)
    whole = report["all_on"][key]
    ax.set_title(
        phrase_word(
            "figure.on", lang, measure=phrase_word(key, lang), on=all_on(whole, digits),
            unit=phrase_word(f"unit.{whole['unit']}", lang),
        ),
        fontsize=9,
    )  # fmt: skip
    return ax


_WHISKER: dict[str, Any] = {
    "color": "black", "lw": 1.2, "marker": "|", "ms": 6,
}  # fmt: skip


def _look(key: str, value: float) -> dict[str, Any]:
    """How a bar is filled: what its sign means."""
    if key in NEUTRAL:
        return NEITHER
    return WORSE if value > 0 else BETTER


def _spread(effects: list[Mapping[str, Any]]) -> tuple[float, float]:
    """The least and the greatest end of bars and whiskers, 0 between them."""
    ends = [effect[side] or 0.0 for effect in effects for side in ("change", "low", "high")]
    low, high = min(0.0, *ends), max(0.0, *ends)
    return (low, high) if high > low else (-1.0, 1.0)


def _legend(report: Mapping[str, Any], lang: str) -> list[Patch | Line2D]:
    handles: list[Patch | Line2D] = [
        Patch(label=phrase_word("figure.worse", lang), **WORSE),
        Patch(label=phrase_word("figure.better", lang), **BETTER),
        Line2D([], [], linestyle="", label=phrase_word("figure.meant", lang)),
    ]
    shown = [key for key in PANELS if measured(report, key)]
    if any(key in NEUTRAL for key in shown):
        handles.insert(2, Patch(label=phrase_word("figure.neither", lang), **NEITHER))
    told = {change(row["measures"][key]) for row in report["phrases"].values() for key in shown}
    if UNTOLD in told:
        handles.append(Line2D([], [], linestyle="", label=phrase_word("figure.untold", lang)))
    pairs = len(report["run_seeds"])
    if pairs > 1:
        label = phrase_word("figure.interval", lang, n=pairs)
        handles.append(Line2D([], [], label=label, **_WHISKER))
    return handles
