"""Machines, their kinds, the crews that drive them, and the depots where they load."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Work(Enum):
    """What a kind of machine does to a strip."""

    PLOUGH = "plough"
    BRUSH = "sweep"
    GRADE = "grade_packed"
    SPREAD = "spread"
    LOAD_SNOW = "load_snow"  # loaders and blowers: into trucks, not off strips
    NONE = "none"


ROAD_WORKS = (Work.PLOUGH, Work.BRUSH, Work.GRADE, Work.SPREAD)
KINDS = (
    "roller_brush", "plough", "spreader", "small_machine", "loader", "blower", "grader",
    "ice_breaker",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pace:
    """Speeds: working on expressway/main/secondary and on branch/lane, and travelling.

    Working speed falls with depth as 1 / (1 + depth_k · (depth in inches - 1)), never above 1.
    """

    main_kph: float
    local_kph: float
    travel_kph: float
    depth_k: float = 0.0


@dataclass(frozen=True, slots=True)
class Tool:
    """What the tool takes and leaves, in metres and millimetres of depth."""

    width_m: float
    residual_mm: float = 0.0
    rough_residual_mm: float = 0.0  # on branch roads and lanes
    ceiling_mm: float = 0.0  # loose depth above which the tool cannot work; 0 = no ceiling
    layer_mm: float = 0.0  # packed depth taken by one pass of a grader or ice-breaker


@dataclass(frozen=True, slots=True)
class MachineType:
    """One kind of machine; `classes` are the road classes it may work on."""

    kind: str
    zh: str
    work: Work
    pace: Pace
    tool: Tool
    classes: tuple[str, ...]
    capacity_kg: int
    crew_size: int
    fuel_l_per_h: float
    load_m3_h: float = 0.0  # loose snow into trucks, changes of truck not counted


@dataclass(frozen=True, slots=True)
class Machine:
    """One machine with its home, and the zone that it clears: its depot's, if none is named.

    `note` tells why it is not serviceable, as the repair list has it.
    """

    id: str
    kind: str
    depot: str
    serviceable: bool = True
    zone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Depot:
    """A de-icer depot: where, how many bays, how fast, and what lies there."""

    id: str
    name: str
    zone: str
    lon: float
    lat: float
    bays: int
    loading_kg_per_min: float
    product: str
    stock_kg: int


@dataclass(frozen=True, slots=True)
class CrewGroup:
    """Crews of one zone for one kind of machine, on one shift that may cross midnight."""

    id: str
    zone: str
    kind: str
    start_minute: int
    length_h: float
    crews: int


@dataclass(frozen=True, slots=True)
class Deicer:
    """A product: melt capacity (g ice a g product) by pavement temperature, warm to cold."""

    id: str
    zh: str
    melt: tuple[tuple[float, float], ...]

    def melt_g_per_g(self, pavement_c: float) -> float:
        """Interpolated melt capacity; the warmest value above the table, 0 below it."""
        warm_c, warm_g = self.melt[0]
        if pavement_c >= warm_c:
            return warm_g
        for cold_c, cold_g in self.melt[1:]:
            if pavement_c >= cold_c:
                share = (warm_c - pavement_c) / (warm_c - cold_c)
                return warm_g + share * (cold_g - warm_g)
            warm_c, warm_g = cold_c, cold_g
        return 0.0
