"""What the stored runs of a study are a function of, as hashes that can be compared."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from snowplan.clock import Clock
from snowplan.model.comparison import Job
from snowplan.model.fleet import Depot

PACKAGE = Path(__file__).resolve().parents[1]
CODE = (  # what a run's figures pass through, from the scenario to the stored line
    "clock.py", "units.py", "model", "dispatch", "simulation", "results", "analysis",
    "experiments/one_run.py", "experiments/replicating.py", "experiments/readiness_work.py",
)  # fmt: skip
UNTOLD: dict[type, tuple[str, ...]] = {
    Depot: ("name",)
}  # fields that a study may reword without changing what is done


@dataclass(frozen=True, slots=True)
class Case:
    """One variant under one storm: a hash of all its runs depend on, and of each part of it."""

    sha256: str
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Identity:
    """All that the runs of a study are a function of, but for the run seed.

    `code` is the hash of the program's own source, which may change under one version;
    `beneath` are the versions of what it rests on, whose last digits a figure may hang on.
    `files` are the scenarios' files as named, with their SHA-256.
    """

    study: str
    version: str
    code: str
    beneath: Mapping[str, str]
    files: Mapping[str, str]
    cases: Mapping[tuple[str, str], Case]  # by (variant, storm)

    def key(self, job: Job) -> str:
        """The hash of everything that a run is a function of; "" for a run of no known case."""
        case = self.cases.get((job.variant, job.storm))
        return "" if case is None else sha256_of([case.sha256, job.run_seed])

    def joined(self, other: Identity) -> Identity:
        """This identity with the cases that only the other one knows."""
        return Identity(
            study=self.study,
            version=self.version,
            code=self.code,
            beneath=self.beneath,
            files={**other.files, **self.files},
            cases={**other.cases, **self.cases},
        )


def sha256_of(value: Any) -> str:
    """SHA-256 of plain values, dataclasses and enums; the same in every process."""
    text = json.dumps(pairs(value), ensure_ascii=False, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def code_sha256() -> str:
    """SHA-256 of the program's own source, as far as a run's figures depend on it."""
    whole = hashlib.sha256()
    for path in sources():
        text = path.read_bytes().replace(b"\r\n", b"\n")  # some checkouts turn line ends
        name = path.relative_to(PACKAGE).as_posix()
        whole.update(f"{name}\n{hashlib.sha256(text).hexdigest()}\n".encode())
    return whole.hexdigest()


@cache
def versions_beneath() -> Mapping[str, str]:
    """Python's version but for its last part, and NumPy's, as this process runs."""
    return {"python": ".".join(platform.python_version_tuple()[:2]), "numpy": version("numpy")}


def sources() -> Iterable[Path]:
    """The files of the program that a run's figures pass through, in order."""
    for name in CODE:
        path = PACKAGE / name
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path] * path.is_file()


def _plain(value: Any) -> Any:
    """What JSON does not know, as lists; a value without a stable text is refused."""
    if is_dataclass(value):
        kind: Any = type(value)
        return [kind.__name__, *(pairs(getattr(value, name)) for name in _names(kind))]
    if isinstance(value, Enum):
        return [type(value).__name__, value.name]
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no place in a study's identity")


def pairs(value: Any) -> Any:
    """A mapping as pairs in the order of its keys; a clock as texts; anything else as it is."""
    if isinstance(value, Mapping):
        return [[key, pairs(value[key])] for key in sorted(value)]
    if isinstance(value, Clock):
        return ["Clock", value.start.isoformat(), value.zone_name]
    return value


@cache
def _names(kind: Any) -> tuple[str, ...]:
    untold = UNTOLD.get(kind, ())
    return tuple(field.name for field in fields(kind) if field.name not in untold)
