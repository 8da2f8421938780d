"""Zones for a map that has none: a centre and four sectors, balanced by area to clear."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate

from snowplan.model.roads import Zone

Point = tuple[float, float]

CENTRE = Zone("centre", "中区", "Centre")
SECTORS = (
    Zone("north", "北区", "North"),
    Zone("east", "东区", "East"),
    Zone("south", "南区", "South"),
    Zone("west", "西区", "West"),
)
SHARES = 1 + len(SECTORS)


def assign_zones(points: Sequence[Point], areas: Sequence[float]) -> list[str]:
    """The zone of each place: (lon, lat) in degrees of WGS-84 and m² to clear, both in order of id.

    `centre` is the nearest fifth by area around the area-weighted centroid. The rest is cut by
    bearing into four sectors of equal area, turned so that their middles lie as near to north,
    east, south and west as they can. Places without area go where they lie. Without any area the
    places themselves are counted.
    """
    weights = list(areas) if sum(areas) > 0 else [1.0] * len(points)
    if not points:
        return []
    flat = _flatten(points, weights)
    by_distance = sorted(range(len(flat)), key=lambda i: (math.hypot(*flat[i]), i))
    sums = [0.0, *accumulate(weights[i] for i in by_distance)]
    cut = _nearest(sums, sums[-1] / SHARES)
    zones = [CENTRE.id] * len(flat)
    bearing = [math.degrees(math.atan2(x, y)) % 360 for x, y in flat]
    ring = sorted(by_distance[cut:], key=lambda i: (bearing[i], i))
    for zone, members in zip(SECTORS, _sectors(ring, bearing, weights), strict=True):
        for i in members:
            zones[i] = zone.id
    return zones


def weighted_centroid(points: Sequence[Point], weights: Sequence[float]) -> Point:
    """The mean (lon, lat) of places by weight; the total weight must be above 0."""
    total = math.fsum(weights)
    lon = math.fsum(w * p[0] for p, w in zip(points, weights, strict=True)) / total
    lat = math.fsum(w * p[1] for p, w in zip(points, weights, strict=True)) / total
    return lon, lat


def middle(line: Sequence[Point]) -> Point:
    """Halfway between the ends of a section's line: where it is said to lie."""
    (lon_a, lat_a), (lon_b, lat_b) = line[0], line[-1]
    return (lon_a + lon_b) / 2, (lat_a + lat_b) / 2


def outline(points: Iterable[Point]) -> tuple[tuple[Point, ...], ...]:
    """The convex hull of places as one closed ring, anticlockwise; none below three corners."""
    places = sorted(set(points))
    half = _chain(places)[:-1] + _chain(places[::-1])[:-1]
    return ((*half, half[0]),) if len(half) >= 3 else ()


def _chain(places: Sequence[Point]) -> list[Point]:
    """One side of the hull (Andrew's monotone chain)."""
    chain: list[Point] = []
    for x, y in places:
        while len(chain) > 1:
            (ax, ay), (bx, by) = chain[-2:]
            if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                break
            chain.pop()
        chain.append((x, y))
    return chain


def _flatten(points: Sequence[Point], weights: Sequence[float]) -> list[Point]:
    """East and north of the weighted centroid, in degrees of latitude."""
    lon, lat = weighted_centroid(points, weights)
    shrink = math.cos(math.radians(lat))
    return [((p[0] - lon) * shrink, p[1] - lat) for p in points]


def _nearest(sums: Sequence[float], target: float) -> int:
    """Where rising sums come nearest to the target."""
    after = min(bisect_left(sums, target), len(sums) - 1)
    before = max(after - 1, 0)
    return before if target - sums[before] <= sums[after] - target else after


def _sectors(
    ring: Sequence[int], bearing: Sequence[float], weights: Sequence[float]
) -> list[list[int]]:
    """Members of the north, east, south and west sectors; `ring` is in order of bearing."""
    turned = [*ring, *ring]
    sums = [0.0, *accumulate(weights[i] for i in turned)]
    pull = [weights[i] * complex(_cos(bearing[i]), _sin(bearing[i])) for i in turned]
    pulls = [0j, *accumulate(pull)]
    angles = [bearing[i] for i in ring]
    starts = sorted({bisect_left(angles, angle) for angle in range(270, 360)})

    def cuts(start: int) -> list[int]:
        quarter = sums[len(ring)] / len(SECTORS)
        inner = [_nearest(sums, sums[start] + n * quarter) for n in range(1, len(SECTORS))]
        return [start, *inner, start + len(ring)]

    def astray(start: int) -> float:
        """Squared degrees between the sectors' middles and the directions they are named by."""
        at = cuts(start)
        return sum(
            _turn(pulls[at[n + 1]] - pulls[at[n]], 90.0 * n) ** 2 for n in range(len(SECTORS))
        )

    at = cuts(min(starts, key=lambda start: (astray(start), start)))
    return [turned[at[n] : at[n + 1]] for n in range(len(SECTORS))]


def _turn(direction: complex, bearing: float) -> float:
    """Degrees from a bearing to a direction, -180 to 180."""
    angle = math.degrees(math.atan2(direction.imag, direction.real))
    return (angle - bearing + 180) % 360 - 180


def _cos(degrees: float) -> float:
    return math.cos(math.radians(degrees))


def _sin(degrees: float) -> float:
    return math.sin(math.radians(degrees))
