"""A cluster on loopback for tests, started as the README says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

import psutil

ROOT = Path(__file__).resolve().parents[2]
ENDED_S = 20.0


class Cluster:
    """A scheduler with its workers, all on this machine; ended with the block."""

    def __init__(self, folder: Path, *more: str, allowed_failures: int = 1) -> None:
        self._folder = folder
        self._more = more
        self._env = os.environ | {
            "PYTHONPATH": str(ROOT),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(allowed_failures),
        }
        self._told = folder / "scheduler.json"
        self._started: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start("scheduler", "--port", "0")
        self.address = self._address()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        running = [psutil.Process(one.pid) for one in self._started if one.poll() is None]
        children = [child for one in running for child in one.children(recursive=True)]
        for one in (*running, *children):
            with suppress(psutil.NoSuchProcess):
                one.kill()
        psutil.wait_procs(children, timeout=ENDED_S)
        for process in self._started:
            process.wait()

    def workers(self, count: int, *more: str) -> subprocess.Popen[bytes]:
        """Start so many workers."""
        return self._start("worker", "--nthreads", "1", "--nworkers", str(count), *more)

    def _start(self, what: str, *more: str) -> subprocess.Popen[bytes]:
        command = [
            sys.executable, "-m", "dask", what, "--host", "127.0.0.1",
            "--dashboard-address", "127.0.0.1:0", "--scheduler-file", str(self._told),
            *more, *self._more,
        ]  # fmt: skip
        if what == "worker":
            command += ["--local-directory", str(self._folder)]
        with (self._folder / f"{what}.log").open("ab") as log:
            process = subprocess.Popen(
                command, cwd=self._folder, env=self._env, stdout=log, stderr=log
            )
        self._started.append(process)
        return process

    def _address(self) -> str:
        until = time.monotonic() + ENDED_S
        while time.monotonic() < until and self.scheduler.poll() is None:
            if self._told.exists() and self._told.read_text():
                return str(json.loads(self._told.read_text())["address"])
            time.sleep(0.1)
        raise RuntimeError((self._folder / "scheduler.log").read_text())
