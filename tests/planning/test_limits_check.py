"""Limits against all machines at full rate: worked by hand, and never refuted by a run.

A plough of 3 m at 18 km/h takes 54,000 m² an hour. It snows 10 mm of depth an hour for two hours
from 17:00; a pass leaves 5 mm, which is the clean depth, so that only passes after 19:00 count
(and the one under way then: 3 km of road are 600 s).
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from snowplan.experiments.one_run import conclude
from snowplan.model.fleet import Pace, Tool, Work
from snowplan.model.grades import Grade
from snowplan.model.network import build_network
from snowplan.model.roads import RoadClass
from snowplan.model.scenario import Scenario
from snowplan.planning.finding import IMPOSSIBLE
from snowplan.planning.plan_check import plan_findings
from snowplan.planning.storms import design_storms
from snowplan.simulation.handing_over import run_scenario
from tests.planning.plans import (
    codes,
    depot,
    the,
    with_grade_rows,
    with_limits,
    with_plan,
)
from tests.simulation.towns import (
    BRUSH,
    PLOUGH,
    Fleet,
    Machine,
    crew,
    plan,
    ploughs,
    snow,
    street,
    town,
)

STORM = snow((1, 1000), (3, 0))


def _main(km: int, clear_h: float, count: int = 1, **changes: object) -> Scenario:
    """So many one-way main roads of 3 km and 9 m, 27,000 m² each, and back over lanes of others."""
    sections = [street(f"m{k}", "a", "b", 3000.0, 9.0, oneway=True) for k in range(km)]
    sections.append(street("back", "b", "a", 3000.0, operator="province"))
    scenario = town(sections, ploughs(count), STORM, horizon_h=12, **changes)  # type: ignore[arg-type]
    return with_limits(scenario, open_h=8.0, clear_h=clear_h)


def test_more_m2_than_machines_can_do_is_impossible() -> None:
    """108,000 m² are 2 h of one plough; 1/6 h may be under way when snow stops: 1.8 h are not
    enough, and with a limit of 1.5 h it cannot be met; of 2 h nothing is said."""
    found = the("limit_clear", _main(4, 1.5))
    assert (found.severity, found.where) == (IMPOSSIBLE, "limits.main.light.clear_h")
    assert (found.found, found.needed, found.unit) == (1.5, 1.8, "h")
    assert found.values["amount"] == pytest.approx(108_000.0)
    assert found.values["possible"] == pytest.approx(54_000 * (1.5 + 1 / 6), rel=0.02)
    assert found.own_storm
    assert codes(_main(4, 2.0)) == []


def test_twice_the_machines_halve_the_time() -> None:
    """Two ploughs can do in 1 h what one cannot do in 1.5 h."""
    assert codes(_main(4, 1.0, count=2)) == []


def test_snow_that_stays_below_the_clean_depth_needs_no_pass() -> None:
    """4 mm in all are clean: no limit is too short."""
    scenario = _main(4, 0.1)
    little = replace(
        scenario.around, snowfall=replace(scenario.around.snowfall, actual=snow((1, 200), (3, 0)))
    )
    assert codes(replace(scenario, around=little)) == []


def _with_branch(main_h: float, branch_h: float) -> Scenario:
    """Four main roads of 27,000 m² and a branch like them, 5/2 h of one plough in all."""
    sections = [street(f"m{k}", "a", "b", 3000.0, 9.0, oneway=True) for k in range(4)]
    branch = street("n", "b", "a", 3000.0, 9.0, oneway=True, road_class=RoadClass.BRANCH)
    whole = town([*sections, branch], ploughs(), STORM, horizon_h=12)
    limits = tuple(
        replace(
            row,
            open_h=8.0,
            clear_h=branch_h if row.road_class == RoadClass.BRANCH else main_h,
        )
        for row in whole.plan.limits
    )
    return with_plan(whole, limits=limits)


def test_together_too_much_is_at_least_one_limit_missed() -> None:
    """2 h and 1/6 h under way do for 108,000 m² of main roads and for 27,000 of the branch, but
    not for 135,000: of the two limits one is missed, whatever the order of work. Until the
    later of two limits there may be time enough, and then nothing is said."""
    found = the("limits_clear", _with_branch(2.0, 2.0))
    assert found.where == "limits.main.light.clear_h, limits.branch.light.clear_h"
    assert found.values["classes"] == ["main", "branch"]
    assert found.values["amount"] == pytest.approx(135_000.0)
    assert found.needed == pytest.approx(2.5 - 1 / 6, abs=0.1)
    assert codes(_with_branch(4.0, 1.0)) == []


def test_a_class_too_long_by_itself_is_not_told_with_others_again() -> None:
    """108,000 m² of main roads are too much for 1.5 h: nothing is said of the branch, which one
    plough may do first."""
    (code,) = codes(_with_branch(1.5, 1.0))
    found = the("limit_clear", _with_branch(1.5, 1.0))
    assert (code, found.values["classes"]) == ("limit_clear", ["main"])


def test_work_of_other_machines_is_no_reason() -> None:
    """Ten main roads are for one plough, a branch of 1,500 m² for another one alone: at 54,000
    m² an hour that is done within 0.6 h, and a run does it."""
    big = replace(PLOUGH, classes=("main",))
    small = replace(PLOUGH, kind="small_machine", classes=("branch",))
    mains = [street(f"a{c}", "a", c, 3000.0) for c in "bcdefghijk"]
    branch = street("al", "a", "l", 500.0, road_class=RoadClass.BRANCH)
    machines = Machine("p1", "plough", "depot"), Machine("s1", "small_machine", "depot")
    fleet = Fleet(machines, (crew("plough"), crew("small_machine")))
    bare = town(
        [*mains, branch], fleet, snow((0, 1500), (1, 0)), horizon_h=8, types=(BRUSH, big, small)
    )
    scenario = with_limits(bare, open_h=9.0, clear_h=0.6)
    own = [f for f in plan_findings(scenario) if f.severity == IMPOSSIBLE and f.own_storm]
    assert [f.where for f in own] == ["limits.main.light.clear_h"]
    run = conclude(run_scenario(scenario, build_network(scenario.road_map)))
    table = run.outcome.sections.set_index("section")
    assert table.loc["al", "met_clear"]


def test_machines_that_may_not_work_on_a_class_do_not_count() -> None:
    """A lane of 27,000 m² takes 1 h of the one plough that may work there, whatever brushes do."""
    lane = street("n", "b", "a", 3000.0, 9.0, oneway=True, road_class=RoadClass.LANE)
    main = street("m", "a", "b", 300.0, 3.0, oneway=True)
    brush = replace(BRUSH, classes=("main",), pace=Pace(180.0, 180.0, 180.0))
    machines = (
        Machine("plough-1", "plough", "depot"),
        *(Machine(f"brush-{k}", "roller_brush", "depot") for k in range(5)),
    )
    crews = (*ploughs().crews, replace(ploughs().crews[0], id="b", kind="roller_brush", crews=5))
    scenario = town(
        [main, lane], Fleet(machines, crews), STORM, types=(brush, PLOUGH), horizon_h=12,
        rules=plan((Work.PLOUGH, Work.BRUSH)),
    )  # fmt: skip
    found = the("limit_clear", with_limits(scenario, open_h=8.0, clear_h=0.2))
    assert found.values["classes"] == ["lane"]
    assert codes(with_limits(scenario, open_h=8.0, clear_h=0.5)) == []


def test_opening_counts_one_strip_a_direction() -> None:
    """60 mm block every road; a one-way road of 9 m is opened by one of its three strips: four
    are 12 km, 40 min at 18 km/h, of which 10 min may be under way and 10 mm/h leave 2.5 h of
    snow before it stops; so a storm of 60 mm in half an hour leaves hardly any time before."""
    scenario = _main(12, 8.0)
    spells = snow((1, 12_000), (1.5, 0))
    hard = replace(scenario.around, snowfall=replace(scenario.around.snowfall, actual=spells))
    short = with_limits(replace(scenario, around=hard), open_h=1.0)
    found = the("limit_open", short)
    assert found.values["amount"] == pytest.approx(36.0)  # km
    # 36 km at 18 km/h are 2 h; 25 mm of 120 mm/h fall in 12.5 min, and a pass is 10 min
    assert found.needed == pytest.approx(2 - 12.5 / 60 - 10 / 60, abs=0.1)
    assert codes(with_limits(short, open_h=2.0)) == []


def test_each_grade_is_its_fullest_storm() -> None:
    """Moderate snow that begins at 12 mm of water makes light snow 12 mm in 24 h: 5 mm an hour of
    depth. A brush leaves 2 mm, so that the last 3 mm, 36 min, count: 108,000 m² are 2 h less
    0.6 h and 10 min under way."""
    scenario = _main(4, 1.0)
    brushes = Fleet((Machine("brush-1", "roller_brush", "depot"),), (
        replace(ploughs().crews[0], kind="roller_brush", length_h=24.0),
    ))  # fmt: skip
    calm = town(
        scenario.road_map.sections, brushes, snow((1, 0)), horizon_h=12, types=(BRUSH, PLOUGH)
    )
    graded = with_grade_rows(calm, (Grade.LIGHT, 100), (Grade.MODERATE, 12_000))
    (storm,) = design_storms(graded)
    assert (storm.grade, storm.own, storm.total_g_m2) == (Grade.LIGHT, False, 12_000)
    found = the("limit_clear", with_limits(graded, open_h=8.0, clear_h=1.0))
    assert found.grades == ("light",)
    assert found.needed == pytest.approx(2 - 0.6 - 1 / 6, abs=0.1)
    assert codes(with_limits(graded, open_h=8.0, clear_h=1.5), "rest_short") == []


def test_a_zone_is_judged_by_who_may_come_to_its_aid() -> None:
    """Two ploughs can clear 27,000 m² of centre and 81,000 of east in 1 h if both go anywhere;
    without mutual aid the one of east cannot."""
    sections = [street("c", "a", "b", 3000.0, 9.0, oneway=True)]
    sections += [street(f"e{k}", "b", "a", 3000.0, 9.0, oneway=True, zone="east") for k in range(3)]
    scenario = town(sections, ploughs(), STORM, horizon_h=12)
    machines = (
        Machine("plough-001", "plough", "depot"),
        Machine("plough-2", "plough", "depot-east"),
    )
    crews = (*ploughs().crews, replace(ploughs().crews[0], id="east", zone="east"))
    resources = replace(
        scenario.resources,
        machines=machines,
        crews=crews,
        depots=(*scenario.resources.depots, depot("east")),
    )
    alone = with_limits(replace(scenario, resources=resources), open_h=8.0, clear_h=1.0)
    found = the("limit_clear", alone)
    assert (found.values["zone"], found.values["amount"]) == ("east", pytest.approx(81_000.0))
    aided = with_plan(alone, rules=replace(alone.plan.rules, mutual_aid_km=6.0))
    assert codes(aided) == []


def test_melting_by_deicer_is_granted() -> None:
    """20 mm = 2,000 g/m² fall; 130 g/m² of salt at -5 °C melt 1,560 g: less than the clean depth
    is left, so that no pass is needed on treated roads."""
    scenario = _main(4, 1.0)
    rules = scenario.plan
    dose = replace(rules.doses, rows=(replace(rules.doses.rows[0], initial_g_m2=130.0),))
    treatments = tuple(replace(row, spread_classes=("main",)) for row in rules.treatments)
    assert "limit_clear" in codes(scenario)
    assert "limit_clear" not in codes(with_plan(scenario, doses=dose, treatments=treatments))


def test_a_narrow_tool_opens_a_strip_in_several_runs() -> None:
    """A tool of 1 m needs three runs of a strip of 3 m: a third of the way an hour."""
    scenario = _main(4, 8.0)
    spells = snow((1, 12_000), (1.5, 0))
    hard = replace(scenario.around, snowfall=replace(scenario.around.snowfall, actual=spells))
    narrow = replace(PLOUGH, tool=Tool(1.0, 5.0, 5.0))
    slim = replace(replace(scenario, around=hard), resources=replace(
        scenario.resources, types=(narrow,)
    ))  # fmt: skip
    found = the("limit_open", with_limits(slim, open_h=0.5, clear_h=100.0))
    # 12 km in three runs at 18 km/h are 2 h, less 12.5 min of snow and 30 min of one pass
    assert found.needed == pytest.approx(2 - 12.5 / 60 - 0.5, abs=0.1)
