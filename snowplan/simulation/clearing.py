"""Clearing: a machine's working life, and what a finished pass leaves on the road."""

from __future__ import annotations

from collections.abc import Generator

import simpy

from snowplan.model.fleet import Work
from snowplan.model.snow import NEVER
from snowplan.results.log import KIND
from snowplan.simulation.deciding import decide
from snowplan.simulation.ground import Spell
from snowplan.simulation.loading import loading
from snowplan.simulation.mending import mending
from snowplan.simulation.passing import close_pass, follow, settle_segment
from snowplan.simulation.spreading import finish_spreading
from snowplan.simulation.unit import Unit
from snowplan.simulation.waiting import idling, off_duty
from snowplan.simulation.world import Ending, World

Process = Generator[simpy.Event, object, None]


def clearing(world: World, unit: Unit) -> Process:
    """One machine from its record on: wait for a crew, decide, drive and work, again.

    A job under way in the record (a segment and an end) is carried on with first.
    """
    env = world.env
    while True:
        now = int(env.now)
        if unit.segment < 0:
            if now >= unit.duty_to:
                if not (yield from off_duty(world, unit)):
                    return
                continue
            if not decide(world, unit, now):
                if unit.duty_to <= now:
                    continue
                if unit.wants_load:
                    yield from loading(world, unit)
                else:
                    yield from idling(world, unit)
                continue
        if unit.end > now:
            yield Ending(env, unit.end - now, unit.order)
        if unit.breaks:
            yield from mending(world, unit)
        elif unit.work is Work.SPREAD:
            finish_spreading(world, unit)
        else:
            finish(world, unit)


def finish(world: World, unit: Unit) -> None:
    """End a pass of a machine and its team: snow off the strips, next due instants, the log."""
    now = int(world.env.now)
    segment = unit.segment
    ground, board = world.ground, world.board
    at = ground.curves[segment].at(now)
    kind = KIND[unit.work.value]
    standard: Spell | None = None
    for member in (unit, *unit.team):
        before = ground.pushed_g
        for s in range(member.lo, member.hi):
            standard = clear_strip(world, unit, segment, s, now, at, standard)
        close_pass(world, member, kind, ground.pushed_g - before, now)
        if world.part_done:
            world.part_done.pop((segment, member.lo), None)
    board.served[segment] = 1
    settle_segment(world, segment, now)
    follow(world, unit, segment)


def clear_strip(
    world: World,
    unit: Unit,
    segment: int,
    s: int,
    now: int,
    at: tuple[int, float, float],
    standard: Spell | None,
) -> Spell | None:
    """One strip after a pass. Strips left at the tool's residual share one spell, worked out once."""
    ground = world.ground
    brined = s in ground.brine
    ground.touch(s, segment, now, at)
    left, left_g = world.fleet.residual(unit.type, segment, ground)
    if unit.work is Work.GRADE:
        ground.grade_off(s, segment, unit.type.tool.layer_mm * ground.packed_density)
        ground.sweep_off(s, segment, left_g, 0.0)
    else:
        scrape = ground.scrape + (ground.scrape_more if brined else 0.0)
        ground.sweep_off(s, segment, left_g, scrape)
    film = ground.curves[segment].film
    if ground.loose[s] < left_g:
        spell = ground.settle(s, segment, now, ground.loose[s] / ground.m2[segment], film)
        set_dues(world, unit, segment, s, now, spell, ground.loose[s] / ground.m2[segment])
        return standard
    if standard is None or ground.packed[s]:
        spell = ground.settle(s, segment, now, left, film)
        set_dues(world, unit, segment, s, now, spell, left)
        return standard if ground.packed[s] else spell
    twin = s - 1 if s > unit.lo else unit.lo
    ground.base[s], ground.k[s], ground.begin[s] = standard
    ground.block[s] = ground.block[twin]
    set_dues(world, unit, segment, s, now, standard, left)
    return standard


def set_dues(
    world: World, unit: Unit, segment: int, s: int, now: int, spell: Spell, left: float
) -> None:
    """When this strip is due again, for which work."""
    board, ground = world.board, world.ground
    board.claimed[s] = 0
    board.deep[s] = 0
    board.follow_due[s] = NEVER
    world.worked[s] = 1
    packed = ground.packed[s]
    thick = packed > ground.scrape * ground.m2[segment]
    board.grade_due[s] = now if thick and Work.GRADE in world.treatment.sequence else NEVER
    if not world.stopped and not world.plan.phrases.clear_in_snow:
        board.lead_due[s] = NEVER
        return
    if unit.work is Work.PLOUGH and world.follows and not thick:
        board.follow_due[s] = now
    if packed and not thick and world.stopped:
        board.lead_due[s] = now
        return
    curve = ground.curves[segment]
    level = world.levels[id(curve)]
    due = NEVER if left > level.theta else curve.over(level, now, spell, curve.film)
    board.lead_due[s] = due
    if due < NEVER:
        world.expect(due, segment)
