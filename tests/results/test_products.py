"""Which product lies on the road: that of the depot at which the spreader last loaded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from snowplan.model.fleet import Deicer, Depot, Machine
from snowplan.model.network import build_network
from snowplan.results.replaying import replay
from snowplan.results.rows import loaded_at, log_rows
from snowplan.simulation.handing_over import HandedOver, run_scenario
from tests.simulation.towns import SALT, Fleet, crew, plan, snow, street, town

WEAK = Deicer("weak", "弱", ((-5.0, 2.0), (-21.0, 1.0)))


def handed_over(stock_kg: int) -> HandedOver:
    """A spreader whose depot at a has so much salt; at b lies a product a sixth as strong."""
    fleet = Fleet(
        (Machine("spreader-001", "spreader", "depot"),), (crew("spreader"),), stock_kg=stock_kg
    )
    rules = plan(dose_g_m2=20.0, spread_classes=("main",))
    scenario = town(
        [street("ab", "a", "b", 1_000)], fleet, snow((1, 300), (2, 0)), rules=rules, horizon_h=3
    )
    b = scenario.road_map.junctions[1]
    other = Depot("other", "另", "centre", b.lon, b.lat, 1, 100.0, "weak", 1_000)
    resources = scenario.resources
    resources = replace(resources, depots=(*resources.depots, other), deicers=(SALT, WEAK))
    scenario = replace(scenario, resources=resources)
    return run_scenario(scenario, build_network(scenario.road_map))


@pytest.mark.parametrize(("stock_kg", "depot", "melt"), [(20_000, 0, 12), (0, 1, 2)])
def test_what_was_loaded_melts(stock_kg: int, depot: int, melt: int) -> None:
    """60 kg of salt melt 720 kg of the 900 kg that fall, of the weak product 120 kg.

    The replay leaves on the road what the engine's ledger leaves there.
    """
    handed = handed_over(stock_kg)
    rows = log_rows(handed.log)
    assert loaded_at(rows, handed.facts)[rows.done].tolist() == [depot]
    assert handed.ledger.snow["melted"] == 60_000 * melt
    left = replay(handed.log, handed.facts, handed.group_log)
    assert int(left.loose_g.sum() + left.packed_g.sum()) == 900_000 - 60_000 * melt
    assert handed.ledger.snow["lying"] == 900_000 - 60_000 * melt
