"""`state.json` read and checked: whole, of this version, of this scenario, with this instant."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from snowplan.errors import Fault, Faults, InputError
from snowplan.inputs.instants import EXPECTED, instant_ms
from snowplan.model.scenario import Scenario
from snowplan.results.state_files import STATE, Stored, digest_of_content, head_of

WHERE = "a run and the instant that it stored: RUN@2026-01-16T03:00"
FLEET, CREWS = "fleet.", "crews."  # beginnings of the names of differences
DAMAGED = "the file as it was written (its SHA-256 does not fit)"


def load_state(where: str, scenario: Scenario) -> Stored:
    """The instant and the content of `RUN@INSTANT`; RUN is a run folder or a state file.

    Raises InputError with what differs: damage, version, scenario, run seed, input, instant.
    """
    run, _, text = where.rpartition("@")
    if not run:
        raise InputError([Fault(where, "", "", "no instant", WHERE)])
    path = Path(run)
    path = path if path.is_file() else path / STATE
    document = _document(path)
    faults = Faults()
    _check_head(document, head_of(scenario), str(path), faults)
    faults.raise_if_any()
    return _chosen(document["states"], text, scenario, str(path))


def _document(path: Path) -> dict[str, Any]:
    """The file's JSON, whose digest fits."""
    try:
        document = json.loads(path.read_bytes())
    except OSError as error:
        found = error.strerror or "nothing"
        raise InputError([Fault(str(path), "", "", found, "a file that exists")]) from error
    except (ValueError, RecursionError) as error:
        raise InputError([Fault(str(path), "", "", "no whole JSON", DAMAGED)]) from error
    digest = document.get("sha256") if isinstance(document, dict) else None
    if digest is None or digest_of_content(document) != digest:
        raise InputError([Fault(str(path), "key sha256", "", f"'{digest}'", DAMAGED)])
    return dict(document)


def _check_head(
    document: dict[str, Any], expected: dict[str, Any], file: str, faults: Faults
) -> None:
    """Format, version, scenario, run seed; files and changes by name."""
    for key in ("format", "version", "snowplan", "run_seed"):
        if document.get(key) != expected[key]:
            faults.add(file, f"key {key}", "", document.get(key), repr(expected[key]))
    own, asked = document.get("scenario"), expected["scenario"]
    if own != asked:
        faults.items.append(
            Fault(file, "key scenario", "", f"a state of {own}", f"a state of {asked}")
        )
    if faults.items:
        return
    for key in ("inputs", "differences"):
        held, wanted = _by_name(document[key]), _by_name(expected[key])
        if sorted(held.values()) == sorted(wanted.values()):
            continue
        for name in _told(held, wanted):
            if held.get(name) != wanted.get(name):
                found, right = held.get(name, "missing"), wanted.get(name)
                right = "none of it" if right is None else f"'{right}'"
                faults.add(file, f"key {key}", name, found, f"{right}, as in this scenario")


def _told(held: dict[str, str], wanted: dict[str, str]) -> list[str]:
    """The names that may differ; crews that a change of the fleet raises go without saying."""
    names = sorted(held.keys() | wanted.keys())
    fleet = any(held.get(name) != wanted.get(name) for name in names if name.startswith(FLEET))
    return [name for name in names if not (fleet and name.startswith(CREWS))]


def _by_name(rows: list[list[str]]) -> dict[str, str]:
    return {row[0]: " → ".join(row[1:]) for row in rows}


def _chosen(states: list[dict[str, Any]], text: str, scenario: Scenario, file: str) -> Stored:
    """The state of the instant asked for."""
    try:
        at_ms = instant_ms(text, scenario.study.clock)
    except ValueError as error:
        raise InputError([Fault(file, "", "", f"'{text}'", EXPECTED)]) from error
    for state in states:
        if state["at_ms"] == at_ms:
            return at_ms, state["content"]
    known = ", ".join(state["at"].replace(" ", "T") for state in states)
    raise InputError([Fault(file, "key states", "", f"'{text}'", f"one of {known}")])
