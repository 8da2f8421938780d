"""Sections out of arcs: an arc and its reverse become one two-way section; defaults are counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from snowplan.inputs.network_check import SHORTEST_LOOP_M
from snowplan.inputs.osm_counts import FIELDS, Counts
from snowplan.inputs.osm_graph import Arc
from snowplan.inputs.osm_tags import tag_line, tag_number, tag_values
from snowplan.model.roads import CENTRE_OPERATOR, Carriageway, Duty, Junction, Section
from snowplan.units import MM_PER_M

SHORTEST_M = 0.1  # ends drawn on top of each other still make a section


@dataclass(frozen=True, slots=True)
class Piece:
    """One or two arcs that make a section."""

    arc: Arc
    oneway: bool

    @property
    def directions(self) -> int:
        """How many arcs it stands for."""
        return 1 if self.oneway else 2


def pair_arcs(arcs: Sequence[Arc], counts: Counts) -> list[Piece]:
    """Arcs u→v and v→u of the same way and equal length (to 1 mm) as one piece; others are one-way.

    Parallel arcs stay apart. A single arc from a junction to itself is one-way; a loop too short
    to drive is left out and named in `counts`.
    """
    groups: defaultdict[tuple[str, ...], list[Arc]] = defaultdict(list)
    for arc in arcs:
        if arc.loop and arc.length_m < SHORTEST_LOOP_M:
            counts.left_out.append(f"{arc.ways[0]} ({arc.length_m:g} m)")
            continue
        a, b = arc.raw.start, arc.raw.end
        groups[(a, b, *arc.ways) if a <= b else (b, a, *arc.ways)].append(arc)
    pieces = [piece for group in groups.values() for piece in _paired(group)]
    counts.arcs = len(arcs)
    counts.left_out.sort()
    for piece in pieces:
        counts.oneway += piece.oneway
        counts.loops += piece.arc.loop
        counts.lengthened += piece.arc.length_m < SHORTEST_M
        if piece.arc.default.operator != CENTRE_OPERATOR:
            counts.other_operator += piece.directions
    return pieces


def _paired(group: list[Arc]) -> Iterator[Piece]:
    """Arcs of one way between the same two junctions, matched by length, shortest first."""
    if len(group) == 1:
        yield Piece(group[0], oneway=True)
        return
    group.sort(key=lambda arc: (arc.length_m, *arc.order))
    ahead = [arc for arc in group if arc.raw.start < arc.raw.end]
    back = [arc for arc in group if arc.raw.start > arc.raw.end]
    if group[0].loop:  # both directions of a loop begin at the same junction
        ahead, back = group[::2], group[1::2]
    while ahead and back:
        gap_m = ahead[0].length_m - back[0].length_m
        if abs(gap_m) * MM_PER_M < 1:
            back.pop(0)
            yield Piece(ahead.pop(0), oneway=False)
        else:
            yield Piece((ahead if gap_m < 0 else back).pop(0), oneway=True)
    for arc in (*ahead, *back):
        yield Piece(arc, oneway=True)


def name_pieces(pieces: Sequence[Piece]) -> list[tuple[str, Piece]]:
    """Pieces with unique ids, in order of id: the way's number, and which piece of it."""
    by_way: defaultdict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        by_way[piece.arc.ways[0]].append(piece)
    named = []
    for way, members in by_way.items():
        members.sort(key=lambda piece: piece.arc.order)
        digits = len(str(len(members)))
        for number, piece in enumerate(members, start=1):
            named.append((way if len(members) == 1 else f"{way}-{number:0{digits}}", piece))
    return sorted(named, key=lambda item: item[0])


def make_carriageway(piece: Piece, counts: Counts) -> Carriageway:
    """Sizes of a piece; `lanes` and `width`, in tags and here, count both directions together."""
    default = piece.arc.default
    found = {}
    for tag, _ in FIELDS:
        text = piece.arc.raw.tags.get(tag, "")
        found[tag] = tag_number(text, tag) if text else None
        counts.read[tag] += piece.directions * (found[tag] is not None)
        counts.unreadable[tag] += piece.directions * (bool(text) and found[tag] is None)
    lanes = int(found["lanes"] or default.lanes_per_direction * piece.directions)
    return Carriageway(
        length_m=max(piece.arc.length_m, SHORTEST_M),
        lanes=lanes,
        width_m=found["width"] or lanes * default.lane_width_m,
        oneway=piece.oneway,
        limit_kph=found["maxspeed"] or default.limit_kph,
    )


def make_section(
    name: str,
    piece: Piece,
    way: Carriageway,
    zone: str,
    line: tuple[tuple[float, float], ...],
    counts: Counts,
) -> Section:
    """The section `name` of a piece whose size, zone and line are known."""
    raw, default = piece.arc.raw, piece.arc.default
    osm_way = piece.arc.ways[0]
    names = tag_values(raw.tags.get("name", ""))
    bridge = any(value != "no" for value in tag_values(raw.tags.get("bridge", "")))
    counts.read["name"] += piece.directions * bool(names)
    counts.read["bridge"] += piece.directions * bridge
    return Section(
        id=name,
        name=" / ".join(names) or osm_way,
        name_en=" / ".join(tag_values(raw.tags.get("name:en", ""))),
        start=raw.start,
        end=raw.end,
        way=way,
        duty=Duty(default.road_class, zone, default.operator, ("bridge",) if bridge else ()),
        line=line,
        source=f"OpenStreetMap way {osm_way}",
        length_basis="measured",
    )


def piece_line(piece: Piece, junctions: Mapping[str, Junction]) -> tuple[tuple[float, float], ...]:
    """The drawn line of a piece, or a straight one."""
    raw = piece.arc.raw
    straight = tuple((junctions[end].lon, junctions[end].lat) for end in (raw.start, raw.end))
    return tag_line(raw.tags.get("geometry", "")) or straight
