"""The part of a cluster's worker: it keeps the workshop, builds its place once, does tasks."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from distributed import Worker, WorkerPlugin

from snowplan.errors import RunError
from snowplan.experiments.engines.cluster_rules import Versions, differing, own_versions
from snowplan.experiments.engines.tasks import Workshop, attempt_packed, place_of

FOUND, REFUSED = "found", "refused"


@dataclass(slots=True)
class Shop:
    """A workshop as it came, and with its place once the first task asks for it."""

    packed: bytes
    settled: tuple[Workshop, Any] | None = None
    lock: Lock = field(default_factory=Lock)

    def do(self, packed_task: bytes) -> bytes:
        """Do a task, one at a time. Raises RunError where the place cannot be built."""
        with self.lock:
            if self.settled is None:
                workshop = pickle.loads(self.packed)  # noqa: S301 - from the process we work for
                self.settled = workshop, place_of(workshop)
            return attempt_packed(*self.settled, packed_task)


SHOPS: dict[str, Shop] = {}  # in a worker: by the name of the study at hand


class Bring(WorkerPlugin):
    """Brings a workshop to every worker, those that join later and those restarted too."""

    def __init__(self, name: str, packed: bytes) -> None:
        self.name = name
        self._packed = packed

    def setup(self, worker: Worker) -> None:  # noqa: ARG002 - a name that dask calls by
        """Keep it; it is opened by the first task."""
        SHOPS[self.name] = Shop(self._packed)

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002
        """Forget it."""
        SHOPS.pop(self.name, None)


def at_work(name: str, expected: Versions, packed_task: bytes) -> tuple[str, bytes]:
    """Do a task in the workshop of that name, unless this worker runs another version."""
    own = own_versions()
    if own != expected:
        return REFUSED, differing("a worker", expected, own).encode()
    try:
        return FOUND, SHOPS[name].do(packed_task)
    except RunError as error:
        return REFUSED, str(error).encode()
