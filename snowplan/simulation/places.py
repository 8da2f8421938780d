"""Zones and their depots: which is a zone's own, and which zones are within reach of each other."""

from __future__ import annotations

from snowplan.model.fleet import Depot
from snowplan.model.places import distance_m
from snowplan.model.scenario import Resources, Scenario
from snowplan.units import M_PER_KM


def homes_of_zones(resources: Resources) -> dict[str, tuple[int, ...]]:
    """Numbers of the depots that serve each zone: those in it; else the homes of its machines."""
    homes: dict[str, list[int]] = {}
    for number, depot in enumerate(resources.depots):
        homes.setdefault(depot.zone, []).append(number)
    number_of = {depot.id: number for number, depot in enumerate(resources.depots)}
    elsewhere: dict[str, set[int]] = {}
    for machine in resources.machines:
        if machine.zone and machine.zone not in homes:
            elsewhere.setdefault(machine.zone, set()).add(number_of[machine.depot])
    homes.update({zone: sorted(numbers) for zone, numbers in elsewhere.items()})
    return {zone: tuple(numbers) for zone, numbers in sorted(homes.items())}


def home_of_zone(resources: Resources, zone: str) -> int:
    """The number of the first depot that serves a zone; of the first of all where none does."""
    return homes_of_zones(resources).get(zone, (0,))[0]


def zones_in_reach(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """Other zones with a depot within the radius of mutual aid, by zone, in id order."""
    reach = scenario.plan.rules.mutual_aid_km * M_PER_KM
    depots, homes = scenario.resources.depots, homes_of_zones(scenario.resources)
    return {
        zone: tuple(
            other
            for other in homes
            if other != zone
            and any(_apart_m(depots[a], depots[b]) <= reach
                    for a in homes[zone] for b in homes[other])
        )
        for zone in homes
    }  # fmt: skip


def _apart_m(a: Depot, b: Depot) -> float:
    return distance_m((a.lon, a.lat), (b.lon, b.lat))
