"""Branch roads and lanes drawn into the blocks between main and secondary roads."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from maps.builder.plane import Line, Point, at, between, crossings, distance, from_line, inside
from maps.builder.tables import Road, Stretch, plan_points, rows

SPACE_M = {"branch": 105.0, "lane": 48.0}  # no closer to a road that runs alongside
SPAN_M = {"branch": (130.0, 1150.0), "lane": (90.0, 420.0)}
NAMES = {"branch": ("示意支路", "Schematic branch road"), "lane": ("示意小巷", "Schematic lane")}
CODES = {"branch": "shiyi-zhilu", "lane": "shiyi-xiang"}
ONE_WAY_SHARE, CUL_DE_SAC_SHARE, GO_ON_SHARE = 0.12, 0.45, 0.75


def chance(*names: object) -> float:
    """A number from 0 to 1 that depends on the names alone: the same on every machine."""
    text = ":".join(str(name) for name in names)
    return int(hashlib.sha256(text.encode()).hexdigest()[:12], 16) / 16**12


@dataclass
class Block:
    """One row of fill.csv."""

    id: str
    kind: str
    low: Point
    high: Point
    step: Point
    keep: float


def read_blocks(folder: Path, kind: str) -> list[Block]:
    """The rows of fill.csv of one kind."""
    return [
        Block(
            row["id"],
            kind,
            (float(row["u0"]), float(row["v0"])),
            (float(row["u1"]), float(row["v1"])),
            (float(row["step_u"]), float(row["step_v"])),
            float(row["keep"]),
        )
        for row in rows(folder, "fill")
        if row["kind"] == kind
    ]


def read_barriers(folder: Path) -> list[Line]:
    """Rings that no filler road may cross: river, railway, lake (the old city is none)."""
    table = [row for row in rows(folder, "barriers") if row["kind"] != "old_city"]
    return [plan_points(row["ring"]) for row in table]


def fill(folder: Path, roads: Sequence[Road], kind: str) -> list[Road]:
    """Filler roads of one kind that fit between the roads given."""
    default = next(row for row in rows(folder, "class_defaults") if row["road_class"] == kind)
    barriers = read_barriers(folder)
    added: list[Road] = []
    for block in read_blocks(folder, kind):
        walls = [road.line for road in roads if road.road_class != "expressway"]
        lines = list(_lines(block, walls, barriers, added))
        for number, line in enumerate(lines, start=1):
            added.append(_road(block, number, line, default))
    return added


def _road(block: Block, number: int, line: Line, default: dict[str, str]) -> Road:
    letter, kind = block.id.upper(), block.kind
    size = Stretch(line, int(default["lanes"]), float(default["width_m"]), float(default["side_m"]))
    oneway = kind == "branch" and chance("one-way", block.id, number) < ONE_WAY_SHARE
    return Road(
        f"{CODES[kind]}-{block.id}{number:03d}",
        f"{NAMES[kind][0]}{letter}{number}",
        f"{NAMES[kind][1]} {letter}{number}",
        "filler",
        kind,
        "centre",
        float(default["limit_kph"]),
        "F;P;WD",
        (size,),
        oneway,
    )


def _lines(
    block: Block, walls: Sequence[Line], barriers: Sequence[Line], added: Sequence[Road]
) -> Iterator[Line]:
    """Kept pieces of the block's ruling lines, neighbours often joined into one road."""
    others = [*walls, *(road.line for road in added if road.road_class == block.kind)]
    for axis in (0, 1):
        for rank, ruling in enumerate(_rulings(block, axis)):
            run: list[Point] = []
            for number, piece in enumerate(_pieces(block, ruling, walls)):
                name = (block.id, block.kind, axis, rank, number)
                kept = chance("keep", *name) < block.keep and _fits(piece, block, others, barriers)
                joins = run and distance(run[-1], piece[0]) < 1
                if run and not (kept and joins and chance("on", *name) < GO_ON_SHARE):
                    yield _shaped(run, block, rank, axis)
                    run = []
                if kept:
                    run = [*run, piece[1]] if run else list(piece)
            if run:
                yield _shaped(run, block, rank, axis)


def _rulings(block: Block, axis: int) -> Iterator[Line]:
    """Lines across the block at the block's step, set off a little so that none looks ruled."""
    low, high, step = block.low[axis], block.high[axis], block.step[axis]
    place, rank = low + step / 2, 0
    while place < high:
        lean = (chance("lean", block.id, block.kind, axis, rank) - 0.5) * step * 0.3
        a, b = block.low[1 - axis], block.high[1 - axis]
        ends = ((place + lean, a), (place + lean, b))
        yield ends if axis == 0 else ((a, place + lean), (b, place + lean))
        place, rank = place + step, rank + 1


def _pieces(block: Block, ruling: Line, walls: Sequence[Line]) -> list[tuple[Point, Point]]:
    """The ruling line cut where it meets the roads around."""
    stops: set[float] = set()
    for wall in walls:
        for point in crossings(ruling, wall, 0.5):
            stops.add(round(from_line(point, ruling)[1], 3))
    cuts = sorted(stops)
    least, most = SPAN_M[block.kind]
    return [
        (at(ruling, a), at(ruling, b))
        for a, b in itertools.pairwise(cuts)
        if least <= b - a <= most
    ]


def _fits(
    piece: tuple[Point, Point], block: Block, others: Sequence[Line], barriers: Sequence[Line]
) -> bool:
    """Clear of barriers and not beside another road."""
    probes = [between(*piece, share) for share in (0.25, 0.5, 0.75)]
    if any(inside(probe, ring) for probe in probes for ring in barriers):
        return False
    return not any(_alongside(probes, other, SPACE_M[block.kind]) for other in others)


def _alongside(probes: Sequence[Point], other: Line, space: float) -> bool:
    """Whether another road is near and keeps its distance; one that crosses does not."""
    away = [from_line(probe, other)[0] for probe in probes]
    return min(away) < space and max(away) - min(away) < 0.3 * distance(probes[0], probes[-1])


def _shaped(run: Sequence[Point], block: Block, rank: int, axis: int) -> Line:
    """The run as it is, or, for some lanes, cut short to a dead end."""
    ends = (run[0], run[-1])
    if block.kind == "lane" and len(run) == 2:
        draw = chance("dead end", block.id, axis, rank, run[0])
        if draw < CUL_DE_SAC_SHARE:
            turn = ends if draw < CUL_DE_SAC_SHARE / 2 else ends[::-1]
            return (turn[0], between(*turn, 0.58))
    return tuple(run)
