"""What the documents of a readiness report cost beside its runs, in CPU of processors."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import Any

from snowplan.experiments.bench_study import machine
from snowplan.experiments.bench_targets import READINESS_TARGETS, judged
from snowplan.experiments.compare_runs import Ran, Watch
from snowplan.experiments.engines.choosing import engine_for
from snowplan.experiments.readiness_cases import Readiness
from snowplan.experiments.readiness_estimate import planned
from snowplan.experiments.readiness_running import Ready, run_readiness
from snowplan.experiments.readiness_shelf import Shelf
from snowplan.model.readiness import scenario_of

Document = Callable[[Readiness, Ready], object]


class _Cpu(Watch):
    """Keeps the CPU seconds of the runs, by scenario."""

    def __init__(self, asked: Readiness) -> None:
        self.seconds: dict[str, list[float]] = {id_: [] for id_ in asked.ids}

    def ran(self, run: Ran) -> None:
        """Note a run."""
        self.seconds[scenario_of(run.replication.job.storm)].append(run.cpu_s)


def readiness_bench(
    quick: Readiness, full: Readiness, document: Document, tell: Callable[[str], None]
) -> dict[str, Any]:
    """Make the quick report in this process; its documents ÷ the runs of the full one.

    The runs of the full one are reckoned: about so many of each scenario, as long as those done.
    """
    watch = _Cpu(quick)
    tell("runs")
    with TemporaryDirectory() as folder, Shelf(quick, Path(folder)) as shelf:
        ready = run_readiness(
            quick, partial(engine_for, workers=1), shelf, processors=1, watch=watch
        )
        tell("documents")
        begin = time.process_time()
        document(quick, ready)
        documents_s = time.process_time() - begin
    means = {id_: fmean(seconds) for id_, seconds in watch.seconds.items()}
    jobs = planned(full, ())
    whole_s = sum(means[job.storm] for job in jobs)
    quick_s = sum(sum(seconds) for seconds in watch.seconds.values())
    return {
        "scenarios": list(quick.ids),
        "run_s": means,
        "quick_runs_s": quick_s,
        "documents_s": documents_s,
        "full_runs": len(jobs),
        "full_runs_s": whole_s,
        "targets": judged({"documents_share": documents_s / whole_s}, READINESS_TARGETS),
        "skipped": [],
        "machine": machine(),
    }
