"""The steps by which a folder reaches the disk; each is one place where a run can be killed."""

from __future__ import annotations

import os
from pathlib import Path


def make_folder(path: Path) -> None:
    """Create a folder that must not exist yet."""
    path.mkdir()


def write_new(path: Path, data: bytes) -> None:
    """Write a file that must not exist yet."""
    with path.open("xb") as file:
        file.write(data)


def sync_file(path: Path) -> None:
    """Wait until a file's bytes are on the disk."""
    # Windows flushes only through a handle that may write.
    handle = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(path: Path) -> None:
    """Wait until a folder's entries are on the disk; Windows has no such call and needs none."""
    if os.name == "posix":
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def rename_folder(old: Path, new: Path) -> None:
    """Give a folder its final name; fails where a folder with something in it has that name."""
    old.rename(new)


def replace_file(old: Path, new: Path) -> None:
    """Give a file its final name, in place of any file that has it, at one stroke."""
    old.replace(new)
