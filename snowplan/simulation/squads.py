"""Squads and their beats, and the areas beside the carriageway, at the start of a run."""

from __future__ import annotations

from snowplan.simulation.world import World


def open_sides(world: World) -> None:
    """The areas that hands clear, with the snow that lies there."""


def muster_squads(world: World) -> None:
    """Squads in id order, each with its beat, as the last parties."""
