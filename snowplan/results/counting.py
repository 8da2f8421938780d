"""Running counts by owner and instant: how many of its parts are in some condition."""

from __future__ import annotations

import numpy as np

from snowplan.results.rows import Bools, Ints

T_BITS = 40  # bits of an instant in a key
Change = tuple[Ints, Ints, Ints]  # (owner, t, ±1), in any order
_T_MASK = (1 << T_BITS) - 1


def counted(*changes: Change) -> tuple[Ints, Ints, Bools, list[Ints]]:
    """(owner, t, first row of its owner, one running count a kind of change), by (owner, t)."""
    key = np.concatenate([(owner << T_BITS) + t for owner, t, _ in changes])
    order = np.argsort(key, kind="stable")
    key = key[order]
    last = np.append(key[1:] != key[:-1], True)[: len(key)]
    owner = key[last] >> T_BITS
    fresh = np.append(True, owner[1:] != owner[:-1])[: len(owner)]
    before, group = np.flatnonzero(fresh) - 1, np.cumsum(fresh) - 1
    counts, start = [], 0
    for _, _, delta in changes:
        whole = np.zeros(len(key), dtype=np.int64)
        whole[start : start + len(delta)] = delta
        start += len(delta)
        count = np.cumsum(whole[order])[last]
        counts.append(count - np.where(before < 0, 0, count[before])[group])
    return owner, key[last] & _T_MASK, fresh, counts
