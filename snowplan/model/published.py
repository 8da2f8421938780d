"""Figures that others published, with which a run is compared."""

from __future__ import annotations

from dataclasses import dataclass

CALIBRATED, HELD_OUT = "calibrated", "held_out"
SIZE_OF_MAP = "size_of_map"
STATED = "stated"
COMPARED = (
    "brush_light", "brush_heavy", "brush_under_way", "rounds_main", "km_a_vehicle", "m2_a_large",
    "m2_a_machine", "doses_in_stock", "hours_to_passable", "hours_to_bare",
)  # fmt: skip
SIZES = (  # of Pingcheng
    "cleared_bracket", "cleared_default", "cleared_by_fleet", "cleared_by_population",
)  # fmt: skip
BESIDE = (  # what reckonings and reasons of the comparison name
    "heping_rounds", "heping_h", "heping_rollers", "heping_machines", "heping_small",
    "heping_roads", "taiyuan_h", "beijing_g_m2", "beijing_dose", "changchun_h",
)  # fmt: skip
HAULING = (  # of Mudanjiang's 48 h: what a run of it is compared with
    "mudanjiang_truck_m3", "mudanjiang_loads_a_day", "mudanjiang_share",
)  # fmt: skip
HAULING_BESIDE = (  # what happened there
    "mudanjiang_mm", "mudanjiang_m2", "mudanjiang_h", "mudanjiang_trucks", "mudanjiang_loads",
    "mudanjiang_m3",
)  # fmt: skip
ROLES = {  # of each figure, what it may be for
    **dict.fromkeys(COMPARED, (CALIBRATED, HELD_OUT)),
    **dict.fromkeys(SIZES, (SIZE_OF_MAP,)),
    **dict.fromkeys(BESIDE, (STATED,)),
    **dict.fromkeys(HAULING, (CALIBRATED, HELD_OUT)),
    **dict.fromkeys(HAULING_BESIDE, (STATED,)),
}


@dataclass(frozen=True, slots=True)
class Published:
    """One published figure, from `low` to `high`.

    `role` says whether the model's coefficients were set with it (calibrated) or not (held_out),
    or whether it is set beside the map alone (size_of_map), or nothing is compared with it but
    reckonings and reasons name it (stated). `source_zh` is the source in Chinese, where given.
    """

    id: str
    quantity: str
    low: float
    high: float
    unit: str
    role: str
    source: str
    tag: str
    source_zh: str = ""
