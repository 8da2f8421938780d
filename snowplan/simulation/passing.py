"""What every finished pass leaves behind: a row, a place, and the next due instants."""

from __future__ import annotations

from snowplan.model.snow import NEVER
from snowplan.results.log import KIND, NOWHERE, REASON
from snowplan.simulation.unit import Unit
from snowplan.simulation.world import World

WAIT, FOR_WORK = KIND["wait"], REASON["work"]


def close_pass(world: World, member: Unit, amount_g: int, now: int) -> None:
    """Log a finished pass and leave the machine at the segment's far end."""
    segment = member.segment
    seg = world.network.seg
    lo = seg.strip0[segment]
    world.log.add(
        member.kind, member.order, member.decided, member.start, now, segment,
        member.lo - lo, member.hi - lo, amount_g, due=member.due,
    )  # fmt: skip
    if member.team_number:
        world.log.join_team(member.team_number)
    member.to_failure_ms -= now - member.decided
    member.junction = seg.end[segment]
    member.since = now
    member.doing, member.reason, member.place = WAIT, FOR_WORK, NOWHERE
    if member.opens:
        world.board.opening[segment] -= 1
        member.opens = False
    if member.leader is None:
        member.segment = -1


def settle_segment(world: World, unit: Unit, segment: int, now: int) -> None:
    """Keys of a segment after a clearing pass, and when to look whether it is blocked again."""
    board, ground = world.board, world.ground
    if world.ridges and max(ground.packed[unit.lo : unit.hi]) > ground.ridge * ground.m2[segment]:
        world.look_at_block(segment, now)
        return
    board.block_at[segment] = NEVER
    world.look_later(segment, now + world.bare_gap[segment])
    board.refresh(segment, now)
    if board.special[segment]:
        board.refresh_special(segment, now)


def follow(world: World, unit: Unit, segment: int) -> None:
    """Send idle machines to the work that this pass has made."""
    for kind, idle in world.idle_by_kind.items():
        if idle and kind != unit.type.kind:
            world.offer_to(kind, segment)


def cut_off(world: World, unit: Unit, horizon: int) -> None:
    """Write what a machine is at when the horizon comes."""
    if unit.segment < 0:
        unit.close(world.log, horizon)
        return
    segment = unit.segment
    lo = world.network.seg.strip0[segment]
    kind, start = unit.kind, unit.start
    if start >= horizon:
        kind, start = KIND["travel"], unit.decided
    world.log.add(
        kind, unit.order, unit.decided, start, horizon, segment,
        unit.lo - lo, unit.hi - lo, reason=REASON["horizon"], due=unit.due,
    )  # fmt: skip
    if unit.team_number:
        world.log.join_team(unit.team_number)
