"""Temporary names of what is being written, and which of them nobody writes to any more."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NAME = re.compile(r"^\..+\.(?P<host>[0-9a-f]{8})\.(?P<pid>[0-9]+)\.[0-9a-f]{8}\.partial$")
_ours: set[str] = set()  # temporary names that this process is writing to
_ours_lock = threading.Lock()


def partial_name(stem: str) -> str:
    """A name of its own for the writing of `stem`: hidden, with machine and process."""
    return f".{stem}.{host_mark()}.{os.getpid()}.{secrets.token_hex(4)}.partial"


@contextmanager
def writing(name: str) -> Iterator[None]:
    """While this lasts, `name` is being written to and never swept."""
    with _ours_lock:
        _ours.add(name)
    try:
        yield
    finally:
        with _ours_lock:
            _ours.discard(name)


def leftovers(folder: Path) -> list[Path]:
    """What killed processes of this machine left under temporary names, files and folders.

    Other machines' processes cannot be asked about, and links are nothing of ours.
    """
    found = []
    for path in sorted(folder.glob(".*.partial")):
        match = _NAME.match(path.name)
        if match is None or match["host"] != host_mark() or path.is_symlink():
            continue
        if not _in_use(path.name, int(match["pid"])):
            found.append(path)
    return found


def _in_use(name: str, pid: int) -> bool:
    if pid == os.getpid():
        with _ours_lock:
            return name in _ours
    if os.name != "posix":  # there is no harmless way to ask; leave it
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def host_mark() -> str:
    """This machine, as 8 hexadecimal digits."""
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]
