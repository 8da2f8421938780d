"""A scenario, from its file and every file that it names; all faults of all files at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from snowplan.clock import Clock
from snowplan.errors import Fault, InputError
from snowplan.inputs import physics_tables as physics
from snowplan.inputs.cross_checks import check_costs
from snowplan.inputs.group_checks import check_piled
from snowplan.inputs.naming import scenario_path
from snowplan.inputs.overrides import Document, compose
from snowplan.inputs.reading import Reading
from snowplan.inputs.scenario_parts import (
    Parts,
    check_parts,
    read_coefficients,
    read_plan,
    read_resources,
    read_road_map,
    read_snow,
    read_spreads,
)
from snowplan.inputs.scenario_schema import ScenarioFile
from snowplan.inputs.seed_files import find_seeds
from snowplan.inputs.toml_files import note_schema_faults
from snowplan.model.grades import GRADES
from snowplan.model.scenario import Scenario, Study, Surroundings
from snowplan.units import hours_ms

NOTHING = "-"  # stands for a required key that is faulty, so that the rest is still read
STAND_IN: dict[str, Any] = {
    "name": NOTHING,
    "title": NOTHING,
    "map": NOTHING,
    "start": "2000-01-01 00:00",
    "horizon_h": 24.0,
    "snow": {"total_mm": 0.0, "onset": 0.0, "duration_h": 1.0, "air_c": 0.0},
}
TOLD_AGAINST_GIVEN = ("plan.", "switches.", "fleet.", "uncertainty.", "without")


def load_scenario(
    path: Path | str, sets: Sequence[str] = (), *, run_seed: int | None = None
) -> Scenario:
    """The scenario in a file, or the shipped one of that name, with `--set` texts applied.

    Raises InputError with every fault of every file, UseError for a `--set` that is none.
    """
    reading = Reading(Path(path).parent)
    scenario = None
    try:
        scenario = _load(reading, path, sets, run_seed)
    except InputError as error:
        reading.faults.items.extend(error.faults)
    tidy(reading)
    reading.faults.raise_if_any()
    if scenario is None:
        raise InputError([Fault(str(path), "", "", "nothing", "a scenario")])
    return scenario


def tidy(reading: Reading) -> None:
    """Files and columns as people named them, and each fault once."""
    seen: dict[Fault, None] = {}
    for fault in map(reading.labelled, reading.faults.items):
        path = Path(fault.file)
        seen[replace(fault, file=reading.shown(path)) if path.is_absolute() else fault] = None
    reading.faults.items[:] = list(seen)


def _load(
    reading: Reading, name: Path | str, sets: Sequence[str], run_seed: int | None
) -> Scenario | None:
    path = scenario_path(name, reading)
    document = compose(reading, path, sets) if path else None
    return scenario_of(reading, document, run_seed) if document else None


def scenario_of(reading: Reading, document: Document, run_seed: int | None) -> Scenario | None:
    """The scenario that composed keys tell of; None after faults, which are noted."""
    table = _validated(reading, document)
    seeds = find_seeds(reading, table.seeds, document)
    document.differences = [
        row
        for row in document.differences
        if not row[0].startswith(TOLD_AGAINST_GIVEN) or row[0] == "plan.file"
    ]
    return _build(Parts(reading, document, table, seeds, []), run_seed)


def _validated(reading: Reading, document: Document) -> ScenarioFile:
    """The scenario's keys checked; faulty ones are noted and stood in for, and reading goes on."""
    try:
        return ScenarioFile.model_validate(document.values)
    except ValidationError as error:
        note_schema_faults(error, ScenarioFile, document.locate, reading.faults)
        bad = {str(detail["loc"][0]) for detail in error.errors()}
    sound = {key: value for key, value in document.values.items() if key not in bad}
    return ScenarioFile.model_validate({**STAND_IN, **sound})


def _build(parts: Parts, run_seed: int | None) -> Scenario | None:
    reading, table = parts.reading, parts.table
    clock = _clock(parts)
    horizon_ms = hours_ms(table.horizon_h)
    road_map = read_road_map(parts) if table.map != NOTHING else None
    plan = read_plan(parts)
    resources = read_resources(parts, road_map)
    check_parts(parts, resources, road_map, plan)
    snowfall = read_snow(parts, clock, horizon_ms)
    coefficients = read_coefficients(parts)
    check_piled(plan, coefficients, parts.seeds.shown("physics"), reading)
    traffic = physics.read_traffic(reading, parts.seeds.path("traffic"))
    grades = physics.read_grades(reading, parts.seeds.path("snow_grades"))
    spreads = read_spreads(parts)
    costs = physics.read_costs(reading, parts.seeds.path("costs"))
    check_costs(resources, costs, parts.seeds.shown("costs"), reading)
    if reading.faults.items or plan is None or road_map is None or coefficients is None:
        return None
    return Scenario(
        study=_study(table, clock, horizon_ms, run_seed),
        road_map=road_map,
        plan=plan,
        resources=resources,
        around=Surroundings(snowfall, coefficients, traffic, grades, spreads),
        costs=costs,
        grade=GRADES[table.grade] if table.grade else None,
        differences=tuple(parts.document.differences),
        inputs=tuple(sorted(reading.files.items())),
        notes=tuple(parts.notes),
    )


def _clock(parts: Parts) -> Clock:
    """The scenario's clock; an unknown time zone is a fault."""
    name = parts.table.timezone
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        file, where = parts.document.locate(["timezone"])
        expected = "a time zone such as Asia/Shanghai"
        parts.reading.faults.add(file, where, "key timezone", name, expected, _zone_names())
        name = "Asia/Shanghai"
    return Clock(parts.table.start, name)


def _zone_names() -> list[str]:
    from zoneinfo import available_timezones

    return sorted(available_timezones())


def _study(table: ScenarioFile, clock: Clock, horizon_ms: int, run_seed: int | None) -> Study:
    return Study(
        name=table.name,
        title=table.title,
        title_en=table.title_en or table.title,
        clock=clock,
        horizon_ms=horizon_ms,
        run_seed=table.run_seed if run_seed is None else run_seed,
        source=table.source or "",
    )
