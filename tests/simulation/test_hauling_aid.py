"""Mutual aid of hauling worked by hand: a loader and a truck that help another zone.

A triangle of streets of 1,000 m, ab and ca of the centre, bc of the west; the centre's depot with
the loader lies at a, the west's with the truck at c, 1.7 km apart by the map.
"""

from __future__ import annotations

from dataclasses import replace

from snowplan.model.scenario import Scenario
from tests.simulation.towns import H, finish, street, world_of
from tests.simulation.yards import RULES, T, Yard, dump_at, heap, told, yard_town

AB = street("ab", "a", "b", 1_000, oneway=True)
BC = street("bc", "b", "c", 1_000, oneway=True, zone="west")
CA = street("ca", "c", "a", 1_000, oneway=True)
FINE = replace(RULES, due_kg_m=4.0)
LOADER, TRUCK = "loader-1", "truck-01"


def two_zones(aid_km: float) -> Scenario:
    """The loader is the centre's, the truck the west's; trucks unload at b."""
    scenario = yard_town((AB, BC, CA), Yard(dumps=(dump_at(1),), rules=FINE), horizon_h=1)
    resources = scenario.resources
    home = resources.depots[0]
    west = replace(home, id="depot-west", zone="west", lon=home.lon + 0.02)
    crews = tuple(
        replace(c, zone="west") if c.kind == "truck" else c for c in resources.crews
    )  # fmt: skip
    rules = replace(scenario.plan.rules, mutual_aid_km=aid_km)
    return replace(
        scenario,
        plan=replace(scenario.plan, rules=rules),
        resources=replace(
            resources,
            depots=(home, west),
            crews=crews,
            trucks=tuple(replace(t, zone="west") for t in resources.trucks),
        ),
    )


def test_a_loader_and_a_truck_help_another_zone() -> None:
    """Worked by hand: 5 t on ab and 5 t on bc; the truck serves the loader of the other zone.

    It drives c-a in 100 s and is loaded in 600 s; the dump point is at b, where ab ends and bc
    begins: no drive but the last, 2,000 m loaded from c by a to b in 400 s. The loader has done
    its own zone's windrow at 700 s and takes the west's, before whose beginning it stands.
    """
    world = world_of(two_zones(aid_km=2.0))
    heap(world, {0: 5 * T, 2: 5 * T})
    finish(world)
    assert told(world, LOADER) == [
        ("wait truck", 0, 100_000, "ab:forward", 0, 0),
        ("load_snow", 100_000, 700_000, "ab:forward", 0, 5 * T),
        ("wait truck", 700_000, 820_000, "bc:forward", 0, 0),
        ("load_snow", 820_000, 1_420_000, "bc:forward", 0, 5 * T),
        ("wait work", 1_420_000, H, "", 0, 0),
    ]
    assert told(world, TRUCK) == [
        ("travel", 0, 100_000, "ab:forward", 1_000, 0),
        ("load_snow", 100_000, 700_000, "ab:forward", 0, 0),
        ("unload", 700_000, 820_000, "dump-1", 0, 5 * T),
        ("load_snow", 820_000, 1_420_000, "bc:forward", 0, 0),
        ("haul", 1_420_000, 1_820_000, "dump-1", 2_000, 5 * T),
        ("unload", 1_820_000, 1_940_000, "dump-1", 0, 5 * T),
        ("wait work", 1_940_000, H, "", 0, 0),
    ]


def test_out_of_reach_nobody_helps() -> None:
    """By definition: 1 km of mutual aid do not reach; the loader waits at its own windrow."""
    world = world_of(two_zones(aid_km=1.0))
    heap(world, {0: 5 * T, 2: 5 * T})
    finish(world)
    assert told(world, LOADER) == [("wait truck", 0, H, "ab:forward", 0, 0)]
    assert told(world, TRUCK) == [("wait work", 0, H, "", 0, 0)]
