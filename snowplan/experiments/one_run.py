"""One run, from a scenario to a whole run folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from snowplan import __version__
from snowplan.analysis.beside import Beside
from snowplan.analysis.exposure import exposure_table
from snowplan.analysis.group_totals import Fallen
from snowplan.analysis.outcome import Outcome, Record, Storm, outcome
from snowplan.errors import RunError
from snowplan.model.grades import Grade
from snowplan.model.hands import Part
from snowplan.model.network import build_network
from snowplan.model.scenario import Scenario
from snowplan.results.events import events_frame
from snowplan.results.facts import RunFacts
from snowplan.results.givens import (
    areas_frame,
    depots_facts,
    dumps_facts,
    machines_facts,
    parties_facts,
    roads_frame,
)
from snowplan.results.group_rows import group_rows
from snowplan.results.lying import depth_hours, packed_m2
from snowplan.results.replaying import Replayed, replay
from snowplan.results.rows import log_rows
from snowplan.results.run_folder import RunFolder, run_stem
from snowplan.results.side_states import side_clean_frame, side_states_frame
from snowplan.results.state_files import STATE, Stored, state_bytes
from snowplan.results.states import states_frame
from snowplan.results.windrows import windrow_frame, windrows_of
from snowplan.simulation.handing_over import HandedOver, Progress, run_scenario

SIGNIFICANT_M2 = 1


@dataclass(frozen=True, slots=True)
class Concluded:
    """A run and what it means; nothing is written yet."""

    handed: HandedOver
    record: Record
    storm: Storm
    outcome: Outcome

    @property
    def facts(self) -> RunFacts:
        """The run's givens and draws."""
        return self.handed.facts


@dataclass(frozen=True, slots=True)
class Written:
    """A run folder and what is in it."""

    path: Path
    run: Concluded


Draw = Callable[[Concluded], Mapping[str, bytes]]


def run_and_write(
    scenario: Scenario,
    out_dir: Path,
    *,
    scenario_toml: str,
    draw: Draw | None = None,
    on_progress: Progress | None = None,
    store_at: Sequence[int] = (),
    since: Stored | None = None,
) -> Written:
    """Run a scenario and write its folder under `out_dir`, whole or not at all.

    `scenario_toml` is the resolved scenario; `draw` makes the pictures (name → PNG). The world is
    stored at `store_at`; the run goes on from `since`, if given. Raises LedgerError or RunError
    when the run fails; then nothing is written.
    """
    started = datetime.now(UTC)
    network = build_network(scenario.road_map)
    handed = run_scenario(scenario, network, on_progress, store_at=store_at, since=since)
    return write_run(
        handed, out_dir, scenario_toml=scenario_toml, started=started, draw=draw, since=since
    )


def write_run(
    handed: HandedOver,
    out_dir: Path,
    *,
    scenario_toml: str,
    started: datetime,
    draw: Draw | None = None,
    since: Stored | None = None,
    stem: str = "",
) -> Written:
    """Write the folder of a finished run under `out_dir`, whole or not at all.

    It is called by time, scenario and inputs unless a `stem` is given.
    """
    run = conclude(handed)
    scenario = run.facts.scenario
    pictures = draw(run) if draw is not None else {}
    usual = run_stem(scenario.study.name, digest_of(scenario), started.astimezone())
    folder = RunFolder(out_dir, stem or usual)
    with folder:
        write_files(folder, run, scenario_toml, pictures)
        if handed.stored:
            folder.write_bytes(STATE, state_bytes(scenario, handed.stored))
        folder.manifest = manifest(run, started)
        if scenario.now is not None:
            folder.manifest["approximate"] = "begun from a state filled in by hand"
        if since is not None:
            folder.manifest["continued_from_ms"] = since[0]
    if folder.path is None:
        raise RunError(f"the run folder {folder.stem} was not written")
    return Written(folder.path, run)


def conclude(handed: HandedOver) -> Concluded:
    """The frames of a finished run and everything that analysis derives from them."""
    facts, log, group_log = handed.facts, handed.log, handed.group_log
    replayed = replay(log, facts, group_log)
    groups = group_rows(group_log, facts.horizon_ms)
    windrows = windrows_of(log_rows(log), groups, facts)
    roads, areas = roads_frame(facts), areas_frame(facts)
    record = Record(
        events=events_frame(log, facts, group_log),
        states=states_frame(log, facts, group_log, replayed, windrows),
        roads=roads,
        machines=machines_facts(facts),
        depots=depots_facts(facts),
        exposure=exposure_table(depth_hours(replayed, facts), roads, facts.scenario.plan.weights),
        beside=Beside(
            side_states=side_states_frame(groups, facts),
            clean=side_clean_frame(groups, facts),
            areas=areas,
            windrows=windrow_frame(windrows, facts),
            parties=parties_facts(facts),
            dumps=dumps_facts(facts),
        ),
        fallen=fallen(handed, replayed, areas),
    )
    storm = storm_of(facts)
    told = told_beside(facts, record, round(packed_m2(replayed), SIGNIFICANT_M2))
    return Concluded(handed, record, storm, outcome(record, storm, told))


def storm_of(facts: RunFacts) -> Storm:
    """What a run is judged by: the plan's limits at the grade in force at its end."""
    study, resources = facts.scenario.study, facts.scenario.resources
    plan, piled = facts.scenario.plan, facts.scenario.around.physics.piled
    called = facts.grade != Grade.NONE and "hauling" in plan.treatment(facts.grade).groups
    limit_h = plan.hand.limit_h.get(facts.grade.plan_grade.key) if plan.hand is not None else None
    return Storm(
        clock=study.clock,
        horizon_ms=study.horizon_ms,
        grade=facts.grade,
        snow_stops_ms=facts.sky.stops_ms,
        limits=plan.limits,
        types=resources.types,
        costs=facts.scenario.costs,
        hauling=called and plan.haul is not None,
        side_limit_h=limit_h,
        hauled_kg_m3=None if piled is None else piled.hauled_kg_m3,
    )


def fallen(handed: HandedOver, replayed: Replayed, areas: pd.DataFrame) -> Fallen:
    """Snow that lay at the start or fell, by the ledger, and the area that it fell on."""
    snow = handed.ledger.snow
    beside_m2 = areas["m2"][areas["part"] != Part.CARRIAGEWAY.key].sum()
    m2 = float(replayed.strips.m2.sum() + beside_m2)
    return Fallen(snow["initial"] + snow["fallen"], m2)


def told_beside(facts: RunFacts, record: Record, packed_left_m2: float) -> dict[str, Any]:
    """What the summary says beside the times: names, what varied, what could not be done."""
    scenario = facts.scenario
    study = scenario.study
    refused = record.events[record.events["kind"] == "refuse"]["reason"].value_counts()
    return {
        "scenario": study.name,
        "title": study.title,
        "title_en": study.title_en,
        "start": study.clock.text(0),
        "timezone": study.clock.zone_name,
        "run_seed": study.run_seed,
        "called_out_ms": facts.called_out_ms,
        "schematic": scenario.road_map.schematic,
        "varied": varied(scenario),
        "unreachable": list(facts.network.unreachable),
        "refused": {str(reason): int(n) for reason, n in sorted(refused.items())},
        "deicer_note": "too_cold" if "too_cold" in refused and not _spread(record) else None,
        "packed_left_m2": packed_left_m2,
        "switched_off": [
            name
            for name in scenario.plan.phrases.__slots__
            if not getattr(scenario.plan.phrases, name)
        ],
    }


def _spread(record: Record) -> bool:
    return bool((record.events["kind"] == "spread").any())


def varied(scenario: Scenario) -> list[str]:
    """The quantities that were drawn in this run."""
    return [spread.quantity for spread in scenario.around.uncertainty if spread.on]


def write_files(
    folder: RunFolder, run: Concluded, scenario_toml: str, pictures: Mapping[str, bytes]
) -> None:
    """Every file of a run folder but the manifest."""
    folder.write_text("scenario.toml", scenario_toml)
    folder.write_frame("events.parquet", run.record.events)
    folder.write_frame("states.parquet", run.record.states)
    folder.write_frame("side_states.parquet", run.record.beside.side_states)
    folder.write_frame("sections.parquet", run.outcome.sections)
    folder.write_frame("machines.parquet", run.outcome.machines)
    folder.write_frame("groups.parquet", run.outcome.groups)
    folder.write_frame("depots.parquet", run.outcome.depots)
    folder.write_frame("dumps.parquet", run.outcome.dumps)
    folder.write_frame("timeline.csv", run.outcome.timeline)
    folder.write_json("summary.json", run.outcome.summary)
    folder.write_json("ledger.json", run.handed.ledger.as_dict())
    for name, data in sorted(pictures.items()):
        folder.write_bytes(name, data)


def manifest(run: Concluded, started: datetime) -> dict[str, Any]:
    """Who made this folder, from what, when."""
    scenario = run.facts.scenario
    study = scenario.study
    return {
        "snowplan": __version__,
        "state": "finished",
        "scenario": study.name,
        "title": study.title,
        "title_en": study.title_en,
        "run_seed": study.run_seed,
        "begun": started.isoformat(timespec="seconds"),
        "ended": datetime.now(UTC).isoformat(timespec="seconds"),
        "clock": {
            "start": study.clock.start.isoformat(timespec="seconds"),
            "timezone": study.clock.zone_name,
            "horizon_ms": study.horizon_ms,
            "snow_stops_ms": run.facts.sky.stops_ms,
        },
        "schematic": scenario.road_map.schematic,
        "varied": varied(scenario),
        "differences": [list(row) for row in scenario.differences],
        "inputs": dict(scenario.inputs),
        "inputs_sha256": digest_of(scenario),
    }


def digest_of(scenario: Scenario) -> str:
    """One hash of all that a run is a function of: files, changes to them, run seed."""
    parts = [*map("\x1f".join, scenario.inputs), *map("\x1f".join, scenario.differences)]
    text = "\x1e".join([*parts, str(scenario.study.run_seed)])
    return hashlib.sha256(text.encode()).hexdigest()
