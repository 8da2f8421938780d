"""Small tasks for the engines' tests; worker processes import them from here."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from snowplan.errors import RunError
from snowplan.experiments.engines.tasks import Engine, Outcome, Workshop

Place = tuple[int, int]


def build(given: int) -> Place:
    """What a worker builds: the given number, and who built it."""
    return given, os.getpid()


def add(place: Place, task: int) -> tuple[int, bool]:
    """The sum, and whether the place was built in this very process."""
    return place[0] + task, place[1] == os.getpid()


def who(place: Place, task: int) -> int:
    """The process at work, after a moment."""
    time.sleep(0.02)
    return os.getpid()


def raising(place: Place, task: int) -> int:
    """Odd tasks fail, each in a way of its own."""
    if task == 1:
        raise RunError("task 1 cannot be done")
    if task == 3:
        raise SystemExit(3)
    if task == 5:
        raise MemoryError
    return task


def unpicklable(place: Place, task: int) -> Any:
    """Task 2 finds what cannot be sent, task 3 what cannot be read again."""
    return {2: lambda: task, 3: Unreadable()}.get(task, task)


class Unreadable:
    """Something whose pickle cannot be opened."""

    def __reduce__(self) -> tuple[Any, ...]:
        return int, ("no number",)


def poisonous(place: Place, task: int) -> int:
    """Task 3 ends its process, task 5 has it killed; the others take a moment."""
    if task == 3:
        os._exit(7)
    if task == 5:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    time.sleep(0.05)
    return task


def square_marked(place: Place, task: tuple[str, int, float]) -> int:
    """The square of the task's number; a file in its folder tells who is at it."""
    folder, number, seconds = task
    mark = Path(folder) / f"{number}-{time.monotonic_ns()}"
    mark.write_text(str(os.getpid()))
    time.sleep(seconds)
    return number**2


def meeting(place: Place, task: tuple[str, int]) -> int:
    """The process at work; tasks 0 and 1 wait until another one has come too."""
    folder, number = Path(task[0]), task[1]
    (folder / str(os.getpid())).touch()
    while number < 2 and len(list(folder.iterdir())) < 2:
        time.sleep(0.01)
    return os.getpid()


def rest(place: Place, task: float) -> float:
    """Sleep for so many seconds."""
    time.sleep(task)
    return task


def spin(place: Place, task: tuple[int, float]) -> int:
    """Compute for so many seconds of the processor."""
    until = time.process_time() + task[1]
    while time.process_time() < until:
        pass
    return task[0]


def unbuildable(given: int) -> Place:
    """Never gets ready."""
    raise RunError("no city here")


def deadly(*_: object) -> Any:
    """The worker dies, at its task or while it builds."""
    os._exit(9)


def shop(work: Any, *, given: int = 10, build: Any = build) -> Workshop:
    """A workshop of such tasks."""
    return Workshop(given, build, work)


def outcomes(engine: Engine, tasks: Iterable[Any]) -> dict[Any, Outcome]:
    """All outcomes by task, none lost and none twice."""
    tasks = list(tasks)
    with engine:
        for task in tasks:
            engine.submit(task)
        found = list(engine.as_completed())
    by_task = {outcome.task: outcome for outcome in found}
    assert len(found) == len(by_task) == len(tasks)
    return by_task
