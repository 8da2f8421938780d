"""Runs of whole scenarios as a readiness report keeps them, with their reference folders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from snowplan.analysis.readiness_given import Given
from snowplan.analysis.ready_measures import ready_run
from snowplan.analysis.run_measures import seen_in
from snowplan.experiments.one_run import run_and_write, storm_of
from snowplan.experiments.replicating import replication_of
from snowplan.inputs.readiness_files import load_rules
from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.comparison import Comparison, Job, Question, StormCase, Variant
from snowplan.model.network import build_network
from snowplan.model.readiness import TODAY
from snowplan.model.scenario import Scenario
from snowplan.results.reading import open_run
from snowplan.results.replications import Replication
from snowplan.simulation.handing_over import run_scenario

SEED = 1


def loaded(names: Sequence[str]) -> dict[str, Scenario]:
    """Shipped scenarios by name."""
    return {name: load_scenario(name) for name in names}


def study_of(scenarios: Mapping[str, Scenario]) -> Comparison:
    """The scenarios as they are, as storms of a comparison."""
    storms = tuple(
        StormCase(name, s.study.title, s.study.title_en) for name, s in scenarios.items()
    )
    return Comparison(
        name="readiness",
        title="",
        title_en="",
        variants=(Variant(TODAY, "现状", "Today"),),
        baseline=TODAY,
        storms=storms,
        scenarios={(TODAY, name): scenario for name, scenario in scenarios.items()},
        question=Question(("open_last/all",)),
        run_seed=SEED,
    )


def kept_run(scenario: Scenario, storm: str, seed: int) -> Replication:
    """One run and all that is kept of it."""
    seeded = replace(scenario, study=replace(scenario.study, run_seed=seed))
    handed = run_scenario(seeded, build_network(scenario.road_map))
    seen = seen_in(handed.log, handed.group_log, handed.facts, storm_of(handed.facts))
    kept = ready_run(seen, whole=True).plain()
    return replace(replication_of(Job(TODAY, storm, seed), handed), kept=kept)


def runs_of(scenarios: Mapping[str, Scenario], count: int) -> dict[Job, Replication]:
    """So many runs of each scenario, by job."""
    rows = [
        kept_run(scenario, name, SEED + replication)
        for name, scenario in scenarios.items()
        for replication in range(count)
    ]
    return {row.job: row for row in rows}


def given_of(scenarios: Mapping[str, Scenario], out: Path) -> Given:
    """What a report is given, with reference runs written under `out`."""
    rules = load_rules()
    folders = {
        name: run_and_write(
            replace(scenario, study=replace(scenario.study, run_seed=SEED)),
            out / name,
            scenario_toml="",
        ).path
        for name, scenario in scenarios.items()
    }
    return Given(
        rules=rules,
        effort=rules.full,
        quick=False,
        scenarios=scenarios,
        tomls=dict.fromkeys(scenarios, ""),
        references={name: open_run(path) for name, path in folders.items()},
        needed={},
        findings=[],
        assumptions=[],
        made={"version": "0", "python": "3", "numpy": "2"},
    )
