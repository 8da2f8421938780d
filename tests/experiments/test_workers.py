"""Workers: order, one place each, errors and interrupts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from multiprocessing import active_children

import pytest

from snowplan.errors import RunError
from snowplan.experiments.workers import each, processors

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
SLOW = """
import sys
from tests.experiments.test_workers import place, sleep
from snowplan.experiments.workers import each
if __name__ == "__main__":
    print("begun", flush=True)
    each(0, place, sleep, [60] * 4, 2, print)
"""


def place(given: int) -> tuple[int, int]:
    """What a worker builds: the given number, and who built it."""
    return given, os.getpid()


def add(here: tuple[int, int], job: int) -> tuple[int, bool]:
    """The sum, and whether the place was built in this very process."""
    return here[0] + job, here[1] == os.getpid()


def fail(here: tuple[int, int], job: int) -> int:
    """Fails on job 2."""
    if job == 2:
        raise RunError("job 2 cannot be done")
    return job


def die(here: tuple[int, int], job: int) -> int:
    """The worker is killed."""
    os.kill(os.getpid(), signal.SIGKILL)
    return job


def sleep(here: tuple[int, int], job: int) -> int:
    """Sleeps for so many seconds."""
    time.sleep(job)
    return job


def group_is_gone(group: int, within_s: float) -> bool:
    """Whether no process of the group is left within so many seconds."""
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("workers", [1, 2, 9])
def test_results_come_in_the_order_of_the_jobs(workers: int) -> None:
    """Whatever the number of workers; each works in a place of its own making."""
    done: list[int] = []
    found = each(10, place, add, [3, 1, 2], workers, done.append)
    assert found == [(13, True), (11, True), (12, True)]
    assert done == [1, 2, 3]
    assert active_children() == []


@pytest.mark.parametrize("workers", [1, 2])
def test_the_first_error_ends_it(workers: int) -> None:
    """The job's own error arrives, and no process is left."""
    with pytest.raises(RunError, match="job 2"):
        each(0, place, fail, [1, 2, 3, 4], workers, lambda _: None)
    assert active_children() == []


@POSIX
def test_a_killed_worker_is_told() -> None:
    """The message says what to try; nothing hangs."""
    with pytest.raises(RunError, match="--workers"):
        each(0, place, die, [1, 2, 3], 2, lambda _: None)
    assert active_children() == []


@pytest.mark.slow
@POSIX
def test_an_interrupt_ends_the_workers_at_once() -> None:
    """Ctrl-C reaches the whole group: one KeyboardInterrupt, no trace from workers, in seconds."""
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    time.sleep(1.5)
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=20)
    assert told.count("KeyboardInterrupt") == 1
    assert group_is_gone(process.pid, within_s=10)


def test_there_is_a_processor() -> None:
    """At least this one."""
    assert processors() >= 1
