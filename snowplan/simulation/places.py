"""Zones within reach of each other."""

from __future__ import annotations

from snowplan.model.places import distance_m
from snowplan.model.scenario import Scenario
from snowplan.units import M_PER_KM


def zones_in_reach(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """Other zones whose depot lies within the radius of mutual aid, by zone, in id order."""
    reach = scenario.plan.rules.mutual_aid_km * M_PER_KM
    depots = scenario.resources.depots
    near: dict[str, set[str]] = {d.zone: set() for d in depots}
    for a in depots:
        for b in depots:
            if a.zone != b.zone and distance_m((a.lon, a.lat), (b.lon, b.lat)) <= reach:
                near[a.zone].add(b.zone)
    return {zone: tuple(sorted(zones)) for zone, zones in sorted(near.items())}
