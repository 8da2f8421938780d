"""The urban-rural fringe: carriageways by hand while rural squads are called, else by machine."""

from __future__ import annotations

from dataclasses import replace

import pytest

from snowplan.model.fleet import CrewGroup
from snowplan.model.grades import Grade, GradeRow
from snowplan.model.hands import FRINGE, Part, SquadGroup
from snowplan.model.roads import Section
from snowplan.model.scenario import Scenario
from snowplan.model.weather import Forecast, Snowfall
from snowplan.simulation.world import World
from tests.simulation.squares import (
    HAND,
    LIGHT_SNOW,
    SQUAD,
    STOPPED,
    cleared,
    group_story,
    hand_plan,
    hand_town,
    squads,
    square,
    waited,
)
from tests.simulation.towns import (
    H,
    crew,
    finish,
    interval,
    ploughs,
    ran,
    segment_name,
    snow,
    story,
    work,
    world_of,
)

R, P = "rural-001", "plough-001"
FAR = [square("ab", 1_000, 1, flags=(FRINGE,))]  # 3,000 m² of carriageway, 1,000 m² of pavement


def passes(world: World) -> list[tuple[int, int]]:
    """(start, end) of what ploughs have done."""
    return [(row[3], row[4]) for row in story(world) if row[0] == "plough"]


def test_rural_squads_clear_the_carriageway_first_and_machines_stand() -> None:
    """Worked by hand: 3,000 m² take ten workers 300 s, then 1,000 m² of pavement 100 s.

    300 of 600 g/m² go. The plough at a has nothing to do there.
    """
    run = ran(hand_town(FAR, (squads(group="rural"),), LIGHT_SNOW, fleet=ploughs(), horizon_h=3))
    assert group_story(run.world) == [
        waited(R, "work", 0, STOPPED),
        cleared(R, (STOPPED, STOPPED, 7_500_000), "ab:forward", "carriageway", 900_000),
        cleared(R, (7_500_000, 7_500_000, 7_600_000), "ab:forward", "pavement", 300_000),
        waited(R, "work", 7_600_000, 3 * H),
    ]
    assert passes(run.world) == []
    assert run.world.board.served[0] == 1
    assert run.ledger.snow["pushed_aside"] == 1_200_000


def test_others_have_it_while_rural_squads_are_not_called() -> None:
    """Worked by hand: 1,000 m take the plough 200 s, 100 of 600 g/m² go.

    1,000 m² of pavement take a squad of `clearing` 100 s, 300 g/m² go; the rural one is called off.
    """
    rules = hand_plan(("clearing",))
    groups = (squads(group="rural"), squads())
    run = ran(hand_town(FAR, groups, LIGHT_SNOW, fleet=ploughs(), rules=rules, horizon_h=3))
    assert work(P, "plough", (STOPPED, STOPPED, 7_400_000), "ab:forward", "0", 300_000) in story(
        run.world
    )
    assert group_story(run.world) == [
        waited(SQUAD, "work", 0, STOPPED),
        cleared(SQUAD, (STOPPED, STOPPED, 7_300_000), "ab:forward", "pavement", 300_000),
        waited(SQUAD, "work", 7_300_000, 3 * H),
        waited(R, "called_off", 0, 3 * H),
    ]


def test_sides_of_the_fringe_are_shared_out_by_themselves() -> None:
    """Two pavements outside the fringe and two in it, of one size: each of two squads has a half.

    The rural squad has those of the fringe, and their carriageways.
    """
    flags = {"ab": (), "bc": (), "cd": (FRINGE,), "de": (FRINGE,)}
    streets = [square(name, 500, 2, flags=f) for name, f in flags.items()]
    world = world_of(hand_town(streets, (squads(2), squads(group="rural")), LIGHT_SNOW))
    sides = world.sides
    names = {
        p.id: sorted((segment_name(world.network, sides.segment[a])[:2], sides.part[a].key)
                     for a in p.beat)
        for p in world.parties
    }  # fmt: skip
    assert names == {
        SQUAD: [("ab", "pavement"), ("cd", "pavement")],
        "clearing-002": [("bc", "pavement"), ("de", "pavement")],
        R: [(name, part) for name in ("cd", "de") for part in ("carriageway", "pavement")],
    }


def test_a_zone_without_rural_squads_has_no_fringe() -> None:
    """The plough has the carriageway and the squads of clearing the pavement."""
    run = ran(hand_town(FAR, (squads(),), LIGHT_SNOW, fleet=ploughs(), horizon_h=3))
    assert run.world.sides.part == [Part.PAVEMENT]
    assert passes(run.world) == [(STOPPED, 7_400_000)]
    assert ("hand_clear", "clearing-001") in [row[:2] for row in group_story(run.world)]


def test_a_long_road_may_hold_thousands_of_tonnes() -> None:
    """Worked by hand: 8 km × 9 m are 72,000 m²; 39,700 of 40,000 g/m² go to the kerb, 2,858.4 t."""
    roads = [square("ab", 8_000, 0, flags=(FRINGE,), width_m=9.0)]
    late = (crew("rural", "03:00"),)  # an hour after the snow has stopped
    groups = (squads(workers=400, group="rural"),)
    run = ran(hand_town(roads, groups, snow((0, 4_000), (10, 0)), crews=late, horizon_h=12))
    assert [row[-1] for row in group_story(run.world) if row[0] == "hand_clear"] == [2_858_400_000]


def half_packed(scenario: Scenario) -> World:
    """600 g/m² lie at the start, 300 of them packed on the carriageway."""
    fall = Snowfall(scenario.around.snowfall.actual, initial_um=600)
    world = world_of(replace(scenario, around=replace(scenario.around, snowfall=fall)))
    ground = world.ground
    ground.loose[0], ground.packed[0] = 900_000, 900_000
    ground.settle(0, 0, 0, 300.0, ground.curves[0].film)
    return world


def test_packed_snow_takes_longer_and_goes_too() -> None:
    """Worked by hand: 300 s × 1.5 = 450 s; 300 g/m² of loose snow and 300 packed go.

    300 fall besides 300 loose; at 2:00 they are over the clean depth.
    """
    storm = snow((1, 600), (1.5, 0))
    world = half_packed(hand_town(FAR, (squads(group="rural"),), storm, horizon_h=3))
    run = finish(world)
    row = cleared(R, (STOPPED, STOPPED, 7_650_000), "ab:forward", "carriageway", 1_800_000)
    assert row in group_story(run.world)
    assert (run.world.ground.loose[0], run.world.ground.packed[0]) == (900_000, 0)


def test_packed_snow_alone_is_due_once_snow_has_stopped() -> None:
    """Of 300 loose g/m² and 100 that fall nothing is over the clean depth; the packed layer is."""
    storm = snow((1, 200), (1.5, 0))
    scenario = hand_town(FAR, (squads(group="rural"),), storm, horizon_h=3)
    run = finish(half_packed(scenario))
    row = cleared(R, (STOPPED, STOPPED, 7_650_000), "ab:forward", "carriageway", 1_200_000)
    assert row in group_story(run.world)


def test_what_fell_on_a_carriageway_cleared_by_hand_is_due_again() -> None:
    """Worked by hand: 0.75 g/m² a second are over 1,000 after 1,333,334 ms: 300 s of work.

    At 5,233,334 floor(3,000 × 0.00075 × 1,633,334) = 3,675,001 g have fallen; 900,000 stay. Over
    1,000 again with 700 more, 933,334 ms later; 300 s after that 6,450,003 g have fallen.
    """
    sections = [square("ab", 1_000, 0, flags=(FRINGE,))]
    storm = snow((1, 2_700), (2, 0))
    run = ran(hand_town(sections, (squads(group="rural"),), storm, horizon_h=3))
    first, second = 4_933_334, 5_233_334 + 933_334
    rows = [row for row in group_story(run.world) if row[0] == "hand_clear"]
    assert rows[:2] == [
        cleared(R, (first, first, first + 300_000), "ab:forward", "carriageway", 2_775_001),
        cleared(R, (second, second, second + 300_000), "ab:forward", "carriageway", 2_775_002),
    ]


def graded(
    sections: list[Section],
    groups_by_grade: dict[Grade, tuple[str, ...]],
    groups: tuple[SquadGroup, ...] = (squads(group="rural"),),
    crews: tuple[CrewGroup, ...] | None = None,
) -> Scenario:
    """Light snow at first; more is foreseen from 2:00 on: moderate, and other groups are called."""
    rules = hand_plan()
    treatments = tuple(
        replace(t, groups=groups_by_grade.get(t.grade, ())) for t in rules.treatments
    )
    rules = replace(rules, treatments=treatments)
    storm = snow((1, 1_050), (2, 2_000), (2.5, 0))
    scenario = hand_town(
        sections, groups, storm, fleet=ploughs(), rules=rules, crews=crews, horizon_h=4
    )
    rows = (
        GradeRow(Grade.LIGHT, "小雪", 100, 100), GradeRow(Grade.MODERATE, "中雪", 1_051, 1_051),
    )  # fmt: skip
    foreseen = (Forecast(0, snow((1, 1_050), (2, 0))), Forecast(2 * H, storm))
    around = replace(scenario.around, snowfall=Snowfall(storm, foreseen), grade_rows=rows)
    return replace(scenario, around=around, grade=None)


DUE = 7_028_572  # 1,000 g/m² at 1,050 an hour: after 3,428,571.4 ms


def test_a_squad_at_work_goes_on_when_machines_are_given_the_fringe() -> None:
    """Worked by hand: called off at 2:00, the squad ends 300 s after it began and leaves 300 g/m².

    At 2,000 g/m² an hour there are over 1,000 after 1,260,001 ms: then the plough comes.
    """
    run = ran(graded(FAR, {Grade.LIGHT: ("rural",)}))
    rows = group_story(run.world)
    end = DUE + 300_000
    assert [row[:5] for row in rows[1:]] == [
        ("hand_clear", R, DUE, DUE, end), ("wait called_off", R, end, end, 4 * H),
    ]  # fmt: skip
    assert passes(run.world)[0] == (end + 1_260_001, end + 1_460_001)


def test_a_plough_at_work_goes_on_when_squads_are_given_the_fringe() -> None:
    """Worked by hand: a plough is on the first of two strips; from 2:00 on squads are called.

    The squad takes both strips when the plough has gone, 200 s after it began: 6,000 m² are 600 s.
    """
    sections = [square("ab", 1_000, 0, flags=(FRINGE,), width_m=6.0)]
    run = ran(graded(sections, {Grade.MODERATE: ("rural",)}))
    end = DUE + 200_000
    assert passes(run.world) == [(DUE, end)]
    assert [row[:5] for row in group_story(run.world)[:3]] == [
        ("wait called_off", R, 0, 0, 2 * H), ("wait work", R, 2 * H, 2 * H, end),
        ("hand_clear", R, end, end, end + 600_000),
    ]  # fmt: skip
    assert interval(P, "wait work", end, 4 * H) in story(run.world)


BOTH = (squads(group="rural"), squads())


@pytest.mark.parametrize(("called_at", "who"), [(Grade.LIGHT, SQUAD), (Grade.MODERATE, R)])
def test_a_side_of_the_fringe_is_theirs_who_have_it_when_it_falls_due(
    called_at: Grade, who: str
) -> None:
    """Worked by hand: 1,050 g/m² lie at 2:00, 950 more after 1,710 s are not over 2,000 yet.

    Rural squads have it where moderate snow calls them, else those of `clearing`, for 100 s:
    2,050 - 300 g/m² of 1,000 m².
    """
    run = ran(graded(FAR, {called_at: ("rural",)}, BOTH))
    due = 2 * H + 1_710_001
    assert [row for row in group_story(run.world) if row[6] == "pavement"] == [
        cleared(who, (due, due, due + 100_000), "ab:forward", "pavement", 1_750_000)
    ]


def test_a_squad_at_work_goes_on_when_rural_squads_are_called() -> None:
    """Worked by hand: 1,000 m² over 10 mm take five workers 200 s, past the call at 2:00.

    Then 1,065,873 g lie there, 300,000 stay; 700 g/m² more, 1,260 s later, are the rural squad's.
    """
    groups = (squads(group="rural"), squads(workers=5))
    scenario = graded(FAR, {Grade.MODERATE: ("rural",)}, groups)
    rules = replace(scenario.plan, hand=replace(HAND, trigger_mm=10.0))
    rows = [r for r in group_story(ran(replace(scenario, plan=rules)).world) if r[6] == "pavement"]
    end = DUE + 200_000
    assert rows[0] == cleared(SQUAD, (DUE, DUE, end), "ab:forward", "pavement", 765_873)
    assert rows[1][:3] == ("hand_clear", R, end + 1_260_001)


def test_a_plough_leaves_nothing_of_a_share_done_by_hand() -> None:
    """Worked by hand: the shift ends 81,428 ms into 300,000: 271 ‰; a plough does all from 2:00.

    It needs 200 s; a squad that comes later has the whole road before it.
    """
    crews = (crew("rural", "16:00", 1.975),)
    world = world_of(graded(FAR, {Grade.LIGHT: ("rural",)}, crews=crews))
    shares = []
    for t in (DUE, 7_110_001, 2 * H + 200_000, 2 * H + 200_001):
        world.env.run(until=t)
        shares.append(world.sides.done[0])
    assert shares == [0, 271, 271, 0]
