"""What a valid network is: every fault of a map made in memory is listed at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from snowplan.errors import Faults
from snowplan.inputs.map_files import read_map
from snowplan.inputs.network_check import line_length_m, network_faults
from snowplan.model.places import distance_m
from snowplan.model.roads import RoadMap

MAPS = Path(__file__).resolve().parents[2] / "maps"


@pytest.fixture
def town() -> RoadMap:
    """The toy town, which is valid."""
    faults = Faults()
    road_map = read_map(MAPS / "toy_town", faults)
    faults.raise_if_any()
    return road_map


def test_distances_on_the_globe() -> None:
    """One degree of latitude is π/180 of the earth's mean radius (6,371.0088 km): 111,195 m."""
    assert distance_m((113.0, 40.0), (113.0, 41.0)) == pytest.approx(111_195, abs=1)
    assert line_length_m([(113.0, 40.0), (113.0, 41.0), (113.0, 40.0)]) == pytest.approx(
        222_390, abs=2
    )
    assert line_length_m([]) == 0


def test_shipped_maps_are_valid(town: RoadMap) -> None:
    """Both shipped maps are networks: nothing to complain of."""
    assert network_faults(town, "here") == []
    assert network_faults(read_map(MAPS / "pingcheng", Faults()), "here") == []


def test_all_faults_of_a_network_are_listed(town: RoadMap) -> None:
    """Ten faults put in by hand, each in a section of its own or in the lists, all come back."""
    lane, hospital, first, second, mill, one_way, school = town.sections
    spoiled = replace(
        town,
        sections=(
            replace(lane, start="aa"),
            replace(hospital, duty=replace(hospital.duty, zone="easst")),
            replace(first, way=replace(first.way, length_m=float("nan"))),
            replace(second, way=replace(second.way, pavement_width_m=-1)),
            replace(mill, line=()),
            replace(one_way, way=replace(one_way.way, lanes=0)),
            replace(school, way=replace(school.way, width_m=80)),
            school,
        ),
        junctions=(*town.junctions, replace(town.junctions[0], id="g")),
        zones=(*town.zones, replace(town.zones[0], id="west")),
    )
    found = "\n".join(str(fault) for fault in network_faults(spoiled, "map"))
    for words in (
        "map section school-street-01, id: found 'school-street-01'; expected once, not 2 times",
        "section bridge-lane-01, start: found 'aa'; expected a known junction; did you mean 'a'?",
        (
            "section hospital-road-01, zone: found 'easst'; expected a known zone; "
            "did you mean 'east'?"
        ),
        "section main-street-01, length_m: found nan; expected a finite number above 0",
        "section main-street-02, pavement_width_m: found -1; expected a finite number, 0 or more",
        "section mill-road-01, line: found 0; expected at least two points",
        "section one-way-street-01, lanes: found 0; expected a finite number above 0",
        "section school-street-01, width_m: found 80; expected 1.5 to 20 m for each of the 2 lanes",
        "junction g: found 'no section'; expected a section at each junction",
        "zone west: found 'no section'; expected at least one section in a zone",
    ):
        assert words in found
    assert len(found.splitlines()) == 10
