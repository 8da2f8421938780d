"""The log of a run in typed columns: about 26 bytes a row, written when an interval ends.

One row is one interval of one machine (or of a zone or depot). A pass carries its decision's
instant; the deadhead between decision and start is not a row here: `events.parquet` gets it as
`travel` when the log is turned into frames, from the machine's place before.
"""

from __future__ import annotations

from array import array

EVENT_KINDS = (
    "call_out", "grade", "muster", "shift", "travel", "wait", "load", "spread", "plough", "sweep",
    "grade_packed", "blow", "load_snow", "haul", "unload", "hand_clear", "frontage_clear",
    "breakdown", "repair", "stand_down", "refuse",
)  # fmt: skip
KIND = {name: code for code, name in enumerate(EVENT_KINDS)}
PASS_KINDS = ("plough", "sweep", "grade_packed", "spread")
REASONS = (
    "", "crew", "stock", "bay", "work", "road", "team", "dump", "gate", "night", "called_off",
    "breakdown", "shift_end", "too_cold", "too_deep", "empty", "horizon",
    "none", "light", "moderate", "heavy", "blizzard", "severe_blizzard", "extreme_blizzard",
    "snow", "forecast", "clock",
)  # fmt: skip
REASON = {name: code for code, name in enumerate(REASONS)}
NO_MACHINE = 65_535
NOWHERE = -1


class EventLog:
    """Columns of the log; `place` is a segment number, a depot number for load, else NOWHERE."""

    def __init__(self) -> None:
        self.kind = array("B")
        self.reason = array("B")
        self.machine = array("H")
        self.decided = array("I")
        self.start = array("I")
        self.end = array("I")
        self.place = array("i")
        self.strip_from = array("B")
        self.strip_to = array("B")
        self.amount_g = array("i")
        self.team_row = array("I")  # rows that belong to a team, and which
        self.team = array("I")

    def __len__(self) -> int:
        return len(self.kind)

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
    ) -> None:
        """Append one row."""
        self.kind.append(kind)
        self.machine.append(machine)
        self.decided.append(decided)
        self.start.append(start)
        self.end.append(end)
        self.place.append(place)
        self.strip_from.append(strip_from)
        self.strip_to.append(strip_to)
        self.amount_g.append(amount_g)
        self.reason.append(reason)

    def join_team(self, team: int) -> None:
        """Say that the row just added belongs to a team."""
        self.team_row.append(len(self.kind) - 1)
        self.team.append(team)

    def nbytes(self) -> int:
        """Bytes held by the columns."""
        columns = (
            self.kind, self.reason, self.machine, self.decided, self.start, self.end, self.place,
            self.strip_from, self.strip_to, self.amount_g, self.team_row, self.team,
        )  # fmt: skip
        return sum(len(c) * c.itemsize for c in columns)
