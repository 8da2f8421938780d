"""Road networks saved by OSMnx: what becomes of arcs and tags, what is counted, what is refused."""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter
from html import escape
from pathlib import Path

import pytest

from snowplan.errors import Faults
from snowplan.inputs.graphml_files import read_osmnx_graphml
from snowplan.inputs.network_check import network_faults
from snowplan.model.roads import RoadClass, RoadMap

NODES = {"a": (117.00, 36.60), "b": (117.01, 36.60), "c": (117.01, 36.61), "d": (117.00, 36.61)}
TAGS = ("x", "y", "osmid", "length", "highway", "lanes", "width", "maxspeed", "name", "bridge")
TABLE = Path(__file__).resolve().parents[2] / "seeds" / "osm_classes.csv"

Arc = tuple[str, str, dict[str, str]]


def arc(start: str, end: str, osmid: str = "1", length: str = "900", **tags: str) -> Arc:
    """An arc with the three tags that every OSMnx arc has; further tags as given."""
    return start, end, {"osmid": osmid, "length": length, "highway": "residential", **tags}


def ring() -> list[Arc]:
    """A two-way ring a-b-c-d of four ways."""
    pairs = [("a", "b", "11"), ("b", "c", "12"), ("c", "d", "13"), ("d", "a", "14")]
    return [arc(u, v, way) for u, v, way in pairs] + [arc(v, u, way) for u, v, way in pairs]


def graphml(
    arcs: list[Arc],
    nodes: dict[str, tuple[object, object]] | None = None,
    edgedefault: str = "directed",
    keys: tuple[str, ...] | None = None,
    head: str = "",
) -> str:
    """GraphML as OSMnx writes it; parallel arcs differ in their `id`, or have `keys`."""

    def data(tags: dict[str, object]) -> str:
        return "".join(f'<data key="k-{k}">{escape(str(v))}</data>\n' for k, v in tags.items())

    known = sorted({*TAGS, "geometry", "name:en", *(tag for *_, tags in arcs for tag in tags)})
    lines = [f'<key id="k-{name}" for="all" attr.name="{name}"/>' for name in known]
    lines += [head, f'<graph edgedefault="{edgedefault}">']
    for name, (x, y) in (NODES if nodes is None else nodes).items():
        lines.append(f'<node id="{name}">{data({"x": x, "y": y})}</node>')
    running: Counter[tuple[str, str]] = Counter()
    for n, (u, v, tags) in enumerate(arcs):
        key = keys[n] if keys else running[u, v]
        running[u, v] += 1
        lines.append(f'<edge source="{u}" target="{v}" id="{key}">{data(dict(tags))}</edge>')
    inside = "\n".join(lines)
    return f'<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n{inside}\n</graph></graphml>'


def read(folder: Path, text: str, **options: object) -> tuple[RoadMap, str]:
    """The map of a GraphML text, and its faults as one message."""
    path = folder / "town.graphml"
    path.write_text(text, encoding="utf-8")
    faults = Faults()
    road_map = read_osmnx_graphml(path, faults, **options)  # type: ignore[arg-type]
    return road_map, "\n".join(map(str, faults.items))


def sound(folder: Path, arcs: list[Arc], **options: object) -> RoadMap:
    """The map of arcs that have no fault."""
    road_map, message = read(folder, graphml(arcs), **options)
    assert message == ""
    return road_map


def default_of(highway: str) -> dict[str, str]:
    """A row of the shipped table, read here with the csv module alone."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return next(row for row in csv.DictReader(stream) if row["highway"] == highway)


def test_arc_and_reverse_are_one_two_way_section(tmp_path: Path) -> None:
    """Eight arcs of a ring drawn by hand are four two-way sections named by their ways."""
    road_map = sound(tmp_path, ring())
    assert [section.id for section in road_map.sections] == ["11", "12", "13", "14"]
    assert not any(section.way.oneway for section in road_map.sections)
    assert [junction.id for junction in road_map.junctions] == ["a", "b", "c", "d"]
    assert network_faults(road_map, "town") == []


def test_missing_reverse_arc_is_one_way(tmp_path: Path) -> None:
    """An arc whose reverse is missing, of another way or 1 m longer runs one way, like the arc."""
    arcs = [*ring(), arc("c", "a", "20"), arc("b", "d", "21"), arc("d", "b", "22")]
    arcs += [arc("a", "c", "23", "900"), arc("c", "a", "23", "901")]
    oneway = {s.id: (s.start, s.end) for s in sound(tmp_path, arcs).sections if s.way.oneway}
    assert oneway == {
        "20": ("c", "a"), "21": ("b", "d"), "22": ("d", "b"),
        "23-1": ("a", "c"), "23-2": ("c", "a"),
    }  # fmt: skip


def test_lengths_equal_but_for_rounding_are_a_pair(tmp_path: Path) -> None:
    """OSMnx adds the same pieces up in two orders, so that the last bit of a length may differ."""
    arcs = [
        *ring(),
        arc("a", "c", "30", "70.86690759735270"),
        arc("c", "a", "30", "70.8669075973527"),
    ]
    arcs[-2][2]["length"], arcs[-1][2]["length"] = "1300.5004999999999", "1300.5005000000001"
    assert {s.id: s.way.oneway for s in sound(tmp_path, arcs).sections}["30"] is False


def test_parallel_arcs_are_kept_apart(tmp_path: Path) -> None:
    """Two arcs each way between the same junctions on one way make two two-way sections."""
    arcs = [*ring(), *(arc(u, v, "40", n) for n in ("900", "950") for u, v in ("ab", "ba"))]
    found = [s for s in sound(tmp_path, arcs).sections if s.name == "40"]
    assert [(s.id, s.way.length_m, s.way.oneway) for s in found] == [
        ("40-1", 900.0, False), ("40-2", 950.0, False),
    ]  # fmt: skip


def test_loop_of_two_arcs_is_two_way(tmp_path: Path) -> None:
    """A loop open in both directions has two arcs from its junction to itself; else it has one."""
    arcs = [*ring(), arc("a", "a", "50"), arc("a", "a", "50"), arc("b", "b", "51")]
    road_map = sound(tmp_path, arcs)
    found = {s.id: s.way.oneway for s in road_map.sections if s.start == s.end}
    assert found == {"50": False, "51": True}
    assert any(line.startswith("环路 loops: 2 sections") for line in road_map.assumed)


def test_class_defaults_come_from_the_table(tmp_path: Path) -> None:
    """Untagged sizes are those of the shipped table, which the test reads by itself."""
    highways = ["motorway", "primary", "secondary", "tertiary_link", "living_street"]
    arcs = [*ring(), *(arc("a", "c", str(60 + n), highway=h) for n, h in enumerate(highways))]
    sections = {s.id: s for s in sound(tmp_path, arcs).sections}
    for n, highway in enumerate(highways):
        row, section = default_of(highway), sections[str(60 + n)]
        lanes = int(row["lanes_per_direction"])
        assert section.duty.road_class.key == row["road_class"]
        assert section.duty.operator == row["operator"]
        assert section.way.lanes == lanes
        assert section.way.width_m == lanes * float(row["lane_width_m"])
        assert section.way.limit_kph == float(row["limit_kph"])
    two_way = sections["11"].way
    assert two_way.lanes == 2 * int(default_of("residential")["lanes_per_direction"])
    assert two_way.width_m == two_way.lanes * float(default_of("residential")["lane_width_m"])


def test_all_defaults_are_counted(tmp_path: Path) -> None:
    """Eight untagged arcs: each line of what was assumed counts eight, as one counts by hand."""
    lines = sound(tmp_path, ring()).assumed
    expected = "宽度 width_m: 8 of 8 arcs by class default (seeds/osm_classes.csv, A)"
    assert expected in lines
    assert sum(" 8 of 8 arcs" in line for line in lines) == 4  # lanes, width, limit, name
    assert "单行 oneway: 0 of 8 arcs have no reverse arc and are taken as one-way" in lines


def test_tags_go_before_defaults(tmp_path: Path) -> None:
    """Sizes are those of the tags; lists count by their smallest number, words not at all."""
    tags = {"lanes": "['4', '5']", "width": "9.5 m", "maxspeed": "40", "name": "经十路"}
    arcs = [*ring(), arc("a", "c", "70", bridge="yes", **tags), arc("c", "a", "71", lanes="3")]
    arcs += [arc("b", "d", "72", maxspeed="30 mph", bridge="no")]
    road_map = sound(tmp_path, arcs)
    found = {s.id: s for s in road_map.sections}
    way = found["70"].way
    assert (way.lanes, way.width_m, way.limit_kph) == (4, 9.5, 40.0)
    assert (found["70"].name, found["70"].duty.flags) == ("经十路", ("bridge",))
    lane_m = float(default_of("residential")["lane_width_m"])
    assert (found["71"].way.lanes, found["71"].way.width_m) == (3, 3 * lane_m)
    assert found["72"].way.limit_kph == float(default_of("residential")["limit_kph"])
    assert found["72"].duty.flags == ()
    lines = "\n".join(road_map.assumed)
    assert "车道数 lanes: 9 of 11 arcs by class default" in lines
    assert re.search("limit_kph: 10 of 11 arcs .* 1 of them with a tag that cannot be read", lines)
    assert "桥梁 bridge: 1 of 11 arcs are tagged" in lines


def test_highest_of_several_classes_counts(tmp_path: Path) -> None:
    """OSMnx writes the classes of merged ways as a list; the section belongs to the highest."""
    merged = arc("a", "c", "[82, 9]", highway="['residential', 'primary', 'tertiary']")
    found = {s.id: s for s in sound(tmp_path, [*ring(), merged]).sections}
    assert found["9"].duty.road_class is RoadClass.MAIN


def test_drawn_line_is_kept(tmp_path: Path) -> None:
    """The points of a WKT geometry are the line of the section; without one it is straight."""
    wkt = "LINESTRING (117.0 36.6, 117.006 36.604, 117.01 36.61)"
    found = {
        s.id: s for s in sound(tmp_path, [*ring(), arc("a", "c", "90", geometry=wkt)]).sections
    }
    assert found["90"].line == ((117.0, 36.6), (117.006, 36.604), (117.01, 36.61))
    assert found["11"].line == (NODES["a"], NODES["b"])


def test_order_in_the_file_does_not_matter(tmp_path: Path) -> None:
    """The map is a function of the arcs, not of the order they stand in."""
    arcs = [*ring(), arc("a", "c", "11"), arc("c", "a", "11"), arc("b", "d", "11", "1500")]
    first = sound(tmp_path, arcs)
    for order in itertools.islice(itertools.permutations(arcs), 0, 40_000, 7_919):
        assert sound(tmp_path, list(order)) == first


def test_nothing_is_left_out_in_silence(tmp_path: Path) -> None:
    """A loop of no length and a junction without arcs cannot be used, and both are named."""
    nodes = {**NODES, "lonely": (117.02, 36.62)}
    arcs = [*ring(), arc("a", "a", "99", "0.0")]
    road_map, message = read(tmp_path, graphml(arcs, nodes))
    assert message == ""
    lines = "\n".join(road_map.assumed)
    assert "1 of 9 arcs, loops too short to drive: 99 (0 m)" in lines
    assert "1 nodes where no arc ends: lonely" in lines
    assert network_faults(road_map, "town") == []


def test_sections_out_of_reach_stay_in_the_map(tmp_path: Path) -> None:
    """A dead end that can be entered and not left is still a section."""
    nodes = {**NODES, "e": (117.02, 36.60)}
    road_map, message = read(tmp_path, graphml([*ring(), arc("b", "e", "77")], nodes))
    assert message == ""
    assert "77" in [section.id for section in road_map.sections]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (arc("a", "c", length="nan"), "length: found 'nan'; expected metres, a finite number"),
        (arc("a", "c", length="inf"), "length: found 'inf'; expected metres, a finite number"),
        (arc("a", "c", length="-5"), "length: found '-5'; expected metres, a finite number"),
        (arc("a", "c", length="long"), "length: found 'long'"),
        (arc("a", "c", highway="residental"), "residental.*did you mean 'residential'"),
        (
            arc("a", "c", highway="['primary', 'bridleway']"),
            "found 'bridleway'; expected a highway",
        ),
        (arc("a", "c", osmid="[]"), "osmid: found 'nothing'; expected the number"),
        (arc("a", "nowhere"), "arc a → nowhere, target: found 'nowhere'; expected a node"),
        (arc("nowhere", "a"), "source: found 'nowhere'; expected a node of this file"),
        (
            arc("a", "c", osmid=""),
            "osmid: found 'nothing'; expected the number of the OpenStreetMap",
        ),
    ],
)
def test_faulty_arcs_are_named(tmp_path: Path, bad: Arc, words: str) -> None:
    """Each fault was put into an otherwise sound ring; file, line and arc are in its message."""
    _, message = read(tmp_path, graphml([*ring(), bad]))
    assert re.search(words, message)
    assert re.search(r"town\.graphml line \d+", message)
    assert len(message.splitlines()) == 1


def test_line_of_a_fault_is_its_line(tmp_path: Path) -> None:
    """The line in the message is the one where the text of the file has the arc."""
    text = graphml([*ring(), arc("a", "nowhere")])
    number = next(n for n, line in enumerate(text.splitlines(), 1) if "nowhere" in line)
    assert f"line {number}, arc a → nowhere" in read(tmp_path, text)[1]


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        ("", 36.6, "node e, x: found ''; expected degrees of WGS-84"),
        (117.0, "nan", "node e, y: found 'nan'"),
        (13025000, 4390000, "node e, x: found '13025000'; expected degrees of WGS-84 from -180"),
    ],
)
def test_faulty_coordinates_are_named(tmp_path: Path, x: object, y: object, words: str) -> None:
    """A junction that lies nowhere, or in metres, cannot be on the map."""
    _, message = read(tmp_path, graphml(ring(), {**NODES, "e": (x, y)}))
    assert words in message


def test_duplicate_arcs_are_refused(tmp_path: Path) -> None:
    """Two arcs with the same ends and the same id are the same arc twice."""
    arcs = [*ring(), arc("a", "c", "5"), arc("a", "c", "5")]
    _, message = read(tmp_path, graphml(arcs, keys=("0",) * len(arcs)))
    assert re.search("arc a → c, id: found '0'; expected parallel arcs that differ.*dupl", message)


def test_repeated_nodes_are_refused(tmp_path: Path) -> None:
    """A junction that comes twice has two places."""
    text = graphml(ring())
    twice = text.replace('<node id="a">', '<node id="b"></node><node id="a">')
    assert "node b, id: found 'b'; expected each node once" in read(tmp_path, twice)[1]


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    """Four faults in four places make four lines, and an unknown value counts once for all arcs."""
    bad = [arc("a", "c", length="nan"), arc("a", "zz"), arc("b", "d", highway="footpath")]
    bad += [arc("d", "b", highway="footpath")]
    road_map, message = read(tmp_path, graphml([*ring(), *bad], {**NODES, "e": ("", 1)}))
    assert len(message.splitlines()) == 4
    assert re.search(r"line \d+ and 1 more, highway: found 'footpath'", message)
    assert road_map.sections == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (graphml([]), "arcs: found 'no arcs'"),
        (graphml([], {}), "nodes: found 'no nodes'"),
        (graphml(ring(), edgedefault="undirected"), "edgedefault 'directed': an arc for each"),
        (graphml(ring()).replace("</graphml>", ""), "no element found"),
        ("<?xml version='1.0' encoding='gbk'?>" + graphml(ring()), "expected XML in UTF-8"),
        ("not XML at all", "line 1: found 'syntax error'"),
        ("<gpx/>", "found '<gpx>'; expected a road network saved by OSMnx"),
        ("<!DOCTYPE x [<!ENTITY a 'aaaa'>]>" + graphml(ring()), "found 'a DOCTYPE'"),
    ],
)
def test_files_that_are_no_network(tmp_path: Path, text: str, words: str) -> None:
    """What is not a directed network in GraphML is refused as a whole."""
    assert words in read(tmp_path, text)[1]


def test_projected_graph_is_refused(tmp_path: Path) -> None:
    """A graph saved after projection says so in its own crs."""
    text = graphml(ring(), head='<key id="crs" for="graph" attr.name="crs"/>')
    crs = '<graph edgedefault="directed"><data key="crs">epsg:32650</data>'
    projected = text.replace('<graph edgedefault="directed">', crs)
    assert "crs: found 'epsg:32650'; expected epsg:4326" in read(tmp_path, projected)[1]
    assert read(tmp_path, projected.replace("epsg:32650", "EPSG:4326"))[1] == ""


def test_missing_file_is_named(tmp_path: Path) -> None:
    """A file that is not there is a fault of the input, with its name."""
    faults = Faults()
    read_osmnx_graphml(tmp_path / "absent.graphml", faults)
    assert re.search("absent.graphml: found 'No such file", str(faults.items[0]))


def test_only_one_or_five_zones(tmp_path: Path) -> None:
    """Zones are a centre and four sectors, or one; three have no names."""
    assert {s.duty.zone for s in sound(tmp_path, ring(), zones=1).sections} == {"centre"}
    assert "zones: found 3; expected 5" in read(tmp_path, graphml(ring()), zones=3)[1]


def test_own_class_table(tmp_path: Path) -> None:
    """A user's own table, with other values for one row, is used and named in what was assumed."""
    own = tmp_path / "mine.csv"
    own.write_text(TABLE.read_text(encoding="utf-8").replace("residential,lane,1,3,30",
                                                             "residential,branch,2,4,35"),
                   encoding="utf-8")  # fmt: skip
    road_map = sound(tmp_path, ring(), classes=own)
    way = road_map.sections[0].way
    assert (way.lanes, way.width_m, way.limit_kph) == (4, 16.0, 35.0)
    assert f"车道数 lanes: 8 of 8 arcs by class default ({own}, A)" in road_map.assumed


def test_faults_of_a_class_table(tmp_path: Path) -> None:
    """Three wrong cells in one row of a table are three faults with row and column."""
    own = tmp_path / "mine.csv"
    own.write_text("highway,road_class,lanes_per_direction,lane_width_m,limit_kph,operator\n"
                   "residential,lan,1.5,nan,30,centre\n", encoding="utf-8")  # fmt: skip
    _, message = read(tmp_path, graphml(ring()), classes=own)
    assert re.search("row 2, column road_class: found 'lan'.*did you mean 'lane'", message)
    assert re.search("row 2, column lanes_per_direction: found '1.5'; expected a whole", message)
    assert re.search("row 2, column lane_width_m: found 'nan'; expected a finite", message)
