"""Small towns for reading plans: what the towns of the simulation leave out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from snowplan.model.fleet import Depot, MachineType, Pace, Tool, Work
from snowplan.model.grades import Grade, GradeRow
from snowplan.model.hands import HandRules
from snowplan.model.hauling import DumpPoint, HaulRules, PiledSnow, Truck
from snowplan.model.plan import Plan
from snowplan.model.roads import Section
from snowplan.model.scenario import Resources, Scenario
from snowplan.planning.finding import Finding
from snowplan.planning.plan_check import plan_findings
from tests.simulation.towns import CLASSES

GRADES = ("light", "moderate", "heavy", "blizzard")
LOADER = MachineType(
    "loader", "装载机", Work.LOAD_SNOW, Pace(10.0, 10.0, 20.0), Tool(2.5), (), 0, 1, 15.0, 100.0
)
TRUCKS = (Truck("truck-1", "centre", 10.0, 20.0, 40.0),)
HAUL = HaulRules(
    ("main",), 50.0, 10.0, dict.fromkeys(CLASSES, 0.0), False, False, "nearest", 0.0
)  # fmt: skip
PILED = PiledSnow(400.0, 800.0)
HAND = HandRules(
    100.0, 0.0, 1.0, 3.0, 30.0, dict.fromkeys(CLASSES, 0.5), (), dict.fromkeys(GRADES, 4.0)
)


def codes(scenario: Scenario, *beside: str) -> list[str]:
    """The codes of all findings on a scenario but those of other matters.

    Crews of the towns are on duty for 12 h: that nobody drives in the other 12 is left aside.
    """
    return [f.code for f in plan_findings(scenario) if f.code not in ("no_crew", *beside)]


def the(code: str, scenario: Scenario) -> Finding:
    """The one finding of a code."""
    (found,) = [found for found in plan_findings(scenario) if found.code == code]
    return found


def with_limits(scenario: Scenario, **hours: float) -> Scenario:
    """The scenario with other hours in all limits."""
    limits = tuple(replace(limit, **hours) for limit in scenario.plan.limits)
    return replace(scenario, plan=replace(scenario.plan, limits=limits))


def with_groups(scenario: Scenario, *groups: str) -> Scenario:
    """The scenario with these groups called at all grades."""
    plan: Plan = scenario.plan
    treatments = tuple(replace(row, groups=groups) for row in plan.treatments)
    return replace(scenario, plan=replace(plan, treatments=treatments))


def with_resources(scenario: Scenario, **tables: Any) -> Scenario:
    """The scenario with other tables."""
    resources: Resources = replace(scenario.resources, **tables)
    return replace(scenario, resources=resources)


def with_plan(scenario: Scenario, **changes: Any) -> Scenario:
    """The scenario with another plan."""
    return replace(scenario, plan=replace(scenario.plan, **changes))


def with_grade_rows(scenario: Scenario, *rows: tuple[Grade, int]) -> Scenario:
    """The scenario with grades that begin at so many µm in 24 h."""
    table = tuple(GradeRow(grade, grade.key, um, um) for grade, um in rows)
    return replace(scenario, around=replace(scenario.around, grade_rows=table))


def with_snow(scenario: Scenario, times: int) -> Scenario:
    """The scenario with so many times its snow."""
    fall = scenario.around.snowfall
    spells = tuple(replace(s, um_per_h=times * s.um_per_h) for s in fall.actual)
    return replace(scenario, around=replace(scenario.around, snowfall=replace(fall, actual=spells)))


def with_piled(scenario: Scenario) -> Scenario:
    """The scenario with densities of moved snow: 400 kg/m³ in trucks, 800 in dumps."""
    physics = replace(scenario.around.physics, piled=PILED)
    return replace(scenario, around=replace(scenario.around, physics=physics))


def dump(capacity_m3: float, *, green: bool = False, filled_m3: float = 0.0) -> DumpPoint:
    """A dump point at junction a."""
    name = "green" if green else "grey"
    return DumpPoint(name, name, name, "centre", 113.0, 40.0, 1, 6.0, capacity_m3, filled_m3, green)


def depot(zone: str, stock_kg: int = 20_000) -> Depot:
    """A depot of another zone, at junction b."""
    return Depot(f"depot-{zone}", "库", zone, 113.01, 40.0, 1, 100.0, "salt", stock_kg)


def sides(section: Section, width_m: float) -> Section:
    """The section with pavements and cycle lanes of so many metres."""
    return replace(section, way=replace(section.way, pavement_width_m=width_m))
