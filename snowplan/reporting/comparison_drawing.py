"""The pictures of a comparison as PNG: forest plot, curves, maps, and those on the page."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure

from snowplan.reporting.comparison_clipping import with_short_titles
from snowplan.reporting.comparison_curves import curves_figure
from snowplan.reporting.comparison_figures import effect_of, verdict_of
from snowplan.reporting.comparison_forest import forest_figure
from snowplan.reporting.comparison_maps import maps_figure
from snowplan.reporting.comparison_verdicts import Report
from snowplan.reporting.lettering import missing_characters, picture_style
from snowplan.reporting.pictures import Pictures, png_of, texts_of

PAGE_DPI = 220


def comparison_pictures(report: Report, roads: pd.DataFrame, lang: str) -> Pictures:
    """forest.png, curves.png, and maps.png where any section's opening is known."""
    report = with_short_titles(report)
    with picture_style():
        figures: dict[str, Figure | None] = {
            "forest.png": forest_figure(report, lang),
            "curves.png": curves_figure(report, lang),
            "maps.png": maps_figure(report, roads, lang),
        }
        return _drawn(figures)


def page_pictures(
    report: Report, roads: pd.DataFrame, lang: str, others: Sequence[str], most_maps: int
) -> tuple[dict[str, bytes], str]:
    """Forest plot and maps as wide as the page, for these variants beside the baseline."""
    report = with_short_titles(report)
    with picture_style(), mpl.rc_context({"font.size": 7.0, "axes.linewidth": 0.6}):
        shown = [report["baseline"], *_best_first(report, others)][:most_maps]
        figures: dict[str, Figure | None] = {
            "forest": forest_figure(report, lang, only=others),
            "maps": maps_figure(report, roads, lang, only=shown),
        }
        found = _drawn(figures, dpi=PAGE_DPI)
    return found.files, found.missing


def _best_first(report: Report, others: Sequence[str]) -> list[str]:
    """Variants that are better in the first measure before the others."""
    key = report["primary"]
    return sorted(others, key=lambda name: verdict_of(effect_of(report, name, key)) != "better")


def _drawn(figures: dict[str, Figure | None], dpi: int | None = None) -> Pictures:
    files, missing = {}, ""
    for name, figure in figures.items():
        if figure is not None:
            files[name] = png_of(figure) if dpi is None else png_of(figure, dpi=dpi)
            missing += missing_characters(texts_of(figure))
    return Pictures(files, "".join(sorted(set(missing))))
