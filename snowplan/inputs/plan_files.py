"""The contingency plan, from its TOML file and the scenario's changes to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from snowplan.clock import minute_of_day
from snowplan.errors import Faults
from snowplan.inputs.plan_groups import check_group_tables, hand_rules, haul_rules
from snowplan.inputs.plan_schema import LimitTable, PlanFile, TreatmentTable
from snowplan.inputs.toml_files import Locate, note_schema_faults
from snowplan.model.fleet import Work
from snowplan.model.grades import PLAN_GRADES, Grade
from snowplan.model.plan import (
    ORDER_CLASSES,
    CallOut,
    DispatchRules,
    DoseRow,
    DoseRules,
    Limit,
    OrderRow,
    Phrases,
    Plan,
    Stage,
    Thresholds,
    Treatment,
)
from snowplan.model.roads import ROAD_CLASSES, RoadClass

STAGES = tuple(stage.value for stage in Stage)


def parse_plan(
    values: Mapping[str, Any], locate: Locate, faults: Faults, prefix: str = ""
) -> Plan | None:
    """The plan that these keys describe; None after faults. `prefix` is told before the keys."""
    try:
        table = PlanFile.model_validate(values)
    except ValidationError as error:
        note_schema_faults(error, PlanFile, locate, faults, prefix)
        return None
    count = len(faults.items)
    _check_order(table, locate, faults, prefix)
    _check_depths(table, locate, faults, prefix)
    _check_groups(table, locate, faults, prefix)
    check_group_tables(table, table.thresholds.clean_depth_mm, locate, faults, prefix)
    return _plan(table) if len(faults.items) == count else None


def _check_order(table: PlanFile, locate: Locate, faults: Faults, prefix: str) -> None:
    """Every stage and class stands in the order of work, and only once."""
    keys = [*filter(None, [prefix]), "order", "rows"]
    steps: Counter[tuple[str, str]] = Counter(
        (step.stage, step.road_class) for step in table.order.rows
    )
    for stage in STAGES:
        for road_class in ORDER_CLASSES:
            times = steps[stage, road_class]
            if times != 1:
                found = f"({stage}, {road_class}) {times} times"
                faults.add(*locate(keys), f"key {'.'.join(keys)}", found, "each step once")


def _check_depths(table: PlanFile, locate: Locate, faults: Faults, prefix: str) -> None:
    """Clean is stricter than passable; doses stand warm to cold."""
    depths = table.thresholds
    if depths.clean_depth_mm > depths.passable_depth_mm:
        keys = [*filter(None, [prefix]), "thresholds", "clean_depth_mm"]
        expected = f"at most passable_depth_mm, {depths.passable_depth_mm:g}"
        faults.add(*locate(keys), f"key {'.'.join(keys)}", depths.clean_depth_mm, expected)
    steps = [step.from_c for step in table.doses.table.rows]
    if steps != sorted(set(steps), reverse=True):
        keys = [*filter(None, [prefix]), "doses", "table", "rows"]
        faults.add(*locate(keys), f"key {'.'.join(keys)}", steps, "from_c from warm to cold")


def _check_groups(table: PlanFile, locate: Locate, faults: Faults, prefix: str) -> None:
    """Every group that a treatment calls is a group of the plan."""
    for grade in PLAN_GRADES:
        treatment: TreatmentTable = getattr(table.treatments, grade.key)
        for group in treatment.groups:
            if group not in table.groups:
                keys = [*filter(None, [prefix]), "treatments", grade.key, "groups"]
                known = sorted(table.groups)
                expected = f"a group of the plan: {', '.join(known)}"
                faults.add(*locate(keys), f"key {'.'.join(keys)}", group, expected, known)


def _plan(table: PlanFile) -> Plan:
    return Plan(
        name=table.name,
        phrases=Phrases(
            **{name: getattr(table.phrases, name).on for name in type(table.phrases).model_fields}
        ),
        order=tuple(OrderRow(Stage(step.stage), step.road_class) for step in table.order.rows),
        thresholds=Thresholds(
            passable_depth_mm=table.thresholds.passable_depth_mm,
            clean_depth_mm=table.thresholds.clean_depth_mm,
            packed_ridge_mm=table.thresholds.packed_ridge_mm,
            packed_scrape_mm=table.removal.packed_scrape_mm,
            deicer_plough_extra_mm=table.removal.deicer_plough_extra_mm,
        ),
        treatments=tuple(
            _treatment(grade, getattr(table.treatments, grade.key)) for grade in PLAN_GRADES
        ),
        limits=tuple(
            _limit(road_class, grade, getattr(getattr(table.limits, road_class.key), grade.key))
            for road_class in RoadClass
            for grade in PLAN_GRADES
        ),
        doses=_doses(table),
        call_out=_call_out(table),
        rules=DispatchRules(
            mutual_aid_km=table.dispatch.mutual_aid_km,
            team_min_strips=table.dispatch.team.min_strips,
            team_on_open=table.dispatch.team.on_open,
            due_rounding_min=table.dispatch.due_rounding_min,
            next_depot_if_empty=table.dispatch.next_depot_if_empty,
        ),
        weights={name: getattr(table.weights, name) for name in ROAD_CLASSES},
        source=table.source,
        haul=haul_rules(table.hauling),
        hand=hand_rules(table.hand),
    )


def _treatment(grade: Grade, table: TreatmentTable) -> Treatment:
    return Treatment(
        grade=grade,
        level=table.level,
        groups=tuple(table.groups),
        sequence=tuple(Work(work) for work in table.sequence),
        trigger_depth_mm={name: getattr(table.trigger_depth_mm, name) for name in ROAD_CLASSES},
        spread_classes=tuple(table.spread_classes),
    )


def _limit(road_class: RoadClass, grade: Grade, table: LimitTable) -> Limit:
    return Limit(
        road_class=road_class,
        grade=grade,
        open_h=table.open_h,
        clear_h=table.clear_h,
        haul_h=table.haul_h,
        open_by_minute=minute_of_day(table.open_by) if table.open_by else None,
        clear_by_minute=minute_of_day(table.clear_by) if table.clear_by else None,
    )


def _doses(table: PlanFile) -> DoseRules:
    doses = table.doses
    return DoseRules(
        rows=tuple(
            DoseRow(step.from_c, step.initial_g_m2, step.repeat_g_m2) for step in doses.table.rows
        ),
        cap_on=doses.cap.on,
        cap_g_m2=doses.cap.g_m2,
        cutoff_on=doses.cutoff.on,
        cutoff_c=doses.cutoff.below_c,
        repeat_after_h=doses.repeat_after_h,
    )


def _call_out(table: PlanFile) -> CallOut:
    calls = table.call_out
    return CallOut(
        lead_h=calls.lead_h,
        muster_min=calls.muster_min,
        start_min=calls.start_min,
        slow_muster_min=calls.slow.muster_min,
        fixed_start_minute=minute_of_day(calls.slow.fixed_start),
        night_from_minute=minute_of_day(calls.night.from_),
        night_to_minute=minute_of_day(calls.night.to),
        max_shift_h=calls.rest.max_shift_h,
        min_rest_h=calls.rest.min_rest_h,
        dry_h=calls.stopped.dry_h,
    )
