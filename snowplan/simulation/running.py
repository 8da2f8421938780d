"""Running a scenario: build the world, start the processes in id order, run, sweep the ledgers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from snowplan.dispatch.finding import Ways
from snowplan.model.draws import Draws
from snowplan.model.fleet import ROAD_WORKS, Work
from snowplan.model.network import Network
from snowplan.model.places import nearest_junction
from snowplan.model.scenario import Scenario
from snowplan.model.snow import NEVER
from snowplan.results.log import KIND
from snowplan.simulation.assessing import assessing
from snowplan.simulation.calling import calling
from snowplan.simulation.clearing import clearing
from snowplan.simulation.fleet_tables import TRAVEL_SCALE, FleetTables, Shape
from snowplan.simulation.group_work import stand_groups_down, start_groups
from snowplan.simulation.haulers import muster_haulers, open_dumps
from snowplan.simulation.ledgers import Ledger, sweep
from snowplan.simulation.mending import hours_to_failure_ms
from snowplan.simulation.places import zones_in_reach
from snowplan.simulation.placing import place_as_told
from snowplan.simulation.sky import Sky
from snowplan.simulation.squads import muster_squads, open_sides
from snowplan.simulation.store import Store
from snowplan.simulation.unit import Unit
from snowplan.simulation.waiting import send
from snowplan.simulation.world import MACHINES, World
from snowplan.units import G_PER_KG, MS_PER_H


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished run: the world at its horizon, the ledgers, and the SimPy events it took."""

    world: World
    ledger: Ledger
    simpy_events: int


def prepare(
    scenario: Scenario,
    network: Network,
    finder: str = "auto",
    roads: dict[Shape, Ways] | None = None,
) -> World:
    """The world of a scenario at its start, with every process waiting to begin.

    `roads` keeps travel times between runs on one network (see `FleetTables`).
    """
    world = furnish(scenario, network, finder, roads)
    begin(world, world.units)
    start_groups(world)
    return world


def furnish(
    scenario: Scenario,
    network: Network,
    finder: str = "auto",
    roads: dict[Shape, Ways] | None = None,
    now_ms: int = 0,
) -> World:
    """The world of a scenario with everybody in place; nobody has begun."""
    draws = Draws(scenario.study.run_seed, scenario.around.uncertainty)
    sky = Sky(scenario, network, draws)
    fleet = FleetTables(scenario, network, finder, roads)
    fleet.prepare(sky)
    world = World(scenario, network, sky, fleet, now_ms)
    world.ground.lay(*sky.initial_snow(network))
    world.send = partial(send, world)
    world.aid = zones_in_reach(scenario)
    _open_depots(world)
    _muster_units(world)
    open_dumps(world)
    open_sides(world)
    muster_haulers(world)
    muster_squads(world)
    place_as_told(world)
    return world


def begin(world: World, units: Iterable[Unit]) -> None:
    """Start the centre's processes, and the machines' in this order."""
    world.env.process(assessing(world, world.sky.outlook))
    if world.called_out_ms == NEVER:
        world.env.process(calling(world, world.sky.outlook))
    for unit in units:
        world.env.process(clearing(world, unit))


def run(scenario: Scenario, network: Network, finder: str = "auto") -> Finished:
    """Run a scenario to its horizon.

    Raises LedgerError when an account does not balance, RunError when it cannot go on.
    """
    return finish_run(prepare(scenario, network, finder))


def finish_run(world: World, on_progress: Callable[[int], None] | None = None) -> Finished:
    """Run a prepared world to its horizon and close its books.

    `on_progress` is told the instant reached, once an hour of the run; it changes nothing.
    """
    while on_progress is not None and world.env.now + MS_PER_H < world.horizon:
        world.env.run(until=int(world.env.now) + MS_PER_H)
        on_progress(int(world.env.now))
    world.env.run(until=world.horizon)
    events = next(world.env._eid)
    close_books(world)
    return Finished(world, sweep(world), events)


def close_books(world: World) -> None:
    """Write what is under way at the horizon, cut off there."""
    from snowplan.simulation.passing import cut_off

    for unit in world.units:
        cut_off(world, unit, world.horizon)
    stand_groups_down(world, world.horizon)


def _open_depots(world: World) -> None:
    for number, depot in enumerate(world.scenario.resources.depots):
        stock = depot.stock_kg * G_PER_KG
        world.stores.append(Store(world.env, number, depot.bays, stock))
        world.store_junctions.append(nearest_junction(world.network, depot))
        products = {d.id: d for d in world.scenario.resources.deicers}
        world.products.append(products[depot.product])


def _muster_units(world: World) -> None:
    """Machines that serve, in the order (kind, id), at their depots with empty hoppers."""
    depots = {d.id: (k, d) for k, d in enumerate(world.scenario.resources.depots)}
    reference = world.fleet.reference_kph
    machines = sorted(world.scenario.resources.machines, key=lambda m: (m.kind, m.id))
    for machine in machines:
        if not machine.serviceable:
            continue
        number, depot = depots[machine.depot]
        kind = world.fleet.types[machine.kind]
        if kind.work not in ROAD_WORKS:
            continue
        unit = Unit(
            MACHINES + len(world.units), machine.id, kind, kind.work, machine.zone or depot.zone,
            number, world.store_junctions[number], KIND[kind.work.value],
        )  # fmt: skip
        unit.cover = world.fleet.cover[machine.kind]
        unit.base_ms = world.fleet.base_ms[machine.kind]
        unit.clears = kind.work in (Work.PLOUGH, Work.BRUSH)
        unit.depth_k = kind.pace.depth_k
        density = world.ground.density
        unit.left = (kind.tool.residual_mm * density, kind.tool.rough_residual_mm * density)
        unit.travel_num = round(reference * TRAVEL_SCALE)
        unit.travel_den = round(kind.pace.travel_kph * TRAVEL_SCALE)
        unit.pace = world.draws.value(unit.id, "working_speed", 1.0)
        unit.to_failure_ms = hours_to_failure_ms(world, unit)
        world.units.append(unit)
