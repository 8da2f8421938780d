"""The groups beside the machines: their processes, by kind of party, and what stirs them."""

from __future__ import annotations

from snowplan.results.log import KIND, REASON
from snowplan.simulation.fronting import fronting
from snowplan.simulation.hand_clearing import hand_clearing, stir_hands
from snowplan.simulation.hauling import stir_haulers
from snowplan.simulation.loading_snow import loading_snow
from snowplan.simulation.trucking import trucking
from snowplan.simulation.world import World

WAIT, HORIZON = KIND["wait"], REASON["horizon"]
PROCESSES = {
    "loader": loading_snow, "blower": loading_snow, "truck": trucking, "squad": hand_clearing,
}  # fmt: skip


def start_groups(world: World) -> None:
    """Start every party's process in order, and frontage duty."""
    for party in world.parties:
        world.env.process(PROCESSES[party.kind](world, party))
    if world.sides.segment:
        world.env.process(fronting(world))


def stir_groups(world: World, now: int) -> None:
    """Grade or end of snow have changed: what is due for the groups is reckoned anew."""
    stir_haulers(world, now)
    stir_hands(world, now)


def stand_groups_down(world: World, horizon: int) -> None:
    """Write what every party is at when the horizon comes."""
    for party in world.parties:
        if party.doing != WAIT:
            party.reason = HORIZON
        party.close(world.group_log, horizon)
