"""The bench of studies: what it counts as the machinery, on runs that are made up."""

from __future__ import annotations

import math
import os
from multiprocessing import active_children

import pytest

from snowplan.experiments.bench_cluster import cluster_here
from snowplan.experiments.study_bench import overhead, some_jobs, spinning
from tests.experiments.played import Played, comparison_of, noise


def test_what_is_not_a_run_is_machinery() -> None:
    """Made-up runs of 2 s in a worker that is busy for 3 s a run: half as much is machinery.

    Twelve runs, eleven between the first's end and the last's; this process adds next to nothing.
    """
    engine = Played(lambda job: noise(*job), busy_s=3.0)
    share = overhead(comparison_of(("today", "other")), engine, runs=12)
    assert share == pytest.approx(11 * (3 - 2) / (12 * 2), abs=0.05)


def test_other_processes_count() -> None:
    """A scheduler that takes a second between any two looks adds eleven or twelve to 24 s."""
    seconds = iter(range(1000))
    share = overhead(
        comparison_of(("today", "other")),
        Played(lambda job: noise(*job)),
        runs=12,
        others=lambda: float(next(seconds)),
    )
    assert share == pytest.approx(12 / 24, abs=0.05)


def test_jobs_are_the_first_of_the_study() -> None:
    """Ten runs of a study with four a round: the first two rounds and half of the third."""
    comparison = comparison_of(("today", "other"))
    jobs = some_jobs(comparison, 10)
    assert jobs[:4] == comparison.jobs(0)
    assert jobs == [job for n in range(3) for job in comparison.jobs(n)][:10]


@pytest.mark.slow
def test_spinning_processes_begin_and_end() -> None:
    """Two processes that do nothing but count turn for a while, and are gone afterwards."""
    assert spinning(2, seconds=0.1) > 0
    assert active_children() == []


@pytest.mark.skipif("SNOWPLAN_KILLS" not in os.environ, reason="SNOWPLAN_KILLS: a campaign")
def test_the_bench_s_cluster_begins_and_ends() -> None:
    """Its scheduler tells its address; what is no worker tells its CPU time."""
    with cluster_here(1) as (address, cpu_s):
        assert address.startswith("tcp://127.0.0.1:")
        assert math.isfinite(cpu_s())
        assert cpu_s() > 0
