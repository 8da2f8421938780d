"""How engines end: by Ctrl-C, or with the first process killed; nobody is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")

LONG = """
from snowplan.experiments.engines.local import Local
from tests.experiments import engine_tasks as tasks
if __name__ == "__main__":
    with Local(tasks.shop(tasks.rest), 2) as engine:
        for seconds in (0.0, 60.0, 60.0, 60.0):
            engine.submit(seconds)
        for outcome in engine.as_completed():
            print("begun", flush=True)
"""


def begun() -> subprocess.Popen[str]:
    """A process group with two workers amid tasks of 60 s."""
    process = subprocess.Popen(
        [sys.executable, "-c", LONG], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    return process


def group_is_gone(group: int, within_s: float) -> bool:
    """Whether no process of the group is left within so many seconds."""
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("wait_s", [0.0, 0.7])
def test_an_interrupt_ends_the_workers_at_once(wait_s: float) -> None:
    """Ctrl-C reaches the whole group: one KeyboardInterrupt, no trace from workers, in seconds.

    At once, when the second worker may just be starting; and when all are at work.
    """
    process = begun()
    time.sleep(wait_s)
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=20)
    assert told.count("Traceback") == told.count("KeyboardInterrupt") == 1
    assert group_is_gone(process.pid, within_s=10)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_the_first_process(number: signal.Signals) -> None:
    """Killed amid tasks of 60 s, it leaves no worker for longer than moments."""
    process = begun()
    process.send_signal(number)
    _, told = process.communicate(timeout=20)
    assert "Traceback" not in told
    assert group_is_gone(process.pid, within_s=10)
