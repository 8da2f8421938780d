"""The table after a run: when each class was passable and clean, against the limits."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import IO, Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from snowplan.reporting.view import View
from snowplan.units import ms_hours

WIDTH_WITHOUT_TERMINAL = 100
WIDE = 96  # columns from which times stand on one line
BESIDE = ("hauled", "cycle_lane", "pavement")
_VERDICTS = {True: ("✓", "table.met", "green"), False: ("✗", "table.missed", "bold red")}


def print_summary(summary: Mapping[str, Any], view: View, file: IO[str]) -> None:
    """Print the table, and what its times mean, to `file`; plain where that is no terminal.

    `summary` as `summary.json`. Signs that the file's encoding cannot hold are left to the words.
    """
    plain = not _holds(file, "✓✗─")
    console = Console(file=file, width=width_of(file), highlight=False, markup=False, emoji=False)
    table = summary_table(summary, view, plain=plain, narrow=console.width < WIDE)
    parts: list[Table | Text] = [table, _footnote(view, plain=plain)]
    if any(aspect in row for row in summary["classes"].values() for aspect in BESIDE):
        narrow = console.width < WIDE
        parts[1:1] = [beside_table(summary, view, plain=plain, narrow=narrow)]
        parts.append(Text(view.say("table.beside_note"), style="" if plain else "dim"))
    if file.isatty():
        console.print(*parts, sep="\n")
        return
    with console.capture() as capture:
        console.print(*parts, sep="\n")
    lines = [line.rstrip() for line in capture.get().splitlines()]
    encoding = getattr(file, "encoding", None) or "utf-8"
    file.write(("\n".join(lines) + "\n").encode(encoding, "replace").decode(encoding))


def summary_table(
    summary: Mapping[str, Any], view: View, *, plain: bool = False, narrow: bool = False
) -> Table:
    """Two rows a class, passable and clean; `plain` uses ASCII lines and no marks.

    `narrow` breaks times after the date, so that the table fits into 80 columns.
    """
    title = f"{view.say('table.title')} · {view.heading}"
    table = _headed(title, view, plain, narrow)
    for key in ("n", "never_blocked", "not_by_horizon"):
        table.add_column(view.say(f"table.{key}"), justify="right", no_wrap=True, min_width=4)
    for key in ("median", "p95", "last"):
        table.add_column(view.say(f"table.{key}"), justify="right", no_wrap=True)
    for key in ("limit", "result"):
        table.add_column(view.say(f"table.{key}"), no_wrap=True)
    for road_class, aspects in summary["classes"].items():
        for aspect in ("opened", "cleared"):
            name = view.say(f"table.class_{road_class}") if aspect == "opened" else ""
            cells = _cells(aspects[aspect], view, plain, narrow)
            table.add_row(Text(name), Text(view.say(f"table.{aspect}")), *cells)
        table.add_section()
    return table


def beside_table(
    summary: Mapping[str, Any], view: View, *, plain: bool = False, narrow: bool = False
) -> Table:
    """One line for each that a class has: sections hauled, cycle lanes and pavements clean.

    `narrow` tells times in hours after snow stops alone.
    """
    table = _headed(view.say("table.beside_title"), view, plain, narrow)
    for key in ("n", "not_by_horizon", "median", "last", "limit"):
        table.add_column(view.say(f"table.{key}"), justify="right", no_wrap=True)
    table.add_column(view.say("table.result"), no_wrap=True)
    for road_class, aspects in summary["classes"].items():
        name = view.say(f"table.class_{road_class}")
        for aspect in (aspect for aspect in BESIDE if aspect in aspects):
            row = aspects[aspect]
            counts = [Text(str(row[key])) for key in ("n", "not_by_horizon")]
            times = [_one_line(row[key], view, narrow) for key in ("median_ms", "last_ms")]
            limit = "-" if row["limit_h"] is None else view.say(
                "table.limit_hours", hours=row["limit_h"]
            )  # fmt: skip
            word = view.say(f"table.{aspect}")
            table.add_row(
                Text(name), Text(word), *counts, *times, limit, _verdict(row, view, plain)
            )
            name = ""
        table.add_section()
    return table


def _headed(title: str, view: View, plain: bool, narrow: bool) -> Table:
    """A table with its title and the columns of class and aspect."""
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=box.ASCII2 if plain else box.SIMPLE_HEAD,
        padding=(0, 0 if narrow else 1, 0, 0),
        pad_edge=False,
    )
    for key in ("class", "aspect"):
        table.add_column(view.say(f"table.{key}"), no_wrap=True)
    return table


def _one_line(t_ms: int | None, view: View, narrow: bool) -> Text:
    """Local time and hours after snow stops, or the hours alone."""
    if t_ms is None or view.snow_stops_ms is None or view.snow_unfinished:
        return _time(t_ms, view, narrow)
    local = "" if narrow else view.clock.local(t_ms).strftime("%m-%d %H:%M ")
    return Text(local + view.say("table.after_snow", hours=ms_hours(t_ms - view.snow_stops_ms)))


def _cells(row: Mapping[str, Any], view: View, plain: bool, narrow: bool) -> list[Text]:
    counts = [Text(str(row[key])) for key in ("n", "never_blocked", "not_by_horizon")]
    times = [_time(row[key], view, narrow) for key in ("median_ms", "p95_ms", "last_ms")]
    return [*counts, *times, _limit(row, view), _verdict(row, view, plain)]


def _time(t_ms: int | None, view: View, narrow: bool) -> Text:
    """Local time, and below it hours after snow stops."""
    if t_ms is None:
        return Text("-")
    local = view.clock.local(t_ms).strftime("%m-%d\n%H:%M" if narrow else "%m-%d %H:%M")
    if view.snow_stops_ms is None or view.snow_unfinished:
        return Text(local)
    hours = view.say("table.after_snow", hours=ms_hours(t_ms - view.snow_stops_ms))
    return Text(f"{local}\n{hours}")


def _limit(row: Mapping[str, Any], view: View) -> Text:
    if row["limit_h"] is None:
        return Text("-")
    hours = view.say("table.limit_hours", hours=row["limit_h"])
    return Text(f"{hours}\n{view.say('table.' + row['limit_kind'] + '_limit')}")


def _verdict(row: Mapping[str, Any], view: View, plain: bool) -> Text:
    if view.snow_unfinished:
        return Text(view.say("table.snowing"))
    if row["limit_h"] is None:
        return Text(view.say("table.no_limit"))
    if row["met"] is None:
        return Text(view.say("table.undecided"))
    mark, word, style = _VERDICTS[row["met"]]
    return Text(view.say(word) if plain else f"{mark} {view.say(word)}", style=style)


def _footnote(view: View, *, plain: bool) -> Text:
    horizon = view.clock.text(view.horizon_ms)
    if view.snow_stops_ms is None:
        first = view.say("table.no_snow", horizon=horizon)
    elif view.snow_unfinished:
        first = view.say("table.snow_unfinished", horizon=horizon)
    else:
        stops = view.clock.text(view.snow_stops_ms)
        first = view.say("table.snow_stops", time=stops, horizon=horizon)
    return Text(f"{first}\n{view.say('table.note')}", style="" if plain else "dim")


def width_of(file: IO[str]) -> int | None:
    """None lets rich ask the terminal; a file or a pipe gets a width of its own."""
    if file.isatty():
        return None
    given = os.environ.get("COLUMNS", "")
    return int(given) if given.isdecimal() and int(given) > 0 else WIDTH_WITHOUT_TERMINAL


def _holds(file: IO[str], text: str) -> bool:
    try:
        text.encode(getattr(file, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
