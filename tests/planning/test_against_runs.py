"""What arithmetic calls impossible, no run does: random towns with all groups, and no time."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pandas as pd
import pytest

from snowplan.experiments.one_run import Concluded, conclude
from snowplan.model.network import build_network
from snowplan.model.scenario import Scenario
from snowplan.planning.finding import IMPOSSIBLE, Finding
from snowplan.planning.ground_facts import Lie
from snowplan.planning.hauling_check import Duty, windrows
from snowplan.planning.plan_check import plan_findings
from snowplan.planning.storms import DesignStorm, design_storms
from snowplan.simulation.handing_over import run_scenario
from snowplan.units import G_PER_KG, MS_PER_H, hours_ms
from tests.planning.plans import GRADES, with_limits, with_plan, with_snow
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


def _eased(scenario: Scenario) -> Scenario:
    """Every class with the hours it needs alone: what is still too much is so together."""
    limits = {(row.road_class.key, row.grade.key): row for row in scenario.plan.limits}
    for item in _impossible(scenario):
        head, *names = item.where.split(".")
        if head == "limits" and item.code.startswith("limit_"):
            road_class, grade, name = names
            row = limits[road_class, grade]
            hours = max(getattr(row, name), (item.needed or 0.0) + 0.1)
            limits[road_class, grade] = replace(row, **{name: hours})
    return with_plan(scenario, limits=tuple(limits.values()))


def _impossible(scenario: Scenario) -> list[Finding]:
    """What is called impossible of the scenario's own storm within ten days."""
    return [
        item
        for item in plan_findings(scenario)
        if item.severity == IMPOSSIBLE and item.own_storm and item.needed is not None
    ]


DEEP = 2  # times the snow: more roads are blocked
TOWNS = {
    "as drawn": _town,
    "eased": lambda seed: _eased(_town(seed)),
    "deep snow": lambda seed: with_snow(_town(seed), DEEP),
}


def _times(item: Finding, rows: pd.DataFrame, lie: Lie, storm: DesignStorm) -> pd.Series:
    """When what a finding is about was done in a run, section by section, of its classes alone."""
    treatment, kind = lie.plan.treatment(storm.grade), item.code.split("_")[1]
    by_hand = {s.section.id for s in lie.stretches if lie.by_hand(s, treatment)}
    own = rows[rows["clear_state"].notna()]
    if item.values.get("zone"):
        own = own[own["zone"] == item.values["zone"]]
    if item.code == "limit_hand":
        own = own[own["section"].isin(by_hand) == (item.values["group"] == "rural")]
    if kind in ("hand", "late"):
        sides = (own.loc[own[f"{n}_m2"] > 0, f"{n}_cleared_ms"] for n in ("cycle", "pavement"))
        return pd.concat(list(sides))
    own = own[own["road_class"].isin(item.values["classes"])]
    assert {*own["road_class"]} == {where.split(".")[1] for where in item.where.split(", ")}
    if kind == "haul":
        rules, piled = lie.plan.haul, lie.scenario.around.physics.piled
        assert rules is not None
        assert piled is not None
        sure = {row.stretch.section.id for row in windrows(lie, storm, rules, piled, {}, sure=True)}
        return own.loc[own["section"].isin(sure), "hauled_ms"]
    own = own[own["section"].isin(by_hand) == (kind == "fringe")]
    return own["opened_ms" if kind == "open" else "cleared_ms"]


SEEDS = range(24)


@pytest.mark.parametrize("town", TOWNS)
@pytest.mark.parametrize("seed", SEEDS)
def test_no_run_does_what_was_called_impossible(seed: int, town: str) -> None:
    """After the hours that were called too few, something is still to be done in the run: of the
    very class that the finding names, or of one of those it names together."""
    scenario = TOWNS[town](seed)
    found = _impossible(scenario)
    if not found:
        return  # how many there are of each kind is counted below
    run, lie = _run(scenario), Lie(scenario)
    stops = run.storm.snow_stops_ms
    assert stops is not None
    (storm,) = (storm for storm in design_storms(scenario) if storm.own)
    for item in found:
        times = _times(item, run.outcome.sections, lie, storm)
        end = stops + hours_ms(item.needed or 0.0)
        assert not times.empty, item
        assert times.isna().any() or times.astype("float64").max() > end, item


@pytest.mark.slow
def test_every_kind_of_impossible_is_met_in_the_towns() -> None:
    """Each kind of finding comes up at least twice, so that the runs above do judge it."""
    found = Counter(
        item.code for town in TOWNS.values() for seed in SEEDS for item in _impossible(town(seed))
    )
    kinds = {f"{n}_{k}" for n in ("limit", "limits") for k in ("clear", "fringe", "haul", "open")}
    assert {kind: found[kind] for kind in kinds if found[kind] < 2} == {}
    assert min(found["limit_hand"], found["frontage_late"]) >= 2


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
