"""The log of a run in typed columns: 34 bytes a row, written when an interval ends.

One row is one interval of one machine (or of a zone or depot). A pass carries its decision's
instant; the deadhead between decision and start is not a row here: `events.parquet` gets it as
`travel` when the log is turned into frames, from the machine's place before. From when the strips
of a pass were due stands beside the rows: why something was done is not what was done.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

EVENT_KINDS = (
    "call_out", "grade", "muster", "shift", "travel", "wait", "load", "spread", "plough", "sweep",
    "grade_packed", "blow", "load_snow", "haul", "unload", "hand_clear", "frontage_clear",
    "breakdown", "repair", "stand_down", "refuse", "unserved",
)  # fmt: skip
KIND = {name: code for code, name in enumerate(EVENT_KINDS)}
PASS_KINDS = ("plough", "sweep", "grade_packed", "spread")
REASONS = (
    "", "crew", "stock", "bay", "work", "road", "team", "dump", "gate", "night", "called_off",
    "breakdown", "shift_end", "too_cold", "too_deep", "empty", "horizon",
    "none", "light", "moderate", "heavy", "blizzard", "severe_blizzard", "extreme_blizzard",
    "snow", "forecast", "clock", "truck", "loader", "thrown_back", "clearing",
)  # fmt: skip
REASON = {name: code for code, name in enumerate(REASONS)}
NO_MACHINE = 65_535
NOWHERE = -1
NO_DUE = 4_294_967_295  # in `due`: no work on strips


ROW = struct.Struct("<BBHIIIiBBq")  # 30 bytes
COLUMNS = np.dtype(
    [
        ("kind", "u1"), ("reason", "u1"), ("machine", "<u2"), ("decided", "<u4"),
        ("start", "<u4"), ("end", "<u4"), ("place", "<i4"), ("strip_from", "u1"),
        ("strip_to", "u1"), ("amount_g", "<i8"),
    ]
)  # fmt: skip


class EventLog:
    """Rows of the log; `place` is a segment number, a depot number for load, else NOWHERE."""

    def __init__(
        self,
        rows: bytes = b"",
        team_row: Iterable[int] = (),
        team: Iterable[int] = (),
        due: Iterable[int] = (),
    ) -> None:
        self._rows = bytearray(rows)
        self.due = array("I", due)  # by row: from when its strips were due
        self.team_row = array("I", team_row)  # rows that belong to a team, and which
        self.team = array("I", team)

    def __len__(self) -> int:
        return len(self._rows) // ROW.size

    def add(
        self,
        kind: int,
        machine: int,
        decided: int,
        start: int,
        end: int,
        place: int = NOWHERE,
        strip_from: int = 0,
        strip_to: int = 0,
        amount_g: int = 0,
        reason: int = 0,
        due: int = NO_DUE,
    ) -> None:
        """Append one row."""
        self.due.append(due)
        self._rows += ROW.pack(
            kind, reason, machine, decided, start, end, place, strip_from, strip_to, amount_g
        )

    def join_team(self, team: int) -> None:
        """Say that the row just added belongs to a team."""
        self.team_row.append(len(self) - 1)
        self.team.append(team)

    def table(self) -> NDArray[np.void]:
        """All rows as a structured array (a copy), in the order in which they were written."""
        return np.frombuffer(bytes(self._rows), dtype=COLUMNS)

    def rows(self) -> bytes:
        """All rows as they are packed."""
        return bytes(self._rows)

    def nbytes(self) -> int:
        """Bytes held by the rows, their due instants and the teams."""
        columns = (self.due, self.team_row, self.team)
        return len(self._rows) + sum(len(c) * c.itemsize for c in columns)
