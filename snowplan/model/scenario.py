"""A scenario: everything a run is a function of."""

from __future__ import annotations

from dataclasses import dataclass

from snowplan.clock import Clock
from snowplan.model.fleet import CrewGroup, Deicer, Depot, Machine, MachineType
from snowplan.model.grades import Grade, GradeRow
from snowplan.model.hands import Frontage, SquadGroup
from snowplan.model.hauling import DumpPoint, Truck
from snowplan.model.now import Now
from snowplan.model.physics import Costs, Physics, Spread, TrafficHour
from snowplan.model.plan import Plan
from snowplan.model.roads import RoadMap
from snowplan.model.weather import Snowfall


@dataclass(frozen=True, slots=True)
class Study:
    """What identifies a run: names, clock, horizon, run seed."""

    name: str
    title: str
    title_en: str
    clock: Clock
    horizon_ms: int
    run_seed: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class Resources:
    """Machines, crews, depots and products; trucks, dump points, squads and frontage duty."""

    types: tuple[MachineType, ...]
    machines: tuple[Machine, ...]
    depots: tuple[Depot, ...]
    crews: tuple[CrewGroup, ...]
    deicers: tuple[Deicer, ...]
    trucks: tuple[Truck, ...] = ()
    dump_points: tuple[DumpPoint, ...] = ()
    squads: tuple[SquadGroup, ...] = ()
    frontage: tuple[Frontage, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Weather, physics and traffic around the work."""

    snowfall: Snowfall
    physics: Physics
    traffic: tuple[TrafficHour, ...]
    grade_rows: tuple[GradeRow, ...]
    uncertainty: tuple[Spread, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """Scenario and run seed in, results out; nothing here is changed by running.

    `grade` is a named grade that overrides the one found from the weather, or None.
    """

    study: Study
    road_map: RoadMap
    plan: Plan
    resources: Resources
    around: Surroundings
    costs: Costs
    grade: Grade | None = None
    differences: tuple[tuple[str, str, str], ...] = ()  # (key, old, new) of every override
    inputs: tuple[tuple[str, str], ...] = ()  # (file as named, SHA-256)
    now: Now | None = None  # the state in which the run begins, told by a duty officer
    notes: tuple[str, ...] = ()  # what readers filled in or found odd, one line each
