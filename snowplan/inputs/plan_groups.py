"""What a plan file may say of hauling and hand work: the tables `[hauling]` and `[hand]`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from snowplan.errors import Faults
from snowplan.inputs.schema_types import ClassName, Depth, Hours, OrderClass, Share, Sourced
from snowplan.inputs.toml_files import Locate
from snowplan.model.grades import PLAN_GRADES
from snowplan.model.hands import HandRules
from snowplan.model.hauling import HaulRules
from snowplan.model.plan import ORDER_CLASSES
from snowplan.model.roads import ROAD_CLASSES

Windrow = Annotated[float, Field(ge=0, le=10_000)]
Verge = Annotated[float, Field(ge=0, le=100)]


class TreatedTable(Sourced):
    """Snow with de-icer."""

    off_green: bool
    apart: bool


class WindrowTable(Sourced):
    """What a windrow must hold to be loaded, and what may stay."""

    due_kg_m: Windrow
    left_kg_m: Windrow


class VergeTable(Sourced):
    """What the verge of one direction takes, by class."""

    expressway: Verge
    main: Verge
    secondary: Verge
    branch: Verge
    lane: Verge


class SpotTable(Sourced):
    """Change of truck at the loader."""

    spot_min: Annotated[float, Field(ge=0, le=240)]


class HaulingTable(Sourced):
    """Hauling (运雪)."""

    classes: list[OrderClass]
    dump_rule: Literal["nearest", "zone_first", "emptiest"]
    treated: TreatedTable
    windrow: WindrowTable
    verge_m3_m: VergeTable
    spot: SpotTable


class EffortTable(Sourced):
    """More time in deep and on packed snow."""

    depth_k: Annotated[float, Field(ge=0, le=100)]
    packed_factor: Annotated[float, Field(ge=1, le=100)]


class CycleTable(Sourced):
    """Share of the width beside the carriageway that is cycle lane, by class."""

    expressway: Share
    main: Share
    secondary: Share
    branch: Share
    lane: Share


class HandLimits(Sourced):
    """Hours after snow stops by which pavements and cycle lanes are clean, by grade."""

    light_h: Hours
    moderate_h: Hours
    heavy_h: Hours
    blizzard_h: Hours


class HandTable(Sourced):
    """Hand work."""

    m2_h: Annotated[float, Field(gt=0, le=100_000)]
    residual_mm: Depth
    trigger_mm: Depth
    office_classes: list[ClassName]
    effort: EffortTable
    cycle_share: CycleTable
    limits: HandLimits


class GroupTables(Sourced):
    """Hauling and hand work; a plan without the one or the other does without it."""

    hauling: HaulingTable | None = None
    hand: HandTable | None = None


def check_group_tables(
    table: GroupTables, clean_mm: float, locate: Locate, faults: Faults, prefix: str
) -> None:
    """What stays of a windrow is less than what is due; hands leave what counts as clean."""

    def note(key: str, found: object, expected: str) -> None:
        keys = [*filter(None, [prefix]), *key.split(".")]
        faults.add(*locate(keys), f"key {'.'.join(keys)}", found, expected)

    if table.hauling is not None:
        windrow = table.hauling.windrow
        if windrow.left_kg_m > windrow.due_kg_m:
            expected = f"at most due_kg_m, {windrow.due_kg_m:g}"
            note("hauling.windrow.left_kg_m", windrow.left_kg_m, expected)
        if len(set(table.hauling.classes)) < len(table.hauling.classes):
            note("hauling.classes", table.hauling.classes, "each class once")
    if table.hand is not None:
        if table.hand.residual_mm > clean_mm:
            expected = f"at most thresholds.clean_depth_mm, {clean_mm:g}"
            note("hand.residual_mm", table.hand.residual_mm, expected)
        if len(set(table.hand.office_classes)) < len(table.hand.office_classes):
            note("hand.office_classes", table.hand.office_classes, "each class once")


def haul_rules(table: HaulingTable | None) -> HaulRules | None:
    """The plan's rules for windrows and trucks; None where it has none."""
    if table is None:
        return None
    return HaulRules(
        classes=tuple(name for name in ORDER_CLASSES if name in table.classes),
        due_kg_m=table.windrow.due_kg_m,
        left_kg_m=table.windrow.left_kg_m,
        verge_m3_m={name: getattr(table.verge_m3_m, name) for name in ROAD_CLASSES},
        treated_off_green=table.treated.off_green,
        treated_apart=table.treated.apart,
        dump_rule=table.dump_rule,
        spot_min=table.spot.spot_min,
    )


def hand_rules(table: HandTable | None) -> HandRules | None:
    """The plan's rules for hand work; None where it has none."""
    if table is None:
        return None
    return HandRules(
        m2_h=table.m2_h,
        depth_k=table.effort.depth_k,
        packed_factor=table.effort.packed_factor,
        residual_mm=table.residual_mm,
        trigger_mm=table.trigger_mm,
        cycle_share={name: getattr(table.cycle_share, name) for name in ROAD_CLASSES},
        office_classes=tuple(name for name in ROAD_CLASSES if name in table.office_classes),
        limit_h={grade.key: getattr(table.limits, f"{grade.key}_h") for grade in PLAN_GRADES},
    )
