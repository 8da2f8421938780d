"""What machines and squads were doing while a section waited for them: causes of waiting."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

WAITING = "waiting:"
BUSY = f"{WAITING}other_work"  # at work elsewhere, on the way there, or in a team there
_BY_REASON = {  # of a wait
    "called_off": "called_off", "crew": "crew", "shift_end": "shift", "night": "night",
    "stock": "stock", "bay": "bay", "work": "idle",
}  # fmt: skip
_BY_KIND = {"load": "load", "repair": "repair", "breakdown": "repair"}


class Piece(NamedTuple):
    """One part of a section's time; `[start_ms, end_ms)`."""

    start_ms: int
    end_ms: int
    part: str


class Doings:
    """What each machine and squad did at every instant of a run, in words of waiting."""

    def __init__(self, events: pd.DataFrame) -> None:
        own = events[events["machine"].notna() & (events["end_ms"] > events["start_ms"])]
        own = own.sort_values(["machine", "start_ms"], kind="stable")
        parts = _words(own)
        starts = own["start_ms"].to_numpy(dtype=np.int64)
        machines = own["machine"].to_numpy(dtype=object)
        first = np.flatnonzero(np.append(True, machines[1:] != machines[:-1])[: len(own)])
        self._of = {
            str(machines[a]): (starts[a:b].tolist(), parts[a:b].tolist())
            for a, b in pairwise([*first.tolist(), len(own)])
        }

    def pieces(self, machine: str, start_ms: int, end_ms: int) -> Iterator[Piece]:
        """What a machine did in a spell, without gaps."""
        starts, parts = self._of[machine]
        row = max(0, bisect_right(starts, start_ms) - 1)
        while start_ms < end_ms:
            until = starts[row + 1] if row + 1 < len(starts) else end_ms
            until = min(until, end_ms)
            yield Piece(start_ms, until, parts[row])
            start_ms, row = until, row + 1


def _words(rows: pd.DataFrame) -> np.ndarray:
    """The cause of waiting that each row is for a section elsewhere; ways to load are loading."""
    waits = rows["reason"].map(_BY_REASON).where(rows["kind"] == "wait")
    kinds = rows["kind"].map(_BY_KIND)
    to_load = pd.Series("load", rows.index).where(
        (rows["kind"] == "travel") & rows["depot"].notna()
    )
    causes = waits.fillna(kinds).fillna(to_load)
    found: np.ndarray = (WAITING + causes).fillna(BUSY).to_numpy(dtype=object)
    return found
