"""Mutual aid by the words of docs/model.md: whom one may help, and whose trucks stand idle."""

from __future__ import annotations

import math
from collections.abc import Iterator

from snowplan.model.fleet import Depot
from tests.oracles.evidence import LOADING, Evidence, Row

EARTH_KM = 6_371.0088


def zones_helped(e: Evidence, zone: str) -> set[str]:
    """A zone, and those one of whose depots lies within `mutual_aid_km` of one of its own."""
    depots = e.scenario.resources.depots
    reach = e.scenario.plan.rules.mutual_aid_km
    own = [d for d in depots if d.zone == zone]
    return {zone} | {d.zone for d in depots if any(apart_km(d, o) <= reach for o in own)}


def apart_km(a: Depot, b: Depot) -> float:
    """Great-circle distance, by the angle between two vectors."""
    cosine = sum(x * y for x, y in zip(_vector(a), _vector(b), strict=True))
    return EARTH_KM * math.acos(min(1.0, cosine))


def _vector(depot: Depot) -> tuple[float, float, float]:
    lon, lat = math.radians(depot.lon), math.radians(depot.lat)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


def serving(e: Evidence) -> list[tuple[int, int, str]]:
    """(from, to, zone of the loader) while a loader is at or under way to a windrow."""
    return [
        (row.start, row.end, e.party(k).zone)
        for k in e.parties(*LOADING)
        for visit in e.visits[k]
        for row in visit.rows
        if row.kind in ("travel", "load_snow") or row.reason == "truck"
    ]


def trucks_never_idle(e: Evidence) -> Iterator[str]:
    """An empty truck does not stand for want of work while a loader in reach is at a windrow."""
    at_work = serving(e)
    for truck in e.parties("truck"):
        helped = zones_helped(e, e.party(truck).zone)
        for row in e.by_party[truck]:
            if row.kind == "wait" and row.reason == "work":
                for a, b, zone in at_work:
                    if zone in helped and min(b, row.end) - max(a, row.start) > 1:
                        yield f"idle: {e.party(truck).id} stands beside a loader at {a}: {row}"


def trucks_own_first(e: Evidence) -> Iterator[str]:
    """An empty truck serves its own zone's loaders, then those in reach, and no others."""
    at_work = serving(e)
    for truck in e.parties("truck"):
        zone, name = e.party(truck).zone, e.party(truck).id
        helped = zones_helped(e, zone)
        for row in e.by_party[truck]:
            if row.kind != "travel" or row.undone:
                continue  # a truck that is not full hauls after its loader
            served = {e.party(k).zone for k in loaders_for(e, row)}
            if served and not served & helped:
                yield f"aid: {name} serves a zone out of reach: {row}"
            own = any(z == zone and a < row.start < b for a, b, z in at_work)
            if served and zone not in served and own:
                yield f"aid: {name} serves another zone before its own: {row}"


def loaders_for(e: Evidence, row: Row) -> list[int]:
    """Loaders at or under way to the place of a truck's drive when it begins."""
    return [
        k
        for k in e.parties(*LOADING)
        if any(v.place == row.place and v.begin <= row.start <= v.end for v in e.visits[k])
    ]
