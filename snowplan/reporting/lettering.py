"""The font of pictures and reports: our own file, and a report of what it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

FONT_FOLDER = Path(__file__).with_name("fonts")
REGULAR = FONT_FOLDER / "NotoSansCJKsc-Regular.ttf"
BOLD = FONT_FOLDER / "NotoSansCJKsc-Bold.ttf"
# A family name of our own: a font of the same name on the system is never taken for it.
FAMILY = "snowplan sans"


@cache
def register_fonts() -> None:
    """Make the two files known to matplotlib under `FAMILY`."""
    for path, weight in ((REGULAR, 400), (BOLD, 700)):
        entry = font_manager.FontEntry(
            fname=str(path),
            name=FAMILY,
            style="normal",
            variant="normal",
            weight=weight,
            stretch="normal",
            size="scalable",
        )
        font_manager.fontManager.ttflist.append(entry)


@cache
def _covered() -> frozenset[int]:
    """Characters that both weights hold."""
    sets = [frozenset(FT2Font(str(path)).get_charmap()) for path in (REGULAR, BOLD)]
    return sets[0] & sets[1]


def missing_characters(texts: Iterable[str]) -> str:
    """The characters of `texts` that the font cannot show, sorted, each once."""
    found = {character for text in texts for character in text if character.isprintable()}
    return "".join(sorted(c for c in found if ord(c) not in _covered()))


@contextmanager
def picture_style() -> Iterator[None]:
    """Settings for every picture: our font, no mathtext in names, quiet axes."""
    register_fonts()
    with mpl.rc_context(
        {
            "font.family": [FAMILY],
            "font.size": 9.0,
            "text.parse_math": False,  # a road may be called `$\frac{1}{$`
            "text.usetex": False,
            "axes.unicode_minus": False,
            "axes.formatter.use_mathtext": False,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.titlesize": 10.0,
            "axes.titleweight": "bold",
            "axes.titlelocation": "left",
            "figure.titlesize": 13.0,
            "figure.titleweight": "bold",
            "legend.frameon": False,
            "savefig.bbox": None,
        }
    ):
        yield
