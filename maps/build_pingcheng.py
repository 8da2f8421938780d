"""Build the schematic map of Pingcheng: `python -m maps.build_pingcheng [folder]`.

Reads `maps/pingcheng/facts/*.csv` and writes map.toml, sections, junctions, zones and the
backdrop (river, railway, lake, old city: for the eye, not read by snowplan). The same tables give
the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from maps.builder.attributes import find_zone, flags, hauled, lengths, zone_of
from maps.builder.figures import map_toml
from maps.builder.filling import fill
from maps.builder.network import cut, find_nodes
from maps.builder.plane import degrees, dense
from maps.builder.tables import plan_points, read_roads, rows
from maps.builder.writing import feature, ring_degrees, write_features

HERE = Path(__file__).resolve().parent / "pingcheng"


def build(facts: Path, folder: Path) -> dict[str, float]:
    """Write the map made from the tables in `facts` to `folder`; returns its figures."""
    roads = read_roads(facts)
    for kind in ("branch", "lane"):
        roads += fill(facts, roads, kind)
    nodes = find_nodes(facts, roads)
    pieces = cut(roads, nodes)
    sizes, marks, zones = lengths(facts, pieces), flags(facts, pieces), zone_of(facts)
    sections = []
    for piece in pieces:
        zone = find_zone(zones, piece)
        properties = {
            "id": piece.id,
            "name": piece.road.name,
            "name_en": piece.road.name_en,
            "start": piece.start.id,
            "end": piece.end.id,
            "road_class": piece.road.road_class,
            "length_m": sizes[piece.id][0],
            "lanes": piece.size.lanes,
            "width_m": piece.size.width_m,
            "oneway": piece.road.oneway,
            "limit_kph": piece.road.limit_kph,
            "pavement_width_m": piece.size.side_m,
            "zone": zone,
            "operator": piece.road.operator,
            "flags": marks[piece.id],
            "haul_required": hauled(piece, zone, marks[piece.id]),
            "source": piece.road.source,
            "length_basis": sizes[piece.id][1],
        }
        line = [degrees(point) for point in dense(piece.line)]
        sections.append(feature(properties, "LineString", line))
    junctions = [
        feature({"id": node.id, "name": node.name}, "Point", degrees(node.point)) for node in nodes
    ]
    folder.mkdir(parents=True, exist_ok=True)
    write_features(folder / "sections.geojson", sections)
    write_features(folder / "junctions.geojson", junctions)
    _write_areas(facts, folder)
    text, figures = map_toml(facts, [item["properties"] for item in sections])
    (folder / "map.toml").write_text(text, encoding="utf-8", newline="\n")
    return figures


def _write_areas(facts: Path, folder: Path) -> None:
    """Zones, and the backdrop for the eye."""
    for name, table, columns in (
        ("zones", "zones", ("id", "name", "name_en")),
        ("backdrop", "barriers", ("id", "name", "name_en", "kind")),
    ):
        areas = [
            feature(
                {column: row[column] for column in columns},
                "Polygon",
                [ring_degrees(plan_points(row["ring"]))],
            )
            for row in rows(facts, table)
        ]
        write_features(folder / f"{name}.geojson", areas)


def main(arguments: list[str]) -> None:
    """Build into the folder given, or over the map that is there, and print the figures."""
    folder = Path(arguments[0]) if arguments else HERE
    for name, value in build(HERE / "facts", folder).items():
        sys.stdout.write(f"{name} = {value:g}\n" if value < 1e5 else f"{name} = {value:,.0f}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
