"""The lines of a store of replications: each with its SHA-256, read with every damage told.

A line is `<SHA-256 of the rest> <key> <payload>`; the key is the hash of the run's inputs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from snowplan.errors import Fault, InputError
from snowplan.model.comparison import Job
from snowplan.results.replications import Replication
from snowplan.results.store_identity import Identity
from snowplan.results.store_study import refuse_odd, unreadable

HEX = 64  # digits of a SHA-256


class Note(NamedTuple):
    """Something to tell the user: the key of the words, and what fills them."""

    key: str
    fields: Mapping[str, str]


class Place(NamedTuple):
    """Where a replication stands, and the SHA-256 of its line."""

    file: Path
    number: int
    sha256: bytes


class End(NamedTuple):
    """Where a file's last line ends, a torn one left out, and whether that line has its LF."""

    at: int
    closed: bool


def line_of(key: str, replication: Replication) -> bytes:
    """The line of a replication, with its LF."""
    rest = f"{key} {replication.payload()}".encode()
    return hashlib.sha256(rest).hexdigest().encode() + b" " + rest + b"\n"


def replication_in(line: bytes) -> tuple[str, Replication] | None:
    """The key and the replication in a line without its LF; None where it is damaged."""
    rest = line[HEX + 1 :]
    if hashlib.sha256(rest).hexdigest().encode() + b" " != line[: HEX + 1]:
        return None
    try:
        key, _, payload = rest.decode().partition(" ")
        return key, Replication.from_payload(payload)
    except ValueError:
        return None


@dataclass(slots=True)
class Reader:
    """The replications of one identity, gathered from any number of files."""

    identity: Identity
    found: dict[Job, Replication] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    places: dict[Job, Place] = field(default_factory=dict)
    _conflicts: list[Fault] = field(default_factory=list)

    def read(self, path: Path, stored: Identity) -> End:
        """Take in a file's lines; `stored` is what its own `study.json` says.

        Damaged lines and those of other inputs are noted and left out. Raises InputError where the
        file cannot be read, or holds two results of one run.
        """
        odd: dict[str, list[int]] = {"damaged": [], "foreign": [], "twice": [], "tail": []}
        end = End(0, closed=True)
        for number, line in enumerate(_lines(path), start=1):
            closed = line.endswith(b"\n")
            kind = self._take(line.removesuffix(b"\n"), Place(path, number, line[:HEX]), stored)
            if kind == "damaged" and not closed:
                odd["tail"].append(number)
                break
            end = End(end.at + len(line), closed)
            if kind:
                odd[kind].append(number)
        for kind, numbers in odd.items():
            if numbers:
                self._note(f"store.{kind}", path, numbers)
        if self._conflicts:
            raise InputError(self._conflicts)
        return end

    def beside(self) -> Reader:
        """A reader of other files that knows these, gathers on its own, and shares the notes."""
        return Reader(self.identity, notes=self.notes, places=dict(self.places))

    def _take(self, line: bytes, place: Place, stored: Identity) -> str:
        """Keep what a line holds, or say why not; "" where nothing is odd."""
        read = replication_in(line)
        if read is None:
            return "damaged"
        key, replication = read
        job = replication.job
        if key != self.identity.key(job):
            return "" if key == stored.key(job) else "foreign"
        before = self.places.setdefault(job, place)
        if before is place:
            self.found[job] = replication
            return ""
        if before.sha256 != place.sha256:
            self._conflicts.append(_conflict(before, place))
        return "twice" if before.file == place.file else ""

    def _note(self, key: str, path: Path, numbers: list[int]) -> None:
        self.notes.append(Note(key, {"file": str(path), "lines": spans(numbers)}))


def _lines(path: Path) -> Iterator[bytes]:
    try:
        refuse_odd(path)
        with path.open("rb") as file:
            yield from file
    except OSError as error:
        raise InputError([unreadable(path, error)]) from error


def _conflict(before: Place, place: Place) -> Fault:
    return Fault(
        str(place.file),
        f"line {place.number}",
        "",
        "another result of the same run",
        f"the result in {before.file} line {before.number}",
    )


def spans(numbers: Iterable[int]) -> str:
    """`3, 5-9`: rising numbers, runs of them drawn together."""
    rows: list[list[int]] = []
    for number in numbers:
        if rows and rows[-1][1] == number - 1:
            rows[-1][1] = number
        else:
            rows.append([number, number])
    return ", ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in rows)
