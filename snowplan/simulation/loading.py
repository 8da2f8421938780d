"""Loading at a depot: drive there, queue for a bay, load at the depot's rate while stock lasts."""

from __future__ import annotations

from collections.abc import Generator

import simpy

from snowplan.results.log import KIND, REASON
from snowplan.simulation.store import Store
from snowplan.simulation.unit import Unit
from snowplan.simulation.world import Ending, World
from snowplan.units import G_PER_KG, MS_PER_MIN, round_up_step

Steps = Generator[simpy.Event, object, None]
Found = Generator[simpy.Event, object, bool]


def loading(world: World, unit: Unit) -> Steps:
    """Fill the hopper at the home depot, or at the next one if the plan allows it.

    A spreader that finds no stock says so. With nowhere left to go it makes do with what its
    hopper still holds, and stands for want of stock when that is nothing.
    """
    unit.wants_load = False
    unit.to_try = depots_in_turn(world, unit)
    yield from trying(world, unit)


def trying(world: World, unit: Unit) -> Steps:
    """Go round the depots that are still to be tried."""
    while unit.to_try:
        number = unit.to_try.pop(0)
        if available_g(world.stores[number]) <= 0 and (
            number != unit.depot or number in unit.found_empty
        ):
            continue
        if not set_out(world, unit, number):
            return
        if unit.until > world.env.now:
            yield Ending(world.env, unit.until - int(world.env.now), unit.order)
        loaded = yield from at_bay(world, unit, world.stores[number])
        if loaded:
            return
        find_empty(world, unit, number)
    yield from without_stock(world, unit)


def set_out(world: World, unit: Unit, number: int) -> bool:
    """Begin the drive to a depot; False when loading there would outlast the crew's shift."""
    now = int(world.env.now)
    store = world.stores[number]
    way = world.travel_ms(world.finder.way(unit.junction, world.store_junctions[number])[0], unit)
    if now + way + loading_ms(world, store, unit, 1.0) > unit.duty_to:
        unit.turn_to(world.log, now, "wait", "shift_end")
        unit.duty_to = now
        return False
    unit.turn_to(world.log, now, "travel", place=number)
    unit.until = now + way
    unit.to_failure_ms = max(1, unit.to_failure_ms - way)
    return True


def find_empty(world: World, unit: Unit, number: int) -> None:
    """Say that a depot has no stock; the next is tried if the plan allows it."""
    unit.found_empty.add(number)
    world.refuse(unit, int(world.env.now), number, REASON["stock"])
    if not world.plan.rules.next_depot_if_empty:
        unit.to_try.clear()


def without_stock(world: World, unit: Unit) -> Steps:
    """Make do with what the hopper holds; stand when that is nothing."""
    unit.makes_do = True
    if unit.hopper_g <= 0:
        unit.turn_to(world.log, int(world.env.now), "wait", "stock", unit.depot)
        yield from wanting_stock(world, unit)


def wanting_stock(world: World, unit: Unit) -> Steps:
    """Stand until duty ends."""
    unit.event = world.env.event()
    yield unit.event


def at_bay(world: World, unit: Unit, store: Store) -> Found:
    """Stand in line for a bay, then load; True when there was something to load."""
    unit.junction = world.store_junctions[store.number]
    unit.turn_to(world.log, int(world.env.now), "wait", "bay", store.number)
    store.line.append(unit.order)
    return (yield from in_line(world, unit, store))


def in_line(world: World, unit: Unit, store: Store) -> Found:
    """Wait for a bay and load there; a load under way in the record goes on.

    The stock is promised while loading and taken when done.
    """
    with store.bays.request() as turn:
        yield turn
        found = unit.load_g > 0 or begin_load(world, unit, store)
        if found:
            yield from being_loaded(world, unit)
    store.line.remove(unit.order)
    unit.turn_to(world.log, int(world.env.now), "wait", "work")
    return found


def begin_load(world: World, unit: Unit, store: Store) -> bool:
    """Promise the machine its load and fix its end; False when there is no stock."""
    now = int(world.env.now)
    amount = min(unit.type.capacity_kg * G_PER_KG - unit.hopper_g, available_g(store))
    if amount <= 0:
        return False
    store.promised_g += amount
    unit.load_g = amount
    unit.turn_to(world.log, now, "load", place=store.number)
    factor = world.draws.value(unit.id, "loading_time", 1.0)
    unit.until = now + loading_ms(world, store, unit, factor, amount)
    return True


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
    """Carry on with what the record is at: a drive to a depot, the line for a bay, a load."""
    number = unit.place
    store = world.stores[number]
    if unit.doing == KIND["travel"]:
        yield Ending(world.env, unit.until - int(world.env.now), unit.order)
        loaded = yield from at_bay(world, unit, store)
    else:
        loaded = yield from in_line(world, unit, store)
    if not loaded:
        find_empty(world, unit, number)
        yield from trying(world, unit)


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
