"""Yards for hauling by hand: loaders, trucks, dump points and windrows of round figures.

Snow in windrows and trucks weighs 500 kg/m³, in a dump 1,000 kg/m³. A truck holds 10 m³ = 5 t and
drives at 36 km/h, loaded at 18 km/h; a loader loads 60 m³/h = 30 t/h, so that 5 t take 600 s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from snowplan.model.fleet import CrewGroup, Machine, MachineType, Pace, Tool, Work
from snowplan.model.hauling import DumpPoint, HaulRules, PiledSnow, Truck
from snowplan.model.physics import Spread
from snowplan.model.plan import Plan
from snowplan.model.roads import Section
from snowplan.model.scenario import Scenario
from snowplan.results.group_log import NOBODY
from snowplan.results.log import EVENT_KINDS, REASONS
from snowplan.simulation.world import World
from tests.simulation.towns import (
    CLASSES,
    PHYSICS,
    REPAIR,
    TYPES,
    Fleet,
    crew,
    plan,
    segment_name,
    snow,
    town,
)

KG, T = 1_000, 1_000_000
PILED = PiledSnow(500.0, 1_000.0)
LOADER = MachineType(
    "loader", "装载机", Work.LOAD_SNOW, Pace(36.0, 36.0, 36.0), Tool(3.0), CLASSES, 0, 1, 15.0,
    load_m3_h=60.0,
)  # fmt: skip
RULES = HaulRules((), 10.0, 1.0, dict.fromkeys(CLASSES, 0.0), True, True, "nearest", 0.0)


@dataclass(frozen=True)
class Yard:
    """Who hauls, from the depot at `home`, to which dump points."""

    loaders: int = 1
    trucks: int = 1
    dumps: tuple[DumpPoint, ...] = ()
    rules: HaulRules = RULES
    home: str = "a"
    hours_h: float = 12.0
    loader_hours_h: float | None = None
    phrase: bool = True
    groups: tuple[str, ...] = ("clearing", "hauling")
    loader: MachineType = LOADER
    again: bool = False  # the same shifts once more, without a gap


def dump_at(
    place: int, number: int = 1, capacity_m3: float = 1_000.0, **changes: object
) -> DumpPoint:
    """A dump point at the `place`-th junction: one gate, 120 s a truck."""
    point = DumpPoint(
        f"dump-{number}", "堆雪点", "dump", "centre", 113.0 + 0.01 * place, 40.0, 1, 2.0,
        capacity_m3, 0.0, False,
    )  # fmt: skip
    return replace(point, **changes)  # type: ignore[arg-type]


def crews(yard: Yard) -> tuple[CrewGroup, ...]:
    """A crew for each loader and truck, from 16:00 on; a plough's beside them."""
    hours = yard.hours_h if yard.loader_hours_h is None else yard.loader_hours_h
    starts = ("16:00", "04:00") if yard.again else ("16:00",)
    return (
        *(crew("loader", start, hours, yard.loaders) for start in starts),
        *(crew("truck", start, yard.hours_h, yard.trucks) for start in starts),
        crew("plough"),
    )


def hauling_plan(yard: Yard) -> Plan:
    """The plan of the other towns, with hauling and without waiting for the call-out."""
    base = plan()
    return replace(
        base,
        haul=yard.rules,
        phrases=replace(base.phrases, haul_while_clearing=yard.phrase),
        treatments=tuple(replace(t, groups=yard.groups) for t in base.treatments),
        call_out=replace(base.call_out, muster_min=0.0, start_min=0.0, lead_h=1.0),
    )


def yard_town(
    streets: Sequence[Section],
    yard: Yard,
    *,
    storm: tuple[tuple[float, int], ...] = ((0, 1), (0.01, 0)),
    horizon_h: float = 4.0,
    machines: tuple[Machine, ...] = (),
    uncertainty: tuple[Spread, ...] = (REPAIR,),
    run_seed: int = 1,
) -> Scenario:
    """A town in which a trace of snow calls everybody at 0; windrows are laid by the test."""
    loaders = tuple(Machine(f"loader-{k + 1}", "loader", "depot") for k in range(yard.loaders))
    scenario = town(
        streets,
        Fleet((*machines, *loaders), crews(yard), yard.home),
        snow(*storm),
        rules=hauling_plan(yard),
        horizon_h=horizon_h,
        physics=replace(PHYSICS, piled=PILED),
        types=(*TYPES, yard.loader),
        uncertainty=uncertainty,
        run_seed=run_seed,
    )
    trucks = tuple(
        Truck(f"truck-{k + 1:02d}", "centre", 10.0, 18.0, 36.0) for k in range(yard.trucks)
    )
    resources = replace(scenario.resources, trucks=trucks, dump_points=yard.dumps)
    return replace(scenario, resources=resources)


def heap(world: World, grams_by_segment: dict[int, int]) -> None:
    """Lay windrows by hand, from the first strip's snow, so that the ledger stays whole."""
    ground = world.ground
    for segment, grams in grams_by_segment.items():
        ground.pushed[segment] += grams
        ground.loose[ground.strip0[segment]] -= grams
    world.windrows.reckon(world.stopped)


Told = tuple[str, int, int, str, int, int]


def told(world: World, who: str) -> list[Told]:
    """The rows of one party: (words, start, end, place or dump, metres, grams)."""
    number = next((p.number for p in world.parties if p.id == who), NOBODY)
    return [row for party, row in group_story(world) if party == number]


def group_story(world: World) -> list[tuple[int, Told]]:
    """Every row of the group log as (party, row in words)."""
    rows = []
    for r in world.group_log.table().tolist():
        kind, reason, party, _, start, end, place, dump, _, dm, amount = r
        words = f"{EVENT_KINDS[kind]} {REASONS[reason]}".strip()
        where = segment_name(world.network, place) if place >= 0 else ""
        if dump >= 0:
            where = world.scenario.resources.dump_points[dump].id
        rows.append((party, (words, start, end, where, dm // 10, amount)))
    return rows
