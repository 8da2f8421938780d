"""Fronting (门前五包): owners clear the pavement before their doors once snow has stopped."""

from __future__ import annotations

from collections.abc import Generator

import simpy

from snowplan.model.draws import uniform
from snowplan.model.hands import Frontage, Part
from snowplan.model.network import DIRECTIONS
from snowplan.model.snow import NEVER
from snowplan.results.group_log import NOBODY
from snowplan.results.log import KIND, REASON
from snowplan.simulation.hand_dues import (
    called,
    due_after,
    hand_rules,
    stir_for,
    tolerated_g_m2,
)
from snowplan.simulation.hauling import push_aside
from snowplan.simulation.world import FIRST, Ending, World
from snowplan.units import hours_ms

FRONTAGE_CLEAR, THROWN_BACK = KIND["frontage_clear"], REASON["thrown_back"]


def fronting(world: World) -> Generator[simpy.Event, object, None]:
    """Frontage duty from its record on: at each zone's instant all its owners act."""
    env, sides = world.env, world.sides
    while True:
        sides.owners = env.event()
        at = min(sides.frontage_ms.values(), default=NEVER)
        if at < world.horizon:
            bell = Ending(env, max(0, at - int(env.now)), FIRST + 1)
            bell.callbacks.append(lambda _: _call_owners(world))
        yield sides.owners
        sides.owners = None
        now = int(env.now)
        for row in world.scenario.resources.frontage:
            if sides.frontage_ms.get(row.zone, NEVER) <= now:
                sides.frontage_ms[row.zone] = NEVER
                owners_act(world, row, now)


def _call_owners(world: World) -> None:
    owners = world.sides.owners
    if owners is not None and not owners.triggered:
        owners.succeed()


def await_owners(world: World, now: int) -> None:
    """When snow has been found to stop the delay runs; snow again ends it."""
    sides = world.sides
    if world.stopped == sides.stop_seen:
        return
    sides.stop_seen = world.stopped
    for row in world.scenario.resources.frontage:
        sides.frontage_ms[row.zone] = now + hours_ms(row.delay_h) if world.stopped else NEVER
    _call_owners(world)


def owners_act(world: World, row: Frontage, now: int) -> None:
    """Each frontage of a zone is cleared by its owners, or left to the squads from now on.

    Where a squad is at work already it goes on.
    """
    if not called(world, "frontage"):
        return
    sides, net = world.sides, world.sky.fall.net_at(now)
    for area, segment in enumerate(sides.segment):
        if sides.part[area] is not Part.FRONTAGE or world.zones[segment] != row.zone:
            continue
        if complies(world, segment, row.compliance) and not sides.claimed[area]:
            clear_frontage(world, row, area, now)
        elif not sides.shirked[area]:
            sides.shirked[area] = 1
            deep = sides.areal(area, net) > tolerated_g_m2(world)
            sides.due[area] = now if deep else NEVER
            stir_for(world, area, now)


def complies(world: World, segment: int, compliance: float) -> bool:
    """One draw a frontage, the same in every storm of a run."""
    seg = world.network.seg
    section = world.network.sections[seg.section[segment]].id
    entity = f"{section}:{DIRECTIONS[seg.direction[segment]]}"
    return uniform(world.draws.run_seed, entity, "frontage", 0) < compliance


def clear_frontage(world: World, row: Frontage, area: int, now: int) -> None:
    """Snow of one frontage to the kerb, and some of it back on the road."""
    sides, segment = world.sides, world.sides.segment[area]
    residual = hand_rules(world).residual_mm * world.sky.density
    taken, left = sides.clear(area, world.sky.fall.net_at(now), residual)
    sides.due[area] = due_after(world, area, now, left)
    sides.shirked[area] = 0
    if not taken:
        return
    thrown = int(taken * row.thrown_back)
    world.ground.pushed[segment] += taken - thrown
    push_aside(world, segment)
    log = world.group_log
    log.add(FRONTAGE_CLEAR, NOBODY, now, now, now, segment, part=Part.FRONTAGE, amount_g=taken)
    if thrown:
        edge = edge_segment(world, segment)
        throw_back(world, edge, thrown, now)
        log.add(
            FRONTAGE_CLEAR, NOBODY, now, now, now, edge, part=Part.CARRIAGEWAY, amount_g=thrown,
            reason=THROWN_BACK,
        )  # fmt: skip


def edge_segment(world: World, segment: int) -> int:
    """The segment whose outermost strip lies beside a frontage: the twin's where it holds it."""
    seg = world.network.seg
    if seg.strips[segment]:
        return segment
    lo, hi = world.network.zone_slice[world.zones[segment]]
    twins = range(lo, hi)
    return next(k for k in twins if seg.section[k] == seg.section[segment] and seg.strips[k])


def throw_back(world: World, segment: int, grams: int, now: int) -> None:
    """Loose snow on the outermost strip of a segment, which may be due or blocked by it."""
    ground, board = world.ground, world.board
    curve, m2 = ground.curves[segment], ground.m2[segment]
    s = ground.strip0[segment] + ground.strips[segment] - 1
    ground.throw_on(s, segment, now, curve.at(now), grams)
    brine = ground.brine.get(s)
    areal = ground.loose[s] / m2
    if brine and not ground.loose[s]:
        areal = -brine.credit_g / m2
    ground.settle(s, segment, now, areal, brine.film if brine else curve.film)
    thick = ground.packed[s] > ground.scrape * m2
    layer = ground.packed[s] > 0 and (not thick or bool(board.by_hand[segment]))
    if (layer or areal > world.levels[id(curve)].theta) and board.lead_due[s] > now:
        board.lead_due[s] = now
        world.expect(now, segment)
    world.look_at_block(segment, now)
    area = world.sides.carriageway.get(segment)
    if area is not None:
        stir_for(world, area, now)
