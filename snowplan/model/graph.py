"""The road network as a graph: junctions are nodes, each direction of a section is an edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from snowplan.model.roads import RoadMap, Section

if TYPE_CHECKING:
    Graph = nx.MultiDiGraph[str]

FORWARD, BACKWARD = "forward", "backward"


def segment_id(section_id: str, direction: str) -> str:
    """The id of one direction of a section, which is also the edge's key."""
    return f"{section_id}:{direction}"


def directions(section: Section) -> tuple[str, ...]:
    """The directions that may be driven: both, or `forward` alone on a one-way section."""
    return (FORWARD,) if section.way.oneway else (FORWARD, BACKWARD)


def road_graph(road_map: RoadMap) -> Graph:
    """Nodes with `lon, lat, name`; edges keyed by segment id with the section's attributes.

    Edge attributes: `id` of the section, `direction`, `name`, `name_en`, `road_class` (the word
    used in files), `length_m`, `lanes`, `width_m` (kerb to kerb of the whole section), `oneway`,
    `limit_kph` (km/h), `pavement_width_m`, `zone`, `operator`, `flags`, `haul_required`,
    `closed`, `source`, `length_basis`. Closed sections are in the graph and say so.
    """
    graph: Graph = nx.MultiDiGraph()
    for junction in road_map.junctions:
        graph.add_node(junction.id, lon=junction.lon, lat=junction.lat, name=junction.name)
    for section in road_map.sections:
        attributes = _attributes(section)
        for direction in directions(section):
            ends = (section.start, section.end)
            tail, head = ends if direction == FORWARD else ends[::-1]
            key = segment_id(section.id, direction)
            graph.add_edge(tail, head, key=key, direction=direction, **attributes)
    return graph


def _attributes(section: Section) -> dict[str, object]:
    way, duty = section.way, section.duty
    return {
        "id": section.id,
        "name": section.name,
        "name_en": section.name_en,
        "road_class": duty.road_class.key,
        "length_m": way.length_m,
        "lanes": way.lanes,
        "width_m": way.width_m,
        "oneway": way.oneway,
        "limit_kph": way.limit_kph,
        "pavement_width_m": way.pavement_width_m,
        "zone": duty.zone,
        "operator": duty.operator,
        "flags": duty.flags,
        "haul_required": duty.haul_required,
        "closed": duty.closed,
        "source": section.source,
        "length_basis": section.length_basis,
    }
