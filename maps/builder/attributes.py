"""What each section is: length, zone, flags, hauling."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from maps.builder.network import Meetings, Piece, crossing_pieces
from maps.builder.plane import Point, distance, ground_length, inside
from maps.builder.tables import plan_points, rows

APPROACH_M = 400.0  # a section this short beside a bridge is its approach
OLD_CITY = (0.0, 0.0)  # its middle is the plan's origin
FRINGE = "fringe"
BASES = {"named": "scaled", "mentioned": "assumed", "filler": "assumed"}


def lengths(folder: Path, pieces: Sequence[Piece]) -> dict[str, tuple[float, str]]:
    """Length in metres (to 0.1) and its basis by section id.

    Where a source gives a road's whole length, its sections share it in proportion to the
    drawing; where it gives a bridge's, the bridge has it. Other lengths are measured on the
    drawing: `scaled` where a source places the road among others, `assumed` elsewhere.
    """
    sized = {piece.id: (ground_length(piece.line), BASES[piece.road.kind]) for piece in pieces}
    for row in rows(folder, "lengths"):
        own = [piece.id for piece in pieces if piece.road.code == row["road"]]
        factor = float(row["length_m"]) / sum(sized[key][0] for key in own)
        sized.update({key: (sized[key][0] * factor, "sourced") for key in own})
    for row in rows(folder, "bridges"):
        if row["length_m"]:
            sized[bridge(folder, pieces, row).id] = (float(row["length_m"]), "sourced")
    return {key: (round(length, 1), basis) for key, (length, basis) in sized.items()}


def bridge(folder: Path, pieces: Sequence[Piece], row: dict[str, str]) -> Piece:
    """The one section that is the bridge of a row of bridges.csv."""
    ring = next(plan_points(b["ring"]) for b in rows(folder, "barriers") if b["id"] == row["over"])
    own = [p for p in pieces if p.road.code == row["road"] and inside(p.middle, ring)]
    if len(own) != 1:
        raise ValueError(f"bridges.csv {row['name']}: {len(own)} sections lie over it, not one")
    return own[0]


def zone_of(folder: Path) -> list[tuple[str, tuple[Point, ...]]]:
    """Zone ids and their rings on the plan."""
    return [(row["id"], plan_points(row["ring"])) for row in rows(folder, "zones")]


def find_zone(zones: Sequence[tuple[str, tuple[Point, ...]]], piece: Piece) -> str:
    """The zone that holds the section's middle."""
    for name, ring in zones:
        if inside(piece.middle, ring):
            return name
    raise ValueError(f"section {piece.id}: its middle {piece.middle} lies in no zone")


def flags(folder: Path, pieces: Sequence[Piece]) -> dict[str, list[str]]:
    """Flags by section id, sorted: critical places, and the urban-rural fringe."""
    marked: dict[str, set[str]] = {piece.id: set() for piece in pieces}
    bridges = [bridge(folder, pieces, row) for row in rows(folder, "bridges")]
    for piece in bridges:
        marked[piece.id].add("bridge")
    for piece in crossing_pieces(folder, pieces, "railway"):
        if piece not in bridges:
            marked[piece.id].add("slope")
    ends = {(piece.road.code, id(node)) for piece in bridges for node in (piece.start, piece.end)}
    for piece in pieces:
        touches = {(piece.road.code, id(piece.start)), (piece.road.code, id(piece.end))} & ends
        short = distance(piece.line[0], piece.line[-1]) < APPROACH_M
        if touches and short and piece not in bridges:
            marked[piece.id].add("slope")
    _mark_ramps(folder, pieces, marked)
    _mark_places(folder, pieces, marked)
    _mark_fringe(folder, pieces, marked)
    return {key: sorted(words) for key, words in marked.items()}


def _mark_fringe(folder: Path, pieces: Sequence[Piece], marked: dict[str, set[str]]) -> None:
    """The centre's branch roads and lanes whose middle is far from the middle of the old city."""
    beyond = {row["road_class"]: float(row["beyond_m"]) for row in rows(folder, "fringe")}
    for piece in pieces:
        limit_m = beyond.get(piece.road.road_class)
        far = limit_m is not None and distance(piece.middle, OLD_CITY) > limit_m
        if far and piece.road.operator == "centre":
            marked[piece.id].add(FRINGE)


def _mark_ramps(folder: Path, pieces: Sequence[Piece], marked: dict[str, set[str]]) -> None:
    """Sections that hold the ramps of an interchange: those that end at it."""
    interchanges = Meetings(folder).interchanges
    for piece in pieces:
        for node in (piece.start, piece.end):
            names = {road.name for road in node.roads}
            if any(pair <= names for pair in interchanges):
                marked[piece.id].add("ramp")


def _mark_places(folder: Path, pieces: Sequence[Piece], marked: dict[str, set[str]]) -> None:
    """Sections whose middle lies near a station or hospital (main and secondary roads)."""
    for row in rows(folder, "places"):
        centre = plan_points(row["place"])[0]
        for piece in pieces:
            near = distance(piece.middle, centre) <= float(row["radius_m"])
            if near and piece.road.road_class in {"main", "secondary"}:
                marked[piece.id].add(row["flag"])


def hauled(piece: Piece, zone: str, words: Sequence[str]) -> bool:
    """Snow must be carried off: main roads of the centre zone, bridges, stations, hospitals."""
    if piece.road.operator != "centre":
        return False
    main = piece.road.road_class == "main" and zone == "centre"
    return main or bool({"bridge", "station", "hospital"} & set(words))
