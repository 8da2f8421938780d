"""A generated city for benches: a square grid of streets, five zones, a fleet of any size."""

from __future__ import annotations

import math
from dataclasses import replace

from snowplan.model.fleet import CrewGroup, Depot, Machine
from snowplan.model.roads import Carriageway, Duty, Junction, RoadClass, RoadMap, Section, Zone
from snowplan.model.scenario import Scenario
from snowplan.model.weather import Snowfall, WeatherSpell
from snowplan.units import MS_PER_H

BLOCK_M = 250.0
LON0, LAT0, DEGREE_M = 113.0, 40.0, 111_320.0
# every eighth street is main, every fourth secondary, every second branch, the rest lanes
RHYTHM = (
    (8, RoadClass.MAIN, 24.0, 8, 60.0),
    (4, RoadClass.SECONDARY, 18.0, 6, 50.0),
    (2, RoadClass.BRANCH, 12.0, 4, 40.0),
    (1, RoadClass.LANE, 6.0, 2, 30.0),
)
ZONES = ("north", "west", "centre", "east", "south")  # bands from north to south


def grid_map(segments: int) -> RoadMap:
    """A grid with about this many one-way segments (two a section)."""
    side = max(2, round((1 + math.sqrt(1 + segments)) / 2))
    junctions = tuple(
        Junction(_name(i, j), LON0 + j * BLOCK_M / DEGREE_M, LAT0 - i * BLOCK_M / DEGREE_M)
        for i in range(side)
        for j in range(side)
    )
    sections = []
    for i in range(side):
        for j in range(side):
            if j + 1 < side:
                sections.append(_section("h", i, j, (i, j + 1), i, side))
            if i + 1 < side:
                sections.append(_section("v", i, j, (i + 1, j), j, side))
    zones = tuple(Zone(name, name, name) for name in sorted(ZONES))
    return RoadMap("grid", "网格", "grid", True, (), junctions, tuple(sections), zones)


def _name(i: int, j: int) -> str:
    return f"j{i:04d}-{j:04d}"


def _section(way: str, i: int, j: int, to: tuple[int, int], street: int, side: int) -> Section:
    _, road_class, width, lanes, limit = next(r for r in RHYTHM if street % r[0] == 0)
    zone = ZONES[min(len(ZONES) - 1, i * len(ZONES) // side)]
    return Section(
        id=f"{way}{i:04d}-{j:04d}", name=f"{way}{street}", name_en=f"{way}{street}",
        start=_name(i, j), end=_name(*to),
        way=Carriageway(BLOCK_M, lanes, width, False, limit),
        duty=Duty(road_class, zone),
        line=(), source="generated", length_basis="assumed",
    )  # fmt: skip


def grid_scenario(base: Scenario, segments: int, times_fleet: float, hours: float) -> Scenario:
    """The base scenario on a grid, in a storm as long as the run, with the fleet multiplied.

    Rules, switches, uncertainty and machine types are the base's. Crews and depots follow the
    fleet; every zone gets its share of each kind. Nothing is hauled or cleared by hand.
    """
    road_map = grid_map(segments)
    machines, crews = _fleet(base, times_fleet)
    resources = replace(
        base.resources, depots=_depots(base, road_map), machines=machines, crews=crews,
        trucks=(), dump_points=(), squads=(), frontage=(),
    )  # fmt: skip
    storm = WeatherSpell(0, 700, -5.0)
    around = replace(base.around, snowfall=Snowfall((storm,), source="generated"))
    study = replace(base.study, name="grid", horizon_ms=round(hours * MS_PER_H))
    return replace(base, study=study, road_map=road_map, resources=resources, around=around)


def _depots(base: Scenario, road_map: RoadMap) -> tuple[Depot, ...]:
    """One depot a zone, in the middle of its band."""
    lats = [j.lat for j in road_map.junctions]
    lons = [j.lon for j in road_map.junctions]
    high, low = max(lats), min(lats)
    middle = (max(lons) + min(lons)) / 2
    out = []
    for depot in base.resources.depots:
        band = (ZONES.index(depot.zone) + 0.5) / len(ZONES)
        place = high - band * (high - low)
        out.append(replace(depot, lon=middle, lat=place, bays=8, stock_kg=10_000_000))
    return tuple(out)


def _fleet(base: Scenario, times: float) -> tuple[tuple[Machine, ...], tuple[CrewGroup, ...]]:
    depots = sorted(base.resources.depots, key=lambda d: d.id)
    machines: list[Machine] = []
    crews: list[CrewGroup] = []
    for kind in sorted({m.kind for m in base.resources.machines}):
        count = round(sum(m.kind == kind for m in base.resources.machines) * times)
        machines += [
            Machine(f"{kind}-{k + 1:04d}", kind, depots[k % len(depots)].id) for k in range(count)
        ]
        for depot in depots:
            for start in (8 * 60, 20 * 60):
                name = f"crew-{depot.zone}-{kind}-{start}"
                crews.append(CrewGroup(name, depot.zone, kind, start, 12.0, count))
    return tuple(machines), tuple(crews)
