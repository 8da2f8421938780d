"""`state.json` of a run folder: the world at asked instants, and the scenario it belongs to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from snowplan import __version__
from snowplan.model.scenario import Scenario

STATE = "state.json"
FORMAT, VERSION = "snowplan-state", 2
Stored = tuple[int, dict[str, Any]]  # an instant and what was stored then


def state_bytes(scenario: Scenario, stored: Sequence[Stored]) -> bytes:
    """The file: who it belongs to, the states by instant, and the SHA-256 of all of it."""
    clock = scenario.study.clock
    document = head_of(scenario) | {
        "states": [
            {"at_ms": at, "at": clock.text(at), "content": content} for at, content in stored
        ]
    }
    whole = document | {"sha256": digest_of_content(document)}
    return _compact(whole) + b"\n"


def head_of(scenario: Scenario) -> dict[str, Any]:
    """What a state must share with the scenario that goes on from it."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "snowplan": __version__,
        "scenario": scenario.study.name,
        "run_seed": scenario.study.run_seed,
        "inputs": [list(row) for row in scenario.inputs],
        "differences": [list(row) for row in scenario.differences],
    }


def digest_of_content(document: dict[str, Any]) -> str:
    """SHA-256 of everything in the file but the digest itself."""
    content = {key: value for key, value in document.items() if key != "sha256"}
    return hashlib.sha256(_compact(content)).hexdigest()


def _compact(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
