"""Loading at a depot: drive there, queue for a bay, load at the depot's rate while stock lasts."""

from __future__ import annotations

from collections.abc import Generator

import simpy

from snowplan.results.log import REASON
from snowplan.simulation.unit import Unit
from snowplan.simulation.world import Ending, Store, World
from snowplan.units import G_PER_KG, MS_PER_MIN, round_up_step

Steps = Generator[simpy.Event, object, None]


def loading(world: World, unit: Unit) -> Steps:
    """Fill the hopper at the home depot, or at the next one if the plan allows it.

    A spreader that finds no stock says so. With nowhere left to go it makes do with what its
    hopper still holds, and stands for want of stock when that is nothing.
    """
    unit.wants_load = False
    for number in depots_in_turn(world, unit):
        now = int(world.env.now)
        store = world.stores[number]
        if available_g(store) <= 0 and (number != unit.depot or number in unit.found_empty):
            continue
        way = world.travel_ms(
            world.finder.way(unit.junction, world.store_junctions[number])[0], unit
        )
        if now + way + loading_ms(world, store, unit, 1.0) > unit.duty_to:
            unit.turn_to(world.log, now, "wait", "shift_end")
            unit.duty_to = now
            return
        unit.turn_to(world.log, now, "travel", place=number)
        unit.until = now + way
        unit.to_failure_ms = max(1, unit.to_failure_ms - way)
        before = unit.hopper_g
        yield from driving_to_depot(world, unit)
        if unit.hopper_g > before:
            return
        unit.found_empty.add(number)
        world.refuse(unit, int(world.env.now), number, REASON["stock"])
        if not world.plan.rules.next_depot_if_empty:
            break
    unit.makes_do = True
    if unit.hopper_g <= 0:
        unit.turn_to(world.log, int(world.env.now), "wait", "stock", unit.depot)
        unit.event = world.env.event()
        yield unit.event


def driving_to_depot(world: World, unit: Unit) -> Steps:
    """Drive until the arrival in the record, then queue and load there."""
    number = unit.place
    if unit.until > world.env.now:
        yield Ending(world.env, unit.until - int(world.env.now), unit.order)
    unit.junction = world.store_junctions[number]
    yield from at_bay(world, unit, world.stores[number])


def at_bay(world: World, unit: Unit, store: Store) -> Steps:
    """Queue for a bay, then load; the stock is promised while loading and taken when done."""
    env = world.env
    unit.turn_to(world.log, int(env.now), "wait", "bay", store.number)
    with store.bays.request() as turn:
        yield turn
        now = int(env.now)
        amount = min(unit.type.capacity_kg * G_PER_KG - unit.hopper_g, available_g(store))
        if amount > 0:
            store.promised_g += amount
            unit.load_g = amount
            unit.turn_to(world.log, now, "load", place=store.number)
            factor = world.draws.value(unit.id, "loading_time", 1.0)
            unit.until = now + loading_ms(world, store, unit, factor, amount)
            yield from being_loaded(world, unit)
    unit.turn_to(world.log, int(env.now), "wait", "work")


def being_loaded(world: World, unit: Unit) -> Steps:
    """Load until the end in the record."""
    yield Ending(world.env, unit.until - int(world.env.now), unit.order)
    now = int(world.env.now)
    store, amount = world.stores[unit.place], unit.load_g
    store.promised_g -= amount
    store.stock_g -= amount
    store.changes.append((now, store.stock_g))
    unit.hopper_g += amount
    unit.load_g = 0
    unit.loaded_at = unit.place
    unit.close(world.log, now, amount)


def loading_on(world: World, unit: Unit) -> Steps:
    """Carry on with a load under way in the record: it holds its bay from the start."""
    with world.stores[unit.place].bays.request() as turn:
        yield turn
        yield from being_loaded(world, unit)
    unit.turn_to(world.log, int(world.env.now), "wait", "work")


def available_g(store: Store) -> int:
    """Stock that nobody is loading already."""
    return store.stock_g - store.promised_g


def loading_ms(
    world: World, store: Store, unit: Unit, factor: float, amount_g: int | None = None
) -> int:
    """Time to load an amount (a full hopper's room if not given) at the depot's rate."""
    if amount_g is None:
        amount_g = unit.type.capacity_kg * G_PER_KG - unit.hopper_g
    rate = world.scenario.resources.depots[store.number].loading_kg_per_min * G_PER_KG
    return max(1, round_up_step(amount_g / rate * MS_PER_MIN * factor))


def depots_in_turn(world: World, unit: Unit) -> list[int]:
    """The home depot, then the others from near to far (ties by number)."""
    others = sorted(
        (world.finder.way(unit.junction, junction)[0], number)
        for number, junction in enumerate(world.store_junctions)
        if number != unit.depot
    )
    return [unit.depot, *(number for _, number in others)]
