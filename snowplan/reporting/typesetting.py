"""Typst documents: a template, the words and pictures beside it, and our own fonts alone."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from snowplan.reporting.lettering import FONT_FOLDER, missing_characters

# A fixed day: the same words are the same bytes, whenever they are set.
WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)
BOX = "□"  # stands for a character that the font lacks, which would vanish without a word


class Page(NamedTuple):
    """The PDF, and the characters on it that the font lacks, sorted, each once."""

    pdf: bytes
    missing: str


def typeset(
    template: Path, value: Mapping[str, Any], images: Mapping[str, bytes], *, tags: bool = True
) -> Page:
    """The document that `template` makes of `value` (its `page.json`) and of images by name.

    `tags` tell readers aloud what is a head or a table; for hundreds of pages they weigh too much.
    """
    with desk(template) as table:
        missing = table.lay(value, images)
        return Page(table.pdf(tags=tags), missing)


def page_count(pdf: bytes) -> int:
    """How many pages a PDF of ours has, by its own objects."""
    return len(re.findall(rb"/Type\s*/Page(?!s)", pdf))


class Desk(NamedTuple):
    """A folder of its own with the template and what it reads: nothing else is seen."""

    place: Path

    def lay(self, value: Mapping[str, Any], images: Mapping[str, bytes]) -> str:
        """Put words and pictures (PNG) there; the characters that the font lacks."""
        lacking = missing_characters(_texts(value))
        for name, data in images.items():
            (self.place / f"{name}.png").write_bytes(data)
        told = _told(value, dict.fromkeys(map(ord, lacking), BOX))
        (self.place / "page.json").write_text(json.dumps(told, ensure_ascii=False), "utf-8")
        return lacking

    def pages(self) -> int:
        """How many pages it would have, as the template's label `<pages>` says."""
        import typst

        found = typst.query(
            str(self.place / "page.typ"), "<pages>", field="value", one=True, **self._options()
        )
        return int(json.loads(found))

    def pdf(self, *, tags: bool = True) -> bytes:
        """The document; fonts are embedded, only the letters used."""
        import typst

        pdf: bytes = typst.compile(
            str(self.place / "page.typ"), format="pdf", timestamp=WRITTEN, pdf_tags=tags,
            **self._options(),
        )  # fmt: skip
        return pdf

    def _options(self) -> dict[str, Any]:
        """Our fonts alone, nothing from outside the folder."""
        import typst

        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_FOLDER)]
        )
        return {"root": str(self.place), "font_paths": fonts}


@contextmanager
def desk(template: Path) -> Iterator[Desk]:
    """A desk with the template on it; it is cleared away afterwards."""
    with tempfile.TemporaryDirectory(prefix="snowplan-page-") as folder:
        place = Path(folder)
        (place / "page.typ").write_bytes(template.read_bytes())
        yield Desk(place)


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
