"""Dump points (指定堆雪点): gates with a line, room that fills up, in whole grams."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field


@dataclass(slots=True)
class Dump:
    """One dump point; `queue` holds the numbers of trucks in line, `busy` its gates in use."""

    number: int
    junction: int
    gates: int
    green: bool
    capacity_g: int
    initial_g: int
    held_g: int
    promised_g: int = 0  # on the way or in line
    busy: int = 0
    queue: deque[int] = field(default_factory=deque)
    told_full: bool = False

    @property
    def room_g(self) -> int:
        """What can still be promised."""
        return self.capacity_g - self.held_g - self.promised_g
