"""Pavements and the fringe by hand, worked by hand.

Two workers at 100 m² an hour clear 200 m² an hour. Squads leave 3 mm and 5 mm are clean, so that
of 10 mm an hour only the last 2 mm, 12 min, and the job under way may lie before snow stops.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from snowplan.model.hands import Frontage, SquadGroup
from snowplan.model.roads import RoadClass
from snowplan.model.scenario import Scenario
from snowplan.planning.finding import GAP, IMPOSSIBLE
from snowplan.planning.plan_check import plan_findings
from tests.planning.plans import (
    HAND,
    codes,
    sides,
    the,
    with_groups,
    with_limits,
    with_plan,
    with_resources,
)
from tests.simulation.towns import crew, ploughs, snow, street, town

STORM = snow((1, 1000), (3, 0))
ZONE = "centre"


def _squads(group: str) -> SquadGroup:
    return SquadGroup(f"squads-{group}", ZONE, group, 1, 2, 10.0)


def _town(pavements: int, *groups: str, flags: tuple[str, ...] = ()) -> Scenario:
    """So many one-way streets of 100 m with 2 m of cycle lane and pavement each: 200 m² a street.

    One squad of each group named, with a crew from 16:00 to 04:00.
    """
    rows = [
        sides(street(f"s{k}", "a", "b", 100.0, 3.0, oneway=True, flags=flags), 2.0)
        for k in range(pavements)
    ]
    rows.append(street("back", "b", "a", 100.0, operator="province"))
    crews = (*ploughs().crews, *(crew(group) for group in groups))
    bare = town(rows, ploughs(1, crews), STORM, horizon_h=12)
    bare = with_plan(with_groups(bare, *groups), hand=HAND)
    return with_resources(bare, squads=tuple(_squads(group) for group in groups))


def test_more_pavement_than_squads_can_clear_is_impossible() -> None:
    """1,400 m² are 7 h. Before the end of the snow may lie 12 min and one job, bounded by the
    street's 300 m² of carriageway, 1.5 h: 5.3 h are too few and 4 h cannot be met; for 800 m²
    they can."""
    found = the("limit_hand", _town(7, "clearing"))
    assert (found.severity, found.where) == (IMPOSSIBLE, "hand.limits.light_h")
    assert found.values["amount"] == pytest.approx(1400.0)
    assert found.values["possible"] == pytest.approx(200 * (4 + 0.2 + 1.5))
    assert found.needed == pytest.approx(7 - 1.7, abs=0.1)
    assert codes(_town(4, "clearing")) == []


def test_squads_are_only_there_on_shift() -> None:
    """800 m² are 4 h: with a shift that ends an hour after the snow they cannot be done."""
    scenario = _town(4, "clearing")
    crews = tuple(
        replace(c, length_h=4.0) if c.kind == "clearing" else c for c in scenario.resources.crews
    )
    found = the("limit_hand", with_resources(scenario, crews=crews))
    assert found.values["possible"] == pytest.approx(200 * (1 + 0.2 + 1.5))


def test_pavements_without_squads_are_a_gap_unless_owners_have_them() -> None:
    """200 m² and no squad: nobody; with all of the pavement in frontage duty, nobody is needed."""
    scenario = _town(1)
    found = the("no_squads", scenario)
    assert (found.severity, found.needed) == (GAP, 200.0)
    duty = with_resources(scenario, frontage=(Frontage(ZONE, 1.0, 1.0, 1.0, 0.0),))
    walks = replace(HAND, cycle_share=dict.fromkeys(HAND.cycle_share, 0.0))
    assert codes(with_plan(with_groups(duty, "frontage"), hand=walks)) == []


def test_frontage_later_than_the_limit_cannot_be_in_time() -> None:
    """Owners who come 5 h after snow stops do not meet 4 h; those who come after 2 h may."""
    scenario = with_groups(_town(1, "clearing"), "clearing", "frontage")
    late = with_resources(scenario, frontage=(Frontage(ZONE, 0.5, 1.0, 5.0, 0.0),))
    assert the("frontage_late", late).needed == 5.0
    soon = with_resources(scenario, frontage=(Frontage(ZONE, 0.5, 1.0, 2.0, 0.0),))
    assert codes(soon) == []


def test_office_staff_help_on_their_classes_alone() -> None:
    """1,400 m², half cycle lane: with office staff on main roads twice as much is done, and the
    cycle lanes' 700 m² are within the squads' reach; called off, they do not help."""
    scenario = _town(7, "clearing", "office")
    helped = with_plan(scenario, hand=replace(HAND, office_classes=("main",)))
    assert codes(helped) == []
    assert the("limit_hand", with_groups(helped, "clearing")).values["amount"] == 1400.0


def test_the_fringe_is_the_rural_squads_alone() -> None:
    """One street of 300 m² takes 1.5 h by hand: 12 min and the job under way may come before the
    end of the snow; of five, 7.5 h, the limit of 4 h cannot be met."""
    five = with_limits(_town(5, "clearing", "rural", flags=("fringe",)), open_h=9.0, clear_h=4.0)
    found = the("limit_fringe", five)
    assert found.values["amount"] == 1500.0
    assert found.values["possible"] == pytest.approx(200 * (4 + 0.2 + 1.5))
    one = with_limits(_town(1, "clearing", "rural", flags=("fringe",)), open_h=9.0, clear_h=4.0)
    assert codes(one) == []


def test_named_squads_are_judged_class_by_class() -> None:
    """A squad of its own clears a branch of 300 m² within 4 h while nine main roads of the fringe,
    13.5 h of one squad's work, keep another: only the limit of main roads cannot be met."""
    many = _town(9, "rural", flags=("fringe",))
    branch = street("n", "a", "b", 100.0, 3.0, oneway=True, road_class=RoadClass.BRANCH,
                    flags=("fringe",))  # fmt: skip
    sections = (*many.road_map.sections, branch)
    mains = tuple(s.id for s in many.road_map.sections if s.id != "back")
    rows = (
        replace(_squads("rural"), id="far", sections=mains),
        replace(_squads("rural"), id="near", sections=("n",)),
    )
    crews = tuple(replace(c, crews=2) for c in many.resources.crews)
    town_ = replace(many, road_map=replace(many.road_map, sections=sections))
    town_ = with_resources(town_, squads=rows, crews=crews)
    found = [
        f
        for f in plan_findings(with_limits(town_, open_h=9.0, clear_h=0.6))
        if f.code.endswith("_fringe")
    ]
    assert [(f.code, f.values["classes"]) for f in found] == [("limit_fringe", ["main"])]


def test_of_two_limits_of_the_fringe_one_is_missed() -> None:
    """Three main roads of 300 m² and two branches, 4.5 and 3 h of one squad: each within 4 h and
    the 1.7 h before, 1,140 m² in all, but not both."""
    scenario = _town(5, "rural", flags=("fringe",))
    lower = tuple(
        replace(s, duty=replace(s.duty, road_class=RoadClass.BRANCH)) if s.id in ("s0", "s1") else s
        for s in scenario.road_map.sections
    )
    mixed = replace(scenario, road_map=replace(scenario.road_map, sections=lower))
    found = the("limits_fringe", with_limits(mixed, open_h=9.0, clear_h=4.0))
    assert found.where == "limits.main.light.clear_h, limits.branch.light.clear_h"
    assert found.values["amount"] == pytest.approx(1500.0)
    assert found.values["possible"] == pytest.approx(200 * (4 + 0.2 + 1.5))


def test_sides_of_the_fringe_fall_to_clearing_squads_where_rural_ones_are_not_called() -> None:
    """200 m² of fringe: rural squads have them when called, else the squads of clearing; where
    there are none of those either, nobody has them."""
    both = _town(1, "clearing", "rural", flags=("fringe",))
    assert codes(with_groups(both, "clearing")) == []
    rural = _town(1, "rural", flags=("fringe",))
    found = the("no_squads", with_groups(rural))
    assert (found.values["group"], found.needed) == ("clearing", 200.0)
    assert "no_squads" not in codes(rural)


def test_sections_that_no_squad_of_the_zone_names_are_nobodys() -> None:
    """Of three streets of 200 m² the only squad names one: 400 m² have nobody."""
    scenario = _town(3, "clearing")
    rows = tuple(replace(row, sections=("s0",)) for row in scenario.resources.squads)
    found = the("no_squads", with_resources(scenario, squads=rows))
    assert (found.severity, found.needed) == (GAP, 400.0)
