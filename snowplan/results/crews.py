"""Whose hands a machine or party was in: intervals split at handovers, crews named (人歇车不歇)."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from snowplan.results.facts import RunFacts
from snowplan.results.log import KIND, REASON
from snowplan.results.rows import PASS_CODES, Ints

SHIFT_END = REASON["shift_end"]
WORKING = ("travel", "load", "load_snow", "haul", "unload", "hand_clear")
BUSY = [*PASS_CODES, *(KIND[name] for name in WORKING)]  # kinds that a handover leaves unfinished
_MACHINE_SHIFT = 40  # bits of an instant in a (machine, instant) key


class Roster:
    """The windows of all crews, in the order (machine, from); parties come after the machines."""

    def __init__(self, facts: RunFacts) -> None:
        windows = [
            (number, begin, end, crew)
            for number, owner in enumerate(facts.owners)
            for begin, end, crew in owner.windows
        ]
        self.machine = np.array([w[0] for w in windows], dtype=np.int64)
        self.begin = np.array([w[1] for w in windows], dtype=np.int64)
        self.end = np.array([w[2] for w in windows], dtype=np.int64)
        self.names = np.array([*(w[3] for w in windows), None], dtype=object)

    def at(self, machine: Ints, t_ms: Ints) -> Ints:
        """Number of the window that a machine is in, -1 where it has no crew."""
        keys = _key(self.machine, self.begin)
        found = np.searchsorted(keys, _key(machine, t_ms), side="right") - 1
        safe = np.maximum(found, 0)
        if not len(keys):
            return np.full(len(machine), -1, dtype=np.int64)
        inside = (found >= 0) & (self.machine[safe] == machine) & (t_ms < self.end[safe])
        return np.where(inside & (machine >= 0), safe, -1)

    def cuts(self) -> Ints:
        """Keys of all instants at which a crew comes or goes."""
        return np.unique(np.append(_key(self.machine, self.begin), _key(self.machine, self.end)))


def _key(machine: Ints, t_ms: Ints) -> Ints:
    return (machine << _MACHINE_SHIFT) + t_ms


def split_at_handovers(parts: pd.DataFrame, roster: Roster) -> pd.DataFrame:
    """Cut every interval at the instants at which its machine's crew changes.

    The pieces before the last are unfinished, without passes and grams; metres go by time. A wait
    is no work, so a piece of it is not unfinished.
    """
    cuts = roster.cuts()
    machine = parts["machine"].to_numpy()
    start, end = parts["start"].to_numpy(), parts["end"].to_numpy()
    first = np.searchsorted(cuts, _key(machine, start), side="right")
    last = np.searchsorted(cuts, _key(machine, end), side="left")
    count = np.where((machine >= 0) & (end > start), np.maximum(last - first, 0), 0)
    spans = np.flatnonzero(count)
    if not len(spans):
        return parts
    pieces = _pieces(
        parts.iloc[np.repeat(spans, count[spans] + 1)], count[spans], first[spans], cuts
    )
    return pd.concat([parts.drop(index=parts.index[spans]), pieces], ignore_index=True)


def _pieces(rows: pd.DataFrame, count: Ints, first: Ints, cuts: Ints) -> pd.DataFrame:
    """The pieces of the repeated rows: `count` cuts each, from position `first` in `cuts`."""
    number = np.concatenate([np.arange(n + 1) for n in count])
    base = np.repeat(first, count + 1)
    ends_here = np.repeat(count, count + 1) == number
    mask = (1 << _MACHINE_SHIFT) - 1
    whole = (rows["end"] - rows["start"]).to_numpy()
    begin = np.where(
        number == 0, rows["start"].to_numpy(), cuts[np.maximum(base + number - 1, 0)] & mask
    )
    end = np.where(
        ends_here, rows["end"].to_numpy(), cuts[np.minimum(base + number, len(cuts) - 1)] & mask
    )
    busy = rows["kind"].isin(BUSY).to_numpy() & ~ends_here
    return rows.assign(
        start=begin,
        end=end,
        metres=rows["metres"].to_numpy() * (end - begin) / whole,
        passes=np.where(ends_here, rows["passes"].to_numpy(), np.minimum(rows["passes"], 0)),
        amount_g=np.where(ends_here, rows["amount_g"].to_numpy(), np.minimum(rows["amount_g"], 0)),
        reason=np.where(busy, SHIFT_END, rows["reason"].to_numpy()),
        unfinished=rows["unfinished"].to_numpy() | busy,
    )


def named(windows: Ints, roster: Roster) -> NDArray[np.object_]:
    """Names of the crews of these windows; None for -1."""
    names: NDArray[np.object_] = roster.names[windows]
    return names
