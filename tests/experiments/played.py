"""Comparisons whose runs are made up: what a run finds is a function of its job alone."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np

from snowplan.experiments.compare_runs import Ran
from snowplan.experiments.comparing import Compared
from snowplan.experiments.engines.tasks import Outcome, Workshop
from snowplan.inputs.study_files import load_study
from snowplan.model.comparison import Comparison, Job, Question, Variant
from snowplan.results.replications import Replication

KEY = "exposure"
PAIR = ("today", "other")
SEVEN = ("today", "b", "c", "d", "e", "f", "g")
Figure = Callable[[Job], float]


def comparison_of(
    variants: tuple[str, ...],
    *,
    replications: int = 12,
    cap: int = 48,
    half_width: float | None = None,
    indifference: float | None = None,
) -> Comparison:
    """The toy study with variants of these names, all on the same ground; the first is the base."""
    study = load_study("toy_depots")
    storms = study.storms[:2]
    ground = {storm.id: study.scenarios[study.baseline, storm.id] for storm in storms}
    asked = {} if half_width is None else {KEY: half_width}
    return replace(
        study,
        variants=tuple(Variant(name, name, name) for name in variants),
        baseline=variants[0],
        storms=storms,
        scenarios={(name, storm): ground[storm] for name in variants for storm in ground},
        question=Question((KEY,), asked, indifference),
        replications=replications,
        cap=cap,
    )


def noise(*parts: Any) -> float:
    """A standard normal number of its own for these parts."""
    return random.Random("/".join(map(str, parts))).gauss(0, 1)


def noisy(job: Job, spread: float = 5.0) -> float:
    """A figure about 100, the same weather for all variants and an error of each one's own."""
    weather = noise("weather", job.storm, job.run_seed)
    return 100 + 20 * weather + spread * noise(*job)


def run_of(job: Job, figure: Figure) -> Replication:
    """A replication with one measure; equal figures mean that the same was done."""
    value = figure(job)
    return Replication(job, {KEY: value}, events_sha256=f"{value:.9f}")


@dataclass
class Kept:
    """A store in memory."""

    found: dict[Job, Replication] = field(default_factory=dict)

    def add(self, replication: Replication) -> None:
        """Keep a replication."""
        assert replication.job not in self.found
        self.found[replication.job] = replication


class Played:
    """An engine that knows what each run finds, and gives the ends in an order of its own.

    Each run takes 2 s, and its one worker is busy for `busy_s` a run.
    """

    def __init__(
        self, figure: Figure, *, workers: int = 1, order: int | None = None, busy_s: float = 2.0
    ) -> None:
        self.workers, self.figure, self.busy_s = workers, figure, busy_s
        self.done: list[Job] = []
        self._order = None if order is None else np.random.default_rng(order)
        self._waiting: deque[Job] = deque()

    def __call__(self, _: Workshop) -> Self:
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting.clear()

    def submit(self, task: Job) -> None:
        """Take a job."""
        self._waiting.append(task)

    def cancel(self) -> None:
        """Forget what has not begun."""
        self._waiting.clear()

    def as_completed(self) -> Iterator[Outcome]:
        """Outcomes in the order of the jobs, or in a random one; what a figure raises is told."""
        while self._waiting:
            if self._order is not None:
                self._waiting.rotate(int(self._order.integers(len(self._waiting))))
            job = self._waiting.popleft()
            self.done.append(job)
            try:
                run = run_of(job, self.figure)
            except ArithmeticError as error:
                yield Outcome(job, error=str(error))
            else:
                busy_s = self.busy_s * len(self.done)
                yield Outcome(job, Ran(run, 2.0, 2.0, "here/1", busy_s, 10**8))


def failing(*jobs: Job) -> Played:
    """An engine whose runs of these jobs fail."""

    def figure(job: Job) -> float:
        if job in jobs:
            raise ArithmeticError(f"no figure for {job.variant}")
        return noisy(job)

    return Played(figure)


def replications_done(compared: Compared) -> int:
    """How many run seeds were run."""
    return len({job.run_seed for job in compared.replications})
