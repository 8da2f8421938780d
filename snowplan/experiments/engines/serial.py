"""Tasks done here, one after the other: what the other engines must agree with."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any, Self

from snowplan.experiments.engines.tasks import Outcome, Workshop, attempt, place_of


class Serial:
    """Does each task when its outcome is asked for, in the order in which they were taken."""

    workers = 1

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._waiting: deque[Any] = deque()
        self._place: tuple[Any, ...] = ()  # the place, once it is built

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting.clear()
        self._place = ()

    def submit(self, task: Any) -> None:
        """Take a task."""
        self._waiting.append(task)

    def as_completed(self) -> Iterator[Outcome]:
        """Outcomes in the order of the tasks. Raises RunError where the place cannot be built."""
        while self._waiting:
            if not self._place:
                self._place = (place_of(self._workshop),)
            task = self._waiting.popleft()
            yield Outcome(task, *attempt(self._workshop, self._place[0], task))

    def cancel(self) -> None:
        """Forget the tasks that have not begun."""
        self._waiting.clear()
