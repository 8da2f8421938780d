"""The plane the schematic is laid out on: metres east and north of the old city's centre.

Roads are laid out on a straight plan (u, v) and drawn on the ground (x, y): `ground` bends the
plan gently along the river and towards the edges and leaves the old city square. Only +, −, × and
÷ and square roots are used, so that every machine writes the same bytes.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from math import sqrt

Point = tuple[float, float]
Line = tuple[Point, ...]

CENTRE_LON, CENTRE_LAT = 113.2955, 40.0905  # the crossing of the old city's axes, from its temples
M_PER_DEG_LON, M_PER_DEG_LAT = 85067.371, 111195.080  # on the mean sphere, at that latitude
RIVER_U = 1745.0
STEP_M = 250.0  # a drawn line has a point at least this often


def river_shift(v: float) -> float:
    """How far the river lies east of its straight plan: south of the old city it bends away."""
    if v < -1500:
        return 2.0e-5 * (v + 1500) ** 2
    return -6.0e-6 * (v - 1500) ** 2 if v > 1500 else 0.0


def ground(point: Point) -> Point:
    """A plan point on the ground, metres east and north of the old city's centre."""
    u, v = point
    east = u + river_shift(v) / (1 + ((u - RIVER_U) / 3500) ** 2)
    sag = -7.0e-6 * (u - 1980) ** 2 if u > 1980 else 0.0
    lift = 9.0e-6 * (u + 2000) ** 2 if u < -2000 else 0.0
    return east, v + sag + lift


def degrees(point: Point) -> list[float]:
    """A plan point as [longitude, latitude] of WGS-84 on the grid of 1e-6 degrees."""
    east, north = ground(point)
    return [
        round(CENTRE_LON + east / M_PER_DEG_LON, 6),
        round(CENTRE_LAT + north / M_PER_DEG_LAT, 6),
    ]


def distance(a: Point, b: Point) -> float:
    """Straight distance."""
    return sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)


def between(a: Point, b: Point, share: float) -> Point:
    """The point at that share of the way from a to b."""
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def stations(line: Sequence[Point]) -> list[float]:
    """Distance from the line's beginning at each of its points."""
    along = [0.0]
    for a, b in itertools.pairwise(line):
        along.append(along[-1] + distance(a, b))
    return along


def part(line: Sequence[Point], first: float, last: float) -> Line:
    """The line between two distances from its beginning."""
    along = stations(line)
    middle = [p for p, s in zip(line, along, strict=True) if first + 0.01 < s < last - 0.01]
    return (at(line, first), *middle, at(line, last))


def at(line: Sequence[Point], station: float) -> Point:
    """The point of a line at a distance from its beginning."""
    along = stations(line)
    for index in range(len(line) - 1):
        if station <= along[index + 1]:
            span = along[index + 1] - along[index]
            return between(line[index], line[index + 1], (station - along[index]) / span)
    return line[-1]


def dense(line: Sequence[Point]) -> Line:
    """The same line with points often enough to bend on the ground."""
    points = [line[0]]
    for a, b in itertools.pairwise(line):
        pieces = max(1, int(distance(a, b) // STEP_M))
        points.extend(between(a, b, number / pieces) for number in range(1, pieces + 1))
    return tuple(points)


def ground_length(line: Sequence[Point]) -> float:
    """Length on the ground, metres."""
    return stations([ground(point) for point in dense(line)])[-1]


def crossings(a: Sequence[Point], b: Sequence[Point], reach: float) -> list[Point]:
    """Where two lines cross, or end within `reach` metres of each other."""
    found: list[Point] = []
    for p, q in itertools.pairwise(a):
        for r, s in itertools.pairwise(b):
            point = _crossing(p, q, r, s, reach)
            if point is not None and all(distance(point, other) > reach for other in found):
                found.append(point)
    return found


def _crossing(p: Point, q: Point, r: Point, s: Point, reach: float) -> Point | None:
    along = (q[0] - p[0], q[1] - p[1])
    across = (s[0] - r[0], s[1] - r[1])
    turn = along[0] * across[1] - along[1] * across[0]
    if abs(turn) < 0.05 * distance(p, q) * distance(r, s):  # nearly parallel: only ends can meet
        ends = [x for x in (p, q) for y in (r, s) if distance(x, y) <= reach]
        return ends[0] if ends else None
    t = ((r[0] - p[0]) * across[1] - (r[1] - p[1]) * across[0]) / turn
    w = ((r[0] - p[0]) * along[1] - (r[1] - p[1]) * along[0]) / turn
    over_t, over_w = reach / distance(p, q), reach / distance(r, s)
    if -over_t <= t <= 1 + over_t and -over_w <= w <= 1 + over_w:
        return between(r, s, min(1.0, max(0.0, w)))
    return None


def from_line(point: Point, line: Sequence[Point]) -> tuple[float, float]:
    """Distance of a point from a line, and the station of the nearest place on it."""
    best, place, gone = float("inf"), 0.0, 0.0
    for a, b in itertools.pairwise(line):
        span = distance(a, b)
        dot = (point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])
        share = min(1.0, max(0.0, dot / (span * span)))
        off = distance(point, between(a, b, share))
        if off < best:
            best, place = off, gone + share * span
        gone += span
    return best, place


def inside(point: Point, ring: Sequence[Point]) -> bool:
    """Whether a point lies inside a ring (even–odd rule)."""
    x, y = point
    within = False
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            within = not within
    return within
