"""What a readiness report will take: the runs that its stages will ask for, from the first ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import ceil, log2
from statistics import fmean

from snowplan.experiments.compare_estimate import Estimate, Room, Timed, estimate
from snowplan.experiments.compare_runs import Ran
from snowplan.experiments.readiness_cases import Readiness
from snowplan.model.comparison import Job
from snowplan.model.readiness import FACTOR, MORE, RELIEF, TODAY, Search, scenario_of

GAPS = 2  # between coarse factors, in which limits of one replication fail: measured, about so many


def planned(asked: Readiness, known: Collection[Job]) -> list[Job]:
    """Runs that the stages will ask for, about, without those that are known; their storms say of
    which scenario they are, and nothing else of them counts."""
    effort, ids = asked.effort, asked.ids
    mores = [name for name in _variants(asked) if name.startswith(MORE)]
    best = min(effort.best, len(mores)) * (effort.marginal_most - effort.marginal)
    reliefs = sum(name.startswith(RELIEF) for name in _variants(asked))
    stages = {
        "grades": dict.fromkeys(ids, effort.grades),
        "envelope": dict.fromkeys(ids, effort.envelope * searched(asked.rules.search)),
        "relief": dict.fromkeys(ids, effort.relief * reliefs * GAPS),
        "marginal": {asked.marginal: effort.marginal * len(mores) + best},
    }
    done: dict[tuple[str, str], int] = {}
    for job in known:
        key = (stage_of(job), scenario_of(job.storm))
        done[key] = done.get(key, 0) + 1
    jobs = []
    for stage, counts in stages.items():
        for id_, count in counts.items():
            left = max(0, count - done.get((stage, id_), 0))
            jobs += [asked.job(TODAY, id_, number) for number in range(left)]
    return jobs


def searched(search: Search) -> int:
    """Runs that one replication's search takes, about: coarse factors, then halving some gaps."""
    widest = (
        max(b - a for a, b in zip(search.coarse, search.coarse[1:], strict=False))
        if len(search.coarse) > 1
        else len(search.factors)
    )
    return len(search.coarse) + GAPS * ceil(log2(max(2, widest)))


def stage_of(job: Job) -> str:
    """The stage that a run belongs to."""
    if job.variant.startswith(MORE):
        return "marginal"
    if job.variant.startswith(RELIEF):
        return "relief"
    return "envelope" if FACTOR in job.storm else "grades"


def guess(
    asked: Readiness, known: Collection[Job], took: Mapping[str, list[Ran]], room: Room
) -> Estimate | None:
    """What the rest will take, from the first runs by scenario; None where nothing is left or
    timed."""
    jobs = planned(asked, known)
    every = [ran for rows in took.values() for ran in rows]
    if not jobs or not every:
        return None
    seconds = {id_: fmean(ran.seconds for ran in rows) for id_, rows in took.items() if rows}
    timed = Timed(0.0, seconds, 0.0, max(ran.worker_bytes for ran in every))
    return estimate(jobs, jobs, timed, room)


def _variants(asked: Readiness) -> list[str]:
    return [variant.id for variant in asked.comparison.variants]
