"""Trucking (运雪车): empty to a loader, loaded to a dump point, and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator

import simpy

from snowplan.dispatch.hauling import Offer, Serving, choose_dump, choose_loader
from snowplan.simulation.hauling import loaders, trucks, why_not, zones_of
from snowplan.simulation.party import Party
from snowplan.simulation.standing import OFF, end_duty, go_off, hold, stir, working
from snowplan.simulation.unloading import at_gate, end_unloading, refuse, takes, tell_full
from snowplan.simulation.world import World

TIMED = frozenset({"travel", "haul", "unload", OFF})


def trucking(world: World, truck: Party) -> Generator[simpy.Event, object, None]:
    """One truck from its record on: what its stage says, then the next step."""
    return working(world, truck, TIMED, _end_stage, _next_step)


def _end_stage(world: World, truck: Party, now: int) -> None:
    """The drive, unloading or time off in the record ends now."""
    stage, truck.stage = truck.stage, ""
    if stage == "travel":
        truck.close(world.group_log, now, truck.load_g)
        truck.junction = world.network.seg.start[truck.segment]
        _join_line(world, truck, now)
    elif stage == "haul":
        truck.junction = world.dumps[truck.dump].junction
        truck.close(world.group_log, now, truck.load_g)
    elif stage == "unload":
        end_unloading(world, truck, now)


def _next_step(world: World, truck: Party, now: int) -> None:
    """What a truck does next: unload, go off duty, carry its load off, or look for a loader."""
    world.guard(now, truck)
    _leave_line(world, truck)
    if truck.dump >= 0:
        if not at_gate(world, truck, now):
            _stir_loaded(world)
    elif now >= truck.duty_to:
        go_off(world, truck, now)
    elif truck.load_g:
        _carry_off(world, truck, now)
    elif reason := why_not(world):
        hold(world, truck, now, reason)
    else:
        _find_loader(world, truck, now)


def trip_ms(world: World, truck: Party, free_ms: int) -> int:
    """A free-flow time at today's speed of this truck, empty or loaded, rounded up to 100 ms."""
    slow = truck.loaded_den if truck.load_g else truck.travel_den
    scaled = free_ms * world.speed_num * truck.travel_num
    return -(-scaled // (world.speed_den * slow * 100)) * 100


# ---- to a loader -----------------------------------------------------------------------------


def _find_loader(world: World, truck: Party, now: int) -> None:
    bound = Counter(other.loader for other in trucks(world))
    chosen = choose_loader(
        (
            Serving(loader.number, loader.zone, loader.segment, bound[loader.number])
            for loader in loaders(world)
            if loader.segment >= 0
        ),
        zones_of(world, truck),
        lambda at: world.finder.travel(truck.junction, at)[0],
    )
    if chosen is None:
        hold(world, truck, now, "work")
    elif not _drive_to(world, truck, chosen.segment, now):
        end_duty(world, truck, now)
    else:
        truck.loader = chosen.number


def _drive_to(world: World, truck: Party, segment: int, now: int) -> bool:
    """Begin the drive to a windrow; False when it would outlast the spell of duty."""
    free_ms, dm = world.finder.travel(truck.junction, segment)
    until = now + trip_ms(world, truck, free_ms)
    if until > truck.duty_to:
        return False
    drive = "haul" if truck.load_g else "travel"
    truck.turn_to(world.group_log, now, drive, segment=segment, dm=dm)
    truck.stage, truck.until = "travel", until
    return True


def send_after(world: World, truck: Party, loader: Party, now: int) -> bool:
    """Send a truck that is not full yet after its loader, which is under way to a windrow."""
    haul = world.plan.haul
    assert haul is not None
    if haul.treated_apart and truck.treated != bool(world.ground.treated[loader.segment]):
        return False
    if not _drive_to(world, truck, loader.segment, now):
        return False
    truck.wake()
    return True


def _join_line(world: World, truck: Party, now: int) -> None:
    """Stand in line, first with snow aboard; decide again where the loader has gone."""
    loader = world.parties[truck.loader]
    if loader.segment != truck.segment:
        return
    hold(world, truck, now, "loader", truck.segment)
    if truck.load_g:
        loader.queue.appendleft(truck.number)
    else:
        loader.queue.append(truck.number)
    if loader.stage == "truck":
        stir(loader)


def _leave_line(world: World, truck: Party) -> None:
    if truck.loader >= 0:
        queue = world.parties[truck.loader].queue
        if truck.number in queue:
            queue.remove(truck.number)
        truck.loader = -1


# ---- to a dump point ---------------------------------------------------------------------------


def _carry_off(world: World, truck: Party, now: int) -> None:
    """Decide where to unload, have the room promised, and drive there."""
    haul = world.plan.haul
    assert haul is not None
    offers = [offer for offer in _offers(world) if takes(world, truck, offer.green)]
    for offer in offers:
        tell_full(world, world.dumps[offer.number], truck.load_g, now)
    if not offers and not world.told_no_dump:
        world.told_no_dump = True
        refuse(world, now)
    chosen = choose_dump(
        offers, haul.dump_rule, truck.zone, truck.load_g,
        lambda to: world.finder.way(truck.junction, to)[0],
    )  # fmt: skip
    if chosen is None:
        hold(world, truck, now, "dump")
        return
    free_ms, dm = world.finder.way(truck.junction, chosen.junction)
    until = now + trip_ms(world, truck, free_ms)
    if until > truck.duty_to:
        end_duty(world, truck, now)
        return
    world.dumps[chosen.number].promised_g += truck.load_g
    truck.turn_to(world.group_log, now, "haul", dump=chosen.number, dm=dm)
    truck.stage, truck.until = "haul", until


def _offers(world: World) -> list[Offer]:
    points = world.scenario.resources.dump_points
    return [
        Offer(
            dump.number, points[dump.number].zone, dump.junction, dump.room_g,
            (dump.held_g + dump.promised_g) / max(1, dump.capacity_g), dump.green,
        )
        for dump in world.dumps
    ]  # fmt: skip


def _stir_loaded(world: World) -> None:
    """A promise has been given back: trucks that stand loaded ask again."""
    for truck in trucks(world):
        if truck.stage == "dump":
            stir(truck)
