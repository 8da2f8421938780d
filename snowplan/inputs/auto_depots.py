"""Depots placed by rule on a map that has none of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import networkx as nx

from snowplan.errors import Faults
from snowplan.inputs.network_check import distance_m
from snowplan.inputs.zone_making import middle, weighted_centroid
from snowplan.model.fleet import Depot
from snowplan.model.graph import road_graph
from snowplan.model.roads import Junction, RoadMap, Section


def auto_depots(road_map: RoadMap, depots: Sequence[Depot]) -> tuple[Depot, ...]:
    """The same depots, each moved to the junction nearest the centroid of its zone's work.

    The centroid is weighted by the m² that the centre clears. Junctions that count touch such a
    section of the zone and lie in the largest strongly connected part of the open roads, so that
    machines get out and back; ties go to the smaller id. Where a zone has no such junction, any of
    that part will do.

    Raises InputError when a depot's zone has nothing to clear, or is not on the map.
    """
    work: dict[str, list[Section]] = {}
    for section in road_map.sections:
        if section.duty.cleared_by_centre:
            work.setdefault(section.duty.zone, []).append(section)
    faults = Faults()
    for depot in depots:
        if depot.zone not in work:
            expected = f"a zone of the map {road_map.name} with sections to clear"
            faults.add("depots", f"depot {depot.id}", "zone", depot.zone, expected, work)
    faults.raise_if_any()
    core = largest_component(road_map)
    places = {zone: _best(work[zone], core) for zone in sorted({d.zone for d in depots})}
    return tuple(
        replace(depot, lon=places[depot.zone].lon, lat=places[depot.zone].lat) for depot in depots
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
    ends = {end for section in sections for end in (section.start, section.end)}
    nearby = [core[name] for name in sorted(ends & set(core))] or list(core.values())
    return min(nearby, key=lambda at: (distance_m((at.lon, at.lat), centroid), at.id))
