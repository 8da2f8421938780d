"""Sites: places where a depot could stand, each at a junction that machines can leave and reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from snowplan.model.roads import Section


@dataclass(frozen=True, slots=True)
class Site:
    """A place for a depot, its junction and the zone in which it lies."""

    id: str
    name: str
    zone: str
    lon: float
    lat: float
    junction: str


def zones_of_junctions(sections: Sequence[Section]) -> Mapping[str, str]:
    """The zone with the most carriageway at each junction; of equal ones the smaller id."""
    area: dict[str, dict[str, float]] = {}
    for section in sections:
        for end in {section.start, section.end}:
            zones = area.setdefault(end, {})
            zones[section.duty.zone] = zones.get(section.duty.zone, 0.0) + section.area_m2
    return {
        junction: min(zones, key=lambda zone: (-zones[zone], zone))
        for junction, zones in area.items()
    }
