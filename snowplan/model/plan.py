"""The contingency plan as data: phrases, grades, order of work, thresholds, limits, doses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from snowplan.model.fleet import Work
from snowplan.model.grades import Grade
from snowplan.model.hands import HandRules
from snowplan.model.hauling import HaulRules
from snowplan.model.roads import ROAD_CLASSES, Duty, RoadClass


@dataclass(frozen=True, slots=True)
class Phrases:
    """The eight phrases of the plan, each a rule that can be switched off."""

    act_on_snow: bool = True  # 以雪为令
    quick_response: bool = True  # 快速反应
    clear_in_snow: bool = True  # 雪中清雪
    clear_at_night: bool = True  # 夜间清雪
    open_before_clean: bool = True  # 先通后清
    haul_while_clearing: bool = True  # 边清边运
    main_first: bool = True  # 先主后次
    keep_open: bool = True  # 确保畅通


PHRASES_ZH = {
    "act_on_snow": "以雪为令",
    "quick_response": "快速反应",
    "clear_in_snow": "雪中清雪",
    "clear_at_night": "夜间清雪",
    "open_before_clean": "先通后清",
    "haul_while_clearing": "边清边运",
    "main_first": "先主后次",
    "keep_open": "确保畅通",
}


class Stage(Enum):
    """What a job is for: to open a blocked direction, or to bring it to clean."""

    OPEN = "open"
    CLEAN = "clean"


CRITICAL = "critical"  # bridges, ramps, slopes, station, hospitals: a class of its own in the order
ORDER_CLASSES = (CRITICAL, *ROAD_CLASSES)


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One step of the order of work: a stage and a road class (or `critical`)."""

    stage: Stage
    road_class: str


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Depths, in millimetres, that define the states."""

    passable_depth_mm: float
    clean_depth_mm: float
    packed_ridge_mm: float
    packed_scrape_mm: float  # packed depth that plough and brush still take off
    deicer_plough_extra_mm: float  # more packed depth a pass takes on a treated strip; 0 = off


@dataclass(frozen=True, slots=True)
class Treatment:
    """What is done at one grade."""

    grade: Grade
    level: str  # IV, III, II, I
    groups: tuple[str, ...]
    sequence: tuple[Work, ...]  # works in order: (BRUSH,) or (PLOUGH, GRADE, BRUSH)
    trigger_depth_mm: dict[str, float]  # by road class: worked again while snow falls
    spread_classes: tuple[str, ...]  # classes (or critical) that get de-icer


@dataclass(frozen=True, slots=True)
class Limit:
    """Hours after snow stops, and a local deadline (minute of the day) if any; stricter binds."""

    road_class: RoadClass
    grade: Grade
    open_h: float
    clear_h: float
    haul_h: float
    open_by_minute: int | None = None
    clear_by_minute: int | None = None


@dataclass(frozen=True, slots=True)
class DoseRow:
    """Dose from `from_c` (inclusive) up to the row above, g/m² of product."""

    from_c: float
    initial_g_m2: float
    repeat_g_m2: float


@dataclass(frozen=True, slots=True)
class DoseRules:
    """Doses by pavement temperature, with cap and cut-off as switches."""

    rows: tuple[DoseRow, ...]
    cap_on: bool
    cap_g_m2: float
    cutoff_on: bool
    cutoff_c: float
    repeat_after_h: float

    def dose_g_m2(self, pavement_c: float, repeat: bool) -> float:
        """The dose at this pavement temperature; 0 when it is too cold to help."""
        if self.cutoff_on and pavement_c < self.cutoff_c:
            return 0.0
        for row in self.rows:  # warm to cold
            if pavement_c >= row.from_c:
                dose = row.repeat_g_m2 if repeat else row.initial_g_m2
                return min(dose, self.cap_g_m2) if self.cap_on else dose
        return 0.0


@dataclass(frozen=True, slots=True)
class CallOut:
    """When the centre calls its people, and how soon they start."""

    lead_h: float  # before forecast onset
    muster_min: float
    start_min: float  # promised start after onset or call-out
    slow_muster_min: float  # with 快速反应 off
    fixed_start_minute: int  # with 以雪为令 off: work begins by the clock
    night_from_minute: int
    night_to_minute: int
    max_shift_h: float
    min_rest_h: float
    dry_h: float  # without snow, fallen or forecast: 雪停


@dataclass(frozen=True, slots=True)
class DispatchRules:
    """How machines are sent: aid between zones, teams, how finely due instants are told apart."""

    mutual_aid_km: float
    team_min_strips: int
    team_on_open: bool
    due_rounding_min: float
    next_depot_if_empty: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole plan; `name` and `source` say whose."""

    name: str
    phrases: Phrases
    order: tuple[OrderRow, ...]
    thresholds: Thresholds
    treatments: tuple[Treatment, ...]
    limits: tuple[Limit, ...]
    doses: DoseRules
    call_out: CallOut
    rules: DispatchRules
    weights: dict[str, float]  # by road class, in the sum of exposure
    source: str
    haul: HaulRules | None = None  # None: nothing is hauled
    hand: HandRules | None = None  # None: nothing is cleared by hand

    def treatment(self, grade: Grade) -> Treatment:
        """The treatment of a grade; grades outside the plan take the nearest row."""
        wanted = grade.plan_grade
        return next(row for row in self.treatments if row.grade == wanted)


def hauled_whole(rules: HaulRules, duty: Duty) -> bool:
    """True where a section's verge takes nothing: it is flagged, or its class is hauled."""
    critical = duty.critical and CRITICAL in rules.classes
    return duty.haul_required or critical or duty.road_class.key in rules.classes
