"""What a readiness report will take: the runs that its stages will ask for, from the first ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from math import ceil, log2
from statistics import fmean

from snowplan.analysis.readiness_head import stage_of
from snowplan.experiments.compare_estimate import Estimate, Room, Timed, estimate
from snowplan.experiments.compare_runs import Ran
from snowplan.experiments.readiness_cases import Readiness
from snowplan.model.comparison import Job
from snowplan.model.readiness import MORE, RELIEF, TODAY, Search, scenario_of

GAPS = 2  # between coarse factors, in which limits of one replication fail: measured, about so many
ASKS = 2  # snowfalls of a scenario at which means are eased: measured, about so many
GAINING = 0.4  # share of the reliefs that gain, and so are run again: measured, about so much
STAGES = ("grades", "envelope", "relief", "marginal")


def planned(asked: Readiness, known: Collection[Job]) -> list[Job]:
    """Runs that the stages will ask for, about, without those that are known.

    Their storms say of which scenario they are, and nothing else of them counts. What this report
    does not ask for, though it is stored, counts for nothing. A stage that follows is begun only
    when those before it are done: what is known of one says that the search before it is over.
    """
    counts = _counts(asked)
    mine = own_of(asked, known)
    done = Counter((stage_of(job), scenario_of(job.storm)) for job in mine)
    begun = max((STAGES.index(stage) for stage, _ in done), default=0)
    jobs = []
    for number, stage in enumerate(STAGES):
        for id_, count in counts[stage].items():
            over = number < begun and stage in ("envelope", "relief")
            left = 0 if over else max(0, count - done[stage, id_])
            jobs += [asked.job(TODAY, id_, k) for k in range(left)]
    return jobs


def _counts(asked: Readiness) -> dict[str, dict[str, int]]:
    """About how many runs each stage has of each scenario."""
    effort, ids = asked.effort, asked.ids
    mores = sum(name.startswith(MORE) for name in _variants(asked))
    fresh = min(effort.best, mores) * (effort.marginal_most - effort.marginal)
    reliefs = sum(name.startswith(RELIEF) for name in _variants(asked))
    again = 1 + GAINING * (effort.relief - 1) if effort.relief else 0
    search = searched(asked.rules.search)
    return {
        "grades": dict.fromkeys(ids, effort.grades),
        "envelope": {id_: effort.envelope * (search - (id_ in asked.unscaled)) for id_ in ids},
        "relief": dict.fromkeys(ids, round(again * reliefs * ASKS)),
        "marginal": {asked.marginal: effort.marginal * mores + fresh},
    }


def own_of(asked: Readiness, known: Collection[Job]) -> list[Job]:
    """Of the runs that are known those that this report can use."""
    first, effort = asked.comparison.run_seed, asked.effort
    most = {
        "grades": effort.grades,
        "envelope": effort.envelope,
        "relief": effort.envelope,
        "marginal": effort.marginal_most,
    }
    cases = set(asked.comparison.scenarios)
    return [
        job
        for job in known
        if (job.variant, job.storm) in cases and 0 <= job.run_seed - first < most[stage_of(job)]
    ]


def searched(search: Search) -> int:
    """Runs that one replication's search takes, about: coarse factors, then halving some gaps."""
    widest = (
        max(b - a for a, b in zip(search.coarse, search.coarse[1:], strict=False))
        if len(search.coarse) > 1
        else len(search.factors)
    )
    return len(search.coarse) + GAPS * ceil(log2(widest))


def guess(
    asked: Readiness, known: Collection[Job], took: Mapping[str, list[Ran]], room: Room
) -> Estimate | None:
    """What the rest will take, from the first runs by scenario; None where nothing is left or
    timed."""
    jobs = planned(asked, known)
    every = [ran for rows in took.values() for ran in rows]
    if not jobs or not every:
        return None
    cold = first_of_workers(every)
    warm = {id_: [ran for ran in rows if ran not in cold] for id_, rows in took.items()}
    rows_of = warm if any(warm.values()) else took
    seconds = {id_: fmean(ran.seconds for ran in rows) for id_, rows in rows_of.items() if rows}
    timed = Timed(0.0, seconds, 0.0, max(ran.worker_bytes for ran in every))
    return estimate(jobs, jobs, timed, room)


def first_of_workers(every: Sequence[Ran]) -> list[Ran]:
    """Each worker's first run, in which it reckons travel times, too."""
    workers = {ran.worker for ran in every}
    return [
        min((ran for ran in every if ran.worker == worker), key=lambda ran: ran.worker_cpu_s)
        for worker in sorted(workers)
    ]


def _variants(asked: Readiness) -> list[str]:
    return [variant.id for variant in asked.comparison.variants]
