"""A dask cluster of this machine's own, for the bench alone."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from snowplan.errors import RunError, UseError

DASK = "from dask.__main__ import main; main()"
SCHEDULER = ("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
WORKER = ("worker", "--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard")
START_S = 30.0
STEP_S = 0.05


@contextmanager
def cluster_here(workers: int) -> Iterator[tuple[str, Callable[[], float]]]:
    """A scheduler and workers on loopback: their address, and what tells the CPU seconds so far of
    the scheduler and of the workers' nannies. Raises UseError without the libraries for it.
    """
    try:
        import psutil  # type: ignore[import-untyped]
    except ModuleNotFoundError as error:
        raise UseError(
            'a cluster needs libraries of its own: pip install "snowplan[cluster]"'
        ) from error
    with TemporaryDirectory() as folder, ExitStack() as stack:
        told = Path(folder) / "scheduler.json"
        file = ("--scheduler-file", str(told))
        scheduler = stack.enter_context(_process(*SCHEDULER, *file, folder=folder))
        address = _address(told)
        nannies = stack.enter_context(
            _process(*WORKER, *file, "--nworkers", str(workers), folder=folder)
        )
        others = [psutil.Process(one.pid) for one in (scheduler, nannies)]

        def cpu_s() -> float:
            return sum(sum(one.cpu_times()[:2]) for one in others)

        yield address, cpu_s


@contextmanager
def _process(*args: str, folder: str) -> Iterator[subprocess.Popen[bytes]]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", DASK, *args], cwd=folder, stdout=quiet, stderr=quiet
    )
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(START_S)
        process.kill()
        process.wait()


def _address(file: Path) -> str:
    """The address that a scheduler writes down; raises RunError when it does not."""
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        with suppress(OSError, ValueError, KeyError):
            return str(json.loads(file.read_text(encoding="utf-8"))["address"])
        time.sleep(STEP_S)
    raise RunError(f"a scheduler did not begin within {START_S:.0f} s")
