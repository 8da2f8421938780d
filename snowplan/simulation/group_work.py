"""The groups beside the machines: their processes, by kind of party, and what stirs them."""

from __future__ import annotations

from snowplan.simulation.world import World


def start_groups(world: World) -> None:
    """Start every party's process in order, and frontage duty."""


def stir_groups(world: World, now: int) -> None:
    """Grade or end of snow have changed: what is due for the groups is reckoned anew."""


def stand_groups_down(world: World, horizon: int) -> None:
    """Write what every party is at when the horizon comes."""
    for party in world.parties:
        party.close(world.group_log, horizon)
