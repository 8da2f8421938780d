"""Loaders, blowers, trucks and dump points at the start of a run."""

from __future__ import annotations

from snowplan.simulation.world import World


def open_dumps(world: World) -> None:
    """Dump points with what already lies there; verges with what they take."""


def muster_haulers(world: World) -> None:
    """Loaders and blowers, then trucks, each in id order, as the first parties."""
