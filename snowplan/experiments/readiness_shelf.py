"""Where the runs of a readiness report are kept: a store for each scenario and its inputs.

A store's folder is named by the hash of all that its runs depend on. So whatever was changed since
has a place of its own, and what is asked again is found again.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Self

from snowplan.errors import InputError
from snowplan.experiments.one_run import digest_of
from snowplan.experiments.readiness_cases import Readiness
from snowplan.experiments.study_store import identity_of
from snowplan.model.comparison import Job
from snowplan.model.readiness import TODAY, scenario_of
from snowplan.results.reading import check_whole, open_run
from snowplan.results.replication_store import Store
from snowplan.results.replications import Replication
from snowplan.results.run_folder import MANIFEST, safe_name
from snowplan.results.store_identity import Identity, sha256_of
from snowplan.results.store_lines import Note

RUNS = "runs"  # the folder of the reference runs
DIGITS = 12


class Shelf:
    """The open stores of a report, as one; a `with` closes them."""

    def __init__(self, asked: Readiness, place: Path, *, resume: bool = True) -> None:
        self.aside: list[Path] = []  # stores of before that were put aside
        self._asked, self._open = asked, ExitStack()
        whole = identity_of(asked.comparison)
        self._stores: dict[str, Store] = {}
        with ExitStack() as opening:
            for scenario in asked.scenarios:
                identity = _own(whole, scenario.study.name, dict(scenario.inputs))
                folder = place / folder_name(asked, scenario.study.name, identity)
                if not resume and (aside := Store.put_aside(folder)) is not None:
                    self.aside.append(aside)
                store = opening.enter_context(Store.open(folder, identity))
                self._stores[scenario.study.name] = store
            self._open = opening.pop_all()

    @property
    def found(self) -> Mapping[Job, Replication]:
        """The replications of all stores."""
        return {job: one for store in self._stores.values() for job, one in store.found.items()}

    @property
    def notes(self) -> list[Note]:
        """What was odd in the stores."""
        return [note for store in self._stores.values() for note in store.notes]

    def add(self, replication: Replication) -> None:
        """Store a replication at once, or raise RunError."""
        self._stores[scenario_of(replication.job.storm)].add(replication)

    def runs(self, scenario: str) -> Path:
        """Where the reference runs of a scenario are."""
        return self._stores[scenario].path.parent / RUNS

    def reference(self, scenario: str) -> Path | None:
        """The whole run folder of a scenario's own run with these inputs; None without one."""
        place = self.runs(scenario)
        (own,) = (one for one in self._asked.scenarios if one.study.name == scenario)
        for file in sorted(place.glob(f"[!.]*/{MANIFEST}"), reverse=True):
            try:
                check_whole(file.parent)
                wanted = open_run(file.parent).manifest.get("inputs_sha256")
            except InputError:
                continue
            if wanted == digest_of(own):
                return file.parent
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()


def _own(whole: Identity, scenario: str, files: Mapping[str, str]) -> Identity:
    """The part of an identity that a scenario's store needs."""
    cases = {case: one for case, one in whole.cases.items() if scenario_of(case[1]) == scenario}
    return replace(whole, cases=cases, files=files)


def folder_name(asked: Readiness, scenario: str, identity: Identity) -> str:
    """The name of a scenario's store: all that its runs depend on, by hash."""
    rules = asked.rules
    base = identity.cases[TODAY, scenario].sha256
    whole = sha256_of([base, rules.eased, rules.step_kg])
    return f"{safe_name(scenario)}-{whole[:DIGITS]}"
