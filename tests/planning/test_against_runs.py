"""What arithmetic calls impossible, no run does: random towns with all groups, and no time."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from snowplan.experiments.one_run import Concluded, conclude
from snowplan.model.hands import FRINGE
from snowplan.model.network import build_network
from snowplan.model.scenario import Scenario
from snowplan.planning.finding import IMPOSSIBLE, Finding
from snowplan.planning.ground_facts import Lie
from snowplan.planning.hauling_check import Duty, windrows
from snowplan.planning.plan_check import plan_findings
from snowplan.planning.storms import design_storms
from snowplan.simulation.handing_over import run_scenario
from snowplan.units import G_PER_KG, MS_PER_H, hours_ms
from tests.planning.plans import GRADES, with_limits, with_plan
from tests.simulation.random_groups import random_groups

NO_TIME_H = 0.05
PACES = ("working_speed", "load_snow", "unload")  # above the stated rates, if drawn


def _town(seed: int) -> Scenario:
    """A random town with roads eight times as long, at stated rates, with limits of 3 minutes."""
    scenario = random_groups(seed)
    sections = tuple(
        replace(s, way=replace(s.way, length_m=8 * s.way.length_m))
        for s in scenario.road_map.sections
    )
    even = tuple(replace(u, on=u.on and u.quantity not in PACES)
                 for u in scenario.around.uncertainty)  # fmt: skip
    scenario = replace(
        scenario,
        road_map=replace(scenario.road_map, sections=sections),
        around=replace(scenario.around, uncertainty=even),
    )
    scenario = with_limits(scenario, open_h=NO_TIME_H, clear_h=NO_TIME_H, haul_h=NO_TIME_H)
    hand = scenario.plan.hand
    if hand is None:
        return scenario
    return with_plan(scenario, hand=replace(hand, limit_h=dict.fromkeys(GRADES, NO_TIME_H)))


def _run(scenario: Scenario) -> Concluded:
    return conclude(run_scenario(scenario, build_network(scenario.road_map)))


def _times(item: Finding, rows: pd.DataFrame, scenario: Scenario) -> pd.Series:
    """When what a finding is about was done in a run, section by section."""
    own = rows[rows["clear_state"].notna()]
    if item.values.get("zone"):
        own = own[own["zone"] == item.values["zone"]]
    if item.code == "limit_haul":
        return own.loc[own["haul_state"] != "not_needed", "hauled_ms"]
    if item.code in ("limit_hand", "frontage_late"):
        sides = (own.loc[own[f"{n}_m2"] > 0, f"{n}_cleared_ms"] for n in ("cycle", "pavement"))
        return pd.concat(list(sides))
    if item.code == "limit_fringe":
        fringe = [s.id for s in scenario.road_map.sections if FRINGE in s.duty.flags]
        there = own["section"].isin(fringe) & (own["road_class"] == item.values["road_class"])
        return own.loc[there, "cleared_ms"]
    own = own[own["road_class"].isin(item.values["classes"])]
    return own["opened_ms" if item.code == "limit_open" else "cleared_ms"]


@pytest.mark.parametrize("seed", range(24))
def test_no_run_does_what_was_called_impossible(seed: int) -> None:
    """After the hours that were called too few, something is still to be done in the run."""
    scenario = _town(seed)
    found = [
        item
        for item in plan_findings(scenario)
        if item.severity == IMPOSSIBLE and item.own_storm and item.needed is not None
    ]
    if not found:
        return
    run = _run(scenario)
    stops = run.storm.snow_stops_ms
    assert stops is not None
    for item in found:
        times = _times(item, run.outcome.sections, scenario)
        end = stops + hours_ms(item.needed or 0.0)
        assert times.isna().any() or times.astype("float64").max() > end or times.empty, item


@pytest.mark.parametrize("seed", [1, 8, 12, 29, 40, 74, 121])
def test_no_run_hauls_more_than_loaders_and_trucks_can(seed: int) -> None:
    """Hour by hour, what was loaded and unloaded stays within the bounds of the reckoning."""
    scenario = _town(seed)
    rules, piled = scenario.plan.haul, scenario.around.physics.piled
    storms = [storm for storm in design_storms(scenario) if storm.own]
    if rules is None or piled is None or not storms:
        return
    lie = Lie(scenario)
    duty = Duty(lie, storms[0], rules)
    beside = windrows(lie, storms[0], rules, piled, {}, sure=True)  # dumps as near as can be
    events = _run(scenario).record.events
    events = events[~events["unfinished"].astype(bool)]
    for end_ms in range(MS_PER_H, scenario.study.horizon_ms, MS_PER_H):
        done = events[events["end_ms"] <= end_ms].groupby("kind")["amount_g"].sum()
        m3 = {kind: float(grams) / (piled.hauled_kg_m3 * G_PER_KG) for kind, grams in done.items()}
        assert m3.get("load_snow", 0.0) <= duty.loaders_m3(end_ms) * (1 + 1e-9)
        if beside:
            assert m3.get("unload", 0.0) <= duty.trucks_m3(beside, end_ms) * (1 + 1e-9)
