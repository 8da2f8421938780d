"""What held every section of a run back, from its events and states alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from snowplan.analysis.held_course import (
    BETWEEN,
    DRIVING,
    MELTING,
    NEVER,
    NOT_DUE,
    SNOWED_OVER,
    TEAM,
    UNSERVED,
    WORKED,
    Course,
    Span,
    Visit,
    partition,
)
from snowplan.analysis.held_doing import BUSY, WAITING, Doings, Piece
from snowplan.analysis.section_times import LEVELS, section_starts, section_times, state_levels

CAUSES = (
    "called_off", "crew", "shift", "night", "stock", "bay", "load", "repair", "idle",
)  # fmt: skip
PARTS = (
    NOT_DUE, WORKED, DRIVING, BETWEEN, SNOWED_OVER, MELTING,
    *(WAITING + cause for cause in CAUSES), TEAM, BUSY, UNSERVED,
)  # fmt: skip
COLUMNS = ["section", "start_ms", "end_ms", "part"]


def tells_due(events: pd.DataFrame) -> bool:
    """Whether events tell from when work was due; those of earlier versions do not."""
    return bool(events["due_ms"].notna().any() or events["decided_ms"].isna().all())


def held_parts(states: pd.DataFrame, events: pd.DataFrame, horizon_ms: int) -> pd.DataFrame:
    """Every section's time from the start until it is clean for good, or the horizon, in parts.

    `states` and `events` as in the run folder. Columns section, start_ms, end_ms, part (of
    `PARTS`), by section as in `states`, then by start; sections that never were other than clean
    have no rows. Raises ValueError where events do not tell from when work was due.
    """
    if not tells_due(events):
        raise ValueError("events: no due_ms; expected it on work and on drives to it")
    doings = Doings(events)
    rows = [
        (section, *piece)
        for section, course in courses(states, events, horizon_ms).items()
        for piece in partition(course, doings)
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"start_ms": "int64", "end_ms": "int64"})


def section_parts(
    section: str, states: pd.DataFrame, events: pd.DataFrame, horizon_ms: int
) -> list[Piece]:
    """The parts of one section's time, in order; as `held_parts`."""
    own = states[states["section"] == section]
    own = events[events["section"] == section]
    found = courses(states[states["section"] == section], own, horizon_ms)
    doings = Doings(events[events["machine"].isin(set(own["machine"].dropna()))])
    return [piece for course in found.values() for piece in partition(course, doings)]


def courses(states: pd.DataFrame, events: pd.DataFrame, horizon_ms: int) -> dict[str, Course]:
    """What happened on each section that was not always clean."""
    times = section_times(states, horizon_ms)
    spells = _clean_spells(states, horizon_ms)
    visits = _by_section(events)
    found = {}
    for section, cleared_ms in zip(times["section"], times["cleared_ms"], strict=True):
        cleared = not pd.isna(cleared_ms)
        if cleared and cleared_ms == 0:
            continue
        rows = visits.get(section, ())
        work = [row for row in rows if row["kind"] != "unserved"]
        left = [row["due_ms"] for row in rows if row["kind"] == "unserved"]
        found[str(section)] = Course(
            until_ms=int(cleared_ms) if cleared else horizon_ms,
            cleared=cleared,
            visits=sorted({Visit(r["decided_ms"], r["due_ms"], r["machine"]) for r in work}),
            passes=[(r["start_ms"], r["end_ms"]) for r in work if r["kind"] != "travel"],
            drives=[(r["start_ms"], r["end_ms"]) for r in work if r["kind"] == "travel"],
            claims=[(r["decided_ms"], r["end_ms"]) for r in work],
            clean=spells[section],
            left_due_ms=min(left, default=NEVER),
        )
    return found


def _by_section(events: pd.DataFrame) -> Mapping[str, Sequence[dict[str, Any]]]:
    """Work on strips, drives to it, and what was left due at the end, by section."""
    rows = events.loc[
        events["due_ms"].notna(),
        ["section", "kind", "machine", "decided_ms", "start_ms", "end_ms", "due_ms"],
    ]
    rows = rows.assign(decided_ms=rows["decided_ms"].fillna(-1).astype("int64"))
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.astype({"due_ms": "int64"}).to_dict("records"):
        found[row["section"]].append({str(key): value for key, value in row.items()})
    return found


def _clean_spells(states: pd.DataFrame, horizon_ms: int) -> dict[str, list[Span]]:
    """The spells in which each section was clean, in order."""
    starts = section_starts(states, horizon_ms)
    clean = (state_levels(states) >= LEVELS["clean"]).tolist()
    t_ms = states["t_ms"].to_numpy(dtype=np.int64).tolist()
    names = states["section"].to_numpy(dtype=object)
    found: dict[str, list[Span]] = {}
    for first, last in pairwise([*starts.tolist(), len(states)]):
        ends = [*t_ms[first + 1 : last], horizon_ms]
        spans = [
            (t_ms[k], end) for k, end in zip(range(first, last), ends, strict=True) if clean[k]
        ]
        found[str(names[first])] = _end_to_end(spans)
    return found


def _end_to_end(spans: list[Span]) -> list[Span]:
    """Spells that follow each other without a gap, as one (clean, then hauled)."""
    found: list[Span] = []
    for a, b in spans:
        if found and found[-1][1] == a:
            found[-1] = (found[-1][0], b)
        else:
            found.append((a, b))
    return found
