"""The road graph: one edge a direction, with everything that is known of the section."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

from snowplan.errors import Faults
from snowplan.inputs.map_files import read_map
from snowplan.model.graph import directions, road_graph, segment_id
from snowplan.model.roads import RoadMap

MAPS = Path(__file__).resolve().parents[2] / "maps"
ATTRIBUTES = {
    "id", "name", "name_en", "road_class", "length_m", "lanes", "width_m", "oneway", "limit_kph",
    "zone", "operator", "flags", "pavement_width_m", "haul_required", "closed", "source",
    "length_basis", "direction",
}  # fmt: skip


@pytest.fixture(scope="module")
def town() -> RoadMap:
    """The toy town."""
    faults = Faults()
    road_map = read_map(MAPS / "toy_town", faults)
    faults.raise_if_any()
    return road_map


def test_one_edge_for_each_direction(town: RoadMap) -> None:
    """Seven sections of which one is one-way make thirteen directed edges (counted by hand)."""
    graph = road_graph(town)
    assert graph.number_of_nodes() == 6
    keys = [key for _, _, key in graph.edges(keys=True)]
    assert len(keys) == len(set(keys)) == 13
    assert graph.has_edge("c", "f", key="one-way-street-01:forward")
    assert not graph.has_edge("f", "c", key="one-way-street-01:backward")
    assert graph.has_edge("b", "a", key=segment_id("main-street-01", "backward"))


def test_edges_carry_what_the_design_lists(town: RoadMap) -> None:
    """The attribute names are the contract of the design; the values are those of the drawing."""
    graph = road_graph(town)
    data = graph.edges["c", "b", "main-street-02:backward"]
    assert set(data) == ATTRIBUTES
    assert (data["id"], data["direction"], data["road_class"]) == (
        "main-street-02",
        "backward",
        "main",
    )
    assert (data["length_m"], data["width_m"], data["limit_kph"]) == (600.0, 12.0, 36.0)
    assert data["flags"] == ("bridge",)
    assert graph.nodes["a"] == {"lon": 113.0, "lat": 40.0, "name": "西门"}


def test_the_shortest_way_is_the_one_worked_by_hand(town: RoadMap) -> None:
    """From f to c the one-way street may not be used: f–e–b–c is 600 + 400 + 600 m."""
    graph = road_graph(town)
    assert nx.shortest_path_length(graph, "f", "c", weight="length_m") == 1_600
    assert nx.shortest_path_length(graph, "c", "f", weight="length_m") == 400


def test_directions_of_a_section(town: RoadMap) -> None:
    """A one-way section has one direction, all others two."""
    count = {section.id: len(directions(section)) for section in town.sections}
    assert count.pop("one-way-street-01") == 1
    assert set(count.values()) == {2}
