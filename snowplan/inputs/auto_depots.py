"""Depots and dump points placed by rule on a map that has none of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import networkx as nx

from snowplan.errors import Faults
from snowplan.inputs.geojson_files import Point
from snowplan.inputs.zone_making import middle, weighted_centroid
from snowplan.model.fleet import Depot
from snowplan.model.graph import road_graph
from snowplan.model.hauling import DumpPoint
from snowplan.model.places import distance_m
from snowplan.model.roads import Junction, RoadMap, Section


def auto_depots(road_map: RoadMap, depots: Sequence[Depot]) -> tuple[Depot, ...]:
    """The same depots, each moved to the junction nearest the centroid of its zone's work.

    The centroid is weighted by the m² that the centre clears. Junctions that count touch such a
    section of the zone and lie in the largest strongly connected part of the open roads, so that
    machines get out and back; ties go to the smaller id. Where a zone has no such junction, any of
    that part will do.

    Raises InputError when a depot's zone has nothing to clear, or is not on the map.
    """
    work = _work(road_map, "depots", "depot", [(depot.id, depot.zone) for depot in depots])
    core = largest_component(road_map)
    places = {zone: _best(work[zone], core) for zone in sorted({d.zone for d in depots})}
    return tuple(
        replace(depot, lon=places[depot.zone].lon, lat=places[depot.zone].lat) for depot in depots
    )


def _work(
    road_map: RoadMap, table: str, what: str, zones: Sequence[tuple[str, str]]
) -> dict[str, list[Section]]:
    """What the centre clears by zone; every (id, zone) without any is a fault."""
    work: dict[str, list[Section]] = {}
    for section in road_map.sections:
        if section.duty.cleared_by_centre:
            work.setdefault(section.duty.zone, []).append(section)
    faults = Faults()
    for name, zone in zones:
        if zone not in work:
            expected = f"a zone of the map {road_map.name} with sections to clear"
            faults.add(table, f"{what} {name}", "zone", zone, expected, work)
    faults.raise_if_any()
    return work


def auto_dump_points(
    road_map: RoadMap, depots: Sequence[Depot], points: Sequence[DumpPoint]
) -> tuple[DumpPoint, ...]:
    """The same dump points, each moved to the junction of its zone farthest from what is there.

    What is there: the zone's depots (any where it has none) and the dump points placed before, by
    id. Junctions that count are those of `auto_depots`; ties go to the smaller id.

    Raises InputError when a dump point's zone has nothing to clear, or is not on the map.
    """
    work = _work(road_map, "dump_points", "dump point", [(p.id, p.zone) for p in points])
    core = largest_component(road_map)
    taken: dict[str, list[Point]] = {}
    placed = []
    for point in sorted(points, key=lambda point: point.id):
        own = [depot for depot in depots if depot.zone == point.zone] or depots
        there = taken.setdefault(point.zone, [(depot.lon, depot.lat) for depot in own])
        at = _farthest(_junctions(work[point.zone], core), there)
        there.append((at.lon, at.lat))
        placed.append(replace(point, lon=at.lon, lat=at.lat))
    return tuple(placed)


def _farthest(junctions: Sequence[Junction], there: Sequence[Point]) -> Junction:
    return min(
        junctions,
        key=lambda at: (-min(distance_m((at.lon, at.lat), place) for place in there), at.id),
    )


def largest_component(road_map: RoadMap) -> dict[str, Junction]:
    """Junctions of the largest strongly connected part of the open roads, by id.

    Of equally large parts the one that holds the smallest id is taken.
    """
    graph = road_graph(road_map)
    edges = list(graph.edges(keys=True, data=True))
    graph.remove_edges_from([(a, b, key) for a, b, key, data in edges if data["closed"]])
    parts = sorted(
        nx.strongly_connected_components(graph), key=lambda part: (-len(part), min(part))
    )
    core = parts[0] if parts else set()
    return {junction.id: junction for junction in road_map.junctions if junction.id in core}


def _best(sections: Sequence[Section], core: dict[str, Junction]) -> Junction:
    """The junction of the core nearest to the centroid of these sections, theirs before others."""
    points = [middle(section.line) for section in sections]
    centroid = weighted_centroid(points, [section.area_m2 for section in sections])
    return min(
        _junctions(sections, core),
        key=lambda at: (distance_m((at.lon, at.lat), centroid), at.id),
    )


def _junctions(sections: Sequence[Section], core: dict[str, Junction]) -> list[Junction]:
    """The core's junctions of these sections, or all of the core where they have none there."""
    ends = {end for section in sections for end in (section.start, section.end)}
    return [core[name] for name in sorted(ends & set(core))] or list(core.values())
