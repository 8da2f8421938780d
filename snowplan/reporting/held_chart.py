"""What held a section or the city back, as a picture that reads without colour."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from snowplan.analysis.held_doing import Piece
from snowplan.analysis.held_parts import PARTS
from snowplan.reporting.held_words import duration, held_text, percent, sums_of
from snowplan.reporting.lettering import missing_characters, picture_style
from snowplan.reporting.pictures import Pictures, png_of, texts_of
from snowplan.reporting.readiness_words import share_name
from snowplan.reporting.view import View, time_axis
from snowplan.units import MS_PER_H
from snowplan.words import name_of

DPI = 150
ROOM_MS = 2 * MS_PER_H  # shown after it was clean
LEAST = 0.04  # so large a share of a bar has room for its figure
# Fill and hatch: black at work, light where nothing was due, hatched while it waited.
STYLES = {
    "not_due": ("#ffffff", ""),
    "worked": ("#000000", ""),
    "driving": ("#6e6e6e", ""),
    "between_passes": ("#ffffff", "...."),
    "snowed_over": ("#cfe3f2", "oo"),
    "melting": ("#cfe3f2", ""),
    "waiting:called_off": ("#ffffff", "----"),
    "waiting:crew": ("#f5d9b0", "||||"),
    "waiting:shift": ("#f5d9b0", "++"),
    "waiting:night": ("#8d93b5", ".."),
    "waiting:stock": ("#f0b45a", "xxxx"),
    "waiting:bay": ("#f0b45a", "////"),
    "waiting:load": ("#f0b45a", "\\\\\\\\"),
    "waiting:repair": ("#d9694a", "xx"),
    "waiting:idle": ("#ffffff", "||"),
    "waiting:team": ("#ffffff", "\\\\"),
    "waiting:other_work": ("#f7c9b4", "//"),
    "waiting:unserved": ("#ffffff", "XX"),
}  # fmt: skip
STATES = {"blocked": ("#4d4d4d", ""), "open": ("#ffffff", "////"), "clean": ("#ffffff", "")}


def section_chart(
    pieces: Sequence[Piece], story: Sequence[tuple[int, str]], place: str, view: View, ending: str
) -> Pictures:
    """One section's time in parts over its states; `story` as (t_ms, state), `place` its name."""
    lang, sums = view.lang, sums_of(pieces)
    view = replace(view, horizon_ms=min(view.horizon_ms, pieces[-1].end_ms + ROOM_MS))
    states = [(t_ms, "clean" if state == "hauled" else state) for t_ms, state in story]
    with picture_style():
        figure = _figure(2.5 + 0.22 * -(-(len(sums) + 4) // 3))
        ax = figure.subplots()
        time_axis(ax, view)
        for piece in pieces:
            _block(ax, 0, (piece.start_ms, piece.end_ms), STYLES[piece.part])
        ends = [*(t_ms for t_ms, _ in states[1:]), view.horizon_ms]
        for (begin, state), end in zip(states, ends, strict=True):
            _block(ax, 1, (begin, max(begin, end)), STATES[state])
        _rows(ax, [held_text("part", lang), held_text("states", lang)])
        figure.suptitle(held_text("section_title", lang, place=place))
        told = [(part, f"{share_name(part, lang)} {duration(sums[part], lang)}") for part in sums]
        handles: list[Artist] = [_key(STYLES[part], words) for part, words in told]
        handles += [
            _key(style, held_text("state", lang, state=name_of("told_state", state, lang)))
            for state, style in STATES.items()
            if state in {state for _, state in states}
        ]
        _legend(figure, [*handles, *_snow_stops(ax, view)])
        return _drawn(figure, ending)


def shares_chart(rows: Sequence[Mapping[str, Any]], title: str, lang: str, ending: str) -> Pictures:
    """Shares of time by road class, a bar each; `rows` as of `held_shares`."""
    held = [row for row in rows if row["shares"]]
    there = [part for part in PARTS if any(part in row["shares"] for row in held)]
    with picture_style():
        figure = _figure(1.5 + 0.5 * len(held) + 0.22 * -(-len(there) // 3))
        ax = figure.subplots()
        for number, row in enumerate(held):
            _shares_bar(ax, number, row["shares"])
        _rows(ax, [name_of("class", row["road_class"], lang) for row in held])
        ax.set_xlim(0, 1)
        ax.xaxis.set_major_formatter(lambda share, _: percent(share))
        ax.set_xlabel(held_text("share_axis", lang))
        figure.suptitle(f"{held_text('title', lang)} · {title}")
        _legend(figure, [_key(STYLES[part], share_name(part, lang)) for part in there])
        return _drawn(figure, ending)


def _shares_bar(ax: Axes, row: int, shares: Mapping[str, float]) -> None:
    """One class's shares, one after the other, with figures where there is room."""
    at = 0.0
    for part in (part for part in PARTS if part in shares):
        share = shares[part]
        _block(ax, row, (at, at + share), STYLES[part])
        if share >= LEAST:
            _figure_in(ax, row, at + share / 2, percent(share))
        at += share


def _rows(ax: Axes, names: Sequence[str]) -> None:
    """Bars below one another, the first on top."""
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)


def _snow_stops(ax: Axes, view: View) -> list[Artist]:
    """A line where snow stops, inside the picture, and its entry in the legend."""
    stops_ms = view.snow_stops_ms
    if stops_ms is None or not 0 < stops_ms < view.horizon_ms:
        return []
    label = held_text("stops", view.lang)
    return [ax.axvline(stops_ms, color="black", ls=(0, (4, 2)), lw=1.4, zorder=4, label=label)]


def _legend(figure: Figure, handles: Sequence[Artist]) -> None:
    figure.legend(handles=handles, loc="outside lower center", ncols=3, handleheight=1.3)


def _figure(height: float) -> Figure:
    figure = Figure(figsize=(9.0, height), dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def _block(ax: Axes, row: int, span: tuple[float, float], style: tuple[str, str]) -> None:
    """One part of a bar."""
    ax.broken_barh([(span[0], span[1] - span[0])], (row - 0.35, 0.7), zorder=2, **_look(style))


def _look(style: tuple[str, str]) -> dict[str, Any]:
    fill, hatch = style
    return {"facecolor": fill, "hatch": hatch, "edgecolor": "black", "linewidth": 0.35}


def _key(style: tuple[str, str], words: str) -> Patch:
    return Patch(label=words, **_look(style))


def _figure_in(ax: Axes, row: int, x: float, words: str) -> None:
    """A figure on a bar, on white so that it reads over any hatch."""
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1.2}
    ax.text(x, row, words, ha="center", va="center", fontsize=7.5, bbox=box, zorder=3)


def _drawn(figure: Figure, ending: str) -> Pictures:
    """The file by its ending, and the characters that the font could not show."""
    data = png_of(figure, dpi=DPI) if ending == ".png" else _svg_of(figure)
    return Pictures({f"held{ending}": data}, missing_characters(texts_of(figure)))


def _svg_of(figure: Figure) -> bytes:
    """A figure as SVG with its letters as outlines; the same figure is the same bytes."""
    buffer = io.BytesIO()
    with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": "snowplan"}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()
