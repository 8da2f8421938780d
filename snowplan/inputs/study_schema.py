"""What a study file may say: the schema of `scenarios/studies/*.toml`."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, PlainValidator, WithJsonSchema

from snowplan.inputs.scenario_schema import Name
from snowplan.inputs.schema_types import Text
from snowplan.inputs.toml_files import Strict

WEATHER_KEYS = ("start", "horizon_h", "grade", "snow", "forecast")  # of a storm
NOT_CHANGED = ("name", "title", "title_en", "source", "extends", "overrides", "run_seed")
Runs = Annotated[int, Field(ge=2, le=100_000)]
Above0 = Annotated[float, Field(gt=0)]
Metres = Annotated[float, Field(ge=-100_000, le=100_000)]


def _name_or_keys(value: Any) -> str | dict[str, Any]:
    """A scenario by name, or its keys written out, as a run folder's study has them."""
    if isinstance(value, dict) or (isinstance(value, str) and value.strip()):
        return value
    raise ValueError("the name of a scenario, or its keys")


ScenarioOrKeys = Annotated[
    str | dict[str, Any],
    PlainValidator(_name_or_keys),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "object"}]}),
]


class QuestionTable(Strict):
    """What decides, the first measure first of all, and how sharp the answer has to be."""

    decide: Annotated[list[Text], Field(min_length=1)]
    half_width: dict[str, Above0] = Field(default_factory=dict)
    indifference: Above0 | None = None


class StormCaseTable(Strict):
    """A storm: weather keys over the base, or the weather of another scenario, and its weight."""

    id: Name
    title: Text
    title_en: Text | None = None
    weight: Annotated[float, Field(gt=0, le=1_000_000)] = 1.0
    scenario: ScenarioOrKeys | None = None
    apply: list[Text] = Field(default_factory=list)
    start: Any = None
    horizon_h: Any = None
    grade: Any = None
    snow: dict[str, Any] | None = None
    forecast: list[dict[str, Any]] | None = None


class ShiftTable(Strict):
    """How far all depots of the tables are moved."""

    east: Metres = 0.0
    north: Metres = 0.0


class DepotTable(Strict):
    """Columns of `depots.csv`: those that change, or all of a new depot."""

    name: Text | None = None
    zone: Text | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    bays: Annotated[int, Field(ge=1, le=100)] | None = None
    loading_kg_per_min: Annotated[float, Field(gt=0, le=100_000)] | None = None
    product: Text | None = None
    stock_kg: Annotated[int, Field(ge=0, le=10**8)] | None = None


class VariantTable(Strict):
    """One placement: what changes of the depots, and of the scenario besides."""

    id: Name
    title: Text
    title_en: Text | None = None
    shift_m: ShiftTable | None = None
    close: list[Text] = Field(default_factory=list)
    depots: dict[str, DepotTable] = Field(default_factory=dict)
    changes: dict[str, Any] = Field(default_factory=dict)


class StudyFile(Strict):
    """A study: a base scenario, storms, variants, and the question."""

    name: Name
    title: Text
    title_en: Text | None = None
    source: Text | None = None
    base: ScenarioOrKeys
    baseline: Text
    replications: Runs = 36
    cap: Runs | None = None
    run_seed: Annotated[int, Field(ge=0, lt=2**62)] = 1
    confidence: Annotated[float, Field(ge=0.5, le=0.999)] = 0.95
    question: QuestionTable
    changes: dict[str, Any] = Field(default_factory=dict)
    storm: Annotated[list[StormCaseTable], Field(min_length=1)]
    variant: Annotated[list[VariantTable], Field(min_length=2)]
