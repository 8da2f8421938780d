"""Hauling worked by hand: every instant of a loader, its trucks and a dump point.

Streets are 1,000 m = 100 s for a loader and an empty truck, 200 s for a loaded one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from snowplan.errors import LedgerError
from snowplan.model.fleet import Machine
from snowplan.model.roads import RoadClass
from snowplan.results.group_log import NOBODY
from snowplan.simulation.hauling import close_verge, push_aside
from snowplan.simulation.world import World
from tests.simulation.towns import CLASSES, H, finish, segment_name, street, world_of
from tests.simulation.yards import LOADER as LOADER_TYPE
from tests.simulation.yards import RULES, T, Yard, dump_at, group_story, heap, told, yard_town

AB, BC = street("ab", "a", "b", 1_000, oneway=True), street("ba", "b", "a", 1_000, oneway=True)
LOOP = (AB, BC)
FINE = replace(RULES, due_kg_m=0.6, left_kg_m=0.5)
PLOUGH_1 = Machine("plough-1", "plough", "depot")
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


def test_trucks_stand_in_line_and_at_the_gate() -> None:
    """Worked by hand: three trucks, one loader of 600 s a truck, one gate of 900 s a truck.

    Loads end at 600, 1,200 and 1,800 s, gates are free at 600, 1,500 and 2,400 s. Nothing is left
    after the 15 t, so that who has unloaded waits for work.
    """
    dump = dump_at(1, unload_min=15.0)
    world = world_of(yard_town(LOOP, Yard(trucks=3, dumps=(dump,)), horizon_h=1))
    heap(world, {0: 15 * T})
    finish(world)
    assert told(world, LOADER) == [
        ("load_snow", 0, 600_000, "ab:forward", 0, 5 * T),
        ("load_snow", 600_000, 1_200_000, "ab:forward", 0, 5 * T),
        ("load_snow", 1_200_000, 1_800_000, "ab:forward", 0, 5 * T),
        ("wait work", 1_800_000, H, "", 0, 0),
    ]
    assert told(world, "truck-03") == [
        ("wait loader", 0, 1_200_000, "ab:forward", 0, 0),
        ("load_snow", 1_200_000, 1_800_000, "ab:forward", 0, 0),
        ("wait gate", 1_800_000, 2_400_000, "dump-1", 0, 0),
        ("unload", 2_400_000, 3_300_000, "dump-1", 0, 5 * T),
        ("wait work", 3_300_000, H, "", 0, 0),
    ]
    assert ("wait gate", 1_200_000, 1_500_000, "dump-1", 0, 0) in told(world, "truck-02")


def test_two_gates_serve_two_trucks_at_once() -> None:
    """Worked by hand: as above with two gates: the third truck waits until 1,500 s at most."""
    dump = dump_at(1, unload_min=15.0, gates=2)
    world = world_of(yard_town(LOOP, Yard(trucks=3, dumps=(dump,)), horizon_h=1))
    heap(world, {0: 15 * T})
    finish(world)
    assert ("unload", 1_200_000, 2_100_000, "dump-1", 0, 5 * T) in told(world, "truck-02")
    assert ("unload", 1_800_000, 2_700_000, "dump-1", 0, 5 * T) in told(world, "truck-03")


def test_a_full_dump_is_told_once_and_the_next_is_chosen() -> None:
    """Worked by hand: the near point takes 9 t = one load of 5 t, the far one (a) 5 t, no more.

    The second load drives b to a, 1,000 m at 18 km/h = 200 s. The third has nowhere to go: it
    stands loaded from 1,940 s on; 5 t of the 20 are never loaded, for there is one truck.
    """
    dumps = (dump_at(1, 1, 9.0), dump_at(0, 2, 5.0))
    world = world_of(yard_town(LOOP, Yard(dumps=dumps), horizon_h=1))
    heap(world, {0: 20 * T})
    run = finish(world)
    assert told(world, TRUCK) == [
        ("load_snow", 0, 600_000, "ab:forward", 0, 0),
        ("unload", 600_000, 720_000, "dump-1", 0, 5 * T),
        ("travel", 720_000, 820_000, "ab:forward", 1_000, 0),
        ("load_snow", 820_000, 1_420_000, "ab:forward", 0, 0),
        ("haul", 1_420_000, 1_620_000, "dump-2", 1_000, 5 * T),
        ("unload", 1_620_000, 1_740_000, "dump-2", 0, 5 * T),
        ("load_snow", 1_740_000, 2_340_000, "ab:forward", 0, 0),
        ("wait dump", 2_340_000, H, "", 0, 0),
    ]
    assert [row for party, row in group_story(world) if party == NOBODY] == [
        ("refuse dump", 1_420_000, 1_420_000, "dump-1", 0, 0),
        ("refuse dump", 2_340_000, 2_340_000, "dump-2", 0, 0),
    ]
    assert (run.ledger.snow["in_trucks"], run.ledger.snow["dumped"]) == (5 * T, 10 * T)
    assert run.ledger.snow["residual"] == 0


def test_a_dump_is_full_when_the_snow_lies_there_not_when_it_is_promised() -> None:
    """Room for 9 t: at 1,200 s the second 5 t find 5 promised; full from 1,500 s, unloaded then."""
    dump = dump_at(1, 1, 9.0, unload_min=15.0)
    world = world_of(yard_town(LOOP, Yard(trucks=2, dumps=(dump,)), horizon_h=1))
    heap(world, {0: 10 * T})
    finish(world)
    assert ("wait dump", 1_200_000, H, "", 0, 0) in told(world, "truck-02")
    assert told(world, "") == [("refuse dump", 1_500_000, 1_500_000, "dump-1", 0, 0)]


def test_a_dump_that_was_only_promised_is_never_full() -> None:
    """Loads of 60 s; the drive to the dump ends at 260 s, 15 min more would outlast the shift.

    The second truck stands from 120 s for want of room, drives when the promise is given back, and
    comes too late as well: nothing was unloaded, nobody says that the place was full.
    """
    quick = replace(LOADER_TYPE, load_m3_h=600.0)
    dump = dump_at(0, 1, 9.0, unload_min=15.0)
    yard = Yard(trucks=2, dumps=(dump,), hours_h=0.25, loader=quick)
    world = world_of(yard_town(LOOP, yard, horizon_h=1))
    heap(world, {0: 10 * T})
    finish(world)
    second = told(world, "truck-02")
    assert ("wait dump", 120_000, 260_000, "", 0, 0) in second
    assert ("haul", 260_000, 460_000, "dump-1", 1_000, 5 * T) in second
    assert world.dumps[0].held_g == world.dumps[0].promised_g == 0
    assert told(world, "") == []


def test_snow_that_no_dump_takes_is_told_once() -> None:
    """Snow with de-icer, and only green dump points: two trucks stand loaded, said once."""
    yard = Yard(trucks=2, dumps=(dump_at(1, 1, green=True), dump_at(0, 2, green=True)))
    world = world_of(yard_town(LOOP, yard, horizon_h=1))
    world.ground.treated[0] = 1
    heap(world, {0: 20 * T})
    run = finish(world)
    assert told(world, "") == [("refuse dump", 600_000, 600_000, "", 0, 0)]
    assert ("wait dump", 600_000, H, "", 0, 0) in told(world, TRUCK)
    assert ("wait dump", 1_200_000, H, "", 0, 0) in told(world, "truck-02")
    assert (run.ledger.snow["in_trucks"], run.ledger.snow["dumped"]) == (10 * T, 0)


def test_room_is_promised_to_a_truck_under_way() -> None:
    """Two trucks loaded one after the other: the room for one load is the first one's."""
    dumps = (dump_at(0, 1, 5.0), dump_at(1, 2, 1_000.0))
    rules = replace(RULES, dump_rule="emptiest")
    world = world_of(yard_town(LOOP, Yard(trucks=2, dumps=dumps, rules=rules), horizon_h=1))
    heap(world, {0: 10 * T})
    world.dumps[1].held_g = world.dumps[1].initial_g = 1  # so that the small one is emptiest
    finish(world)
    assert ("haul", 600_000, 800_000, "dump-1", 1_000, 5 * T) in told(world, TRUCK)
    assert ("unload", 1_200_000, 1_320_000, "dump-2", 0, 5 * T) in told(world, "truck-02")


def test_a_truck_not_full_goes_with_its_loader_to_the_next_windrow() -> None:
    """Worked by hand: 2 t on ab, then 4 t on ba, whose beginning b is where both stand then.

    240 s of loading, no drive, 360 s for the 3 t that it still holds, then 1 t is left, which is
    due too. The dump point is at a, where ba ends; from there both directions begin 0 and 100 s
    away: the loader is at ba, 100 s away.
    """
    world = world_of(yard_town(LOOP, Yard(dumps=(dump_at(0),), rules=FINE), horizon_h=0.5))
    heap(world, {0: 2 * T, 1: 4 * T})
    finish(world)
    assert told(world, TRUCK) == [
        ("load_snow", 0, 240_000, "ab:forward", 0, 0),
        ("load_snow", 240_000, 600_000, "ba:forward", 0, 0),
        ("unload", 600_000, 720_000, "dump-1", 0, 5 * T),
        ("travel", 720_000, 820_000, "ba:forward", 1_000, 0),
        ("load_snow", 820_000, 940_000, "ba:forward", 0, 0),
        ("unload", 940_000, 1_060_000, "dump-1", 0, T),
        ("wait work", 1_060_000, H // 2, "", 0, 0),
    ]


def test_a_truck_not_full_drives_loaded_after_its_loader() -> None:
    """Worked by hand: 2 t on ab, then 1,000 m on to ca, where 4 t stand.

    The loader drives 100 s, the truck with 2 t aboard 200 s; 3 t more take 360 s. Empty it drives
    back from the dump at a to the beginning of ca, 2,000 m.
    """
    streets = [
        street(a + b, a, b, 1_000, oneway=True) for a, b in (("a", "b"), ("b", "c"), ("c", "a"))
    ]
    world = world_of(yard_town(streets, Yard(dumps=(dump_at(0),), rules=FINE), horizon_h=0.5))
    heap(world, {0: 2 * T, 2: 4 * T})
    finish(world)
    assert told(world, TRUCK)[:5] == [
        ("load_snow", 0, 240_000, "ab:forward", 0, 0),
        ("haul", 240_000, 440_000, "ca:forward", 1_000, 2 * T),
        ("load_snow", 440_000, 800_000, "ca:forward", 0, 0),
        ("unload", 800_000, 920_000, "dump-1", 0, 5 * T),
        ("travel", 920_000, 1_120_000, "ca:forward", 2_000, 0),
    ]


@pytest.mark.parametrize(("apart", "loads"), [(True, [2 * T, 4 * T]), (False, [5 * T, T])])
def test_treated_snow_is_kept_apart(apart: bool, loads: list[int]) -> None:
    """2 t without and 4 t with de-icer: two loads of their own, or a full one and the rest."""
    rules = replace(FINE, treated_apart=apart, treated_off_green=False)
    world = world_of(yard_town(LOOP, Yard(dumps=(dump_at(0),), rules=rules), horizon_h=1))
    world.ground.treated[1] = 1
    heap(world, {0: 2 * T, 1: 4 * T})
    finish(world)
    assert [row[5] for row in told(world, TRUCK) if row[0] == "unload"] == loads


@pytest.mark.parametrize(("off", "where"), [(True, "dump-2"), (False, "dump-1")])
def test_treated_snow_is_kept_off_green_dump_points(off: bool, where: str) -> None:
    """The green point is where the truck stands, the other 1,000 m away."""
    dumps = (dump_at(1, 1, green=True), dump_at(0, 2))
    rules = replace(FINE, treated_off_green=off)
    world = world_of(yard_town(LOOP, Yard(dumps=dumps, rules=rules), horizon_h=1))
    world.ground.treated[0] = 1
    heap(world, {0: 5 * T})
    finish(world)
    assert [row[3] for row in told(world, TRUCK) if row[0] == "unload"] == [where]


def test_the_first_de_icer_closes_the_verge() -> None:
    """A verge of 0.02 m³ a metre takes 10 t; with 4 t pushed, then de-icer, the next 3 t stand."""
    rules = replace(FINE, verge_m3_m=dict.fromkeys(CLASSES, 0.02))
    world = world_of(yard_town(LOOP, Yard(dumps=(dump_at(1),), rules=rules)))
    ground = world.ground
    assert world.verge_g == (10 * T, 10 * T)
    for segment in (0, 1):
        ground.pushed[segment] += 4 * T
    close_verge(world, 0)
    for segment in (0, 1):
        ground.pushed[segment] += 3 * T
        push_aside(world, segment)
    assert [ground.windrow_g(segment) for segment in (0, 1)] == [3 * T, 0]
    assert [world.windrows.is_due(segment) for segment in (0, 1)] == [True, False]
    assert world.verge_g == (10 * T, 10 * T)


def test_flagged_sections_and_hauled_classes_have_no_verge() -> None:
    """`haul_required`, a class of `[hauling] classes` or critical: all pushed is a windrow."""
    flagged = replace(BC, duty=replace(BC.duty, haul_required=True))
    bridge = street("bc", "b", "c", 1_000)
    bridge = replace(bridge, duty=replace(bridge.duty, flags=("bridge",)))
    streets = (AB, flagged, bridge, street("bb", "b", "a", 1_000, road_class=RoadClass.LANE))
    rules = replace(FINE, classes=("critical", "lane"), verge_m3_m=dict.fromkeys(CLASSES, 0.5))
    world = world_of(yard_town(streets, Yard(dumps=(dump_at(1),), rules=rules)))
    verges = {segment_name(world.network, k): grams for k, grams in enumerate(world.verge_g)}
    assert verges == {
        "ab:forward": 250 * T, "ba:forward": 0, "bb:forward": 0, "bb:backward": 0,
        "bc:forward": 0, "bc:backward": 0,
    }  # fmt: skip


def test_waits_stand_on_both_sides() -> None:
    """Few trucks: the loader waits for trucks; many: trucks wait for the loader."""
    waits = {}
    for trucks in (1, 8):
        dump = dump_at(1, gates=8)
        world = world_of(yard_town(LOOP, Yard(trucks=trucks, dumps=(dump,)), horizon_h=3))
        heap(world, {0: 60 * T})
        finish(world)
        rows = [row for _, row in group_story(world)]
        waits[trucks] = {
            reason: sum(end - start for words, start, end, *_ in rows if words == f"wait {reason}")
            for reason in ("truck", "loader")
        }
    assert waits[1]["truck"] > 0 == waits[1]["loader"]
    assert waits[8]["loader"] > waits[8]["truck"] == 0


def test_nothing_is_begun_that_would_outlast_the_shift() -> None:
    """Worked by hand: 20 min of duty: a second load would end at 23:40, so it is not begun.

    The loader, at 820 s when the truck is back, stands to the end of its shift; the truck,
    whose shift is as long, decides again and finds no loader.
    """
    yard = Yard(dumps=(dump_at(1),), hours_h=1 / 3)
    world = world_of(yard_town(LOOP, yard, horizon_h=1))
    heap(world, {0: 20 * T})
    finish(world)
    assert told(world, LOADER) == [
        ("load_snow", 0, 600_000, "ab:forward", 0, 5 * T),
        ("wait truck", 600_000, 820_000, "ab:forward", 0, 0),
        ("wait shift_end", 820_000, 1_200_000, "", 0, 0),
        ("wait crew", 1_200_000, H, "", 0, 0),
    ]
    assert told(world, TRUCK)[-2:] == [
        ("wait work", 820_000, 1_200_000, "", 0, 0),
        ("wait crew", 1_200_000, H, "", 0, 0),
    ]


def test_a_truck_stands_with_its_load_until_the_next_crew() -> None:
    """Worked by hand: loaded at 10:00, a drive of 200 s would outlast 12 min: on at 12:00 h.

    The first crew goes home at 720 s, the second comes 12 h after the start.
    """
    yard = Yard(dumps=(dump_at(0),), rules=FINE, hours_h=0.2, loader_hours_h=12.0, again=True)
    world = world_of(yard_town(LOOP, yard, horizon_h=12.15))
    heap(world, {0: 5 * T})
    run = finish(world)
    noon = 12 * H
    assert told(world, TRUCK) == [
        ("load_snow", 0, 600_000, "ab:forward", 0, 0),
        ("wait shift_end", 600_000, 720_000, "", 0, 0),
        ("wait crew", 720_000, noon, "", 0, 0),
        ("haul", noon, noon + 200_000, "dump-1", 1_000, 5 * T),
        ("unload", noon + 200_000, noon + 320_000, "dump-1", 0, 5 * T),
        ("wait work", noon + 320_000, round(12.15 * H), "", 0, 0),
    ]
    assert run.ledger.snow["dumped"] == 5 * T


def test_a_loader_that_fails_is_mended_after_its_load() -> None:
    """Worked by hand: 5 min of use are used up in the first load of 10; then 4 h of repair."""
    world = world_of(yard_town(LOOP, Yard(dumps=(dump_at(1),)), horizon_h=5))
    heap(world, {0: 20 * T})
    world.parties[0].to_failure_ms = 300_000
    finish(world)
    mended = 600_000 + 4 * H
    assert told(world, LOADER)[:4] == [
        ("load_snow", 0, 600_000, "ab:forward", 0, 5 * T),
        ("breakdown", 600_000, 600_000, "ab:forward", 0, 0),
        ("repair", 600_000, mended, "", 0, 0),
        ("travel", mended, mended + 100_000, "ab:forward", 1_000, 0),
    ]


def test_with_the_phrase_off_hauling_begins_when_clearing_is_done() -> None:
    """Worked by hand: snow until 1:00 and no plough: nothing may be cleared by anybody.

    With a plough that has a crew from 20:00 (4:00 on): ab is due until then, found done at 5:00.
    """
    storm = ((0.0, 1_500), (1.0, 0))
    yard = Yard(dumps=(dump_at(1),), phrase=False)
    bare = world_of(yard_town(LOOP, yard, storm=storm, horizon_h=3))
    heap(bare, {0: 10 * T})
    finish(bare)
    assert told(bare, LOADER)[:2] == [
        ("wait clearing", 0, H, "", 0, 0),
        ("load_snow", H, H + 600_000, "ab:forward", 0, 5 * T),
    ]
    late = replace(yard_town(LOOP, yard, storm=storm, horizon_h=7, machines=(PLOUGH_1,)))
    crews = tuple(
        replace(c, start_minute=20 * 60) if c.kind == "plough" else c for c in late.resources.crews
    )
    world = world_of(replace(late, resources=replace(late.resources, crews=crews)))
    heap(world, {0: 10 * T})
    finish(world)
    rows = told(world, LOADER)
    assert rows[0] == ("wait clearing", 0, 5 * H, "", 0, 0)
    assert rows[1][0] == "load_snow"


def test_a_group_that_is_not_called_stays_away() -> None:
    """Where the treatment does not name `hauling`, nobody moves."""
    yard = Yard(dumps=(dump_at(1),), groups=("clearing",))
    world = world_of(yard_town(LOOP, yard, horizon_h=1))
    heap(world, {0: 20 * T})
    finish(world)
    assert [row for _, row in group_story(world)] == [("wait called_off", 0, H, "", 0, 0)] * 2


@pytest.mark.parametrize("missing", ["rules", "trucks", "loaders", "dumps"])
def test_without_rules_trucks_loaders_or_dumps_nobody_hauls(missing: str) -> None:
    """No parties, no rows."""
    yard = Yard(
        loaders=int(missing != "loaders"), trucks=int(missing != "trucks"),
        dumps=() if missing == "dumps" else (dump_at(1),),
    )  # fmt: skip
    scenario = yard_town(LOOP, yard, horizon_h=1)
    if missing == "rules":
        scenario = replace(scenario, plan=replace(scenario.plan, haul=None))
    world = world_of(scenario)
    finish(world)
    assert world.parties == []
    assert len(world.group_log) == 0


@pytest.mark.parametrize(
    ("account", "lose"),
    [
        ("loaded", lambda world: world.ground.loaded.__setitem__(0, world.ground.loaded[0] + 1)),
        ("truck", lambda world: setattr(world.parties[1], "load_g", world.parties[1].load_g - 1)),
        ("dump", lambda world: setattr(world.dumps[0], "held_g", world.dumps[0].held_g - 1)),
    ],
)
def test_a_gram_dropped_on_the_way_is_seen(account: str, lose: Callable[[World], None]) -> None:
    """The ledger names the gram that a windrow, a truck or a dump has lost."""
    world = world_of(yard_town(LOOP, Yard(dumps=(dump_at(1),)), horizon_h=1))
    heap(world, {0: 20 * T})
    world.env.run(until=700_000)
    lose(world)
    with pytest.raises(LedgerError, match=r"snow.*'residual': 1\b"):
        finish(world)
    assert account


def test_the_horizon_cuts_what_is_under_way() -> None:
    """Worked by hand: at 700 s one truck has driven half its way, one is half loaded.

    Grams move when an interval ends: 5 t are in the first truck, nothing yet in the second.
    """
    yard = Yard(trucks=2, dumps=(dump_at(0),))
    world = world_of(yard_town(LOOP, yard, horizon_h=700 / 3_600))
    heap(world, {0: 20 * T})
    run = finish(world)
    assert told(world, TRUCK)[-1] == ("haul horizon", 600_000, 700_000, "dump-1", 1_000, 0)
    cut = ("load_snow horizon", 600_000, 700_000, "ab:forward", 0, 0)
    assert (told(world, LOADER)[-1], told(world, "truck-02")[-1]) == (cut, cut)
    assert (run.ledger.snow["in_trucks"], run.ledger.snow["dumped"]) == (5 * T, 0)
    assert (world.ground.windrow_g(0), run.ledger.groups["residual"]) == (15 * T, 0)
