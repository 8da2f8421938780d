"""Class defaults: what an OpenStreetMap `highway` value means where a way says nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from snowplan.errors import Faults
from snowplan.inputs.reading import Reading
from snowplan.inputs.table_files import Row, by_name, read_items
from snowplan.model.roads import ROAD_CLASSES, RoadClass

TABLE = "seeds/osm_classes.csv"
COLUMNS = (
    "highway", "road_class", "lanes_per_direction", "lane_width_m", "limit_kph", "operator",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClassDefault:
    """One row of `osm_classes.csv`."""

    highway: str
    road_class: RoadClass
    lanes_per_direction: int
    lane_width_m: float
    limit_kph: float
    operator: str


def read_class_defaults(path: Path, faults: Faults) -> dict[str, ClassDefault]:
    """The table by `highway` value; faults name the row and the column."""
    items = read_items(Reading(path.parent, faults), path, COLUMNS, _default, key=("highway",))
    return by_name(items, lambda item: item.highway)


def _default(row: Row) -> ClassDefault:
    name = row.choice("road_class", ROAD_CLASSES, "a road class")
    return ClassDefault(
        highway=row.text("highway"),
        road_class=ROAD_CLASSES.get(name, RoadClass.LANE),
        lanes_per_direction=row.whole("lanes_per_direction", 1, 8),
        lane_width_m=row.number_in("lane_width_m", 2, 6),
        limit_kph=row.number_in("limit_kph", 5, 150),
        operator=row.text("operator"),
    )
