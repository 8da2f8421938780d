"""Runs that several tests look at, each made once a process and never changed."""

from __future__ import annotations

from functools import cache

import pandas as pd

from snowplan.experiments.one_run import Concluded, conclude
from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.network import build_network
from snowplan.model.scenario import Scenario
from snowplan.simulation.handing_over import run_scenario
from tests.oracles.court import Court
from tests.oracles.evidence import evidence_of
from tests.oracles.replay import Replay
from tests.oracles.rules import Judge

IN_SNOW = (  # a window of Pingcheng's heavy night in which everything is due from the start
    "start=2026-01-15T20:00:00",
    "snow.onset=2026-01-15T18:00:00",
    "snow.initial_mm_we=2",
)


@cache
def scenario_of(name: str, *sets: str) -> Scenario:
    """A shipped scenario with `--set` texts."""
    return load_scenario(name, sets)


@cache
def run_of(name: str, *sets: str) -> Concluded:
    """Its run and frames."""
    return run_scenario_whole(scenario_of(name, *sets))


def run_scenario_whole(scenario: Scenario, finder: str = "auto") -> Concluded:
    """A run and its frames, not kept."""
    network = build_network(scenario.road_map)
    return conclude(run_scenario(scenario, network, finder=finder))


@cache
def court_of(name: str, *sets: str) -> Court:
    """Everything that follows from its logs."""
    return Court(evidence_of(run_of(name, *sets).handed))


def replay_of(name: str, *sets: str) -> Replay:
    """The slow replay of its events."""
    return court_of(name, *sets).replay


def judge_of(name: str, *sets: str) -> Judge:
    """The rules judged over its events."""
    return court_of(name, *sets).judge


def passes_of(events: pd.DataFrame) -> pd.DataFrame:
    """Finished passes."""
    work = events["kind"].isin(("plough", "sweep", "grade_packed", "spread"))
    return events[work & ~events["unfinished"].astype(bool)]
