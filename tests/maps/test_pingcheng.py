"""The schematic of Pingcheng against the facts that it is made from."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from itertools import pairwise
from math import hypot
from pathlib import Path

import pytest

from maps.build_pingcheng import build
from snowplan.errors import Faults
from snowplan.inputs.map_files import read_map
from snowplan.inputs.network_check import unreachable_sections
from snowplan.model.graph import road_graph
from snowplan.model.hands import FRINGE
from snowplan.model.places import distance_m
from snowplan.model.roads import CENTRE_OPERATOR, RoadClass, RoadMap, Section

FOLDER = Path(__file__).resolve().parents[2] / "maps" / "pingcheng"
CHIEF = {RoadClass.MAIN, RoadClass.SECONDARY}
# 南 to 北 for N–S roads, 西 to 东 for E–W roads, as the news and notices tell them.
CROSSINGS = {
    "平城街": "武州西一路 武州路 西环路 云中路 魏都大道 黄花街 御河西路",
    "云州街": "御河西路 文兴路 太和路 文瀛北路",
    "兴云街": "御河西路 御河东路 永和路 文兴路 永安路 太和路",
    "开源街": "庆新路 大庆路 红旗街 柳泉街 御河东路 友谊街 文兴路 永安路 太和路 文瀛南路"
    " 文瀛东三路",
    "太和路": "开源街 兴云街 云州街 文盛街 云山街 北环路",
    "文兴路": "开源街 兴云街 云州街 文盛街",
    "永安路": "开源街 兴云街",
    "文瀛北路": "云州街 文盛街 云山街",
    "御河东路": "开源街 西京街 兴云街",
    "御河西路": "兴云街 操场城街 平城街",
    "云中路": "大庆路 振兴街 迎宾街 平城街",
    "魏都大道": "南环路 源兴街 振兴街 北都街 清远街-和阳街 武定北路 平城街",
    "大庆路": "庆新路 开源街 西环路 云中路",
    "武定北路": "武州路 魏都大道 操场城街",
    "操场城街": "武定北路 御河西路",
    "清远街-和阳街": "魏都大道 大西街",
    "北都街": "魏都大道",
    "迎宾街": "前进街 云中路",
    "永和路": "兴云街",
    "南环路": "魏都大道",
    "北环路": "太和路",
    "滨河路": "新泉街",
    "同煤快线": "庆新路",
}


@pytest.fixture(scope="module")
def pingcheng() -> RoadMap:
    """The committed map; it must have no fault."""
    faults = Faults()
    road_map = read_map(FOLDER, faults)
    faults.raise_if_any()
    return road_map


def facts(name: str) -> list[dict[str, str]]:
    """One table of facts."""
    with (FOLDER / "facts" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_road(road_map: RoadMap) -> dict[str, list[Section]]:
    """Sections by the name people know, in order along the road."""
    roads: dict[str, list[Section]] = defaultdict(list)
    for section in road_map.sections:
        roads[section.name].append(section)
    return roads


def junction_roads(road_map: RoadMap) -> dict[str, set[str]]:
    """The names of the roads at each junction."""
    meeting: dict[str, set[str]] = defaultdict(set)
    for section in road_map.sections:
        meeting[section.start].add(section.name)
        meeting[section.end].add(section.name)
    return meeting


def meetings(road_map: RoadMap, name: str, others: set[str]) -> list[str]:
    """Which of the other roads a road meets, from west to east or from south to north."""
    sections = by_road(road_map)[name]
    places = {j.id: (j.lon, j.lat) for j in road_map.junctions}
    ends = [section.start for section in sections] + [section.end for section in sections]
    spans = [max(places[e][i] for e in ends) - min(places[e][i] for e in ends) for i in (0, 1)]
    axis = spans.index(max(spans))
    at_junctions = junction_roads(road_map)
    found: list[str] = []
    for end in sorted(set(ends), key=lambda e: places[e][axis]):
        found += sorted(at_junctions[end] & others - {name})
    return found


def test_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    """The committed map is what the committed tables make: rebuilt and compared byte by byte."""
    build(FOLDER / "facts", tmp_path)
    for made in sorted(tmp_path.iterdir()):
        assert made.read_bytes() == (FOLDER / made.name).read_bytes(), made.name
    assert {made.name for made in tmp_path.iterdir()} == {
        path.name for path in FOLDER.iterdir() if path.is_file()
    }


def test_it_says_that_it_is_a_schematic(pingcheng: RoadMap) -> None:
    """No street map could be had: the map's metadata must say what it is, in both languages."""
    assert pingcheng.schematic
    assert any("不是实测" in note for note in pingcheng.notes)
    assert any("not a surveyed street map" in note for note in pingcheng.notes)
    assert any("is read as carriageway, cycle lanes and pavements" in n for n in pingcheng.notes)


def test_all_twenty_three_named_roads_are_there(pingcheng: RoadMap) -> None:
    """The list of named roads is the one of news and notices; two belong to another operator."""
    named = {row["name"] for row in facts("roads")}
    roads = by_road(pingcheng)
    assert len(named) == 23
    assert named == set(CROSSINGS)
    assert named <= set(roads)
    foreign = {name for name in named if roads[name][0].duty.operator != CENTRE_OPERATOR}
    assert foreign == {"开源街", "同煤快线"}


@pytest.mark.parametrize(("name", "told"), CROSSINGS.items())
def test_crossings_come_in_the_known_order(pingcheng: RoadMap, name: str, told: str) -> None:
    """The order of crossings is told by the source named in facts/roads.csv for that road."""
    assert meetings(pingcheng, name, set(told.split())) == told.split()


def test_every_told_crossing_is_a_junction(pingcheng: RoadMap) -> None:
    """54 crossings are told; 开源街 passes over 御河西路, which therefore is none."""
    together = [names for names in junction_roads(pingcheng).values() if len(names) > 1]
    table = facts("junctions")
    assert len(table) == 54
    for row in table:
        met = any({row["road_a"], row["road_b"]} <= names for names in together)
        assert met == (row["kind"] != "grade-separated"), row


def test_seven_bridges_cross_the_river(pingcheng: RoadMap) -> None:
    """平城区环卫处, April 2020: seven bridges over the 御河; 开源桥 is 465 m (大同新闻网 2018)."""
    places = {j.id: (j.lon, j.lat) for j in pingcheng.junctions}
    river = json.loads((FOLDER / "backdrop.geojson").read_text(encoding="utf-8"))
    ring = next(
        f["geometry"]["coordinates"][0]
        for f in river["features"]
        if f["properties"]["id"] == "yuhe"
    )
    over = [
        section
        for section in pingcheng.sections
        if within(middle(places[section.start], places[section.end]), ring)
    ]
    assert len(over) == 7
    assert all("bridge" in section.duty.flags for section in over)
    kaiyuan = next(section for section in over if section.name == "开源街")
    assert (kaiyuan.way.length_m, kaiyuan.length_basis) == (465.0, "sourced")


def middle(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    """Half way between two points."""
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def within(point: tuple[float, float], ring: list[list[float]]) -> bool:
    """Even–odd rule."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def test_main_and_secondary_roads_number_72(pingcheng: RoadMap) -> None:
    """平城区环卫处, April 2020: 72 main and secondary roads; filler names say what they are."""
    chief = [
        section
        for section in pingcheng.sections
        if section.duty.road_class in CHIEF and section.duty.operator == CENTRE_OPERATOR
    ]
    assert len({section.name for section in chief}) == 72
    told = {row["name"] for row in facts("layout") if row["kind"] != "filler"}
    assert all(name in told or name.startswith("示意") for name in by_road(pingcheng))


def test_the_area_is_the_published_one(pingcheng: RoadMap) -> None:
    """14 million m² on the 72, cycle lanes and pavements included, ± 5 %; 4–9 million cleared."""
    own = [s for s in pingcheng.sections if s.duty.operator == CENTRE_OPERATOR]
    whole = sum(
        s.way.length_m * (s.way.width_m + s.way.pavement_width_m)
        for s in own
        if s.duty.road_class in CHIEF
    )
    assert whole == pytest.approx(14e6, rel=0.05)
    assert 4e6 < sum(section.area_m2 for section in own) < 9e6


def test_size_and_zones(pingcheng: RoadMap) -> None:
    """1,500 to 4,000 sections were asked for, in the five zones 东南西北中."""
    assert 1_500 <= len(pingcheng.sections) <= 4_000
    assert {zone.id: zone.name for zone in pingcheng.zones} == {
        "centre": "中区", "east": "东区", "north": "北区", "south": "南区", "west": "西区",
    }  # fmt: skip
    count = Counter(section.duty.zone for section in pingcheng.sections)
    assert min(count.values()) > 200
    assert {flag for s in pingcheng.sections for flag in s.duty.flags} == {
        "bridge", "ramp", "slope", "station", "hospital", FRINGE,
    }  # fmt: skip


def test_the_fringe_is_a_tenth_to_a_fifth_of_the_small_roads(pingcheng: RoadMap) -> None:
    """Only branch roads and lanes of the centre, all beyond 6 km (± 2 %) of the old city."""
    backdrop = json.loads((FOLDER / "backdrop.geojson").read_text(encoding="utf-8"))
    wall = next(f for f in backdrop["features"] if f["properties"]["kind"] == "old_city")
    ring = wall["geometry"]["coordinates"][0]
    corners = [(min(p[i] for p in ring), max(p[i] for p in ring)) for i in (0, 1)]
    old_city = ((corners[0][0] + corners[0][1]) / 2, (corners[1][0] + corners[1][1]) / 2)
    small = [
        section
        for section in pingcheng.sections
        if section.duty.road_class in {RoadClass.BRANCH, RoadClass.LANE}
    ]
    far_m = {s.id: distance_m(middle(s.line[0], s.line[-1]), old_city) for s in small}
    fringe = [section for section in pingcheng.sections if FRINGE in section.duty.flags]
    assert {section.duty.road_class for section in fringe} == {RoadClass.BRANCH}
    assert min(far_m[section.id] for section in fringe) > 5_880
    assert max(far_m[s.id] for s in small if FRINGE not in s.duty.flags) < 6_120
    share = sum(s.way.length_m for s in fringe) / sum(s.way.length_m for s in small)
    assert 0.1 < share < 0.2


def test_everything_can_be_reached(pingcheng: RoadMap) -> None:
    """A machine must get from any junction to any section and back; expressways are not needed."""
    home = [pingcheng.junctions[0].id, pingcheng.junctions[-1].id]
    assert unreachable_sections(pingcheng, home) == []
    without = RoadMap(
        pingcheng.name, "", "", True, (), pingcheng.junctions,
        tuple(s for s in pingcheng.sections if s.duty.operator == CENTRE_OPERATOR), (),
    )  # fmt: skip
    used = {s.start for s in without.sections}
    assert unreachable_sections(without, sorted(used)[:1]) == []


def test_junctions_are_like_a_city_s(pingcheng: RoadMap) -> None:
    """In a street network most junctions join three or four sections and few are dead ends."""
    graph = road_graph(pingcheng).to_undirected()
    degree: Counter[int] = Counter()
    for _, neighbours in graph.adjacency():
        degree[len(neighbours)] += 1
    assert max(degree) <= 6
    assert degree[3] + degree[4] > 0.8 * degree.total()
    assert min(section.way.length_m for section in pingcheng.sections) > 25


def test_every_length_says_where_it_comes_from(pingcheng: RoadMap) -> None:
    """魏都大道 11.98 km and 滨河路 6.38 km are told; all else is scaled or assumed, and says so."""
    roads = by_road(pingcheng)
    for name, length_m in (("魏都大道", 11_980), ("滨河路", 6_380)):
        assert {section.length_basis for section in roads[name]} == {"sourced"}
        total = sum(section.way.length_m for section in roads[name])
        assert total == pytest.approx(length_m, abs=3)
    sourced = {s.name for s in pingcheng.sections if s.length_basis == "sourced"}
    assert sourced == {"魏都大道", "滨河路", "开源街"}
    assert all(s.source for s in pingcheng.sections)
    assert all(s.length_basis == "assumed" for s in pingcheng.sections if "示意" in s.name)


def test_widths_follow_the_sources(pingcheng: RoadMap) -> None:
    """兴云街 has ten lanes, 云州街 eight within 50 m, 开源街 six within 25 m, 滨河路 six."""
    roads = by_road(pingcheng)
    assert {s.way.lanes for s in roads["兴云街"]} == {10}
    for name in ("云州街", "平城街"):
        red_lines = {s.way.width_m + s.way.pavement_width_m for s in roads[name]}
        assert (red_lines, {s.way.lanes for s in roads[name]}) == ({50.0}, {8})
    assert {(s.way.lanes, s.way.width_m <= 25) for s in roads["开源街"]} == {(6, True)}
    whole = {s.way.width_m + s.way.pavement_width_m for s in roads["滨河路"]}
    assert whole == {36.0, 25.5}


def test_the_old_city_is_a_square_of_1800_m() -> None:
    """The wall is a square of 1.8 km side: the natural scale bar."""
    backdrop = json.loads((FOLDER / "backdrop.geojson").read_text(encoding="utf-8"))
    wall = next(f for f in backdrop["features"] if f["properties"]["kind"] == "old_city")
    ring = [tuple(point) for point in wall["geometry"]["coordinates"][0]]
    around = sum(distance_m(a, b) for a, b in pairwise(ring))
    assert around == pytest.approx(4 * 1_800, rel=0.02)


def test_known_points_lie_where_they_should(pingcheng: RoadMap) -> None:
    """Three addresses (converted from GCJ-02) lie at their road, two temples in the old city."""
    backdrop = json.loads((FOLDER / "backdrop.geojson").read_text(encoding="utf-8"))
    wall = next(f for f in backdrop["features"] if f["properties"]["kind"] == "old_city")
    roads = by_road(pingcheng)
    for row in facts("anchors"):
        if not row["lon_wgs84"]:
            continue
        point = (float(row["lon_wgs84"]), float(row["lat_wgs84"]))
        if row["on_road"]:
            assert nearest_m(point, roads[row["on_road"]]) < 150, row["name"]
        else:
            assert within(point, wall["geometry"]["coordinates"][0]), row["name"]


def nearest_m(point: tuple[float, float], sections: list[Section]) -> float:
    """Metres from a point to the nearest of some sections, on a local plane."""
    best = float("inf")
    for section in sections:
        plane = [((x - point[0]) * 85_067, (y - point[1]) * 111_195) for x, y in section.line]
        for (x1, y1), (x2, y2) in pairwise(plane):
            dx, dy = x2 - x1, y2 - y1
            share = max(0.0, min(1.0, -(x1 * dx + y1 * dy) / (dx * dx + dy * dy)))
            best = min(best, hypot(x1 + share * dx, y1 + share * dy))
    return best


def test_everything_lies_in_the_district(pingcheng: RoadMap, shared_data: Path) -> None:
    """The outline of the district is the one of the public boundary file, not kept here."""
    path = shared_data / "pingcheng" / "boundary_wgs84.geojson"
    geometry = json.loads(path.read_text(encoding="utf-8"))["features"][0]["geometry"]
    ring = geometry["coordinates"][0][0]
    lines = [point for section in pingcheng.sections for point in section.line]
    rings = [point for zone in pingcheng.zones for point in zone.rings[0]]
    assert [point for point in lines + rings if not within(point, ring)] == []
