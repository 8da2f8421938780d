"""Hauling worked by hand: every instant of a loader, its trucks and a dump point.

Streets are 1,000 m = 100 s for a loader and an empty truck, 200 s for a loaded one.
"""

from __future__ import annotations

from dataclasses import replace

from tests.simulation.towns import H, finish, street, world_of
from tests.simulation.yards import RULES, T, Yard, dump_at, heap, told, yard_town

AB, BC = street("ab", "a", "b", 1_000, oneway=True), street("ba", "b", "a", 1_000, oneway=True)
LOOP = (AB, BC)
NEVER_TREATED = replace(RULES, treated_off_green=False)
LOADER, TRUCK = "loader-1", "truck-01"


def test_every_instant_of_one_loader_and_one_truck() -> None:
    """Worked by hand: 12 t on ab, loaded in 600, 600 and 240 s, unloaded in 120 s at b.

    The truck leaves full from b, where the dump point is: no drive. Back to a it drives 100 s.
    Its third load is 2 t: not full, and no other windrow stands: it unloads.
    """
    world = world_of(yard_town(LOOP, Yard(dumps=(dump_at(1),)), horizon_h=1))
    heap(world, {0: 12 * T})
    run = finish(world)
    assert told(world, LOADER) == [
        ("load_snow", 0, 600_000, "ab:forward", 0, 5 * T),
        ("wait truck", 600_000, 820_000, "ab:forward", 0, 0),
        ("load_snow", 820_000, 1_420_000, "ab:forward", 0, 5 * T),
        ("wait truck", 1_420_000, 1_640_000, "ab:forward", 0, 0),
        ("load_snow", 1_640_000, 1_880_000, "ab:forward", 0, 2 * T),
        ("wait work", 1_880_000, H, "", 0, 0),
    ]
    assert told(world, TRUCK) == [
        ("load_snow", 0, 600_000, "ab:forward", 0, 0),
        ("unload", 600_000, 720_000, "dump-1", 0, 5 * T),
        ("travel", 720_000, 820_000, "ab:forward", 1_000, 0),
        ("load_snow", 820_000, 1_420_000, "ab:forward", 0, 0),
        ("unload", 1_420_000, 1_540_000, "dump-1", 0, 5 * T),
        ("travel", 1_540_000, 1_640_000, "ab:forward", 1_000, 0),
        ("load_snow", 1_640_000, 1_880_000, "ab:forward", 0, 0),
        ("unload", 1_880_000, 2_000_000, "dump-1", 0, 2 * T),
        ("wait work", 2_000_000, H, "", 0, 0),
    ]
    assert run.ledger.snow["dumped"] == 12 * T
