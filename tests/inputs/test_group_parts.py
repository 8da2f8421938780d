"""What a scenario changes of the groups: fewer or more trucks, without some, placed by rule."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from snowplan.inputs.auto_depots import auto_dump_points, largest_component
from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.hands import HandRules
from snowplan.model.hauling import HaulRules
from snowplan.model.places import distance_m
from tests.inputs.studies import change, faults_of, make_study


def test_more_trucks_stand_in_the_zones_in_turn_with_crews() -> None:
    """40 trucks for 32: eight new ones over five zones, like the others, with crews."""
    given = load_scenario("heavy").resources
    found = load_scenario("heavy", ["fleet.truck=40"])
    trucks = found.resources.trucks
    assert (len(trucks), len({truck.id for truck in trucks})) == (40, 40)
    assert set(given.trucks) <= set(trucks)
    new = Counter(truck.zone for truck in trucks) - Counter(t.zone for t in given.trucks)
    assert sorted(new.values()) == [1, 1, 2, 2, 2]
    crews = Counter({g.zone: g.crews for g in found.resources.crews if g.kind == "truck"})
    assert crews == Counter(truck.zone for truck in trucks)
    assert ("fleet.truck", "32", "40") in found.differences


def test_fewer_trucks_leave_some_in_every_zone() -> None:
    """Five trucks are one in each zone; none are none."""
    trucks = load_scenario("heavy", ["fleet.truck=5"]).resources.trucks
    assert {truck.zone for truck in trucks} == {"centre", "east", "north", "south", "west"}
    assert load_scenario("heavy", ["fleet.truck=0"]).resources.trucks == ()


def test_trucks_cannot_be_added_to_none(tmp_path: Path) -> None:
    """Where no table has a truck there is nothing the new ones could be like."""
    path = make_study(tmp_path)
    change(path, "[snow]", "[fleet]\ntruck = 3\n\n[snow]")
    (fault,) = faults_of(path)
    assert "study.toml line 7, key fleet.truck: found 3" in fault
    assert "a truck in trucks.csv" in fault


@pytest.mark.parametrize(
    ("without", "left"),
    [
        ("hauling", (0, 0, 14, 5)),
        ("hand", (32, 6, 0, 5)),
        ("frontage", (32, 6, 14, 0)),
    ],
)
def test_a_scenario_can_do_without_a_group(without: str, left: tuple[int, ...]) -> None:
    """What is left out is gone, is told as a difference, and nothing else changes."""
    found = load_scenario("heavy", [f'without=["{without}"]'])
    own = found.resources
    counts = tuple(map(len, (own.trucks, own.dump_points, own.squads, own.frontage)))
    assert counts == left
    whole = load_scenario("heavy")
    assert own.machines == whole.resources.machines
    told = [row[0] for row in found.differences if row not in whole.differences]
    assert {key.split(".")[0] for key in told} == {"without"}


def test_an_unknown_group_is_answered_with_the_nearest() -> None:
    """`haulling` is none of the groups that a scenario can do without."""
    (fault,) = faults_of("heavy", 'without=["haulling"]')
    assert "found 'haulling'; expected one of hauling, hand, frontage" in fault
    assert "did you mean 'hauling'?" in fault


def test_dump_points_by_rule_are_far_from_the_depots() -> None:
    """The first of a zone stands at the farthest junction of its roads that trucks can leave."""
    heavy = load_scenario("heavy")
    own = heavy.resources
    core = largest_component(heavy.road_map)
    placed = auto_dump_points(heavy.road_map, own.depots, own.dump_points)
    assert [point.id for point in placed] == [point.id for point in own.dump_points]
    for depot in own.depots:
        first = next(point for point in placed if point.zone == depot.zone)
        here = (depot.lon, depot.lat)
        ends = {
            end
            for section in heavy.road_map.sections
            if section.duty.zone == depot.zone and section.duty.cleared_by_centre
            for end in (section.start, section.end)
        }
        farthest = max(distance_m((core[e].lon, core[e].lat), here) for e in ends & set(core))
        assert distance_m((first.lon, first.lat), here) == pytest.approx(farthest)
    east = {(point.lon, point.lat) for point in placed if point.zone == "east"}
    assert len(east) == 2


def test_the_plans_rules_for_hauling_and_hands() -> None:
    """The rules as the plan's tables have them; a loader's bucketful more or less is no windrow."""
    plan = load_scenario("heavy").plan
    verge = {"expressway": 0.3, "main": 0.8, "secondary": 0.6, "branch": 0.3, "lane": 0.1}
    assert plan.haul == HaulRules((), 50, 20, verge, True, True, "zone_first", 1)
    cycle = {"expressway": 0, "main": 0.4, "secondary": 0.4, "branch": 0, "lane": 0}
    hours = {"light": 12, "moderate": 24, "heavy": 36, "blizzard": 48}
    assert plan.hand == HandRules(250, 0.2, 1.3, 3, 30, cycle, ("main",), hours)


def test_critical_places_may_be_hauled_whole() -> None:
    """`critical` is a class of [hauling] like the roads' own, first in the order of classes."""
    plan = load_scenario("heavy", ('plan.hauling.classes=["main", "critical"]',)).plan
    assert plan.haul is not None
    assert plan.haul.classes == ("critical", "main")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('hauling.dump_rule="neares"', ["one of nearest, zone_first, emptiest", "'nearest'?"]),
        ("hauling.windrow.left_kg_m=60", ["found 60", "at most due_kg_m, 50"]),
        ("hauling.windrow.due_kg_m=-1", ["found -1", "kg/m", "0 or more"]),
        ('hauling.verge_m3_m.main="1 m3"', ["found '1 m3'", "a number"]),
        ('hauling.classes=["main", "main"]', ["each class once"]),
        ('hauling.classes=["mian"]', ["did you mean 'main'?"]),
        ("hauling.spot.spot_min=-1", ["found -1"]),
        ("hand.m2_h=0", ["found 0", "m²/h", "above 0"]),
        ("hand.residual_mm=6", ["found 6", "at most thresholds.clean_depth_mm, 5"]),
        ("hand.effort.packed_factor=0.5", ["found 0.5", "1.0 or more"]),
        ("hand.cycle_share.main=1.5", ["found 1.5", "1.0 or less"]),
        ("hand.limits.heavy_h=-1", ["found -1", "hours"]),
        ('hand.office_classes=["main", "main"]', ["each class once"]),
    ],
)
def test_one_fault_in_the_plans_rules(text: str, words: list[str]) -> None:
    """One wrong figure of the plan is one message, with its key and words."""
    (fault,) = faults_of("heavy", f"plan.{text}")
    assert f"key plan.{text.partition('=')[0]}" in fault
    assert [word for word in words if word not in fault] == []


def test_a_plan_may_do_without_hauling_and_hands(tmp_path: Path) -> None:
    """A plan of before, without the two tables, is still a plan."""
    from snowplan.given import given_path

    text = given_path("seeds/contingency_plan.toml").read_text(encoding="utf-8")
    head, rest = text.split("\n[hauling]", 1)
    path = tmp_path / "plan.toml"
    path.write_text(head + "\n[weights]" + rest.split("\n[weights]", 1)[1], encoding="utf-8")
    plan = load_scenario("heavy", [f'plan.file="{path}"']).plan
    assert (plan.haul, plan.hand) == (None, None)


def test_hauling_needs_the_densities_of_moved_snow(tmp_path: Path) -> None:
    """Coefficients of before, without [piled_snow], are a fault where the plan hauls."""
    from snowplan.given import given_path

    text = given_path("seeds/physics.toml").read_text(encoding="utf-8")
    head, rest = text.split("\n[piled_snow]", 1)
    path = tmp_path / "physics.toml"
    path.write_text(head + "\n[packing]" + rest.split("\n[packing]", 1)[1], encoding="utf-8")
    (fault,) = faults_of("heavy", f'seeds.physics="{path}"')
    assert "key piled_snow: found 'nothing'; expected the densities of moved snow" in fault
