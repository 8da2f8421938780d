"""Opening and clearing limits called impossible, against runs of random towns with machines."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from snowplan.experiments.one_run import conclude
from snowplan.model.network import build_network
from snowplan.model.scenario import Scenario
from snowplan.planning.finding import Finding
from snowplan.planning.plan_check import plan_findings
from snowplan.simulation.handing_over import run_scenario
from snowplan.units import hours_ms
from tests.planning.plans import with_limits, with_snow
from tests.simulation.random_towns import random_town

SEEDS, TIMES = range(35), (1, 2)


def _long_town(seed: int, times: int) -> Scenario:
    """A random town with roads of 1 to 10 km, so many times its snow, no time for it, and no pace
    above the stated rate."""
    scenario = with_snow(random_town(seed), times)
    long = tuple(
        replace(s, way=replace(s.way, length_m=10 * s.way.length_m))
        for s in scenario.road_map.sections
    )
    even = tuple(replace(s, on=s.on and s.quantity != "working_speed")
                 for s in scenario.around.uncertainty)  # fmt: skip
    scenario = replace(
        scenario,
        road_map=replace(scenario.road_map, sections=long),
        around=replace(scenario.around, uncertainty=even),
    )
    return with_limits(scenario, open_h=0.05, clear_h=0.05)


def _limits(scenario: Scenario) -> list[Finding]:
    """Findings on opening and clearing limits of the scenario's own storm, within ten days."""
    kinds = ("limit_open", "limit_clear", "limits_open", "limits_clear")
    found = (f for f in plan_findings(scenario) if f.code in kinds)
    return [f for f in found if f.own_storm and f.needed is not None]


@pytest.mark.parametrize("times", TIMES)
@pytest.mark.parametrize("seed", SEEDS)
def test_no_run_does_what_was_called_impossible(seed: int, times: int) -> None:
    """In random towns no run is done after the hours that were called too few: not with the class
    that is named, nor with all of those named together."""
    scenario = _long_town(seed, times)
    found = _limits(scenario)
    if not found:
        return  # how many there are of each kind is counted below
    run = conclude(run_scenario(scenario, build_network(scenario.road_map)))
    table, stops = run.outcome.sections, run.storm.snow_stops_ms
    assert stops is not None
    for item in found:
        name = "opened_ms" if item.code.endswith("open") else "cleared_ms"
        rows = table[
            table["road_class"].isin(item.values["classes"]) & table["clear_state"].notna()
        ]
        if item.values["zone"]:
            rows = rows[rows["zone"] == item.values["zone"]]
        end = stops + hours_ms(item.needed or 0.0)
        done = rows[name].notna() & (rows[name].astype("float64") <= end)
        assert not rows.empty, item
        assert not done.all(), item


def test_the_random_towns_have_limits_to_judge() -> None:
    """Limits of one class and of several together come up at least twice in each stage."""
    towns = [_long_town(seed, times) for seed in SEEDS for times in TIMES]
    found = Counter(item.code for town in towns for item in _limits(town))
    kinds = [f"{n}_{stage}" for n in ("limit", "limits") for stage in ("open", "clear")]
    assert {kind: found[kind] for kind in kinds if found[kind] < 2} == {}
