"""Made-up runs and what a readiness report is given, for sections worked by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from snowplan.analysis.readiness_given import Evidence, Given, evidence
from snowplan.inputs.readiness_files import load_rules
from snowplan.model.comparison import Job
from snowplan.model.grades import GRADES
from snowplan.model.readiness import TODAY
from snowplan.model.scenario import Scenario
from snowplan.results.ready_run import ReadyRun
from snowplan.results.replications import Replication

KEPT = ReadyRun({}, {}, {}, {}, {}, 0, "light", 60.0)


def graded(scenario: Scenario, *grades: str) -> dict[str, Scenario]:
    """The scenario as snow of these grades, by their names."""
    return {name: replace(scenario, grade=GRADES[name]) for name in grades}


def given_of(scenarios: Mapping[str, Scenario], **more: Any) -> Given:
    """What a report of these scenarios is given."""
    rules = load_rules()
    told: dict[str, Any] = {
        "rules": rules,
        "effort": rules.full,
        "quick": False,
        "scenarios": scenarios,
        "tomls": {name: f'name = "{name}"\n' for name in scenarios},
        "references": {},
        "needed": {},
        "findings": [],
        "assumptions": [],
        "made": {"version": "0.1", "python": "3.11", "numpy": "2.4"},
    }
    return Given(**(told | more))


def run(
    storm: str, seed: int, *, depots: Mapping[str, Any] | None = None, **kept: Any
) -> Replication:
    """A made-up run and what is kept of it."""
    plain = replace(KEPT, **kept).plain()
    return Replication(Job(TODAY, storm, seed), {}, depots=depots or {}, kept=plain)


def seen(given: Given, runs: Sequence[Replication]) -> Evidence:
    """What the sections are made from."""
    return evidence(given, {one.job: one for one in runs})
