"""Spreading: de-icer onto strips, brine to its melt capacity, and when it will refreeze."""

from __future__ import annotations

from snowplan.model.fleet import Deicer
from snowplan.model.snow import NEVER
from snowplan.simulation.ground import Brine
from snowplan.simulation.hauling import close_verge
from snowplan.simulation.passing import close_pass
from snowplan.simulation.unit import Unit
from snowplan.simulation.world import World


def finish_spreading(world: World, unit: Unit) -> None:
    """End a spreading pass: grams from the hopper to the strips, the log, the next due instant."""
    now = int(world.env.now)
    segment = unit.segment
    spread = 0
    again = NEVER
    if world.clear_in_snow and not world.stopped:
        again = now + world.fleet.repeat_after_ms
        world.expect(again, segment, special=True)
    product = world.products[unit.loaded_at]
    for s in range(unit.lo, unit.hi):
        grams = min(int(unit.dose_g_m2 * world.ground.m2[segment]), unit.hopper_g - spread)
        dress(world, segment, s, now, grams, product)
        spread += grams
        world.board.claimed[s] = 0
        world.board.spread_due[s] = again
        world.last_spread[s] = now
    unit.hopper_g -= spread
    close_pass(world, unit, spread, now)
    world.board.special[segment] = 1
    if world.board.block_at[segment] < NEVER:
        world.look_at_block(segment, now)  # melting may put it off; a look still to come sees it
    else:
        world.board.refresh(segment, now)
        world.board.refresh_special(segment, now)


def dress(world: World, segment: int, s: int, now: int, grams: int, product: Deicer) -> None:
    """De-icer onto one strip: it melts what its capacity at this temperature allows.

    Melted water counts as melted until it refreezes. What capacity is left melts the next snow;
    beside the brine loose snow is too wet to be packed (`bonding_water_share`).
    """
    ground = world.ground
    if grams and not ground.treated[segment]:
        close_verge(world, segment)
    curve = ground.curves[segment]
    ground.touch(s, segment, now, curve.at(now))
    old = ground.brine.get(s)
    salt = grams + (old.salt_g if old else 0)
    water = old.water_g if old else 0
    melt = world.sky.melt_at(now, product)
    room = max(0, int(salt * melt) - water)
    loose = min(room, ground.loose[s])
    ground.loose[s] -= loose
    bonded = min(room - loose, ground.packed[s])
    ground.packed[s] -= bonded
    water += loose + bonded
    ground.melted_g += loose + bonded
    m2 = ground.m2[segment]
    share = world.scenario.around.physics.bonding_water_share
    film = max(curve.film, water * (1.0 - share) / share / m2)
    credit = room - loose - bonded
    refreeze, least = world.sky.refreeze(
        now, product, salt, lambda t: water + min(credit, ground.fallen_since(s, segment, t))
    )
    if salt:  # an empty hopper leaves none on the last strips
        ground.brine[s] = Brine(salt, water, credit, film, least, refreeze)
    areal = ground.loose[s] / m2 if ground.loose[s] else -credit / m2
    spell = ground.settle(s, segment, now, areal, film)
    if world.stopped and 0 < ground.packed[s] <= ground.scrape * m2:
        world.board.lead_due[s] = min(world.board.lead_due[s], now)  # a layer to be scraped
        return
    level = world.levels[id(curve)]
    bare = areal <= level.theta
    waits = bare or world.board.lead_due[s] > now
    if waits and (world.stopped or world.clear_in_snow or not world.board.worked[s]):
        due = curve.over(level, now, spell, film)
        if world.stopped:
            due = min(due, ground.freeze_ms(s))
        world.board.lead_due[s] = due
        world.expect(due, segment)
