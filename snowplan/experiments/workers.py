"""Work spread over processes of this machine; what comes out does not depend on how many."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from typing import Any, TypeVar

from snowplan.errors import RunError

Given = TypeVar("Given")
Place = TypeVar("Place")
Job = TypeVar("Job")
Found = TypeVar("Found")
OnDone = Callable[[int], None]

_settled: list[Any] = []  # in a worker: what to do, and the place where it is done


def processors() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def each(
    given: Given,
    build: Callable[[Given], Place],
    work: Callable[[Place, Job], Found],
    jobs: Sequence[Job],
    workers: int,
    on_done: OnDone,
) -> list[Found]:
    """What `work` finds for each job, in their order, each worker having built its place once.

    One worker is this process; more are fresh ones, to which `build` and `work` (functions of a
    module) are sent. `on_done` is told how many jobs are done. The first error ends everything,
    and so does Ctrl-C. Raises RunError when a worker is killed.
    """
    workers = min(workers, len(jobs))
    if workers <= 1:
        return list(_here(build(given), work, jobs, on_done))
    others = set(active_children())
    pool = ProcessPoolExecutor(
        workers, get_context("spawn"), initializer=_settle, initargs=(given, build, work)
    )
    try:
        with _interrupts_held():
            futures = [pool.submit(_at_work, job) for job in jobs]
        return _gathered(futures, on_done)
    except BaseException as error:
        for worker in set(active_children()) - others:
            worker.terminate()
        if isinstance(error, BrokenProcessPool):
            raise RunError(
                "a worker process was killed, perhaps for want of memory; expected all to finish: "
                "fewer --workers need less"
            ) from error
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _here(
    place: Place, work: Callable[[Place, Job], Found], jobs: Sequence[Job], on_done: OnDone
) -> Iterator[Found]:
    for done, job in enumerate(jobs, start=1):
        yield work(place, job)
        on_done(done)


def _gathered(futures: Sequence[Future[Found]], on_done: OnDone) -> list[Found]:
    """All results in the order of the jobs; raises the first error as soon as it is known."""
    for done, future in enumerate(as_completed(futures), start=1):
        future.result()
        on_done(done)
    return [future.result() for future in futures]


def _settle(
    given: Given, build: Callable[[Given], Place], work: Callable[[Place, Any], Any]
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the first process's to answer
    _settled[:] = [work, build(given)]


def _at_work(job: Any) -> Any:
    work, place = _settled
    return work(place, job)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Processes started in here never see Ctrl-C; one that comes meanwhile is answered after."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
