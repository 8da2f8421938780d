"""The loader and its trucks as a closed queue, through the engine's own processes."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from snowplan.model.physics import Spread
from snowplan.results.log import KIND
from tests.simulation.towns import H, street, world_of
from tests.simulation.yards import LOADER, RULES, Yard, dump_at, yard_town

LOAD_MIN, AWAY_MIN = 4.0, 36.0
HOURS = 1_180.0  # instants in the log are 32 bits of milliseconds
WARM_UP_H = 20.0
LOADS = 40_000  # so that a standard error is at most half a percent
EXPONENTIAL = tuple(Spread(what, "exponential", 1.0, 0.0, True) for what in ("load_snow", "unload"))


def loads_an_hour(trucks: int) -> float:
    """The machine-repairman formula: one loader, `trucks` trucks, exponential times."""
    ratio = AWAY_MIN / LOAD_MIN
    weights = [
        math.factorial(trucks) / math.factorial(trucks - k) / ratio**k for k in range(trucks + 1)
    ]
    return 60.0 / LOAD_MIN * (1.0 - weights[0] / sum(weights))


def simulated_loads(trucks: int, run_seed: int) -> int:
    """Loads in one run after the warm-up.

    5 t at 75 t/h take 4 min; unloading takes the 36 min, drives take 0.1 s.
    """
    yard = Yard(
        trucks=trucks,
        dumps=(dump_at(1, capacity_m3=1e9, gates=trucks, unload_min=AWAY_MIN),),
        rules=replace(RULES, spot_min=0.0),
        loader=replace(LOADER, load_m3_h=150.0),
        again=True,
    )
    streets = (street("ab", "a", "b", 1.0, oneway=True), street("ba", "b", "a", 1.0, oneway=True))
    world = world_of(
        yard_town(streets, yard, horizon_h=HOURS, uncertainty=EXPONENTIAL, run_seed=run_seed)
    )
    world.ground.pushed[0] = 10**15
    world.windrows.reckon(world.stopped)
    world.env.run(until=world.horizon)
    rows = world.group_log.table()
    done = (rows["kind"] == KIND["load_snow"]) & (rows["party"] == 0)
    return int(np.count_nonzero(done & (rows["end"] > WARM_UP_H * H)))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("trucks", "published"),
    [(1, 1.5), (5, 7.1264), (10, 12.4806), (15, 14.7020), (20, 14.9907)],
)
def test_loads_an_hour_are_those_of_the_closed_queue(trucks: int, published: float) -> None:
    """Within 1 % of the machine-repairman formula, whose value is the published one."""
    expected = loads_an_hour(trucks)
    assert expected == pytest.approx(published, abs=5e-5)
    runs = math.ceil(LOADS / (expected * HOURS))
    loads = sum(simulated_loads(trucks, seed) for seed in range(runs))
    assert loads / (runs * (HOURS - WARM_UP_H)) == pytest.approx(expected, rel=0.01)
