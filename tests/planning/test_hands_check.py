"""Pavements and the fringe by hand, worked by hand.

Two workers at 100 m² an hour clear 200 m² an hour. Squads leave 3 mm and 5 mm are clean, so that
of 10 mm an hour only the last 2 mm, 12 min, and the job under way may lie before snow stops.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from snowplan.model.hands import Frontage, SquadGroup
from snowplan.model.scenario import Scenario
from snowplan.planning.finding import GAP, IMPOSSIBLE
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
