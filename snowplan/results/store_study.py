"""`study.json` of a store of replications: what the stored runs are a function of."""

from __future__ import annotations

import hashlib
import json
import stat
from pathlib import Path
from typing import Any

from snowplan.errors import Fault, InputError
from snowplan.results import steps
from snowplan.results.store_identity import Case, Identity

STUDY = "study.json"
FORMAT, VERSION = "snowplan-replications", 2
AS_WRITTEN = (
    "the file as it was written (its SHA-256 does not fit); remove it, and the stored runs of "
    "these inputs are still found"
)
ASIDE = "with which the stored runs were made; `--no-resume` puts them aside"
AGAIN = "with which stored runs were made; all shards and what is in --out need the same inputs"
SHOWN = 12  # digits of a hash that are shown


def study_bytes(identity: Identity) -> bytes:
    """The file: the identity, and the SHA-256 of all of it."""
    document: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "snowplan": identity.version,
        "code": identity.code,
        "beneath": dict(identity.beneath),
        "study": identity.study,
        "files": dict(sorted(identity.files.items())),
        "cases": [
            {"variant": variant, "storm": storm, "sha256": case.sha256, "parts": dict(case.parts)}
            for (variant, storm), case in sorted(identity.cases.items())
        ],
    }
    whole = document | {"sha256": _digest(document)}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _digest(document: dict[str, Any]) -> str:
    content = {key: value for key, value in document.items() if key != "sha256"}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def read_study(path: Path) -> Identity | None:
    """The identity in a store's `study.json`; None where there is no such file.

    Raises InputError that names the file when it cannot be read, is damaged, or of another format.
    """
    try:
        refuse_odd(path)
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError([unreadable(path, error)]) from error
    try:
        document = json.loads(data)
        identity = _identity(document)
        whole = document["version"] == VERSION and study_bytes(identity) == data
    except (ValueError, KeyError, TypeError, AttributeError):
        whole = False
    if not whole:
        raise InputError([Fault(str(path), "", "", _found(data), AS_WRITTEN)])
    return identity


def _identity(document: dict[str, Any]) -> Identity:
    return Identity(
        study=document["study"],
        version=document["snowplan"],
        code=document["code"],
        beneath=document["beneath"],
        files=document["files"],
        cases={
            (row["variant"], row["storm"]): Case(row["sha256"], row["parts"])
            for row in document["cases"]
        },
    )


def _found(data: bytes) -> str:
    try:
        version = json.loads(data)["version"]
    except (ValueError, KeyError, TypeError):
        return "no whole JSON"
    return f"format {version}" if version != VERSION else "something else"


def refuse_odd(path: Path) -> None:
    """Raise InputError for a folder or a device; OSError where there is nothing."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise InputError([Fault(str(path), "", "", "something else", "a file")])


def unreadable(path: Path, error: OSError) -> Fault:
    """A fault for a file that cannot be read."""
    return Fault(str(path), "", "", error.strerror or str(error), "a file that can be read")


def write_study(path: Path, identity: Identity) -> None:
    """Write the file whole under its name, or leave what was there."""
    partial = path.with_name(f".{path.name}.partial")
    partial.unlink(missing_ok=True)
    steps.write_new(partial, study_bytes(identity))
    steps.sync_file(partial)
    partial.replace(path)
    steps.sync_folder(path.parent)


def changes(stored: Identity, now: Identity) -> list[Fault]:
    """Everything that was otherwise when the stored runs were made, one fault each."""
    changed = [
        case
        for case in sorted(stored.cases)
        if case in now.cases and stored.cases[case].parts != now.cases[case].parts
    ]
    files = _files(stored, now) if changed else []
    return [*_program(stored, now), *files, *_contents(stored, now, changed, named=bool(files))]


def _program(stored: Identity, now: Identity) -> list[Fault]:
    if stored.study != now.study:
        return [Fault("study", "", "", f"'{now.study}'", f"'{stored.study}', {ASIDE}")]
    if stored.version != now.version:
        found, expected = f"version {now.version}", f"version {stored.version}, {ASIDE}"
        return [Fault("snowplan", "", "", found, expected)]
    if stored.code != now.code:
        found, expected = f"source {now.code[:SHOWN]}", f"source {stored.code[:SHOWN]}, {ASIDE}"
        return [Fault(f"snowplan {now.version}", "", "", found, expected)]
    return [
        Fault(name, "", "", f"version {now.beneath[name]}", f"version {before}, {ASIDE}")
        for name, before in stored.beneath.items()
        if now.beneath[name] != before
    ]


def _files(stored: Identity, now: Identity) -> list[Fault]:
    return [
        Fault(name, "", "", f"SHA-256 {now.files[name][:SHOWN]}", f"SHA-256 {sha[:SHOWN]}, {ASIDE}")
        for name, sha in sorted(stored.files.items())
        if now.files.get(name, sha) != sha
    ]


def _contents(
    stored: Identity, now: Identity, changed: list[tuple[str, str]], *, named: bool
) -> list[Fault]:
    """The parts of the scenarios that differ, by variant and storm where not in all of them.

    That the set of files differs is not repeated where files were `named`.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for variant, storm in changed:
        old, new = stored.cases[variant, storm].parts, now.cases[variant, storm].parts
        for part in sorted({*old, *new}):
            if old.get(part) != new.get(part) and not (named and part == "files"):
                found.setdefault(part, {}).setdefault(variant, []).append(storm)
    common = sum(case in now.cases for case in stored.cases)
    faults = []
    for part, variants in sorted(found.items()):
        everywhere = sum(map(len, variants.values())) == common
        places = (
            [""]
            if everywhere
            else [
                f"variant {variant}, storms {', '.join(storms)}"
                for variant, storms in variants.items()
            ]
        )
        faults += [
            Fault(now.study, place, part, "other values", f"those {ASIDE}") for place in places
        ]
    return faults
