"""The strips of a road map by the words of docs/model.md, for the oracles alone."""

from __future__ import annotations

import math
from dataclasses import dataclass

import networkx as nx

from snowplan.model.roads import RoadClass, RoadMap, Section

Direction = tuple[str, str]  # (section id, "forward" | "backward")


@dataclass(frozen=True)
class Grid:
    """The strips of one direction."""

    section: Section
    direction: str
    count: int
    dm2: int

    @property
    def m2(self) -> float:
        """Area of one strip."""
        return self.dm2 / 100

    @property
    def road_class(self) -> RoadClass:
        """Class of the road."""
        return self.section.duty.road_class


def grids(road_map: RoadMap) -> dict[Direction, Grid]:
    """Every direction that carries strips: the centre's sections that are not closed."""
    found: dict[Direction, Grid] = {}
    for section in sorted(road_map.sections, key=lambda s: s.id):
        duty, way = section.duty, section.way
        if duty.operator != "centre" or duty.closed:
            continue
        narrow = not way.oneway and way.width_m < 6
        one_direction = way.width_m if way.oneway or narrow else way.width_m / 2
        count = 1 if narrow else max(1, math.ceil(round(one_direction / 3.0, 9)))
        dm2 = round(way.length_m * (one_direction / count) * 100)
        found[section.id, "forward"] = Grid(section, "forward", count, dm2)
        if not way.oneway and not narrow:
            found[section.id, "backward"] = Grid(section, "backward", count, dm2)
    return found


def reachable_sections(road_map: RoadMap) -> set[str]:
    """Sections inside the strongly connected part of the open network that holds most junctions."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(j.id for j in road_map.junctions)
    for section in road_map.sections:
        if section.duty.closed:
            continue
        graph.add_edge(section.start, section.end)
        if not section.way.oneway:
            graph.add_edge(section.end, section.start)
    part = max(nx.strongly_connected_components(graph), key=lambda c: (len(c), min(c)))
    return {s.id for s in road_map.sections if {s.start, s.end} <= part and not s.duty.closed}
