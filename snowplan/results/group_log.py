"""The log of the groups beside the machines: loaders, trucks, squads and frontage duty.

One row is one interval of one party, written when it ends; every row stands for itself (drives
are rows too, with their metres).
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from snowplan.results.log import NO_DUE, NOWHERE

NOBODY = 65_535  # no party: frontage duty, a dump that is full
NO_PART = 255
ROW = struct.Struct("<BBHIIIihBIq")  # 35 bytes
COLUMNS = np.dtype(
    [
        ("kind", "u1"), ("reason", "u1"), ("party", "<u2"), ("decided", "<u4"),
        ("start", "<u4"), ("end", "<u4"), ("place", "<i4"), ("dump", "<i2"), ("part", "u1"),
        ("dm", "<u4"), ("amount_g", "<i8"),
    ]
)  # fmt: skip


class GroupLog:
    """Rows of the log; `place` is a segment number, `dump` the position of a dump point."""

    def __init__(self, rows: bytes = b"", due: Iterable[int] = ()) -> None:
        self._rows = bytearray(rows)
        self.due = array("I", due)  # by row: from when a carriageway was due

    def __len__(self) -> int:
        return len(self._rows) // ROW.size

    def add(
        self,
        kind: int,
        party: int,
        decided: int,
        start: int,
        end: int,
        place: int = NOWHERE,
        dump: int = NOWHERE,
        part: int = NO_PART,
        dm: int = 0,
        amount_g: int = 0,
        reason: int = 0,
        due: int = NO_DUE,
    ) -> None:
        """Append one row."""
        self.due.append(due)
        self._rows += ROW.pack(
            kind, reason, party, decided, start, end, place, dump, part, dm, amount_g
        )

    def table(self) -> NDArray[np.void]:
        """All rows as a structured array (a copy), in the order in which they were written."""
        return np.frombuffer(bytes(self._rows), dtype=COLUMNS)

    def rows(self) -> bytes:
        """All rows as they are packed."""
        return bytes(self._rows)

    def nbytes(self) -> int:
        """Bytes held by the rows and their due instants."""
        return len(self._rows) + len(self.due) * self.due.itemsize
