"""What is due for squads, from when, and whom that concerns."""

from __future__ import annotations

from collections.abc import Sequence

from snowplan.model.hands import HandRules, Part
from snowplan.model.snow import NEVER
from snowplan.simulation.party import Party
from snowplan.simulation.triggers import ABOVE
from snowplan.simulation.world import Ending, World


def hand_rules(world: World) -> HandRules:
    """The plan's rules of hand work; there are no areas without."""
    rules = world.plan.hand
    assert rules is not None
    return rules


def called(world: World, group: str) -> bool:
    """True while the treatment in force sends this group out."""
    return group == "clearing" or group in world.treatment.groups


def share_fringe(world: World) -> None:
    """Carriageways of the fringe are the rural squads' while they are called, else machines'."""
    by_hand = called(world, "rural")
    for segment in world.sides.carriageway:
        if world.board.by_hand[segment] != by_hand:
            world.board.give_to_hands(segment, by_hand)


def open_beat(world: World, party: Party) -> Sequence[int]:
    """What a squad has of its beat now: nothing of the fringe while rural squads have it."""
    if party.group == "rural" or not called(world, "rural"):
        return party.beat
    fringe = world.sides.fringe
    return [area for area in party.beat if not fringe[area]]


# ---- due instants ---------------------------------------------------------------------------


def tolerated_g_m2(world: World) -> float:
    """What may lie beside the carriageway: the trigger while it snows, then the clean depth."""
    clean = world.plan.thresholds.clean_depth_mm
    return (clean if world.stopped else hand_rules(world).trigger_mm) * world.sky.density


def due_after(world: World, area: int, now: int, left: float) -> int:
    """When an area is due again on which hands have left `left` g/m² just now."""
    if not world.stopped and not world.clear_in_snow:
        return NEVER
    return _over(world, area, now, max(tolerated_g_m2(world), left * ABOVE))


def _over(world: World, area: int, now: int, level: float) -> int:
    curve = world.sky.curves[0][1]  # N is the same for all
    return max(now, curve.net_over(level - world.sides.base[area]))


def reckon_areas(world: World, now: int) -> None:
    """Due instants under the treatment in force; what is due already stays so while it snows."""
    sides = world.sides
    level, net = tolerated_g_m2(world), world.sky.fall.net_at(now)
    for area, part in enumerate(sides.part):
        if part is Part.CARRIAGEWAY:
            continue
        if world.stopped:
            deep = sides.areal(area, net) > level
            sides.due[area] = min(now, sides.due[area]) if deep else NEVER
        elif sides.worked[area] and not world.clear_in_snow:
            sides.due[area] = NEVER
        elif sides.due[area] > now:
            sides.due[area] = _over(world, area, now, level)


def due_ms(world: World, area: int) -> int:
    """From when an area is due for squads; a carriageway with the first of its strips."""
    sides = world.sides
    if sides.part[area] is Part.CARRIAGEWAY:
        segment = sides.segment[area]
        lo = world.network.seg.strip0[segment]
        return min(world.board.lead_due[lo : lo + world.network.seg.strips[segment]])
    if sides.part[area] is Part.FRONTAGE and not sides.shirked[area] and called(world, "frontage"):
        return NEVER
    return sides.due[area]


def is_free(world: World, area: int) -> bool:
    """True when nobody is at an area; on a carriageway no machine either."""
    sides = world.sides
    if sides.claimed[area] or sides.part[area] is not Part.CARRIAGEWAY:
        return not sides.claimed[area]
    segment = sides.segment[area]
    lo = world.network.seg.strip0[segment]
    return not any(world.board.claimed[lo : lo + world.network.seg.strips[segment]])


def next_due(world: World, party: Party, now: int) -> int:
    """The next instant at which a squad may find work in its beat.

    What another squad is at does not count: that squad's end stirs this one. A machine still on a
    carriageway that squads have now is waited for.
    """
    sides, soonest = world.sides, NEVER
    for area in open_beat(world, party):
        if is_free(world, area):
            soonest = min(soonest, due_ms(world, area))
        elif not sides.claimed[area]:
            ends = (u.end for u in world.units if u.segment == sides.segment[area])
            soonest = min(soonest, max(now, min(ends, default=NEVER)))
    return soonest


# ---- squads that wait -----------------------------------------------------------------------


def ring(world: World, party: Party, t_ms: int) -> None:
    """Wake a waiting squad at `t_ms`, in its place in line, and at no instant asked for before."""
    if party.bell_ms == t_ms:
        return
    party.bell_ms = t_ms
    if t_ms < world.horizon:
        bell = Ending(world.env, t_ms - int(world.env.now), party.order)
        bell.callbacks.append(lambda _: _rung(party, t_ms))


def _rung(party: Party, t_ms: int) -> None:
    if party.bell_ms == t_ms:
        party.wake()


def stir(world: World, party: Party, now: int) -> None:
    """Let a squad that waits on duty look again at this instant."""
    if party.event is not None and party.duty_to > now:
        ring(world, party, now)


def stir_for(world: World, area: int, now: int) -> None:
    """Let those squads look again that have an area in their beats."""
    for number in world.sides.squads[area]:
        stir(world, world.parties[number], now)
