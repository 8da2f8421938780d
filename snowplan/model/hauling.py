"""Hauling (运雪组): trucks, dump points, and the plan's rules for windrows."""

from __future__ import annotations

from dataclasses import dataclass

from snowplan.units import G_PER_KG, MM_PER_M

FAR_MORE = 1 << 62  # grams: a verge that takes everything
TRUCK = "truck"  # the kind, in crews.csv and costs.csv
DUMP_RULES = ("nearest", "zone_first", "emptiest")


@dataclass(frozen=True, slots=True)
class Truck:
    """One hired dump truck (运雪车) and the zone whose loaders it serves first."""

    id: str
    zone: str
    volume_m3: float
    loaded_kph: float
    empty_kph: float


@dataclass(frozen=True, slots=True)
class DumpPoint:
    """A place where snow is unloaded (指定堆雪点); `green` ones take no snow with de-icer."""

    id: str
    name: str
    name_en: str
    zone: str
    lon: float
    lat: float
    gates: int
    unload_min: float
    capacity_m3: float  # over the season, of snow as it lies in the dump
    filled_m3: float  # of it, already used before the run
    green: bool


@dataclass(frozen=True, slots=True)
class HaulRules:
    """The plan's rules for windrows and trucks.

    A windrow counts from `due_kg_m` upwards while clearing goes on there, and from `left_kg_m`
    upwards once snow has stopped; at most `left_kg_m` may stay for it to count as gone.
    """

    classes: tuple[str, ...]  # (or critical) hauled besides the sections flagged
    due_kg_m: float
    left_kg_m: float
    verge_m3_m: dict[str, float]  # by road class: what the verge of one direction takes
    treated_off_green: bool  # no snow with de-icer on verges or green dump points
    treated_apart: bool  # snow with de-icer never shares a truck with other snow
    dump_rule: str  # one of DUMP_RULES
    spot_min: float  # a truck's change of place at the loader


@dataclass(frozen=True, slots=True)
class PiledSnow:
    """Densities of snow that has been moved, kg/m³."""

    hauled_kg_m3: float  # in windrows, on verges and in trucks
    dumped_kg_m3: float  # in a dump


def along_g(kg_m: float, length_mm: int) -> float:
    """Grams along a kerb of so many millimetres with so many kilograms a metre."""
    return kg_m * (G_PER_KG / MM_PER_M) * length_mm
