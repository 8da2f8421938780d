"""`page.pdf`: one A4 page that a planner can hand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from snowplan.reporting.comparison_clipping import PAGE_MAPS
from snowplan.reporting.comparison_page_words import page_words
from snowplan.reporting.comparison_verdicts import Report, others_first, others_of
from snowplan.reporting.typesetting import Page, desk

TEMPLATE = Path(__file__).with_suffix(".typ")
MOST_VARIANTS = 6


class Fit(NamedTuple):
    """One way to lay the page out; the first that fits is taken."""

    variants: int
    size_pt: float
    maps_width: float = 100.0  # per cent of the line; 0: none
    full: bool = True
    notes: bool = True


def comparison_page(report: Report, roads: pd.DataFrame, lang: str, *, pictures: bool) -> Page:
    """The page with as many variants as fit; how many more there are stands on it."""
    drawn: dict[int, tuple[dict[str, bytes], str]] = {}
    with desk(TEMPLATE) as table:
        for fit in _fits(len(others_of(report))):
            if fit.variants not in drawn:
                drawn[fit.variants] = _images(report, roads, fit, lang) if pictures else ({}, "")
            images, missing = drawn[fit.variants]
            words = page_words(report, lang, variants=fit.variants, notes=fit.notes, full=fit.full)
            settings = {
                "size": fit.size_pt,
                "forest": "forest" in images,
                "maps": fit.maps_width if "maps" in images else 0.0,
            }
            missing += table.lay(words | settings, images)
            if table.pages() == 1:
                break
        return Page(table.pdf(), "".join(sorted(set(missing))))


def _fits(others: int) -> Iterator[Fit]:
    """From roomy to bare: smaller letters, then fewer variants, then neither maps nor notes."""
    for variants in range(max(1, min(others, MOST_VARIANTS)), 0, -1):
        yield from (Fit(variants, size) for size in (9.0, 8.4, 7.8))
        yield from (Fit(variants, 7.8, 86.0), Fit(variants, 7.4, 80.0), Fit(variants, 7.4, 70.0))
        yield from (Fit(variants, 7.6, 86.0, full=False), Fit(variants, 7.2, 70.0, full=False))
        yield Fit(variants, 7.0, 62.0, full=False)
    yield Fit(1, 7.8, 0.0, full=False)
    yield Fit(1, 7.0, 0.0, full=False, notes=False)


def _images(
    report: Report, roads: pd.DataFrame, fit: Fit, lang: str
) -> tuple[dict[str, bytes], str]:
    """The pictures on the page for the variants shown, and characters that they lack."""
    from snowplan.reporting.comparison_drawing import page_pictures

    others = [row["id"] for row in others_first(report)[: fit.variants]]
    return page_pictures(report, roads, lang, others, PAGE_MAPS)
