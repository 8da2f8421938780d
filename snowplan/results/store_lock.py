"""A lock between commands of one machine; it ends with the process that holds it."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Self

from snowplan.errors import InUseError

if sys.platform == "win32":
    import msvcrt

    AT = 1 << 30  # Windows locks bytes against reading too; none are written here

    def _try(handle: int) -> None:
        os.lseek(handle, AT, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    HELD: type[OSError] = PermissionError
else:
    import fcntl

    def _try(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    HELD: type[OSError] = BlockingIOError

PAUSE_S = 0.05


class Lock:
    """Held between `take` and `give`, or in a `with`; the file keeps the holder's process id.

    `sound` is False where the file system knows no locks: then nothing keeps others out.
    """

    def __init__(self, path: Path, *, patience_s: float = 0.0) -> None:
        self.path, self.patience_s = path, patience_s
        self.sound = True
        self._handle: int | None = None

    def take(self) -> Self:
        """Take the lock; raises InUseError with the id of the process that has it."""
        until = time.monotonic() + self.patience_s
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            while not self._taken(handle):
                self._pause(handle, until)
            os.ftruncate(handle, 0)
            os.lseek(handle, 0, os.SEEK_SET)
            os.write(handle, f"{os.getpid()}\n".encode())
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle
        return self

    def _pause(self, handle: int, until: float) -> None:
        if time.monotonic() >= until:
            raise InUseError(str(self.path.parent), _holder(handle))
        time.sleep(PAUSE_S)

    def _taken(self, handle: int) -> bool:
        try:
            _try(handle)
        except HELD:
            return False
        except OSError:
            self.sound = False
        return True

    def give(self) -> None:
        """Let the lock go."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Self:
        return self.take()

    def __exit__(self, *_: object) -> None:
        self.give()


def _holder(handle: int) -> str:
    os.lseek(handle, 0, os.SEEK_SET)
    return os.read(handle, 64).decode("ascii", "replace").strip() or "?"
