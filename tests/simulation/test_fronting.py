"""Frontage duty (门前五包): who clears, when, how much goes back on the road, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from snowplan.errors import LedgerError
from snowplan.model.hands import FRINGE, Frontage, Part
from snowplan.model.snow import NEVER
from snowplan.simulation.fronting import throw_back
from snowplan.simulation.ground import Brine, Ground
from snowplan.simulation.party import Party
from snowplan.simulation.sides import Sides
from snowplan.simulation.world import World
from tests.simulation.squares import (
    LIGHT_SNOW,
    NO_MACHINES,
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
from tests.simulation.towns import H, finish, ploughs, ran, snow, story, work, world_of

ACT = 9_000_000  # owners act half an hour after the assessment
ONE = [square("ab", 500, 2)]  # 1,000 m² of pavement beside 1,500 m² of road


def frontage(
    compliance: float = 1.0, coverage: float = 0.6, thrown_back: float = 0.5, delay_h: float = 0.5
) -> tuple[Frontage, ...]:
    """Frontage duty in the one zone."""
    return (Frontage("centre", coverage, compliance, delay_h, thrown_back),)


def by_owners(place: str, grams: int, at: int = ACT) -> tuple[object, ...]:
    """Snow taken off a frontage by its owners."""
    return ("frontage_clear", "", at, at, at, place, "frontage", 0, grams)


def thrown(place: str, grams: int, at: int = ACT) -> tuple[object, ...]:
    """Snow of it that lies on the road."""
    return ("frontage_clear thrown_back", "", at, at, at, place, "carriageway", 0, grams)


def test_owners_clear_after_the_delay_and_throw_some_back() -> None:
    """Worked by hand: 600 of 1,000 m² are frontage; 300 of 600 g/m² go, half of them on the road.

    Nobody else works: 1,500 m² of road hold 900,000 + 90,000 g, 400 m² of pavement 240,000.
    """
    run = ran(hand_town(ONE, (), LIGHT_SNOW, frontage=frontage(), horizon_h=3))
    assert group_story(run.world) == [
        by_owners("ab:forward", 180_000), thrown("ab:forward", 90_000),
    ]  # fmt: skip
    ground, sides = run.world.ground, run.world.sides
    assert (ground.loose[0], ground.pushed[0]) == (990_000, 90_000)
    assert list(zip(sides.part, sides.dm2, sides.grams, strict=True)) == [
        (Part.PAVEMENT, 40_000, 240_000), (Part.FRONTAGE, 60_000, 180_000),
    ]  # fmt: skip
    assert run.ledger.snow["residual"] == 0


def test_thrown_snow_makes_the_road_due_again() -> None:
    """Worked by hand: the plough leaves 500 g/m², not due; 90,000 g on 1,500 m² make it 560.

    It comes back from b by the ring of 10,000 m, 1,000 s, and clears 500 m in 100 s.
    """
    run = ran(hand_town(ONE, (), LIGHT_SNOW, fleet=ploughs(), frontage=frontage(), horizon_h=3))
    done = [row for row in story(run.world) if row[0] == "plough"]
    assert done == [
        work("plough-001", "plough", (STOPPED, STOPPED, 7_300_000), "ab:forward", "0", 150_000),
        work("plough-001", "plough", (ACT, 10_000_000, 10_100_000), "ab:forward", "0", 90_000),
    ]


def test_thrown_snow_may_block_the_road() -> None:
    """Worked by hand: 2,700 g/m² lie; 0.6 × 2,400 × 1,000 g on 1,500 m² are 960 more: blocked."""
    storm = snow((1, 5_400), (1.5, 0))
    every = frontage(thrown_back=1.0)
    world = world_of(hand_town(ONE, (), storm, frontage=every, horizon_h=3))
    world.env.run(until=ACT)
    assert world.board.block_at[0] == NEVER
    finish(world)
    assert world.board.block_at[0] <= ACT


def test_thrown_snow_wakes_the_squad_of_a_fringe_road() -> None:
    """Worked by hand: hands leave 300 g/m²; 270,000 g of frontage on 1,000 m² are 270 more: due.

    A road 500 m × 2 m takes ten workers 100 s; the pavement of 400 m² is done first, in 40 s.
    """
    streets = [square("ab", 500, 2, flags=(FRINGE,), width_m=2.0)]
    duty = frontage(coverage=0.9, thrown_back=1.0)
    groups = (squads(group="rural"),)
    run = ran(hand_town(streets, groups, LIGHT_SNOW, frontage=duty, horizon_h=3))
    rows = group_story(run.world)
    at = rows.index(thrown("ab:forward", 270_000))  # type: ignore[arg-type]
    assert rows[at + 1 : at + 3] == [
        waited("rural-001", "work", STOPPED + 110_000, ACT),
        cleared("rural-001", (ACT, ACT, ACT + 100_000), "ab:forward", "carriageway", 270_000),
    ]


def test_shirked_frontage_is_due_for_squads_from_then_on() -> None:
    """Worked by hand: 400 m² of pavement at 2:00, 40 s; 600 m² of frontage at 2:30, 60 s."""
    shirkers = frontage(compliance=0.0)
    run = ran(hand_town(ONE, (squads(),), LIGHT_SNOW, frontage=shirkers, horizon_h=3))
    assert [row for row in group_story(run.world) if row[0] == "hand_clear"] == [
        cleared(SQUAD, (STOPPED, STOPPED, 7_240_000), "ab:forward", "pavement", 120_000),
        cleared(SQUAD, (ACT, ACT, ACT + 60_000), "ab:forward", "frontage", 180_000),
    ]


def test_frontage_is_pavement_where_the_grade_does_not_name_it() -> None:
    """Worked by hand: the squad does 400 and 600 m² one after the other from 2:00 on."""
    rules = hand_plan(("clearing",))
    run = ran(
        hand_town(ONE, (squads(),), LIGHT_SNOW, rules=rules, frontage=frontage(), horizon_h=3)
    )
    assert [row for row in group_story(run.world) if not row[0].startswith("wait")] == [
        cleared(SQUAD, (STOPPED, STOPPED, 7_240_000), "ab:forward", "pavement", 120_000),
        cleared(SQUAD, (7_240_000, 7_240_000, 7_300_000), "ab:forward", "frontage", 180_000),
    ]


def test_the_twin_of_a_narrow_street_holds_the_strip() -> None:
    """Both directions throw on the one strip of a two-way street, which is the forward one's."""
    streets = [square("ab", 500, 2, oneway=False)]
    run = ran(hand_town(streets, (), LIGHT_SNOW, frontage=frontage(), ring=False, horizon_h=3))
    assert group_story(run.world) == [
        by_owners("ab:forward", 90_000), thrown("ab:forward", 45_000),
        by_owners("ab:backward", 90_000), thrown("ab:forward", 45_000),
    ]  # fmt: skip
    assert run.world.ground.pushed == [45_000, 45_000]


def test_thrown_snow_lies_on_the_outermost_strip() -> None:
    """Of two strips it is the second, farther from the centre, that receives it."""
    streets = [square("ab", 500, 2, width_m=6.0)]
    run = ran(hand_town(streets, (), LIGHT_SNOW, frontage=frontage(), horizon_h=3))
    assert run.world.ground.loose == [900_000, 990_000]


def test_snow_again_ends_the_delay() -> None:
    """Worked by hand: found stopped at 2:00, snowing at 3:00, stopped at 4:00: owners at 5:00.

    No snow for 12 min ahead is enough to say that it has stopped. 700 g/m² by then, 300 stay.
    """
    storm = snow((1, 1_200), (1.5, 0), (2.25, 100), (3.25, 0))
    scenario = hand_town(ONE, (), storm, frontage=frontage(delay_h=1.0), horizon_h=6)
    call_out = replace(scenario.plan.call_out, dry_h=0.2)
    run = ran(replace(scenario, plan=replace(scenario.plan, call_out=call_out)))
    rows = group_story(run.world)
    assert rows == [
        by_owners("ab:forward", 240_000, 5 * H), thrown("ab:forward", 120_000, 5 * H),
    ]  # fmt: skip


def test_owners_of_another_zone_do_not_keep_a_sooner_duty_waiting() -> None:
    """Worked by hand: the west acts 3 h, the centre ½ h after snow stops, at 2:00 and 4:00.

    When snow begins again the west's duty of 5:00 is off; the centre's next is at 4:30.
    """
    storm = snow((1, 1_200), (1.5, 0), (2.75, 1_200), (3.25, 0))
    far = square("bc", 500, 2)
    streets = [*ONE, replace(far, duty=replace(far.duty, zone="west"))]
    duty = (*frontage(thrown_back=0.0), Frontage("west", 0.6, 1.0, 3.0, 0.0))
    scenario = hand_town(streets, (), storm, frontage=duty, horizon_h=8)
    call_out = replace(scenario.plan.call_out, dry_h=0.2)
    run = ran(replace(scenario, plan=replace(scenario.plan, call_out=call_out)))
    # 600 g/m² at 2:30; 300 + 600 at 4:30; 1,200 in the west
    assert group_story(run.world) == [
        by_owners("ab:forward", 180_000, ACT),
        by_owners("ab:forward", 360_000, ACT + 2 * H),
        by_owners("bc:forward", 540_000, 7 * H),
    ]


def many(compliance: float, run_seed: int = 1) -> World:
    """Sixty streets in a row with frontage alone, 100 m² each, and a squad for what is left."""
    streets = [
        replace(square(f"{k:02d}", 100, 1), start=f"n{k:02d}", end=f"n{k + 1:02d}")
        for k in range(60)
    ]
    duty = frontage(compliance, coverage=1.0)
    scenario = hand_town(
        streets, (squads(),), LIGHT_SNOW, frontage=duty, horizon_h=8, run_seed=run_seed,
        fleet=replace(NO_MACHINES, home="n00"),
    )  # fmt: skip
    return ran(scenario).world


def by_kind(world: World, kind: str) -> set[str]:
    """Places of the rows of a kind."""
    return {row[5] for row in group_story(world) if row[0] == kind}


def test_each_frontage_is_cleared_by_its_owners_or_by_a_squad() -> None:
    """About half of sixty comply (20 to 40: a chance of 0.99), and squads do just the others."""
    world = many(0.5)
    owners, squad = by_kind(world, "frontage_clear"), by_kind(world, "hand_clear")
    assert 20 <= len(owners) <= 40
    assert not owners & squad
    assert len(owners | squad) == 60


def test_who_complies_is_drawn_for_each_frontage() -> None:
    """All or none at 1 and 0; who complies at 0.3 does so at 0.6; another seed, other owners."""
    few, more = (by_kind(many(share), "frontage_clear") for share in (0.3, 0.6))
    assert few < more
    assert len(by_kind(many(1.0), "frontage_clear")) == 60
    assert not by_kind(many(0.0), "frontage_clear")
    assert by_kind(many(0.3, run_seed=2), "frontage_clear") != few


def test_brine_melts_what_is_thrown_first() -> None:
    """Worked by hand: of 90,000 g thrown on a wet strip 50,000 melt, 40,000 lie on 1,500 m²."""
    world = world_of(hand_town(ONE, (), LIGHT_SNOW, frontage=frontage(), horizon_h=3))
    world.env.run(until=1)
    ground = world.ground
    ground.brine[0] = Brine(10_000, 20_000, 50_000, ground.curves[0].film, 0.0, NEVER)
    throw_back(world, 0, 90_000, 1)
    assert (ground.loose[0], ground.melted_g, ground.brine[0].credit_g) == (40_000, 50_000, 0)
    assert ground.brine[0].water_g == 70_000
    assert ground.areal(0, 0, 1) == pytest.approx(40_000 / 1_500)


def test_brine_with_credit_left_melts_the_next_snow_too() -> None:
    """Worked by hand: of 90,000 g thrown all melt; 60,000 g of credit are -40 g/m² on 1,500 m²."""
    world = world_of(hand_town(ONE, (), LIGHT_SNOW, frontage=frontage(), horizon_h=3))
    world.env.run(until=1)
    ground = world.ground
    ground.brine[0] = Brine(20_000, 20_000, 150_000, ground.curves[0].film, 0.0, NEVER)
    throw_back(world, 0, 90_000, 1)
    assert (ground.loose[0], ground.brine[0].credit_g) == (0, 60_000)
    assert ground.base[0] == pytest.approx(-40.0)


# ---- a transfer that is dropped is seen ---------------------------------------------------------


def lost_by_owners(self: Sides, area: int, net: int, residual: float) -> tuple[int, float]:
    """One gram leaves the area and arrives nowhere."""
    taken, left = WHOLE_CLEAR(self, area, net, residual)
    self.grams[area] -= 1
    return taken, left


def lost_on_the_way(self: Ground, strip: int, *rest: object) -> None:
    """One gram is thrown and does not lie on the road."""
    WHOLE_THROW(self, strip, *rest)
    self.loose[strip] -= 1


WHOLE_CLEAR: Callable[..., tuple[int, float]] = Sides.clear
WHOLE_THROW: Callable[..., None] = Ground.throw_on


@pytest.mark.parametrize(
    ("record", "name", "leaky"),
    [(Sides, "clear", lost_by_owners), (Ground, "throw_on", lost_on_the_way)],
)
def test_a_gram_lost_beside_the_road_is_seen(
    monkeypatch: pytest.MonkeyPatch, record: type, name: str, leaky: object
) -> None:
    """The snow ledger does not balance by one gram."""
    world = world_of(hand_town(ONE, (), LIGHT_SNOW, frontage=frontage(), horizon_h=3))
    monkeypatch.setattr(record, name, leaky)
    with pytest.raises(LedgerError, match=r"snow.*'residual': 1\b"):
        finish(world)


def test_a_millisecond_lost_by_a_squad_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interval that begins a millisecond late leaves that millisecond to no state."""
    world = world_of(hand_town(ONE, (squads(),), LIGHT_SNOW, horizon_h=3))
    whole, lost = Party.close, []

    def late(self: Party, log: object, now: int, *rest: object) -> None:
        if not lost and now > self.since + 1:
            lost.append(self.since)
            self.since += 1
        whole(self, log, now, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Party, "close", late)
    with pytest.raises(LedgerError, match=r"groups.*'residual': 1\b"):
        finish(world)
