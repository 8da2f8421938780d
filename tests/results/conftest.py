"""A finished night in the toy town, for the tests of frames."""

from __future__ import annotations

import pytest

from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.network import build_network
from snowplan.simulation.handing_over import HandedOver, run_scenario


@pytest.fixture(scope="session")
def toy_run() -> HandedOver:
    """The toy town's night as shipped."""
    scenario = load_scenario("toy_town")
    return run_scenario(scenario, build_network(scenario.road_map))
