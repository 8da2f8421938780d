"""GeoJSON written so that a change reads as a change: one feature a line, ids sorted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from maps.builder.plane import Point, degrees, dense

Feature = dict[str, Any]


def feature(properties: dict[str, Any], kind: str, coordinates: Any) -> Feature:
    """One GeoJSON feature; empty lists and `false` for hauling are left out."""
    kept = {
        key: _whole(value)
        for key, value in properties.items()
        if value not in ([], ()) and (key != "haul_required" or value)
    }
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": kept, "geometry": geometry}


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value == int(value) else value


def ring_degrees(ring: Sequence[Point]) -> list[list[float]]:
    """A ring of the plan as degrees, closed."""
    return [degrees(point) for point in dense((*ring, ring[0]))]


def write_features(path: Path, features: Sequence[Feature]) -> None:
    """A FeatureCollection in the order of ids, one feature a line."""
    ordered = sorted(features, key=lambda item: item["properties"]["id"])
    lines = ",\n".join(
        json.dumps(item, ensure_ascii=False, separators=(", ", ": ")) for item in ordered
    )
    head = f'{{"type": "FeatureCollection", "name": "{path.stem}", "features": [\n'
    path.write_text(f"{head}{lines}\n]}}\n", encoding="utf-8", newline="\n")
