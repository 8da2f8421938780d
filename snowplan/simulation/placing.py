"""Placing: a run that begins in the middle of a storm, as a duty officer has told it."""

from __future__ import annotations

from snowplan.model.now import Lying, MachineNow, kerb_g
from snowplan.results.log import KIND, REASON
from snowplan.simulation.hauling import close_verge
from snowplan.simulation.unit import Unit
from snowplan.simulation.world import World
from snowplan.units import G_PER_KG, hours_ms


def place_as_told(world: World) -> None:
    """Kerbs, de-icer and machines as told; what lies on the strips was laid with the rest."""
    now = world.scenario.now
    if now is None:
        return
    told = dict(now.lying)
    for segment, section in enumerate(world.network.seg.section):
        lying = told.get(world.network.sections[section].id)
        if lying is not None and world.network.duty[section]:
            _place_snow(world, segment, lying)
    world.windrows.reckon(world.stopped)
    units = {unit.id: unit for unit in world.units}
    for row in now.machines:
        if row.machine in units:
            _place_machine(world, units[row.machine], row)


def _place_snow(world: World, segment: int, lying: Lying) -> None:
    length_mm = world.network.seg.length_mm[segment]
    verge_g = world.ground.verge_g[segment]
    world.ground.pushed[segment] = kerb_g(lying, length_mm, verge_g)
    world.kerbs_at_start_g += world.ground.pushed[segment]
    if lying.treated:
        close_verge(world, segment)
        world.treated_at_start.add(segment)
        again = world.fleet.repeat_after_ms
        world.board.special[segment] = 1
        world.expect(again, segment, special=True)
        lo = world.network.seg.strip0[segment]
        for s in range(lo, lo + world.network.seg.strips[segment]):
            world.board.spread_due[s] = again


def _place_machine(world: World, unit: Unit, row: MachineNow) -> None:
    network, depots = world.network, world.scenario.resources.depots
    if row.place is not None:
        ends = {
            network.sections[section].id: network.seg.end[segment]
            for segment, section in enumerate(network.seg.section)
        }
        at = {depot.id: world.store_junctions[k] for k, depot in enumerate(depots)}
        junctions = {name: k for k, name in enumerate(network.junctions)}
        unit.junction = {**ends, **at, **junctions}[row.place]
    unit.hopper_g = round(row.hopper_kg * G_PER_KG)
    world.hoppers_at_start_g += unit.hopper_g
    unit.loaded_at = unit.depot
    if row.broken_h > 0:
        unit.doing, unit.reason = KIND["repair"], REASON[""]
        unit.until = hours_ms(row.broken_h)
