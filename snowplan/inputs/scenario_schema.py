"""What a scenario file may say: the schema of `scenarios/*.toml`."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from snowplan.inputs.schema_types import GradeName, Instant, OneOrMoreC, Text, TimeOrInstant
from snowplan.inputs.toml_files import Strict
from snowplan.inputs.weather_mapping import WeatherMapping

Name = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[\w\-]+$")]
Count = Annotated[int, Field(ge=0, le=10_000)]
Total = Annotated[float, Field(ge=0, le=500)]
StormHours = Annotated[float, Field(gt=0, le=240)]
Intensity = Annotated[float, Field(ge=0, le=100)]
SEED_TABLES = (
    "contingency_plan", "physics", "snow_grades", "machine_types", "machines", "depots", "crews",
    "deicers", "traffic", "uncertainty", "costs", "osm_classes", "trucks", "dump_points", "squads",
    "frontage",
)  # fmt: skip


class StormTable(Strict):
    """A storm in figures: either a total, or intensities hour by hour (water equivalent)."""

    total_mm: Total | None = None
    mm_per_h: Annotated[list[Intensity], Field(min_length=1)] | None = None
    onset: TimeOrInstant | None = None
    duration_h: StormHours | None = None
    shape: Literal["uniform", "early", "late"] = "uniform"
    air_c: OneOrMoreC | None = None
    wind_m_s: Annotated[float, Field(ge=0, le=80)] = 0.0

    def storm_missing(self) -> list[str]:
        """Keys that the figures of a storm still need."""
        wanted = ["onset", "air_c"]
        if self.mm_per_h is None:
            wanted += ["total_mm", "duration_h"]
        return [key for key in wanted if getattr(self, key) is None]


class SnowTable(StormTable):
    """The snow that falls: figures, or hours cut out of a weather file."""

    initial_mm_we: Total = 0.0
    file: Text | None = None
    mapping: WeatherMapping | None = None
    from_: Instant | None = Field(default=None, alias="from")
    until: Instant | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        """Figures or a file, not both, and each of them whole."""
        wanted = {"from": self.from_, "until": self.until, "mapping": self.mapping}
        in_file = [name for name, value in wanted.items() if value is None]
        figures = self.total_mm is not None or self.mm_per_h is not None
        if self.file is not None and figures:
            raise ValueError("either figures (total_mm, mm_per_h) or a weather file, not both")
        if self.file is not None and in_file:
            raise ValueError(f"with file also {', '.join(in_file)}")
        if self.total_mm is not None and self.mm_per_h is not None:
            raise ValueError("either total_mm or mm_per_h, not both")
        if self.file is None and (missing := self.storm_missing()):
            raise ValueError(f"with a storm in figures also {', '.join(missing)}")
        if self.from_ is not None and self.until is not None and self.until <= self.from_:
            raise ValueError("until after from")
        return self


class ForecastTable(StormTable):
    """One issue of the forecast: when, and the storm it told of."""

    issued: TimeOrInstant

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if missing := self.storm_missing():
            raise ValueError(f"with a forecast also {', '.join(missing)}")
        return self


class SeedsTable(Strict):
    """A workbook, a folder of tables, tables by name; what is not named comes from the project."""

    workbook: Text | None = None
    folder: Text | None = None
    contingency_plan: Text | None = None
    physics: Text | None = None
    snow_grades: Text | None = None
    machine_types: Text | None = None
    machines: Text | None = None
    depots: Text | None = None
    crews: Text | None = None
    deicers: Text | None = None
    traffic: Text | None = None
    uncertainty: Text | None = None
    costs: Text | None = None
    osm_classes: Text | None = None
    trucks: Text | None = None
    dump_points: Text | None = None
    squads: Text | None = None
    frontage: Text | None = None


class SwitchesTable(Strict):
    """The eight phrases, on or off."""

    act_on_snow: bool | None = None
    quick_response: bool | None = None
    clear_in_snow: bool | None = None
    clear_at_night: bool | None = None
    open_before_clean: bool | None = None
    haul_while_clearing: bool | None = None
    main_first: bool | None = None
    keep_open: bool | None = None


class FleetTable(Strict):
    """How many machines of a kind, or trucks, where not those of the tables."""

    roller_brush: Count | None = None
    plough: Count | None = None
    spreader: Count | None = None
    small_machine: Count | None = None
    loader: Count | None = None
    blower: Count | None = None
    grader: Count | None = None
    ice_breaker: Count | None = None
    truck: Count | None = None


class SpreadTable(Strict):
    """A change to one row of `uncertainty.csv`."""

    on: bool | None = None
    distribution: Literal["constant", "uniform", "normal", "lognormal", "exponential"] | None = None
    a: float | None = None
    b: float | None = None
    lower: float | None = None
    upper: float | None = None


def _as_switch(value: Any) -> Any:
    return {"on": value} if isinstance(value, bool) else value


SpreadOrSwitch = Annotated[SpreadTable, BeforeValidator(_as_switch)] | None


class UncertaintyTable(Strict):
    """What varies: `true`, `false` or a table for each quantity; `all` switches every one."""

    all: bool | None = None
    snowfall_total: SpreadOrSwitch = None
    storm_duration: SpreadOrSwitch = None
    onset: SpreadOrSwitch = None
    temperature: SpreadOrSwitch = None
    forecast_error: SpreadOrSwitch = None
    muster_delay: SpreadOrSwitch = None
    turn_out: SpreadOrSwitch = None
    working_speed: SpreadOrSwitch = None
    loading_time: SpreadOrSwitch = None
    failure: SpreadOrSwitch = None
    repair: SpreadOrSwitch = None
    load_snow: SpreadOrSwitch = None
    unload: SpreadOrSwitch = None


def _as_folder(value: Any) -> Any:
    return {"folder": value} if isinstance(value, str) else value


def _as_file(value: Any) -> Any:
    return {"file": value} if isinstance(value, str) else value


class ScenarioFile(Strict):
    """A scenario; `extends` names the file whose keys it starts from."""

    name: Name
    title: Text
    title_en: Text | None = None
    source: Text | None = None
    extends: Text | None = None
    apply: list[Text] = Field(default_factory=list)
    overrides: dict[str, dict[str, Any]] = Field(default_factory=dict)
    map: Text
    seeds: Annotated[SeedsTable, BeforeValidator(_as_folder)] = Field(default_factory=SeedsTable)
    depots: Literal["table", "auto"] = "table"
    without: list[Literal["hauling", "hand", "frontage"]] = Field(default_factory=list)
    start: Instant
    timezone: Text = "Asia/Shanghai"
    horizon_h: Annotated[float, Field(gt=0, le=744)]
    run_seed: Annotated[int, Field(ge=0, lt=2**63)] = 1
    grade: GradeName | None = None
    snow: SnowTable
    forecast: list[ForecastTable] = Field(default_factory=list)
    plan: Annotated[dict[str, Any], BeforeValidator(_as_file)] = Field(default_factory=dict)
    switches: SwitchesTable = Field(default_factory=SwitchesTable)
    fleet: FleetTable = Field(default_factory=FleetTable)
    uncertainty: UncertaintyTable = Field(default_factory=UncertaintyTable)
