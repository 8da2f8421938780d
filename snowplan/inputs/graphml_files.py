"""A road network saved by OSMnx as GraphML, read as a road map; every default is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from snowplan.errors import Faults
from snowplan.given import given_path
from snowplan.inputs.class_defaults import TABLE, read_class_defaults
from snowplan.inputs.graphml_parsing import parse_graphml
from snowplan.inputs.osm_counts import Counts, assumed_lines
from snowplan.inputs.osm_graph import note_graph_faults, read_arcs, read_junctions
from snowplan.inputs.osm_sections import (
    SHORTEST_M,
    Piece,
    make_carriageway,
    make_section,
    name_pieces,
    pair_arcs,
    piece_line,
)
from snowplan.inputs.zone_making import CENTRE, SECTORS, SHARES, assign_zones, middle, outline
from snowplan.model.roads import CENTRE_OPERATOR, Junction, RoadMap, Section, Zone

NOTES = ("路网 © OpenStreetMap 贡献者，ODbL", "Roads © OpenStreetMap contributors, ODbL")


def read_osmnx_graphml(
    path: Path, faults: Faults, *, zones: int = SHARES, classes: Path | None = None
) -> RoadMap:
    """The road map of an OSMnx GraphML file; once a fault is noted, the map is not to be used.

    Sections are named by OSM way, directions come from the arcs. `lanes`, `width` and `maxspeed`
    tags are used where they can be read, else the row of the `highway` value in `classes`
    (default: the shipped table); `assumed` counts both. `zones` is 5 (a centre and four sectors of
    equal area to clear) or 1. Sections out of reach stay in the map.
    """
    file, before = str(path), len(faults.items)
    if zones not in (1, SHARES):
        faults.add(file, "", "zones", zones, f"{SHARES} (a centre and four sectors) or 1")
    table = read_class_defaults(classes or given_path(TABLE), faults)
    graph = parse_graphml(path, faults)
    if graph is None or not table:
        return _road_map(path, (), (), (), ())
    note_graph_faults(graph, file, faults)
    junctions = read_junctions(graph, file, faults)
    arcs = read_arcs(graph, table, junctions, file, faults)
    if len(faults.items) > before:
        return _road_map(path, (), (), (), ())
    counts = Counts()
    sections = _sections(name_pieces(pair_arcs(arcs, counts)), junctions, zones, counts)
    used = {end for section in sections for end in (section.start, section.end)}
    counts.idle = sorted(set(junctions) - used)
    assumed = assumed_lines(counts, TABLE if classes is None else str(classes), SHORTEST_M)
    if zones > 1:
        assumed.append(f"分区 zones: {zones} balanced by area to clear (A)")
    kept = [junctions[name] for name in sorted(used)]
    return _road_map(path, kept, sections, _zones(sections), assumed)


def _sections(
    named: Sequence[tuple[str, Piece]],
    junctions: Mapping[str, Junction],
    zones: int,
    counts: Counts,
) -> list[Section]:
    """Sections in order of id, with their zones."""
    ways = [make_carriageway(piece, counts) for _, piece in named]
    lines = [piece_line(piece, junctions) for _, piece in named]
    areas = [
        way.length_m * way.width_m if piece.arc.default.operator == CENTRE_OPERATOR else 0.0
        for (_, piece), way in zip(named, ways, strict=True)
    ]
    if zones == SHARES:
        names = assign_zones([middle(line) for line in lines], areas)
    else:
        names = [CENTRE.id] * len(named)
    return [
        make_section(name, piece, way, zone, line, counts)
        for (name, piece), way, zone, line in zip(named, ways, names, lines, strict=True)
    ]


def _zones(sections: Sequence[Section]) -> list[Zone]:
    """The zones in use, in order of id, with the convex hull of their sections as outline."""
    points: dict[str, set[tuple[float, float]]] = {}
    for section in sections:
        points.setdefault(section.duty.zone, set()).update(section.line)
    known = sorted((CENTRE, *SECTORS), key=lambda zone: zone.id)
    return [
        Zone(zone.id, zone.name, zone.name_en, outline(points[zone.id]))
        for zone in known
        if zone.id in points
    ]


def _road_map(
    path: Path,
    junctions: Sequence[Junction],
    sections: Sequence[Section],
    zones: Sequence[Zone],
    assumed: Sequence[str],
) -> RoadMap:
    return RoadMap(
        name=path.stem,
        title=path.stem,
        title_en=path.stem,
        schematic=False,
        notes=NOTES,
        junctions=tuple(junctions),
        sections=tuple(sections),
        zones=tuple(zones),
        assumed=tuple(assumed),
    )
