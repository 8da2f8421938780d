"""The bar that a long run shows."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Self

from snowplan.cli.texts import words

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE_S = 1.0  # a run that takes longer than this shows a bar
LOOK_BACK_S = 600.0  # the time left follows from the pace of so long


class Bar:
    """A progress bar on stderr that appears once a run takes more than a second."""

    def __init__(self, horizon_ms: int, lang: str) -> None:
        self.horizon_ms, self.lang = horizon_ms, lang
        self.began = time.monotonic()
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()

    def reach(self, t_ms: int) -> None:
        """The run has reached an instant."""
        if self._progress is None and time.monotonic() - self.began > PATIENCE_S:
            self._start()
        if self._progress is not None and self._task is not None:
            done = t_ms >= self.horizon_ms
            key = "run.drawing" if done else "run.progress"
            self._progress.update(
                self._task, completed=t_ms, description=words(key, self.lang), refresh=True
            )

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._progress.start()
        self._task = self._progress.add_task(
            words("run.progress", self.lang), total=self.horizon_ms
        )


class Count:
    """A bar on stderr of runs done and the time left, where that is a terminal."""

    def __init__(self, runs: int, lang: str) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
            TextColumn(words("progress.left", lang)), TimeRemainingColumn(),
            console=console, transient=True, disable=not console.is_terminal,
            speed_estimate_period=LOOK_BACK_S,
        )  # fmt: skip
        self._task = self._progress.add_task(words("run.progress", lang), total=runs, start=False)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def reach(self, done: int, runs: int) -> None:
        """So many runs are done, of so many; the first time, they had been done before."""
        self._progress.start_task(self._task)
        self._progress.update(self._task, completed=done, total=runs, refresh=True)
