"""Every section of a readiness report, found anew from its files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.oracles.readiness_compare import differences
from tests.oracles.readiness_deicer import deicer
from tests.oracles.readiness_envelope import envelope
from tests.oracles.readiness_files import Files
from tests.oracles.readiness_hauls import must_haul
from tests.oracles.readiness_limits import verdicts
from tests.oracles.readiness_marginal import marginal
from tests.oracles.readiness_means import hauling, machines, people
from tests.oracles.readiness_needs import needed
from tests.oracles.readiness_papers import appendix, head
from tests.oracles.readiness_roads import access, held_back, streets, timeline

SHARES = 5e-6  # rounding of several parts goes to the largest


def with_needed(files: Files) -> dict[str, Any]:
    """`machines`: what is there or needed of each kind in each zone."""
    found = machines(files)
    needs = {name: needed(files, name) for name in files.names}
    for row in found["rows"]:
        row["needed"] = {name: own[row["zone"]][row["kind"]] for name, own in needs.items()}
    found["rows"] = [
        row for row in found["rows"] if row["listed"] or any(row["needed"].values())
    ]  # fmt: skip
    return found


def with_must(files: Files) -> dict[str, Any]:
    """`hauling`, and what must be hauled."""
    found = hauling(files)
    total = found["total"]
    total["must_m3"] = {name: must_haul(files, name) for name in files.names}
    total["storms_must"] = {
        name: round(total["room_m3"] / m3, 2) if m3 else None
        for name, m3 in total["must_m3"].items()
    }
    return found


def of_judged(files: Files) -> dict[str, Any]:
    """`envelope` of the limits that have a verdict."""
    told = {(row["scenario"], row["item"]) for row in verdicts(files)["rows"]}
    rows = envelope(files)["rows"]
    return {"rows": [row for row in rows if (row["scenario"], row["item"]) in told]}


SECTIONS = {
    "head": head, "verdicts": verdicts, "machines": with_needed, "deicer": deicer,
    "people": people,
    "hauling": with_must, "timeline": timeline, "streets": streets, "access": access,
    "envelope": of_judged, "marginal": marginal, "held_back": held_back, "appendix": appendix,
}  # fmt: skip


def found_anew(files: Files) -> dict[str, Any]:
    """The sections by name."""
    return {name: section(files) for name, section in SECTIONS.items()}


def all_differences(report: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, list[str]]:
    """By section, what is told otherwise than found, and what is told and was not found."""
    faults = {}
    for name, section in found.items():
        exact = {"exact": SHARES} if name == "held_back" else {}
        wrong, unfound = differences(report[name], section, **exact)
        some = wrong + [f"{path}: told, not found" for path in unfound]
        if some:
            faults[name] = some
    return faults
