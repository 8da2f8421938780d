"""A store of replications: each is kept the moment it is done, and found again afterwards.

A folder with `study.json` (what the runs are a function of) and `replications.jsonl`, for a shard
`replications-2-of-8.jsonl`, to which lines are only ever added. A line is used only if its SHA-256
fits and its key is the hash of the inputs as they are now; all others are told and run again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from snowplan.errors import Fault, InputError, RunError, UseError
from snowplan.model.comparison import Job
from snowplan.results import steps
from snowplan.results.replications import Replication
from snowplan.results.run_folder import told
from snowplan.results.store_identity import Identity
from snowplan.results.store_lines import Note, Reader, line_of
from snowplan.results.store_lock import Lock
from snowplan.results.store_study import STUDY, changes, read_study, write_study

STEM, SUFFIX, LOCK = "replications", ".jsonl", ".lock"
SHARD = re.compile(r"([1-9][0-9]{0,5})/([1-9][0-9]{0,5})")
PATIENCE_S = 10.0  # for `study.json`, which every command has for an instant only
FLAGS = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)


def shard_stem(shard: str) -> str:
    """`replications`, or `replications-2-of-8` for the shard `2/8`."""
    if not shard:
        return STEM
    match = SHARD.fullmatch(shard)
    if match is None or int(match[1]) > int(match[2]):
        raise UseError(f"shard '{shard}': expected i/n such as 2/8, with i from 1 to n")
    return f"{STEM}-{match[1]}-of-{match[2]}"


class Store:
    """An open store, with one file of it to add to; `open` makes one, a `with` closes it.

    `found` holds the replications of all files in the folder; `notes` what was odd in them.
    """

    def __init__(self, path: Path, lock: Lock, handle: int, reader: Reader) -> None:
        self.path = path
        self.found: Mapping[Job, Replication] = reader.found
        self.notes: list[Note] = reader.notes
        self._reader, self._lock, self._handle = reader, lock, handle
        self._end = os.fstat(handle).st_size
        self._before = b""  # an LF that the last line lacks

    @classmethod
    def open(cls, folder: Path, identity: Identity, *, shard: str = "") -> Store:
        """Open a folder's store, or make it; whatever was stored there stays.

        Raises InputError with everything that changed since, or naming a file that is damaged
        beyond use; RunError where another command has the store or the disk refuses.
        """
        folder = Path(folder).absolute()
        stem = shard_stem(shard)
        with told("open", folder):
            folder.mkdir(parents=True, exist_ok=True)
            lock = Lock(folder / f"{stem}{LOCK}").take()
        try:
            return cls._opened(folder / f"{stem}{SUFFIX}", identity, lock)
        except BaseException:
            lock.give()
            raise

    @classmethod
    def _opened(cls, path: Path, identity: Identity, lock: Lock) -> Store:
        folder = path.parent
        with told("write", folder / STUDY), Lock(folder / f"study{LOCK}", patience_s=PATIENCE_S):
            reader = Reader(identity)
            stored = _known(folder, identity, reader.notes)
        if not lock.sound:
            reader.notes.append(Note("store.unlocked", {"file": str(folder)}))
        ends = {file: reader.read(file, stored) for file in _line_files(folder)}
        with told("open", path):
            store = cls(path, lock, os.open(path, FLAGS, 0o666), reader)
        try:
            with told("repair", path):
                if path in ends and ends[path].at < store._end:
                    store._cut(ends[path].at)
                if path in ends and not ends[path].closed:
                    store._before = b"\n"
                steps.sync_folder(folder)
        except BaseException:
            os.close(store._handle)
            raise
        return store

    @staticmethod
    def put_aside(folder: Path) -> Path | None:
        """Give a store another name, with the time; the new path, or None where there is none.

        Raises RunError where a command has it in use.
        """
        folder = Path(folder).absolute()
        if not folder.is_dir():
            return None
        with told("put aside", folder):
            for path in sorted(folder.glob(f"*{LOCK}")):
                Lock(path, patience_s=PATIENCE_S if path.stem == "study" else 0.0).take().give()
            return _aside(folder)

    def add(self, replication: Replication) -> None:
        """Store a replication; when this returns, it is on the disk.

        Raises RunError, and nothing is half stored, when the disk refuses, when the file was taken
        away meanwhile, or when another result of the same run is stored already.
        """
        self.add_all([replication])

    def add_all(self, replications: Iterable[Replication]) -> None:
        """Store several at once: all of them, or none."""
        new = [one for one in replications if not self._holds(one)]
        if not new:
            return
        data = self._before + b"".join(line_of(self._key(one), one) for one in new)
        with told("store a run in", self.path):
            self._append(data)
        self._before = b""
        self._reader.found.update({one.job: one for one in new})

    def take_in(self, folder: Path) -> None:
        """Add what another store of the same study holds.

        Raises InputError when it is none, is of other inputs, or has another result of one run.
        """
        stored = _source(folder, self._reader.identity)
        theirs = self._reader.beside()
        for file in _line_files(folder):
            theirs.read(file, stored)
        self.add_all(theirs.found[job] for job in sorted(theirs.found))
        self._reader.places.update(theirs.places)

    def _holds(self, replication: Replication) -> bool:
        before = self.found.get(replication.job)
        if before is None:
            return False
        if before.payload() != replication.payload():
            raise RunError(f"{replication.job} gave another result than that in {self.path}")
        return True

    def _key(self, replication: Replication) -> str:
        key = self._reader.identity.key(replication.job)
        if not key:
            raise RunError(f"{replication.job} is no run of the study in {self.path.parent}")
        return key

    def _append(self, data: bytes) -> None:
        """Add bytes and wait for the disk; what was torn off is taken back."""
        status = os.fstat(self._handle)
        if status.st_size != self._end or not status.st_nlink:
            raise RunError(f"{self.path} was changed or removed while it was written to")
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(self._handle, left) :]
            os.fsync(self._handle)
        except BaseException:
            self._cut(self._end)
            raise
        self._end += len(data)

    def _cut(self, size: int) -> None:
        os.ftruncate(self._handle, size)
        os.fsync(self._handle)
        self._end = size

    def close(self) -> None:
        """Let go of the file and the lock."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
            self._lock.give()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class Merged:
    """What several stores hold together, and which of the runs asked for none of them has.

    `before` of them were in the place already where they were brought together.
    """

    replications: Mapping[Job, Replication]
    missing: tuple[Job, ...]
    notes: tuple[Note, ...]
    before: int


def merge(
    into: Path, folders: Sequence[Path], identity: Identity, wanted: Iterable[Job] = ()
) -> Merged:
    """Bring the replications of several stores into one, made if need be.

    Raises InputError when a store is missing or of other inputs, before anything is made, and when
    two results of one run differ.
    """
    for folder in folders:
        _source(folder, identity)
    with Store.open(into, identity) as store:
        before = len(store.found)
        for folder in dict.fromkeys(Path(one).absolute() for one in folders):
            if folder != store.path.parent:
                store.take_in(folder)
        missing = tuple(job for job in wanted if job not in store.found)
        return Merged(dict(store.found), missing, tuple(store.notes), before)


def _known(folder: Path, identity: Identity, notes: list[Note]) -> Identity:
    """What the folder's `study.json` says, cases that are new to it added.

    Where there are lines and no such file, their keys alone tell which are of these inputs.
    """
    stored = _read_known(folder, identity)
    if stored is None and _line_files(folder):
        notes.append(Note("store.no_study", {"file": str(folder / STUDY)}))
    joined = identity if stored is None else identity.joined(stored)
    if stored != joined:
        write_study(folder / STUDY, joined)
        steps.sync_folder(folder.parent)
    return joined


def _source(folder: Path, identity: Identity) -> Identity:
    """What a store that is to be read says of itself; raises InputError where there is none."""
    stored = _read_known(folder, identity)
    if stored is None:
        raise InputError([Fault(str(folder), "", "", "nothing", "a store of replications")])
    return stored


def _read_known(folder: Path, identity: Identity) -> Identity | None:
    stored = read_study(folder / STUDY)
    if stored is not None and (faults := changes(stored, identity)):
        raise InputError(faults)
    return stored


def _line_files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"{STEM}*{SUFFIX}"))


def _aside(folder: Path) -> Path:
    number = 1
    while True:
        tail = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}" + (f"-{number}" * (number > 1))
        path = folder.with_name(f"{folder.name}-{tail}")
        if not os.path.lexists(path):
            folder.rename(path)
            return path
        number += 1
