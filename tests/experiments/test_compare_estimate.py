"""The estimate of what a study takes: closed forms, and what this machine tells of itself."""

from __future__ import annotations

import os

import pytest

from snowplan.experiments.compare_estimate import (
    EFFICIENCY,
    Probe,
    Room,
    Timed,
    estimate,
    free_bytes,
    probes,
    resident_bytes,
    time_probes,
)
from snowplan.experiments.comparing import jobs_of
from snowplan.model.comparison import Job
from tests.experiments.played import comparison_of

MB = 1_000_000
PAIR = ("today", "other")


def took(mild_s: float = 2.0, wet_s: float = 4.0, start_s: float = 30.0) -> Timed:
    """Runs of the two storms took so long; the first one came after so many seconds."""
    return Timed(start_s, {"mild": mild_s, "wet": wet_s}, 0.0, 300 * MB)


def test_one_worker_does_one_run_after_the_other() -> None:
    """2 variants × 10 replications × (2 + 4) s = 120 s; its start is past."""
    jobs = jobs_of(comparison_of(PAIR), range(10))
    found = estimate(jobs, jobs, took(), Room(1, 1, None))
    assert found.hours * 3600 == pytest.approx(120)
    assert found.run_s == pytest.approx(3)
    assert found.efficiency == 1.0


@pytest.mark.parametrize(("workers", "processors", "lanes"), [(4, 8, 4), (4, 2, 2)])
def test_workers_share_the_runs(workers: int, processors: int, lanes: int) -> None:
    """Runs, and the start of three more workers, go through as many workers as have a processor.

    Each is somewhat slower than alone.
    """
    jobs = jobs_of(comparison_of(PAIR), range(10))
    room = Room(workers, min(workers, processors), None)
    found = estimate(jobs, jobs + jobs, took(), room)
    assert found.hours * 3600 == pytest.approx((90 + 120) / (lanes * EFFICIENCY))
    assert found.hours_most * 3600 == pytest.approx((90 + 240) / (lanes * EFFICIENCY))


def test_ten_times_the_runs_take_ten_times_as_long() -> None:
    """In proportion, start apart; a storm that was not timed counts like the others' mean."""
    comparison = comparison_of(PAIR)
    one, ten = (jobs_of(comparison, range(n)) for n in (5, 50))
    only = Timed(0.0, {"mild": 2.0}, 0.5, 1)
    times = [estimate(jobs, jobs, only, Room(2, 2, None)).hours for jobs in (one, ten)]
    assert times[1] == pytest.approx(10 * times[0])


@pytest.mark.parametrize(
    ("workers", "free_mb", "fits", "fitting"),
    [(1, 0, True, 1), (4, 900, True, 4), (4, 899, False, 3), (3, 300, False, 2)],
)
def test_memory_is_needed_for_the_workers_to_come(
    workers: int, free_mb: int, fits: bool, fitting: int
) -> None:
    """300 MB a worker, one of them there: three more fit into 900 MB, not into 899."""
    jobs = jobs_of(comparison_of(PAIR), range(1))
    found = estimate(jobs, jobs, took(), Room(workers, workers, free_mb * MB))
    assert found.bytes == workers * 300 * MB
    assert (found.fits, found.fitting) == (fits, fitting)


def test_a_machine_that_tells_no_memory_refuses_nothing() -> None:
    """Not known is not too little."""
    jobs = jobs_of(comparison_of(PAIR), range(1))
    assert estimate(jobs, jobs, took(), Room(1000, 4, None)).fits


def test_probes_are_of_the_baseline_where_it_is_missing() -> None:
    """Six runs of the first storm, five of each other; of what is missing alone."""
    comparison = comparison_of(PAIR)
    jobs = jobs_of(comparison, range(8))
    chosen = probes(comparison, jobs)
    assert [len(own) for own in chosen] == [6, 5]
    assert [job.storm for own in chosen for job in own] == ["mild"] * 6 + ["wet"] * 5
    assert {job.variant for own in chosen for job in own} == {"today"}
    left = [job for job in jobs if job.variant == "other" and job.storm == "wet"]
    assert probes(comparison, left) == [[], left[:5]]
    assert probes(comparison, []) == [[], []]


def timed(run_s: float, *, fails: frozenset[int] = frozenset()) -> tuple[Timed, list[Job]]:
    """Runs of so many seconds, 10 ms there and back, stored in 2 ms; the first starts in 3 s."""
    comparison, done = comparison_of(PAIR), list[Job]()

    def probe(job: Job) -> Probe | None:
        done.append(job)
        if len(done) in fails:
            return None
        start_s = 3.0 if len(done) == 1 else 0.0
        return Probe(job.storm, run_s, start_s + run_s + 0.01, 0.002, len(done) * MB)

    return time_probes(probes(comparison, jobs_of(comparison, range(8))), probe), done


@pytest.mark.parametrize(("run_s", "first", "other"), [(2.0, 2, 1), (0.4, 4, 3), (0.01, 6, 5)])
def test_short_runs_are_timed_again(run_s: float, first: int, other: int) -> None:
    """Until a second of each storm is timed, or five runs are; the very first is the start."""
    took, done = timed(run_s)
    assert [sum(job.storm == storm for job in done) for storm in ("mild", "wet")] == [first, other]
    assert took.by_storm == pytest.approx({"mild": run_s + 0.01, "wet": run_s + 0.01})
    assert took.start_s == pytest.approx(3.0)
    assert took.kept_s == pytest.approx(0.002)
    assert took.worker_bytes == len(done) * MB


def test_probes_that_fail_are_not_counted() -> None:
    """Where the second fails the third is timed; where all fail nothing is known."""
    took, done = timed(2.0, fails=frozenset({2}))
    assert [job.storm for job in done] == ["mild"] * 3 + ["wet"]
    assert took.by_storm == pytest.approx({"mild": 2.01, "wet": 2.01})
    assert timed(2.0, fails=frozenset(range(99)))[0].by_storm == {}


def test_a_storm_of_one_run_counts_by_the_run_s_own_clock() -> None:
    """Its only run started the worker: 2 s of the 7 are the run, 5 are the start."""
    (job,) = jobs_of(comparison_of(PAIR), range(1))[:1]
    took = time_probes([[job]], lambda one: Probe(one.storm, 2.0, 7.0, 0.5, MB))
    assert took == Timed(5.0, {job.storm: 2.0}, 0.5, MB)


@pytest.mark.parametrize(("workers", "expected_s"), [(1, 1.0 + 0.5), (2, (3 + 1.0) / 1.6 + 0.5)])
def test_storing_is_not_shared(workers: int, expected_s: float) -> None:
    """100 runs of 10 ms, each stored in 5 ms by this process alone, whatever the workers."""
    jobs = jobs_of(comparison_of(PAIR), range(25))
    found = estimate(
        jobs, jobs, Timed(3.0, {"mild": 0.01, "wet": 0.01}, 0.005, MB), Room(workers, workers, None)
    )
    assert len(jobs) == 100
    assert found.run_s == pytest.approx(0.015)
    assert found.hours * 3600 == pytest.approx(expected_s)


def test_this_machine_tells_its_memory() -> None:
    """The process holds more than 10 MB, and less than the machine has."""
    assert resident_bytes() > 10 * MB
    free = free_bytes()
    if free is not None and hasattr(os, "sysconf"):
        assert 0 <= free <= os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
