"""GeoJSON read strictly: features one by one, every property checked, every fault noted."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from snowplan.errors import Faults

Point = tuple[float, float]
Extent = tuple[float, float, float, float]  # west, south, east, north
WORLD: Extent = (-180.0, -90.0, 180.0, 90.0)


@dataclass(slots=True)
class Feature:
    """One feature under reading: its properties, its place in the file, what was wrong so far."""

    file: str
    number: int
    properties: dict[str, Any]
    geometry: Any
    faults: Faults
    asked: set[str] = field(default_factory=set)

    @property
    def where(self) -> str:
        """Feature number and, where there is one, the id."""
        name = self.properties.get("id")
        return f"feature {self.number}" + (f" ({name})" if isinstance(name, str) else "")

    def fault(self, name: str, found: object, expected: str, known: Collection[str] = ()) -> None:
        """Note one fault of this feature."""
        self.faults.add(self.file, self.where, name, found, expected, known)

    def _value(self, name: str, default: Any) -> tuple[bool, Any]:
        self.asked.add(name)
        if name in self.properties and self.properties[name] is not None:
            return True, self.properties[name]
        if default is None:
            self.fault(name, "nothing", "a value; this property must be given", self.properties)
        return False, default

    def text(self, name: str, default: str | None = None) -> str:
        """A text; must not be blank where there is no default."""
        given, value = self._value(name, default)
        if not given:
            return default or ""
        if not isinstance(value, str) or (default is None and not value.strip()):
            self.fault(name, value, "a text")
            return default or ""
        return value.strip()

    def choice(self, name: str, known: Collection[str], default: str | None = None) -> str:
        """A text that is one of `known`; the nearest is proposed otherwise."""
        value = self.text(name, default)
        if value and value not in known:
            shown = ", ".join(sorted(known)) if len(known) <= 8 else f"one of {len(known)} ids"
            self.fault(name, value, shown, known)
        return value

    def number_in(
        self, name: str, low: float, high: float, default: float | None = None, above: bool = False
    ) -> float:
        """A finite number from `low` (not itself where `above`) to `high`."""
        given, value = self._value(name, default)
        if not given:
            return 0.0 if default is None else default
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        fits = is_number and math.isfinite(value) and low <= value <= high
        if not fits or (above and value == low):
            bound = "above" if above else "from"
            self.fault(name, value, f"a number {bound} {low:g} to {high:g}")
            return 0.0
        return float(value)

    def optional_number(self, name: str, low: float, high: float) -> float | None:
        """A finite number from `low` to `high`, or None where there is none."""
        given, _ = self._value(name, 0.0)
        return self.number_in(name, low, high) if given else None

    def whole(self, name: str, low: int, high: int) -> int:
        """A whole number."""
        value = self.number_in(name, low, high)
        if value != int(value):
            self.fault(name, value, "a whole number")
        return int(value)

    def yes_no(self, name: str, default: bool | None = None) -> bool:
        """True or false, never a word or a number."""
        given, value = self._value(name, default)
        if given and not isinstance(value, bool):
            self.fault(name, value, "true or false")
            return False
        return bool(value)

    def words(self, name: str, known: Collection[str]) -> tuple[str, ...]:
        """A list of known words without repeats, sorted; empty where absent."""
        given, value = self._value(name, ())
        if not given:
            return ()
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            self.fault(name, value, "a list of words")
            return ()
        for word in value:
            if word not in known:
                self.fault(name, word, "one of " + ", ".join(sorted(known)), known)
        if len(set(value)) != len(value):
            self.fault(name, value, "each word once")
        return tuple(sorted(set(value)))

    def no_others(self) -> None:
        """Refuse properties that nobody asked for."""
        for name in self.properties:
            if name not in self.asked:
                self.fault(name, name, "no such property", self.asked)

    def coordinates(self, kind: str) -> Any:
        """The coordinates of a geometry of that kind, or None with a fault."""
        if not isinstance(self.geometry, dict) or self.geometry.get("type") != kind:
            found = self.geometry.get("type") if isinstance(self.geometry, dict) else self.geometry
            self.fault("geometry", found, kind)
            return None
        return self.geometry.get("coordinates")

    def point(self, value: Any, extent: Extent) -> Point | None:
        """One (longitude, latitude) inside the extent, or None with a fault."""
        if not (isinstance(value, list) and len(value) in {2, 3} and all(map(_is_finite, value))):
            self.fault("geometry", value, "[longitude, latitude] as finite numbers")
            return None
        lon, lat = float(value[0]), float(value[1])
        west, south, east, north = extent
        if west <= lon <= east and south <= lat <= north:
            return lon, lat
        swapped = west <= lat <= east and south <= lon <= north
        hint = "; longitude and latitude look swapped" if swapped else ""
        self.fault(
            "geometry",
            [lon, lat],
            f"longitude {west:g} to {east:g}, latitude {south:g} to {north:g}{hint}",
        )
        return None

    def line(self, value: Any, extent: Extent, least: int = 2) -> tuple[Point, ...]:
        """A line of at least `least` points; the first wrong point is the one reported."""
        if not isinstance(value, list) or len(value) < least:
            self.fault("geometry", value, f"a list of at least {least} points")
            return ()
        points: list[Point] = []
        for item in value:
            point = self.point(item, extent)
            if point is None:
                return ()
            points.append(point)
        return tuple(points)


def _is_finite(value: object) -> bool:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return is_number and math.isfinite(value)  # type: ignore[arg-type]


def _no_repeats(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise ValueError(f"the key '{repeated[0]}' stands twice in one object")
    return dict(pairs)


def read_text(path: Path, faults: Faults) -> str | None:
    """The text of a UTF-8 file, or None with a fault that names what stands beside it."""
    if not path.is_file():
        beside = sorted(p.name for p in path.parent.iterdir()) if path.parent.is_dir() else []
        faults.add(str(path), "", "", path.name, "a file of this name", beside)
        return None
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        faults.add(str(path), f"byte {error.start}", "", "bytes that are not UTF-8", "UTF-8 text")
        return None


def read_features(path: Path, faults: Faults) -> Iterator[Feature]:
    """Every feature of a FeatureCollection, numbered from 1; nothing where it cannot be read."""
    text = read_text(path, faults)
    if text is None:
        return
    file = str(path)
    try:
        data = json.loads(text, object_pairs_hook=_no_repeats)
    except json.JSONDecodeError as error:
        faults.add(file, f"line {error.lineno}", "", error.msg, "GeoJSON (valid JSON)")
        return
    except (ValueError, RecursionError) as error:
        faults.add(file, "", "", str(error), "GeoJSON (each key once in an object)")
        return
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        found = data.get("type") if isinstance(data, dict) else type(data).__name__
        faults.add(file, "", "type", found, "FeatureCollection")
        return
    if not isinstance(data.get("features"), list):
        faults.add(file, "", "features", type(data.get("features")).__name__, "a list of features")
        return
    for number, item in enumerate(data["features"], start=1):
        properties = item.get("properties") if isinstance(item, dict) else None
        if not isinstance(properties, dict) or item.get("type") != "Feature":
            faults.add(file, f"feature {number}", "", item, "a Feature with properties")
            continue
        yield Feature(file, number, properties, item.get("geometry"), faults)
