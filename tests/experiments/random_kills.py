"""Workers killed at random instants: every task ends once, and nobody innocent is blamed."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import Self

import psutil

from snowplan.experiments.engines.tasks import Engine
from tests.experiments import engine_tasks as tasks

KILLS = int(os.environ.get("SNOWPLAN_KILLS", "3"))  # 30 and more for a campaign
PER_KILL = 15  # tasks


class Killer:
    """Kills one of the processes that `victims` names, again and again, until it is left."""

    def __init__(self, victims: Callable[[], list[int]], luck: random.Random) -> None:
        self.killed: list[int] = []
        self._victims, self._luck = victims, luck
        self._end = Event()
        self._thread = Thread(target=self._kill)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _kill(self) -> None:
        while len(self.killed) < KILLS and not self._end.wait(self._luck.uniform(0.05, 0.6)):
            try:
                victim = psutil.Process(self._luck.choice(self._victims()))
                victim.kill()
            except (psutil.NoSuchProcess, IndexError):
                continue
            self.killed.append(victim.pid)


def check(engine: Engine, victims: Callable[[], list[int]], folder: Path) -> None:
    """Run tasks under the killer.

    Each finds its square. One that is blamed instead was really twice in a worker that was
    killed: the files of its attempts name the processes.
    """
    luck = random.Random(KILLS)
    work = [(str(folder), n, luck.uniform(0.02, 0.1)) for n in range(KILLS * PER_KILL)]
    with Killer(victims, luck) as killer:
        found = tasks.outcomes(engine, work)
    for (_, n, _), outcome in found.items():
        if outcome.fatal:
            tried_by = [int(mark.read_text()) for mark in folder.glob(f"{n}-*")]
            assert sum(pid in killer.killed for pid in tried_by) >= 2
        else:
            assert (outcome.found, outcome.error) == (n**2, "")
    blamed = sum(outcome.fatal for outcome in found.values())
    assert blamed <= len(killer.killed) // 2
    assert killer.killed
