"""What the sections of a readiness report are made from: what is given, and what was run."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from snowplan.model.comparison import Job
from snowplan.model.readiness import TODAY, Effort, ReadinessRules
from snowplan.model.scenario import Scenario
from snowplan.results.reading import RunRecord
from snowplan.results.ready_run import ReadyRun
from snowplan.results.replications import Replication

Row = dict[str, Any]
Needed = Mapping[str, Mapping[str, int | None]]  # by zone and kind


@dataclass(frozen=True, slots=True)
class Given:
    """What a report tells that no replication knows.

    By scenario id: `scenarios` in the order given, `tomls` resolved, `references` the reference
    runs' folders, `needed` machines. `made`: version, python, numpy. `failed` are the jobs without
    a result. By zone and kind, `crews`: the fewest
    and the most at one time of a day. `treatment`: tonnes of one treatment by depot, None where no
    scenario treats. `tags`: how many given facts there are of each. `must_haul`: m³ by scenario,
    as they would lie in the dumps.
    """

    rules: ReadinessRules
    effort: Effort
    quick: bool
    scenarios: Mapping[str, Scenario]
    tomls: Mapping[str, str]
    references: Mapping[str, RunRecord]
    needed: Mapping[str, Needed]
    findings: Sequence[Row]
    assumptions: Sequence[Row]
    made: Mapping[str, str]
    failed: Sequence[Job] = ()
    inputs: Sequence[tuple[str, str]] = field(default=())  # (file as named, SHA-256)
    crews: Mapping[str, Mapping[str, tuple[int, int]]] = field(default_factory=dict)
    treatment: Row | None = None
    tags: Mapping[str, int] = field(default_factory=dict)
    must_haul: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is given, every run by its job, and of each scenario as it is the runs in seed order."""

    given: Given
    runs: Mapping[Job, Replication]
    own: Mapping[str, Sequence[Replication]]
    kept: Mapping[str, Sequence[ReadyRun]]  # as `own`

    @property
    def first(self) -> Scenario:
        """A scenario of the report: all have one map, one plan, one set of tables."""
        return next(iter(self.given.scenarios.values()))


def evidence(given: Given, runs: Mapping[Job, Replication]) -> Evidence:
    """The runs by scenario; their order says nothing."""
    ordered = [runs[job] for job in sorted(runs)]
    own = {
        name: [run for run in ordered if run.job[:2] == (TODAY, name)] for name in given.scenarios
    }
    kept = {name: [ReadyRun.from_plain(run.kept) for run in rows] for name, rows in own.items()}
    return Evidence(given, {run.job: run for run in ordered}, own, kept)


def at_rank(values: Sequence[float], share: float) -> float:
    """The ⌈share · n⌉-th smallest value, at least the first: always one of them (nearest rank)."""
    return sorted(values)[max(math.ceil(round(share * len(values), 6)), 1) - 1]


def told(value: float, digits: int) -> float | None:
    """A rounded figure; None where it is infinite: a section that was left by the horizon."""
    return None if math.isinf(value) else round(value, digits) + 0.0
