"""Writes a run folder: whole under its name, or not there at all."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pandas as pd

from snowplan.errors import RunError, WriteError
from snowplan.results import steps
from snowplan.results.parquet import write_parquet
from snowplan.results.partials import leftovers, partial_name, writing
from snowplan.results.tables import TABLES

MANIFEST = "manifest.json"
FULL = (errno.ENOSPC, errno.EDQUOT)
_NAME = re.compile(r"[^\w.+-]+")


def run_stem(scenario: str, digest: str, now: datetime) -> str:
    """`20260116-170000-heavy-1a2b3c4d`: when, what, and the first 8 of the inputs' hash."""
    return f"{now:%Y%m%d-%H%M%S}-{safe_name(scenario)}-{digest[:8]}"


def safe_name(scenario: str) -> str:
    """A scenario's name as a part of a folder's name."""
    safe = _NAME.sub("_", scenario).strip("._") or "run"
    while len(safe.encode()) > 120:  # file systems count bytes, and the suffixes need room
        safe = safe[:-1]
    return safe


def json_bytes(value: object) -> bytes:
    """JSON in UTF-8 with LF; keys keep their order; NaN and infinity are refused."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False, default=_plain)
    return (text + "\n").encode("utf-8")


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """CSV in UTF-8 with BOM (Excel needs it to see Chinese) and LF."""
    return str(frame.to_csv(index=False, lineterminator="\n")).encode("utf-8-sig")


def _plain(value: Any) -> object:
    if value is pd.NA:
        return None
    if hasattr(value, "item"):  # a NumPy scalar
        return value.item()
    raise TypeError(f"{type(value).__name__} has no place in JSON")


class RunFolder:
    """A run folder being written; use it in a `with`, read `path` afterwards.

    Everything goes to a temporary sibling whose name starts with a dot; leaving the `with` in peace
    writes `manifest.json` with the SHA-256 of every file and renames the folder. Leaving it by an
    exception removes the temporary folder. An existing folder is never touched:
    `-2`, `-3`, … follow.
    """

    def __init__(self, out_dir: Path, stem: str) -> None:
        self.out_dir = Path(out_dir).absolute()
        self.stem = stem
        self.manifest: dict[str, Any] = {}  # what the caller wants to say; `files` is added
        self.path: Path | None = None
        self._files: dict[str, dict[str, object]] = {}
        self._partial = self.out_dir / partial_name(stem)
        self._writing = ExitStack()

    def __enter__(self) -> Self:
        with told("create", self.out_dir):
            self.out_dir.mkdir(parents=True, exist_ok=True)
            sweep_leftovers(self.out_dir)
            with ExitStack() as entered:
                entered.enter_context(writing(self._partial.name))
                steps.make_folder(self._partial)
                self._writing = entered.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._commit()
        finally:
            if self.path is None:
                shutil.rmtree(self._partial, ignore_errors=True)
            self._writing.close()

    def write_bytes(self, name: str, data: bytes) -> None:
        """Write one file."""
        target = self._target(name)
        with told("write", target):
            steps.write_new(target, data)
        self._enter(name, hashlib.sha256(data).hexdigest(), len(data))

    def write_text(self, name: str, text: str) -> None:
        """Write text as UTF-8 with the line ends it has."""
        self.write_bytes(name, text.encode("utf-8"))

    def write_json(self, name: str, value: object) -> None:
        """Write a JSON object."""
        self.write_bytes(name, json_bytes(value))

    def write_frame(self, name: str, frame: pd.DataFrame) -> None:
        """Write a declared table (`TABLES`) after checking it: Parquet, or CSV by its name.

        Raises `RunError` when the frame differs from the declaration.
        """
        table = TABLES[name]
        frame = table.checked(frame)
        if name.endswith(".csv"):
            self.write_bytes(name, csv_bytes(frame))
            return
        target = self._target(name)
        with told("write", target):
            write_parquet(frame, table, target)
            with target.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = target.stat().st_size
        self._enter(name, digest, size)

    def _target(self, name: str) -> Path:
        if name in self._files or Path(name).name != name or name.startswith("."):
            raise RunError(f"'{name}' cannot be written: expected a plain file name, used once")
        return self._partial / name

    def _enter(self, name: str, digest: str, size: int) -> None:
        with told("flush", self._partial / name):
            steps.sync_file(self._partial / name)
        self._files[name] = {"sha256": digest, "bytes": size}

    def _commit(self) -> None:
        self.write_json(MANIFEST, self.manifest | {"files": dict(sorted(self._files.items()))})
        with told("finish", self.out_dir):
            steps.sync_folder(self._partial)
            self.path = self._rename()
            steps.sync_folder(self.out_dir)

    def _rename(self) -> Path:
        number = 1
        while True:
            path = self.out_dir / (self.stem if number == 1 else f"{self.stem}-{number}")
            if not os.path.lexists(path):
                try:
                    steps.rename_folder(self._partial, path)
                except OSError:
                    if not os.path.lexists(path):
                        raise
                else:
                    return path
            number += 1


def sweep_leftovers(out_dir: Path) -> list[Path]:
    """Remove the temporary folders of runs killed on this machine; others are left alone."""
    swept = [path for path in leftovers(out_dir) if path.is_dir()]
    for path in swept:
        shutil.rmtree(path, ignore_errors=True)
    return swept


class told:  # noqa: N801 - reads as a word in a `with`
    """Turns an `OSError` into a `WriteError` that says what was being done and where."""

    def __init__(self, doing: str, path: Path) -> None:
        self.doing, self.path = doing, path

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, OSError):
            again = "; free space, then the same command again" if error.errno in FULL else ""
            raise WriteError(
                f"could not {self.doing} {self.path}: {error.strerror or error}{again}"
            ) from error
