"""Roads cut into sections at their crossings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from pathlib import Path

from maps.builder.plane import (
    Line,
    Point,
    between,
    crossings,
    distance,
    from_line,
    inside,
    part,
    stations,
)
from maps.builder.tables import Road, Stretch, plan_points, rows

REACH_M = 3.0  # lines that end so near each other meet
MERGE_M = 32.0  # crossings nearer than this are one junction
CLASS_ORDER = ("expressway", "main", "secondary", "branch", "lane")


@dataclass
class Node:
    """A junction on the plan and the roads that meet there."""

    point: Point
    roads: list[Road] = field(default_factory=list)
    name: str = ""
    id: str = ""


@dataclass
class Piece:
    """A section on the plan."""

    road: Road
    number: int
    start: Node
    end: Node
    line: Line
    size: Stretch

    @property
    def id(self) -> str:
        """Road code and number along the road."""
        return f"{self.road.code}-{self.number:02d}"

    @property
    def middle(self) -> Point:
        """The point half way between the ends, for zones and flags."""
        return between(self.line[0], self.line[-1], 0.5)


class Meetings:
    """Which roads meet where they cross: an expressway only where a source says so."""

    def __init__(self, folder: Path) -> None:
        told = [row for row in rows(folder, "junctions") if row["kind"] != "grade-separated"]
        self.pairs = {frozenset((row["road_a"], row["road_b"])) for row in told}
        self.interchanges = {
            frozenset((row["road_a"], row["road_b"]))
            for row in told
            if row["kind"] == "interchange"
        }

    def meet(self, a: Road, b: Road, point: Point) -> bool:
        """Whether two roads that cross at a point have a junction there."""
        fast = [road for road in (a, b) if road.road_class == "expressway"]
        if not fast or frozenset((a.name, b.name)) in self.pairs:
            return True
        ends = [end for road in fast for end in (road.line[0], road.line[-1])]
        return any(distance(point, end) < MERGE_M for end in ends) and "lane" not in (
            a.road_class,
            b.road_class,
        )


def find_nodes(folder: Path, roads: Sequence[Road]) -> list[Node]:
    """Every junction: crossings, ends of roads, and the abutments of leaping bridges."""
    nodes: list[Node] = []
    meetings = Meetings(folder)
    for a, b in combinations(sorted(roads, key=_rank), 2):
        if _apart(a.line, b.line):
            continue
        for point in crossings(a.line, b.line, REACH_M):
            if meetings.meet(a, b, point):
                _join(nodes, point, (a, b))
    for road in sorted(roads, key=_rank):
        for end in (road.line[0], road.line[-1]):
            _join(nodes, end, (road,))
    _abutments(folder, roads, nodes)
    _name(nodes)
    return nodes


def _rank(road: Road) -> tuple[int, str]:
    return CLASS_ORDER.index(road.road_class), road.code


def _apart(a: Line, b: Line) -> bool:
    return any(
        max(p[axis] for p in one) < min(p[axis] for p in other) - REACH_M
        for axis in (0, 1)
        for one, other in ((a, b), (b, a))
    )


def _join(nodes: list[Node], point: Point, roads: Sequence[Road]) -> None:
    """Add roads to the junction at a point, or make it.

    Only roads that share one already may be merged at a distance: a bridge over a road is near
    it and does not meet it.
    """
    for node in nodes:
        if distance(node.point, point) < MERGE_M and any(road in node.roads for road in roads):
            node.roads.extend(road for road in roads if road not in node.roads)
            return
    nodes.append(Node(point, list(roads)))


def _abutments(folder: Path, roads: Sequence[Road], nodes: list[Node]) -> None:
    """Ends of a bridge that no crossing marks."""
    by_code = {road.code: road for road in roads}
    for row in rows(folder, "bridges"):
        for number, point in enumerate(plan_points(row["abutments"]), start=1):
            nodes.append(Node(point, [by_code[row["road"]]], f"{row['name']}桥头{number}"))


def _name(nodes: list[Node]) -> None:
    """Ids and names from the two chief roads of a junction; repeats are numbered."""
    seen: dict[str, int] = {}
    nodes.sort(key=lambda node: (-node.point[1], node.point[0]))
    for node in nodes:
        chief = sorted(node.roads, key=_rank)[:2]
        stem = "+".join(road.code for road in chief) if len(chief) > 1 else f"{chief[0].code}+end"
        seen[stem] = seen.get(stem, 0) + 1
        node.id = stem if seen[stem] == 1 else f"{stem}-{seen[stem]}"
        if not node.name:
            names = "×".join(road.name for road in chief)
            node.name = names if len(chief) > 1 else f"{names}端点"


def cut(roads: Sequence[Road], nodes: Sequence[Node]) -> list[Piece]:
    """Every road as sections between consecutive junctions."""
    pieces: list[Piece] = []
    for road in roads:
        own = sorted(
            ((from_line(node.point, road.line)[1], node) for node in nodes if road in node.roads),
            key=lambda item: item[0],
        )
        for number, ((a, start), (b, end)) in enumerate(pairwise(own), start=1):
            line = part(road.line, a, b)
            line = (start.point, *line[1:-1], end.point)
            pieces.append(Piece(road, number, start, end, line, _size(road, (a + b) / 2)))
    return pieces


def _size(road: Road, station: float) -> Stretch:
    """The stretch of a road that a station lies on."""
    gone = 0.0
    for stretch in road.stretches:
        gone += stations(stretch.line)[-1]
        if station <= gone:
            return stretch
    return road.stretches[-1]


def crossing_pieces(folder: Path, pieces: Sequence[Piece], kind: str) -> Iterator[Piece]:
    """Sections whose middle lies in a barrier of that kind."""
    rings = [plan_points(row["ring"]) for row in rows(folder, "barriers") if row["kind"] == kind]
    for piece in pieces:
        probes = [between(piece.line[0], piece.line[-1], share / 8) for share in range(1, 8)]
        if any(inside(probe, ring) for probe in probes for ring in rings):
            yield piece
