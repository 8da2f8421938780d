"""A study, from its file and every file that it names; all faults of all files at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from snowplan.errors import Fault, InputError, UseError
from snowplan.inputs.naming import A_STUDY, is_scenario, study_path
from snowplan.inputs.overrides import Layer
from snowplan.inputs.reading import Reading
from snowplan.inputs.scenario_files import scenario_of, tidy
from snowplan.inputs.study_checks import (
    NOT_OF_A_VARIANT,
    Noting,
    check_keys,
    check_names,
    check_question,
    check_storm_blocks,
    same_weather,
    stood_in,
    validated,
)
from snowplan.inputs.study_depots import Placing, depot_differences, depots_of
from snowplan.inputs.study_layers import Layers, read_layers
from snowplan.inputs.study_resolved import study_toml
from snowplan.inputs.study_schema import StudyFile
from snowplan.inputs.toml_files import in_file, read_toml
from snowplan.model.comparison import Comparison, Question, StormCase, Variant
from snowplan.model.fleet import Depot
from snowplan.model.placement import place
from snowplan.model.scenario import Scenario

OF_TABLES = frozenset({"seeds", "depots", "apply"})  # keys that may give a variant other depots
Key = tuple[int | None, int]  # number of a variant with changes of its own, of a storm
Runs = Mapping[tuple[str, str], Scenario]


@dataclass(frozen=True, slots=True)
class Study:
    """A study while it is read; `grounds` are its scenarios before depots are placed."""

    reading: Reading
    layers: Layers
    noting: Noting
    grounds: dict[Key, Scenario]

    @property
    def table(self) -> StudyFile:
        """The study's keys."""
        return self.layers.table

    def own_changes(self, variant: int) -> int | None:
        """The number of a variant with changes besides its depots; None for all others."""
        return variant if self.table.variant[variant].changes else None


def load_study(
    path: Path | str, *, replications: int | None = None, cap: int | None = None
) -> Comparison:
    """The comparison that a study file, or the shipped one of that name or title, asks for.

    `replications` fixes their number, unless a `cap` goes with it. Raises InputError with every
    fault of every file, UseError for numbers that cannot be.
    """
    reading = Reading(Path(path).parent)
    comparison, whole = None, True
    try:
        comparison, whole = _load(reading, path)
    except InputError as error:
        reading.faults.items.extend(error.faults)
    tidy(reading)
    if reading.faults.items:
        raise InputError(reading.faults.items, rest=not whole)
    if comparison is None:
        raise InputError([Fault(str(path), "", "", "nothing", "a study")])
    return _counted(comparison, replications, cap)


def _counted(comparison: Comparison, replications: int | None, cap: int | None) -> Comparison:
    """The comparison with another number of replications."""
    first = comparison.replications if replications is None else replications
    most = cap if cap is not None else comparison.cap if replications is None else replications
    if first < 1 or most < first:
        raise UseError(f"replications {first}, at most {most}: expected 1 or more, at most the cap")
    return replace(comparison, replications=first, cap=most)


def _load(reading: Reading, name: Path | str) -> tuple[Comparison | None, bool]:
    """The comparison, None after faults; and whether nothing was left unchecked."""
    path = study_path(name, reading)
    values = read_toml(reading, path) if path else None
    if path is None or values is None:
        return None, path is None
    file = reading.shown(path)
    if is_scenario(values):
        reading.faults.add(file, "", "", "a scenario", A_STUDY)
        return None, True
    noting = Noting(in_file(reading, path), reading.faults)
    table = validated(values, noting)
    check_names(table, noting)
    check_keys(table, noting)
    if not isinstance(values.get("base"), (str, dict)):
        return None, False
    layers = read_layers(reading, table, Layer(file, path.parent, reading.texts[file]))
    if layers is None:
        return None, False
    study = Study(reading, layers, noting, {})
    whole = _read_grounds(study) and not stood_in(table)
    return _compared(study), whole


def _read_grounds(study: Study) -> bool:
    """Read the scenario of each storm, as it is and with the changes of each variant.

    Whether all of them could be.
    """
    base = study.layers.base.document(study.reading.branch().faults)
    check_storm_blocks(study.table, base, study.noting)
    keys = {study.own_changes(number) for number in range(len(study.table.variant))}
    for changes in sorted(keys, key=lambda number: -1 if number is None else number):
        for storm in range(len(study.table.storm)):
            found = _scenario(study, changes, storm)
            if found is not None:
                study.grounds[changes, storm] = found
    return len(study.grounds) == len(keys) * len(study.table.storm)


def _scenario(study: Study, changes: int | None, storm: int) -> Scenario | None:
    """One scenario from its layers, reading apart; its faults are noted with the others."""
    reading = study.reading.branch()
    reading.files.update(study.layers.files(storm))
    document = study.layers.document(storm, changes, reading.faults)
    scenario = scenario_of(reading, document, study.table.run_seed)
    study.reading.faults.items.extend(reading.faults.items)
    study.reading.files.update(reading.files)
    return scenario


def _ground(study: Study, variant: int) -> Scenario | None:
    """What the depots of a variant are placed on: its scenario under the first sound storm.

    Where there is none, depots are checked on any other, if the variant has the same tables.
    """
    changes = study.own_changes(variant)
    for (own, _), scenario in study.grounds.items():
        if own == changes:
            return scenario
    if OF_TABLES & set(study.table.variant[variant].changes):
        return None
    return next(iter(study.grounds.values()), None)


def _compared(study: Study) -> Comparison | None:
    """The comparison; None after faults."""
    table = study.table
    placed: dict[int, tuple[Depot, ...]] = {}
    for number, row in enumerate(table.variant):
        ground = _ground(study, number)
        if ground is None:
            continue
        depots = depots_of(Placing(row, number, study.noting.locate, study.noting.faults), ground)
        if depots is not None:
            placed[number] = depots
    some = next(iter(study.grounds.values()), None)
    if some is not None:
        check_question(table, some.road_map, study.noting)
    _check_weather(study)
    if study.reading.faults.items:
        return None
    runs = {
        (row.id, storm.id): _placed(study.grounds[study.own_changes(n), s], placed[n])
        for n, row in enumerate(table.variant)
        for s, storm in enumerate(table.storm)
    }
    return _comparison(study, runs)


def _check_weather(study: Study) -> None:
    """A variant's own changes leave the weather as it is for all others."""
    for number, row in enumerate(study.table.variant):
        if NOT_OF_A_VARIANT & set(row.changes):
            continue  # told already
        for storm in range(len(study.table.storm)):
            alike = [scenario for (_, at), scenario in study.grounds.items() if at == storm]
            own = study.grounds.get((number, storm))
            if own is not None and not same_weather(own, alike[0]):
                keys = ["variant", str(number), "changes"]
                study.noting.fault(keys, "other weather", "the same weather for all variants")
                break


def _placed(ground: Scenario, depots: tuple[Depot, ...]) -> Scenario:
    """A scenario with a variant's depots, the differences to its tables noted."""
    rows = depot_differences(ground.resources.depots, depots)
    return replace(place(ground, depots), differences=(*ground.differences, *rows))


def _comparison(study: Study, runs: Runs) -> Comparison:
    table = study.table
    first = table.storm[0].id
    variants = tuple(
        Variant(
            row.id,
            row.title,
            row.title_en or row.title,
            runs[row.id, first].resources.depots,
            differences_between(runs[table.baseline, first], runs[row.id, first]),
        )
        for row in table.variant
    )
    storms = tuple(
        StormCase(row.id, row.title, row.title_en or row.title, row.weight) for row in table.storm
    )
    question = table.question
    return Comparison(
        name=table.name,
        title=table.title,
        title_en=table.title_en or table.title,
        variants=variants,
        baseline=table.baseline,
        storms=storms,
        scenarios=runs,
        question=Question(tuple(question.decide), dict(question.half_width), question.indifference),
        run_seed=table.run_seed,
        replications=table.replications,
        cap=table.replications if table.cap is None else table.cap,
        confidence=table.confidence,
        source=table.source or "",
        inputs=tuple(sorted(study.reading.files.items())),
        toml=study_toml(study.layers),
    )


def differences_between(one: Scenario, other: Scenario) -> tuple[tuple[str, str, str], ...]:
    """Keys that two scenarios of one base have differently: (key, in the one, in the other)."""
    here = {key: (old, new) for key, old, new in one.differences}
    there = {key: (old, new) for key, old, new in other.differences}
    rows = []
    for key in [*here, *(key for key in there if key not in here)]:
        first = here[key][1] if key in here else there[key][0]
        second = there[key][1] if key in there else here[key][0]
        if first != second:
            rows.append((key, first, second))
    return tuple(sorted(rows))
