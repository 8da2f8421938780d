"""A real city's roads (Jinan, saved by OSMnx), against counts made in the file by other means."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import networkx as nx
import pytest

from snowplan.errors import Faults
from snowplan.inputs.graphml_files import read_osmnx_graphml
from snowplan.inputs.network_check import network_faults
from snowplan.model.roads import RoadClass, RoadMap


@pytest.fixture(scope="module")
def jinan_file(shared_data: Path) -> Path:
    """The roads of Jinan as OSMnx saved them."""
    return shared_data / "roads" / "jinan_drive.graphml"


@pytest.fixture(scope="module")
def jinan(jinan_file: Path) -> RoadMap:
    """The road map of Jinan."""
    faults = Faults()
    road_map = read_osmnx_graphml(jinan_file, faults)
    assert faults.items == []
    return road_map


def test_jinan_has_all_arcs_and_junctions(jinan: RoadMap, jinan_file: Path) -> None:
    """Arcs and nodes are counted in the text of the file; one loop of 0 m cannot be a section."""
    text = jinan_file.read_text(encoding="utf-8")
    segments = sum(1 if section.way.oneway else 2 for section in jinan.sections)
    assert segments + 1 == text.count("<edge ") == 28_597
    assert len(jinan.junctions) == text.count("<node ") == 12_766
    assert any("28,596 of 28,597 arcs by class default" in line for line in jinan.assumed)
    assert any("577161553 (0 m)" in line for line in jinan.assumed)
    assert network_faults(jinan, "jinan") == []


def test_jinan_length_and_one_way_share(jinan: RoadMap, jinan_file: Path) -> None:
    """networkx reads the file by itself: km of each pair of ends once, arcs without a reverse."""
    graph = nx.read_graphml(jinan_file)
    streets = {frozenset((u, v)): data["length"] for u, v, data in graph.edges(data=True)}
    lengths = [section.way.length_m for section in jinan.sections]
    assert sum(lengths) == pytest.approx(sum(streets.values()), abs=0.01)
    assert round(sum(lengths) / 1000) == 3_482
    alone = sum(u == v or not graph.has_edge(v, u) for u, v in graph.edges())
    assert sum(section.way.oneway for section in jinan.sections) == alone - 1
    by_highway: defaultdict[str, float] = defaultdict(float)
    for u, v, data in graph.edges(data=True):
        by_highway[data["highway"]] += data["length"] * (1 if not graph.has_edge(v, u) else 0.5)
    primary_km = sum(s.way.length_m for s in jinan.sections if s.duty.road_class is RoadClass.MAIN)
    assert primary_km == pytest.approx(by_highway["primary"] + by_highway["primary_link"], abs=0.01)


def test_jinan_zones_are_balanced(jinan: RoadMap) -> None:
    """Each of the five zones holds a fifth of the m² that the centre clears, to 2 %."""
    area: Counter[str] = Counter()
    for section in jinan.sections:
        assert (section.duty.operator == "centre") == (section.duty.road_class > 0)
        if section.duty.cleared_by_centre:
            area[section.duty.zone] += section.area_m2  # type: ignore[assignment]
    assert sorted(area) == ["centre", "east", "north", "south", "west"]
    fifth = sum(area.values()) / 5
    assert all(value == pytest.approx(fifth, rel=0.02) for value in area.values())
    assert [zone.id for zone in jinan.zones] == sorted(area)
