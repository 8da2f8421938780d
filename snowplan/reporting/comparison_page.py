"""`page.pdf`: one A4 page that a planner can hand on."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from snowplan.reporting.comparison_clipping import PAGE_MAPS
from snowplan.reporting.comparison_page_words import page_words
from snowplan.reporting.comparison_verdicts import Report, others_first, others_of
from snowplan.reporting.lettering import FONT_FOLDER, missing_characters

TEMPLATE = Path(__file__).with_suffix(".typ")
# A fixed day: the same comparison is the same bytes, whenever it is written.
WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)
MOST_VARIANTS = 6
BOX = "□"  # stands for a character that the font lacks, which would vanish without a word


class Fit(NamedTuple):
    """One way to lay the page out; the first that fits is taken."""

    variants: int
    size_pt: float
    maps_width: float = 100.0  # per cent of the line; 0: none
    full: bool = True
    notes: bool = True


class Page(NamedTuple):
    """The PDF, and the characters on it that the font lacks."""

    pdf: bytes
    missing: str


def comparison_page(report: Report, roads: pd.DataFrame, lang: str, *, pictures: bool) -> Page:
    """The page with as many variants as fit; how many more there are stands on it."""
    drawn: dict[int, tuple[dict[str, bytes], str]] = {}
    with tempfile.TemporaryDirectory(prefix="snowplan-page-") as folder:
        place = Path(folder)
        (place / "page.typ").write_bytes(TEMPLATE.read_bytes())
        for fit in _fits(len(others_of(report))):
            if fit.variants not in drawn:
                drawn[fit.variants] = _images(report, roads, fit, lang) if pictures else ({}, "")
            images, missing = drawn[fit.variants]
            words = page_words(report, lang, variants=fit.variants, notes=fit.notes, full=fit.full)
            missing += _write(place, words, fit, images)
            if _pages(place) == 1:
                break
        return Page(_compiled(place), "".join(sorted(set(missing))))


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


def _write(place: Path, words: dict[str, Any], fit: Fit, images: dict[str, bytes]) -> str:
    """Put what the template reads beside it; the characters that the font lacks."""
    lacking = missing_characters(_texts(words))
    for name, data in images.items():
        (place / f"{name}.png").write_bytes(data)
    settings = {
        "size": fit.size_pt,
        "forest": "forest" in images,
        "maps": fit.maps_width if "maps" in images else 0.0,
    }
    value = _told(words, dict.fromkeys(map(ord, lacking), BOX)) | settings
    (place / "page.json").write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return lacking


def _texts(value: Any) -> Iterator[str]:
    """Every text in nested lists and tables."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _told(value: Any, boxes: dict[int, str]) -> Any:
    """The same with boxes for missing characters and spaces for what cannot be printed.

    A per cent sign stays with its figure.
    """
    if isinstance(value, dict):
        return {key: _told(item, boxes) for key, item in value.items()}
    if isinstance(value, list):
        return [_told(item, boxes) for item in value]
    if isinstance(value, str):
        text = "".join(c if c.isprintable() else " " for c in value.translate(boxes))
        return text.replace(" %", "\u00a0%")
    return value


def _options(place: Path) -> dict[str, Any]:
    """Our fonts alone, nothing from outside the folder."""
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_FOLDER)]
    )
    return {"root": str(place), "font_paths": fonts}


def _pages(place: Path) -> int:
    """How many pages it would have."""
    import typst

    found = typst.query(
        str(place / "page.typ"), "<pages>", field="value", one=True, **_options(place)
    )
    return int(json.loads(found))


def _compiled(place: Path) -> bytes:
    import typst

    pdf: bytes = typst.compile(
        str(place / "page.typ"), format="pdf", timestamp=WRITTEN, **_options(place)
    )
    return pdf
