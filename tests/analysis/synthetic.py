"""Comparisons whose figures are drawn or written down, without running anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from snowplan.inputs.study_files import load_study
from snowplan.model.comparison import Comparison, Job, Question, StormCase, Variant
from snowplan.model.scenario import Scenario
from snowplan.results.replications import Replication

BASE = "base"
Values = Mapping[str, float | None]


@cache
def _scenario() -> Scenario:
    toy = load_study("toy_depots")
    return toy.scenarios[toy.baseline, toy.storms[0].id]


def comparison_of(
    variants: Sequence[str],
    question: Question,
    *,
    weights: Mapping[str, float] | None = None,
    replications: int = 36,
    cap: int = 36,
    confidence: float = 0.95,
) -> Comparison:
    """A comparison on the toy town; the first variant is the baseline, storms have `weights`."""
    storms = tuple(StormCase(name, name, name, w) for name, w in (weights or {"mild": 1.0}).items())
    return Comparison(
        name="synthetic",
        title="试算",
        title_en="Synthetic",
        variants=tuple(Variant(name, name, name) for name in variants),
        baseline=variants[0],
        storms=storms,
        scenarios={(name, storm.id): _scenario() for name in variants for storm in storms},
        question=question,
        replications=replications,
        cap=cap,
        confidence=confidence,
    )


def run(
    variant: str, seed: int, values: Values, storm: str = "mild", **more: object
) -> Replication:
    """One run with these figures; it did what no other run did, unless `events_sha256` is given."""
    digest = f"{variant} {storm} {seed}"
    one = Replication(Job(variant, storm, seed), dict(values), events_sha256=digest)
    return replace(one, **more)  # type: ignore[arg-type]


def runs_of(rows: Sequence[Replication]) -> dict[Job, Replication]:
    """Runs by their job."""
    return {row.job: row for row in rows}
