"""The depth at which a strip is due again after a pass, and when that will be."""

from __future__ import annotations

from snowplan.model.snow import NEVER, At, Level, SnowCurve
from snowplan.simulation.world import World

ABOVE = 1.0 + 1e-9  # just what was left is not above it, whatever the last bits say


def common_spell(
    world: World, curve: SnowCurve, now: int, at: At, left: float
) -> tuple[float, float, int, int]:
    """(base, K, t*, due) of strips left bare but for the tool's residual.

    Not due while 雪中清雪 is off and it snows.
    """
    found = curve.after(now, at, left, level_above(world, curve, left))
    return found if world.stopped or world.clear_in_snow else (*found[:3], NEVER)


def level_above(world: World, curve: SnowCurve, left: float) -> Level:
    """The depth at which a strip is due that holds `left` g/m² now: never what was left."""
    level = world.levels[id(curve)]
    if level.theta >= left * ABOVE:
        return level
    if (id(curve), left) not in world.raised_levels:
        world.raised_levels[id(curve), left] = curve.level(left * ABOVE)
    return world.raised_levels[id(curve), left]
