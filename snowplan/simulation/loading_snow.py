"""Loading snow (装车): a loader's or blower's working life, windrow by windrow, truck by truck."""

from __future__ import annotations

from collections.abc import Generator

import simpy

from snowplan.dispatch.hauling import choose_windrow
from snowplan.results.log import KIND, NOWHERE
from snowplan.simulation.hauling import loaders, offer, trucks, why_not, zones_of
from snowplan.simulation.mending import hours_to_failure_ms
from snowplan.simulation.party import Party
from snowplan.simulation.standing import OFF, end_duty, go_off, hold, stir, working
from snowplan.simulation.trucking import send_after
from snowplan.simulation.world import World
from snowplan.units import hours_ms, minutes_ms, round_up_step

TIMED = frozenset({"travel", "load_snow", "repair", OFF})


def loading_snow(world: World, loader: Party) -> Generator[simpy.Event, object, None]:
    """One loader or blower from its record on: what its stage says, then the next step."""
    return working(world, loader, TIMED, _end_stage, _next_step)


def _end_stage(world: World, loader: Party, now: int) -> None:
    """The drive, load, repair or time off in the record ends now."""
    stage, loader.stage = loader.stage, ""
    if stage == "travel":
        loader.junction = world.network.seg.start[loader.segment]
        loader.to_failure_ms -= now - loader.since
    elif stage == "load_snow":
        _end_load(world, loader, now)
    elif stage == "repair":
        loader.to_failure_ms = hours_to_failure_ms(world, loader)


def _next_step(world: World, loader: Party, now: int) -> None:
    """What a loader does next: it stands, works on at its windrow, or goes to another."""
    world.guard(now, loader)
    reason = why_not(world)
    if now >= loader.duty_to:
        if loader.segment >= 0:
            _leave_duty(world, loader, now)
        go_off(world, loader, now)
    elif reason:
        _stand(world, loader, now, reason)
    elif loader.segment >= 0 and world.windrows.stands(loader.segment):
        _serve(world, loader, now)
    else:
        _take_windrow(world, loader, now)


def _stand(world: World, loader: Party, now: int, reason: str) -> None:
    left = loader.segment
    hold(world, loader, now, reason)
    _abandon(world, loader, left)


def _leave_duty(world: World, loader: Party, now: int) -> None:
    left = loader.segment
    end_duty(world, loader, now)
    _abandon(world, loader, left)


def _abandon(world: World, loader: Party, left: int) -> None:
    """Its trucks decide again; a windrow it has left that is still due is offered to others."""
    _dismiss(world, loader)
    if left >= 0 and world.windrows.is_due(left):
        offer(world, left)


def _dismiss(world: World, loader: Party) -> None:
    while loader.queue:
        truck = world.parties[loader.queue.popleft()]
        truck.loader = -1
        stir(truck)


# ---- going to a windrow --------------------------------------------------------------------------


def _take_windrow(world: World, loader: Party, now: int) -> None:
    """Drive to the next due windrow; without one stand for want of work."""
    taken = {other.segment for other in loaders(world)}
    segment = choose_windrow(
        world.windrows.due,
        zones_of(world, loader),
        taken,
        lambda at: world.finder.travel(loader.junction, at)[0],
    )
    if segment is None:
        _stand(world, loader, now, "work")
        return
    free_ms, dm = world.finder.travel(loader.junction, segment)
    until = now + world.travel_ms(free_ms, loader)
    if until > loader.duty_to:
        _leave_duty(world, loader, now)
        offer(world, segment)
        return
    loader.turn_to(world.group_log, now, "travel", segment=segment, dm=dm)
    loader.stage, loader.until = "travel", until
    _take_along(world, loader, now)
    for truck in trucks(world):
        if truck.stage == "work" and any(loader.zone in near for near in zones_of(world, truck)):
            stir(truck)


def _take_along(world: World, loader: Party, now: int) -> None:
    """A truck that is not full yet goes with its loader; the others in line decide again."""
    if loader.queue and world.parties[loader.queue[0]].load_g:
        truck = world.parties[loader.queue[0]]
        if send_after(world, truck, loader, now):
            loader.queue.popleft()
    _dismiss(world, loader)


# ---- at a windrow --------------------------------------------------------------------------------


def _serve(world: World, loader: Party, now: int) -> None:
    """Load the first truck in line, or wait for one."""
    factor = 0.0
    while loader.queue:
        truck = world.parties[loader.queue[0]]
        if _mixes(world, loader, truck):
            loader.queue.popleft()
            truck.loader = -1
            stir(truck)
            continue
        factor = factor or world.draws.value(loader.id, "load_snow", 1.0)
        grams = min(truck.capacity_g - truck.load_g, world.ground.windrow_g(loader.segment))
        until = now + _load_ms(world, loader, grams, factor)
        if until > loader.duty_to:
            _leave_duty(world, loader, now)
            return
        loader.queue.popleft()
        if until <= truck.duty_to:
            _begin_load(world, loader, truck, now, grams, until)
            return
        truck.loader = -1
        truck.duty_to = now
        stir(truck)
    hold(world, loader, now, "truck", loader.segment)


def _mixes(world: World, loader: Party, truck: Party) -> bool:
    """True where this snow may not come to what the truck holds already."""
    haul = world.plan.haul
    assert haul is not None
    if not truck.load_g or not haul.treated_apart:
        return False
    return truck.treated != bool(world.ground.treated[loader.segment])


def _load_ms(world: World, loader: Party, grams: int, factor: float) -> int:
    haul = world.plan.haul
    assert haul is not None
    return max(1, round_up_step((grams / loader.rate_g_ms + minutes_ms(haul.spot_min)) * factor))


def _begin_load(
    world: World, loader: Party, truck: Party, now: int, grams: int, until: int
) -> None:
    segment = loader.segment
    loader.turn_to(world.group_log, now, "load_snow", segment=segment)
    truck.turn_to(world.group_log, now, "load_snow", segment=segment)
    loader.stage, truck.stage = "load_snow", "loading"
    loader.until = truck.until = until
    loader.serving, loader.moving_g = truck.number, grams
    truck.treated = truck.treated or bool(world.ground.treated[segment])


def _end_load(world: World, loader: Party, now: int) -> None:
    """The grams leave the windrow for the truck; a full one goes, another is first in line."""
    segment, truck = loader.segment, world.parties[loader.serving]
    grams, loader.moving_g, loader.serving = loader.moving_g, 0, -1
    world.ground.loaded[segment] += grams
    truck.load_g += grams
    world.windrows.look(segment)
    loader.to_failure_ms -= now - loader.since
    loader.close(world.group_log, now, grams)
    truck.close(world.group_log, now)
    loader.junction = truck.junction = world.network.seg.end[segment]
    if truck.load_g < truck.capacity_g:
        hold(world, truck, now, "loader", segment)
        loader.queue.appendleft(truck.number)
    else:
        truck.loader = -1
        truck.stage = ""
        truck.wake()
    if loader.to_failure_ms <= 0:
        _break_down(world, loader, now)


def _break_down(world: World, loader: Party, now: int) -> None:
    """Fail after a load, be mended where it stands; windrow and trucks are left to others."""
    left = loader.segment
    log = world.group_log
    log.add(KIND["breakdown"], loader.number, now, now, now, left)
    loader.turn_to(log, now, "repair", segment=NOWHERE)
    usual_h = world.draws.median("repair")
    loader.until = now + max(1, hours_ms(world.draws.value(loader.id, "repair", usual_h)))
    loader.stage = "repair"
    _abandon(world, loader, left)
