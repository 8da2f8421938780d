"""Writes a file where a user wants it: the old one whole or the new one whole, never half."""

from __future__ import annotations

import os
import re
import shutil
import stat
from contextlib import suppress
from pathlib import Path

from snowplan.errors import WriteError
from snowplan.results import steps
from snowplan.results.partials import leftovers, partial_name, writing
from snowplan.results.run_folder import told

# What Excel, WPS and LibreOffice put beside a workbook that they have open.
OPEN_MARKS = ("~${name}", ".~{name}", ".~lock.{name}#")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:[/\\]")  # a drive has one letter alone
_LONGEST = 60  # bytes of the name that a temporary name keeps: file systems allow 255


def ready_to_write(path: Path | str) -> None:
    """Make sure that `path` can be written, before hours are spent on what goes there.

    Raises WriteError with what is in the way; leaves everything as it was.
    """
    target = _target(path)
    with told("write", target):  # a name too long, a folder that may not be looked into
        _refuse_wrong_places(target)
    _refuse_open_elsewhere(target)
    _write_beside(target, b"", replace=False)


def write_whole(path: Path | str, data: bytes) -> None:
    """Put `data` at `path` in place of what is there.

    Written to a temporary sibling, brought to the disk, then renamed: killed at any instant, `path`
    holds the old file whole or the new one whole. Raises WriteError when it cannot be written.
    """
    target = _target(path)
    with told("write", target):  # a name too long, a folder that may not be looked into
        _refuse_wrong_places(target)
    _refuse_open_elsewhere(target)
    for left in leftovers(target.parent):
        if left.is_file():
            with suppress(OSError):  # another's, which does no harm
                left.unlink()
    _write_beside(target, data, replace=True)


def _target(path: Path | str) -> Path:
    """The file meant: absolute, links followed; an address of the network is refused."""
    if _ADDRESS.match(str(path)):
        raise _refused(Path(path), "it is an address", "expected a file on this machine")
    return Path(os.path.realpath(path))


def _refuse_wrong_places(target: Path) -> None:
    """No folder to write into, or something there that is no file, or a file that is kept."""
    if not os.path.lexists(target.parent):
        raise _refused(target, f"there is no folder {target.parent}", "make it first")
    if not target.parent.is_dir():
        raise _refused(target, f"{target.parent} is a file", "expected a folder")
    if target.is_dir():
        raise _refused(target, "it is a folder", "expected the name of a file")
    if not os.path.lexists(target):
        return
    mode = target.stat().st_mode
    if not stat.S_ISREG(mode):
        raise _refused(target, "it is a device", "expected the name of a file")
    if not mode & 0o222:
        raise _refused(target, "it is read-only", "give another name or make it writable")
    with target.open("r+b"):
        pass  # Windows refuses it while a reader has the file


def _refuse_open_elsewhere(target: Path) -> None:
    """A workbook that another program has open: what we write would be lost or refused."""
    for mark in OPEN_MARKS:
        beside = target.with_name(mark.format(name=target.name))
        if os.path.lexists(beside):
            raise WriteError(
                f"could not write {target}: it is open in another program ({beside.name}); "
                "close it there, or remove that file if nothing has it open"
            )


def _write_beside(target: Path, data: bytes, *, replace: bool) -> None:
    """Write `data` to a temporary sibling; then put it in place of the target, or remove it."""
    partial = target.with_name(partial_name(_short(target.name)))
    with told("write", target), writing(partial.name):
        try:
            _begin(partial, data, target)
            if replace:
                if target.exists():
                    shutil.copymode(target, partial)
                steps.sync_file(partial)
                steps.replace_file(partial, target)
                steps.sync_folder(target.parent)
        finally:
            partial.unlink(missing_ok=True)


def _begin(partial: Path, data: bytes, target: Path) -> None:
    """Write the temporary sibling, in a folder that is there: some, as /proc, take no files."""
    try:
        steps.write_new(partial, data)
    except FileNotFoundError:
        wanted = "give another folder"
        raise _refused(target, f"{target.parent} takes no files", wanted) from None


def _short(name: str) -> str:
    """As much of the name as a temporary name has room for, cut between characters."""
    return name.encode()[:_LONGEST].decode(errors="ignore")


def _refused(target: Path, found: str, wanted: str) -> WriteError:
    return WriteError(f"could not write {target}: {found}; {wanted}")
