"""The hand-edited state (`--now FOLDER`): tables as a duty officer fills them in.

`now.toml` has the instant; `sections.csv`, `machines.csv`, `depots.csv` and `crews.csv` may be left
out. Headings are English or Chinese. All faults are told at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from snowplan.errors import Fault, InputError
from snowplan.inputs.now_tables import (
    CREWS,
    DEPOTS,
    MACHINES,
    SECTIONS,
    Known,
    lying_by_section,
)
from snowplan.inputs.reading import Reading
from snowplan.inputs.schema_types import GradeName, Instant
from snowplan.inputs.table_files import Row, read_items
from snowplan.inputs.toml_files import Strict, line_of, note_schema_faults, read_toml
from snowplan.model.fleet import Depot
from snowplan.model.grades import GRADES
from snowplan.model.now import Now
from snowplan.model.scenario import Scenario
from snowplan.model.snow import spans
from snowplan.model.weather import Snowfall
from snowplan.units import MS_PER_H

TOML = "now.toml"
FOLDER = "a folder with now.toml, which has the instant"
Item = TypeVar("Item")


class NowFile(Strict):
    """`now.toml`: the instant, and the grade in force if it is known."""

    at: Instant
    grade: GradeName | None = None


def load_now(folder: Path, scenario: Scenario) -> Scenario:
    """The scenario from the told instant on. Raises InputError with every fault of every table."""
    reading = Reading(folder)
    if not folder.is_dir():
        raise InputError([Fault(str(folder), "", "", "no such folder", FOLDER)])
    if not (folder / TOML).is_file():
        raise InputError([Fault(str(folder), "", "", f"no {TOML}", FOLDER)])
    told = _instant(reading, folder / TOML, scenario)
    tables = _Tables(reading, folder, Known.of(scenario))
    rows = tables.read("sections.csv", SECTIONS, tables.known.lying)
    machines = tables.read("machines.csv", MACHINES, tables.known.machine)
    stocks = tables.read("depots.csv", DEPOTS, tables.known.stock)
    crews = tables.read("crews.csv", CREWS, tables.known.crew)
    reading.faults.raise_if_any()
    assert told is not None
    at_ms = scenario.study.clock.ms_of(told.at)
    now = Now(
        _fell(scenario, at_ms),
        lying_by_section(rows, scenario.road_map.sections),
        tuple(machines),
        frozenset(name for name, on_shift in crews if not on_shift),
    )
    inputs = tuple(sorted({*scenario.inputs, *reading.files.items()}))
    return replace(
        _from(scenario, at_ms, told),
        now=now,
        resources=replace(
            scenario.resources, depots=_stocked(scenario.resources.depots, dict(stocks))
        ),
        inputs=inputs,
    )


class _Tables:
    """The optional tables of one folder."""

    def __init__(self, reading: Reading, folder: Path, known: Known) -> None:
        self.reading, self.folder, self.known = reading, folder, known

    def read(
        self,
        name: str,
        columns: tuple[Sequence[str], Sequence[str]],
        build: Callable[[Row], Item],
    ) -> list[Item]:
        """The rows of a table; none where there is no such file."""
        path = self.folder / name
        if not path.exists():
            return []
        needed, optional = columns
        return read_items(
            self.reading, path, needed, build, needed[:1], optional, chinese=self.known.chinese
        )


def _instant(reading: Reading, path: Path, scenario: Scenario) -> NowFile | None:
    values = read_toml(reading, path)
    if values is None:
        return None
    file = reading.shown(path)

    def locate(keys: Sequence[str]) -> tuple[str, str]:
        line = line_of(reading.texts.get(file, ""), keys)
        return file, f"line {line}" if line else ""

    try:
        told = NowFile.model_validate(values)
    except ValidationError as error:
        note_schema_faults(error, NowFile, locate, reading.faults)
        return None
    study = scenario.study
    if not 0 <= study.clock.ms_of(told.at) < study.horizon_ms:
        begin, end = study.clock.text(0), study.clock.text(study.horizon_ms)
        expected = f"an instant of the scenario, from {begin} to before {end}"
        reading.faults.add(*locate(["at"]), "key at", str(told.at), expected)
    return told


def _fell(scenario: Scenario, at_ms: int) -> tuple[tuple[int, int, int], ...]:
    """Snow before the instant, on the clock that begins with it."""
    before = spans(scenario.around.snowfall.actual, at_ms)
    return tuple((a - at_ms, b - at_ms, s.um_per_h) for a, b, s in before if s.um_per_h)


def _from(scenario: Scenario, at_ms: int, told: NowFile) -> Scenario:
    """The scenario on a clock that begins at the instant; what fell before lies everywhere."""
    study, snowfall = scenario.study, scenario.around.snowfall
    fallen = sum(rate * (b - a) for a, b, rate in _fell(scenario, at_ms)) // MS_PER_H
    shifted = Snowfall(
        tuple(replace(s, start_ms=s.start_ms - at_ms) for s in snowfall.actual),
        tuple(
            replace(
                f,
                issued_ms=f.issued_ms - at_ms,
                spells=tuple(replace(s, start_ms=s.start_ms - at_ms) for s in f.spells),
            )
            for f in snowfall.forecasts
        ),
        snowfall.initial_um + fallen,
        snowfall.source,
        snowfall.missing_hours,
    )
    clock = replace(study.clock, start=study.clock.local(at_ms).replace(tzinfo=None))
    return replace(
        scenario,
        study=replace(study, clock=clock, horizon_ms=study.horizon_ms - at_ms),
        around=replace(scenario.around, snowfall=shifted),
        grade=GRADES[told.grade] if told.grade else scenario.grade,
    )


def _stocked(depots: tuple[Depot, ...], stocks: dict[str, int]) -> tuple[Depot, ...]:
    return tuple(replace(d, stock_kg=stocks.get(d.id, d.stock_kg)) for d in depots)
