"""A subgradient search for Lagrange multipliers, each step leaning on the steps before."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from snowplan.planning.locating.problem import Real

PATIENCE, MEMORY = 20, 0.7
LEAST_STEP = 1e-4


def climbed(
    start: Real,
    dual: Callable[[Real], tuple[float, Real]],
    goal: float,
    rounds: int,
    enough: Callable[[float], bool],
) -> Real:
    """The multipliers by client with the highest bound found from `start`.

    `dual` gives the bound that multipliers prove, and by client what it lacks of being served
    once. `goal` sets the steps; the search ends when a bound is `enough`, or no step leads higher.
    """
    multiplier = best = start
    bound, step, stalled = -np.inf, 1.0, 0
    direction = np.zeros(len(start))
    for _ in range(rounds):
        value, lack = dual(multiplier)
        if value > bound:
            best, bound, stalled = multiplier, value, 0
        else:
            stalled += 1
        if stalled >= PATIENCE:
            step, stalled, multiplier = step / 2, 0, best
            direction[:] = 0.0
            continue
        direction = lack + MEMORY * direction
        size = float(direction @ direction)
        if size == 0.0 or step < LEAST_STEP or enough(bound):
            break
        multiplier = multiplier + step * (goal - value) / size * direction
    return best
