"""What a readiness report takes from plan and tables: findings, needs, crews, one treatment."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from snowplan.model.grades import Grade
from snowplan.model.scenario import Scenario
from snowplan.model.snow import pavement_c
from snowplan.model.storm_grades import own_grade
from snowplan.planning.crew_hours import crews_by_minute
from snowplan.planning.finding import Finding
from snowplan.planning.finding_words import finding_text
from snowplan.planning.ground_facts import Lie
from snowplan.planning.plan_check import findings_at, gravest_first, together
from snowplan.planning.readiness_assumptions import assumption_rows, facts_used, tag_counts
from snowplan.planning.readiness_hauls import must_haul_m3
from snowplan.planning.readiness_needs import needed_machines, own_storm_of, treated_m2
from snowplan.planning.storms import DesignStorm
from snowplan.simulation.places import homes_of_zones
from snowplan.units import G_PER_T, MS_PER_H

Row = dict[str, Any]
DECIMALS = 3


def finding_rows(lies: Iterable[Lie]) -> list[Row]:
    """Findings on the plan at the grades of the scenarios, told in both languages.

    The fullest storm of a grade is read at the temperature of the scenario of that grade.
    """
    found: list[Finding] = []
    asked: set[str] = set()
    for lie in lies:
        grade = own_grade(lie.scenario).plan_grade
        asked.add(grade.key)
        for item in findings_at(lie, (grade,)):
            if item not in found and (not item.grades or grade.key in item.grades):
                found.append(item)
    return [_finding_row(item, asked) for item in gravest_first(together(found))]


def _finding_row(item: Finding, asked: Collection[str]) -> Row:
    return {
        "severity": item.severity,
        "code": item.code,
        "text_zh": finding_text(item, "zh"),
        "text_en": finding_text(item, "en"),
        "grades": [grade for grade in item.grades if grade in asked],
        "own_storm": item.own_storm,
        "where": item.where,
        "about": _about(item),
        "found": _rounded(item.found),
        "needed": _rounded(item.needed),
        "unit": item.unit,
    }


def _about(item: Finding) -> str:
    """What it is about, by keys: zone, classes, group; the same under whatever storm."""
    told = [item.values[key] for key in sorted(item.values)]
    names = (value if isinstance(value, list | tuple) else [value] for value in told)
    return "/".join(str(name) for some in names for name in some if isinstance(name, str))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), DECIMALS)


def plan_facts(scenarios: Mapping[str, Scenario], beside: Sequence[Path] = ()) -> Row:
    """What a report takes from plan and tables, by the names of its fields.

    `needed` machines by scenario, zone and kind; `must_haul`, m³ by scenario; `crews`, the
    fewest and the most at one time of a day, by zone and kind; `treatment`, tonnes of one treatment
    by depot; `findings`; `assumptions`; `tags`, how many facts have which. `beside`: folders in
    which users' own tables may lie.
    """
    first = next(iter(scenarios.values()))
    lies = {name: Lie(scenario) for name, scenario in scenarios.items()}
    inputs = [row for scenario in scenarios.values() for row in scenario.inputs]
    facts = facts_used(inputs, beside)
    return {
        "needed": {name: needed_machines(lie) for name, lie in lies.items()},
        "must_haul": {name: must_haul_m3(lie) for name, lie in lies.items()},
        "crews": crews_at_once(first),
        "treatment": treatment(lies),
        "findings": finding_rows(lies.values()),
        "assumptions": assumption_rows(facts, first),
        "tags": tag_counts(facts),
    }


def crews_at_once(scenario: Scenario) -> dict[str, dict[str, tuple[int, int]]]:
    """By zone and kind, the fewest and the most crews at one time of a day."""
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for zone, kind in sorted({(group.zone, group.kind) for group in scenario.resources.crews}):
        by_minute = crews_by_minute(scenario, zone, kind)
        found.setdefault(zone, {})[kind] = (min(by_minute), max(by_minute))
    return found


def treatment(lies: Mapping[str, Lie]) -> Row | None:
    """One treatment at the pavement temperature of the mildest scenario that treats.

    None where it is too cold in each of them, or the plan treats nothing.
    """

    def grade(name: str) -> Grade:
        return own_grade(lies[name].scenario).plan_grade

    for name in sorted(lies, key=grade):
        lie = lies[name]
        storm = own_storm_of(lie)
        if storm is None:
            continue
        dose, dosed_c = _first_dose(lie, storm)
        by_zone = {zone: sum(treated_m2(lie, storm, zone).values()) for zone in lie.zones}
        if dose > 0 and any(by_zone.values()):
            return {
                "scenario": name,
                "dose_g_m2": dose,
                "pavement_c": dosed_c,
                "depot_t": _by_depot(lie.scenario, by_zone, dose),
            }
    return None


def _first_dose(lie: Lie, storm: DesignStorm) -> tuple[float, float | None]:
    """The first dose that is not 0, hour by hour while it snows, and the pavement temperature."""
    around, doses = lie.scenario.around, lie.plan.doses
    for t_ms in range(storm.onset_ms // MS_PER_H * MS_PER_H, storm.stops_ms, MS_PER_H):
        found_c = pavement_c(around.snowfall.actual, t_ms, around.physics)
        dose = doses.dose_g_m2(found_c, repeat=False)
        if dose > 0:
            return dose, found_c
    return 0.0, None


def _by_depot(scenario: Scenario, by_zone: Mapping[str, float], dose: float) -> dict[str, float]:
    """Tonnes of one treatment by depot; depots that serve a zone share it by their stock."""
    depots = scenario.resources.depots
    tonnes = dict.fromkeys((depot.id for depot in depots), 0.0)
    for zone, numbers in homes_of_zones(scenario.resources).items():
        stock = {number: depots[number].stock_kg for number in numbers}
        if not any(stock.values()):
            stock = dict.fromkeys(numbers, 1)
        for number, own in stock.items():
            share = own / sum(stock.values())
            tonnes[depots[number].id] += share * by_zone.get(zone, 0.0) * dose / G_PER_T
    return {depot: round(some, DECIMALS) for depot, some in tonnes.items()}
