"""What the runs of a study are a function of, from the comparison as it was read."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from snowplan import __version__
from snowplan.model.comparison import Comparison
from snowplan.model.scenario import Resources, Scenario, Surroundings
from snowplan.results.store_identity import (
    Case,
    Identity,
    code_sha256,
    sha256_of,
    versions_beneath,
)

PART_DIGITS = 16


def identity_of(comparison: Comparison) -> Identity:
    """The identity of a comparison as it is now, with this program.

    Titles, weights, the question and the number of replications are no part of it: no run depends
    on them.
    """
    code, beneath = code_sha256(), versions_beneath()
    told = _Told()
    files: dict[str, str] = {}
    cases = {}
    for case, scenario in sorted(comparison.scenarios.items()):
        files |= dict(scenario.inputs)
        parts = {name: told.sha256(value) for name, value in _parts(scenario).items()}
        parts["files"] = sha256_of(sorted({sha for _, sha in scenario.inputs}))
        whole = sha256_of([__version__, code, beneath, parts])
        cases[case] = Case(whole, {name: text[:PART_DIGITS] for name, text in parts.items()})
    return Identity(comparison.name, __version__, code, beneath, files, cases)


def _parts(scenario: Scenario) -> dict[str, Any]:
    """A scenario by the parts that are told apart when one of them changed."""
    study = scenario.study
    parts: dict[str, Any] = {
        "start": study.clock,
        "horizon": study.horizon_ms,
        "map": scenario.road_map,
        "plan": scenario.plan,
        "costs": scenario.costs,
        "grade": scenario.grade,
        "now": scenario.now,
    }
    for whole, kind in ((scenario.resources, Resources), (scenario.around, Surroundings)):
        parts |= {field.name: getattr(whole, field.name) for field in fields(kind)}
    return parts


class _Told:
    """Hashes of objects that scenarios share, reckoned once each."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Any, str]] = {}  # the object is kept, so its id is its own

    def sha256(self, value: Any) -> str:
        """The hash of an object's content."""
        if id(value) not in self._known:
            self._known[id(value)] = (value, sha256_of(value))
        return self._known[id(value)][1]
