"""What it costs to run a study: its runs beside all that is done around them; what workers gain.

Processes tell their own CPU time. What workers take from their first run's end to their last's,
beside the runs in between, and what this process and a cluster's others take meanwhile, is the
machinery: tasks handed out and back, results stored, precision judged.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from snowplan.analysis.enough import precision
from snowplan.errors import SnowplanError
from snowplan.experiments.bench_cluster import cluster_here
from snowplan.experiments.bench_study import machine
from snowplan.experiments.bench_targets import STUDY_TARGETS, judged
from snowplan.experiments.compare_estimate import Estimate
from snowplan.experiments.compare_runs import Ran, Runs, Watch, workshop_of
from snowplan.experiments.comparing import EngineOf, jobs_of, run_comparison
from snowplan.experiments.engines.choosing import engine_for, processors
from snowplan.experiments.engines.local import Local
from snowplan.experiments.engines.tasks import Engine
from snowplan.experiments.study_store import identity_of
from snowplan.model.comparison import Comparison, Job
from snowplan.results.replication_store import Store
from snowplan.units import MS_PER_S, ms_hours

WORKERS = 2
RUNS = 24  # whose machinery is measured
RUNS_A_TURN = 2  # of one worker; of two twice as many
TURNS = 6
ESTIMATED = 8  # replications of the study of short runs; then ten times as many
SPIN_S = 2.0
Cpu = Callable[[], float]


class _Times(Watch):
    """Keeps what each run took, and CPU seconds at the end of the first and of the last one."""

    def __init__(self, others: Cpu) -> None:
        self.runs: list[Ran] = []
        self._others = others
        self.first_s = self.last_s = 0.0

    def ran(self, run: Ran) -> None:
        """Note a run."""
        self.runs.append(run)
        self.mark()

    def mark(self) -> None:
        """Note the CPU of this process and of the others."""
        self.last_s = time.process_time() + self._others()
        if len(self.runs) == 1:
            self.first_s = self.last_s


def overhead(
    comparison: Comparison, engine_of: EngineOf, runs: int = RUNS, others: Cpu = float
) -> float:
    """CPU of the machinery ÷ CPU of the runs, so many of them, in a store of its own.

    `others` tells the CPU seconds of processes that belong to the engine and do no runs.
    """
    jobs = some_jobs(comparison, runs)
    times = _Times(others)
    with (
        TemporaryDirectory() as folder,
        Store.open(Path(folder) / "store", identity_of(comparison)) as store,
        engine_of(workshop_of(comparison)) as engine,
    ):
        asked = Runs(comparison, engine, store, times, jobs, None, estimated=True)
        asked.run(jobs)
        precision(comparison, asked.replications, len({job.run_seed for job in jobs}))
        times.mark()
    machinery_s = times.last_s - times.first_s
    ordered = sorted(times.runs, key=lambda run: (run.worker, run.worker_cpu_s))
    for _, group in groupby(ordered, key=lambda run: run.worker):
        first, *rest = group
        if rest:
            since_s = rest[-1].worker_cpu_s - first.worker_cpu_s
            machinery_s += since_s - sum(run.cpu_s for run in rest)
    return machinery_s / sum(run.cpu_s for run in times.runs)


def some_jobs(comparison: Comparison, runs: int) -> list[Job]:
    """So many runs of a study, its first ones."""
    a_round = len(comparison.jobs(0))
    return jobs_of(comparison, range(-(-runs // a_round)))[:runs]


def gains(comparison: Comparison) -> dict[str, float]:
    """Runs a second of two workers ÷ of one, and turns of two spinning processes ÷ of one.

    By short turns in the same minute, so that what else the machine does hits all alike; sums of
    all turns. The workers are warm.
    """
    seconds = dict.fromkeys(("one", "two"), 0.0)
    turns = dict.fromkeys((1, WORKERS), 0.0)
    jobs = some_jobs(comparison, RUNS_A_TURN * WORKERS)
    with ExitStack() as stack:
        one, two = (stack.enter_context(Local(workshop_of(comparison), n)) for n in (1, WORKERS))
        for engine in (one, two):
            _seconds(engine, jobs)
        for _ in range(TURNS):
            seconds["one"] += _seconds(one, jobs[:RUNS_A_TURN])
            turns[1] += spinning(1)
            seconds["two"] += _seconds(two, jobs)
            turns[WORKERS] += spinning(WORKERS)
    return {
        "workers": WORKERS * seconds["one"] / seconds["two"],
        "spinning": turns[WORKERS] / turns[1],
    }


def _seconds(engine: Engine, jobs: Sequence[Job]) -> float:
    """Seconds by the clock on the wall until an engine has done the jobs."""
    begin = time.perf_counter()
    for job in jobs:
        engine.submit(job)
    for _ in engine.as_completed():
        pass
    return time.perf_counter() - begin


def spinning(processes: int, seconds: float = SPIN_S) -> float:
    """Turns a second of so many processes that do nothing but count, all together."""
    context = get_context("spawn")
    results, ready = context.SimpleQueue(), context.Barrier(processes)
    spinners = [
        context.Process(target=_spin, args=(seconds, ready, results), daemon=True)
        for _ in range(processes)
    ]
    for spinner in spinners:
        spinner.start()
    total: int = sum(results.get() for _ in spinners)
    for spinner in spinners:
        spinner.join()
    return total / seconds


def _spin(seconds: float, ready: Any, results: Any) -> None:
    ready.wait()
    turns, end = 0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        for _ in range(1000):
            turns += 1
    results.put(turns)


class _Guess(Watch):
    """Keeps the estimate, and when it was told."""

    def __init__(self) -> None:
        self.hours = self.began = 0.0

    def estimated(self, found: Estimate) -> None:
        """Note the estimate."""
        self.hours, self.began = found.hours, time.perf_counter()


def estimate_off(comparison: Comparison, replications: int) -> float:
    """How many times too long or too short the estimate of so many replications was."""
    study = replace(comparison, replications=replications)
    guess = _Guess()
    with (
        TemporaryDirectory() as folder,
        Store.open(Path(folder) / "store", identity_of(study)) as store,
    ):
        local = partial(engine_for, workers=WORKERS)
        run_comparison(study, local, store, fixed=True, processors=processors(), watch=guess)
        took = (time.perf_counter() - guess.began) * MS_PER_S
    ratio = guess.hours / ms_hours(took)
    return max(ratio, 1 / ratio)


def study_bench(
    comparison: Comparison, toy: Comparison, tell: Callable[[str], None], runs: int = RUNS
) -> dict[str, Any]:
    """All figures of the bench of studies; docs/users.md says what they mean.

    `toy` is a study of short runs, for the estimates.
    """
    tell("local")
    found: dict[str, float | None] = {
        "study_overhead": overhead(comparison, lambda shop: Local(shop, WORKERS), runs)
    }
    tell("cluster")
    skipped = []
    try:
        with cluster_here(WORKERS) as (address, others):
            cluster = partial(engine_for, workers=WORKERS, address=address)
            found["cluster_overhead"] = overhead(comparison, cluster, runs, others)
    except SnowplanError as error:
        skipped.append({"name": "cluster", "reason": str(error)})
    tell("workers")
    gained = gains(comparison)
    found["workers_gain"] = gained["workers"] / gained["spinning"]
    tell("estimate")
    found["estimate_off"] = estimate_off(toy, ESTIMATED)
    found["estimate_off_10"] = estimate_off(toy, 10 * ESTIMATED)
    return {
        "study": comparison.name,
        "runs": runs,
        "workers": WORKERS,
        "gains": gained,
        "targets": judged(found, STUDY_TARGETS),
        "skipped": skipped,
        "machine": machine(),
    }
