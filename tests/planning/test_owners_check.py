"""Sections that nobody has and depots with too little, one flaw at a time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from snowplan.model.fleet import Machine
from snowplan.model.hands import SquadGroup
from snowplan.model.roads import RoadClass
from snowplan.model.scenario import Scenario
from snowplan.planning.finding import GAP
from tests.planning.plans import HAND, codes, depot, the, with_groups, with_plan, with_resources
from tests.simulation.towns import PLOUGH, Fleet, crew, ploughs, snow, street, town

STORM = snow((1, 1000), (3, 0))


def _lane(flags: tuple[str, ...] = (), zone: str = "centre") -> Scenario:
    """A main road and a lane, and a plough for main roads alone."""
    plough = replace(PLOUGH, classes=("main",))
    rows = [
        street("m", "a", "b", 100.0),
        street("n", "a", "b", 100.0, road_class=RoadClass.LANE, flags=flags, zone=zone),
    ]
    return town(rows, ploughs(), STORM, types=(plough,))


def test_a_class_that_no_machine_may_work_on_has_no_owner() -> None:
    """A plough for main roads leaves the lane to nobody; one for all classes does not."""
    found = the("no_owner", _lane())
    assert (found.severity, found.needed, found.unit) == (GAP, 1.0, "sections")
    assert found.values["road_class"] == "lane"
    assert found.grades == ("light", "moderate", "heavy", "blizzard")
    assert codes(with_resources(_lane(), types=(PLOUGH,))) == []


def test_a_zone_out_of_reach_of_all_machines_has_no_owner() -> None:
    """The plough of centre does not go to a zone that has no depot within reach."""
    scenario = with_resources(_lane(zone="east"), types=(PLOUGH,))
    assert the("no_owner", scenario).values["zone"] == "east"
    near = with_resources(scenario, depots=(*scenario.resources.depots, depot("east")))
    assert codes(with_plan(near, rules=replace(near.plan.rules, mutual_aid_km=5.0))) == []


def test_a_fringe_that_is_not_called_out_has_no_owner() -> None:
    """Where no machine may come, the fringe is nobody's unless rural squads are called."""
    squads = (SquadGroup("r", "centre", "rural", 1, 20, 10.0),)
    scenario = with_plan(with_resources(_lane(flags=("fringe",)), squads=squads), hand=HAND)
    crews = (*scenario.resources.crews, crew("rural"))
    scenario = with_resources(scenario, crews=crews)
    assert the("no_owner_fringe", scenario).values["road_class"] == "lane"
    assert codes(with_groups(scenario, "rural")) == []


def test_a_tool_that_leaves_too_much_never_cleans() -> None:
    """A plough that leaves 8 mm on lanes cannot bring them to 5 mm; one that leaves 5 mm can."""
    rough = replace(PLOUGH, tool=replace(PLOUGH.tool, rough_residual_mm=8.0))
    found = the("never_clean", with_resources(_lane(), types=(rough,)))
    assert (found.found, found.needed, found.values["road_class"]) == (8.0, 5.0, "lane")


def test_stock_must_treat_the_zone_once() -> None:
    """300 m² at 20 g/m² are 6 kg: a stock of 5 kg is too small, 6 kg are enough."""
    rows = [street("m", "a", "b", 100.0)]
    machines = (Machine("p", "plough", "depot"), Machine("s", "spreader", "depot"))
    crews = (crew("plough"), crew("spreader"))

    def stocked(stock_kg: int) -> Scenario:
        whole = town(rows, Fleet(machines, crews, stock_kg=stock_kg), STORM)
        doses = whole.plan.doses
        doses = replace(doses, rows=(replace(doses.rows[0], initial_g_m2=20.0),))
        treatments = tuple(replace(t, spread_classes=("main",)) for t in whole.plan.treatments)
        return with_plan(whole, doses=doses, treatments=treatments)

    found = the("stock_small", stocked(5))
    assert (found.found, found.needed) == (pytest.approx(0.005), pytest.approx(0.006))
    assert codes(stocked(6)) == []


def test_sections_that_cannot_be_driven_to_are_named() -> None:
    """A street between two junctions of its own is out of reach; a street home makes it not so."""
    apart = [street("m", "a", "b", 100.0), street("x", "y", "z", 100.0)]
    found = the("out_of_reach", town(apart, ploughs(), STORM))
    assert (found.needed, found.values["names"]) == (1, "x")
    joined = [*apart, street("j", "b", "y", 100.0)]
    assert codes(town(joined, ploughs(), STORM)) == []
