"""Tables of the groups beside the machines: trucks, dump points, squads, frontage duty."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from snowplan.inputs.reading import Reading
from snowplan.inputs.table_files import Row, read_items
from snowplan.model.hands import SQUAD_GROUPS, Frontage, SquadGroup
from snowplan.model.hauling import DumpPoint, Truck

TRUCK_COLUMNS = ("id", "zone", "volume_m3", "loaded_kph", "empty_kph")
DUMP_COLUMNS = (
    "id", "name", "name_en", "zone", "lon", "lat", "gates", "unload_min", "capacity_m3",
    "filled_m3", "green",
)  # fmt: skip
SQUAD_COLUMNS = ("id", "zone", "group", "squads", "workers", "transport_kph", "sections")
FRONTAGE_COLUMNS = ("zone", "coverage", "compliance", "delay_h", "thrown_back")


def read_trucks(reading: Reading, path: Path, zones: Collection[str]) -> tuple[Truck, ...]:
    """`trucks.csv`, by id; each truck's zone must be known, where any is."""

    def truck(row: Row) -> Truck:
        return Truck(
            id=row.text("id"),
            zone=row.choice("zone", zones, "a zone of the map"),
            volume_m3=row.number_in("volume_m3", 0, 100, above=True),
            loaded_kph=row.number_in("loaded_kph", 0, 120, above=True),
            empty_kph=row.number_in("empty_kph", 0, 120, above=True),
        )

    return tuple(read_items(reading, path, TRUCK_COLUMNS, truck))


def read_dump_points(reading: Reading, path: Path, zones: Collection[str]) -> tuple[DumpPoint, ...]:
    """`dump_points.csv`, by id; what is used of a dump cannot be more than it holds."""

    def dump(row: Row) -> DumpPoint:
        point = DumpPoint(
            id=row.text("id"),
            name=row.text("name"),
            name_en=row.text("name_en"),
            zone=row.choice("zone", zones, "a zone of the map"),
            lon=row.number_in("lon", -180, 180),
            lat=row.number_in("lat", -90, 90),
            gates=row.whole("gates", 1, 100),
            unload_min=row.number_in("unload_min", 0, 1440, above=True),
            capacity_m3=row.number_in("capacity_m3", 0, 1e8, above=True),
            filled_m3=row.number_in("filled_m3", 0, 1e8),
            green=row.yes_no("green"),
        )
        if point.filled_m3 > point.capacity_m3 > 0:
            most = f"at most capacity_m3, {point.capacity_m3:g}"
            row.fault("filled_m3", f"{point.filled_m3:g}", most)
        return point

    return tuple(read_items(reading, path, DUMP_COLUMNS, dump))


def read_squads(reading: Reading, path: Path, zones: Collection[str]) -> tuple[SquadGroup, ...]:
    """`squads.csv`, by id; `sections` are ids with blanks between them, or blank for the zone's."""

    def squads(row: Row) -> SquadGroup:
        return SquadGroup(
            id=row.text("id"),
            zone=row.choice("zone", zones, "a zone of the map"),
            group=row.choice("group", SQUAD_GROUPS, "a group that sends squads"),
            squads=row.whole("squads", 0, 10_000),
            workers=row.whole("workers", 1, 1000),
            transport_kph=row.number_in("transport_kph", 0, 120, above=True),
            sections=_once(row, "sections"),
        )

    return tuple(read_items(reading, path, SQUAD_COLUMNS, squads))


def _once(row: Row, column: str) -> tuple[str, ...]:
    """Ids with blanks between them, sorted; each at most once."""
    values = row.cells.get(column, "").split()
    for value in sorted({value for value in values if values.count(value) > 1}):
        row.fault(column, value, "each section once")
    return tuple(sorted(set(values)))


def read_frontage(reading: Reading, path: Path, zones: Collection[str]) -> tuple[Frontage, ...]:
    """`frontage.csv`, by zone; shares from 0 to 1."""

    def frontage(row: Row) -> Frontage:
        return Frontage(
            zone=row.choice("zone", zones, "a zone of the map"),
            coverage=row.number_in("coverage", 0, 1),
            compliance=row.number_in("compliance", 0, 1),
            delay_h=row.number_in("delay_h", 0, 240),
            thrown_back=row.number_in("thrown_back", 0, 1),
        )

    return tuple(read_items(reading, path, FRONTAGE_COLUMNS, frontage, ("zone",)))
