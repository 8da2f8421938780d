"""Dying at a step on the way to the disk: every step is counted, at the K-th the process ends."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
KILLED = 9


def outcomes_of(program: str, folder: Path) -> list[list[str]]:
    """Run a program that dies at every step in turn; the words of each line that it printed."""
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [line.split() for line in done.stdout.splitlines()]


def arm(at: int, when: str, places: tuple[tuple[ModuleType, tuple[str, ...]], ...]) -> None:
    """End this process at step `at` of the functions named in `places`: before or after it.

    `half`: in the midst of `write_new`, half of its bytes written; after any other step.
    """
    left = [at]

    def wrap(real: Callable[..., None], name: str) -> Callable[..., None]:
        def step(*args: Any) -> None:
            left[0] -= 1
            if left[0] == 0 and when == "before":
                os._exit(KILLED)
            if left[0] == 0 and when == "half" and name == "write_new":
                args[0].write_bytes(args[1][: len(args[1]) // 2])
                os._exit(KILLED)
            real(*args)
            if left[0] == 0:
                os._exit(KILLED)

        return step

    for module, names in places:
        for name in names:
            setattr(module, name, wrap(getattr(module, name), name))
