"""What identifies a study's runs: everything that they depend on, and nothing else."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from snowplan.errors import InputError
from snowplan.experiments.study_store import identity_of
from snowplan.inputs.now_files import load_now
from snowplan.inputs.scenario_files import load_scenario
from snowplan.inputs.study_files import load_study
from snowplan.model.comparison import Comparison, Job, Question
from snowplan.model.scenario import Scenario
from snowplan.results import store_identity
from snowplan.results.replication_store import Store
from snowplan.results.store_identity import code_sha256, sha256_of

ROOT = Path(__file__).resolve().parents[2]
UNTOLD = {
    "Study": {"name", "title", "title_en", "run_seed", "source"},
    "Scenario": {"differences", "notes"},  # words on what stands in other fields
    "Depot": {"name"},
}
TELL = """
from snowplan.experiments.study_store import identity_of
from snowplan.inputs.study_files import load_study
found = identity_of(load_study("toy_depots"))
for case, one in found.cases.items():
    print(*case, one.sha256)
"""


def _of(scenario: Scenario) -> str:
    """The hash of all runs of one scenario."""
    study = Comparison("s", "", "", (), "a", (), {("a", "b"): scenario}, Question(()))
    return identity_of(study).cases["a", "b"].sha256


@pytest.fixture(scope="module")
def told_now() -> Scenario:
    """The toy town in the middle of its storm: every part of a scenario is there."""
    return load_now(ROOT / "scenarios" / "toy_town_now", load_scenario("toy_town"))


def _other(value: Any) -> Any:
    """A value of the same kind, as near as can be."""
    if isinstance(value, bool | None):
        return not value
    if isinstance(value, Enum):
        return next(one for one in type(value) if one is not value)
    if isinstance(value, float):
        return math.nextafter(value, math.inf)
    if isinstance(value, Mapping | frozenset):
        return value | ({"x": 1.0} if isinstance(value, Mapping) else {"x"})
    more = {int: 1, str: "x", tuple: ("x",), datetime: timedelta(microseconds=1)}
    return value + more[type(value)] if type(value) in more else "x"


def _changed(value: Any, seen: set[str]) -> Iterator[tuple[str, Any]]:
    """The value with one field changed, for each field of each class that it is made of, once."""
    if isinstance(value, tuple):
        for number, part in enumerate(value):
            for name, other in _changed(part, seen):
                yield name, (*value[:number], other, *value[number + 1 :])
    if not is_dataclass(value) or isinstance(value, type):
        return
    kind = type(value).__name__
    first = kind not in seen
    seen.add(kind)
    for field in fields(value):
        part = getattr(value, field.name)
        if first:
            yield f"{kind}.{field.name}", replace(value, **{field.name: _other(part)})
        for name, other in _changed(part, seen):
            yield name, replace(value, **{field.name: other})


@pytest.mark.slow
def test_every_field_counts_but_for_names(told_now: Scenario) -> None:
    """A change to any field of any part gives other hashes; titles and the run seed do not."""
    before, names = _of(told_now), set()
    for name, other in _changed(told_now, set()):
        kind, _, field = name.partition(".")
        if kind == "Scenario" and field not in {"differences", "notes", "grade", "now"}:
            continue  # its parts are changed one by one
        assert (_of(other) == before) == (field in UNTOLD.get(kind, ())), name
        names.add(kind)
    assert {
        "Depot",
        "Machine",
        "Section",
        "Junction",
        "Phrases",
        "Spread",
        "Clock",
        "Lying",
    } < names


@pytest.mark.slow
def test_the_same_in_every_process() -> None:
    """Hashes do not depend on the process, its hash seed or its folder."""
    here = identity_of(load_study("toy_depots"))
    lines = [f"{variant} {storm} {one.sha256}" for (variant, storm), one in here.cases.items()]
    assert len(lines) == 6
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", TELL],
            cwd=ROOT / "tests" if seed == "1" else ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.splitlines() == lines


def test_the_question_is_no_part_of_a_run() -> None:
    """Titles, weights, what decides and how many replications leave the stored runs in use."""
    study = load_study("toy_depots")
    other = replace(
        study,
        title="x",
        question=Question(("exposure",)),
        replications=99,
        cap=999,
        confidence=0.9,
        storms=tuple(replace(storm, weight=7.0) for storm in study.storms),
    )
    assert identity_of(other) == identity_of(study)


def test_keys_tell_runs_apart() -> None:
    """Each variant, storm and run seed has its own key, and equal variants share theirs."""
    study = load_study("toy_depots")
    found = identity_of(study)
    jobs = [job for number in range(5) for job in study.jobs(number)]
    keys = {job: found.key(job) for job in jobs}
    other = {job: key for job, key in keys.items() if job.variant != "granary_again"}
    assert len(set(keys.values())) == len(other)
    for job in other:
        if job.variant == "granary":
            assert keys[job._replace(variant="granary_again")] == keys[job]
    assert found.key(Job("nowhere", "mild", 1)) == ""


def _study_in(folder: Path, more: str = "") -> Path:
    """The toy study on a scenario of its own; `more` comes last, with the variant `east_gate`."""
    town = 'extends = "scenarios/toy_town.toml"\nname = "town"\ntitle = "镇"\n'
    (folder / "town.toml").write_text(town, encoding="utf-8")
    text = (ROOT / "scenarios" / "studies" / "toy_depots.toml").read_text(encoding="utf-8")
    path = folder / "own.toml"
    path.write_text(text.replace('"toy_town"', '"town.toml"') + more, encoding="utf-8")
    return path


def test_a_changed_file_is_named_and_a_changed_study_by_its_part(tmp_path: Path) -> None:
    """A byte more in a scenario's file is refused by its name; a moved depot by its variant."""
    store = tmp_path / "s.replications"
    Store.open(store, identity_of(load_study(_study_in(tmp_path)))).close()
    again = load_study(_study_in(tmp_path, "# a remark in the study alone\n"))
    Store.open(store, identity_of(again)).close()
    moved = load_study(_study_in(tmp_path, "bays = 3\n"))
    with pytest.raises(InputError) as caught:
        Store.open(store, identity_of(moved))
    (fault,) = caught.value.faults
    assert (fault.where, fault.field) == ("variant east_gate, storms mild, wet", "depots")
    path = _study_in(tmp_path)
    town = tmp_path / "town.toml"
    town.write_bytes(town.read_bytes() + b"# a remark\n")
    with pytest.raises(InputError) as caught:
        Store.open(store, identity_of(load_study(path)))
    (fault,) = caught.value.faults
    assert fault.file == "town.toml"
    assert fault.found.startswith("SHA-256 ")


def test_the_source_that_figures_pass_through_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Any line of it gives another hash; how line ends are checked out gives none."""
    found = []
    for text in (b"a = 1\nb = 2\n", b"a = 1\r\nb = 2\r\n", b"a = 1\nb = 3\n"):
        (tmp_path / "model").mkdir(exist_ok=True)
        (tmp_path / "model" / "deep.py").write_bytes(text)
        monkeypatch.setattr(store_identity, "PACKAGE", tmp_path)
        found.append(code_sha256.__wrapped__())
    assert found[0] == found[1] != found[2]


@pytest.mark.slow
def test_no_module_of_a_run_is_left_out() -> None:
    """All that a worker imports to measure a run is in that hash, but for errors and names."""
    tell = (
        "import sys, snowplan.experiments.replicating\n"
        "print(*(m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == 'snowplan'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", tell], cwd=ROOT, capture_output=True, text=True, check=True
    )
    counted = {str(path) for path in store_identity.sources()}
    left = {Path(name).relative_to(ROOT).as_posix() for name in {*done.stdout.split()} - counted}
    assert left == {
        "snowplan/__init__.py",
        "snowplan/errors.py",
        "snowplan/experiments/__init__.py",
    }


def test_what_has_no_stable_text_is_refused() -> None:
    """A value whose text may hold an address of memory is an error, never a hash."""
    with pytest.raises(TypeError, match="no place in a study's identity"):
        sha256_of([object()])
    assert sha256_of({"b": 1, "a": {"d": 2, "c": 3}}) == sha256_of({"a": {"c": 3, "d": 2}, "b": 1})
    assert sha256_of(0.1 + 0.2) != sha256_of(0.3)
