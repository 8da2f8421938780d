"""A worker process of this machine: it says that it is there, builds its place, does tasks."""

from __future__ import annotations

import os
import pickle
import signal
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any

from snowplan.errors import RunError
from snowplan.experiments.engines.tasks import Workshop, attempt_packed, place_of, told

HERE = b"here"


def serve(pipe: Connection) -> None:
    """Tasks come in and outcomes go out through the pipe, until its other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the first process's to answer
    Thread(target=_end_with_the_first, daemon=True).start()
    try:
        pipe.send_bytes(HERE)
        workshop, place, error = _settled(pipe.recv_bytes())
        pipe.send_bytes(error.encode())
        while not error:
            pipe.send_bytes(attempt_packed(workshop, place, pipe.recv_bytes()))
    except (EOFError, OSError):
        return


def _settled(packed: bytes) -> tuple[Workshop, Any, str]:
    """The workshop with its place, and what went wrong."""
    try:
        workshop: Workshop = pickle.loads(packed)  # noqa: S301 - from the process that started us
        return workshop, place_of(workshop), ""
    except RunError as error:
        return Workshop(None, str, str), None, str(error)
    except Exception as error:  # noqa: BLE001 - whatever importing its functions raises
        return Workshop(None, str, str), None, f"a worker could not begin: {told(error)}"


def _end_with_the_first() -> None:
    """Ends this process as soon as the one that started it is gone, even amid a task."""
    first = parent_process()
    if first is not None:
        first.join()
        os._exit(1)
