"""Hauling (运雪): when loaders and trucks come out, and who is told of a windrow."""

from __future__ import annotations

from snowplan.dispatch.ranks import NO_CANDIDATE
from snowplan.model.fleet import Work
from snowplan.simulation.party import Party
from snowplan.simulation.standing import stir
from snowplan.simulation.world import World

GROUP = "hauling"  # the group of the plan


def loaders(world: World) -> list[Party]:
    """Loaders and blowers: the first parties."""
    return world.parties[: world.loader_count]


def trucks(world: World) -> list[Party]:
    """Trucks: the parties after the loaders."""
    first = world.loader_count
    return world.parties[first : first + world.truck_count]


def zones_of(world: World, party: Party) -> tuple[tuple[str, ...], ...]:
    """The party's own zone, then those in reach of mutual aid."""
    return (party.zone,), world.aid.get(party.zone, ())


def why_not(world: World) -> str:
    """Why nobody hauls now: the group is not called, clearing comes first; empty when all may."""
    if GROUP not in world.treatment.groups:
        return "called_off"
    return "" if world.hauling_open else "clearing"


# ---- windrows ----------------------------------------------------------------------------------


def push_aside(world: World, segment: int) -> None:
    """Snow has been pushed to a kerb: a windrow that has become due is offered to loaders."""
    if world.ground.pushed[segment] >= world.windrows.mark[segment]:
        world.windrows.look(segment)
        offer(world, segment)


def offer(world: World, segment: int) -> None:
    """Let one idle loader decide again: of the windrow's zone, else of those that may aid it."""
    zone = world.zones[segment]
    for near in (zone, *world.aid.get(zone, ())):
        for loader in loaders(world):
            if loader.stage == "work" and loader.zone == near:
                stir(loader)
                return


def close_verge(world: World, segment: int) -> None:
    """The first de-icer on a segment: from now on its snow is treated, its verge may close."""
    ground = world.ground
    ground.treated[segment] = 1
    haul = world.plan.haul
    if haul is not None and haul.treated_off_green and world.verge_g:
        ground.verge_g[segment] = min(ground.verge_g[segment], ground.pushed[segment])
        if world.loader_count and world.windrows.look(segment):
            offer(world, segment)


# ---- coming out --------------------------------------------------------------------------------


def stir_haulers(world: World, now: int) -> None:
    """Treatment or end of snow have changed: what is due, who is called."""
    if not world.loader_count:
        return
    world.windrows.reckon(world.stopped)
    see_if_cleared(world, now)
    _rouse(world)


def see_if_cleared(world: World, now: int) -> None:
    """边清边运 off: hauling opens at the full hour at which clearing is found done, for good."""
    if not world.hauling_open and world.stopped and cleared(world, now):
        world.hauling_open = True
        _rouse(world)


def _rouse(world: World) -> None:
    for party in (*loaders(world), *trucks(world)):
        if party.stage in ("called_off", "clearing", "work", "truck"):
            stir(party)


def cleared(world: World, now: int) -> bool:
    """True when machines have no strip due or claimed for clearing."""
    board = world.board
    if any(board.claimed):
        return False
    works = [(kind, work) for kind, work in board.kinds.items() if work is not Work.SPREAD]
    for segment, count in enumerate(world.network.seg.strips):
        if count and world.network.duty[world.network.seg.section[segment]]:
            keys = board.standing(segment, now)
            by_work = {Work.PLOUGH: keys.plough, Work.BRUSH: keys.brush, Work.GRADE: keys.grade}
            for kind, work in works:
                if by_work[work] < NO_CANDIDATE and board.may_work(kind, segment):
                    return False
    return True
