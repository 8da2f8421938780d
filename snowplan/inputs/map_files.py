"""A map folder read strictly: map.toml, sections, junctions and zones (WGS-84 GeoJSON)."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from snowplan.errors import Faults
from snowplan.inputs.geojson_files import WORLD, Extent, Feature, read_features, read_text
from snowplan.inputs.network_check import network_faults, section_faults
from snowplan.model.hands import FRINGE
from snowplan.model.roads import (
    CENTRE_OPERATOR,
    CRITICAL_FLAGS,
    LENGTH_BASES,
    ROAD_CLASSES,
    Carriageway,
    Duty,
    Junction,
    RoadClass,
    RoadMap,
    Section,
    Zone,
)

SECTIONS, JUNCTIONS, ZONES = "sections.geojson", "junctions.geojson", "zones.geojson"
MAP_KEYS = {
    "title", "title_en", "schematic", "notes", "notes_en", "assumed",
    "extent", "sources", "figures",
}  # fmt: skip


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class _Known:
    """The names that a section may use."""

    junctions: Collection[str]
    zones: Collection[str]
    sources: Mapping[str, str]


Item = TypeVar("Item", bound=_HasId)


def read_map(folder: Path, faults: Faults) -> RoadMap:
    """The map in `folder`, ids sorted; every fault is noted, and what could be read is returned.

    The map's name is the folder's name. In map.toml: `title`, `title_en`, `schematic`, and where
    wanted `notes`, `notes_en`, `assumed` (lists of texts), `extent` ([west, south, east, north],
    degrees), `sources` (key = text; a section's `source` then names keys of it, joined by ";")
    and `figures` (numbers for readers, not read).
    """
    if not folder.is_dir():
        beside = sorted(p.name for p in folder.parent.iterdir()) if folder.parent.is_dir() else []
        faults.add(str(folder), "", "map", folder.name, "a map folder", beside)
        return RoadMap(folder.name, folder.name, folder.name, False, (), (), (), ())
    facts = _read_map_toml(folder / "map.toml", faults)
    extent = _extent(facts, str(folder / "map.toml"), faults)
    off_junctions, off_zones, off_sections = set[str](), set[str](), set[str]()
    junctions = _collect(
        folder / JUNCTIONS, faults, off_junctions, lambda feature: _junction(feature, extent)
    )
    zones = _collect(folder / ZONES, faults, off_zones, lambda feature: _zone(feature, extent))
    known = _Known(
        {junction.id for junction in junctions} | off_junctions - {""},
        {zone.id for zone in zones} | off_zones - {""},
        facts.get("sources", {}),
    )
    sections = _collect(
        folder / SECTIONS, faults, off_sections, lambda feature: _section(feature, extent, known)
    )
    road_map = _road_map(folder.name, facts, junctions, sections, zones)
    file = str(folder / SECTIONS)
    if off_junctions or off_zones or off_sections:
        sound = _apart_from(road_map, off_junctions, off_zones)
        faults.items.extend(section_faults(sound, file))
    else:
        faults.items.extend(network_faults(road_map, file))
    return road_map


def _road_map(
    name: str,
    facts: Mapping[str, Any],
    junctions: Sequence[Junction],
    sections: Sequence[Section],
    zones: Sequence[Zone],
) -> RoadMap:
    return RoadMap(
        name=name,
        title=facts.get("title", name),
        title_en=facts.get("title_en", name),
        schematic=facts.get("schematic", False),
        notes=(*facts.get("notes", ()), *facts.get("notes_en", ())),
        junctions=tuple(junctions),
        sections=tuple(sections),
        zones=tuple(zones),
        assumed=tuple(facts.get("assumed", ())),
    )


def _apart_from(road_map: RoadMap, junctions: Collection[str], zones: Collection[str]) -> RoadMap:
    """The map without the sections at unreadable places, whose faults would only be echoes."""
    sound = [
        section
        for section in road_map.sections
        if not {section.start, section.end} & set(junctions) and section.duty.zone not in zones
    ]
    unread = "" in junctions or "" in zones
    return replace(road_map, sections=() if unread else tuple(sound))


def _read_map_toml(path: Path, faults: Faults) -> dict[str, Any]:
    text = read_text(path, faults)
    if text is None:
        return {}
    try:
        facts = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        faults.add(str(path), "", "", str(error), "valid TOML")
        return {}
    for key in sorted(set(facts) - MAP_KEYS):
        faults.add(str(path), f"key {key}", "", key, "no such key", MAP_KEYS)
    for key, value in list(facts.items()):
        expected = _wrong_kind(key, value)
        if expected:
            faults.add(str(path), f"key {key}", "", value, expected)
            del facts[key]
    for key in ("title", "title_en", "schematic"):
        if key not in facts and f"key {key}" not in {fault.where for fault in faults.items}:
            faults.add(str(path), f"key {key}", "", "nothing", "this key must be given", facts)
    return facts


def _wrong_kind(key: str, value: Any) -> str:
    """What was expected of a key of map.toml, or "" where the value is right."""
    if key in {"title", "title_en"}:
        return "" if isinstance(value, str) and value.strip() else "a text"
    if key == "schematic":
        return "" if isinstance(value, bool) else "true or false"
    if key in {"notes", "notes_en", "assumed"}:
        right = isinstance(value, list) and all(isinstance(item, str) for item in value)
        return "" if right else "a list of texts"
    if key == "sources":
        right = isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
        return "" if right else "a table of key = text"
    if key == "figures":
        return "" if isinstance(value, dict) else "a table"
    return ""


def _extent(facts: Mapping[str, Any], file: str, faults: Faults) -> Extent:
    """The rectangle that all coordinates must lie in; the whole world where none is given."""
    if "extent" not in facts:
        return WORLD
    value = facts["extent"]
    numbers = isinstance(value, list) and all(isinstance(item, (int, float)) for item in value)
    if numbers and len(value) == 4 and all(map(math.isfinite, value)):
        west, south, east, north = (float(item) for item in value)
        if -180 <= west < east <= 180 and -90 <= south < north <= 90:
            return west, south, east, north
    faults.add(file, "key extent", "", value, "[west, south, east, north] in degrees")
    return WORLD


def _collect(
    path: Path, faults: Faults, broken: set[str], build: Callable[[Feature], Item]
) -> list[Item]:
    """Every faultless feature of a file as a record, by id; ids of the others go to `broken`."""
    items: dict[str, Item] = {}
    first: dict[str, int] = {}
    count = len(faults.items)
    for feature in read_features(path, faults):
        item = build(feature)
        feature.no_others()
        if item.id in first:
            feature.fault("id", item.id, f"an id of its own; feature {first[item.id]} has it")
        elif item.id:
            first[item.id] = feature.number
        if len(faults.items) == count:
            items[item.id] = item
        else:
            broken.add(item.id)
        count = len(faults.items)
    if not items and not first:
        broken.add("")
        if not any(fault.file == str(path) for fault in faults.items):
            faults.add(str(path), "", "features", "none", "at least one feature")
    return [items[key] for key in sorted(items)]


def _junction(feature: Feature, extent: Extent) -> Junction:
    value = feature.coordinates("Point")
    point = feature.point(value, extent) if value is not None else None
    lon, lat = point or (0.0, 0.0)
    return Junction(feature.text("id"), lon, lat, feature.text("name", ""))


def _zone(feature: Feature, extent: Extent) -> Zone:
    rings = []
    if feature.geometry is not None:
        value = feature.coordinates("Polygon")
        for ring in value if isinstance(value, list) else ():
            points = feature.line(ring, extent, least=4)
            if points and points[0] != points[-1]:
                feature.fault("geometry", list(points[-1]), "a ring that ends where it begins")
            rings.append(points)
    return Zone(feature.text("id"), feature.text("name"), feature.text("name_en", ""), tuple(rings))


def _section(feature: Feature, extent: Extent, known: _Known) -> Section:
    value = feature.coordinates("LineString")
    line = feature.line(value, extent) if value is not None else ()
    return Section(
        id=feature.text("id"),
        name=feature.text("name"),
        name_en=feature.text("name_en", ""),
        start=_known(feature, "start", known.junctions),
        end=_known(feature, "end", known.junctions),
        way=_carriageway(feature),
        duty=_duty(feature, known.zones),
        line=line,
        source=_source(feature, known.sources),
        length_basis=feature.choice("length_basis", LENGTH_BASES),
    )


def _known(feature: Feature, name: str, known: Collection[str]) -> str:
    """An id that must be known; where nothing is (the file is missing) any is taken."""
    return feature.choice(name, known) if known else feature.text(name)


def _carriageway(feature: Feature) -> Carriageway:
    side_m = feature.number_in("pavement_width_m", 0, 100, default=0.0)
    cycle_m = feature.optional_number("cycle_width_m", 0, 100)
    if cycle_m is not None and cycle_m > side_m:
        feature.fault("cycle_width_m", cycle_m, f"at most pavement_width_m, {side_m:g}")
    return Carriageway(
        length_m=feature.number_in("length_m", 0, 100_000, above=True),
        lanes=feature.whole("lanes", 1, 20),
        width_m=feature.number_in("width_m", 0, 150, above=True),
        oneway=feature.yes_no("oneway"),
        limit_kph=feature.number_in("limit_kph", 0, 150, above=True),
        pavement_width_m=side_m,
        cycle_width_m=cycle_m,
    )


def _duty(feature: Feature, zones: Collection[str]) -> Duty:
    name = feature.choice("road_class", ROAD_CLASSES)
    return Duty(
        road_class=ROAD_CLASSES.get(name, RoadClass.LANE),
        zone=_known(feature, "zone", zones),
        operator=feature.text("operator", CENTRE_OPERATOR),
        flags=feature.words("flags", (*CRITICAL_FLAGS, FRINGE)),
        haul_required=feature.yes_no("haul_required", default=False),
        closed=feature.yes_no("closed", default=False),
    )


def _source(feature: Feature, sources: Mapping[str, str]) -> str:
    """The source as people read it: keys of map.toml's `sources` are written out."""
    text = feature.text("source")
    if not sources or not text:
        return text
    keys = [key.strip() for key in text.split(";")]
    for key in keys:
        if key not in sources:
            feature.fault("source", key, "a key of [sources] in map.toml", sources)
    return "; ".join(f"{key} {sources.get(key, '')}" for key in keys)
