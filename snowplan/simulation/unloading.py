"""Unloading (卸雪): a line before a dump point's gates; grams from the truck into the dump."""

from __future__ import annotations

from snowplan.results.group_log import NOBODY
from snowplan.results.log import KIND, NOWHERE, REASON
from snowplan.simulation.dumping import Dump
from snowplan.simulation.hauling import trucks
from snowplan.simulation.party import Party
from snowplan.simulation.standing import end_duty, hold, stir
from snowplan.simulation.world import World
from snowplan.units import minutes_ms, round_up_step


def at_gate(world: World, truck: Party, now: int) -> bool:
    """Unload, or stand in line for a gate; False when the truck goes off duty with its load.

    The room promised to it is then given back.
    """
    dump = world.dumps[truck.dump]
    if truck.number in dump.queue:
        dump.queue.remove(truck.number)
    if now < truck.duty_to and dump.busy >= dump.gates:
        dump.queue.append(truck.number)
        hold(world, truck, now, "gate", dump=dump.number)
        return True
    until = now if now >= truck.duty_to else now + _unload_ms(world, truck)
    if now >= truck.duty_to or until > truck.duty_to:
        dump.promised_g -= truck.load_g
        end_duty(world, truck, now)
        _next_in_line(world, dump)
        return False
    dump.busy += 1
    truck.turn_to(world.group_log, now, "unload", dump=dump.number)
    truck.stage, truck.until = "unload", until
    return True


def end_unloading(world: World, truck: Party, now: int) -> None:
    """The load lies in the dump; the gate is free for the next in line."""
    dump = world.dumps[truck.dump]
    load_g, truck.load_g, truck.treated = truck.load_g, 0, False
    dump.promised_g -= load_g
    dump.held_g += load_g
    dump.busy -= 1
    truck.close(world.group_log, now, load_g)
    truck.dump = -1
    for other in trucks(world):
        if other.stage == "dump" and takes(world, other, dump.green):
            tell_full(world, dump, other.load_g, now)
    _next_in_line(world, dump)


def takes(world: World, truck: Party, green: bool) -> bool:
    """True where a dump point, green or not, takes the kind of snow that the truck holds."""
    haul = world.plan.haul
    return not (green and truck.treated and haul is not None and haul.treated_off_green)


def tell_full(world: World, dump: Dump, load_g: int, now: int) -> None:
    """Say once that what lies in a dump point leaves no room for a load."""
    if dump.held_g + load_g > dump.capacity_g and not dump.told_full:
        dump.told_full = True
        refuse(world, now, dump.number)


def refuse(world: World, now: int, dump: int = NOWHERE) -> None:
    """Record that a dump point has no room, or that none takes this kind of snow."""
    world.group_log.add(KIND["refuse"], NOBODY, now, now, now, dump=dump, reason=REASON["dump"])


def _next_in_line(world: World, dump: Dump) -> None:
    if dump.queue and dump.busy < dump.gates:
        stir(world.parties[dump.queue.popleft()])


def _unload_ms(world: World, truck: Party) -> int:
    usual_ms = minutes_ms(world.scenario.resources.dump_points[truck.dump].unload_min)
    return max(1, round_up_step(usual_ms * world.draws.value(truck.id, "unload", 1.0)))
