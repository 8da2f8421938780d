"""Standing, always with a cause: how a loader or a truck waits, and how it goes off duty."""

from __future__ import annotations

from collections.abc import Callable, Generator

import simpy

from snowplan.model.snow import NEVER
from snowplan.results.log import KIND, NOWHERE, REASON
from snowplan.simulation.party import Party
from snowplan.simulation.waiting import off_reason
from snowplan.simulation.world import Ending, World

WAITS = frozenset({"called_off", "clearing", "work", "truck", "loader", "gate", "dump"})
OFF, GONE = "off", "gone"  # stages: until a known instant; for the rest of the run
Step = Callable[[World, Party, int], None]


def working(
    world: World, party: Party, timed: frozenset[str], end_stage: Step, next_step: Step
) -> Generator[simpy.Event, object, None]:
    """A party from its record on: a stage in `timed` ends at its instant, another is stood through.

    Without a stage the next step is taken.
    """
    env = world.env
    party.bell_ms = NEVER  # a bell set before this entry is not known
    while party.stage != GONE:
        if party.stage in timed:
            yield Ending(env, party.until - int(env.now), party.order)
            end_stage(world, party, int(env.now))
        elif party.stage:
            yield from standing(world, party)
        else:
            next_step(world, party, int(env.now))


def standing(world: World, party: Party) -> Generator[simpy.Event, object, None]:
    """Stand until somebody changes the stage, or until the spell of duty ends."""
    env = world.env
    party.event = env.event()
    if int(env.now) <= party.duty_to < world.horizon and party.bell_ms != party.duty_to:
        party.bell_ms = party.duty_to
        bell = Ending(env, party.duty_to - int(env.now), party.order)
        bell.callbacks.append(lambda _: _ring(world, party))
    yield party.event
    party.event = None
    if party.stage in WAITS:
        party.stage = ""


def _ring(world: World, party: Party) -> None:
    if int(world.env.now) >= party.duty_to:
        stir(party)


def stir(party: Party) -> None:
    """Let a party that waits decide again at this instant."""
    if party.stage in WAITS:
        party.stage = ""
        party.wake()


def hold(
    world: World, party: Party, now: int, reason: str, segment: int = NOWHERE, dump: int = NOWHERE
) -> None:
    """Wait for a reason that is also the stage; a wait that goes on stays one interval."""
    party.stage = reason
    here = (party.doing, party.reason, party.segment, party.dump)
    if here != (KIND["wait"], REASON[reason], segment, dump):
        party.turn_to(world.group_log, now, "wait", reason, segment, dump)


def end_duty(world: World, party: Party, now: int) -> None:
    """What is left of this spell of duty is too short, or nothing: it ends here."""
    party.turn_to(world.group_log, now, "wait", "shift_end")
    party.duty_to = min(party.duty_to, now)
    party.stage = ""


def go_off(world: World, party: Party, now: int) -> None:
    """Begin the next spell of duty if it has come; else stand until it does."""
    if not party.duty and now < world.called_out_ms:
        hold(world, party, now, "called_off")
        return
    spell = next(((a, b) for a, b in party.duty if b > now and a >= party.duty_to), None)
    if spell is not None and spell[0] <= now:
        party.duty_to = spell[1]
        return
    reason = off_reason(world, party, now)
    party.until = spell[0] if spell is not None else NEVER
    if reason == "shift_end":
        home = next(end for begin, end, _ in party.crewed if begin <= now < end)
        party.until = min(home, party.until)
    if (party.doing, party.reason) != (KIND["wait"], REASON[reason]):
        party.turn_to(world.group_log, now, "wait", reason)
    party.stage = OFF if party.until < NEVER else GONE
