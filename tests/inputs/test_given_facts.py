"""The given facts: whole, sourced, and in keeping with each other."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest

from snowplan.given import given_path, scenario_names
from snowplan.inputs.fact_files import read_facts
from snowplan.inputs.scenario_files import load_scenario
from snowplan.inputs.seed_files import GIVEN_FILES
from snowplan.model.grades import PLAN_GRADES, Grade, grade_of
from snowplan.model.hands import FRINGE, SQUAD_GROUPS
from snowplan.model.roads import RoadClass
from snowplan.model.scenario import Scenario
from snowplan.model.weather import WeatherSpell
from snowplan.units import MS_PER_H

TAGS = set("SGNMWDA")
GRADES = ("light", "moderate", "heavy", "blizzard")
EVENTS = ("datong_20100103", "datong_20120120", "datong_wet_march", "datong_20240202")
MM = {"light": 0.9, "moderate": 2.8, "heavy": 6.5, "blizzard": 12}
SPLIT = {
    "roller_brush": 60, "plough": 34, "spreader": 16, "small_machine": 15, "loader": 10,
    "blower": 3, "grader": 2,
}  # fmt: skip


@pytest.fixture(scope="module")
def scenarios() -> dict[str, Scenario]:
    """The shipped scenarios that need no file of the user's."""
    names = [name for name in scenario_names() if name not in ("base", "jinan_20100103")]
    return {name: load_scenario(name) for name in names}


def falls(scenario: Scenario) -> list[tuple[WeatherSpell, int]]:
    """Each spell with its length in milliseconds."""
    spells = scenario.around.snowfall.actual
    ends = [*(spell.start_ms for spell in spells[1:]), scenario.study.horizon_ms]
    return [(spell, end - spell.start_ms) for spell, end in zip(spells, ends, strict=True)]


def total_um(scenario: Scenario) -> float:
    """Snow that falls within the horizon, µm of water."""
    return sum(spell.um_per_h * ms for spell, ms in falls(scenario)) / MS_PER_H


def most_um(scenario: Scenario, hours: int) -> float:
    """The most snow that falls within so many hours, found hour by hour."""
    hourly = [0.0] * (scenario.study.horizon_ms // MS_PER_H)
    for spell, ms in falls(scenario):
        for hour in range(spell.start_ms // MS_PER_H, (spell.start_ms + ms) // MS_PER_H):
            hourly[hour] = spell.um_per_h
    return max(sum(hourly[first : first + hours]) for first in range(len(hourly)))


def tables_without_source(values: dict[str, Any], where: str) -> list[str]:
    """Tables that hold figures but no source with a tag."""
    own = [key for key, value in values.items() if not isinstance(value, dict)]
    lost = [where] if own and not (values.get("source") and values.get("tag") in TAGS) else []
    for key, value in values.items():
        if isinstance(value, dict):
            lost += tables_without_source(value, f"{where}.{key}")
    return lost


def test_every_seed_file_is_known() -> None:
    """The folder holds the tables of a scenario, of comparisons and reports, and no others."""
    there = {path.name for path in given_path("seeds").iterdir()}
    assert there == set(GIVEN_FILES.values())


@pytest.mark.parametrize(
    "name", [name for name, file in GIVEN_FILES.items() if file.endswith(".csv")]
)
def test_every_row_has_source_and_tag(name: str) -> None:
    """No figure of a table stands without saying where it comes from and how sure it is."""
    with given_path(f"seeds/{name}.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows
    assert [row for row in rows if not row["source"].strip() or row["tag"] not in TAGS] == []


@pytest.mark.parametrize("name", ["contingency_plan", "physics", "readiness"])
def test_every_table_of_the_plan_has_source_and_tag(name: str) -> None:
    """No figure of the plan, the physics or the readiness report stands without its source."""
    values = tomllib.loads(given_path(f"seeds/{name}.toml").read_text(encoding="utf-8"))
    assert tables_without_source(values, name) == []


def test_facts_show_every_row() -> None:
    """What `facts` lists is every row of every table: 140 machines among them."""
    counted = Counter(fact.file for fact in read_facts())
    assert counted["seeds/machines.csv"] == 140
    assert counted["seeds/traffic.csv"] == 5 * 24
    assert {file.removeprefix("seeds/") for file in counted} == set(GIVEN_FILES.values())
    assert all(fact.source and fact.tag in TAGS and fact.figures for fact in read_facts())


def test_the_fleet_has_140_machines_in_the_assumed_split(scenarios: dict[str, Scenario]) -> None:
    """140 machines, by kind as assumed, at five depots in turn."""
    machines = scenarios["heavy"].resources.machines
    assert Counter(machine.kind for machine in machines) == SPLIT
    assert set(Counter(machine.depot for machine in machines).values()) == {28}


def test_each_machine_has_a_crew_in_both_shifts(scenarios: dict[str, Scenario]) -> None:
    """The two shifts have as many crews as the zone has machines or trucks of the kind."""
    resources = scenarios["heavy"].resources
    zones = {depot.id: depot.zone for depot in resources.depots}
    machines = Counter((zones[m.depot], m.kind) for m in resources.machines)
    machines.update((truck.zone, "truck") for truck in resources.trucks)
    for start in (8 * 60, 20 * 60):
        crews = {
            (g.zone, g.kind): g.crews
            for g in resources.crews
            if g.start_minute == start and g.kind not in SQUAD_GROUPS
        }
        assert crews == machines


def test_each_squad_has_a_crew_in_each_shift(scenarios: dict[str, Scenario]) -> None:
    """Squads of the centre and the fringe work 05:00-13:00 and 13:00-21:00, staff 08:00-16:00."""
    resources = scenarios["heavy"].resources
    shifts = {"clearing": (300, 780), "rural": (300, 780), "office": (480,)}
    wanted = {
        (row.zone, row.group, start): row.squads
        for row in resources.squads
        for start in shifts[row.group]
    }
    own = [group for group in resources.crews if group.kind in SQUAD_GROUPS]
    assert {(g.zone, g.kind, g.start_minute): g.crews for g in own} == wanted
    assert {group.length_h for group in own} == {8}


def test_the_groups_are_as_large_as_assumed(scenarios: dict[str, Scenario]) -> None:
    """32 trucks for 10 loaders; about 3,500 workers in two shifts and 200 office staff."""
    resources = scenarios["heavy"].resources
    assert len(resources.trucks) == 32
    assert {truck.volume_m3 for truck in resources.trucks} == {10.4}
    people = Counter[str]()
    for row in resources.squads:
        people[row.group] += row.squads * row.workers * (1 if row.group == "office" else 2)
    assert people["office"] == 200
    assert people["clearing"] + people["rural"] == pytest.approx(3500, rel=0.01)
    zones = {zone.id for zone in scenarios["heavy"].road_map.zones}
    assert {row.zone for row in resources.frontage} == zones


def test_loaders_and_blowers_load_at_the_published_rates(scenarios: dict[str, Scenario]) -> None:
    """4 buckets of 45 s fill 10.4 m³: 208 m³/h; 1,200 short tons an hour at the hauled density."""
    heavy = scenarios["heavy"]
    piled = heavy.around.physics.piled
    assert piled is not None
    rates = {kind.kind: kind.load_m3_h for kind in heavy.resources.types if kind.load_m3_h}
    assert rates == {
        "loader": pytest.approx(10.4 / (4 * 45 / 3600)),
        "blower": pytest.approx(1_200 * 907.185 / piled.hauled_kg_m3, rel=0.001),
    }


def test_depots_stand_in_their_own_zones(scenarios: dict[str, Scenario]) -> None:
    """The junction nearest to a depot or dump point meets roads of its zone."""
    from snowplan.model.places import nearest_of

    heavy = scenarios["heavy"]
    assert len(heavy.resources.depots) == 5
    assert len(heavy.resources.dump_points) == 6
    for place in (*heavy.resources.depots, *heavy.resources.dump_points):
        junction, _ = nearest_of(place, heavy.road_map.junctions)
        zones = {
            section.duty.zone
            for section in heavy.road_map.sections
            if junction.id in (section.start, section.end)
        }
        assert place.zone in zones


def test_every_zone_with_a_fringe_has_squads_for_it(scenarios: dict[str, Scenario]) -> None:
    """Rural squads stand where the map has fringe, and nowhere else; the centre has none."""
    heavy = scenarios["heavy"]
    fringe = {s.duty.zone for s in heavy.road_map.sections if FRINGE in s.duty.flags}
    assert {row.zone for row in heavy.resources.squads if row.group == "rural"} == fringe
    assert fringe == {"east", "north", "south", "west"}


def test_mudanjiang_is_run_as_published(scenarios: dict[str, Scenario]) -> None:
    """4.8 mm, 500 trucks, no de-icer, 48 h after the snow; about 7.54 million m² to haul from."""
    found = scenarios["mudanjiang_48h"]
    assert total_um(found) == pytest.approx(4_800)
    assert len(found.resources.trucks) == 500
    assert not any(row.spread_classes for row in found.plan.treatments)
    last = max(spell.start_ms + ms for spell, ms in falls(found) if spell.um_per_h)
    assert found.study.horizon_ms - last == 48 * MS_PER_H
    assert found.plan.haul is not None
    m2 = sum(
        section.way.length_m * (section.way.width_m + section.way.pavement_width_m)
        for section in found.road_map.sections
        if section.duty.cleared_by_centre
        and (section.duty.haul_required or section.duty.road_class.key in found.plan.haul.classes)
    )
    assert m2 == pytest.approx(7.54e6, rel=0.1)


def test_every_class_and_grade_has_limits(scenarios: dict[str, Scenario]) -> None:
    """5 classes × 4 grades, opening never later than clearing, nor that than hauling."""
    limits = scenarios["heavy"].plan.limits
    assert {(row.road_class, row.grade) for row in limits} == {
        (road_class, grade) for road_class in RoadClass for grade in PLAN_GRADES
    }
    assert all(row.open_h <= row.clear_h <= row.haul_h for row in limits)
    main = [row for row in limits if row.road_class == RoadClass.MAIN]
    assert [row.clear_h for row in main] == [4, 6, 12, 24]
    assert {row.open_by_minute for row in main} == {7 * 60}


def test_heavier_grades_have_more_snow_and_no_shorter_storms(
    scenarios: dict[str, Scenario],
) -> None:
    """From grade to grade the total rises and the duration does not fall."""
    totals = [total_um(scenarios[name]) for name in GRADES]
    hours = [sum(ms for spell, ms in falls(scenarios[name]) if spell.um_per_h) for name in GRADES]
    assert totals == [MM[name] * 1000 for name in GRADES]
    assert all(a < b for a, b in pairwise(totals))
    assert all(a <= b for a, b in pairwise(hours))


@pytest.mark.parametrize("name", GRADES)
def test_a_scenario_has_the_grade_it_is_named_for(
    scenarios: dict[str, Scenario], name: str
) -> None:
    """The heaviest 12 h and 24 h of each storm, mild and cold, come to the grade in its name."""
    for variant in (name, f"{name}_cold"):
        scenario = scenarios[variant]
        found = grade_of(
            scenario.around.grade_rows,
            round(most_um(scenario, 12)),
            round(most_um(scenario, 24)),
        )
        assert found == Grade[name.upper()]


def test_cold_variants_differ_in_temperature_alone(scenarios: dict[str, Scenario]) -> None:
    """-12 °C instead of -5 °C, the same snow at the same hours."""
    for name in GRADES:
        mild, cold = scenarios[name].around.snowfall, scenarios[f"{name}_cold"].around.snowfall
        assert {spell.air_c for spell in mild.actual} == {-5}
        assert {spell.air_c for spell in cold.actual} == {-12}
        assert [(s.start_ms, s.um_per_h) for s in mild.actual] == [
            (s.start_ms, s.um_per_h) for s in cold.actual
        ]


def test_dusk_until_the_limits_can_be_judged(scenarios: dict[str, Scenario]) -> None:
    """Each graded scenario begins at 16:00 and outlasts the limit of clean main roads.

    The longest of the storms ends 17 h after the start.
    """
    for name in GRADES:
        study, plan = scenarios[name].study, scenarios[name].plan
        (limit,) = [
            row for row in plan.limits
            if row.road_class == RoadClass.MAIN and row.grade.key == name
        ]  # fmt: skip
        assert study.clock.text(0) == "2026-01-15 16:00"
        assert study.horizon_ms >= (17 + limit.clear_h) * MS_PER_H


@pytest.mark.parametrize(
    ("name", "um", "hours"),
    [
        ("datong_20100103", 1900, 24),
        ("datong_20120120", 2100, 26),
        ("datong_wet_march", 10_100, 36),
        ("datong_20240202", 15_000, 72),
    ],
)
def test_past_events_have_their_published_totals(
    scenarios: dict[str, Scenario], name: str, um: int, hours: int
) -> None:
    """The water equivalents of the news, each scenario naming its source."""
    scenario = scenarios[name]
    assert total_um(scenario) == um
    assert sum(ms for spell, ms in falls(scenario) if spell.um_per_h) == hours * MS_PER_H
    assert "news" in scenario.study.source.lower()


def test_the_weather_is_as_stated_and_the_work_varies(scenarios: dict[str, Scenario]) -> None:
    """Shipped scenarios vary what the fleet meets, not the storm; toy town varies nothing."""
    varying = {spread.quantity for spread in scenarios["heavy"].around.uncertainty if spread.on}
    assert varying == {
        "muster_delay", "turn_out", "working_speed", "loading_time", "failure", "repair",
        "load_snow", "unload",
    }  # fmt: skip
    assert not any(spread.on for spread in scenarios["toy_town"].around.uncertainty)
