"""What can only be checked between the groups' tables and other files: crews, places, sections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from snowplan.inputs.cross_checks import FARTHEST_KM
from snowplan.inputs.reading import Reading
from snowplan.model.hands import SquadGroup
from snowplan.model.hauling import TRUCK, DumpPoint
from snowplan.model.physics import Physics
from snowplan.model.places import nearest_of
from snowplan.model.plan import Plan
from snowplan.model.roads import RoadMap
from snowplan.model.scenario import Resources
from snowplan.units import M_PER_KM


@dataclass(frozen=True, slots=True)
class GroupFiles:
    """The names of the files in question, for messages."""

    crews: str
    trucks: str
    dump_points: str
    squads: str


def check_groups(resources: Resources, files: GroupFiles, reading: Reading) -> None:
    """Trucks and squads have crews in their zone, and trucks a place to unload."""
    if not reading.faulty(files.crews, files.trucks):
        trucks = [(truck.id, truck.zone, TRUCK) for truck in resources.trucks]
        _check_crewed(trucks, resources, files.trucks, "zone", files, reading)
    if not reading.faulty(files.crews, files.squads):
        squads = [(row.id, row.zone, row.group) for row in resources.squads if row.squads]
        _check_crewed(squads, resources, files.squads, "group", files, reading)
    if resources.trucks and not resources.dump_points and not reading.faulty(files.dump_points):
        found = f"{len(resources.trucks)} trucks and no dump point"
        expected = "a dump point in dump_points.csv"
        reading.faults.add(files.trucks, "", "", found, expected)


def _check_crewed(
    rows: Iterable[tuple[str, str, str]],
    resources: Resources,
    file: str,
    column: str,
    files: GroupFiles,
    reading: Reading,
) -> None:
    """Each (id, zone, kind) has crews of its kind in its zone."""
    crewed = {(group.zone, group.kind) for group in resources.crews if group.crews > 0}
    for name, zone, kind in rows:
        if (zone, kind) not in crewed:
            found = f"no crew for {kind} in zone {zone}"
            expected = f"a crew in {files.crews} of this kind and zone"
            where = reading.where(file, name)
            reading.faults.add(file, where, f"column {column}", found, expected)


def check_piled(plan: Plan | None, physics: Physics | None, file: str, reading: Reading) -> None:
    """A plan that hauls needs the densities of moved snow."""
    if plan is not None and plan.haul is not None and physics is not None and physics.piled is None:
        expected = "the densities of moved snow, for a plan with [hauling]"
        reading.faults.add(file, "", "key piled_snow", "nothing", expected)


def check_group_places(
    resources: Resources, road_map: RoadMap, files: GroupFiles, reading: Reading
) -> None:
    """Note every dump point off the map or out of reach, and every assigned section unknown."""
    if resources.dump_points and not reading.faulty(files.dump_points):
        _check_dumps(resources.dump_points, road_map, files.dump_points, reading)
    if not reading.faulty(files.squads):
        _check_sections(resources.squads, road_map, files.squads, reading)


def _check_dumps(
    points: Sequence[DumpPoint], road_map: RoadMap, file: str, reading: Reading
) -> None:
    from snowplan.inputs.auto_depots import largest_component

    core = largest_component(road_map)
    for point in points:
        junction, metres = nearest_of(point, road_map.junctions)
        where = reading.where(file, point.id)
        if metres > FARTHEST_KM * M_PER_KM:
            found = (
                f"{point.lon:g}, {point.lat:g}, {metres / M_PER_KM:.1f} km "
                f"from the nearest junction {junction.id}"
            )
            expected = f'a place within {FARTHEST_KM:g} km of the roads (or depots = "auto")'
            reading.faults.add(file, where, "column lon, lat", found, expected)
        elif junction.id not in core:
            found = f"at junction {junction.id}"
            expected = "a junction that trucks can drive to and leave"
            reading.faults.add(file, where, "column lon, lat", found, expected)


def _check_sections(
    squads: Sequence[SquadGroup], road_map: RoadMap, file: str, reading: Reading
) -> None:
    known = {section.id: section.duty for section in road_map.sections}
    for row in squads:
        for name in row.sections:
            where = reading.where(file, row.id)
            if name not in known:
                expected = f"a section of the map {road_map.name}"
                reading.faults.add(file, where, "column sections", name, expected, known)
            elif not known[name].cleared_by_centre:
                found = f"{name} is not the centre's, or closed"
                reading.faults.add(file, where, "column sections", found, "a section to clear")
            elif known[name].zone != row.zone:
                found = f"{name} lies in zone {known[name].zone}"
                expected = f"a section of the row's zone, {row.zone}"
                reading.faults.add(file, where, "column sections", found, expected)
