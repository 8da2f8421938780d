"""Breaking down and being mended, where the machine stands."""

from __future__ import annotations

from collections.abc import Generator

import simpy

from snowplan.model.snow import NEVER
from snowplan.results.log import KIND, REASON
from snowplan.simulation.party import Party
from snowplan.simulation.unit import Unit
from snowplan.simulation.world import Ending, World
from snowplan.units import hours_ms

BREAKDOWN = REASON["breakdown"]


def hours_to_failure_ms(world: World, unit: Unit | Party) -> int:
    """Running hours to the next failure, drawn for this machine; never where failure is off."""
    if not world.draws.varies("failure"):
        return NEVER
    return max(1, hours_ms(world.draws.value(unit.id, "failure", 0.0)))


def mending(world: World, unit: Unit) -> Generator[simpy.Event, object, None]:
    """Give the job back, log the failure, be repaired in place, and draw the next failure.

    What was done of the pass is kept: whoever takes these strips next drives over that part.
    """
    now = int(world.env.now)
    _give_back(world, unit, now)
    world.log.add(KIND["breakdown"], unit.order, now, now, now, unit.segment)
    unit.breaks = False
    unit.segment = -1
    unit.since = now
    unit.turn_to(world.log, now, "repair")
    usual_h = world.draws.median("repair")
    unit.until = now + max(1, hours_ms(world.draws.value(unit.id, "repair", usual_h)))
    yield from being_repaired(world, unit)


def being_repaired(world: World, unit: Unit) -> Generator[simpy.Event, object, None]:
    """Stand until the repair in the record ends, then draw the next failure."""
    yield Ending(world.env, unit.until - int(world.env.now), unit.order)
    unit.to_failure_ms = hours_to_failure_ms(world, unit)
    unit.turn_to(world.log, int(world.env.now), "wait", "work")


def _give_back(world: World, unit: Unit, now: int) -> None:
    board, segment = world.board, unit.segment
    lo = world.network.seg.strip0[segment]
    for s in range(unit.lo, unit.hi):
        board.claimed[s] = 0
    if unit.opens:
        board.opening[segment] -= 1
        unit.opens = False
    if now > unit.start:
        kind = unit.kind
        world.log.add(
            kind, unit.order, unit.decided, unit.start, now, segment,
            unit.lo - lo, unit.hi - lo, reason=BREAKDOWN, due=unit.due,
        )  # fmt: skip
        if unit.team_number:
            world.log.join_team(unit.team_number)
        share = (now - unit.start) * 1000 // max(1, unit.planned_end - unit.start)
        world.part_done[segment, unit.lo] = max(share, world.part_done.get((segment, unit.lo), 0))
        unit.junction = world.network.seg.start[segment]
    else:
        world.log.add(
            KIND["travel"], unit.order, unit.decided, unit.decided, now, segment,
            reason=BREAKDOWN, due=unit.due,
        )  # fmt: skip
    board.refresh(segment, now)
    if board.special[segment]:
        board.refresh_special(segment, now)
    world.free_for(unit.type.kind, world.zones[segment], 1)
