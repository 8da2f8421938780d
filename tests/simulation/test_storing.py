"""A run stored at any instant goes on from there as if it had never stopped.

The right answer is the whole run itself: its logs byte for byte, its books, its speeds.
"""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from snowplan.errors import RunError
from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.fleet import Machine
from snowplan.model.network import build_network
from snowplan.model.scenario import Scenario
from snowplan.results.log import KIND, REASON
from snowplan.simulation.handing_over import HandedOver, run_scenario
from tests.simulation.random_groups import random_groups
from tests.simulation.random_towns import random_town
from tests.simulation.towns import MIN, TYPES, Fleet, H, crew, plan, snow, street, town

STEP = 37 * MIN


def instants(scenario: Scenario, step: int = STEP) -> list[int]:
    """Every so often, some full hours, 1 ms after the start and 1 ms before the horizon."""
    end = scenario.study.horizon_ms
    return sorted({1, H, 3 * H, *range(step, end, step), end - 1})


def same(one: HandedOver, other: HandedOver) -> bool:
    """The same logs to the byte, teams, books, rosters and speeds."""
    return (
        one.log.rows() == other.log.rows()
        and (one.log.team_row, one.log.team) == (other.log.team_row, other.log.team)
        and one.group_log.rows() == other.group_log.rows()
        and one.ledger == other.ledger
        and one.facts.speeds == other.facts.speeds
        and one.facts.machines == other.facts.machines
        and one.facts.parties == other.facts.parties
    )


def differing(scenario: Scenario, step: int = STEP) -> list[int]:
    """Instants from which the continued run differs from the whole one."""
    network = build_network(scenario.road_map)
    whole = run_scenario(scenario, network)
    watched = run_scenario(scenario, network, store_at=instants(scenario, step))
    assert same(whole, watched), "storing changes nothing"
    return [
        at
        for at, content in watched.stored
        if not same(
            whole, run_scenario(scenario, network, since=(at, json.loads(json.dumps(content))))
        )
    ]


def test_toy_town_goes_on_from_any_instant() -> None:
    """Everything that the toy town has: machines, teams, trucks, squads, frontage duty."""
    assert differing(load_scenario("toy_town")) == []


def test_lines_at_a_bay_go_on_from_any_instant() -> None:
    """Three spreaders of 2 t at one bay of 100 kg a minute, 5 t in stock, 3 km from the street.

    Every minute of the first 4 h: on the way to the depot, in line, being loaded, out of stock.
    """
    streets = (street("ab", "a", "b", 3_000), street("bc", "b", "c", 5_000, 12))
    machines = tuple(Machine(f"spreader-{k}", "spreader", "depot") for k in range(3))
    fleet = Fleet(machines, (crew("spreader", crews=3),), stock_kg=5_000)
    big = tuple(replace(t, capacity_kg=2_000) for t in TYPES)
    rules = plan(dose_g_m2=25.0, spread_classes=("main",))
    scenario = town(streets, fleet, snow((1, 300)), rules=rules, horizon_h=4, types=big)
    assert differing(scenario, MIN) == []
    network = build_network(scenario.road_map)
    stored = run_scenario(scenario, network, store_at=instants(scenario, MIN)).stored
    units = [unit for _, content in stored for unit in content["units"]]
    assert {KIND["load"], KIND["wait"]} <= {unit["doing"] for unit in units}
    assert {REASON["bay"], REASON["work"]} <= {unit["reason"] for unit in units}


@pytest.mark.parametrize("seed", range(6))
def test_random_towns_go_on_from_any_instant(seed: int) -> None:
    """Failures, repairs, short shifts, empty depots, lines at bays, nights, all eight switches."""
    assert differing(random_town(seed), 3 * STEP) == []


@pytest.mark.parametrize("seed", range(6))
def test_random_groups_go_on_from_any_instant(seed: int) -> None:
    """Loaders, lines of trucks, gates, full dumps, squads at work, owners still to act."""
    assert differing(random_groups(seed), 3 * STEP) == []


@pytest.mark.slow
def test_the_towns_are_stored_in_the_middle_of_everything() -> None:
    """Among the stored records each kind of interval and wait of machines and parties is met."""
    doing: set[int] = set()
    waits: set[int] = set()
    stages: set[str] = set()
    led = 0
    for make, seed in ((make, seed) for make in (random_town, random_groups) for seed in range(16)):
        scenario = make(seed)
        network = build_network(scenario.road_map)
        for _, content in run_scenario(scenario, network, store_at=instants(scenario)).stored:
            for unit in content["units"]:
                doing.add(unit["doing"])
                waits.add(unit["reason"])
            stages.update(party["stage"] for party in content["parties"])
            led += len(content["led"])
    assert {KIND["wait"], KIND["repair"]} <= doing
    assert {REASON[r] for r in ("crew", "work", "called_off", "night", "stock")} <= waits
    assert {"travel", "load_snow", "haul", "unload", "off", "clear", "drive"} <= stages
    assert led


def test_a_continued_run_can_be_stored_again() -> None:
    """Stored at 5 h in the whole run or in the run that goes on from 2 h: the same content."""
    scenario = random_groups(3)
    network = build_network(scenario.road_map)
    first, second = run_scenario(scenario, network, store_at=(2 * H, 5 * H)).stored
    again = run_scenario(scenario, network, store_at=(5 * H,), since=first)
    assert again.stored == (second,)


def test_a_content_of_another_town_is_refused() -> None:
    """Records that do not pair off with the world's are told, not guessed at."""
    one, other = random_groups(1), random_town(4)
    at, content = run_scenario(one, build_network(one.road_map), store_at=(H,)).stored[0]
    with pytest.raises(RunError, match="does not fit this scenario"):
        run_scenario(other, build_network(other.road_map), since=(at, content))
