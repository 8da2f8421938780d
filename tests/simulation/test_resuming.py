"""Every process can be entered from its record: what is under way goes on from there, by hand.

The record is a machine's own (`Unit`), and with it what others know of it: the claim on its
strips, what a depot has promised it, and its place at a bay. All streets are 1,000 m and one strip
of 3,000 m².
"""

from __future__ import annotations

from snowplan.model.fleet import Machine
from snowplan.results.log import KIND, NOWHERE, REASON
from snowplan.simulation.unit import Unit
from snowplan.simulation.world import World
from tests.simulation.towns import (
    Fleet,
    H,
    centre,
    crew,
    finish,
    interval,
    plan,
    ploughs,
    snow,
    story,
    street,
    town,
    work,
    world_of,
)

P = "plough-001"
STREET = (street("ab", "a", "b", 1_000),)
CALLED = [centre("grade light"), centre("call_out forecast")]
SNOWING = [centre("grade light"), centre("call_out snow")]
BRISK_SNOW = snow((1, 2_700), (1.5, 0))
DENSE_SNOW = snow((0, 12_000), (0.1, 0))  # 3⅓ g/m² a second for 6 min


def on_duty(unit: Unit) -> None:
    """The crew of the record is there until its shift ends, 12 h from the start."""
    unit.duty_to = 12 * H


def under_way(unit: Unit, doing: str, until: int, place: int = NOWHERE) -> None:
    """An interval under way in the record that began at 0."""
    on_duty(unit)
    unit.doing, unit.reason, unit.place = KIND[doing], REASON[""], place
    unit.until = until


def at_work(world: World, unit: Unit, start: int, end: int) -> None:
    """A pass over the first segment under way in the record, decided at 0; its strip is claimed."""
    on_duty(unit)
    unit.segment, unit.lo, unit.hi = 0, 0, 1
    unit.decided, unit.start, unit.end, unit.planned_end = 0, start, end, end
    world.board.claimed[0] = 1


def test_a_pass_goes_on_to_its_end() -> None:
    """Worked by hand: a drive of 100 s, then 200 s of work, as the record says.

    At 300 s 1,000 g/m² have fallen, of which 500 stay. Another 200 fall until 6 min; at 1:00 they
    are due, as the clean depth is 500 g/m²: 100 s back from b, 200 s of work.
    """
    world = world_of(town(STREET, ploughs(), DENSE_SNOW, horizon_h=2))
    at_work(world, world.units[0], 100_000, 300_000)
    run = finish(world)
    assert story(run.world) == [
        *SNOWING,
        work(P, "plough", (0, 100_000, 300_000), "ab:forward", "0", 1_500_000),
        interval(P, "wait work", 300_000, H),
        work(P, "plough", (H, H + 100_000, H + 300_000), "ab:forward", "0", 600_000),
        interval(P, "wait work", H + 300_000, 2 * H),
    ]
    assert run.ledger.snow["lying"] == 1_500_000


def test_a_pass_that_is_to_fail_fails() -> None:
    """Worked by hand: as above, but the record says that it breaks after half of the 200 s.

    It is mended in 4 h where it stands; half is driven over (50 s) and half worked (100 s). All
    1,200 g/m² have fallen: 700 × 3,000 g go.
    """
    world = world_of(town(STREET, ploughs(), DENSE_SNOW, horizon_h=5))
    unit = world.units[0]
    at_work(world, unit, 100_000, 300_000)
    unit.end, unit.breaks = 200_000, True
    run = finish(world)
    mended = 200_000 + 4 * H
    assert story(run.world) == [
        *SNOWING,
        work(P, "plough breakdown", (0, 100_000, 200_000), "ab:forward", "0", 0),
        interval(P, "breakdown", 200_000, 200_000, "ab:forward"),
        interval(P, "repair", 200_000, mended),
        work(P, "plough", (mended, mended, mended + 150_000), "ab:forward", "0", 2_100_000),
        interval(P, "wait work", mended + 150_000, 5 * H),
    ]


def test_a_repair_goes_on_to_its_end() -> None:
    """Worked by hand: mended at 5,000,000 ms, 66,666 ms after the street fell due at 4,933,334.

    By 5,200,000 floor(3,000 × 0.00075 × 1,600,000) = 3,600,000 g have fallen, of which 1,500,000
    stay; the last 450,000 g are due at 2:00, 100 s of driving away.
    """
    world = world_of(town(STREET, ploughs(), BRISK_SNOW, horizon_h=3))
    under_way(world.units[0], "repair", 5_000_000)
    run = finish(world)
    assert story(run.world) == [
        *CALLED,
        interval(P, "repair", 0, 5_000_000),
        work(P, "plough", (5_000_000, 5_000_000, 5_200_000), "ab:forward", "0", 2_100_000),
        interval(P, "wait work", 5_200_000, 7_200_000),
        work(P, "plough", (7_200_000, 7_300_000, 7_500_000), "ab:forward", "0", 450_000),
        interval(P, "wait work", 7_500_000, 3 * H),
    ]


def spreading_town() -> World:
    """Two spreaders of 200 kg, one bay of 100 kg/min, 20 g/m² on two streets at 1:00."""
    streets = (*STREET, street("bc", "b", "c", 1_000))
    machines = tuple(Machine(f"spreader-00{k}", "spreader", "depot") for k in (1, 2))
    fleet = Fleet(machines, (crew("spreader", crews=2),))
    rules = plan(dose_g_m2=20.0, spread_classes=("main",))
    return world_of(town(streets, fleet, snow((1, 300), (2, 0)), rules=rules, horizon_h=3))


def test_a_load_goes_on_and_holds_its_bay_and_a_drive_to_load_goes_on() -> None:
    """Worked by hand: one spreader is being loaded until 60 s, one arrives at 30 s and queues.

    The second loads its 200 kg in 120 s, from 60 s to 180 s. At 1:00 it snows: the first takes ab
    (100 s of work), the second bc, which begins 1,000 m = 100 s away; 60 kg each.
    """
    world = spreading_town()
    first, second = world.units
    under_way(first, "load", 60_000, place=0)
    first.load_g = world.stores[0].promised_g = 200_000
    world.stores[0].line.append(first.order)
    under_way(second, "travel", 30_000, place=0)
    run = finish(world)
    one, two = first.id, second.id
    told = story(run.world)
    assert [row for row in told if row[1] == one] == [
        interval(one, "load", 0, 60_000, "depot", 200_000),
        interval(one, "wait work", 60_000, H),
        work(one, "spread", (H, H, H + 100_000), "ab:forward", "0", 60_000),
        interval(one, "wait work", H + 100_000, 3 * H),
    ]
    assert [row for row in told if row[1] == two] == [
        interval(two, "travel", 0, 30_000, "depot"),
        interval(two, "wait bay", 30_000, 60_000, "depot"),
        interval(two, "load", 60_000, 180_000, "depot", 200_000),
        interval(two, "wait work", 180_000, H),
        work(two, "spread", (H, H + 100_000, H + 200_000), "bc:forward", "0", 60_000),
        interval(two, "wait work", H + 200_000, 3 * H),
    ]
    store = run.world.stores[0]
    assert store.changes == [(0, 20_000_000), (60_000, 19_800_000), (180_000, 19_600_000)]
    assert (store.promised_g, run.ledger.deicer["in_hoppers"]) == (0, 280_000)


def test_a_load_under_way_is_out_of_reach_of_others() -> None:
    """Worked by hand: 300 kg in stock, 200 of them promised in the record: 100 are left to load.

    They take 60 s, from 60 s on, when the bay is free.
    """
    world = spreading_town()
    store = world.stores[0]
    store.stock_g = store.initial_g = 300_000
    store.changes[:] = [(0, 300_000)]
    first, second = world.units
    under_way(first, "load", 60_000, place=0)
    first.load_g = store.promised_g = 200_000
    store.line.append(first.order)
    under_way(second, "travel", 30_000, place=0)
    finish(world)
    assert interval(second.id, "load", 60_000, 120_000, "depot", 100_000) in story(world)
    assert store.changes == [(0, 300_000), (60_000, 100_000), (120_000, 0)]


def test_a_team_under_way_goes_on_together() -> None:
    """Worked by hand: two ploughs abreast on two strips, 100 s of driving, 200 s of work.

    12 m both ways are two strips each way, of 3,000 m² each. At 300 s just 1,000 g/m² have fallen,
    so the other direction is due a millisecond later. The street is no team's (99 strips): each
    takes one of its strips, both from b where they stand, and 700 × 3,000 g go from each.
    """
    wide = (street("ab", "a", "b", 1_000, 12),)
    world = world_of(town(wide, ploughs(2), DENSE_SNOW, horizon_h=1))
    leader, member = world.units
    for strip, unit in enumerate(world.units):
        at_work(world, unit, 100_000, 300_000)
        unit.lo, unit.hi, unit.team_number = strip, strip + 1, 1
        world.board.claimed[strip] = 1
    leader.team, member.leader, world.teams = [member], leader, 1
    run = finish(world)
    assert story(run.world)[2:8] == [
        work(P, "plough", (0, 100_000, 300_000), "ab:forward", "0", 1_500_000),
        work("plough-002", "plough", (0, 100_000, 300_000), "ab:forward", "1", 1_500_000),
        interval(P, "wait work", 300_000, 300_001),
        interval("plough-002", "wait work", 300_000, 300_001),
        work(P, "plough", (300_001, 300_001, 500_001), "ab:backward", "0", 2_100_000),
        work("plough-002", "plough", (300_001, 300_001, 500_001), "ab:backward", "1", 2_100_000),
    ]
