"""Tasks in processes of this machine; a worker that dies is replaced, and no task is lost."""

from __future__ import annotations

import pickle
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Self

from snowplan.errors import RunError
from snowplan.experiments.engines.desk import Desk
from snowplan.experiments.engines.local_worker import HERE, serve
from snowplan.experiments.engines.tasks import Outcome, Workshop, unpacked

MOST_LOST = 5  # workers in a row that died without a task, nothing having ended meanwhile


class _Worker:
    """A process, and how far it is: started, building its place, ready, or busy."""

    def __init__(self) -> None:
        self.pipe, other = get_context("spawn").Pipe()
        self.state = "started"
        self.process: BaseProcess = get_context("spawn").Process(
            target=serve, args=(other,), daemon=True
        )
        try:
            self.process.start()
        except OSError as error:
            self.pipe.close()
            raise RunError(f"a worker process could not be started: {error}") from error
        finally:
            other.close()

    def send(self, content: bytes, state: str) -> None:
        """Give it something to do; if it is dead, its pipe will say so."""
        self.state = state
        with suppress(OSError):
            self.pipe.send_bytes(content)

    def dismiss(self, *, at_once: bool) -> None:
        """Let it go: by itself when it has nothing to do, else at once."""
        self.pipe.close()
        if at_once or self.state != "ready":
            self.process.kill()

    def join(self) -> None:
        """Wait until it is gone."""
        self.process.join(5)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()


class Local:
    """So many workers, each with one task at a time and a pipe of its own.

    Which task a worker had when it died is therefore known. That task is tried once more, while
    nothing else is under way; if its worker dies again, it is to blame.
    """

    def __init__(self, workshop: Workshop, workers: int) -> None:
        self.workers = workers
        self._workshop = pickle.dumps(workshop)
        self._desk = Desk()
        self._crew: dict[Connection, _Worker] = {}
        self._lost = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        for worker in self._crew.values():
            worker.dismiss(at_once=any(raised))
        while self._crew:
            self._crew.popitem()[1].join()

    def submit(self, task: Any) -> None:
        """Take a task."""
        self._desk.waiting.append(task)

    def cancel(self) -> None:
        """Forget the tasks that have not begun."""
        self._desk.waiting.clear()

    def as_completed(self) -> Iterator[Outcome]:
        """Outcomes as they come.

        Raises RunError where the place cannot be built, and where workers die over and over
        without having been given a task.
        """
        while self._desk.size:
            self._staff()
            self._hand_out()
            said = set(wait(list(self._crew)))
            for worker in [worker for pipe, worker in self._crew.items() if pipe in said]:
                outcome = self._hear(worker)
                if outcome is not None:
                    self._lost = 0
                    self._hand_out()
                    yield outcome

    def _staff(self) -> None:
        """Start the workers that there are tasks for."""
        missing = min(self.workers, self._desk.size) - len(self._crew)
        if missing > 0:
            with _interrupts_held():
                for _ in range(missing):
                    worker = _Worker()
                    self._crew[worker.pipe] = worker

    def _hand_out(self) -> None:
        for worker in self._crew.values():
            if worker.state == "ready" and self._desk.may_hand(self.workers):
                worker.send(pickle.dumps(self._desk.hand(worker)), "busy")

    def _hear(self, worker: _Worker) -> Outcome | None:
        """What a worker says: an outcome, or how far it is; or that it is dead."""
        try:
            said = worker.pipe.recv_bytes()
        except (EOFError, OSError):
            return self._bury(worker)
        if worker.state == "busy":
            worker.state = "ready"
            return unpacked(self._desk.ended(worker), said)
        if said == HERE:
            worker.send(self._workshop, "building")
        elif said:
            raise RunError(said.decode())
        else:
            worker.state = "ready"
        return None

    def _bury(self, worker: _Worker) -> Outcome | None:
        """A dead worker leaves; its task is tried alone, or was tried so already."""
        busy = worker.state == "busy"
        del self._crew[worker.pipe]
        worker.dismiss(at_once=True)
        worker.join()
        if busy:
            task, to_blame = self._desk.lost(worker)
            how = f"exit code {worker.process.exitcode}"
            text = f"{task} ended its worker twice, the second time alone ({how})"
            return Outcome(task, error=text, fatal=True) if to_blame else None
        self._lost += 1
        if self._lost >= MOST_LOST:
            raise RunError(
                f"{self._lost} worker processes were killed before they had anything to do, "
                "perhaps for want of memory: fewer --workers need less"
            )
        return None


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Processes started in here never see Ctrl-C; one that comes meanwhile is answered after."""
    if sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
