"""What the rest of a comparison will take: its first runs are timed, and the others counted."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from snowplan.model.comparison import Comparison, Job
from snowplan.units import MS_PER_S, ms_hours

# Workers share caches, memory and what else the machine does; so much of each processor is left to
# each of several. Assumed (A); `snowplan bench --study` measures it.
EFFICIENCY = 0.8
WARM_UP = 2  # runs of the first storm that are timed: travel times are reckoned in the first


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds until the first worker was warm; of a run of each storm after that; its memory."""

    start_s: float
    by_storm: Mapping[str, float]
    worker_bytes: int


@dataclass(frozen=True, slots=True)
class Room:
    """How many workers a study has, how many of them go at once, and the memory left for them."""

    workers: int
    at_once: int  # a worker more than there are processors brings nothing
    free_bytes: int | None  # None: not known, or other machines'


@dataclass(frozen=True, slots=True)
class Estimate:
    """Runs still to be done, at first and at most, and what they take."""

    runs: int
    runs_most: int
    run_s: float  # of a mean run, travel times warm
    hours: float
    hours_most: float
    efficiency: float
    worker_bytes: int
    room: Room

    @property
    def bytes(self) -> int:
        """Memory that all workers need together."""
        return self.room.workers * self.worker_bytes

    @property
    def fits(self) -> bool:
        """Whether there is memory for the workers that are still to be started, all but one."""
        free = self.room.free_bytes
        return free is None or self.bytes - self.worker_bytes <= free

    @property
    def fitting(self) -> int:
        """The workers for which there is memory."""
        return 1 + (self.room.free_bytes or 0) // max(1, self.worker_bytes)


def probes(comparison: Comparison, missing: Sequence[Job]) -> list[Job]:
    """The runs to be timed: of each storm the first missing one, the baseline's where it can be."""
    chosen: list[Job] = []
    for number, storm in enumerate(comparison.storms):
        jobs = [job for job in missing if job.storm == storm.id]
        jobs.sort(key=lambda job: job.variant != comparison.baseline)  # stable: by replication
        chosen += jobs[: 1 if number else WARM_UP]
    return chosen


def estimate(at_first: Sequence[Job], at_most: Sequence[Job], took: Timed, room: Room) -> Estimate:
    """What the runs still missing will take, at first and at most."""
    efficiency = 1.0 if room.workers == 1 else EFFICIENCY
    lanes = room.at_once * efficiency
    start_s = took.start_s if room.workers > 1 else 0.0  # the others warm up beside each other
    total_s, most_s = (_seconds(jobs, took) for jobs in (at_first, at_most))
    return Estimate(
        runs=len(at_first),
        runs_most=len(at_most),
        run_s=most_s / max(1, len(at_most)),
        hours=ms_hours((start_s + total_s / lanes) * MS_PER_S),
        hours_most=ms_hours((start_s + most_s / lanes) * MS_PER_S),
        efficiency=efficiency,
        worker_bytes=took.worker_bytes,
        room=room,
    )


def _seconds(jobs: Sequence[Job], took: Timed) -> float:
    mean_s = sum(took.by_storm.values()) / max(1, len(took.by_storm))
    counts = Counter(job.storm for job in jobs)
    return sum(n * took.by_storm.get(storm, mean_s) for storm, n in counts.items())


def resident_bytes() -> int:
    """Memory that this process holds now; where that is not told, the most it ever held."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        pass
    try:
        import resource
    except ImportError:  # Windows
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def free_bytes() -> int | None:
    """Memory that could be had without swapping, a container's limit included; None: not told."""
    found = [free for free in (_machine_free(), _container_free()) if free is not None]
    return min(found, default=None)


def _machine_free() -> int | None:
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        (free,) = [line.split()[1] for line in lines if line.startswith("MemAvailable:")]
        return int(free) * 1024
    except (OSError, ValueError):
        pass
    try:  # a machine that does not tell what is free: all that it has
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return None


def _container_free() -> int | None:
    folder = Path("/sys/fs/cgroup")
    try:
        limit = int((folder / "memory.max").read_text(encoding="ascii"))
        used = int((folder / "memory.current").read_text(encoding="ascii"))
    except (OSError, ValueError):  # no such group, or "max": no limit
        return None
    return max(0, limit - used)
