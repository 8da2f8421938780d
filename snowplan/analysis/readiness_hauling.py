"""Hauling of a readiness report: trucks by zone, room in the dump points in storms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from snowplan.analysis.readiness_given import Evidence, Row
from snowplan.model.hauling import DumpPoint
from snowplan.model.scenario import Resources

VOLUME, TIMES = 1, 2  # decimals


def hauling(found: Evidence) -> Row:
    """`hauling`: trucks by zone, each dump point, and together those that take treated snow."""
    rows = [_dump(found, dump) for dump in found.first.resources.dump_points]
    return {
        "trucks": truck_rows(found.first.resources),
        "dumps": rows,
        "total": _total(found, rows),
    }


def _total(found: Evidence, rows: Sequence[Row]) -> Row:
    """The dump points that are not shut to treated snow: room, what came, what should have come."""
    taking = [row for row in rows if not row["shut"]]
    room = round(sum(row["room_m3"] for row in taking), VOLUME)
    brought = {
        name: round(sum(row["per_storm_m3"][name] for row in taking), VOLUME) for name in found.kept
    }
    must = {name: found.given.must_haul.get(name) for name in found.kept}
    return {
        "room_m3": room,
        "shut_m3": round(sum(row["room_m3"] for row in rows) - room, VOLUME),
        "per_storm_m3": brought,
        "storms": _storms(room, brought),
        "must_m3": must,
        "storms_must": _storms(room, must),
        "weakest": {name: _weakest(taking, name) for name in found.kept},
    }


def _weakest(rows: Sequence[Row], scenario: str) -> str | None:
    """The dump point that is full first; None where nothing is brought."""
    used = [row for row in rows if row["storms"][scenario] is not None]
    return min(used, key=lambda row: row["storms"][scenario])["dump"] if used else None


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
    rules = found.first.plan.haul
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
        "shut": dump.green and rules is not None and rules.treated_off_green,
        "room_m3": room,
        "per_storm_m3": brought,
        "storms": _storms(room, brought),
    }


def _storms(room_m3: float, brought_m3: Mapping[str, float | None]) -> dict[str, float | None]:
    """How many such storms the room takes; None where nothing is brought."""
    return {
        name: round(room_m3 / volume, TIMES) if volume else None
        for name, volume in brought_m3.items()
    }
