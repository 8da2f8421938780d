"""Headings of panels side by side: folded so that each stays over its own panel."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

HEADING_PT = 8.5
PT_PER_INCH = 72.0
SPARE = 0.95  # of the width: letters drawn on whole pixels are a little wider
LINE = 1.3  # from line to line, in sizes of the letters
PIECE = re.compile("[!-ʯ]+ ?|.", re.DOTALL)  # a Latin word is kept whole, other writing is not


def head_panels(
    figure: Figure, panels: Sequence[tuple[Axes, str]], *, whole_rows: bool = False
) -> None:
    """Put a heading over each panel, folded to its width; the figure grows by the lines added.

    `whole_rows`: a heading may go on to the right edge of the figure, the panels there have none.
    """
    figure.draw_without_rendering()  # only now the panels have their width
    font = FontProperties(
        family=mpl.rcParams["font.family"], weight=mpl.rcParams["axes.titleweight"], size=HEADING_PT
    )
    width, height = figure.get_size_inches()
    most: dict[int, int] = {}
    for ax, text in panels:
        slot = ax.get_position(original=True)
        share = 1.0 - slot.x0 if whole_rows else slot.width
        lines = list(folded_heading(text, font, SPARE * share * width * PT_PER_INCH))
        ax.set_title("\n".join(lines), fontsize=HEADING_PT, loc="left")
        place = ax.get_subplotspec()
        row = 0 if place is None else place.rowspan.start
        most[row] = max(most.get(row, 1), len(lines))
    more = sum(count - 1 for count in most.values()) * HEADING_PT * LINE / PT_PER_INCH
    figure.set_size_inches(width, height + more)


def folded_heading(text: str, font: FontProperties, room_pt: float) -> Iterator[str]:
    """Lines no wider than `room_pt` points; a word that alone is wider is broken."""
    line = ""
    for piece in PIECE.findall(" ".join(text.split())):
        for part in [piece] if _width_pt(piece.rstrip(), font) <= room_pt else piece:
            if line and _width_pt((line + part).rstrip(), font) > room_pt:
                yield line.rstrip()
                line = ""
            line += part
    yield line.rstrip()


def _width_pt(text: str, font: FontProperties) -> float:
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, False)
    return float(width)
