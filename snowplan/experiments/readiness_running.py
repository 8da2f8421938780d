"""The runs of a readiness report, stage by stage, by any engine, from what is stored already.

What is asked for next is decided between rounds, from all that was found so far. So neither the
order in which runs end nor their engine nor what was stored before matters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from snowplan.errors import RunError
from snowplan.experiments.compare_estimate import Estimate, Room, free_bytes
from snowplan.experiments.compare_runs import Ran, Runs, Watch
from snowplan.experiments.comparing import EngineOf
from snowplan.experiments.engines.tasks import Engine
from snowplan.experiments.readiness_cases import Readiness
from snowplan.experiments.readiness_estimate import guess, own_of, planned
from snowplan.experiments.readiness_shelf import Shelf
from snowplan.experiments.readiness_stages import STAGES, first_jobs
from snowplan.experiments.readiness_work import (
    Reference,
    Referred,
    build_site,
    refer,
    workshop_for,
)
from snowplan.model.comparison import Job
from snowplan.model.readiness import TODAY, scenario_of
from snowplan.results.replications import Replication


@dataclass(frozen=True, slots=True)
class Ready:
    """All runs that were asked for and ended, those that failed, the reference runs' folders.

    `reused` of the runs were stored before.
    """

    replications: Mapping[Job, Replication]
    failed: Mapping[Job, str]
    references: Mapping[str, Path]
    reused: int


class Ahead(Watch):
    """Tells another watch how far the whole report is, later stages included."""

    def __init__(self, watch: Watch) -> None:
        self._watch, self._planned = watch, 0
        self.ended: list[Ran] = []

    def plan(self, runs: int) -> None:
        """So many runs will be asked for in all, about."""
        self._planned = runs

    def found(self, stored: int, asked: int) -> None:
        """Nothing: how many of all are stored is told once, before."""

    def estimated(self, found: Estimate) -> None:
        """Hand it on."""
        self._watch.estimated(found)

    def stored(self, runs: int) -> None:
        """So many runs are stored already, of those planned."""
        self._watch.found(runs, max(runs, self._planned))

    def reach(self, done: int, asked: int) -> None:
        """Hand on how far all is."""
        self._watch.reach(done, max(asked, self._planned))

    def ran(self, run: Ran) -> None:
        """Hand it on, and keep what it took."""
        self.ended.append(run)
        self._watch.ran(run)

    def failed(self, job: Job, error: str) -> None:
        """Hand it on."""
        self._watch.failed(job, error)


def run_readiness(
    asked: Readiness,
    engine_of: EngineOf,
    shelf: Shelf,
    *,
    processors: int | None = None,
    watch: Watch | None = None,
) -> Ready:
    """Do all runs of a report that are not stored yet.

    `processors` are this machine's, for the estimate; None where the workers are elsewhere.
    Raises RunError where a store or a folder cannot be written, and where a scenario has no run.
    """
    ahead = Ahead(watch or Watch())
    before = set(shelf.found)
    with engine_of(workshop_for(asked)) as engine:
        runs = Runs(asked.comparison, engine, shelf, ahead, (), processors, estimated=True)
        begun = Begun(asked, shelf, runs, ahead, engine)
        begun.references(elsewhere=processors is None)
        begun.estimate(processors)
        for stage in STAGES:
            while jobs := unknown(runs, stage(asked, runs.replications, runs.failed)):
                begun.late(jobs, processors)
                runs.run(jobs)
    refuse_without(asked, runs)
    reused = sum(job in before for job in runs.replications)
    return Ready(runs.replications, runs.failed, begun.folders, reused)


def run_references(
    asked: Readiness, engine_of: EngineOf, shelf: Shelf, *, processors: int | None = None
) -> Mapping[str, Path]:
    """The reference runs' folders alone; those that are missing are run."""
    ahead = Ahead(Watch())
    with engine_of(workshop_for(asked)) as engine:
        runs = Runs(asked.comparison, engine, shelf, ahead, (), processors, estimated=True)
        begun = Begun(asked, shelf, runs, ahead, engine)
        begun.references(elsewhere=processors is None)
    return begun.folders


def unknown(runs: Runs, jobs: Sequence[Job]) -> list[Job]:
    """Those of the jobs that this command has not asked for yet."""
    return [job for job in jobs if job not in runs.replications and job not in runs.failed]


def refuse_without(asked: Readiness, runs: Runs) -> None:
    """Raise RunError for a scenario of which no run ended."""
    for scenario in asked.ids:
        if not any(job[:2] == (TODAY, scenario) for job in runs.replications):
            errors = (text for job, text in runs.failed.items() if job.storm == scenario)
            raise RunError(f"no run of {scenario} ended: {next(errors, 'nothing was run')}")


@dataclass(slots=True)
class Begun:
    """What is done before the rest is estimated: the reference runs, or else first runs."""

    asked: Readiness
    shelf: Shelf
    runs: Runs
    ahead: Ahead
    engine: Engine
    folders: dict[str, Path] = field(default_factory=dict)
    took: dict[str, list[Ran]] = field(default_factory=dict)
    told: bool = False

    def references(self, *, elsewhere: bool) -> None:
        """The reference runs' folders; those that are missing are run, each counting as a run.

        Where the workers are `elsewhere`, they cannot write here: then this process runs them.
        """
        missing = []
        for id_ in self.asked.ids:
            folder = self.shelf.reference(id_)
            if folder is None:
                missing.append(Reference(self.asked.job(TODAY, id_, 0), str(self.shelf.runs(id_))))
            else:
                self.folders[id_] = folder
        if elsewhere and missing:
            site = build_site(self.asked)
            for task in missing:
                self._referred(refer(site, task))
            return
        for task in missing:
            self.engine.submit(task)
        for outcome in self.engine.as_completed():
            if outcome.error:
                raise RunError(f"the run of {outcome.task.job.storm} failed: {outcome.error}")
            self._referred(outcome.found)

    def _referred(self, done: Referred) -> None:
        """Store a reference run, and where its folder is."""
        job = done.ran.replication.job
        self.shelf.add(done.ran.replication)
        self.folders[job.storm] = Path(done.path)
        self._timed(done.ran)

    def _timed(self, ran: Ran) -> None:
        self.took.setdefault(scenario_of(ran.replication.job.storm), []).append(ran)

    def estimate(self, processors: int | None) -> None:
        """Time a first run of each scenario that has not run yet, all at once; tell the rest."""
        known = self.shelf.found
        first = [
            next(iter(jobs), None)
            for id_ in self.asked.ids
            if id_ not in self.took
            and (jobs := [job for job in first_jobs(self.asked, id_) if job not in known])
        ]
        mine = len(own_of(self.asked, known))
        self.ahead.plan(mine + len(planned(self.asked, known)))
        self.ahead.stored(mine - len(self.took))
        self._tell([job for job in first if job is not None], processors)

    def late(self, jobs: Sequence[Job], processors: int | None) -> None:
        """Where only later stages are left: time the first runs of one, and tell the rest."""
        missing = [job for job in jobs if job not in self.shelf.found]
        if missing and not self.told:
            self._tell(missing[: 2 * self.engine.workers], processors)

    def _tell(self, first: Sequence[Job], processors: int | None) -> None:
        """Run the first, and tell what the rest will take; nothing where nothing was timed."""
        self.runs.run(first)
        for ran in self.ahead.ended:
            self._timed(ran)
        workers = self.engine.workers
        free = None if processors is None else free_bytes()
        room = Room(workers, min(workers, processors or workers), free)
        left = guess(self.asked, self.shelf.found, self.took, room)
        self.told = bool(self.took)
        if left is not None:
            self.ahead.estimated(left)
