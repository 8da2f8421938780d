"""One more of a means, more of one kind, more snow: nothing else changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from snowplan.inputs.readiness_files import load_rules
from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.fleet import Work
from snowplan.model.grades import Grade
from snowplan.model.readiness import MORE_KINDS, RELIEFS
from snowplan.model.reinforcing import eased, eased_means, more, more_label, snowed
from snowplan.model.scenario import Scenario
from snowplan.model.storm_grades import own_grade, own_storm
from snowplan.model.weather import Forecast, WeatherSpell
from snowplan.units import MS_PER_H

RULES = load_rules()
TOWN = load_scenario("toy_town")
CITY = load_scenario("heavy")


def crews_of(scenario: Scenario, zone: str, kind: str) -> list[int]:
    """Crews of a kind on each of its shifts."""
    return [g.crews for g in scenario.resources.crews if (g.zone, g.kind) == (zone, kind)]


@pytest.mark.parametrize("kind", ["spreader", "plough", "roller_brush"])
def test_one_more_machine_comes_last_of_its_kind_and_with_its_crews(kind: str) -> None:
    """All that was there is there unchanged; the new one serves from the zone's depot."""
    found = more(CITY, kind, "east", RULES)
    before, after = CITY.resources, found.resources
    (new,) = set(after.machines) - set(before.machines)
    assert set(before.machines) < set(after.machines)
    assert [m.id for m in after.machines] == sorted(m.id for m in after.machines)
    assert new.id == max(m.id for m in after.machines if m.kind == kind)
    assert (new.kind, new.depot, new.serviceable) == (kind, "depot-east", True)
    raised = [n + 1 for n in crews_of(CITY, "east", kind)]
    assert crews_of(found, "east", kind) == raised
    assert len(found.differences) == len(CITY.differences) + 1 + len(raised)
    untouched = replace(after, machines=before.machines, crews=before.crews)
    assert untouched == before


def test_new_ids_never_collide() -> None:
    """One more, and one more again, whatever the first was called."""
    scenario = TOWN
    for _ in range(4):
        scenario = more(scenario, "plough", "centre", RULES)
        scenario = more(scenario, "truck", "centre", RULES)
    for items in (scenario.resources.machines, scenario.resources.trucks):
        assert len({item.id for item in items}) == len(items)
    assert len(scenario.resources.machines) == len(TOWN.resources.machines) + 4
    assert crews_of(scenario, "centre", "truck") == [6, 6]


def test_a_kind_without_a_shift_in_the_zone_gets_those_that_it_works_elsewhere() -> None:
    """The south has graders and crews, the east neither; then it has both."""
    kinds = {m.kind for m in CITY.resources.machines if m.depot == "depot-east"}
    assert "grader" not in kinds
    found = more(CITY, "grader", "east", RULES)
    shifts = {(g.start_minute, g.length_h) for g in CITY.resources.crews if g.kind == "grader"}
    assert crews_of(found, "east", "grader") == [1] * len(shifts)


def test_a_crew_is_of_the_kind_that_lacks_most() -> None:
    """By hand: two of seven crews of ploughs less on one shift, and it is those that lack."""
    short = tuple(
        replace(g, crews=g.crews - 2) if g.id == "crew-east-plough-night" else g
        for g in CITY.resources.crews
    )
    scenario = replace(CITY, resources=replace(CITY.resources, crews=short))
    assert more_label(scenario, "crew", "east") == "plough"
    found = more(scenario, "crew", "east", RULES)
    raised = [n + 1 for n in crews_of(scenario, "east", "plough")]
    assert crews_of(found, "east", "plough") == raised
    assert found.resources.machines == scenario.resources.machines


def test_stock_goes_to_the_first_depot_of_the_zone() -> None:
    """Ten tonnes more there and nowhere else."""
    found = more(CITY, "stock", "east", RULES)
    added = {
        b.id: a.stock_kg - b.stock_kg
        for b, a in zip(CITY.resources.depots, found.resources.depots, strict=True)
    }
    assert {depot: kg for depot, kg in added.items() if kg} == {"depot-east": 10_000}


@pytest.mark.parametrize("kind", MORE_KINDS)
def test_a_zone_without_a_depot_leaves_all_as_it_is(kind: str) -> None:
    """The town's east has no depot; a city without trucks gets none."""
    assert more(TOWN, kind, "east", RULES) is TOWN
    bare = replace(TOWN, resources=replace(TOWN.resources, trucks=()))
    assert more(bare, "truck", "centre", RULES) is bare


def test_every_relief_multiplies_its_own_means_and_nothing_else() -> None:
    """Machines by work, rounded up in every zone and kind; the others as the figures say."""
    works = {t.kind: t.work for t in CITY.resources.types}

    def count(scenario: Scenario, *of: Work) -> int:
        machines = scenario.resources.machines
        return sum(m.serviceable and works[m.kind] in of for m in machines)

    of_relief = {"machines": (Work.PLOUGH, Work.BRUSH), "spreaders": (Work.SPREAD,),
                 "graders": (Work.GRADE,), "loaders": (Work.LOAD_SNOW,)}  # fmt: skip
    for relief in RELIEFS:
        found = eased(CITY, relief, RULES)
        for name, own in of_relief.items():
            factor = RULES.eased[relief] if name == relief else 1.0
            assert count(found, *own) >= factor * count(CITY, *own)
            assert (count(found, *own) > count(CITY, *own)) == (name == relief)
    own, crews = CITY.resources, eased(CITY, "crews", RULES).resources.crews
    hands = {"clearing", "rural", "office"}
    assert all(a.crews == b.crews * (1 if b.kind in hands else 2)
               for b, a in zip(own.crews, crews, strict=True))  # fmt: skip
    stocks = eased(CITY, "stock", RULES).resources.depots
    assert [d.stock_kg for d in stocks] == [10 * d.stock_kg for d in own.depots]
    squads = eased(CITY, "hands", RULES).resources
    assert sum(s.squads for s in squads.squads) >= 1.5 * sum(s.squads for s in own.squads)
    assert squads.machines == own.machines


def test_what_a_scenario_does_not_have_is_no_relief() -> None:
    """The toy town has no grader; without trucks and dump points these bind nothing either."""
    assert set(RELIEFS) - set(eased_means(TOWN, RULES)) == {"graders"}
    bare = replace(TOWN, resources=replace(TOWN.resources, trucks=(), dump_points=(), squads=()))
    assert set(RELIEFS) - set(eased_means(bare, RULES)) == {"graders", "trucks", "dumps", "hands"}


def test_more_snow_is_forecast_too_and_the_grade_is_held() -> None:
    """Rates times the factor, in what falls and in what is issued; what lay at first stays."""
    spells = (WeatherSpell(0, 0, -5.0), WeatherSpell(MS_PER_H, 1_001, -5.0))
    issued = (Forecast(0, spells),)
    fall = replace(TOWN.around.snowfall, forecasts=issued, initial_um=500)
    scenario = replace(TOWN, around=replace(TOWN.around, snowfall=fall))
    found = snowed(scenario, 2.5)
    old, new = scenario.around.snowfall, found.around.snowfall
    assert [s.um_per_h for s in new.actual] == [round(s.um_per_h * 2.5) for s in old.actual]
    assert [s.um_per_h for s in new.forecasts[0].spells] == [0, 2502]
    assert new.initial_um == 500
    assert own_grade(TOWN) == Grade.HEAVY
    assert found.grade == Grade.HEAVY
    assert found.resources == scenario.resources


def test_the_storm_by_itself_is_what_the_scenario_says() -> None:
    """4 mm in 6 h: 大雪 begins at 3 mm in 12 h, 暴雪 at 6 mm, so half as much again is one."""
    storm = own_storm(TOWN)
    assert storm is not None
    assert (storm.total_mm, storm.snow_h, storm.most_um) == (4.0, 6.0, (4000, 4000))
    grades = [storm.grade_at(TOWN, factor) for factor in (0.7, 1.0, 1.5)]
    assert grades == [Grade.MODERATE, Grade.HEAVY, Grade.BLIZZARD]
    dry = replace(TOWN.around.snowfall, actual=(WeatherSpell(0, 0, -5.0),))
    assert own_storm(replace(TOWN, around=replace(TOWN.around, snowfall=dry))) is None
