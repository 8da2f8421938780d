"""What a valid road network is; every fault is listed, and sections out of reach are named."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise

import networkx as nx

from snowplan.errors import Fault, Faults
from snowplan.model.graph import road_graph
from snowplan.model.places import distance_m
from snowplan.model.roads import Junction, RoadMap, Section

NARROWEST_LANE_M = 1.5  # a village lane of 3 m is two lanes in OpenStreetMap
WIDEST_LANE_M = 20.0
SHORTEST_LOOP_M = 20.0  # nothing can turn round on less
LEAST_OF_LINE = 0.5  # a road may not be shorter than half its own drawn line …
MOST_OF_LINE, SLACK_M = 20.0, 2000.0  # … nor so much longer that a unit must be wrong
END_OFF_M = 50.0  # how far a line may end from its junction


def line_length_m(line: Sequence[tuple[float, float]]) -> float:
    """Length of a drawn line in metres."""
    return sum(distance_m(a, b) for a, b in pairwise(line))


def network_faults(road_map: RoadMap, file: str) -> list[Fault]:
    """Every way in which the map is not a network that can be cleared; empty where it is one.

    Valid is: ids once; every section between known junctions in a known zone; length, lanes,
    width and limit positive and finite; lanes and width in keeping; length in keeping with the
    drawn line, whose ends lie at the junctions; no loop too short to drive; no zone without a
    section and no junction without one; something for the centre to clear.
    """
    faults = Faults()
    _note_repeats(road_map, file, faults)
    faults.items.extend(section_faults(road_map, file))
    _note_idle(road_map, file, faults)
    return faults.items


def section_faults(road_map: RoadMap, file: str) -> list[Fault]:
    """The part of `network_faults` that can be said of each section alone."""
    faults = Faults()
    junctions = {junction.id: junction for junction in road_map.junctions}
    zones = {zone.id for zone in road_map.zones}
    for section in road_map.sections:
        note = partial(faults.add, file, f"section {section.id}")
        for end, name in (("start", section.start), ("end", section.end)):
            if name not in junctions:
                note(end, name, "a known junction", junctions)
        if section.duty.zone not in zones:
            note("zone", section.duty.zone, "a known zone", zones)
        for field, found, expected in (*_size_faults(section), *_line_faults(section, junctions)):
            note(field, found, expected)
    return faults.items


def _note_repeats(road_map: RoadMap, file: str, faults: Faults) -> None:
    kinds = (
        ("section", road_map.sections),
        ("junction", road_map.junctions),
        ("zone", road_map.zones),
    )
    for kind, items in kinds:
        ids = Counter(item.id for item in items)
        for name in sorted(name for name, count in ids.items() if count > 1):
            faults.add(file, f"{kind} {name}", "id", name, f"once, not {ids[name]} times")


Finding = tuple[str, object, str]


def _size_faults(section: Section) -> Iterator[Finding]:
    """Lengths, widths and speeds that cannot be."""
    way = section.way
    sizes = (
        ("length_m", way.length_m),
        ("width_m", way.width_m),
        ("limit_kph", way.limit_kph),
        ("lanes", way.lanes),
    )
    for field, value in sizes:
        if not (math.isfinite(value) and value > 0):
            yield field, value, "a finite number above 0"
    if not (math.isfinite(way.pavement_width_m) and way.pavement_width_m >= 0):
        yield "pavement_width_m", way.pavement_width_m, "a finite number, 0 or more"
    if way.lanes > 0 and way.width_m > 0:
        a_lane = way.width_m / way.lanes
        if not NARROWEST_LANE_M <= a_lane <= WIDEST_LANE_M:
            yield (
                "width_m",
                way.width_m,
                f"{NARROWEST_LANE_M:g} to {WIDEST_LANE_M:g} m for each of the {way.lanes} lanes",
            )
    if section.start == section.end and way.length_m < SHORTEST_LOOP_M:
        yield "length_m", way.length_m, f"at least {SHORTEST_LOOP_M:g} m for a loop"


def _line_faults(section: Section, junctions: dict[str, Junction]) -> Iterator[Finding]:
    """Lines that do not go with the stated length or do not end at their junctions."""
    length_m = section.way.length_m
    drawn_m = line_length_m(section.line)
    if length_m < LEAST_OF_LINE * drawn_m:
        yield "length_m", length_m, f"at least half of the {drawn_m:.0f} m that its line measures"
    if length_m > MOST_OF_LINE * drawn_m + SLACK_M:
        yield "length_m", length_m, f"a length in keeping with the {drawn_m:.0f} m of its line"
    if len(section.line) < 2:
        yield "line", len(section.line), "at least two points"
        return
    for end, name, point in (
        ("start", section.start, section.line[0]),
        ("end", section.end, section.line[-1]),
    ):
        if name in junctions:
            off_m = distance_m(point, (junctions[name].lon, junctions[name].lat))
            if off_m > END_OFF_M:
                yield end, name, f"a junction where its line ends; it lies {off_m:.0f} m away"


def _note_idle(road_map: RoadMap, file: str, faults: Faults) -> None:
    """Zones and junctions without a section, and a map with nothing to clear."""
    zones = {section.duty.zone for section in road_map.sections}
    for zone in road_map.zones:
        if zone.id not in zones:
            faults.add(file, f"zone {zone.id}", "", "no section", "at least one section in a zone")
    ends = {name for section in road_map.sections for name in (section.start, section.end)}
    for junction in road_map.junctions:
        if junction.id not in ends:
            faults.add(
                file, f"junction {junction.id}", "", "no section", "a section at each junction"
            )
    if not any(section.duty.cleared_by_centre for section in road_map.sections):
        faults.add(file, "", "operator", "no section of the centre", "something to clear")


def unreachable_sections(road_map: RoadMap, junctions: Sequence[str]) -> list[str]:
    """Ids of open sections that cannot be driven to from, and back to, every given junction.

    A machine of any depot may be sent anywhere (mutual aid), so each of the given junctions must
    reach a section and be reached from it. Closed sections are neither driven on nor named. An
    unknown junction reaches nothing.
    """
    graph = road_graph(road_map)
    edges = list(graph.edges(keys=True, data=True))
    graph.remove_edges_from([(a, b, key) for a, b, key, data in edges if data["closed"]])
    backwards = graph.reverse(copy=False)
    out = _reached_from_all(graph, junctions)
    back = _reached_from_all(backwards, junctions)
    return sorted(
        section.id
        for section in road_map.sections
        if not section.duty.closed and not _in_reach(section, out, back)
    )


def _reached_from_all(graph: nx.MultiDiGraph[str], junctions: Iterable[str]) -> set[str]:
    reached = set(graph)
    for name in sorted(set(junctions)):
        reached &= {name, *nx.descendants(graph, name)} if name in graph else set()
    return reached


def _in_reach(section: Section, out: set[str], back: set[str]) -> bool:
    if section.start in out and section.end in back:
        return True
    return not section.way.oneway and section.end in out and section.start in back
