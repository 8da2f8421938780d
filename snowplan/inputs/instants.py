"""Instants as people write them: a local time of the scenario, or hours after its start."""

from __future__ import annotations

import math
from datetime import datetime

from snowplan.clock import Clock
from snowplan.units import hours_ms

EXPECTED = "a local time such as 2026-01-16T03:00, or hours after the start"


def instant_ms(text: str, clock: Clock) -> int:
    """Milliseconds since the start; raises ValueError for a text that is no instant."""
    try:
        hours = float(text)
    except ValueError:
        wall = datetime.fromisoformat(text.strip())
        if wall.tzinfo is not None:
            raise ValueError(EXPECTED) from None
        return clock.ms_of(wall)
    if not math.isfinite(hours):
        raise ValueError(EXPECTED)
    return hours_ms(hours)
