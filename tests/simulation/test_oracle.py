"""Three ways to find the next job give the same log, byte for byte."""

from __future__ import annotations

import pytest

from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.network import build_network
from snowplan.simulation.running import run
from tests.oracles.runs import IN_SNOW

# networkx needs some 20 ms a decision: a quarter of the fleet keeps three seeds within a minute.
QUARTER = (
    "fleet.plough=8", "fleet.roller_brush=10", "fleet.spreader=5", "fleet.small_machine=5",
    "fleet.grader=5",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("run_seed", [1, 2])
def test_finders_agree_to_the_byte(run_seed: int) -> None:
    """networkx asked afresh at every decision is the reference for both fast finders."""
    scenario = load_scenario("heavy", (*IN_SNOW, *QUARTER, "horizon_h=3"), run_seed=run_seed)
    network = build_network(scenario.road_map)
    logs = {}
    for finder in ("oracle", "matrix", "search"):
        log = run(scenario, network, finder).world.log
        table = log.table()
        logs[finder] = (table.tobytes(), bytes(log.team_row), bytes(log.team))
    assert (table["strip_to"] > 0).sum() > 300
    assert logs["matrix"] == logs["oracle"]
    assert logs["search"] == logs["oracle"]
