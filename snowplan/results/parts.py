"""The inner form of events: one row an event, everything a number, before names are put in."""

from __future__ import annotations

import numpy as np
import pandas as pd

MISSING = -1  # in every column
COLUMNS = (
    "kind", "machine", "decided", "start", "end", "segment", "lo", "hi", "depot", "dump", "team",
    "passes", "amount_g", "metres", "reason", "unfinished", "window", "part", "due",
)  # fmt: skip


def inner(size: int, **columns: object) -> pd.DataFrame:
    """Rows of the inner form; what is not given is missing, nothing, or false.

    `machine` counts the machines of the facts, then the parties.
    """
    plain = {name: np.full(size, MISSING, dtype=np.int64) for name in COLUMNS}
    rest = {
        "metres": np.full(size, np.nan),
        "reason": np.zeros(size, dtype=np.int64),
        "unfinished": np.zeros(size, dtype=np.bool_),
    }
    return pd.DataFrame({**plain, **rest, **columns})[list(COLUMNS)]
