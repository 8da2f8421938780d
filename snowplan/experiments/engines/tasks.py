"""What every engine does: take tasks, give back what each found, in whatever order they end."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol, Self

from snowplan.errors import RunError


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where tasks are done: `build` makes a place from `given`, once a worker; `work` does a task.

    Both are functions of a module, and `given` can be pickled: workers may be other processes.
    """

    given: Any
    build: Callable[[Any], Any]  # given → place
    work: Callable[[Any, Any], Any]  # (place, task) → found


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a task ended: with what it found, or with an error that names the task.

    `fatal`: the task killed its worker, alone and again; otherwise `error` is what it raised.
    """

    task: Any
    found: Any = None
    error: str = ""
    fatal: bool = False


class Tls(NamedTuple):
    """Files in PEM that a cluster asks for: who signs, this machine's certificate, its key."""

    ca: Path
    cert: Path
    key: Path


class Engine(Protocol):
    """Used in a `with`; leaving it ends all workers, at once if by an exception."""

    workers: int

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def submit(self, task: Any) -> None:
        """Take a task (hashable, picklable); none is lost when a worker is."""

    def as_completed(self) -> Iterator[Outcome]:
        """Outcomes as they come, until no task is out; more may be submitted meanwhile."""

    def cancel(self) -> None:
        """Forget the tasks that have not begun."""


def told(error: BaseException) -> str:
    """An error in one line: its type and its words."""
    return f"{type(error).__name__}: {error}".removesuffix(": ")


def place_of(workshop: Workshop) -> Any:
    """The place built; raises RunError where that fails."""
    try:
        return workshop.build(workshop.given)
    except (Exception, SystemExit) as error:
        raise RunError(f"a worker could not begin: {told(error)}") from error


def attempt(workshop: Workshop, place: Any, task: Any) -> tuple[Any, str]:
    """What a task found, and "" as its error; or None and what it raised."""
    try:
        return workshop.work(place, task), ""
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a task's error is its outcome
        return None, told(error)


def attempt_packed(workshop: Workshop, place: Any, packed_task: bytes) -> bytes:
    """The same between processes; what cannot be pickled is an error of its task too."""
    try:
        return pickle.dumps(attempt(workshop, place, pickle.loads(packed_task)))  # noqa: S301
    except Exception as error:  # noqa: BLE001 - whatever a result's own pickling raises
        return pickle.dumps((None, told(error)))


def unpacked(task: Any, packed: bytes) -> Outcome:
    """The outcome of a task from what `attempt_packed` gave."""
    try:
        return Outcome(task, *pickle.loads(packed))  # noqa: S301 - from our own worker
    except Exception as error:  # noqa: BLE001 - whatever a result's own unpickling raises
        return Outcome(task, error=told(error))
