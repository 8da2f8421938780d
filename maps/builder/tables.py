"""The fact tables of a map, read into records."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from maps.builder.plane import Line, Point


@dataclass(frozen=True)
class Stretch:
    """What a road is along one part of it."""

    line: Line
    lanes: int
    width_m: float
    side_m: float


@dataclass(frozen=True)
class Road:
    """A road on the plan: named by a source, mentioned by one, or filler."""

    code: str
    name: str
    name_en: str
    kind: str
    road_class: str
    operator: str
    limit_kph: float
    source: str
    stretches: tuple[Stretch, ...]
    oneway: bool = False

    @property
    def line(self) -> Line:
        """The whole line through all stretches."""
        points = list(self.stretches[0].line)
        for stretch in self.stretches[1:]:
            points.extend(stretch.line[1:])
        return tuple(points)


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of one table."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plan_points(text: str) -> Line:
    """ "u v; u v" as points of the plan."""
    points: list[Point] = []
    for pair in filter(None, text.split(";")):
        u, v = pair.split()
        points.append((float(u), float(v)))
    return tuple(points)


def stretch(row: dict[str, str], default: dict[str, str]) -> Stretch:
    """One row of the layout, blank sizes from its class."""
    return Stretch(
        plan_points(row["path"]),
        int(row["lanes"] or default["lanes"]),
        float(row["width_m"] or default["width_m"]),
        float(row["side_m"] or default["side_m"]),
    )


def read_roads(folder: Path) -> list[Road]:
    """All roads of the layout, in the order of the table."""
    defaults = {row["road_class"]: row for row in rows(folder, "class_defaults")}
    parts: dict[str, list[dict[str, str]]] = {}
    for row in rows(folder, "layout"):
        parts.setdefault(row["code"], []).append(row)
    roads = []
    for code, own in parts.items():
        first = own[0]
        default = defaults[first["road_class"]]
        roads.append(
            Road(
                code,
                first["name"],
                first["name_en"],
                first["kind"],
                first["road_class"],
                first["operator"],
                float(default["limit_kph"]),
                first["source"],
                tuple(stretch(row, default) for row in own),
            )
        )
    return roads
