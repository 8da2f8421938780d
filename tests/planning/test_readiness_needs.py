"""Machines that one round takes: worked by hand on roads of 27,000 m² for ploughs of 54,000 m²/h.

It snows 10 mm of depth an hour for two hours; a pass of a plough leaves the clean depth, so that
only passes after the snow count, and the one under way then (3 km are 1/6 h).
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from snowplan.model.fleet import Machine, Work
from snowplan.model.roads import RoadClass, Section
from snowplan.model.scenario import Scenario
from snowplan.planning.ground_facts import HAULING, Lie
from snowplan.planning.readiness_needs import needed_machines
from tests.planning.plans import (
    HAUL,
    LOADER,
    TRUCKS,
    with_groups,
    with_limits,
    with_piled,
    with_plan,
    with_resources,
)
from tests.simulation.towns import (
    BRUSH,
    GRADER,
    PLOUGH,
    SPREADER,
    Fleet,
    crew,
    plan,
    ploughs,
    snow,
    street,
    town,
)

STORM = snow((1, 1000), (3, 0))
SMALL = replace(BRUSH, kind="small_machine", pace=replace(BRUSH.pace, main_kph=9.0))


def roads(length_m: float = 3000.0) -> list[Section]:
    """Four one-way main roads 9 m wide, and a way back that another operator clears."""
    mine = [street(f"m{k}", "a", "b", length_m, 9.0, oneway=True) for k in range(4)]
    return [*mine, street("back", "b", "a", length_m, operator="province")]


def needs(scenario: Scenario) -> dict[str, int | None]:
    """The counts of the one zone."""
    (found,) = needed_machines(Lie(scenario)).values()
    return found


@pytest.mark.parametrize(("clear_h", "count"), [(2.0, 1), (1.5, 2), (0.4, 4)])
def test_ploughs_for_one_round_within_the_limit(clear_h: float, count: int) -> None:
    """108,000 m² are 2 h of one plough: in 2 1/6 h one does it, in 1 2/3 h two, in 0.57 h four."""
    scenario = town(roads(), ploughs(), STORM, horizon_h=12)
    found = needs(with_limits(scenario, open_h=8.0, clear_h=clear_h))
    assert found == {"plough": count, "roller_brush": None, "grader": None, "spreader": None}


def test_the_deadline_that_asks_for_most_counts() -> None:
    """Main roads, 2 h of a plough, by 1 h ask for two; all with the branch by 3 h ask for one."""
    branch = street("n", "b", "a", 3000.0, 9.0, oneway=True, road_class=RoadClass.BRANCH)
    scenario = town([*roads()[:4], branch], ploughs(), STORM, horizon_h=12)
    limits = tuple(
        replace(row, open_h=8.0, clear_h=3.0 if row.road_class == RoadClass.BRANCH else 1.0)
        for row in scenario.plan.limits
    )
    assert needs(with_plan(scenario, limits=limits))["plough"] == 2


def test_opening_asks_for_metres_of_one_strip() -> None:
    """Of 60 mm 30 may lie and 5 are left by a pass: passes count from 5/6 h before the snow ends.

    Four roads of 30 km are 6 2/3 h of a plough, one pass is 1 2/3 h: in 0.1 + 5/6 + 1 2/3 = 2.6 h
    three ploughs; of 3 km they are 2/3 h, in 1.1 h one.
    """
    deep = snow((1, 3000), (3, 0))
    for length_m, count in ((30_000.0, 3), (3000.0, 1)):
        scenario = town(roads(length_m), ploughs(), deep, horizon_h=12)
        assert needs(with_limits(scenario, open_h=0.1, clear_h=100.0))["plough"] == count


def test_kinds_of_one_work_share_it_by_what_they_can_do() -> None:
    """A brush of 54,000 and one of 27,000 m²/h share 108,000 m²: 4/3 h each.

    They leave 2 mm, so that passes from 0.3 h before the end of the snow count, and the one under
    way: 1/6 and 1/3 h. By 0.1 h after snow that is 0.57 h and 0.73 h: three and two.
    """
    machines = (Machine("b", "roller_brush", "depot"), Machine("s", "small_machine", "depot"))
    fleet = Fleet(machines, (crew("roller_brush"), crew("small_machine")))
    scenario = town(
        roads(),
        fleet,
        STORM,
        rules=plan((Work.BRUSH,)),
        horizon_h=12,
        types=(BRUSH, SMALL),
    )
    found = needs(with_limits(scenario, open_h=8.0, clear_h=0.1))
    assert found == {"roller_brush": 3, "small_machine": 2}


def test_spreaders_treat_all_within_the_interval_of_doses() -> None:
    """1,080,000 m² at 252,000 m²/h are 4.3 h: within 3 h two spreaders; in the cold none asked."""
    rules = plan(dose_g_m2=20.0, spread_classes=("main",))
    scenario = town(roads(30_000.0), ploughs(), STORM, rules=rules, horizon_h=12)
    assert needs(scenario)["spreader"] == 2
    cold = replace(rules, doses=replace(rules.doses, cutoff_on=True, cutoff_c=-4.0))
    assert needs(with_plan(scenario, doses=cold.doses))["spreader"] is None


def test_loaders_carry_off_what_verges_do_not_take() -> None:
    """20 mm less 5 on 1,080,000 m² are 4,050 m³ at 400 kg/m³, less 3,000 that may stay: 1,050 m³.

    A loader takes 100 m³ an hour, from the call-out at the start, 3 h before snow stops: by then
    four are needed, 8 h later one; where hauling is not called, nobody is asked for.
    """
    scenario = town(
        roads(30_000.0),
        ploughs(),
        STORM,
        horizon_h=12,
        types=(BRUSH, GRADER, LOADER, PLOUGH, SPREADER),
    )
    scenario = with_plan(with_piled(with_resources(scenario, trucks=TRUCKS)), haul=HAUL)
    called = with_groups(scenario, HAULING)
    assert needs(with_limits(called, haul_h=0.0))["loader"] == 4
    assert needs(with_limits(called, haul_h=8.0))["loader"] == 1
    assert needs(scenario)["loader"] is None


def test_snow_that_does_not_end_is_not_reckoned() -> None:
    """A storm beyond the horizon has no limits to keep: nothing is known of any kind."""
    scenario = town(roads(), ploughs(), snow((1, 1000)), horizon_h=6)
    assert set(needs(scenario).values()) == {None}
