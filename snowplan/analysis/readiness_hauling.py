"""Hauling of a readiness report: trucks by zone, room in the dump points in storms."""

from __future__ import annotations

from collections.abc import Mapping

from snowplan.analysis.readiness_given import Evidence, Row
from snowplan.model.hauling import DumpPoint
from snowplan.model.scenario import Resources

VOLUME, TIMES = 1, 2  # decimals


def hauling(found: Evidence) -> Row:
    """`hauling`: trucks by zone, each dump point, and all of them together."""
    dumps = [_dump(found, dump) for dump in found.first.resources.dump_points]
    room = round(sum(row["room_m3"] for row in dumps), VOLUME)
    whole = {
        name: round(sum(row["per_storm_m3"][name] for row in dumps), VOLUME) for name in found.kept
    }
    return {
        "trucks": truck_rows(found.first.resources),
        "dumps": dumps,
        "total": {"room_m3": room, "per_storm_m3": whole, "storms": _storms(room, whole)},
    }


def truck_rows(resources: Resources) -> list[Row]:
    """Trucks by zone; `load_m3` is the mean load of one."""
    zones = sorted({truck.zone for truck in resources.trucks})
    volumes = {
        zone: [truck.volume_m3 for truck in resources.trucks if truck.zone == zone]
        for zone in zones
    }
    return [
        {"zone": zone, "trucks": len(some), "load_m3": round(sum(some) / len(some), TIMES)}
        for zone, some in volumes.items()
    ]


def _dump(found: Evidence, dump: DumpPoint) -> Row:
    room = round(max(0.0, dump.capacity_m3 - dump.filled_m3), VOLUME)
    brought = {
        name: round(sum(run.dumps_m3.get(dump.id, 0.0) for run in runs) / len(runs), VOLUME)
        for name, runs in found.kept.items()
    }
    return {
        "dump": dump.id,
        "name_zh": dump.name,
        "name_en": dump.name_en or dump.id,
        "zone": dump.zone,
        "room_m3": room,
        "per_storm_m3": brought,
        "storms": _storms(room, brought),
    }


def _storms(room_m3: float, brought_m3: Mapping[str, float]) -> dict[str, float | None]:
    """How many such storms the room takes; None where nothing is brought."""
    return {
        name: round(room_m3 / volume, TIMES) if volume else None
        for name, volume in brought_m3.items()
    }
