"""Hauling goes on from its records: processes thrown away at any instant and begun anew.

Everything a process knows must then be in the records, for the log to be the same to the byte.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
import simpy

from snowplan.model.physics import Spread
from snowplan.results.log import EVENT_KINDS, REASONS
from snowplan.simulation.assessing import assessing
from snowplan.simulation.group_work import start_groups
from snowplan.simulation.world import World
from tests.simulation.towns import MIN, REPAIR, H, finish, street, world_of
from tests.simulation.yards import RULES, T, Yard, dump_at, group_story, heap, yard_town

STREETS = tuple(
    street(f"{a}{b}", a, b, length, oneway=True)
    for a, b, length in (("a", "b", 1_000), ("b", "c", 700), ("c", "a", 400), ("b", "a", 900))
)
LUCK = (
    Spread("load_snow", "exponential", 1.0, 0.0, True),
    Spread("unload", "exponential", 1.0, 0.0, True),
    Spread("failure", "exponential", 0.7, 0.0, True),
    replace(REPAIR, a=0.3, on=True),
)


def busy_yard() -> World:
    """Two loaders, five trucks, points that fill up, shifts with a gap, machines that fail."""
    dumps = (
        dump_at(1, 1, 17.0, unload_min=9.0),
        dump_at(2, 2, 31.0, green=True),
        dump_at(0, 3, 23.0, unload_min=9.0),
    )
    yard = Yard(
        2, 5, dumps, replace(RULES, left_kg_m=0.5, spot_min=1.0), hours_h=1.5,
        loader_hours_h=1.75, again=True,
    )  # fmt: skip
    world = world_of(yard_town(STREETS, yard, horizon_h=15, uncertainty=LUCK))
    world.ground.treated[1] = 1
    heap(world, {0: 41 * T, 1: 23 * T, 2: 29 * T, 3: 33 * T})
    return world


def begin_anew(world: World, at_ms: int) -> None:
    """Stop at an instant, forget every process and event, and begin from the records."""
    world.env.run(until=at_ms)
    world.env = simpy.Environment(initial_time=at_ms)
    for party in world.parties:
        party.event = None
    world.env.process(assessing(world, world.sky.outlook))
    start_groups(world)


def test_the_busy_yard_has_seen_everything() -> None:
    """The run below is worth its name: every kind of row and of wait is in it."""
    world = busy_yard()
    finish(world)
    words = {row[0] for _, row in group_story(world)}
    waits = {f"wait {w}" for w in ("crew", "loader", "truck", "gate", "dump", "work", "shift_end")}
    works = {"travel", "load_snow", "haul", "unload", "breakdown", "repair", "refuse dump"}
    assert words >= waits | works
    assert {w.split()[0] for w in words} <= set(EVENT_KINDS)
    assert {w.split()[1] for w in words if " " in w} <= set(REASONS)


@pytest.mark.parametrize("first_ms", [1, 100_000, 5 * MIN + 700])
def test_begun_anew_every_few_minutes_the_log_is_the_same(first_ms: int) -> None:
    """Thrown away every 7 min through two shifts, the same bytes come out."""
    whole, pieces = busy_yard(), busy_yard()
    finish(whole)
    for at in (*range(first_ms, 3 * H, 7 * MIN), *range(12 * H + first_ms, 14 * H, 7 * MIN)):
        begin_anew(pieces, at)
    finish(pieces)
    assert group_story(pieces) == group_story(whole)
    assert pieces.group_log.table().tobytes() == whole.group_log.table().tobytes()
