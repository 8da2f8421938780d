"""Hand clearing: a squad's working life, and what its work leaves behind."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator

import simpy

from snowplan.dispatch.hands import key_of, next_area
from snowplan.dispatch.ranks import CLEAN
from snowplan.model.hands import Part
from snowplan.model.snow import NEVER
from snowplan.results.log import KIND, NO_DUE, REASON
from snowplan.simulation.fronting import await_owners
from snowplan.simulation.hand_dues import (
    called,
    due_after,
    due_ms,
    hand_rules,
    is_free,
    next_due,
    open_beat,
    reckon_areas,
    ring,
    stir,
    stir_for,
)
from snowplan.simulation.hauling import push_aside
from snowplan.simulation.party import Party
from snowplan.simulation.triggers import level_above
from snowplan.simulation.world import SHIFT, Ending, World
from snowplan.units import DM2_PER_M2, MM_PER_INCH, MS_PER_H, round_up_step

Process = Generator[simpy.Event, object, None]
WAIT, SHIFT_END = KIND["wait"], REASON["shift_end"]


def hand_clearing(world: World, party: Party) -> Process:
    """One squad from its record on: wait for its shift, decide, drive, clear, again.

    `stage` tells what is under way until `until`; "stand" is until the squad is woken.
    """
    env = world.env
    while True:
        now = int(env.now)
        if party.stage == "stand":
            yield from standing_by(world, party)
        elif party.stage:
            yield Ending(env, max(0, party.until - now), party.order)
            go_on(world, party, int(env.now))
        elif now >= party.duty_to:
            go_off(world, party, now)
        elif not called(world, party.group):
            stand(world, party, "called_off", party.duty_to)
        elif not decide(world, party, now):
            stand(world, party, "work", min(next_due(world, party, now), party.duty_to))


def go_on(world: World, party: Party, now: int) -> None:
    """What follows the stage that ends now."""
    if party.stage == "drive":
        begin_clearing(world, party, now)
    elif party.stage == "clear":
        end_clearing(world, party, now)
    else:
        party.stage = ""


def stir_hands(world: World, now: int) -> None:
    """Grade or end of snow have changed: areas are reckoned anew and squads look again."""
    if not world.sides.segment:
        return
    reckon_areas(world, now)
    await_owners(world, now)
    for party in world.parties:
        if party.kind == "squad":
            stir(world, party, now)


# ---- waiting --------------------------------------------------------------------------------


def turn_to_wait(world: World, party: Party, reason: str) -> None:
    """Wait for this reason from now on, unless that is what the squad does already."""
    if party.doing != WAIT or party.reason != REASON[reason]:
        party.turn_to(world.group_log, int(world.env.now), "wait", reason)


def stand(world: World, party: Party, reason: str, until: int) -> None:
    """Stand until somebody stirs the squad, or `until`."""
    turn_to_wait(world, party, reason)
    party.stage, party.bell_ms = "stand", until


def standing_by(world: World, party: Party) -> Process:
    """Sleep until the instant in the record or until stirred; then look again."""
    at, party.bell_ms = party.bell_ms, NEVER
    party.event = world.env.event()
    ring(world, party, at)
    yield party.event
    party.event = None
    party.stage, party.bell_ms = "", NEVER


def go_off(world: World, party: Party, now: int) -> None:
    """Off duty until the next spell of it, if there is one before the horizon."""
    if not party.duty and now < world.called_out_ms:
        stand(world, party, "called_off", NEVER)
        return
    spell = next(((a, b) for a, b in party.duty if b > now), None)
    if spell is not None and spell[0] <= now:
        party.duty_to, party.junction = spell[1], party.home
        return
    crewed = any(begin <= now < end for begin, end, _ in party.crewed)
    turn_to_wait(world, party, "night" if crewed else "crew")
    party.stage, party.until = "off", spell[0] if spell is not None else NEVER


# ---- deciding -------------------------------------------------------------------------------


def decide(world: World, party: Party, now: int) -> bool:
    """Fix a squad's next job and set out; False when nothing in its beat is due and free."""
    world.guard(now, party)
    if party.group == "rural" and world.looks[0] < (now + 1) << SHIFT:
        world.bring_up(now)
    sides, finder = world.sides, world.finder
    found = next_area(
        _candidates(world, party, now),
        lambda area: finder.travel(party.junction, sides.segment[area])[0],
    )
    if found is None:
        return False
    area, free_ms = found
    arrival = now + (world.travel_ms(free_ms, party) if free_ms else 0)
    if arrival >= party.duty_to:
        turn_to_wait(world, party, "shift_end")
        party.stage, party.until = "shift_end", party.duty_to
        return True
    segment = sides.segment[area]
    dm = finder.travel(party.junction, segment)[1]
    due = due_ms(world, area) if sides.part[area] is Part.CARRIAGEWAY else NO_DUE
    party.turn_to(world.group_log, now, "travel", segment=segment, dm=dm, due=due)
    party.stage, party.until, party.area = "drive", arrival, area
    _claim(world, area, 1)
    if arrival == now:
        begin_clearing(world, party, now)
    return True


def _candidates(world: World, party: Party, now: int) -> Iterator[tuple[int, int]]:
    """What is due and free in a squad's beat (by rank), of the first rank that has any.

    Carriageways come before the rest whatever their rank, because their stage may raise it.
    """
    board, sides = world.board, world.sides
    parts, segments, dues = sides.part, sides.segment, sides.due
    rank_class, cleaning = world.network.seg.rank_class, board.base[CLEAN]
    owners, rounding = called(world, "frontage"), board.rounding_ms
    first = -1
    for area in open_beat(world, party):
        part = parts[area]
        if part is Part.CARRIAGEWAY:
            due = due_ms(world, area)
            if due <= now and is_free(world, area):
                stage = board.base[board.stage(segments[area], now)]
                yield key_of(stage[rank_class[segments[area]]], due // rounding, part), area
            continue
        if dues[area] > now or sides.claimed[area]:
            continue
        if part is Part.FRONTAGE and owners and not sides.shirked[area]:
            continue
        rank = cleaning[rank_class[segments[area]]]
        if first < 0:
            first = rank
        elif rank > first:
            return
        yield key_of(rank, dues[area] // rounding, part), area


def _claim(world: World, area: int, claimed: int) -> None:
    """An area is done by one squad at a time; on a carriageway no machine joins it."""
    sides, seg = world.sides, world.network.seg
    sides.claimed[area] = claimed
    if sides.part[area] is Part.CARRIAGEWAY:
        segment = sides.segment[area]
        for s in range(seg.strip0[segment], seg.strip0[segment] + seg.strips[segment]):
            world.board.claimed[s] = claimed


# ---- working --------------------------------------------------------------------------------


def begin_clearing(world: World, party: Party, now: int) -> None:
    """The squad has arrived: it clears to the end, or until its shift ends."""
    area, decided, due = party.area, party.decided, party.due
    segment = world.sides.segment[area]
    party.junction = world.network.seg.start[segment]
    part = world.sides.part[area]
    party.turn_to(world.group_log, now, "hand_clear", segment=segment, part=part, due=due)
    party.decided = decided
    party.planned_end = now + work_ms(world, party, area, now)
    party.stage, party.until = "clear", min(party.planned_end, party.duty_to)


def work_ms(world: World, party: Party, area: int, now: int) -> int:
    """Time that a squad needs for what is left of an area, by depth and packed snow at its start.

    On a carriageway the deepest strip counts.
    """
    rules, sides, ground = hand_rules(world), world.sides, world.ground
    segment = sides.segment[area]
    packed = False
    if sides.part[area] is Part.CARRIAGEWAY:
        lo = ground.strip0[segment]
        strips = range(lo, lo + ground.strips[segment])
        m2 = ground.m2[segment] * len(strips)
        areal = max(ground.areal(s, segment, now) for s in strips)
        packed = any(ground.packed_at(s, segment, now) > 0 for s in strips)
    else:
        m2 = sides.dm2[area] / DM2_PER_M2
        areal = sides.areal(area, world.sky.fall.net_at(now))
    time = m2 / (party.people * rules.m2_h) * MS_PER_H
    inches = areal / ground.density / MM_PER_INCH
    time *= 1.0 + rules.depth_k * max(0.0, inches - 1.0)
    time *= rules.packed_factor if packed else 1.0
    return round_up_step(time * (1.0 - sides.done[area] / 1000.0))


def end_clearing(world: World, party: Party, now: int) -> None:
    """The job ends: done, or given up at the end of the shift with the share done kept."""
    sides, area = world.sides, party.area
    taken = 0
    _claim(world, area, 0)
    if now < party.planned_end:
        party.reason = SHIFT_END
        part = (now - party.since) * (1000 - sides.done[area])
        sides.done[area] += part // (party.planned_end - party.since)
    elif sides.part[area] is Part.CARRIAGEWAY:
        taken = clear_carriageway(world, sides.segment[area], now)
        sides.done[area] = 0
    else:
        taken = clear_area(world, area, now)
    party.turn_to(world.group_log, now, "wait", "work", amount_g=taken)
    party.stage, party.area = "", -1
    if sides.part[area] is Part.CARRIAGEWAY:
        give_back(world, sides.segment[area], now)
    stir_for(world, area, now)


def clear_area(world: World, area: int, now: int) -> int:
    """Snow of an area to the kerb of its segment; returns the grams."""
    sides = world.sides
    residual = hand_rules(world).residual_mm * world.sky.density
    taken, left = sides.clear(area, world.sky.fall.net_at(now), residual)
    world.ground.pushed[sides.segment[area]] += taken
    push_aside(world, sides.segment[area])
    sides.worked[area] = 1
    sides.due[area] = due_after(world, area, now, left)
    return taken


def clear_carriageway(world: World, segment: int, now: int) -> int:
    """Loose snow above the residual and all packed snow of a segment to its kerb: the grams."""
    ground = world.ground
    residual = hand_rules(world).residual_mm * ground.density
    before = ground.pushed[segment]
    for s in range(ground.strip0[segment], ground.strip0[segment] + ground.strips[segment]):
        _clear_strip(world, segment, s, now, residual)
        world.part_done.pop((segment, s), None)
    world.board.served[segment] = 1
    push_aside(world, segment)
    return ground.pushed[segment] - before


def _clear_strip(world: World, segment: int, s: int, now: int, left: float) -> None:
    ground, board = world.ground, world.board
    curve = ground.curves[segment]
    left_g = int(left * ground.m2[segment])
    ground.touch(s, segment, now, curve.at(now))
    ground.sweep_off(s, segment, left_g, math.inf)
    if ground.loose[s] < left_g:
        left = ground.loose[s] / ground.m2[segment]
    spell = ground.settle(s, segment, now, left, curve.film)
    board.free_strip(s, NEVER)
    board.lead_due[s] = NEVER
    if world.stopped or world.clear_in_snow:
        board.lead_due[s] = curve.over(level_above(world, curve, left), now, spell, curve.film)
        world.expect(board.lead_due[s], segment)


def give_back(world: World, segment: int, now: int) -> None:
    """Keys of a segment after hand work, for machines too where these have it again."""
    world.look_at_block(segment, now)
    if world.idle_count:
        world.offer(segment)
