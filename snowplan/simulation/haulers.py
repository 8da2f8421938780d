"""Loaders, blowers, trucks and dump points at the start of a run."""

from __future__ import annotations

from snowplan.dispatch.ranks import CLEAN
from snowplan.model.fleet import Machine, MachineType, Work
from snowplan.model.hauling import FAR_MORE, TRUCK, HaulRules, PiledSnow, Truck, along_g
from snowplan.model.places import nearest_junction
from snowplan.model.plan import hauled_whole
from snowplan.simulation.dumping import Dump
from snowplan.simulation.fleet_tables import TRAVEL_SCALE
from snowplan.simulation.hauling import GROUP
from snowplan.simulation.mending import hours_to_failure_ms
from snowplan.simulation.party import LOADING_KINDS, Party
from snowplan.simulation.places import home_of_zone
from snowplan.simulation.windrows import Windrows
from snowplan.simulation.world import PARTIES, World
from snowplan.units import G_PER_KG, MS_PER_H


def open_dumps(world: World) -> None:
    """Dump points with what already lies there; verges with what they take."""
    haul, piled = world.plan.haul, world.scenario.around.physics.piled
    if haul is None or piled is None:
        return
    for number, point in enumerate(world.scenario.resources.dump_points):
        per_m3 = piled.dumped_kg_m3 * G_PER_KG
        held = int(point.filled_m3 * per_m3)
        world.dumps.append(
            Dump(
                number, nearest_junction(world.network, point), point.gates, point.green,
                int(point.capacity_m3 * per_m3), held, held,
            )
        )  # fmt: skip
    segments = range(len(world.zones))
    world.verge_g = tuple(_verge_g(world, k, haul, piled) for k in segments)
    world.ground.verge_g[:] = world.verge_g


def _verge_g(world: World, segment: int, haul: HaulRules, piled: PiledSnow) -> int:
    """Grams that the verge of a segment takes; none where it is to be hauled."""
    seg = world.network.seg
    duty = world.network.sections[seg.section[segment]].duty
    if hauled_whole(haul, duty):
        return 0
    per_m = haul.verge_m3_m.get(duty.road_class.key)
    if per_m is None:
        return FAR_MORE
    return int(along_g(per_m * piled.hauled_kg_m3, seg.length_mm[segment]))


def muster_haulers(world: World) -> None:
    """Loaders and blowers, then trucks, each in id order, as the first parties.

    Nobody where the plan has no hauling, or loaders, trucks or dump points are wanting.
    """
    haul, piled = world.plan.haul, world.scenario.around.physics.piled
    resources, types = world.scenario.resources, world.fleet.types
    machines = [
        m
        for m in sorted(resources.machines, key=lambda m: m.id)
        if m.serviceable and m.kind in LOADING_KINDS and types[m.kind].work is Work.LOAD_SNOW
    ]
    if haul is None or piled is None:
        return
    if not (machines and resources.trucks and world.dumps):
        return
    for machine in machines:
        world.parties.append(_loader(world, machine, types[machine.kind], piled))
    for truck in sorted(resources.trucks, key=lambda t: t.id):
        world.parties.append(_truck(world, truck, piled))
    world.loader_count, world.truck_count = len(machines), len(resources.trucks)
    world.hauling_open = world.plan.phrases.haul_while_clearing
    clean = world.board.base[CLEAN]
    ranks = tuple(clean[rank_class] for rank_class in world.network.seg.rank_class)
    world.windrows = Windrows(world.ground, world.zones, ranks, haul.due_kg_m, haul.left_kg_m)
    world.windrows.reckon(world.stopped)


def _loader(world: World, machine: Machine, kind: MachineType, piled: PiledSnow) -> Party:
    number = len(world.parties)
    depot = next(k for k, d in enumerate(world.scenario.resources.depots) if d.id == machine.depot)
    home = world.store_junctions[depot]
    loader = Party(
        PARTIES + number, number, machine.id, machine.kind, GROUP,
        machine.zone or world.scenario.resources.depots[depot].zone, home, home, kind.crew_size,
        round(world.fleet.reference_kph * TRAVEL_SCALE),
        round(kind.pace.travel_kph * TRAVEL_SCALE),
    )  # fmt: skip
    loader.rate_g_ms = kind.load_m3_h * piled.hauled_kg_m3 * G_PER_KG / MS_PER_H
    loader.to_failure_ms = hours_to_failure_ms(world, loader)
    return loader


def _truck(world: World, truck: Truck, piled: PiledSnow) -> Party:
    """A truck begins at the first depot of its zone."""
    number = len(world.parties)
    home = world.store_junctions[home_of_zone(world.scenario.resources, truck.zone)]
    party = Party(
        PARTIES + number, number, truck.id, TRUCK, GROUP, truck.zone, home, home, 1,
        round(world.fleet.reference_kph * TRAVEL_SCALE),
        round(truck.empty_kph * TRAVEL_SCALE),
    )  # fmt: skip
    party.loaded_den = round(truck.loaded_kph * TRAVEL_SCALE)
    party.capacity_g = int(truck.volume_m3 * piled.hauled_kg_m3 * G_PER_KG)
    return party
