"""Figures of the readiness report itself, from `readiness.toml`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from snowplan.errors import InputError
from snowplan.given import given_path
from snowplan.inputs.reading import Reading
from snowplan.inputs.schema_types import Sourced
from snowplan.inputs.toml_files import Locate, Strict, in_file, note_schema_faults, read_toml
from snowplan.model.readiness import Effort, ReadinessRules, Search

Runs = Annotated[int, Field(ge=1, le=10_000)]
RunsOrNone = Annotated[int, Field(ge=0, le=10_000)]
Level = Annotated[float, Field(ge=0.5, lt=1)]
Factor = Annotated[float, Field(gt=0, le=1000)]
Eased = Annotated[float, Field(gt=1, le=1000)]
Storms = Annotated[float, Field(ge=0, le=100)]
DIGITS = 3  # of a factor of snowfall: closer than the closest neighbours
CLOSEST = 1.02  # neighbours of the grid


class AskedTable(Sourced):
    """How sure a limit must be held, and how sure intervals are."""

    probability: Level
    confidence: Level


class SearchTable(Sourced):
    """The grid of snowfall factors."""

    lowest: Factor
    highest: Factor
    ratio: Annotated[float, Field(ge=CLOSEST, le=10)]
    coarse: Annotated[list[Factor], Field(min_length=1)]


class EffortTable(Sourced):
    """Replications of each stage."""

    grades: Runs
    envelope: Runs
    relief: RunsOrNone
    marginal: Runs
    marginal_most: Runs
    best: RunsOrNone


class EffortTables(Strict):
    """The whole effort and the quick one."""

    full: EffortTable
    quick: EffortTable


class IndicativeTable(Sourced):
    """With fewer replications of the grades a report is indicative."""

    below: Runs


class EasedTable(Sourced):
    """By what a relief multiplies its means; the keys are `RELIEFS`."""

    machines: Eased
    spreaders: Eased
    crews: Eased
    stock: Eased
    bays: Eased
    graders: Eased
    trucks: Eased
    loaders: Eased
    dumps: Eased
    hands: Eased


class ReliefTable(Sourced):
    """What eased means must gain."""

    least_gain_h: Annotated[float, Field(ge=0, le=1000)]
    least_gain_share: Annotated[float, Field(ge=0, le=1)]


class LeadStormsTable(Sourced):
    """Storms of each grade that may fall before an order of de-icer arrives."""

    light: Storms
    moderate: Storms
    heavy: Storms
    blizzard: Storms


class ReorderTable(Strict):
    """When to order de-icer."""

    lead_storms: LeadStormsTable


class MoreTable(Sourced):
    """What one more is, and how many streets are the worst."""

    step_kg: Annotated[int, Field(ge=1, le=10**8)]
    worst_streets: Annotated[int, Field(ge=1, le=1000)]


class ReadinessFile(Strict):
    """`readiness.toml`."""

    asked: AskedTable
    search: SearchTable
    effort: EffortTables
    indicative: IndicativeTable
    eased: EasedTable
    relief: ReliefTable
    reorder: ReorderTable
    more: MoreTable


def load_rules(path: Path | None = None) -> ReadinessRules:
    """The figures of the report: the project's own, or those of another file.

    Raises InputError with every fault of the file.
    """
    file = path or given_path("seeds/readiness.toml")
    reading = Reading(file.parent)
    values = read_toml(reading, file)
    reading.faults.raise_if_any()
    table = _checked(reading, file, values or {})
    return ReadinessRules(
        probability=table.asked.probability,
        confidence=table.asked.confidence,
        search=_search(table.search),
        full=_effort(table.effort.full),
        quick=_effort(table.effort.quick),
        eased=_figures(table.eased),
        lead_storms=_figures(table.reorder.lead_storms),
        step_kg=table.more.step_kg,
        worst_streets=table.more.worst_streets,
        source=table.asked.source,
        indicative_below=table.indicative.below,
        least_gain_h=table.relief.least_gain_h,
        least_gain_share=table.relief.least_gain_share,
        inputs=tuple(sorted(reading.files.items())),
    )


def _checked(reading: Reading, file: Path, values: Mapping[str, object]) -> ReadinessFile:
    """The file by its schema; raises InputError with all that is wrong in it."""
    locate = in_file(reading, file)
    try:
        table = ReadinessFile.model_validate(values)
    except ValidationError as error:
        note_schema_faults(error, ReadinessFile, locate, reading.faults)
        raise InputError(reading.faults.items) from error
    _check_search(reading, table.search, locate)
    for name, effort in (("full", table.effort.full), ("quick", table.effort.quick)):
        if effort.marginal_most < effort.marginal:
            where = locate(["effort", name, "marginal_most"])
            key = f"key effort.{name}.marginal_most"
            expected = f"as many as marginal, {effort.marginal}, or more"
            reading.faults.add(*where, key, effort.marginal_most, expected)
    reading.faults.raise_if_any()
    return table


def _check_search(reading: Reading, table: SearchTable, locate: Locate) -> None:
    if table.highest < table.lowest * table.ratio:
        where = locate(["search", "highest"])
        expected = f"lowest times ratio, {table.lowest * table.ratio:g}, or more"
        reading.faults.add(*where, "key search.highest", table.highest, expected)
        return
    inside = all(table.lowest <= factor <= table.highest for factor in table.coarse)
    places = [_nearest(_grid(table), factor) for factor in table.coarse]
    if not inside or places != sorted(set(places)):
        where = locate(["search", "coarse"])
        expected = "factors rising from lowest to highest, each nearest to its own of the grid"
        reading.faults.add(*where, "key search.coarse", table.coarse, expected)


def _search(table: SearchTable) -> Search:
    factors = _grid(table)
    return Search(factors, tuple(_nearest(factors, factor) for factor in table.coarse))


def _grid(table: SearchTable) -> tuple[float, ...]:
    """Factors from lowest to highest in equal ratios, as near to the one asked for as fits."""
    steps = round(math.log(table.highest / table.lowest) / math.log(table.ratio))
    ratio = (table.highest / table.lowest) ** (1 / steps)
    return tuple(float(f"{table.lowest * ratio**k:.{DIGITS}g}") for k in range(steps + 1))


def _nearest(factors: Sequence[float], factor: float) -> int:
    return min(range(len(factors)), key=lambda k: abs(math.log(factors[k] / factor)))


def _effort(table: EffortTable) -> Effort:
    return Effort(**_values(table))


def _figures(table: Sourced) -> dict[str, float]:
    return {name: float(value) for name, value in _values(table).items()}


def _values(table: Sourced) -> dict[str, Any]:
    """The figures of a table without what says where they come from."""
    return table.model_dump(exclude={"source", "tag"})
