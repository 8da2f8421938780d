"""When each section became passable and clean for good: from `states` and the horizon alone."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

LEVELS = {"blocked": 0, "open": 1, "clean": 2, "hauled": 3}
NEVER_BLOCKED = "never_blocked"
NOT_BY_HORIZON = "not_by_horizon"

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def state_levels(states: pd.DataFrame) -> Ints:
    """Each row's state as a number: blocked 0, open 1, clean 2, hauled 3.

    Raises ValueError on a state that is not in the list.
    """
    codes, names = pd.factorize(states["state"])
    unknown = [str(name) for name in names if name not in LEVELS]
    if unknown or (codes < 0).any():
        raise ValueError(
            f"states: found {unknown or 'a missing state'}; expected {', '.join(LEVELS)}"
        )
    return np.array([LEVELS[str(name)] for name in names], dtype=np.int64)[codes]


def section_starts(states: pd.DataFrame, horizon_ms: int) -> Ints:
    """Position of each section's first row.

    Raises ValueError unless `states` is sorted by section and strictly by t_ms, begins each section
    at 0 and stays below the horizon.
    """
    t_ms = states["t_ms"].to_numpy(dtype=np.int64)
    codes, names = pd.factorize(states["section"])
    first = np.ones(len(states), dtype=np.bool_)
    first[1:] = codes[1:] != codes[:-1]
    starts = np.flatnonzero(first)
    if len(starts) != len(names):
        raise ValueError(
            "states: a section's rows stand apart; expected them sorted by section, t_ms"
        )
    if (t_ms[starts] != 0).any():
        late = str(names[int((t_ms[starts] != 0).argmax())])
        raise ValueError(f"states: section {late} begins after 0; expected its first row at t_ms 0")
    steps = np.diff(t_ms)
    if (steps[~first[1:]] <= 0).any():
        raise ValueError("states: t_ms does not rise within a section; expected one row a crossing")
    if len(t_ms) and int(t_ms.max()) >= horizon_ms:
        raise ValueError(f"states: t_ms {int(t_ms.max())} is not before the horizon {horizon_ms}")
    return starts


def section_times(states: pd.DataFrame, horizon_ms: int) -> pd.DataFrame:
    """One row a section, in the order of `states`.

    Columns: section, first_opened_ms, open_state, opened_ms, clear_state, cleared_ms, hauled_ms.
    `opened_ms` and `cleared_ms` are the start of the last unbroken spell that reaches the horizon;
    0 with `never_blocked` (cleared: never other than clean), missing with `not_by_horizon`.
    """
    starts = section_starts(states, horizon_ms)
    levels = state_levels(states)
    t_ms = states["t_ms"].to_numpy(dtype=np.int64)
    opened, opened_at = _for_good(levels >= LEVELS["open"], t_ms, starts)
    cleared, cleared_at = _for_good(levels >= LEVELS["clean"], t_ms, starts)
    hauled, hauled_at = _for_good(levels >= LEVELS["hauled"], t_ms, starts)
    return pd.DataFrame(
        {
            "section": states["section"].to_numpy(dtype=object)[starts],
            "first_opened_ms": _first_opened(levels >= LEVELS["open"], t_ms, starts),
            "open_state": _words(opened, opened_at, "opened"),
            "opened_ms": _nullable(opened_at, opened),
            "clear_state": _words(cleared, cleared_at, "cleared"),
            "cleared_ms": _nullable(cleared_at, cleared),
            "hauled_ms": _nullable(hauled_at, hauled),
        }
    )


def states_at(states: pd.DataFrame, t_ms: int, horizon_ms: int) -> pd.Series:
    """The state of every section at one instant, indexed by section."""
    starts = section_starts(states, horizon_ms)
    if not len(starts):
        return pd.Series([], index=pd.Index([], name="section"), dtype=object, name="state")
    rows = np.arange(len(states))
    last = np.maximum.reduceat(np.where(states["t_ms"].to_numpy() <= t_ms, rows, -1), starts)
    return states.iloc[last].set_index("section")["state"]


def _for_good(good: Bools, t_ms: Ints, starts: Ints) -> tuple[Bools, Ints]:
    """Whether the last spell is good, and when it began (after the last row that is not)."""
    if not len(starts):
        return np.zeros(0, dtype=np.bool_), np.zeros(0, dtype=np.int64)
    rows = np.arange(len(good))
    last_bad = np.maximum.reduceat(np.where(good, -1, rows), starts)
    begin = np.where(last_bad < 0, starts, last_bad + 1)
    ends = np.append(starts[1:], len(good))
    reached = begin < ends
    return reached, t_ms[np.minimum(begin, len(good) - 1)] * reached


def _first_opened(good: Bools, t_ms: Ints, starts: Ints) -> pd.arrays.IntegerArray:
    """First crossing from blocked to passable; 0 where never blocked, missing where none."""
    if not len(starts):
        return _nullable(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_))
    far = np.iinfo(np.int64).max
    crossing = np.zeros(len(good), dtype=np.bool_)
    crossing[1:] = good[1:] & ~good[:-1]
    crossing[starts] = False
    first = np.minimum.reduceat(np.where(crossing, t_ms, far), starts)
    always = np.logical_and.reduceat(good, starts)
    return _nullable(np.where(always, 0, first), always | (first < far))


def _words(reached: Bools, at_ms: Ints, word: str) -> NDArray[np.object_]:
    found = np.full(len(reached), NOT_BY_HORIZON, dtype=object)
    found[reached] = word
    found[reached & (at_ms == 0)] = NEVER_BLOCKED
    return found


def _nullable(values: Ints, present: Bools) -> pd.arrays.IntegerArray:
    return pd.arrays.IntegerArray(np.where(present, values, 0).astype(np.int64), ~present)
