"""Squads at work, every instant and gram worked with a pencil (figures: `squares`, `towns`)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from snowplan.model.grades import Grade
from snowplan.model.hands import Part
from snowplan.results.log import KIND
from snowplan.simulation.party import Party
from tests.simulation.squares import (
    HAND,
    LIGHT_SNOW,
    SQUAD,
    STOPPED,
    cleared,
    drove,
    group_story,
    hand_plan,
    hand_town,
    squads,
    square,
    waited,
)
from tests.simulation.towns import H, crew, finish, ran, snow, world_of

DENSE_SNOW = snow((0, 12_000), (0.1, 0))  # 3⅓ g/m² a second for 6 min
ONE = [square("ab", 500, 2)]  # 1,000 m² of pavement
TWO = [*ONE, square("bc", 1_000, 1)]  # 1,000 m² more, which begin 500 m from a


def test_one_squad_two_pavements() -> None:
    """Worked by hand: 600 g/m² are due at 2:00, nearest first; 300 g/m² of 1,000 m² go.

    1,000 m² take ten workers 100 s; the squad stays at a, and 500 m to b are 50 s.
    """
    run = ran(hand_town(TWO, (squads(),), LIGHT_SNOW, horizon_h=3))
    assert group_story(run.world) == [
        waited(SQUAD, "work", 0, STOPPED),
        cleared(SQUAD, (STOPPED, STOPPED, 7_300_000), "ab:forward", "pavement", 300_000),
        drove(SQUAD, 7_300_000, 7_350_000, "bc:forward", 5_000),
        cleared(SQUAD, (7_300_000, 7_350_000, 7_450_000), "bc:forward", "pavement", 300_000),
        waited(SQUAD, "work", 7_450_000, 3 * H),
    ]
    # 1,500 + 3,000 m² of carriageway with 600 g/m², 2,000 m² of pavement with 300
    assert run.ledger.snow == {
        "initial": 0, "fallen": 3_900_000, "lying": 3_300_000, "pushed_aside": 600_000,
        "in_trucks": 0, "dumped": 0, "melted": 0, "residual": 0,
    }  # fmt: skip
    assert run.ledger.groups == {"intervals": 3 * H, "horizon": 3 * H, "residual": 0}


def test_again_while_it_snows() -> None:
    """Worked by hand: 0.75 g/m² a second from 1:00 on are over 2,000 after 2,666,666.7 ms.

    At the end, 100 s later, 2,075,000.25 → 2,075,000 g have fallen, 300,000 stay. Over 2,000 again
    when 3,775.00025 g/m² have fallen: at 8,633,333.67 → 8,633,334. Of the snow until 2:30 then
    200,000 g fall behind the squad: 500 g/m², just the clean depth, so nothing is due at 3:00.
    """
    run = ran(hand_town(ONE, (squads(),), snow((1, 2_700), (2.5, 0)), horizon_h=4))
    assert group_story(run.world) == [
        waited(SQUAD, "work", 0, 6_266_667),
        cleared(SQUAD, (6_266_667, 6_266_667, 6_366_667), "ab:forward", "pavement", 1_775_000),
        waited(SQUAD, "work", 6_366_667, 8_633_334),
        cleared(SQUAD, (8_633_334, 8_633_334, 8_733_334), "ab:forward", "pavement", 1_775_000),
        waited(SQUAD, "work", 8_733_334, 4 * H),
    ]
    assert run.world.sides.grams == [500_000]


def test_once_until_snow_stops_where_the_plan_clears_in_snow_no_more() -> None:
    """雪中清雪 off: the first of the two jobs above is done, the second is not; 3,750 g/m² lie."""
    rules = hand_plan()
    rules = replace(rules, phrases=replace(rules.phrases, clear_in_snow=False))
    storm = snow((1, 2_700), (2.5, 0))
    run = ran(hand_town(ONE, (squads(),), storm, rules=rules, horizon_h=4))
    jobs = [row[2] for row in group_story(run.world) if row[0] == "hand_clear"]
    assert jobs == [6_266_667, 3 * H]


def test_deep_snow_takes_longer() -> None:
    """Worked by hand: 3,810 g/m² are an inch and a half: 100 s × (1 + 0.2 × 0.5) = 110 s."""
    rules = hand_plan(hand=replace(HAND, trigger_mm=50.0))
    storm = snow((1, 7_620), (1.5, 0))
    run = ran(hand_town(ONE, (squads(),), storm, rules=rules, horizon_h=3))
    row = cleared(SQUAD, (STOPPED, STOPPED, STOPPED + 110_000), "ab:forward", "pavement", 3_510_000)
    assert row in group_story(run.world)


def test_what_the_shift_leaves_the_next_one_does() -> None:
    """Worked by hand: 90 s before the shift ends are 900 ‰ of 100 s; 10 s are left at 4:00.

    Until then all the snow lies there.
    """
    crews = (crew("clearing", "16:00", 2.025), crew("clearing", "20:00"))
    world = world_of(hand_town(ONE, (squads(),), LIGHT_SNOW, crews=crews, horizon_h=5))
    world.env.run(until=4 * H)
    assert (world.sides.done, world.sides.claimed) == ([900], bytearray(1))
    assert world.ground.pushed[0] == 0
    run = finish(world)
    assert group_story(run.world) == [
        waited(SQUAD, "work", 0, STOPPED),
        cleared(SQUAD, (STOPPED, STOPPED, 7_290_000), "ab:forward", "pavement", 0, "shift_end"),
        waited(SQUAD, "crew", 7_290_000, 4 * H),
        cleared(SQUAD, (4 * H, 4 * H, 4 * H + 10_000), "ab:forward", "pavement", 300_000),
        waited(SQUAD, "work", 4 * H + 10_000, 5 * H),
    ]


def test_no_drive_beyond_the_shift() -> None:
    """Worked by hand: b is 50 s away, the shift has 40 s left: the squad stands until it ends."""
    crews = (crew("clearing", "16:00", 7_240 / 3_600),)
    sections = [square("ab", 500, 0), square("bc", 1_000, 1)]
    run = ran(hand_town(sections, (squads(),), LIGHT_SNOW, crews=crews, horizon_h=3))
    assert group_story(run.world) == [
        waited(SQUAD, "work", 0, STOPPED),
        waited(SQUAD, "shift_end", STOPPED, 7_240_000),
        waited(SQUAD, "crew", 7_240_000, 3 * H),
    ]


def test_the_horizon_cuts_a_job() -> None:
    """A job under way at the horizon has changed nothing and says why."""
    run = ran(hand_town(ONE, (squads(),), LIGHT_SNOW, horizon_h=2.0125))
    end = STOPPED + 45_000
    assert group_story(run.world)[-1] == cleared(
        SQUAD, (STOPPED, STOPPED, end), "ab:forward", "pavement", 0, "horizon"
    )
    assert run.ledger.snow["pushed_aside"] == 0


def test_two_squads_with_one_beat_are_never_at_one_area() -> None:
    """Worked by hand: the office takes the second pavement while the squad has the first.

    Both are in both beats; the squad comes first by number.
    """
    groups = (squads(), squads(group="office"))
    run = ran(hand_town(TWO, groups, LIGHT_SNOW, horizon_h=3))
    assert [row for row in group_story(run.world) if row[0] != "wait work"] == [
        drove("office-001", STOPPED, 7_250_000, "bc:forward", 5_000),
        cleared(SQUAD, (STOPPED, STOPPED, 7_300_000), "ab:forward", "pavement", 300_000),
        cleared("office-001", (STOPPED, 7_250_000, 7_350_000), "bc:forward", "pavement", 300_000),
    ]


def test_a_squad_takes_what_another_gives_up() -> None:
    """Worked by hand: the office's shift ends after 30 s of 100: 700 ‰ = 70 s are the squad's.

    It has done its own 100 m² in 10 s, stands, and is told at that instant: 500 m to drive.
    """
    groups = (squads(), squads(group="office", sections=("bc",)))
    crews = (crew("clearing"), crew("office", "16:00", 7_280 / 3_600))
    sections = [square("ab", 500, 0.2), square("bc", 1_000, 1)]
    run = ran(hand_town(sections, groups, LIGHT_SNOW, crews=crews, horizon_h=3))
    staff, bc = "office-001", "bc:forward"
    assert [row for row in group_story(run.world) if row[4] > STOPPED] == [
        cleared(SQUAD, (STOPPED, STOPPED, 7_210_000), "ab:forward", "pavement", 30_000),
        drove(staff, STOPPED, 7_250_000, bc, 5_000),
        cleared(staff, (STOPPED, 7_250_000, 7_280_000), bc, "pavement", 0, "shift_end"),
        waited(SQUAD, "work", 7_210_000, 7_280_000),
        drove(SQUAD, 7_280_000, 7_330_000, bc, 5_000),
        cleared(SQUAD, (7_280_000, 7_330_000, 7_400_000), bc, "pavement", 300_000),
        waited(SQUAD, "work", 7_400_000, 3 * H),
        waited(staff, "crew", 7_280_000, 3 * H),
    ]


@pytest.mark.parametrize(("grade", "out"), [(Grade.LIGHT, False), (Grade.HEAVY, True)])
def test_office_staff_come_only_at_grades_that_call_them(grade: Grade, out: bool) -> None:
    """At the lower grade they wait, called off, for all of their shift; at the higher they work."""
    rules = hand_plan(("clearing",))
    rules = replace(
        rules,
        treatments=tuple(
            replace(t, groups=("office",)) if t.grade >= Grade.HEAVY else t
            for t in rules.treatments
        ),
    )
    groups = (squads(group="office"),)
    run = ran(replace(hand_town(ONE, groups, LIGHT_SNOW, rules=rules, horizon_h=3), grade=grade))
    rows = group_story(run.world)
    if out:
        assert rows[1][:2] == ("hand_clear", "office-001")
    else:
        assert rows == [waited("office-001", "called_off", 0, 3 * H)]


def test_beats_share_out_a_zone() -> None:
    """Four pavements of one size and two squads: the first two are the first squad's."""
    names = ("ab", "bc", "cd", "de")
    world = world_of(hand_town([square(n, 500, 2) for n in names], (squads(2),), LIGHT_SNOW))
    first, second = world.parties
    assert (first.beat, second.beat) == ((0, 1), (2, 3))
    assert [world.sides.dm2[a] for a in (*first.beat, *second.beat)] == [100_000] * 4


def test_areas_beside_a_two_way_street() -> None:
    """Worked by hand: 500 m, 4 m on both sides together, 1 m of it cycle lane.

    Each direction has 500 m × 0.5 m of cycle lane and 500 m × 1.5 m of pavement.
    """
    streets = [square("ab", 500, 4, cycle_m=1, oneway=False)]
    sides = world_of(hand_town(streets, (squads(),), LIGHT_SNOW, ring=False)).sides
    lane, pavement = Part.CYCLE_LANE, Part.PAVEMENT
    assert list(zip(sides.segment, sides.part, sides.dm2, strict=True)) == [
        (0, lane, 25_000), (0, pavement, 75_000), (1, lane, 25_000), (1, pavement, 75_000),
    ]  # fmt: skip


def test_without_squads_and_frontage_there_is_nothing_beside_the_road() -> None:
    """No areas, no parties, an empty log: the carriageway's run is what it was."""
    run = ran(hand_town(ONE, (), LIGHT_SNOW, horizon_h=3))
    assert (run.world.sides.segment, run.world.parties, len(run.world.group_log)) == ([], [], 0)


def test_an_idle_squad_does_not_poll() -> None:
    """The events that a squad costs on a day without work are as many in 3 hours as in 11."""
    little = snow((1, 200), (1.5, 0))  # 100 g/m²: never due

    def cost(hours: int) -> int:
        alone, both = (
            ran(hand_town(ONE, groups, little, horizon_h=hours)).simpy_events
            for groups in ((), (squads(),))
        )
        return both - alone

    assert cost(11) == cost(3) < 10


# ---- a squad's process can be entered from its record ----------------------------------------


def at_work(party: Party, stage: str, doing: str, until: int) -> None:
    """The squad is on its way to or at its first area since 0, until an instant."""
    party.duty_to = 12 * H
    party.stage, party.until, party.area = stage, until, 0
    party.doing, party.reason, party.segment = KIND[doing], 0, 0


def test_a_job_goes_on_to_its_end() -> None:
    """Worked by hand: done at 300 s, when 1,000 g/m² have fallen: 700 × 1,000 g go.

    200 g/m² more until 6 min: 500 g/m² lie, which is not over the clean depth.
    """
    world = world_of(hand_town(ONE, (squads(),), DENSE_SNOW, horizon_h=2))
    party = world.parties[0]
    at_work(party, "clear", "hand_clear", 300_000)
    party.part, party.planned_end = Part.PAVEMENT, 300_000
    world.sides.claimed[0] = 1
    run = finish(world)
    assert group_story(run.world) == [
        cleared(SQUAD, (0, 0, 300_000), "ab:forward", "pavement", 700_000),
        waited(SQUAD, "work", 300_000, 2 * H),
    ]


def test_a_drive_goes_on_to_its_end() -> None:
    """Worked by hand: arrived at 200 s, 100 s of work, as above."""
    world = world_of(hand_town(ONE, (squads(),), DENSE_SNOW, horizon_h=2))
    at_work(world.parties[0], "drive", "travel", 200_000)
    world.parties[0].dm = 20_000
    world.sides.claimed[0] = 1
    run = finish(world)
    assert group_story(run.world)[:2] == [
        drove(SQUAD, 0, 200_000, "ab:forward", 20_000),
        cleared(SQUAD, (0, 200_000, 300_000), "ab:forward", "pavement", 700_000),
    ]
