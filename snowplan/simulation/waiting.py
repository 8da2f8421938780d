"""Waiting, always with a cause: no work, no crew, the night rule, not yet called out."""

from __future__ import annotations

from collections.abc import Generator

import simpy

from snowplan.model.snow import NEVER
from snowplan.results.log import REASON
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
        set_bell(world, unit)
    yield unit.event
    unit.event = None
    world.unrest(unit)


def set_bell(world: World, unit: Unit) -> None:
    """Ring for an idle machine when the duty in its record ends."""
    bell = Ending(world.env, unit.bell_ms - int(world.env.now), unit.order)
    bell.callbacks.append(lambda _: _send_home(world, unit))


def till_woken(world: World, unit: Unit) -> Generator[simpy.Event, object, None]:
    """Stand idle, or with the leader in the record, until somebody lets this machine go on."""
    unit.event = world.env.event()
    yield unit.event
    unit.event = None
    world.unrest(unit)


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
    if not unit.duty and int(world.env.now) < world.called_out_ms:
        unit.turn_to(world.log, int(world.env.now), "wait", "called_off")
        yield from till_woken(world, unit)
    return (yield from till_duty(world, unit))


def till_duty(world: World, unit: Unit) -> Generator[simpy.Event, object, bool]:
    """Stand out what is left of a shift, then until the next spell of duty, if there is one."""
    now = int(world.env.now)
    spell = next_spell(unit, now)
    if spell is None or spell[0] > now:
        reason = off_reason(world, unit, now)
        unit.turn_to(world.log, now, "wait", reason)
        if reason == "shift_end":
            home = next(end for begin, end, _ in unit.crewed if begin <= now < end)
            unit.until = min(home, spell[0] if spell else home)
            yield from till_home(world, unit)
    return (yield from till_spell(world, unit, spell))


def till_home(world: World, unit: Unit) -> Generator[simpy.Event, object, None]:
    """Stand until the crew goes home."""
    yield Ending(world.env, unit.until - int(world.env.now), unit.order)
    unit.turn_to(world.log, int(world.env.now), "wait", "crew")


def till_spell(
    world: World, unit: Unit, spell: tuple[int, int] | None
) -> Generator[simpy.Event, object, bool]:
    """Stand until a spell of duty begins, and begin it; False when there is none."""
    now = int(world.env.now)
    if spell is None:
        unit.until = NEVER
        return False
    if spell[0] > now:
        unit.until = spell[0]
        yield Ending(world.env, spell[0] - now, unit.order)
    begin_duty(world, unit, spell)
    return True


def begin_duty(world: World, unit: Unit, spell: tuple[int, int]) -> None:
    """The crew of a spell of duty takes over."""
    unit.duty_to = spell[1]
    unit.turn_to(world.log, int(world.env.now), "wait", "work")


def next_spell(unit: Unit, now: int) -> tuple[int, int] | None:
    """The next spell of duty that a machine has not begun."""
    return next(((a, b) for a, b in unit.duty if b > now and a >= unit.duty_to), None)


def off_duty_on(world: World, unit: Unit) -> Generator[simpy.Event, object, bool]:
    """Carry on with the time off duty in a machine's record."""
    if unit.until == NEVER:
        return False
    if unit.reason == REASON["called_off"]:
        yield from till_woken(world, unit)
        return (yield from till_duty(world, unit))
    spell = next_spell(unit, int(world.env.now))
    if unit.reason == REASON["shift_end"]:
        yield from till_home(world, unit)
        return (yield from till_spell(world, unit, spell))
    yield Ending(world.env, unit.until - int(world.env.now), unit.order)
    assert spell is not None
    begin_duty(world, unit, spell)
    return True


def off_reason(world: World, unit: Unit | Party, now: int) -> str:
    """Why a machine is not on duty: no crew, the night rule, or too little left of the shift."""
    if not any(begin <= now < end for begin, end, _ in unit.crewed):
        return "crew"
    return "night" if any(a <= now < b for a, b in world.nights) else "shift_end"
