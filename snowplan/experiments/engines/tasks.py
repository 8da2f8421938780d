"""What every engine does: take tasks, give back what each found, in whatever order they end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol, Self


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
