"""Reading maps strictly: every fault with its place, all at once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from snowplan.errors import Faults
from snowplan.inputs.map_files import read_map
from snowplan.inputs.network_check import unreachable_sections
from snowplan.model.roads import RoadClass, RoadMap

MAPS = Path(__file__).resolve().parents[2] / "maps"
Change = Callable[[dict[str, Any]], None]


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A copy of the toy town that a test may spoil."""
    return Path(shutil.copytree(MAPS / "toy_town", tmp_path / "town"))


def messages(folder: Path) -> list[str]:
    """What the reader finds wrong."""
    faults = Faults()
    read_map(folder, faults)
    return [str(fault) for fault in faults.items]


def read(folder: Path) -> RoadMap:
    """The map, which must have no fault."""
    faults = Faults()
    road_map = read_map(folder, faults)
    faults.raise_if_any()
    return road_map


def spoil(folder: Path, name: str, number: int, change: Change) -> None:
    """Change one feature (numbered from 1) of a GeoJSON file."""
    path = folder / f"{name}.geojson"
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data["features"][number - 1])
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def setting(**values: Any) -> Change:
    """A change of properties."""
    return lambda feature: feature["properties"].update(values)


def shape(kind: str, coordinates: Any) -> Change:
    """A change of the geometry."""
    geometry = {"type": kind, "coordinates": coordinates}
    return lambda feature: feature.update(geometry=geometry)


def test_toy_town_as_it_was_drawn() -> None:
    """Six junctions and seven sections, counted by hand on the drawing of the toy town."""
    town = read(MAPS / "toy_town")
    assert [junction.id for junction in town.junctions] == ["a", "b", "c", "d", "e", "f"]
    assert len(town.sections) == 7
    assert {zone.id for zone in town.zones} == {"centre", "east"}
    main = next(section for section in town.sections if section.id == "main-street-02")
    assert (main.start, main.end, main.way.length_m, main.way.width_m) == ("b", "c", 600.0, 12.0)
    assert (main.duty.road_class, main.duty.zone) == (RoadClass.MAIN, "east")
    assert main.duty.critical
    assert main.area_m2 == 7_200.0
    one_way = [section.id for section in town.sections if section.way.oneway]
    assert one_way == ["one-way-street-01"]
    assert town.schematic
    assert town.name == "toy_town"
    assert len(town.notes) == 2


def test_order_in_the_files_does_not_matter(town: Path) -> None:
    """Ids are sorted on load: the same features in another order are the same map."""
    for name in ("sections", "junctions", "zones"):
        path = town / f"{name}.geojson"
        data = json.loads(path.read_text(encoding="utf-8"))
        data["features"].reverse()
        path.write_text(json.dumps(data), encoding="utf-8")
    there, here = read(town), read(MAPS / "toy_town")
    assert (there.sections, there.junctions, there.zones) == (
        here.sections,
        here.junctions,
        here.zones,
    )


def test_what_may_be_left_out(town: Path) -> None:
    """The defaults are those of the model: the centre clears, nothing is closed or hauled."""
    duty = read(town).sections[0].duty
    assert (duty.operator, duty.flags, duty.closed, duty.haul_required) == (
        "centre",
        (),
        False,
        False,
    )


def test_sources_are_written_out() -> None:
    """A key of [sources] in map.toml comes out as people read it: publisher and date."""
    first = next(s for s in read(MAPS / "pingcheng").sections if s.name == "兴云街")
    assert first.source.startswith("S4 大同新闻网 2009-10-31")


def test_many_faults_are_told_at_once(town: Path) -> None:
    """Nine faults were put in by hand; all nine come back with place, found, expected and hint."""
    spoil(town, "sections", 1, setting(length_m=-5))
    spoil(town, "sections", 2, setting(road_class="brunch"))
    spoil(town, "sections", 3, setting(zone="center"))
    spoil(town, "sections", 4, setting(end="z"))
    spoil(town, "sections", 5, setting(colour="red"))
    spoil(town, "sections", 6, setting(width_m=float("nan")))
    spoil(town, "sections", 7, setting(id="main-street-01"))
    spoil(town, "junctions", 4, shape("Point", [40.0, 113.0]))
    (town / "map.toml").write_text(
        'title = "镇"\ntitle_en = "Town"\nshematic = true\nschematic = true\n', encoding="utf-8"
    )
    found = "\n".join(messages(town))
    for words in (
        "feature 1 (bridge-lane-01), length_m: found -5; expected a number above 0",
        (
            "road_class: found 'brunch'; expected branch, expressway, "
            "lane, main, secondary; did you mean 'branch'?"
        ),
        (
            "feature 3 (main-street-01), zone: found 'center'; expected centre, east; "
            "did you mean 'centre'?"
        ),
        "feature 4 (main-street-02), end: found 'z'; expected a, b, c, d, e, f",
        "feature 5 (mill-road-01), colour: found 'colour'; expected no such property",
        "feature 6 (one-way-street-01), width_m: found nan; expected a number above 0 to 150",
        (
            "feature 7 (main-street-01), id: found 'main-street-01'; expected an id of its own; "
            "feature 3 has it"
        ),
        "junctions.geojson feature 4 (d), geometry: found [40.0, 113.0]; expected longitude",
        "longitude and latitude look swapped",
        "map.toml key shematic: found 'shematic'; expected no such key; did you mean 'schematic'?",
    ):
        assert words in found
    assert len(found.splitlines()) == 9


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (setting(length_m=float("inf")), "length_m: found inf; expected a number above 0"),
        (setting(length_m="600 m"), "length_m: found '600 m'; expected a number above 0"),
        (setting(length_m=True), "length_m: found True; expected a number above 0"),
        (setting(length_m=None), "length_m: found 'nothing'; expected a value"),
        (setting(lanes=1.5), "lanes: found 1.5; expected a whole number"),
        (setting(lanes=0), "lanes: found 0; expected a number from 1 to 20"),
        (setting(oneway="no"), "oneway: found 'no'; expected true or false"),
        (setting(pavement_width_m=-1), "pavement_width_m: found -1; expected a number from 0"),
        (setting(cycle_width_m="2"), "cycle_width_m: found '2'; expected a number from 0 to 100"),
        (setting(cycle_width_m=9), "cycle_width_m: found 9.0; expected at most pavement_width_m"),
        (setting(limit_kph=0), "limit_kph: found 0; expected a number above 0"),
        (setting(name=" "), "name: found ' '; expected a text"),
        (setting(name=7), "name: found 7; expected a text"),
        (setting(flags=["brigde"]), "flags: found 'brigde'; expected one of bridge"),
        (setting(flags=["ramp", "ramp"]), "flags: found ['ramp', 'ramp']; expected each word once"),
        (setting(flags="ramp"), "flags: found 'ramp'; expected a list of words"),
        (setting(length_basis="guessed"), "length_basis: found 'guessed'; expected assumed"),
        (setting(length_m=6), "length_m: found 6.0; expected at least half of the 400 m"),
        (setting(length_m=40_000), "length_m: found 40000.0; expected a length in keeping"),
        (setting(width_m=0.5), "width_m: found 0.5; expected 1.5 to 20 m for each of the 1 lanes"),
        (setting(end="a", length_m=5), "length_m: found 5.0; expected at least 20 m for a loop"),
        (setting(end="f"), "end: found 'f'; expected a junction where its line ends; it"),
        (shape("Point", [113.0, 40.0]), "geometry: found 'Point'; expected LineString"),
        (shape("LineString", [[113.0, 40.0]]), "expected a list of at least 2 points"),
        (shape("LineString", [[113.0, 40.0], [113.0]]), "expected [longitude, latitude] as finite"),
        (shape("LineString", [[113.0, 40.0], [113.0, 95.0]]), "expected longitude -180 to 180"),
        (lambda feature: feature.update(geometry=None), "geometry: found None; expected Line"),
        (lambda feature: feature.update(type="Thing"), "expected a Feature with properties"),
    ],
)  # fmt: skip
def test_a_wrong_section_is_refused(town: Path, change: Change, words: str) -> None:
    """Each value can never be true of a street, so the message says what was expected instead."""
    spoil(town, "sections", 1, change)
    assert words in "\n".join(messages(town))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title = ", "map.toml: found 'Invalid value"),
        ('title = "a"\ntitle_en = "b"\n', "key schematic: found 'nothing'; expected this key must"),
        ('title = 3\ntitle_en = "b"\nschematic = true', "key title: found 3; expected a text"),
        ('title = "a"\ntitle_en = "b"\nschematic = "yes"', "found 'yes'; expected true or false"),
        (
            'title = "a"\ntitle_en = "b"\nschematic = true\nnotes = "n"',
            "found 'n'; expected a list of texts",
        ),
        (
            'title = "a"\ntitle_en = "b"\nschematic = true\nextent = [114, 39, 113, 41]',
            "key extent: found [114, 39, 113, 41]; expected [west, south, east, north]",
        ),
        (
            'title = "a"\ntitle_en = "b"\nschematic = true\n[sources]\nS1 = 3',
            "expected a table of key = text",
        ),
        (
            'title = "a"\ntitle_en = "b"\nschematic = true\nfigures = 3',
            "key figures: found 3; expected a table",
        ),
        (
            'title = "a"\ntitle_en = "b"\nschematic = true\n[sources]\ninvented = "by hand"',
            "source: found 'invented, worked by hand'; expected a key of [sources]",
        ),
        (
            'title = "a"\ntitle_en = "b"\nschematic = true\nextent = [113.0, 39.0, 113.01, 41.0]',
            "expected longitude 113 to 113.01, latitude 39 to 41",
        ),
    ],
)
def test_a_wrong_map_toml_is_refused(town: Path, text: str, words: str) -> None:
    """Keys and kinds are those that read_map's description names."""
    (town / "map.toml").write_text(text, encoding="utf-8")
    assert words in "\n".join(messages(town))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe", "sections.geojson byte 0: found 'bytes that are not UTF-8'"),
        (b'{"type": ', "sections.geojson line 1: found 'Expecting value'; expected GeoJSON"),
        (b'{"a": 1, "a": 2}', "the key 'a' stands twice in one object"),
        (b'{"type": "Feature"}', "type: found 'Feature'; expected FeatureCollection"),
        (b"[]", "type: found 'list'; expected FeatureCollection"),
        (b'{"type": "FeatureCollection"}', "features: found 'NoneType'; expected a list"),
        (b'{"type": "FeatureCollection", "features": []}', "expected at least one feature"),
    ],
)
def test_a_wrong_file_is_refused(town: Path, content: bytes, words: str) -> None:
    """What is not a GeoJSON FeatureCollection in UTF-8 (RFC 7946) is refused as a whole."""
    (town / "sections.geojson").write_bytes(content)
    assert words in "\n".join(messages(town))


def test_a_missing_file_is_named(town: Path) -> None:
    """A file that is not there is one fault, with the nearest name that is, and no echoes."""
    (town / "junctions.geojson").rename(town / "junction.geojson")
    found = messages(town)
    assert len(found) == 1
    assert "expected a file of this name; did you mean 'junction.geojson'?" in found[0]


def test_a_missing_map_is_named(tmp_path: Path) -> None:
    """A folder that is not there is one fault, with the nearest name beside it."""
    (tmp_path / "toy_town").mkdir()
    assert "found 'toy_twon'; expected a map folder; did you mean 'toy_town'?" in str(
        messages(tmp_path / "toy_twon")
    )
    assert "expected a map folder" in str(messages(tmp_path / "no" / "map"))


def test_a_broken_ring_of_a_zone_is_refused(town: Path) -> None:
    """A polygon's ring ends where it begins (RFC 7946, 3.1.6)."""
    ring = [[113.0, 40.0], [113.1, 40.0], [113.1, 40.1], [113.0, 40.1]]
    spoil(town, "zones", 1, shape("Polygon", [ring]))
    assert "expected a ring that ends where it begins" in "\n".join(messages(town))


def test_a_zone_without_outline_may_be(town: Path) -> None:
    """Zones are needed, their outlines are not always known."""
    spoil(town, "zones", 1, lambda feature: feature.update(geometry=None))
    assert read(town).zones[0].rings == ()


def test_idle_zones_and_junctions_are_faults(town: Path) -> None:
    """A zone or junction that no section touches is a slip of the pen."""
    for number in (2, 4, 6):
        spoil(town, "sections", number, setting(zone="centre"))
    spoil(town, "sections", 5, setting(start="e", end="b"))
    spoil(town, "sections", 5, shape("LineString", [[113.007044, 39.996403], [113.007044, 40.0]]))
    spoil(town, "sections", 1, setting(end="b"))
    spoil(town, "sections", 1, shape("LineString", [[113.0, 40.0], [113.007044, 40.0]]))
    found = messages(town)
    assert any("zone east: found 'no section'" in text for text in found)
    assert any("junction d: found 'no section'" in text for text in found)


def test_a_map_with_nothing_to_clear_is_refused(town: Path) -> None:
    """Where every section is another operator's there is no plan to try."""
    for number in range(1, 8):
        spoil(town, "sections", number, setting(operator="xincheng"))
    assert "no section of the centre" in "\n".join(messages(town))


def test_sections_out_of_reach_are_named(town: Path) -> None:
    """With 医院路 and 主街 2 closed, c has no way in and f none back: only the one-way is lost."""
    spoil(town, "sections", 2, setting(closed=True))
    road_map = read(town)
    assert unreachable_sections(road_map, ["a"]) == ["one-way-street-01"]
    spoil(town, "sections", 4, setting(closed=True))
    road_map = read(town)
    assert unreachable_sections(road_map, ["a"]) == ["one-way-street-01"]
    assert unreachable_sections(road_map, ["a", "c"]) == [
        section.id for section in road_map.sections if not section.duty.closed
    ]


def test_whole_towns_are_in_reach() -> None:
    """Every section of the toy town can be driven to and back, the one-way street by a loop."""
    town = read(MAPS / "toy_town")
    assert unreachable_sections(town, [junction.id for junction in town.junctions]) == []
    assert len(unreachable_sections(town, ["nowhere"])) == 7
