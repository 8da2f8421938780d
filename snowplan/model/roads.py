"""Roads: sections between junctions, in classes and zones."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class RoadClass(IntEnum):
    """Road classes; the order is the rule 先主后次."""

    EXPRESSWAY = 0
    MAIN = 1
    SECONDARY = 2
    BRANCH = 3
    LANE = 4

    @property
    def key(self) -> str:
        """The word used in files: `main`, `secondary`, …"""
        return self.name.lower()


ROAD_CLASSES = {c.key: c for c in RoadClass}
CENTRE_OPERATOR = "centre"  # sections of any other operator are driven on, not cleared
CRITICAL_FLAGS = ("bridge", "ramp", "slope", "station", "hospital")
LENGTH_BASES = ("sourced", "scaled", "assumed", "measured")


@dataclass(frozen=True, slots=True)
class Junction:
    """A place where sections meet (WGS-84 degrees)."""

    id: str
    lon: float
    lat: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class Carriageway:
    """The size of a section: metres, km/h; `width_m` is kerb to kerb of this section."""

    length_m: float
    lanes: int
    width_m: float
    oneway: bool
    limit_kph: float
    pavement_width_m: float = 0.0  # cycle lanes and pavements of both sides together
    cycle_width_m: float | None = None  # of it, cycle lanes; None: the plan's share


@dataclass(frozen=True, slots=True)
class Duty:
    """Who owes what on a section."""

    road_class: RoadClass
    zone: str
    operator: str = CENTRE_OPERATOR
    flags: tuple[str, ...] = ()
    haul_required: bool = False
    closed: bool = False

    @property
    def cleared_by_centre(self) -> bool:
        """True where the centre's machines have to clear."""
        return self.operator == CENTRE_OPERATOR and not self.closed

    @property
    def critical(self) -> bool:
        """True for bridges, ramps, slopes, the station and hospitals."""
        return any(flag in CRITICAL_FLAGS for flag in self.flags)


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of road between two junctions; `line` is (lon, lat) from `start` to `end`."""

    id: str
    name: str
    name_en: str
    start: str
    end: str
    way: Carriageway
    duty: Duty
    line: tuple[tuple[float, float], ...]
    source: str
    length_basis: str

    @property
    def area_m2(self) -> float:
        """Carriageway area, kerb to kerb."""
        return self.way.length_m * self.way.width_m


@dataclass(frozen=True, slots=True)
class Zone:
    """One of the areas (东南西北中) with its outline rings, if known."""

    id: str
    name: str
    name_en: str
    rings: tuple[tuple[tuple[float, float], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class RoadMap:
    """Everything known of where roads are; ids are sorted on load."""

    name: str
    title: str
    title_en: str
    schematic: bool
    notes: tuple[str, ...]
    junctions: tuple[Junction, ...]
    sections: tuple[Section, ...]
    zones: tuple[Zone, ...]
    assumed: tuple[str, ...] = ()  # counted defaults, one line each, for the report
