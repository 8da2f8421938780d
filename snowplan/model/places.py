"""Distances over ground, and the junction nearest a place."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from snowplan.model.fleet import Depot
from snowplan.model.hauling import DumpPoint
from snowplan.model.roads import Junction
from snowplan.units import M_PER_KM

if TYPE_CHECKING:
    from snowplan.model.network import Network

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG


def distance_m(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance in metres between two (lon, lat), degrees of WGS-84."""
    lon_a, lat_a, lon_b, lat_b = map(math.radians, (*a, *b))
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * M_PER_KM * math.asin(math.sqrt(half))


def moved(place: tuple[float, float], east_m: float, north_m: float) -> tuple[float, float]:
    """A (lon, lat) so many metres to the east and north, to 1e-7 degrees (a centimetre)."""
    lon, lat = place
    radius_m = EARTH_RADIUS_KM * M_PER_KM
    east = math.degrees(east_m / (radius_m * math.cos(math.radians(lat))))
    return round(lon + east, 7), round(lat + math.degrees(north_m / radius_m), 7)


def nearest_of(place: Depot | DumpPoint, junctions: Iterable[Junction]) -> tuple[Junction, float]:
    """The junction nearest to a depot or dump point, and its distance in metres; ties by id."""
    here = (place.lon, place.lat)
    metres, _, best = min((distance_m(here, (j.lon, j.lat)), j.id, j) for j in junctions)
    return best, metres


def nearest_junction(network: Network, place: Depot | DumpPoint) -> int:
    """The junction nearest a place from which machines can leave and return (ties by number)."""
    usable = {
        network.junctions[end]
        for k, section in enumerate(network.seg.section)
        if network.duty[section]
        for end in (network.seg.start[k], network.seg.end[k])
    } or set(network.junctions)
    best, _ = nearest_of(place, (j for j in network.road_map.junctions if j.id in usable))
    return network.junctions.index(best.id)
