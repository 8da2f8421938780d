"""Random towns with the groups beside the machines: trucks, dumps, squads, frontage duty.

The same seed gives the same town. Streets, fleet, storm and switches come from `random_town`; a
second stream draws what hauling and hand work need, others the towns that help each other and the
storms that grow.
"""

from __future__ import annotations

import random
from dataclasses import replace

from snowplan.model.fleet import CrewGroup, Depot, Machine, MachineType, Pace, Tool, Work
from snowplan.model.grades import Grade
from snowplan.model.hands import FRINGE, Frontage, HandRules, SquadGroup
from snowplan.model.hauling import DUMP_RULES, DumpPoint, HaulRules, PiledSnow, Truck
from snowplan.model.physics import Spread
from snowplan.model.plan import Plan
from snowplan.model.roads import RoadMap, Section, Zone
from snowplan.model.scenario import Resources, Scenario
from tests.simulation.random_towns import SHIFTS, random_town
from tests.simulation.random_weather import with_changing_grade
from tests.simulation.towns import CLASSES, crew

GROUPS = ("hauling", "rural", "office", "frontage")
CREWED = ("loader", "blower", "truck", "clearing", "rural", "office")
TRIGGERS_MM = (5.137, 10.171, 15.193)  # no storm stops exactly at one of them
PILED = PiledSnow(350.0, 700.0)


def random_groups(seed: int) -> Scenario:
    """A random town in which the other groups work too."""
    base = random_town(seed)
    rng = random.Random(f"groups {seed}")
    helping = random.Random(f"aid {seed}").random() < 0.15
    zones = ("centre", "east") if rng.random() < 0.4 or helping else ("centre",)
    road_map = _road_map(rng, base.road_map, zones)
    around = base.around
    uncertainty = (*around.uncertainty, *_uncertainty(rng))
    town = replace(
        base,
        study=replace(base.study, horizon_ms=round(rng.choice((8, 12, 16.5, 20)) * 3_600_000)),
        road_map=road_map,
        plan=_plan(rng, base.plan, zones, helping),
        resources=_resources(rng, base.resources, road_map, zones, helping),
        around=replace(
            around, uncertainty=uncertainty, physics=replace(around.physics, piled=PILED)
        ),
        costs=replace(
            base.costs,
            machine_per_h={
                **base.costs.machine_per_h,
                **dict.fromkeys(("loader", "blower", "truck", "worker"), 0.0),
            },
        ),
        grade=rng.choice((Grade.LIGHT, Grade.MODERATE, Grade.HEAVY)),
    )
    return with_changing_grade(seed, town)


def _road_map(rng: random.Random, road_map: RoadMap, zones: tuple[str, ...]) -> RoadMap:
    sections = tuple(_section(rng, s, zones) for s in road_map.sections)
    present = sorted({*zones, *(s.duty.zone for s in sections)})
    return replace(road_map, sections=sections, zones=tuple(Zone(z, z, z) for z in present))


def _section(rng: random.Random, section: Section, zones: tuple[str, ...]) -> Section:
    """The section with pavements, perhaps to be hauled, perhaps at the fringe."""
    side = rng.choice((0.0, 3.0, 7.5, 12.0))
    cycle = min(side, rng.choice((0.0, 2.5, 5.0))) if rng.random() < 0.3 else None
    flags = section.duty.flags + ((FRINGE,) if rng.random() < 0.25 else ())
    duty = replace(
        section.duty, flags=flags, haul_required=rng.random() < 0.3, zone=rng.choice(zones)
    )
    way = replace(section.way, pavement_width_m=side, cycle_width_m=cycle)
    return replace(section, way=way, duty=duty)


def _plan(rng: random.Random, plan: Plan, zones: tuple[str, ...], helping: bool) -> Plan:
    groups = tuple(g for g in GROUPS if rng.random() < 0.8)
    more = rng.choice((groups, (), GROUPS))
    trigger_mm = dict.fromkeys(CLASSES, rng.choice(TRIGGERS_MM))
    treatments = tuple(
        replace(
            t,
            groups=("clearing", *(more if t.grade > Grade.MODERATE else groups)),
            trigger_depth_mm=trigger_mm,
        )
        for t in plan.treatments
    )
    aid_km = rng.choice((0.0, 50.0)) if len(zones) > 1 else 0.0
    aid_km = 50.0 if helping else aid_km
    return replace(
        plan,
        treatments=treatments,
        rules=replace(plan.rules, mutual_aid_km=aid_km),
        haul=_haul_rules(rng),
        hand=_hand_rules(rng),
    )


def _haul_rules(rng: random.Random) -> HaulRules:
    due = rng.choice((2.0, 20.0, 60.0))
    return HaulRules(
        classes=rng.choice(((), ("main",), ("critical", "main", "lane"))),
        due_kg_m=due,
        left_kg_m=min(due, rng.choice((0.0, 1.5, 10.0))),
        verge_m3_m=dict.fromkeys(CLASSES, rng.choice((0.0, 0.01, 0.05, 3.0))),
        treated_off_green=rng.random() < 0.6,
        treated_apart=rng.random() < 0.6,
        dump_rule=rng.choice(DUMP_RULES),
        spot_min=rng.choice((0.0, 1.0)),
    )


def _hand_rules(rng: random.Random) -> HandRules:
    return HandRules(
        m2_h=rng.choice((60.0, 250.0)),
        depth_k=rng.choice((0.0, 0.2)),
        packed_factor=1.3,
        residual_mm=rng.choice((0.0, 3.0)),
        trigger_mm=rng.choice((5.5, 15.0)),
        cycle_share=dict.fromkeys(CLASSES, rng.choice((0.0, 0.35))),
        office_classes=rng.choice(((), ("main",), ("main", "secondary", "branch"))),
        limit_h=dict.fromkeys(("light", "moderate", "heavy", "blizzard"), 12.0),
    )


def _resources(
    rng: random.Random,
    resources: Resources,
    road_map: RoadMap,
    zones: tuple[str, ...],
    helping: bool,
) -> Resources:
    places = {j.id: (j.lon, j.lat) for j in road_map.junctions}
    last = places[max(places)]
    first = resources.depots[0]
    depots = [first]
    if len(zones) > 1:
        depots.append(replace(first, id="depot-east", zone="east", lon=last[0], lat=last[1]))
    machines = [replace(m, depot=rng.choice(depots).id) for m in resources.machines]
    machines += _loaders(rng, depots, int(helping))
    crews = [replace(c, id=f"{c.id}-{z}", zone=z) for c in resources.crews for z in zones]
    return replace(
        resources,
        types=(*resources.types, *_types(rng)),
        machines=tuple(machines),
        depots=tuple(depots),
        crews=tuple(crews + _crews(rng, zones)),
        trucks=_trucks(rng, zones, 2 * helping),
        dump_points=_dumps(rng, list(places.values()), zones, int(helping)),
        squads=_squads(rng, road_map, zones),
        frontage=_frontage(rng, zones),
    )


def _types(rng: random.Random) -> tuple[MachineType, ...]:
    pace, tool = Pace(18.0, 18.0, rng.choice((18.0, 36.0))), Tool(3.0)
    return tuple(
        MachineType(
            kind, kind, Work.LOAD_SNOW, pace, tool, CLASSES, 0, 1, 15.0,
            load_m3_h=rng.choice((30.0, 200.0)),
        )
        for kind in ("loader", "blower")
    )  # fmt: skip


def _loaders(rng: random.Random, depots: list[Depot], least: int) -> list[Machine]:
    return [
        Machine(f"{kind}-{n}", kind, rng.choice(depots).id)
        for kind in ("loader", "blower")
        for n in range(max(least, rng.randint(0, 2)))
    ]


def _crews(rng: random.Random, zones: tuple[str, ...]) -> list[CrewGroup]:
    found = []
    for zone in zones:
        for kind in CREWED:
            for start, hours in rng.choice(SHIFTS):
                row = crew(kind, start, hours, rng.choice((1, 4, 9)))
                found.append(replace(row, id=f"{row.id}-{zone}", zone=zone))
    return found


def _trucks(rng: random.Random, zones: tuple[str, ...], least: int) -> tuple[Truck, ...]:
    volume, loaded = rng.choice((1.0, 3.0, 10.4)), rng.choice((18.0, 30.0))
    return tuple(
        Truck(f"truck-{n}", rng.choice(zones), volume, loaded, 36.0)
        for n in range(max(least, rng.choice((0, 1, 2, 4, 8))))
    )


def _dumps(
    rng: random.Random, places: list[tuple[float, float]], zones: tuple[str, ...], least: int
) -> tuple[DumpPoint, ...]:
    found = []
    for n in range(max(least, rng.randint(0, 3))):
        lon, lat = rng.choice(places)
        capacity = rng.choice((4.0, 20.0, 100.0, 10_000.0))
        found.append(
            DumpPoint(
                f"dump-{n}", "堆雪点", "dump", rng.choice(zones), lon, lat, rng.randint(1, 2),
                rng.choice((1.0, 5.0)), capacity, capacity * rng.choice((0.0, 0.4)),
                rng.random() < 0.4,
            )
        )  # fmt: skip
    return tuple(found)


def _squads(
    rng: random.Random, road_map: RoadMap, zones: tuple[str, ...]
) -> tuple[SquadGroup, ...]:
    found = []
    for zone in zones:
        for group in ("clearing", "rural", "office"):
            if rng.random() < 0.25:
                continue
            named: tuple[str, ...] = ()
            if group == "office" and rng.random() < 0.3:
                own = [s.id for s in road_map.sections if s.duty.zone == zone]
                named = tuple(sorted(rng.sample(own, min(2, len(own)))))
            found.append(
                SquadGroup(
                    f"{group}-{zone}", zone, group, rng.randint(1, 3), rng.choice((2, 10, 30)),
                    rng.choice((12.0, 20.0)), named,
                )
            )  # fmt: skip
    return tuple(found)


def _frontage(rng: random.Random, zones: tuple[str, ...]) -> tuple[Frontage, ...]:
    return tuple(
        Frontage(
            zone, rng.choice((0.3, 0.8, 1.0)), rng.choice((0.0, 0.5, 0.5, 1.0)),
            rng.choice((0.5, 1.0, 2.25)), rng.choice((0.0, 0.2, 1.0)),
        )
        for zone in zones
        if rng.random() < 0.8
    )  # fmt: skip


def _uncertainty(rng: random.Random) -> tuple[Spread, ...]:
    return tuple(
        Spread(what, "lognormal", 1.0, 0.2, rng.random() < 0.5, 0.5, 3.0)
        for what in ("load_snow", "unload")
    )
