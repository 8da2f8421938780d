"""A table of places where depots could stand: `snowplan plan depots --sites FILE`."""

from __future__ import annotations

from pathlib import Path

from snowplan.inputs.cross_checks import FARTHEST_KM
from snowplan.inputs.reading import Reading
from snowplan.inputs.table_files import Row, read_items
from snowplan.model.fleet import Depot
from snowplan.model.network import connected_junctions
from snowplan.model.places import nearest_of
from snowplan.model.roads import Junction, RoadMap
from snowplan.model.sites import Site, zones_of_junctions
from snowplan.units import M_PER_KM

COLUMNS = ("id", "name", "lon", "lat")
CHINESE = {"编号": "id", "名称": "name", "经度": "lon", "纬度": "lat", "区": "zone"}


def load_sites(path: Path, road_map: RoadMap) -> tuple[Site, ...]:
    """The sites of a CSV file by id: `id, name, lon, lat`, and `zone` where it is not the roads'.

    Raises InputError with every fault: what is no place, a place off the map, one from which or
    to which no machine gets, two places at one junction.
    """
    reading = Reading(path.parent)
    sections = sorted(road_map.sections, key=lambda section: section.id)
    names = [junction.id for junction in road_map.junctions]
    core = connected_junctions(sections, names)
    zones = {zone.id for zone in road_map.zones} or {s.duty.zone for s in sections}
    of_junction = zones_of_junctions(sections)
    taken: dict[str, str] = {}

    def site(row: Row) -> Site:
        lon, lat = row.number_in("lon", -180, 180), row.number_in("lat", -90, 90)
        name = row.text("id")
        count = len(reading.faults.items)
        at = _junction(row, name, (lon, lat), road_map, core) if row_is_sound(row) else None
        junction = "" if at is None else at.id
        if at is not None and len(reading.faults.items) == count:
            if junction in taken:
                found = f"{lon:g} {lat:g}, junction {junction}"
                row.fault("lon lat", found, f"a junction of its own, not that of {taken[junction]}")
            taken.setdefault(junction, name)
        given = row.cells.get("zone", "")
        zone = row.choice("zone", zones, "a zone of the map") if given else ""
        return Site(
            name, row.text("name"), zone or of_junction.get(junction, ""), lon, lat, junction
        )

    def row_is_sound(row: Row) -> bool:
        return not any(fault.where == f"row {row.number}" for fault in reading.faults.items)

    found = read_items(reading, path, COLUMNS, site, optional=("zone",), chinese=CHINESE)
    reading.faults.raise_if_any()
    return tuple(found)


def _junction(
    row: Row, name: str, at: tuple[float, float], road_map: RoadMap, core: frozenset[str]
) -> Junction | None:
    """The junction nearest a place; a fault for a place off the map or cut off."""
    place = Depot(name, name, "", *at, 1, 1.0, "", 0)
    nearest, metres = nearest_of(place, road_map.junctions)
    if metres > FARTHEST_KM * M_PER_KM:
        row.fault("lon lat", f"{at[0]:g} {at[1]:g}", f"a place within {FARTHEST_KM:g} km of a road")
        return None
    if nearest.id not in core:
        row.fault("lon lat", f"{at[0]:g} {at[1]:g}", "a place from which all roads are reached")
        return None
    return nearest
