"""Ploughs abreast, one a strip, and what becomes of the team when its leader fails, by hand."""

from __future__ import annotations

from dataclasses import replace

from tests.simulation.towns import (
    Fleet,
    H,
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

ONE, TWO = "plough-001", "plough-002"
WIDE = (street("ab", "a", "b", 1_000, 12),)  # two strips of 3,000 m² each way
BRISK_SNOW = snow((1, 2_700), (1.5, 0))  # due at 4,933,334; 1,350 g/m² in all
ABREAST = replace(plan(), rules=replace(plan().rules, team_min_strips=2))


def told_of(rows: list[tuple], machine: str) -> list[tuple]:
    """The rows of one machine."""
    return [row for row in rows if row[1] == machine]


def test_two_ploughs_abreast_take_a_direction_at_once() -> None:
    """Worked by hand: out and back side by side, 200 s each way.

    At 5,133,334 floor(3,000 × 0.00075 × 1,533,334) = 3,450,001 g have fallen on a strip, at
    5,333,334 3,900,001; 1,500,000 stay.
    """
    run = finish(world_of(town(WIDE, ploughs(2), BRISK_SNOW, rules=ABREAST, horizon_h=2)))
    times = (
        ((4_933_334, 4_933_334, 5_133_334), "ab:forward", 1_950_001),
        ((5_133_334, 5_133_334, 5_333_334), "ab:backward", 2_400_001),
    )
    for who, strip in ((ONE, "0"), (TWO, "1")):
        passes = [row for row in told_of(story(run.world), who) if row[0] == "plough"]
        assert passes == [work(who, "plough", at, place, strip, g) for at, place, g in times]


def test_when_the_leader_fails_the_other_works_on() -> None:
    """Worked by hand: the leader stops after 50 s of 200; the other ends its strip and leads.

    From then on it is alone: what is nearest in turn, at each end of the street. The strip given
    back is a quarter done: 25 s of driving and 150 s of work. Snow ends at 5,400,000 with
    4,050,000 g a strip. The leader is mended in 4 h, after the horizon.
    """
    world = world_of(town(WIDE, ploughs(2), BRISK_SNOW, rules=ABREAST, horizon_h=3))
    world.units[0].to_failure_ms = 50_000
    told = story(finish(world).world)
    failed = 4_983_334
    assert told_of(told, ONE)[1:] == [
        work(ONE, "plough breakdown", (4_933_334, 4_933_334, failed), "ab:forward", "0", 0),
        interval(ONE, "breakdown", failed, failed, "ab:forward"),
        interval(ONE, "repair", failed, 3 * H),
    ]
    assert told_of(told, TWO)[1:] == [
        work(TWO, "plough", (4_933_334, 4_933_334, 5_133_334), "ab:forward", "1", 1_950_001),
        work(TWO, "plough", (5_133_334, 5_133_334, 5_333_334), "ab:backward", "0", 2_400_001),
        work(TWO, "plough", (5_333_334, 5_333_334, 5_508_334), "ab:forward", "0", 2_550_000),
        work(TWO, "plough", (5_508_334, 5_508_334, 5_708_334), "ab:backward", "1", 2_550_000),
        interval(TWO, "wait work", 5_708_334, 7_200_000),
        work(TWO, "plough", (7_200_000, 7_200_000, 7_400_000), "ab:forward", "1", 599_999),
        work(TWO, "plough", (7_400_000, 7_400_000, 7_600_000), "ab:backward", "0", 149_999),
        interval(TWO, "wait work", 7_600_000, 3 * H),
    ]


def test_who_goes_home_before_the_end_stays_behind() -> None:
    """Worked by hand: the second's shift ends 1.4 h after 16:00, at 5,040,000: before 5,133,334.

    The first works alone; the second finds at the same instant that no pass ends in its shift.
    """
    crews = (crew("plough", "16:00", 12), replace(crew("plough", "16:00", 1.4), id="short"))
    fleet = Fleet(ploughs(2).machines, crews)
    told = story(finish(world_of(town(WIDE, fleet, BRISK_SNOW, rules=ABREAST, horizon_h=3))).world)
    first = work(ONE, "plough", (4_933_334, 4_933_334, 5_133_334), "ab:forward", "0", 1_950_001)
    assert told_of(told, ONE)[1] == first
    assert told_of(told, TWO) == [
        interval(TWO, "wait work", 0, 4_933_334),
        interval(TWO, "wait shift_end", 4_933_334, 5_040_000),
        interval(TWO, "wait crew", 5_040_000, 3 * H),
    ]
