"""What can only be checked between files: homes, zones, crews, places, reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from snowplan.inputs.reading import Reading
from snowplan.model.fleet import CrewGroup, Depot
from snowplan.model.hauling import TRUCK
from snowplan.model.physics import Costs
from snowplan.model.places import nearest_of
from snowplan.model.plan import Plan
from snowplan.model.roads import Junction, RoadMap
from snowplan.model.scenario import Resources
from snowplan.units import M_PER_KM

FARTHEST_KM = 2.0  # a depot farther from every junction is off the map


@dataclass(frozen=True, slots=True)
class Files:
    """The names of the files in question, for messages."""

    types: str
    machines: str
    depots: str
    crews: str
    deicers: str
    scenario: str


def check_tables(resources: Resources, plan: Plan | None, files: Files, reading: Reading) -> None:
    """Note every fault between the tables; a table with faults of its own is not asked again."""
    if plan is not None:
        _check_shifts(resources.crews, plan, files, reading)
    if not reading.faulty(files.types, files.machines, files.depots, files.crews):
        _check_crewed(resources, files, reading)
    if not reading.faulty(files.deicers):
        _check_products(resources, files, reading)


def check_costs(resources: Resources, costs: Costs, file: str, reading: Reading) -> None:
    """Note every kind of machine, truck, worker and product in stock that has no price."""
    if reading.faulty(file):
        return
    for item, known, used in (
        ("machine", costs.machine_per_h, _kinds(resources)),
        ("deicer", costs.deicer_per_t, {depot.product for depot in resources.depots}),
    ):
        for kind in sorted(used - set(known)):
            found = f"no row for {item} {kind}"
            reading.faults.add(file, "", "column kind", found, f"a price of {kind}", known)

    if resources.squads and "worker" not in reading.ids(file):
        reading.faults.add(file, "", "column item", "no worker", "a price of an hour of a squad")


def _kinds(resources: Resources) -> set[str]:
    kinds = {machine.kind for machine in resources.machines}
    return kinds | {TRUCK} if resources.trucks else kinds


def check_places(resources: Resources, road_map: RoadMap, files: Files, reading: Reading) -> None:
    """Note every depot off the map and every zone out of reach of the depots."""
    near = [nearest_of(depot, road_map.junctions) for depot in resources.depots]
    _check_places(resources.depots, near, files, reading)
    if not reading.faulty(files.depots):
        _check_reach(near, road_map, files, reading)


def _check_shifts(crews: Sequence[CrewGroup], plan: Plan, files: Files, reading: Reading) -> None:
    most = plan.call_out.max_shift_h
    for group in crews:
        if group.length_h > most:
            expected = f"a shift of at most {most:g} h (call_out.rest.max_shift_h of the plan)"
            reading.faults.add(
                files.crews,
                reading.where(files.crews, group.id),
                "column length_h",
                f"{group.length_h:g} h",
                expected,
            )


def _check_crewed(resources: Resources, files: Files, reading: Reading) -> None:
    """Every kind of machine that a zone has, has crews there."""
    zone_of = {depot.id: depot.zone for depot in resources.depots}
    crewed = {(group.zone, group.kind) for group in resources.crews if group.crews > 0}
    for machine in resources.machines:
        zone = zone_of.get(machine.depot)
        if zone is None or (zone, machine.kind) in crewed or not machine.serviceable:
            continue
        found = f"no crew for {machine.kind} in zone {zone}"
        expected = f"a crew in {files.crews} that can drive it"
        reading.faults.add(
            files.machines,
            reading.where(files.machines, machine.id),
            "column kind",
            found,
            expected,
        )


def _check_products(resources: Resources, files: Files, reading: Reading) -> None:
    known = sorted(deicer.id for deicer in resources.deicers)
    for depot in resources.depots:
        if known and depot.product not in known:
            expected = f"a de-icer: {', '.join(known)}"
            reading.faults.add(
                files.depots,
                reading.where(files.depots, depot.id),
                "column product",
                depot.product,
                expected,
                known,
            )


def _check_places(
    depots: Sequence[Depot],
    near: Sequence[tuple[Junction, float]],
    files: Files,
    reading: Reading,
) -> None:
    for depot, (junction, metres) in zip(depots, near, strict=True):
        if metres > FARTHEST_KM * M_PER_KM:
            found = (
                f"{depot.lon:g}, {depot.lat:g}, {metres / M_PER_KM:.1f} km "
                f"from the nearest junction {junction.id}"
            )
            expected = f'a place within {FARTHEST_KM:g} km of the roads (or depots = "auto")'
            reading.faults.add(
                files.depots,
                reading.where(files.depots, depot.id),
                "column lon, lat",
                found,
                expected,
            )


def _check_reach(
    near: Sequence[tuple[Junction, float]],
    road_map: RoadMap,
    files: Files,
    reading: Reading,
) -> None:
    """A zone of which no depot reaches a single section cannot be served at all."""
    for zone, count in unserved_zones([junction.id for junction, _ in near], road_map):
        found = f"zone {zone} cannot be reached"
        expected = f"roads from every depot to its {count} sections"
        reading.faults.add(files.scenario, f"map {road_map.name}", "zone", found, expected)


def unserved_zones(junctions: Sequence[str], road_map: RoadMap) -> list[tuple[str, int]]:
    """Zones with sections to clear, and how many, none of which all these junctions reach."""
    from snowplan.inputs.network_check import unreachable_sections

    lost = set(unreachable_sections(road_map, sorted(set(junctions))))
    zones = []
    for zone in road_map.zones:
        own = [s for s in road_map.sections if s.duty.zone == zone.id and s.duty.cleared_by_centre]
        if own and all(section.id in lost for section in own):
            zones.append((zone.id, len(own)))
    return zones


def lost_sections(resources: Resources, road_map: RoadMap) -> list[str]:
    """Ids of the sections that machines of some depot cannot reach and come back from."""
    from snowplan.inputs.network_check import unreachable_sections

    near = {nearest_of(depot, road_map.junctions)[0].id for depot in resources.depots}
    return unreachable_sections(road_map, sorted(near))
