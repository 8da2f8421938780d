"""One run of a readiness report: what every worker of every engine does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from snowplan.analysis.ready_measures import ready_run
from snowplan.analysis.run_measures import Seen
from snowplan.experiments.compare_runs import Ran, timed
from snowplan.experiments.engines.tasks import Workshop
from snowplan.experiments.one_run import digest_of, write_run
from snowplan.experiments.readiness_cases import Readiness
from snowplan.experiments.replicating import Ground, replication_of
from snowplan.model.comparison import Job
from snowplan.model.network import build_network
from snowplan.model.readiness import TODAY, scenario_of
from snowplan.model.scenario import Scenario
from snowplan.results.replications import Replication
from snowplan.results.run_folder import safe_name
from snowplan.simulation.handing_over import HandedOver, run_scenario

DIGITS = 8  # of the inputs' hash in a folder's name


class Reference(NamedTuple):
    """A scenario's own run, of which the whole folder is wanted under `place`."""

    job: Job
    place: str


class Referred(NamedTuple):
    """The run of a reference, as any other run, and the folder that it left."""

    ran: Ran
    path: str


@dataclass(frozen=True, slots=True)
class Site:
    """What a worker builds once: the cases, and the one ground of all of them."""

    asked: Readiness
    ground: Ground

    def scenario(self, job: Job) -> Scenario:
        """The scenario of a run with its draws."""
        scenario = self.asked.comparison.scenario(job)
        return replace(scenario, study=replace(scenario.study, run_seed=job.run_seed))

    def run(self, job: Job) -> HandedOver:
        """Run a job; raises LedgerError and RunError as the engine does."""
        return run_scenario(self.scenario(job), self.ground.network, roads=self.ground.roads)


def build_site(asked: Readiness) -> Site:
    """The place of a report's runs, ready for any number of them."""
    return Site(asked, Ground(build_network(asked.scenarios[0].road_map)))


def workshop_for(asked: Readiness) -> Workshop:
    """Where the runs of a report are done."""
    return Workshop(asked, build_site, do)


def do(site: Site, task: Job | Reference) -> Ran | Referred:
    """Do a run, or a reference run with its folder."""
    if isinstance(task, Reference):
        return refer(site, task)
    return timed(lambda: measured(task, site.run(task)))


def measured(job: Job, handed: HandedOver) -> Replication:
    """What a report keeps of a run; of the runs of its verdicts more."""
    whole = job.variant == TODAY and scenario_of(job.storm) == job.storm

    def keep(seen: Seen) -> Mapping[str, Any]:
        return ready_run(seen, whole).plain()

    return replication_of(job, handed, keep)


def refer(site: Site, task: Reference) -> Referred:
    """Do a reference run once, both for its figures and for its folder."""
    started, held = datetime.now(UTC), []

    def once() -> Replication:
        held.append(site.run(task.job))
        return measured(task.job, held[0])

    ran = timed(once)
    name = task.job.storm
    written = write_run(
        held[0], Path(task.place), scenario_toml=site.asked.tomls[name], started=started,
        stem=f"{safe_name(name)}-{digest_of(held[0].facts.scenario)[:DIGITS]}",
    )  # fmt: skip
    return Referred(ran, str(written.path))
