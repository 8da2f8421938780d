"""What held a section, a road or the city back: as `snowplan explain` tells and draws it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from snowplan.cli.texts import words
from snowplan.errors import UseError

if TYPE_CHECKING:
    import pandas as pd

    from snowplan.analysis.held_doing import Piece
    from snowplan.reporting.pictures import Pictures
    from snowplan.reporting.view import View
    from snowplan.results.reading import RunRecord

ENDINGS = (".png", ".svg")


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one section's time; `known` is false where the run does not tell them."""

    section: str
    pieces: Sequence[Piece]
    cleared: bool
    known: bool = True

    def as_dict(self) -> dict[str, Any] | None:
        """As JSON: the pieces in order and their sums; null where the run does not tell them."""
        from snowplan.reporting.held_words import sums_of

        if not self.known:
            return None
        return {
            "until_ms": self.pieces[-1].end_ms if self.pieces else 0,
            "cleared": self.cleared,
            "sums_ms": sums_of(self.pieces),
            "pieces": [piece._asdict() for piece in self.pieces],
        }


class HeldBack:
    """What held a run's sections back; `chart` is the file to draw, refused before any work."""

    def __init__(self, record: RunRecord, lang: str, chart: Path | None = None) -> None:
        from snowplan.results.out_files import ready_to_write

        self.record, self.lang, self.chart = record, lang, chart
        self.horizon_ms = int(record.manifest["clock"]["horizon_ms"])
        if chart is not None:
            if chart.suffix.lower() not in ENDINGS:
                raise UseError(words("explain.chart_ending", lang, file=chart))
            ready_to_write(chart)

    @cached_property
    def sections(self) -> pd.DataFrame:
        """The run's sections."""
        return self.record.frame("sections.parquet")

    @cached_property
    def states(self) -> pd.DataFrame:
        """The run's states."""
        return self.record.frame("states.parquet")

    @cached_property
    def events(self) -> pd.DataFrame:
        """The run's events."""
        return self.record.frame("events.parquet")

    @property
    def known(self) -> bool:
        """False for a run of an earlier version, which does not tell from when work was due."""
        from snowplan.analysis.held_parts import tells_due

        return tells_due(self.events)

    def of_section(self, section: str) -> Parts:
        """The parts of one section's time."""
        from snowplan.analysis.held_parts import section_parts

        row = self.sections[self.sections["section"] == section].iloc[0]
        cleared = row["clear_state"] != "not_by_horizon"
        if not self.known:
            return Parts(section, (), cleared, known=False)
        found = section_parts(section, self.states, self.events, self.horizon_ms)
        return Parts(section, found, cleared)

    # ---- telling ----------------------------------------------------------------------------

    def lines(self, parts: Parts, road: Iterable[str], at: Callable[[int], str]) -> list[str]:
        """A sentence, a bar and what its signs mean; of a road of several sections its shares."""
        from snowplan.reporting.held_words import bar, held_text, legend, parts_in_words, sums_of

        if not parts.known:
            return [words("explain.no_due", self.lang)]
        lines = []
        if parts.pieces:
            sums, until = sums_of(parts.pieces), parts.pieces[-1].end_ms
            lines += [
                held_text(
                    "cleared" if parts.cleared else "not_cleared", self.lang, start=at(0),
                    end=at(until), total=self._duration(until),
                    parts=parts_in_words(sums, self.lang),
                ),
                f"  {at(0)} |{bar(parts.pieces)}| {at(until)}",
                "  " + "  ".join(legend(sums, self.lang)),
            ]  # fmt: skip
        return [*lines, *self._road_line(list(road))]

    def _duration(self, length_ms: int) -> str:
        from snowplan.reporting.held_words import duration

        return duration(length_ms, self.lang)

    def _road_line(self, road: Sequence[str]) -> list[str]:
        """The shares of a road of several sections."""
        from snowplan.analysis.held_back import shares_together
        from snowplan.analysis.held_parts import held_parts
        from snowplan.reporting.held_words import held_text, shares_in_words

        if len(road) < 2:
            return []
        states = self.states[self.states["section"].isin(road)]
        parts = held_parts(states, self.events, self.horizon_ms)
        if not len(parts):
            return []
        told = shares_in_words(shares_together(parts, self.sections), self.lang)
        n = parts["section"].nunique()
        return [held_text("road", self.lang, n=n, parts=told)]

    def tell_run(self, as_json: bool) -> None:
        """Shares by road class: a table and a sentence each, or JSON; and the chart."""
        from snowplan.analysis.held_back import held_shares
        from snowplan.reporting.folding import folded_for
        from snowplan.reporting.held_table import held_table
        from snowplan.reporting.held_words import class_line, held_text
        from snowplan.reporting.plain_text import plain_text
        from snowplan.results.run_folder import json_bytes

        if not self.known:
            raise UseError(words("explain.no_due", self.lang))
        rows = held_shares(self.sections, self.states, self.events, self.horizon_ms)
        if as_json:
            found = {"run": str(self.record.path), "held_back": rows}
            click.echo(json_bytes(found).decode().rstrip())
        else:
            click.echo(plain_text(held_table(rows, self.lang)).rstrip())
            click.echo()
            told = [*(class_line(row, self.lang) for row in rows), held_text("note", self.lang)]
            for line in folded_for(told, sys.stdout):
                click.echo(line)
        self._draw_run(rows)

    # ---- drawing ----------------------------------------------------------------------------

    def draw_section(self, parts: Parts, story: Sequence[tuple[int, str]], place: str) -> None:
        """The chart of one section, where one is asked for."""
        if self.chart is None:
            return
        if not parts.pieces:
            word = "explain.nothing_to_draw" if parts.known else "explain.no_due"
            raise UseError(words(word, self.lang))
        from snowplan.reporting.held_chart import section_chart

        ending = self.chart.suffix.lower()
        self._keep(section_chart(parts.pieces, story, place, self._view(), ending))

    def _draw_run(self, rows: Sequence[dict[str, Any]]) -> None:
        if self.chart is None:
            return
        if not any(row["shares"] for row in rows):
            raise UseError(words("explain.nothing_to_draw", self.lang))
        from snowplan.reporting.held_chart import shares_chart

        view = self._view()
        mark = f" · {view.say('figure.schematic_map')}" if view.schematic else ""
        self._keep(shares_chart(rows, f"{view.title}{mark}", self.lang, self.chart.suffix.lower()))

    def _keep(self, drawn: Pictures) -> None:
        from snowplan.results.out_files import write_whole
        from snowplan.words import say

        assert self.chart is not None
        (data,) = drawn.files.values()
        write_whole(self.chart, data)
        if drawn.missing:
            click.echo(say("font.missing", self.lang, characters=drawn.missing), err=True)
        click.echo(words("explain.drawn", self.lang, file=self.chart), err=True)

    def _view(self) -> View:
        """How the run is shown."""
        from snowplan.cli.explain_telling import clock_of
        from snowplan.reporting.view import View

        manifest = self.record.manifest
        return View(
            clock=clock_of(manifest["clock"]),
            horizon_ms=self.horizon_ms,
            snow_spells=(),
            snow_stops_ms=manifest["clock"]["snow_stops_ms"],
            title=manifest["title_en" if self.lang == "en" else "title"],
            schematic=manifest["schematic"],
            lang=self.lang,
        )
