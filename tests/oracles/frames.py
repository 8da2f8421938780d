"""Frames of states against the slow replay, row for row."""

from __future__ import annotations

from collections.abc import Iterator

from snowplan.results.group_rows import group_rows
from snowplan.results.rows import log_rows
from snowplan.results.side_states import side_states_frame
from snowplan.results.states import states_frame
from snowplan.results.windrows import windrows_of
from snowplan.simulation.handing_over import HandedOver
from tests.oracles.court import Court

Rows = list[tuple[object, ...]]  # (section, …, instant, state)


def differing(found: Rows, wanted: Rows) -> Iterator[str]:
    """Rows that differ; where snow meets a level to the last bit, the ms after it will do."""
    if len(found) != len(wanted):
        yield f"states: {len(found)} rows, expected {len(wanted)}"
    for a, b in zip(found, wanted, strict=False):
        if (a[:-2], a[-1]) != (b[:-2], b[-1]) or abs(a[-2] - b[-2]) > 1:
            yield f"states: {a}, expected {b}"


def states_faults(handed: HandedOver, court: Court) -> Iterator[str]:
    """Carriageways (blocked, open, clean, hauled), cycle lanes and pavements."""
    facts = handed.facts
    groups = group_rows(handed.group_log, facts.horizon_ms)
    windrows = windrows_of(log_rows(handed.log), groups, facts)
    states = states_frame(handed.log, facts, handed.group_log, windrows=windrows)
    wanted = court.replay.states(court.kerbs.steps())
    yield from differing(
        list(states.itertuples(index=False, name=None)),
        list(wanted.itertuples(index=False, name=None)),
    )
    beside = side_states_frame(groups, facts)
    yield from differing(
        sorted(beside.itertuples(index=False, name=None)), sorted(court.sides.states())
    )
