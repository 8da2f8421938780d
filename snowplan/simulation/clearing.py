"""Clearing: a machine's working life, and what a finished pass leaves on the road."""

from __future__ import annotations

from collections.abc import Generator

import simpy

from snowplan.model.fleet import Work
from snowplan.model.snow import NEVER, At, Spell
from snowplan.results.log import KIND, REASON
from snowplan.simulation.deciding import decide
from snowplan.simulation.hauling import push_aside
from snowplan.simulation.loading import loading, loading_on, wanting_stock
from snowplan.simulation.mending import being_repaired, mending
from snowplan.simulation.passing import close_pass, follow, settle_segment
from snowplan.simulation.spreading import finish_spreading
from snowplan.simulation.triggers import common_spell, level_above
from snowplan.simulation.unit import Unit
from snowplan.simulation.waiting import idling, off_duty, off_duty_on, till_woken
from snowplan.simulation.world import Ending, World

Process = Generator[simpy.Event, object, None]
AT_DEPOT = (KIND["travel"], KIND["load"])


def clearing(world: World, unit: Unit) -> Process:
    """One machine from its record on: wait for a crew, decide, drive and work, again."""
    env = world.env
    if under_way(world, unit) and not (yield from carrying_on(world, unit)):
        return
    while True:
        now = int(env.now)
        if unit.segment < 0:
            if now >= unit.duty_to:
                if not (yield from off_duty(world, unit)):
                    return
                continue
            if not decide(world, unit, now):
                yield from without_job(world, unit, now)
                continue
        if unit.end > now:
            yield Ending(env, unit.end - now, unit.order)
        if unit.breaks:
            yield from mending(world, unit)
        else:
            end_job(world, unit)


def under_way(world: World, unit: Unit) -> bool:
    """True when the record is in the middle of something: a job, a team, an interval."""
    in_job = unit.segment >= 0 or unit.leader is not None
    return in_job or unit.until > world.env.now or unit.since < world.env.now


def carrying_on(world: World, unit: Unit) -> Generator[simpy.Event, object, bool]:
    """Enter what is under way in a machine's record; False when it is off duty for good.

    An end that has just come still waits for its place in line.
    """
    if unit.leader is not None:
        yield from till_woken(world, unit)
    elif unit.segment >= 0:
        yield Ending(world.env, unit.end - int(world.env.now), unit.order)
    elif unit.doing == KIND["repair"]:
        yield from being_repaired(world, unit)
    elif unit.doing in AT_DEPOT or unit.reason == REASON["bay"]:
        yield from loading_on(world, unit)
    elif unit.reason == REASON["stock"]:
        yield from wanting_stock(world, unit)
    elif unit.reason == REASON["work"]:
        yield from till_woken(world, unit)
    else:
        return (yield from off_duty_on(world, unit))
    return True


def without_job(world: World, unit: Unit, now: int) -> Process:
    """What a machine does that has found nothing: go home, load, or stand idle."""
    if unit.duty_to <= now:
        return
    if unit.wants_load:
        yield from loading(world, unit)
    else:
        yield from idling(world, unit)


def end_job(world: World, unit: Unit) -> None:
    """End the pass that ends now."""
    if unit.work is Work.SPREAD:
        finish_spreading(world, unit)
    else:
        finish(world, unit)


def finish(world: World, unit: Unit) -> None:
    """End a pass of a machine and its team: snow off the strips, next due instants, the log."""
    now = int(world.env.now)
    segment = unit.segment
    at = world.ground.curves[segment].at(now)
    for member in (unit, *unit.team):
        pushed = sweep_run(world, member, now, at)
        close_pass(world, member, pushed, now)
        if world.part_done:
            world.part_done.pop((segment, member.lo), None)
    world.board.served[segment] = 1
    if segment in world.sides.carriageway:
        world.sides.done[world.sides.carriageway[segment]] = 0
    settle_segment(world, unit, segment, now)
    push_aside(world, segment)
    if world.idle_count:
        follow(world, unit, segment)


def sweep_run(world: World, unit: Unit, now: int, at: At) -> int:
    """Clear one machine's strips; returns the grams pushed aside.

    Strips that end at the tool's residual with nothing packed and no de-icer share one spell,
    worked out once; any other goes the long way (`clear_strip`).
    """
    segment, ground, board = unit.segment, world.ground, world.board
    curve, m2 = ground.curves[segment], ground.m2[segment]
    fallen = ground.grams_at(segment, at[0])
    left = unit.left[ground.rough[segment]]
    left_g = int(left * m2)
    plain = unit.work is not Work.GRADE
    scrape_g = ground.scrape * m2
    loose, packed, brine = ground.loose, ground.packed, ground.brine
    base, k, begin = ground.base, ground.k, ground.begin
    film, w, y = curve.film, at[1], at[2]
    before = ground.pushed[segment]
    pushed = 0
    common: tuple[float, float, int, int] | None = None
    follow = now if follows(world, unit) else NEVER
    for s in range(unit.lo, unit.hi):
        rest = loose[s] + fallen - ground.fallen[s]
        hard = packed[s]
        if now > begin[s]:
            here = int((film + (k[s] + w) / y) * m2)
            if rest - here > 1:
                hard += rest - here
                rest = here
        if rest < left_g or hard > scrape_g or not plain or s in brine:
            clear_strip(world, unit, s, now, at, left, left_g)
            continue
        if common is None:
            common = common_spell(world, curve, now, at, left)
            if common[3] < NEVER:
                world.expect(common[3], segment)
        pushed += rest - left_g + hard
        loose[s], packed[s], ground.fallen[s] = left_g, 0, fallen
        base[s], k[s], begin[s], board.lead_due[s] = common
        board.free_strip(s, follow)
    ground.pushed[segment] += pushed
    return ground.pushed[segment] - before


def clear_strip(
    world: World, unit: Unit, s: int, now: int, at: At, left: float, left_g: int
) -> None:
    """One strip after a pass, the long way: de-icer, packed snow, less than the residual."""
    ground, segment = world.ground, unit.segment
    brined = s in ground.brine
    ground.touch(s, segment, now, at)
    if unit.work is Work.GRADE:
        ground.grade_off(s, segment, unit.type.tool.layer_mm * ground.packed_density)
        ground.sweep_off(s, segment, left_g, 0.0)
    else:
        scrape = ground.scrape + (ground.scrape_more if brined else 0.0)
        ground.sweep_off(s, segment, left_g, scrape)
    if ground.loose[s] < left_g:
        left = ground.loose[s] / ground.m2[segment]
    spell = ground.settle(s, segment, now, left, ground.curves[segment].film)
    set_dues(world, unit, s, now, spell, left)


def follows(world: World, unit: Unit) -> bool:
    """True when brushes follow this machine's pass (雪中清雪 off: not while it snows)."""
    return world.follows and unit.work is Work.PLOUGH and (world.stopped or world.clear_in_snow)


def set_dues(world: World, unit: Unit, s: int, now: int, spell: Spell, left: float) -> None:
    """When this strip is due again, for which work."""
    board, ground, segment = world.board, world.ground, unit.segment
    packed = ground.packed[s]
    thick = packed > ground.scrape * ground.m2[segment]
    board.free_strip(s, now if follows(world, unit) and not thick else NEVER)
    if thick and Work.GRADE in world.treatment.sequence:
        board.grade_due[s] = now
        board.special[segment] = 1
    if not world.stopped and not world.clear_in_snow:
        board.lead_due[s] = NEVER
        return
    if packed and not thick and world.stopped:
        board.lead_due[s] = now
        return
    curve = ground.curves[segment]
    due = curve.over(level_above(world, curve, left), now, spell, curve.film)
    board.lead_due[s] = due
    if due < NEVER:
        world.expect(due, segment)
