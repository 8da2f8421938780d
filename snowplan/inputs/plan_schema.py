"""What a plan file may say: the schema of `contingency_plan.toml`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from snowplan.inputs.plan_groups import GroupTables
from snowplan.inputs.schema_types import (
    AirC,
    Depth,
    Hours,
    OrderClass,
    Sourced,
    Text,
    TimeOfDay,
)
from snowplan.inputs.toml_files import Strict

Dose = Annotated[float, Field(ge=0, le=500)]
Weight = Annotated[float, Field(ge=0, le=1000)]
WorkName = Literal["plough", "sweep", "grade_packed"]


class PhraseTable(Sourced):
    """One of the eight phrases: its Chinese name and its switch."""

    zh: Text
    on: bool


class PhrasesTable(Strict):
    """The eight phrases."""

    act_on_snow: PhraseTable
    quick_response: PhraseTable
    clear_in_snow: PhraseTable
    clear_at_night: PhraseTable
    open_before_clean: PhraseTable
    haul_while_clearing: PhraseTable
    main_first: PhraseTable
    keep_open: PhraseTable


class GroupTable(Sourced):
    """A group of the plan."""

    zh: Text


class OrderStep(Strict):
    """One step of the order of work."""

    stage: Literal["open", "clean"]
    road_class: OrderClass = Field(alias="class")


class OrderTable(Sourced):
    """The order of work, first things first."""

    rows: Annotated[list[OrderStep], Field(min_length=1)]


class ThresholdsTable(Sourced):
    """Depths that define the states."""

    passable_depth_mm: Depth
    clean_depth_mm: Depth
    packed_ridge_mm: Depth


class RemovalTable(Sourced):
    """What plough and brush take of packed snow."""

    packed_scrape_mm: Depth
    deicer_plough_extra_mm: Depth


class TriggerTable(Sourced):
    """Trigger depths by class."""

    expressway: Depth
    main: Depth
    secondary: Depth
    branch: Depth
    lane: Depth


class TreatmentTable(Sourced):
    """What is done at one grade."""

    level: Literal["IV", "III", "II", "I"]
    groups: list[Text]
    sequence: Annotated[list[WorkName], Field(min_length=1)]
    spread_classes: list[OrderClass]
    trigger_depth_mm: TriggerTable


class TreatmentsTable(Strict):
    """Treatments by grade."""

    light: TreatmentTable
    moderate: TreatmentTable
    heavy: TreatmentTable
    blizzard: TreatmentTable


class LimitTable(Sourced):
    """Limits of one class at one grade."""

    open_h: Hours
    clear_h: Hours
    haul_h: Hours
    open_by: TimeOfDay | None = None
    clear_by: TimeOfDay | None = None


class ClassLimits(Strict):
    """Limits of one class, by grade."""

    light: LimitTable
    moderate: LimitTable
    heavy: LimitTable
    blizzard: LimitTable


class LimitsTable(Strict):
    """Limits by class."""

    expressway: ClassLimits
    main: ClassLimits
    secondary: ClassLimits
    branch: ClassLimits
    lane: ClassLimits


class DoseStep(Strict):
    """Doses from one pavement temperature upwards."""

    from_c: AirC
    initial_g_m2: Dose
    repeat_g_m2: Dose


class DoseTable(Sourced):
    """Doses by pavement temperature."""

    rows: Annotated[list[DoseStep], Field(min_length=1)]


class CapTable(Sourced):
    """The largest single dose."""

    on: bool
    g_m2: Dose


class CutoffTable(Sourced):
    """The pavement temperature below which nothing is spread."""

    on: bool
    below_c: AirC


class DosesTable(Sourced):
    """De-icer."""

    repeat_after_h: Hours
    table: DoseTable
    cap: CapTable
    cutoff: CutoffTable


class StoppedTable(Sourced):
    """When snow counts as stopped (雪停)."""

    dry_h: Annotated[float, Field(ge=0, le=48)]


class SlowTable(Sourced):
    """Call-out with 快速反应 or 以雪为令 off."""

    muster_min: Annotated[float, Field(ge=0, le=1440)]
    fixed_start: TimeOfDay


class NightTable(Sourced):
    """The hours in which machines stand with 夜间清雪 off."""

    from_: TimeOfDay = Field(alias="from")
    to: TimeOfDay


class RestTable(Sourced):
    """Hours on and off."""

    max_shift_h: Annotated[float, Field(gt=0, le=24)]
    min_rest_h: Annotated[float, Field(ge=0, le=48)]


class CallOutTable(Sourced):
    """When people are called."""

    lead_h: Annotated[float, Field(ge=0, le=48)]
    muster_min: Annotated[float, Field(ge=0, le=1440)]
    start_min: Annotated[float, Field(ge=0, le=1440)]
    stopped: StoppedTable
    slow: SlowTable
    night: NightTable
    rest: RestTable


class TeamTable(Sourced):
    """Machines abreast."""

    min_strips: Annotated[int, Field(ge=2, le=100)]
    on_open: bool


class DispatchTable(Sourced):
    """How machines are sent."""

    mutual_aid_km: Annotated[float, Field(ge=0, le=1000)]
    due_rounding_min: Annotated[float, Field(ge=0, le=1440)]
    next_depot_if_empty: bool
    team: TeamTable


class WeightsTable(Sourced):
    """How much snow on each class counts in the sum of exposure."""

    expressway: Weight
    main: Weight
    secondary: Weight
    branch: Weight
    lane: Weight


class PlanFile(GroupTables):
    """A contingency plan (清雪预案)."""

    name: Text
    phrases: PhrasesTable
    groups: dict[str, GroupTable]
    order: OrderTable
    thresholds: ThresholdsTable
    removal: RemovalTable
    treatments: TreatmentsTable
    limits: LimitsTable
    doses: DosesTable
    call_out: CallOutTable
    dispatch: DispatchTable
    weights: WeightsTable
