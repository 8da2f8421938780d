"""Depots moved to where the work of their zone is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from snowplan.errors import Faults, InputError
from snowplan.inputs.auto_depots import auto_depots, largest_component
from snowplan.inputs.graphml_files import read_osmnx_graphml
from snowplan.model.fleet import Depot
from snowplan.model.places import distance_m
from snowplan.model.roads import (
    Carriageway,
    Duty,
    Junction,
    RoadClass,
    RoadMap,
    Section,
    Zone,
)


def depot(zone: str) -> Depot:
    """A depot that lies nowhere near."""
    return Depot(f"depot-{zone}", zone, zone, 0.0, 0.0, 2, 350.0, "nacl", 60_000)


def section(start: Junction, end: Junction, zone: str = "west", **duty: object) -> Section:
    """A section of 100 m by 10 m between two junctions."""
    return Section(
        id=f"{start.id}{end.id}",
        name="",
        name_en="",
        start=start.id,
        end=end.id,
        way=Carriageway(100.0, 2, 10.0, False, 30.0),
        duty=replace(Duty(RoadClass.BRANCH, zone), **duty),  # type: ignore[arg-type]
        line=((start.lon, start.lat), (end.lon, end.lat)),
        source="test",
        length_basis="assumed",
    )


A, B, C, D, E = (Junction(name, 113.0 + 0.01 * n, 40.0) for n, name in enumerate("abcde"))
ROW = (section(A, B), section(B, C), section(C, D), section(D, E))


def town(sections: tuple[Section, ...]) -> RoadMap:
    """Five junctions in a row, west to east."""
    zones = (Zone("east", "东区", "East"), Zone("west", "西区", "West"))
    return RoadMap("row", "", "", True, (), (A, B, C, D, E), sections, zones)


def place(road_map: RoadMap, zone: str = "west") -> tuple[float, float]:
    """Where the depot of a zone comes to lie."""
    (moved,) = auto_depots(road_map, [depot(zone)])
    return moved.lon, moved.lat


def test_depot_lies_in_the_middle_of_the_work() -> None:
    """Four equal sections in a row have their centroid at the middle junction."""
    assert place(town(ROW)) == (C.lon, C.lat)


def test_area_pulls_the_depot() -> None:
    """With 30 times the length at the east end the centroid is next to the last section."""
    long = replace(ROW[3], way=replace(ROW[3].way, length_m=3000.0))
    assert place(town((*ROW[:3], long))) in {(D.lon, D.lat), (E.lon, E.lat)}


def test_everything_but_the_place_is_kept() -> None:
    """Only longitude and latitude differ from the depot that was given, and the order is kept."""
    east = replace(ROW[3], duty=replace(ROW[3].duty, zone="east"))
    given = [depot("west"), depot("east")]
    moved = auto_depots(town((*ROW[:3], east)), given)
    assert [replace(new, lon=0.0, lat=0.0) for new in moved] == given
    assert {(new.lon, new.lat) for new in moved[1:]} <= {(D.lon, D.lat), (E.lon, E.lat)}


def test_other_operators_do_not_count() -> None:
    """A section that another operator clears does not pull the depot east."""
    other = [replace(s, duty=replace(s.duty, operator="expressway")) for s in ROW[2:]]
    assert place(town((*ROW[:2], *other))) == (B.lon, B.lat)


def test_machines_get_out_and_back() -> None:
    """Behind a closed and a one-way section, junctions are no place for a depot, though nearer."""
    far = replace(ROW[3], way=replace(ROW[3].way, length_m=30_000.0))
    one_way = replace(far, way=replace(far.way, oneway=True))
    assert place(town((*ROW[:3], one_way))) == (D.lon, D.lat)
    closed = replace(ROW[2], duty=replace(ROW[2].duty, closed=True))
    assert sorted(largest_component(town((*ROW[:2], closed, far)))) == ["a", "b", "c"]
    assert place(town((*ROW[:2], closed, far))) == (C.lon, C.lat)


def test_zone_apart_from_the_rest_uses_the_rest() -> None:
    """A zone beyond a closed section has no junction of its own; the nearest other serves."""
    closed = replace(ROW[2], duty=replace(ROW[2].duty, closed=True))
    cut_off = replace(ROW[3], duty=replace(ROW[3].duty, zone="east"))
    assert place(town((*ROW[:2], closed, cut_off)), "east") == (C.lon, C.lat)


def test_zone_without_work_is_refused() -> None:
    """A depot of a zone that the map has not, or that has nothing to clear, has no centroid."""
    with pytest.raises(InputError, match=r"depot depot-wesst, zone: found 'wesst'.*mean 'west'"):
        auto_depots(town(ROW), [depot("wesst")])
    with pytest.raises(InputError, match=r"depot-east, zone.*a zone of the map row with sections"):
        auto_depots(town(ROW), [depot("east")])


@pytest.mark.slow
def test_jinan_depots_lie_in_the_strong_part(shared_data: Path) -> None:
    """networkx finds the 11,850 junctions of the strong part in the file itself; each depot is one.

    NumPy finds the centroid, and all junctions of the part that touch the zone's work are tried.
    """
    path = shared_data / "roads" / "jinan_drive.graphml"
    faults = Faults()
    road_map = read_osmnx_graphml(path, faults)
    assert faults.items == []
    strong = max(nx.strongly_connected_components(nx.read_graphml(path)), key=len)
    assert set(largest_component(road_map)) == strong
    assert len(strong) == 11_850
    zones = [zone.id for zone in road_map.zones]
    for new in auto_depots(road_map, [depot(zone) for zone in zones]):
        work = [
            s for s in road_map.sections if (s.duty.operator, s.duty.zone) == ("centre", new.zone)
        ]
        areas = np.array([s.way.length_m * s.way.width_m for s in work])
        ends = np.array([(s.line[0], s.line[-1]) for s in work])
        centroid = tuple(np.average(ends.mean(axis=1), axis=0, weights=areas))
        near = {end for s in work for end in (s.start, s.end)} & strong
        at = {j.id: (j.lon, j.lat) for j in road_map.junctions if j.id in near}
        assert (new.lon, new.lat) == min(at.values(), key=lambda place: distance_m(place, centroid))
