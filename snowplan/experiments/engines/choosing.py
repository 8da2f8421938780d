"""Which engine does the tasks: this process, processes of this machine, or a cluster."""

from __future__ import annotations

import os
from pathlib import Path

from snowplan.errors import UseError
from snowplan.experiments.engines.local import Local
from snowplan.experiments.engines.serial import Serial
from snowplan.experiments.engines.tasks import Engine, Tls, Workshop

CLUSTER_EXTRA = 'pip install "snowplan[cluster]"'


def processors() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def engine_for(
    workshop: Workshop,
    *,
    workers: int = 1,
    address: str | None = None,
    security: tuple[Path, ...] | None = None,
) -> Engine:
    """A cluster where an address is given; else so many workers here, one being this process.

    `security` are the files of `Tls`, in its order. Raises UseError where the
    cluster cannot be meant, or its libraries are not installed.
    """
    if address is not None:
        try:
            from snowplan.experiments.engines.cluster import Cluster
        except ModuleNotFoundError as error:
            if (error.name or "").split(".")[0] not in {"dask", "distributed"}:
                raise
            raise UseError(f"a cluster needs libraries of its own: {CLUSTER_EXTRA}") from error
        return Cluster(workshop, address, Tls(*security) if security else None)
    if security is not None:
        raise UseError("TLS files are for a cluster; expected its address too (--cluster)")
    return Serial(workshop) if workers <= 1 else Local(workshop, workers)
