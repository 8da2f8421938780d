"""Tasks on a cluster that is there already: a dask scheduler with its workers."""

from __future__ import annotations

import logging
import pickle
import time
import uuid
import warnings
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, Self

import distributed
from distributed import KilledWorker

from snowplan.errors import RunError
from snowplan.experiments.engines.cluster_rules import (
    MUST_AGREE,
    check_files,
    check_threads,
    check_versions,
    checked_address,
    own_versions,
    versions_in,
)
from snowplan.experiments.engines.cluster_worker import REFUSED, Bring, at_work
from snowplan.experiments.engines.desk import Desk
from snowplan.experiments.engines.tasks import Outcome, Tls, Workshop, told, unpacked

REACH_S = 10  # to reach the scheduler
JOIN_S = 30  # until a worker is there
STALL_S = 1800  # until some task ends
COUNT_S = 2.0  # between two looks at how many workers there are
ANSWER_S = 60  # until the scheduler has answered such a look


class Cluster:
    """Workers elsewhere, one task at a time each; which they are may change meanwhile.

    Where a worker dies, dask gives its tasks to others, up to its own `allowed-failures`; a task
    that dask gives up is tried once more, while nothing else is under way, before it is blamed.
    """

    def __init__(
        self,
        workshop: Workshop,
        address: str,
        security: Tls | None = None,
        *,
        stall_s: float = STALL_S,
        join_s: float = JOIN_S,
    ) -> None:
        self.address = checked_address(address, security)
        if security is not None:
            check_files(security)
        self.workers = 0
        self._security = security
        self._stall_s, self._join_s = stall_s, join_s
        self._workshop = pickle.dumps(workshop)
        self._name = f"snowplan-{uuid.uuid4().hex}"
        self._desk = Desk()
        self._client: Any = None
        self._futures: dict[int, Any] = {}
        self._ended: SimpleQueue[int] = SimpleQueue()
        self._number = 0
        self._counted_s = self._manned_s = 0.0
        self._reached = True

    def __enter__(self) -> Self:
        _silence()
        self._client = self._connected()
        try:
            self._await_workers()
            self._client.register_plugin(Bring(self._name, self._workshop), self._name)
        except BaseException:
            self._client.close(timeout=REACH_S)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._reached:
            with suppress(Exception):
                self._client.cancel(list(self._futures.values()))
                self._client.unregister_worker_plugin(self._name)
        self._futures.clear()
        self._client.close(timeout=REACH_S)

    def submit(self, task: Any) -> None:
        """Take a task."""
        self._desk.waiting.append(task)

    def cancel(self) -> None:
        """Forget the tasks that have not begun."""
        self._desk.waiting.clear()

    def as_completed(self) -> Iterator[Outcome]:
        """Outcomes as they come.

        Raises RunError where the place cannot be built, where a worker runs another version, and
        where the cluster is lost or no task ends for a long time.
        """
        while self._desk.size:
            self._hand_out()
            outcome = self._hear(self._next_ended())
            if outcome is not None:
                self._hand_out()
                yield outcome

    def _connected(self) -> Any:
        connect: Any = distributed.Client
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of versions, which are compared after
                return connect(
                    self.address,
                    timeout=REACH_S,
                    set_as_default=False,
                    security=_security(self._security),
                )
        except (OSError, ValueError, TypeError) as error:
            raise RunError(
                f"no scheduler at {self.address} within {REACH_S} s ({told(error)}); expected one "
                "started with: dask scheduler"
            ) from error

    def _await_workers(self) -> None:
        """Wait for a worker; refuse those of other versions."""
        until = time.monotonic() + self._join_s
        while not (threads := self._client.nthreads()):
            if time.monotonic() > until:
                raise RunError(
                    f"the scheduler at {self.address} has had no worker for {self._join_s:g} s; "
                    f"expected some, started with: dask worker {self.address} --nthreads 1"
                )
            time.sleep(0.5)
        check_threads(threads)
        self.workers = len(threads)
        self._manned_s = time.monotonic()
        told_by = self._client.get_versions(packages=list(MUST_AGREE))
        others = {f"worker {who}": versions_in(one) for who, one in told_by["workers"].items()}
        others["scheduler"] = versions_in(told_by["scheduler"])
        check_versions(versions_in(told_by["client"]), others)

    def _hand_out(self) -> None:
        """One task more than there are workers is under way, so that none of them waits."""
        self._count()
        while self._desk.may_hand(self.workers + 1):
            self._number += 1
            number = self._number
            packed = pickle.dumps(self._desk.hand(number))
            future = self._client.submit(
                at_work, self._name, own_versions(), packed, key=f"{self._name}-{number}"
            )
            self._futures[number] = future
            future.add_done_callback(lambda _, number=number: self._ended.put(number))

    def _count(self) -> None:
        """See how many workers there are, but not often."""
        now_s = time.monotonic()
        if now_s - self._counted_s < COUNT_S:
            return
        self._counted_s = now_s
        try:
            self.workers = len(self._client.nthreads(callback_timeout=ANSWER_S))
        except Exception as error:
            raise self._lost(error) from error
        if self.workers:
            self._manned_s = now_s
        elif now_s - self._manned_s > self._join_s:
            raise RunError(f"{self.address} has lost all its workers, {self._join_s:g} s ago")

    def _next_ended(self) -> int:
        """The number of a task that has ended, which may take long, but not for ever."""
        until_s = time.monotonic() + self._stall_s
        while (left_s := until_s - time.monotonic()) > 0:
            with suppress(Empty):
                return self._ended.get(timeout=min(COUNT_S, left_s))
            self._count()
        raise self._stalled()

    def _hear(self, number: int) -> Outcome | None:
        """What became of a task; None where it is to be tried again, alone."""
        future = self._futures.pop(number)
        try:
            kind, content = future.result(timeout=self._stall_s)
        except KilledWorker:
            task, to_blame = self._desk.lost(number)
            text = f"{task} ended its workers again and again, the last times alone"
            return Outcome(task, error=text, fatal=True) if to_blame else None
        except TimeoutError as error:
            raise self._stalled() from error
        except (CancelledError, OSError) as error:
            raise self._lost(error) from error
        except Exception as error:
            raise RunError(
                f"a worker of {self.address} could not take a task ({told(error)}); expected "
                "the same snowplan there as here"
            ) from error
        if kind == REFUSED:
            raise RunError(f"{self.address}: {content.decode()}")
        return unpacked(self._desk.ended(number), content)

    def _lost(self, error: BaseException) -> RunError:
        self._reached = False
        return RunError(f"the scheduler at {self.address} was lost ({told(error)})")

    def _stalled(self) -> RunError:
        return RunError(
            f"no task ended at {self.address} for {self._stall_s / 60:.3g} min; "
            "expected one: see the logs of its workers"
        )


def _security(files: Tls | None) -> Any:
    if files is None:
        return None
    of: Any = distributed.Security
    return of(
        tls_ca_file=str(files.ca),
        tls_client_cert=str(files.cert),
        tls_client_key=str(files.key),
        require_encryption=True,
    )


def _silence() -> None:
    """What matters of a cluster's state is told by errors; its own log would only repeat it."""
    for name in ("distributed", "distributed.client", "tornado", "tornado.application"):
        for handler in logging.getLogger(name).handlers:
            handler.setLevel(logging.CRITICAL + 1)
