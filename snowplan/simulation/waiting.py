"""Waiting, always with a cause: no work, no crew, the night rule, not yet called out."""

from __future__ import annotations

from collections.abc import Generator

import simpy

from snowplan.simulation.deciding import decide
from snowplan.simulation.party import Party
from snowplan.simulation.unit import Unit
from snowplan.simulation.world import Ending, World


def idling(world: World, unit: Unit) -> Generator[simpy.Event, object, None]:
    """Stand until somebody has work for this machine, takes it into a team, or its duty ends."""
    env = world.env
    now = int(env.now)
    unit.turn_to(world.log, now, "wait", "work")
    unit.event = env.event()
    world.rest(unit)
    if unit.duty_to < world.horizon and unit.bell_ms != unit.duty_to:
        unit.bell_ms = unit.duty_to
        bell = Ending(env, unit.duty_to - now, unit.order)
        bell.callbacks.append(lambda _: _send_home(world, unit))
    yield unit.event
    unit.event = None
    world.unrest(unit)


def in_team(world: World, unit: Unit) -> Generator[simpy.Event, object, None]:
    """Stay with the leader in the record until he lets this machine go."""
    unit.event = world.env.event()
    yield unit.event
    unit.event = None


def send(world: World, unit: Unit) -> bool:
    """Give an idle machine a job at this instant; it sleeps on until the job's end.

    Its process is not woken in between, so that a job costs one event. False when there is
    nothing for it here.
    """
    now = int(world.env.now)
    world.unrest(unit)
    if decide(world, unit, now):
        event = unit.event
        assert event is not None
        event._ok = True
        event._value = None
        world.env.schedule(event, unit.order, unit.end - now)  # type: ignore[arg-type]
        return True
    if unit.wants_load or unit.duty_to <= now:
        unit.wake()
        return True
    world.rest(unit)
    return False


def _send_home(world: World, unit: Unit) -> None:
    if unit.event is not None and unit.leader is None and int(world.env.now) >= unit.duty_to:
        world.unrest(unit)
        unit.wake()


def off_duty(world: World, unit: Unit) -> Generator[simpy.Event, object, bool]:
    """Stand until the next spell of duty; False when there is none before the horizon."""
    env = world.env
    if not unit.duty and int(env.now) < world.called_out_ms:
        unit.turn_to(world.log, int(env.now), "wait", "called_off")
        unit.event = env.event()
        yield unit.event
        unit.event = None
    now = int(env.now)
    spell = next(((a, b) for a, b in unit.duty if b > now and a >= unit.duty_to), None)
    reason = off_reason(world, unit, now)
    if spell is None or spell[0] > now:
        unit.turn_to(world.log, now, "wait", reason)
    if reason == "shift_end" and (spell is None or spell[0] > now):
        home = next(end for begin, end, _ in unit.crewed if begin <= now < end)
        yield Ending(env, min(home, spell[0] if spell else home) - now, unit.order)
        now = int(env.now)
        unit.turn_to(world.log, now, "wait", "crew")
    if spell is None:
        return False
    if spell[0] > now:
        yield Ending(env, spell[0] - now, unit.order)
    unit.duty_to = spell[1]
    unit.turn_to(world.log, int(env.now), "wait", "work")
    return True


def off_reason(world: World, unit: Unit | Party, now: int) -> str:
    """Why a machine is not on duty: no crew, the night rule, or too little left of the shift."""
    if not any(begin <= now < end for begin, end, _ in unit.crewed):
        return "crew"
    return "night" if any(a <= now < b for a, b in world.nights) else "shift_end"
