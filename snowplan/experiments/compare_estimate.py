"""What the rest of a comparison will take: its first runs are timed, and the others counted."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

from snowplan.model.comparison import Comparison, Job
from snowplan.units import MS_PER_S, ms_hours

# Workers share caches, memory and what else the machine does; so much of each processor is left to
# each of several. Assumed (A); `snowplan bench --study` measures it.
EFFICIENCY = 0.8
# Short runs of a storm are timed again until they add up to this, or so many are done.
ENOUGH_S, MOST_PROBES = 1.0, 5


@dataclass(frozen=True, slots=True)
class Probe:
    """A run that was timed: from being handed out until it was back, and stored after that."""

    storm: str
    run_s: float  # the run and its measuring, by the worker's own clock
    asked_s: float
    kept_s: float
    worker_bytes: int

    @property
    def seconds(self) -> float:
        """What it took a worker, the way there and back included."""
        return max(self.run_s, self.asked_s)


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds until the first worker was warm; of a run of each storm after that; its memory.

    `kept_s` is what storing a run takes, one after the other whatever the workers.
    """

    start_s: float
    by_storm: Mapping[str, float]
    kept_s: float
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
    run_s: float  # of a mean run and storing it, travel times warm
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


def probes(comparison: Comparison, missing: Sequence[Job]) -> list[list[Job]]:
    """The runs that may be timed: of each storm the first missing ones of one variant.

    They are the baseline's where it can be; one more of the first storm, since the very first run
    reckons travel times.
    """
    chosen: list[list[Job]] = []
    for storm in comparison.storms:
        jobs = [job for job in missing if job.storm == storm.id]
        jobs.sort(key=lambda job: job.variant != comparison.baseline)  # stable: by replication
        own = [job for job in jobs if job.variant == jobs[0].variant]
        chosen.append(own[: MOST_PROBES + (not chosen)])
    return chosen


def time_probes(chosen: Sequence[Sequence[Job]], probe: Callable[[Job], Probe | None]) -> Timed:
    """Have runs done one by one, of each storm until enough is timed; what they took.

    `probe` does one, None where it failed. The very first run counts only where its storm has no
    other.
    """
    by_storm: dict[str, list[Probe]] = {}
    first: Probe | None = None
    for jobs in chosen:
        warm: list[Probe] = []
        for job in jobs:
            if sum(one.seconds for one in warm) >= ENOUGH_S:
                break
            found = probe(job)
            if found is not None and first is None:
                first = found
            elif found is not None:
                warm.append(found)
        if warm:
            by_storm[warm[0].storm] = warm
    if first is None:
        return Timed(0.0, {}, 0.0, 0)
    if first.storm not in by_storm:
        by_storm[first.storm] = [replace(first, asked_s=first.run_s)]
    seconds = {storm: fmean(one.seconds for one in done) for storm, done in by_storm.items()}
    every = [one for done in by_storm.values() for one in done]
    return Timed(
        start_s=max(0.0, first.asked_s - seconds[first.storm]),
        by_storm=seconds,
        kept_s=fmean(one.kept_s for one in every),
        worker_bytes=max(one.worker_bytes for one in [first, *every]),
    )


def estimate(at_first: Sequence[Job], at_most: Sequence[Job], took: Timed, room: Room) -> Estimate:
    """What the runs still missing will take, at first and at most."""
    efficiency = 1.0 if room.workers == 1 else EFFICIENCY
    lanes = room.at_once * efficiency
    mean_s = sum(_seconds(at_most, took)) / max(1, len(at_most))

    def hours(jobs: Sequence[Job]) -> float:
        runs_s, kept_s = _seconds(jobs, took)
        others = min(room.workers, len(jobs)) - 1  # workers still to be started
        start_s = max(0, others) * took.start_s
        return ms_hours(((start_s + runs_s) / lanes + kept_s) * MS_PER_S)

    return Estimate(
        runs=len(at_first),
        runs_most=len(at_most),
        run_s=mean_s,
        hours=hours(at_first),
        hours_most=hours(at_most),
        efficiency=efficiency,
        worker_bytes=took.worker_bytes,
        room=room,
    )


def _seconds(jobs: Sequence[Job], took: Timed) -> tuple[float, float]:
    """Seconds of the workers together, and of storing."""
    mean_s = sum(took.by_storm.values()) / max(1, len(took.by_storm))
    counts = Counter(job.storm for job in jobs)
    runs_s = sum(n * took.by_storm.get(storm, mean_s) for storm, n in counts.items())
    return runs_s, len(jobs) * took.kept_s


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
