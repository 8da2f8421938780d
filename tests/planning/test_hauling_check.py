"""Hauling limits and dump room, worked by hand.

20 mm = 2 kg/m² fall from 17:00 to 19:00, of which 0.5 may lie on clean roads. A one-way main road
of 2 km and 10 m gives 30 t, less 10 kg/m that may stay: 10 t or 25 m³ in trucks (400 kg/m³).
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from snowplan.model.fleet import Machine
from snowplan.model.grades import Grade
from snowplan.model.hands import Frontage, SquadGroup
from snowplan.model.roads import RoadClass
from snowplan.model.scenario import Scenario
from snowplan.planning.finding import GAP, IMPOSSIBLE, NOTE
from snowplan.planning.ground_facts import Lie
from snowplan.planning.plan_check import plan_findings
from snowplan.planning.readiness_hauls import must_haul_m3
from tests.planning.plans import (
    HAND,
    HAUL,
    LOADER,
    TRUCKS,
    codes,
    dump,
    sides,
    the,
    with_grade_rows,
    with_groups,
    with_limits,
    with_piled,
    with_plan,
    with_resources,
)
from tests.simulation.towns import PLOUGH, SPREADER, Fleet, crew, snow, street, town

STORM = snow((1, 1000), (3, 0))


def _town(roads: int = 1, haul_h: float = 8.0, room_m3: float = 1000.0) -> Scenario:
    """Some such roads from a to b, one loader of 100 m³/h, one truck of 10 m³, a dump at a."""
    sections = [street(f"m{k}", "a", "b", 2000.0, 10.0, oneway=True) for k in range(roads)]
    sections.append(street("back", "b", "a", 2000.0, operator="province"))
    machines = (Machine("loader-1", "loader", "depot"), Machine("plough-1", "plough", "depot"))
    crews = tuple(crew(kind) for kind in ("loader", "plough", "truck"))
    bare = town(sections, Fleet(machines, crews), STORM, types=(LOADER, PLOUGH, SPREADER))
    bare = with_resources(bare, trucks=TRUCKS, dump_points=(dump(room_m3),))
    bare = with_plan(with_piled(bare), haul=HAUL)
    return with_limits(with_groups(bare, "hauling"), open_h=9.0, clear_h=9.0, haul_h=haul_h)


def test_trucks_that_are_too_few_make_the_limit_impossible() -> None:
    """Ten roads: 250 m³. A trip takes 6 min to load and 6 to unload at the dump beside the road:
    50 m³ an hour, 5 h, of which 3 h lie between the call (16:00) and the end of the snow."""
    found = the("limit_haul", _town(10, haul_h=1.5))
    assert (found.severity, found.where) == (IMPOSSIBLE, "limits.main.light.haul_h")
    assert found.values["m3"] == pytest.approx(250.0)
    assert found.values["trucks"] == pytest.approx(225.0, rel=0.01)
    assert found.values["loaders"] == pytest.approx(450.0, rel=0.01)
    assert found.needed == 1.9  # the last tenth of an hour that is too soon
    assert codes(_town(10, haul_h=3.0)) == []


def _half_branches(haul_h: float) -> Scenario:
    """Ten such roads, 250 m³, of which the last five are branches: 125 m³ each, 2.5 h of trips."""
    whole = _town(10, haul_h=haul_h)
    lower = tuple(
        replace(s, duty=replace(s.duty, road_class=RoadClass.BRANCH))
        if s.id in ("m5", "m6", "m7", "m8", "m9")
        else s
        for s in whole.road_map.sections
    )
    rules = replace(HAUL, classes=("main", "branch"))
    return with_plan(replace(whole, road_map=replace(whole.road_map, sections=lower)), haul=rules)


def test_either_class_can_be_hauled_but_not_both() -> None:
    """4.5 h from the call to the limit carry 225 m³: 125 of one class, but not 250 of the two."""
    found = the("limits_haul", _half_branches(1.5))
    assert found.where == "limits.main.light.haul_h, limits.branch.light.haul_h"
    assert (found.found, found.needed) == (1.5, 1.9)
    assert found.values["m3"] == pytest.approx(250.0)
    assert codes(_half_branches(3.0)) == []


def test_what_is_hauled_first_does_not_condemn_what_comes_after() -> None:
    """Nine main roads are 225 m³ and more than 4.2 h of trips, one branch of 25 m³ is not, and
    may be hauled first: only the limit of main roads cannot be met."""
    whole = _half_branches(1.2)
    rows = tuple(
        replace(s, duty=replace(s.duty, road_class=RoadClass.MAIN)) if s.id != "m9" else s
        for s in whole.road_map.sections
    )
    nine = replace(whole, road_map=replace(whole.road_map, sections=rows))
    (code,) = codes(nine)
    assert (code, the("limit_haul", nine).values["classes"]) == ("limit_haul", ["main"])


def test_loaders_that_are_too_slow_make_the_limit_impossible() -> None:
    """With ten trucks it is the loader: 100 m³ an hour, 250 m³ in 2.5 h: done when snow stops.
    With 边清边运 off it begins only then, and 1 h is too short."""
    many = tuple(replace(TRUCKS[0], id=f"truck-{k}") for k in range(10))
    whole = _town(10, haul_h=1.0)
    crews = tuple(replace(c, crews=10) if c.kind == "truck" else c for c in whole.resources.crews)
    quick = with_resources(whole, trucks=many, crews=crews)
    assert codes(quick) == []
    phrases = replace(quick.plan.phrases, haul_while_clearing=False)
    found = the("limit_haul", with_plan(quick, phrases=phrases))
    assert found.values["loaders"] == pytest.approx(100.0)
    assert found.needed == pytest.approx(2.4, abs=0.1)


def test_dumps_need_room_for_what_is_hauled() -> None:
    """250 m³ in trucks are 125 m³ in the dump (800 kg/m³): 124 free are too few, 126 enough."""
    found = the("dumps_small", _town(10, room_m3=124.0))
    assert (found.severity, found.found) == (GAP, 124.0)
    assert found.needed == pytest.approx(125.0)
    assert codes(_town(10, room_m3=126.0)) == []
    full = with_resources(_town(10), dump_points=(dump(200.0, filled_m3=80.0),))
    assert the("dumps_small", full).found == 120.0


def _dosed(whole: Scenario) -> Scenario:
    """A spreader, a stock, and 0.01 g/m² on main roads: next to nothing melts."""
    rows = (replace(whole.plan.doses.rows[0], initial_g_m2=0.01, repeat_g_m2=0.01),)
    rules = whole.plan.haul
    assert rules is not None
    dosed = with_plan(
        whole,
        doses=replace(whole.plan.doses, rows=rows),
        treatments=tuple(replace(t, spread_classes=("main",)) for t in whole.plan.treatments),
        haul=replace(rules, treated_off_green=True),
    )
    return with_resources(
        dosed,
        machines=(*whole.resources.machines, Machine("spreader-1", "spreader", "depot")),
        crews=(*whole.resources.crews, crew("spreader")),
    )


def test_treated_snow_needs_room_off_green_space() -> None:
    """With de-icer all 125 m³ are kept off green dumps; one that is not green must have room."""
    green = with_resources(_town(10), dump_points=(dump(1000.0, green=True), dump(100.0)))
    assert codes(green) == []
    found = the("dumps_green", _dosed(green))
    assert found.found == 100.0
    assert found.needed == pytest.approx(125.0, rel=0.01)


def test_limits_without_hauling_are_noted() -> None:
    """A grade that does not call hauling leaves 25 m³ of one road to nobody."""
    found = the("haul_not_called", with_groups(_town(), "clearing"))
    assert (found.severity, found.needed) == (NOTE, pytest.approx(25.0))
    assert codes(_town()) == []


def _verged(haul_h: float) -> Scenario:
    """Ten roads of 250 m³ whose verges take all of it, 40 m³ each."""
    verge = dict.fromkeys(HAUL.verge_m3_m, 0.02)
    rules = replace(HAUL, classes=(), verge_m3_m=verge)
    return with_plan(_town(10, haul_h=haul_h), haul=rules)


def test_treated_snow_kept_off_verges_is_more_than_can_be_hauled() -> None:
    """Verges could take it, so nothing is proved; kept off them, 250 m³ stand against the 225
    that one truck carries in 4.5 h. With 6 h they are 300: nothing is said."""
    assert codes(_verged(1.5)) == []
    found = the("haul_treated", _dosed(_verged(1.5)))
    assert (found.severity, found.unit, found.own_storm) == (GAP, "m3", True)
    assert found.where == "limits.main.light.haul_h, hauling.treated.off_green"
    assert found.needed == pytest.approx(250.0, rel=0.01)
    assert found.found == pytest.approx(225.0, rel=0.01)
    assert found.values == {"road_class": "main", "sides": pytest.approx(0.0)}
    assert codes(_dosed(_verged(3.0))) == []


def test_without_a_spreader_or_a_dose_the_verges_stay_open() -> None:
    """No machine spreads, or it is too cold to: no snow is treated, all of it is on the verge."""
    dosed = _dosed(_verged(1.5))
    loaders = tuple(m for m in dosed.resources.machines if m.kind != "spreader")
    assert codes(with_resources(dosed, machines=loaders), "crews_over") == []
    cold = replace(dosed.plan.doses, cutoff_on=True, cutoff_c=50.0)
    assert codes(with_plan(dosed, doses=cold)) == []


def test_what_is_called_impossible_is_not_told_again_as_a_gap() -> None:
    """Where the class is hauled whole the same 250 m³ are a proof, said once."""
    assert codes(_dosed(_town(10, haul_h=1.5))) == ["limit_haul"]


def _with_sides(haul_h: float, compliance: float, delay_h: float) -> Scenario:
    """Ten such roads with 5 m of pavement beside each, the frontage of shops."""
    whole = _town(10, haul_h=haul_h)
    wide = tuple(sides(s, 5.0) if s.duty.cleared_by_centre else s for s in whole.road_map.sections)
    hand = replace(HAND, cycle_share=dict.fromkeys(HAUL.verge_m3_m, 0.0))
    whole = with_plan(replace(whole, road_map=replace(whole.road_map, sections=wide)), hand=hand)
    shops = (Frontage("centre", 1.0, compliance, delay_h, 0.0),)
    return with_resources(with_groups(whole, "hauling", "frontage"), frontage=shops)


def test_what_owners_clear_in_time_is_hauled_too() -> None:
    """1.5 kg/m² of 10,000 m² beside each road are 37.5 m³; owners of eight in ten clear 300 m³ of
    all ten within 1 h. With the 250 of the carriageways they are 550, and 6 h carry 300."""
    found = the("haul_short", _with_sides(3.0, 0.8, 1.0))
    assert found.where == "limits.main.light.haul_h"
    assert found.found == pytest.approx(300.0, rel=0.01)
    assert found.needed == pytest.approx(550.0)
    assert found.values["sides"] == pytest.approx(300.0)
    assert codes(_with_sides(3.0, 0.8, 3.5)) == []  # later than the limit
    assert codes(_with_sides(3.0, 0.1, 1.0)) == []  # 287.5 m³


def test_what_squads_clear_in_time_is_hauled_too() -> None:
    """Of 100,000 m² ten workers at 100 m²/h clear in the hours that count, from 18:30 (the last
    half hour of snow leaves no more than the clean depth) less the longest job (10 h: all 6 h
    from 16:00 on) 6,000 m²: 22.5 m³ beside the 250, for which 6 h are enough and 5.4 are not."""
    squads = (SquadGroup("c", "centre", "clearing", 1, 10, 100.0),)

    def town_of(haul_h: float) -> Scenario:
        bare = _with_sides(haul_h, 0.0, 1.0)
        crews = (*bare.resources.crews, crew("clearing"))
        return with_resources(bare, frontage=(), squads=squads, crews=crews)

    found = the("haul_short", town_of(2.4))
    assert found.values["sides"] == pytest.approx(0.1 * 5.4 * 37.5)
    assert "haul_short" not in codes(town_of(3.0))


def test_room_in_the_dumps_is_told_for_each_grade_with_its_own_figures() -> None:
    """Fullest storms of 20 and 40 mm of water need other room: two findings; the own storm is
    a third. Ten roads of 20,000 m² with 19.5 kg/m² less 10 kg/m are 9,250 m³, 4,625 in the dump.
    """
    graded = with_grade_rows(
        _town(10, haul_h=500.0, room_m3=1.0),
        (Grade.LIGHT, 100), (Grade.MODERATE, 20_000), (Grade.HEAVY, 40_000),
    )  # fmt: skip
    rows = [f for f in plan_findings(graded) if f.code == "dumps_small"]
    assert [(f.grades, f.own_storm) for f in rows] == [
        (("light",), False), (("moderate",), False), (("light",), True),
    ]  # fmt: skip
    assert [f.needed for f in rows] == [
        pytest.approx(4625.0, rel=0.001), pytest.approx(9625.0, rel=0.001), pytest.approx(125.0),
    ]  # fmt: skip


def test_verges_take_their_share() -> None:
    """On a class that is not hauled the verge takes 0.02 m³ a metre: 40 of each road's 25 m³."""
    verge = dict.fromkeys(HAUL.verge_m3_m, 0.02)
    kept = with_plan(_town(10, room_m3=1.0), haul=replace(HAUL, classes=(), verge_m3_m=verge))
    assert codes(kept) == []


def test_critical_places_have_no_verge_where_the_plan_hauls_them() -> None:
    """Nine of ten roads have verges; of the bridge all 25 m³ are carried off, 12.5 in the dump."""
    verge = dict.fromkeys(HAUL.verge_m3_m, 0.02)
    base = _town(10, room_m3=12.0)
    sections = base.road_map.sections
    bridge = replace(sections[0], duty=replace(sections[0].duty, flags=("bridge",)))
    road_map = replace(base.road_map, sections=(bridge, *sections[1:]))
    rules = replace(HAUL, classes=("critical",), verge_m3_m=verge)
    found = the("dumps_small", with_plan(replace(base, road_map=road_map), haul=rules))
    assert found.needed == pytest.approx(12.5)


def test_what_must_be_hauled_as_it_would_lie_in_the_dumps() -> None:
    """250 m³ in trucks of ten roads are 125 m³ in a dump; verges that may take it all leave none.

    Treated, it is kept off them; 300 m³ from pavements count, too. Where hauling is not called,
    nothing is known.
    """
    whole = _town(10)
    assert must_haul_m3(Lie(whole)) == pytest.approx(125.0, abs=0.1)
    assert must_haul_m3(Lie(_verged(1.5))) == 0.0
    assert must_haul_m3(Lie(_dosed(_verged(1.5)))) == pytest.approx(125.0, abs=1.0)
    assert must_haul_m3(Lie(_with_sides(3.0, 0.8, 1.0))) == pytest.approx(275.0, abs=0.1)
    assert must_haul_m3(Lie(with_groups(whole, "clearing"))) is None
