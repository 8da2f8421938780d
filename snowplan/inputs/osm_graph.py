"""The nodes and arcs of an OSMnx graph, understood: junctions, and arcs with a class default."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial

from snowplan.errors import Faults
from snowplan.inputs.class_defaults import ClassDefault
from snowplan.inputs.graphml_parsing import EXPECTED, RawArc, RawGraph
from snowplan.inputs.osm_tags import tag_values
from snowplan.model.roads import Junction

WGS84 = "epsg:4326"


@dataclass(frozen=True, slots=True)
class Arc:
    """A directed edge whose tags have been understood; `ways` are its OSM ids, smallest first."""

    raw: RawArc
    ways: tuple[str, ...]
    length_m: float
    default: ClassDefault

    @property
    def loop(self) -> bool:
        """True where the arc ends where it begins."""
        return self.raw.start == self.raw.end

    @property
    def order(self) -> tuple[str | float, ...]:
        """An order that does not hang on where the arc stands in the file."""
        raw = self.raw
        return raw.start, raw.end, self.length_m, raw.key, raw.tags.get("geometry", "")


def read_junctions(graph: RawGraph, file: str, faults: Faults) -> dict[str, Junction]:
    """Junctions by id; a node with faulty coordinates is noted and stands at NaN."""
    junctions: dict[str, Junction] = {}
    for node in graph.nodes:
        note = partial(faults.add, file, f"line {node.line}, node {node.id}")
        lon, lat = _number(node.tags.get("x", "")), _number(node.tags.get("y", ""))
        for name, value, most in (("x", lon, 180), ("y", lat, 90)):
            if not -most <= value <= most:
                expected = f"degrees of WGS-84 from -{most} to {most}"
                note(name, node.tags.get(name, "nothing"), expected)
        if node.id in junctions:
            note("id", node.id, "each node once")
        junctions[node.id] = Junction(node.id, lon, lat)
    return junctions


def read_arcs(
    graph: RawGraph,
    table: Mapping[str, ClassDefault],
    nodes: Collection[str],
    file: str,
    faults: Faults,
) -> list[Arc]:
    """The faultless arcs, in the file's order; a `highway` value not in the table is noted once."""
    arcs = []
    seen: set[tuple[str, str, str]] = set()
    unknown: defaultdict[str, list[int]] = defaultdict(list)
    for raw in graph.arcs:
        count = len(faults.items)
        _check_arc(raw, nodes, file, faults)
        name = (raw.start, raw.end, raw.key)
        if name in seen:
            where = f"line {raw.line}, arc {raw.start} → {raw.end}"
            faults.add(file, where, "id", raw.key, "parallel arcs that differ in id: a duplicate")
        seen.add(name)
        highways = tag_values(raw.tags.get("highway", "")) or ("nothing",)
        for value in highways:
            if value not in table:
                unknown[value].append(raw.line)
        if len(faults.items) == count and all(value in table for value in highways):
            ways = tuple(sorted(tag_values(raw.tags["osmid"]), key=lambda way: (len(way), way)))
            arcs.append(Arc(raw, ways, float(raw.tags["length"]), _highest(highways, table)))
    for value, lines in unknown.items():
        more = f" and {len(lines) - 1:,} more" if len(lines) > 1 else ""
        expected = "a highway value of the table of class defaults"
        faults.add(file, f"line {lines[0]}{more}", "highway", value, expected, table)
    return arcs


def note_graph_faults(graph: RawGraph, file: str, faults: Faults) -> None:
    """Faults of the file as a whole."""
    if not graph.directed:
        expected = "edgedefault 'directed': an arc for each direction of a road"
        faults.add(file, "", "graph", "undirected", expected)
    crs = graph.tags.get("crs", WGS84)
    if crs.lower() != WGS84:
        faults.add(file, "", "crs", crs, f"{WGS84} (degrees), as before any projection")
    if not graph.nodes:
        faults.add(file, "", "nodes", "no nodes", EXPECTED)
    if not graph.arcs:
        faults.add(file, "", "arcs", "no arcs", EXPECTED)


def _check_arc(raw: RawArc, nodes: Collection[str], file: str, faults: Faults) -> None:
    note = partial(faults.add, file, f"line {raw.line}, arc {raw.start} → {raw.end}")
    for end, node in (("source", raw.start), ("target", raw.end)):
        if node not in nodes:
            note(end, node, "a node of this file")
    text = raw.tags.get("length", "nothing")
    if not 0 <= _number(text) < math.inf:
        note("length", text, "metres, a finite number of 0 or more")
    if not tag_values(raw.tags.get("osmid", "")):
        note("osmid", "nothing", "the number of the OpenStreetMap way")


def _highest(highways: Collection[str], table: Mapping[str, ClassDefault]) -> ClassDefault:
    """The default of the highest class among the values of one arc."""
    rows = [table[value] for value in highways]
    return min(rows, key=lambda row: (row.road_class, -row.lanes_per_direction, row.highway))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
