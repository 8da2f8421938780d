"""A comparison: variants of one scenario under the same storms and the same draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from snowplan.model.fleet import Depot
from snowplan.model.scenario import Scenario


class Job(NamedTuple):
    """One run of a comparison: which variant, under which storm, with which draws."""

    variant: str
    storm: str
    run_seed: int


@dataclass(frozen=True, slots=True)
class StormCase:
    """A storm and how much it counts; weights need not sum to 1."""

    id: str
    title: str
    title_en: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to place depots (or another change), with the depots as it has them."""

    id: str
    title: str
    title_en: str
    depots: tuple[Depot, ...] = ()
    differences: tuple[tuple[str, str, str], ...] = ()  # (key, in the baseline, here)


@dataclass(frozen=True, slots=True)
class Question:
    """What decides: measure keys, the first of all first.

    `half_width` asks for a precision of the paired difference, by measure key, in its own unit.
    `indifference` is the least difference of the first measure that matters to the planner.
    """

    decide: tuple[str, ...]
    half_width: Mapping[str, float] = field(default_factory=dict)
    indifference: float | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that a comparison is a function of.

    Every storm has a scenario for every variant. Replication r of any of them draws with
    `run_seed + r`: variants are told apart by nothing but what differs between them.
    """

    name: str
    title: str
    title_en: str
    variants: tuple[Variant, ...]
    baseline: str  # the variant that the others are compared with
    storms: tuple[StormCase, ...]
    scenarios: Mapping[tuple[str, str], Scenario]  # by (variant, storm)
    question: Question
    run_seed: int = 1
    replications: int = 36  # at first
    cap: int = 36  # at most
    confidence: float = 0.95
    source: str = ""
    inputs: tuple[tuple[str, str], ...] = ()  # (file as named, SHA-256), the study's own among them
    toml: str = ""  # the study, resolved, for the folder of its results

    def scenario(self, job: Job) -> Scenario:
        """The scenario of a run, its draws not yet set."""
        return self.scenarios[job.variant, job.storm]

    def variant(self, name: str) -> Variant:
        """The variant of that id."""
        return next(variant for variant in self.variants if variant.id == name)

    def jobs(self, replication: int, variants: tuple[str, ...] = ()) -> list[Job]:
        """The runs of one replication: every storm, every variant (or those named)."""
        names = variants or tuple(variant.id for variant in self.variants)
        return [
            Job(variant, storm.id, self.run_seed + replication)
            for storm in self.storms
            for variant in names
        ]
