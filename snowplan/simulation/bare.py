"""The measure of speed: SimPy alone, as many plain timeouts over as many processes."""

from __future__ import annotations

from collections.abc import Generator

import simpy

from snowplan.units import MS_PER_S


def bare_timeouts(events: int, processes: int) -> int:
    """Run at least `events` plain timeouts, shared out evenly, and nothing else; how many ran."""
    env = simpy.Environment()
    each = max(1, -(-events // max(1, processes)))

    def idling() -> Generator[simpy.Event, None, None]:
        for _ in range(each):
            yield env.timeout(MS_PER_S)

    for _ in range(max(1, processes)):
        env.process(idling())
    env.run()
    return each * max(1, processes)
