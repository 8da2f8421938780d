"""What each phrase of the plan is worth: all on, then each turned off alone, on the same draws."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from snowplan import __version__
from snowplan.analysis.duty import centre_sections
from snowplan.analysis.phrase_effects import (
    ALL_ON,
    INDICATIVE_BELOW,
    Runs,
    phrase_effects,
    plan_figures,
)
from snowplan.analysis.phrases import Figures, Seen, figures
from snowplan.dispatch.finding import Ways
from snowplan.errors import RunError
from snowplan.experiments.engines import engine_for
from snowplan.experiments.engines.tasks import Workshop
from snowplan.experiments.one_run import Concluded, conclude, digest_of, varied
from snowplan.model.network import Network, build_network
from snowplan.model.plan import Phrases
from snowplan.model.scenario import Scenario
from snowplan.results.run_folder import RunFolder, run_stem
from snowplan.simulation.fleet_tables import Shape
from snowplan.simulation.handing_over import run_scenario

PHRASES: tuple[str, ...] = tuple(Phrases.__slots__)
OnDone = Callable[[int], None]


class Case(NamedTuple):
    """One run of the study: all phrases on, or all but one."""

    variant: str  # ALL_ON or the phrase that is off
    run_seed: int


@dataclass(frozen=True, slots=True)
class City:
    """What a worker builds once: the scenario and its network, with travel times once reckoned."""

    scenario: Scenario
    network: Network
    roads: dict[Shape, Ways] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Study:
    """What is to be run, and how."""

    scenario: Scenario
    replications: int = 1
    workers: int = 1

    @property
    def seeds(self) -> tuple[int, ...]:
        """Run seeds from the scenario's own upwards, one a replication."""
        first = self.scenario.study.run_seed
        return tuple(range(first, first + self.replications))

    @property
    def switched_off(self) -> tuple[str, ...]:
        """Phrases that the scenario turns off; the study turns them on."""
        given = self.scenario.plan.phrases
        return tuple(name for name in PHRASES if not getattr(given, name))

    @property
    def cases(self) -> list[Case]:
        """Every run; the variants of one seed stand together."""
        return [Case(name, seed) for seed in self.seeds for name in (ALL_ON, *PHRASES)]


def variant_of(scenario: Scenario, case: Case) -> Scenario:
    """The scenario with all phrases on but the case's, and its run seed."""
    off = {} if case.variant == ALL_ON else {case.variant: False}
    return replace(
        scenario,
        plan=replace(scenario.plan, phrases=Phrases(**off)),
        study=replace(scenario.study, run_seed=case.run_seed),
    )


def city_of(scenario: Scenario) -> City:
    """The scenario's city, ready for any number of runs."""
    return City(scenario, build_network(scenario.road_map))


def figures_of(city: City, case: Case) -> Figures:
    """Run one case and measure it."""
    scenario = variant_of(city.scenario, case)
    run = conclude(run_scenario(scenario, city.network, roads=city.roads))
    return figures(seen_in(run), digest_of_events(run.record.events))


def origin_ms(snow_stops_ms: int | None, horizon_ms: int) -> int:
    """The instant from which hours are told: the end of snow; the start where none is known."""
    return 0 if snow_stops_ms is None or snow_stops_ms >= horizon_ms else snow_stops_ms


def seen_in(run: Concluded) -> Seen:
    """What the measures look at."""
    own = centre_sections(run.record.roads)["section"]
    sections = run.outcome.sections
    horizon_ms = run.storm.horizon_ms
    return Seen(
        sections=sections[sections["section"].isin(own) & sections["open_state"].notna()],
        states=run.record.states,
        events=run.record.events,
        windrows=run.record.beside.windrows,
        summary=run.outcome.summary,
        origin_ms=origin_ms(run.storm.snow_stops_ms, horizon_ms),
        horizon_ms=horizon_ms,
    )


def digest_of_events(events: pd.DataFrame) -> str:
    """One hash of all that was done: the same for two runs that differ in nothing.

    From when work was due, done or not, is left out: a rule may move that and change nothing.
    """
    done = events[events["kind"] != "unserved"].drop(columns=["due_ms", "event_id"])
    rows = pd.util.hash_pandas_object(done, index=False).to_numpy(dtype=np.uint64)
    return hashlib.sha256(rows.tobytes()).hexdigest()


def run_study(study: Study, on_done: OnDone) -> Runs:
    """The figures of every case; `on_done` is told how many are done.

    Raises RunError for the first case that fails: a study that lacks one says nothing.
    """
    workers = min(study.workers, len(study.cases))
    found: dict[Case, Figures] = {}
    with engine_for(Workshop(study.scenario, city_of, figures_of), workers=workers) as engine:
        for case in study.cases:
            engine.submit(case)
        for outcome in engine.as_completed():
            if outcome.error:
                raise RunError(f"{outcome.task}: {outcome.error}")
            found[outcome.task] = outcome.found
            on_done(len(found))
    return {(case.variant, case.run_seed): found[case] for case in study.cases}


def report(study: Study, runs: Runs) -> dict[str, Any]:
    """`phrases.json`: whose study this is, all phrases on, and each phrase's worth."""
    scenario = study.scenario
    own = scenario.study
    stops_ms = runs[ALL_ON, own.run_seed].snow_stops_ms
    return {
        "scenario": own.name,
        "title": own.title,
        "title_en": own.title_en,
        "schematic": scenario.road_map.schematic,
        "varied": varied(scenario),
        "run_seeds": list(study.seeds),
        "indicative": study.replications < INDICATIVE_BELOW,
        "hours_after": "snow" if origin_ms(stops_ms, own.horizon_ms) else "start",
        "snow_stops_ms": stops_ms,
        "horizon_ms": own.horizon_ms,
        "all_on": plan_figures(runs, study.seeds),
        "phrases": phrase_effects(runs, study.seeds, PHRASES),
    }


def study_and_write(
    study: Study,
    out_dir: Path,
    *,
    scenario_toml: str,
    present: Callable[[Mapping[str, Any]], Mapping[str, bytes]],
    on_done: OnDone,
) -> tuple[Path, dict[str, Any]]:
    """Run the study and write its folder under `out_dir`, whole or not at all.

    `present` makes the table and the picture of a report (name → content). Returns the folder and
    the report. Raises RunError when a run fails; then nothing is written.
    """
    started = datetime.now(UTC)
    found = report(study, run_study(study, on_done))
    files = present(found)
    name = f"phrases-{study.scenario.study.name}"
    folder = RunFolder(out_dir, run_stem(name, study_digest(study), started.astimezone()))
    with folder:
        folder.write_text("scenario.toml", scenario_toml)
        folder.write_json("phrases.json", found)
        for file, content in sorted(files.items()):
            folder.write_bytes(file, content)
        folder.manifest = manifest(study, started)
    if folder.path is None:
        raise RunError(f"the folder {folder.stem} was not written")
    return folder.path, found


def study_digest(study: Study) -> str:
    """One hash of all that the study is a function of: the scenario's, and the replications."""
    text = f"phrases\x1e{digest_of(study.scenario)}\x1e{study.replications}"
    return hashlib.sha256(text.encode()).hexdigest()


def manifest(study: Study, started: datetime) -> dict[str, Any]:
    """Who made this folder, from what, when."""
    scenario = study.scenario
    return {
        "snowplan": __version__,
        "study": "phrases",
        "state": "finished",
        "scenario": scenario.study.name,
        "title": scenario.study.title,
        "title_en": scenario.study.title_en,
        "run_seeds": list(study.seeds),
        "begun": started.isoformat(timespec="seconds"),
        "ended": datetime.now(UTC).isoformat(timespec="seconds"),
        "schematic": scenario.road_map.schematic,
        "varied": varied(scenario),
        "differences": [list(row) for row in scenario.differences],
        "inputs": dict(scenario.inputs),
        "inputs_sha256": study_digest(study),
    }
