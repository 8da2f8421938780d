"""The runs of a comparison: taken from the store, or run by an engine and stored as they come."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from snowplan.errors import RunError
from snowplan.experiments.compare_estimate import (
    Estimate,
    Probe,
    Room,
    estimate,
    free_bytes,
    probes,
    resident_bytes,
    time_probes,
)
from snowplan.experiments.engines.tasks import Engine, Workshop
from snowplan.experiments.replicating import City, build_city, replicate
from snowplan.model.comparison import Comparison, Job
from snowplan.results.replications import Replication


class Ran(NamedTuple):
    """A run, what it took by the clock on the wall and of a processor, and its worker after it."""

    replication: Replication
    seconds: float
    cpu_s: float
    worker: str  # the machine and the process
    worker_cpu_s: float  # since it began
    worker_bytes: int


def run_job(city: City, job: Job) -> Ran:
    """Run a job and take the time."""
    return timed(lambda: replicate(city, job))


def timed(do: Callable[[], Replication]) -> Ran:
    """What a run found, and what it took."""
    begin, cpu = time.perf_counter(), time.process_time()
    replication = do()
    seconds, spent = time.perf_counter() - begin, time.process_time()
    worker = f"{platform.node()}/{os.getpid()}"
    return Ran(replication, seconds, spent - cpu, worker, spent, resident_bytes())


def workshop_of(comparison: Comparison) -> Workshop:
    """Where the runs of a comparison are done."""
    return Workshop(comparison, build_city, run_job)


class Keeper(Protocol):
    """Where replications are kept: those found there, and a place for each new one."""

    @property
    def found(self) -> Mapping[Job, Replication]:
        """The replications stored so far."""

    def add(self, replication: Replication) -> None:
        """Store a replication at once, or raise RunError."""


class Watch:
    """What is told while a comparison runs; this one listens to nothing."""

    def found(self, stored: int, asked: int) -> None:
        """So many of the runs asked for at first are in the store already."""

    def estimated(self, found: Estimate) -> None:
        """What the rest will take; may raise RunError, and nothing more is run."""

    def reach(self, done: int, asked: int) -> None:
        """So many runs are done, of those asked for so far."""

    def ran(self, run: Ran) -> None:
        """A run ended and is stored."""

    def failed(self, job: Job, error: str) -> None:
        """A run failed; the others go on."""


@dataclass(slots=True)
class Runs:
    """The runs asked for so far, and how they ended."""

    comparison: Comparison
    engine: Engine
    keeper: Keeper
    watch: Watch
    most: Sequence[Job]  # all that may be asked for
    processors: int | None  # of this machine; None where the workers are others'
    replications: dict[Job, Replication] = field(default_factory=dict)
    failed: dict[Job, str] = field(default_factory=dict)
    asked: int = 0
    estimated: bool = False
    kept_s: float = 0.0  # spent on storing so far

    def missing(self, jobs: Iterable[Job]) -> list[Job]:
        """Those of the jobs that neither the store nor this command has the end of."""
        known = self.keeper.found
        return [job for job in jobs if job not in known and job not in self.failed]

    def run(self, jobs: Sequence[Job]) -> None:
        """Have the jobs done that are missing; all have ended afterwards."""
        missing = self.missing(jobs)
        known = self.keeper.found
        if not self.asked:
            self.watch.found(len(jobs) - len(missing), len(jobs))
        self.replications |= {job: known[job] for job in jobs if job in known}
        self.asked += len(jobs)
        if missing and not self.estimated:
            self._time(jobs, missing)
        for job in self.missing(jobs):
            self.engine.submit(job)
        self._hear()

    def living(self) -> tuple[str, ...]:
        """The variants that have a run to show; raises RunError where the baseline has none."""
        shown = {job.variant for job in self.replications}
        if self.comparison.baseline not in shown:
            first = next(iter(self.failed.values()), "nothing was run")
            raise RunError(f"no run of the baseline {self.comparison.baseline} ended: {first}")
        return tuple(one.id for one in self.comparison.variants if one.id in shown)

    def _hear(self) -> list[Ran]:
        """Store what the runs under way find, as they end."""
        self.watch.reach(len(self.replications) + len(self.failed), self.asked)
        ended = []
        for outcome in self.engine.as_completed():
            begin = time.perf_counter()
            if outcome.error:
                self.failed[outcome.task] = outcome.error
                self.watch.failed(outcome.task, outcome.error)
            else:
                ran: Ran = outcome.found
                self.keeper.add(ran.replication)
                self.replications[outcome.task] = ran.replication
                self.watch.ran(ran)
                ended.append(ran)
            self.watch.reach(len(self.replications) + len(self.failed), self.asked)
            self.kept_s += time.perf_counter() - begin
        return ended

    def _time(self, jobs: Sequence[Job], missing: Sequence[Job]) -> None:
        """Do some of the missing jobs one by one, so that one worker does them; tell the rest."""
        self.estimated = True
        took = time_probes(probes(self.comparison, missing), self._probe)
        rest, most = self.missing(jobs), self.missing(self.most)
        if took.by_storm and rest:
            workers, here = self.engine.workers, self.processors
            free = None if here is None else free_bytes()
            room = Room(workers, min(workers, here or workers), free)
            self.watch.estimated(estimate(rest, most, took, room))

    def _probe(self, job: Job) -> Probe | None:
        """Do one job and take the time; None where it failed."""
        begin, before_s = time.perf_counter(), self.kept_s
        self.engine.submit(job)
        ended = self._hear()
        kept_s = self.kept_s - before_s
        asked_s = time.perf_counter() - begin - kept_s
        if not ended:
            return None
        ran = ended[0]
        return Probe(job.storm, ran.seconds, asked_s, kept_s, ran.worker_bytes)
