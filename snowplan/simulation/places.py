"""Where things stand: the junction nearest a place, and zones within reach of each other."""

from __future__ import annotations

import math

from snowplan.model.fleet import Depot
from snowplan.model.hauling import DumpPoint
from snowplan.model.network import Network
from snowplan.model.scenario import Scenario
from snowplan.units import M_PER_KM

EARTH_M = 6_371_008.8


def nearest_junction(network: Network, place: Depot | DumpPoint) -> int:
    """The junction nearest a place from which machines can leave and return (ties by number)."""
    places = {j.id: j for j in network.road_map.junctions}
    usable = {
        end
        for k, section in enumerate(network.seg.section)
        if network.duty[section]
        for end in (network.seg.start[k], network.seg.end[k])
    }

    def apart(number: int) -> tuple[float, int]:
        junction = places[network.junctions[number]]
        return distance_m(place.lon, place.lat, junction.lon, junction.lat), number

    return min(usable or range(len(network.junctions)), key=apart)


def zones_in_reach(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """Other zones whose depot lies within the radius of mutual aid, by zone, in id order."""
    reach = scenario.plan.rules.mutual_aid_km * M_PER_KM
    depots = scenario.resources.depots
    near: dict[str, set[str]] = {d.zone: set() for d in depots}
    for a in depots:
        for b in depots:
            if a.zone != b.zone and distance_m(a.lon, a.lat, b.lon, b.lat) <= reach:
                near[a.zone].add(b.zone)
    return {zone: tuple(sorted(zones)) for zone, zones in sorted(near.items())}


def distance_m(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Great-circle distance in metres."""
    a, b = math.radians(lat_a), math.radians(lat_b)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_M * math.asin(math.sqrt(half))
