"""The forest plot: differences from the baseline in the deciding measures, with their intervals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import StrMethodFormatter

from snowplan.reporting.comparison_clipping import PAGE_PANELS
from snowplan.reporting.comparison_figures import (
    Cell,
    beyond,
    change_text,
    difference_scale,
    effect_of,
    interval_text,
    verdict_of,
    with_unit,
)
from snowplan.reporting.comparison_texts import comparison_text
from snowplan.reporting.comparison_verdicts import Report, others_first, percent_of, titles
from snowplan.reporting.comparison_words import (
    APART,
    direction,
    measure_name,
    title_of,
    unit_name,
)

DPI = 120
COLUMNS = 2
MOST_PANELS = 12
PAGE_WIDTH = 7.1  # inches between the margins of the page
LINE: dict[str, Any] = {"color": "black", "lw": 1.3, "zorder": 3}
APART_MARK: dict[str, Any] = {
    "marker": "D", "ms": 6, "color": "black", "markerfacecolor": "black", "ls": "", "zorder": 4,
}  # fmt: skip
NOT_MARK: dict[str, Any] = APART_MARK | {"markerfacecolor": "white"}
SAME_MARK: dict[str, Any] = APART_MARK | {"marker": "x", "markeredgewidth": 1.6}
TICK_GAP = 0.32


def forest_figure(report: Report, lang: str, *, only: Sequence[str] = ()) -> Figure:
    """A panel a deciding measure, a line a variant; `only` these, and no title, for the page."""
    variants = [row for row in others_first(report) if not only or row["id"] in only]
    keys = _panels(report, variants, PAGE_PANELS if only else MOST_PANELS)
    columns = min(COLUMNS if len(keys) <= 2 * COLUMNS else COLUMNS + 1, max(1, len(keys)))
    rows = -(-max(1, len(keys)) // columns)
    height = 0.85 + TICK_GAP * max(1, len(variants))
    size = (5.4 * columns, height * rows + 1.1)
    if only:
        asked = any(
            effect_of(report, row["id"], key).get("asked") for row in variants for key in keys
        )
        size = (PAGE_WIDTH, (0.58 + 0.1 * asked + 0.18 * len(variants)) * rows + 0.28)
    figure = Figure(figsize=size, dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    axes = list(figure.subplots(rows, columns, squeeze=False, sharey=True).flat)
    for ax in axes[len(keys) :]:
        ax.set_visible(False)
    for ax, key in zip(axes, keys if variants else [], strict=False):
        forest_panel(ax, report, variants, key, lang)
        ax.locator_params(axis="x", nbins=4 if only else 6)
    if not variants:
        for ax in axes[1:]:
            ax.set_visible(False)
        _empty(axes[0], comparison_text("forest.nothing", lang))
    figure.legend(
        handles=list(_legend(report, variants, lang)), loc="outside lower center", ncols=5
    )
    if not only:
        baseline = titles(report, lang)[report["baseline"]]
        head = comparison_text("forest", lang, baseline=baseline)
        more = not_drawn(report, variants, MOST_PANELS)
        rest = "\n" + comparison_text("forest.more", lang, n=more) if more else ""
        figure.suptitle(f"{head} · {title_of(report, lang)}{rest}")
    return figure


def not_drawn(report: Report, variants: Sequence[Cell], most: int) -> int:
    """How many deciding measures have no panel among so many."""
    return len(report["decide"]) - len(_panels(report, variants, most))


def _panels(report: Report, variants: Sequence[Cell], most: int) -> list[str]:
    """Deciding measures for so many panels: the first one, then those in which any differs."""
    keys = list(report["decide"])

    def apart(key: str) -> bool:
        return any(verdict_of(effect_of(report, row["id"], key)) in APART for row in variants)

    kept = sorted(keys, key=lambda key: (key != report["primary"], not apart(key)))[:most]
    return [key for key in keys if key in kept]


def forest_panel(ax: Axes, report: Report, variants: Sequence[Cell], key: str, lang: str) -> Axes:
    """One measure: marks filled where the difference is told apart, hollow where it is not."""
    scale = difference_scale(report, key)
    effects = [effect_of(report, row["id"], key) for row in variants]
    asked = next((cell["asked"] for cell in effects if cell.get("asked") is not None), None)
    ax.axvline(0.0, color="black", lw=0.8, zorder=2)
    for place, effect in enumerate(effects):
        _line(ax, effect, place, scale.factor)
        text = f"{change_text(effect, scale)} {interval_text(effect, scale)}".strip()
        ax.annotate(
            text, (1.0, place), xycoords=("axes fraction", "data"), xytext=(5, 0),
            textcoords="offset points", va="center", fontsize="small",
            fontweight="bold" if verdict_of(effect) in APART else "normal", annotation_clip=False,
        )  # fmt: skip
    ax.set_yticks(range(len(variants)), [title_of(row, lang) for row in variants])
    ax.set_ylim(len(variants) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    _room(ax, effects, scale.factor)
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:,.9g}"))
    ax.set_title(measure_name(key, lang), fontsize="medium")
    less, more = (direction(key, lang, more=way) for way in (False, True))
    unit = unit_name(scale.unit, lang)
    words = comparison_text("forest.unit", lang, unit=unit, less=less, more=more)
    if asked is not None:
        half = with_unit(scale.text(asked), scale.unit, lang)
        words += "\n" + comparison_text("forest.asked", lang, half=half)
    ax.set_xlabel(words, fontsize="small", linespacing=1.4)
    return ax


def _line(ax: Axes, effect: Any, place: int, factor: float) -> None:
    verdict, mean = verdict_of(effect), effect.get("mean")
    if mean is None or beyond(effect):
        return
    low, high = effect.get("low"), effect.get("high")
    if verdict == "same":
        ax.plot([0.0], [place], **SAME_MARK)
        return
    if low is not None and high is not None:
        ax.plot([low * factor, high * factor], [place, place], marker="|", ms=7, **LINE)
    ax.plot([mean * factor], [place], **(APART_MARK if verdict in APART else NOT_MARK))


def _room(ax: Axes, effects: list[Any], factor: float) -> None:
    """Limits of the axis that hold 0 and all intervals."""
    ends = [effect[end] * factor for effect in effects for end in ("mean", "low", "high")
            if effect.get(end) is not None]  # fmt: skip
    low, high = min(0.0, 0.0, *ends), max(0.0, 0.0, *ends)
    if high <= low:
        low, high = -1.0, 1.0
    pad = 0.06 * (high - low)
    ax.set_xlim(low - pad, high + pad)


def _legend(report: Report, variants: Sequence[Cell], lang: str) -> Iterator[Line2D]:
    effects = [effect_of(report, row["id"], key) for row in variants for key in report["decide"]]
    verdicts = {verdict_of(effect) for effect in effects}
    yield Line2D([], [], label=comparison_text("forest.apart", lang), **APART_MARK)
    yield Line2D([], [], label=comparison_text("forest.not", lang), **NOT_MARK)
    if "same" in verdicts:
        yield Line2D([], [], label=comparison_text("forest.same", lang), **SAME_MARK)
    if any(effect.get("low") is not None for effect in effects):
        words = comparison_text("forest.interval", lang, percent=percent_of(report))
        yield Line2D([], [], label=words, marker="|", ms=7, **LINE)


def _empty(ax: Axes, words: str) -> None:
    ax.set_axis_off()
    ax.text(0.5, 0.5, words, transform=ax.transAxes, ha="center", va="center")
