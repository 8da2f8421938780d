"""The estimate of what a study takes: closed forms, and what this machine tells of itself."""

from __future__ import annotations

import os

import pytest

from snowplan.experiments.compare_estimate import (
    EFFICIENCY,
    Room,
    Timed,
    estimate,
    free_bytes,
    probes,
    resident_bytes,
)
from snowplan.experiments.comparing import jobs_of
from tests.experiments.played import comparison_of

MB = 1_000_000
PAIR = ("today", "other")


def took(mild_s: float = 2.0, wet_s: float = 4.0, start_s: float = 30.0) -> Timed:
    """Runs of the two storms took so long; the first one came after so many seconds."""
    return Timed(start_s, {"mild": mild_s, "wet": wet_s}, 300 * MB)


def test_one_worker_does_one_run_after_the_other() -> None:
    """2 variants × 10 replications × (2 + 4) s = 120 s; its start is past."""
    jobs = jobs_of(comparison_of(PAIR), range(10))
    found = estimate(jobs, jobs, took(), Room(1, 1, None))
    assert found.hours * 3600 == pytest.approx(120)
    assert found.run_s == pytest.approx(3)
    assert found.efficiency == 1.0


@pytest.mark.parametrize(("workers", "processors", "lanes"), [(4, 8, 4), (4, 2, 2)])
def test_workers_share_the_runs(workers: int, processors: int, lanes: int) -> None:
    """The runs go through as many workers as have a processor, each somewhat slower than alone."""
    jobs = jobs_of(comparison_of(PAIR), range(10))
    room = Room(workers, min(workers, processors), None)
    found = estimate(jobs, jobs + jobs, took(), room)
    assert found.hours * 3600 == pytest.approx(30 + 120 / (lanes * EFFICIENCY))
    assert found.hours_most * 3600 == pytest.approx(30 + 240 / (lanes * EFFICIENCY))


def test_ten_times_the_runs_take_ten_times_as_long() -> None:
    """In proportion, start apart; a storm that was not timed counts like the others' mean."""
    comparison = comparison_of(PAIR)
    one, ten = (jobs_of(comparison, range(n)) for n in (5, 50))
    only = Timed(0.0, {"mild": 2.0}, 1)
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
    """Two runs of the first storm, one of each other; of what is missing alone."""
    comparison = comparison_of(PAIR)
    jobs = jobs_of(comparison, range(3))
    assert [(job.variant, job.storm) for job in probes(comparison, jobs)] == [
        ("today", "mild"), ("today", "mild"), ("today", "wet"),
    ]  # fmt: skip
    left = [job for job in jobs if job.variant == "other" and job.storm == "wet"]
    assert probes(comparison, left) == left[:1]
    assert probes(comparison, []) == []


def test_this_machine_tells_its_memory() -> None:
    """The process holds more than 10 MB, and less than the machine has."""
    assert resident_bytes() > 10 * MB
    free = free_bytes()
    if free is not None and hasattr(os, "sysconf"):
        assert 0 <= free <= os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
