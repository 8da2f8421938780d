"""The frozen network: strips, areas, numbers and the connected part, on cases worked by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from snowplan.model.network import (
    LENGTH_BITS,
    LENGTH_MASK,
    Network,
    build_network,
    connected_junctions,
    shares_strip,
    strip_count,
    strip_width_m,
    travel_weights,
)
from snowplan.model.roads import RoadClass, Section
from tests.simulation.towns import segment_name, street, town_map


def network_of(*sections: Section) -> Network:
    """The network of some sections."""
    return build_network(town_map(sections))


@pytest.mark.parametrize(
    ("width_m", "oneway", "strips", "strip_m"),
    [
        (3.0, False, 1, 3.0),  # under 6 m both ways: one strip for both
        (5.99, False, 1, 5.99),
        (6.0, False, 1, 3.0),
        (6.2, False, 2, 1.55),
        (12.0, False, 2, 3.0),
        (15.0, False, 3, 2.5),
        (21.0, False, 4, 2.625),  # 10.5 m each way
        (1.0, True, 1, 1.0),
        (3.0, True, 1, 3.0),
        (7.0, True, 3, 7.0 / 3.0),
        (9.0, True, 3, 3.0),
    ],
)
def test_strips_of_a_direction(width_m: float, oneway: bool, strips: int, strip_m: float) -> None:
    """By hand: ceil(direction width ÷ 3.0 m) equal strips; a two-way road under 6 m shares one."""
    section = street("ab", "a", "b", 100, width_m, oneway=oneway)
    assert strip_count(section) == strips
    assert strip_width_m(section) == pytest.approx(strip_m)
    assert shares_strip(section) == (not oneway and width_m < 6)


def test_strips_are_numbered_segment_by_segment() -> None:
    """By hand: 15 m both ways is 3 strips each; a shared strip belongs to the forward segment.

    Areas: 100.4 m × 2.5 m = 251 m² = 25,100 dm²; 33.3 × 4 m = 133.2 m²; 50 × 3.5 = 175 m².
    """
    network = network_of(
        street("x", "a", "b", 100.4, 15),
        street("y", "b", "c", 33.3, 4),
        street("z", "c", "b", 50, 7, oneway=True),
    )
    assert [segment_name(network, k) for k in range(5)] == [
        "x:forward", "x:backward", "y:forward", "y:backward", "z:forward",
    ]  # fmt: skip
    seg = network.seg
    assert seg.strips == (3, 3, 1, 0, 3)
    assert seg.strip0 == (0, 3, 6, 7, 7)
    assert seg.strip_dm2 == (25_100, 25_100, 13_320, 13_320, 11_667)  # 50 × 7/3 m² = 116.67 m²
    assert seg.length_mm == (100_400, 100_400, 33_300, 33_300, 50_000)
    assert (seg.start, seg.end) == ((0, 1, 1, 2, 2), (1, 0, 2, 1, 1))
    assert network.strip_total == 10
    assert network.strip_segments().tolist() == [0] * 3 + [1] * 3 + [2] + [4] * 3


def test_segments_stand_by_zone_class_section_and_direction() -> None:
    """By hand: zones by id; in a zone critical places, then classes in order, then ids."""
    network = network_of(
        street("a1", "a", "b", 10, zone="south", road_class=RoadClass.LANE),
        street("a2", "a", "b", 10, zone="north", road_class=RoadClass.SECONDARY),
        street("a3", "a", "b", 10, zone="north", road_class=RoadClass.MAIN),
        street("a4", "a", "b", 10, zone="north", road_class=RoadClass.LANE, flags=("bridge",)),
        street("a5", "a", "b", 10, zone="north", road_class=RoadClass.EXPRESSWAY, flags=("tree",)),
    )
    order = [segment_name(network, k) for k in range(0, 10, 2)]
    assert order == ["a4:forward", "a5:forward", "a3:forward", "a2:forward", "a1:forward"]
    assert network.zone_slice == {"north": (0, 8), "south": (8, 10)}
    assert network.seg.rank_class == (0, 0, 1, 1, 2, 2, 3, 3, 5, 5)


def test_closed_roads_are_no_road_and_others_roads_no_duty() -> None:
    """By hand: of three sections one is closed, one another operator's: driven on, not cleared."""
    network = network_of(
        street("x", "a", "b", 10),
        street("y", "b", "c", 10, operator="province"),
        street("z", "c", "a", 10, closed=True),
    )
    assert [segment_name(network, k) for k in range(4)] == [
        "x:forward", "x:backward", "y:forward", "y:backward",
    ]  # fmt: skip
    assert network.seg.strips == (1, 0, 0, 0)
    assert network.duty == (True, False, False)
    assert network.unreachable == ()


def test_what_cannot_be_left_or_reached_is_named() -> None:
    """By hand: a–b–c go round; d is a one-way in, e a one-way out, f–g an island.

    A closed section is not unreachable, it is closed; its far end h is no part of the graph.
    """
    sections = (
        street("ab", "a", "b", 10, oneway=True),
        street("bc", "b", "c", 10, oneway=True),
        street("ca", "c", "a", 10, oneway=True),
        street("cd", "c", "d", 10, oneway=True),
        street("eb", "e", "b", 10, oneway=True),
        street("fg", "f", "g", 10),
        street("gh", "g", "h", 10, closed=True),
    )
    network = network_of(*sections)
    assert connected_junctions(sections, "abcdefgh") == {"a", "b", "c"}
    assert network.unreachable == ("cd", "eb", "fg")
    assert [s.id for s, d in zip(network.sections, network.duty, strict=True) if d] == [
        "ab", "bc", "ca",
    ]  # fmt: skip
    assert network.strip_total == 6  # the unreachable have strips and get snow


def test_of_two_equal_parts_the_one_with_the_lowest_id_counts() -> None:
    """By definition: two islands of two junctions, whatever the order of the sections."""
    islands = (street("cd", "c", "d", 10), street("ab", "a", "b", 10))
    for sections in (islands, islands[::-1]):
        assert network_of(*sections).unreachable == ("cd",)


def test_rows_of_the_map_may_stand_in_any_order() -> None:
    """By definition: numbers follow from ids, not from the order of rows."""
    road_map = town_map([street("x", "a", "b", 10, 12), street("y", "b", "c", 10)])
    turned = replace(road_map, sections=road_map.sections[::-1], junctions=road_map.junctions[::-1])
    one, other = build_network(road_map), build_network(turned)
    assert (one.junctions, one.sections, one.seg) == (other.junctions, other.sections, other.seg)


def test_weights_are_time_then_length() -> None:
    """By hand: 1,000 m at min(36, 40) km/h = 10 m/s are 100 s, at half speed 200 s; 10,000 dm.

    333.3 m at 40 of an allowed 60 km/h: 333.3 × 0.09 s = 29.997 s, up to 30.0 s; 3,333 dm.
    """
    network = network_of(
        street("x", "a", "b", 1_000),
        street("y", "b", "a", 333.3, road_class=RoadClass.LANE, limit_kph=60, oneway=True),
    )
    factors = [1.0, 0.5, 1.0, 1.0, 1.0]
    weights = travel_weights(network, 40.0, factors)
    assert [(w >> LENGTH_BITS, w & LENGTH_MASK) for w in weights] == [
        (200_000, 10_000),
        (200_000, 10_000),
        (30_000, 3_333),
    ]
