"""The three finders: small cases by hand, and the same answers on random towns."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snowplan.dispatch.board import Board
from snowplan.dispatch.finding import FAR, Finder, MatrixFinder, OracleFinder, SearchFinder, Ways
from snowplan.dispatch.ranks import RANK_SHIFT, TRAVEL_BITS, ranks
from snowplan.model.network import Network, build_network, connected_junctions, travel_weights
from snowplan.model.roads import RoadClass, Section
from tests.simulation.towns import PLOUGH, plan, segment_name, street, town_map

HALF_H = 1_800_000
NOW = 10 * HALF_H
NAMES = ("matrix", "search", "row", "oracle")


def new_board(network: Network) -> Board:
    """A board for ploughs."""
    return Board(network, ranks(plan()), {"plough": PLOUGH}, HALF_H)


def finders(board: Board) -> dict[str, Finder]:
    """All finders; `row` keeps no surroundings, `ring` keeps the smallest."""
    weights = travel_weights(board.network, 36.0, [1.0] * 5)
    ways = Ways(board.network, weights)
    return {
        "matrix": MatrixFinder(board, ways),
        "search": SearchFinder(board, ways),
        "row": SearchFinder(board, ways, balls=()),
        "ring": SearchFinder(board, ways, balls=(1, 2)),
        "oracle": OracleFinder(board, weights, [NOW]),
    }


def make_due(board: Board, dues: dict[str, int]) -> None:
    """Make all strips of these segments due."""
    seg = board.network.seg
    for k in range(len(seg.section)):
        name = segment_name(board.network, k)
        if name in dues:
            lo = seg.strip0[k]
            board.lead_due[lo : lo + seg.strips[k]] = [dues[name]] * seg.strips[k]
        board.refresh(k, NOW)


def found(sections: Sequence[Section], dues: dict[str, int], home: str, which: str) -> object:
    """(rank, half hour, ms, segment) of the best candidate of the zone `centre`, or None."""
    network = build_network(town_map(sections))
    board = new_board(network)
    make_due(board, dues)
    junction = network.junctions.index(home)
    hit = finders(board)[which].best("plough", junction, "centre")
    if hit is None:
        return None
    key, segment = hit
    step = (key >> TRAVEL_BITS) & ((1 << (RANK_SHIFT - TRAVEL_BITS)) - 1)
    travel = key & ((1 << TRAVEL_BITS) - 1)
    return key >> RANK_SHIFT, step, travel, segment_name(network, segment)


# a -1000- b -500- c, and c -600- a; 100 ms a metre.
TRIANGLE = (
    street("ab", "a", "b", 1_000, 6),
    street("bc", "b", "c", 500, 6),
    street("ca", "c", "a", 600, 6),
)


@pytest.mark.parametrize("which", NAMES)
def test_the_nearest_of_equals(which: str) -> None:
    """By hand: from b, ca:forward begins at c, 50 s away; ab:forward at a, 1,000 m or 100 s."""
    dues = {"ab:forward": 0, "ca:forward": 0}
    assert found(TRIANGLE, dues, "b", which) == (9, 0, 50_000, "ca:forward")
    assert found(TRIANGLE, dues, "a", which) == (9, 0, 0, "ab:forward")
    assert found(TRIANGLE, {}, "a", which) is None


@pytest.mark.parametrize("which", NAMES)
def test_the_fastest_way_is_not_always_the_direct_one(which: str) -> None:
    """By hand: with ab at 18 km/h, a to b by c is 600 + 500 m = 110 s, against 200 s direct."""
    slow = (street("ab", "a", "b", 1_000, 6, limit_kph=18), *TRIANGLE[1:])
    assert found(slow, {"bc:forward": 0}, "a", which) == (9, 0, 110_000, "bc:forward")


@pytest.mark.parametrize("which", NAMES)
def test_ties_go_to_the_lower_segment_number(which: str) -> None:
    """By hand: ab:forward, a2:forward and ca:backward begin at a; numbers follow the section id."""
    roads = (*TRIANGLE, street("a2", "a", "b", 1_000, 6))
    dues = {"ab:forward": 0, "a2:forward": 0, "ca:backward": 0}
    assert found(roads, dues, "c", which) == (9, 0, 60_000, "a2:forward")


@pytest.mark.parametrize("which", NAMES)
def test_the_half_hour_comes_before_the_way_and_the_class_before_both(which: str) -> None:
    """By hand: due in half hour 1 far away before half hour 2 at the door; a main road due last
    before a lane due first."""
    dues = {"ab:forward": 2 * HALF_H, "bc:forward": 2 * HALF_H - 1}
    assert found(TRIANGLE, dues, "a", which) == (9, 1, 100_000, "bc:forward")
    roads = (*TRIANGLE, street("a2", "a", "b", 1_000, 6, road_class=RoadClass.LANE))
    dues = {"a2:forward": 0, "bc:forward": 5 * HALF_H}
    assert found(roads, dues, "a", which) == (9, 5, 100_000, "bc:forward")


@pytest.mark.parametrize("which", NAMES)
def test_only_the_zone_asked_for_counts(which: str) -> None:
    """By hand: the nearer street lies in another zone, and is driven over on the way."""
    roads = (
        street("ab", "a", "b", 1_000, 6, zone="north"),
        street("bc", "b", "c", 500, 6),
    )
    dues = {"ab:forward": 0, "bc:forward": 0}
    assert found(roads, dues, "a", which) == (9, 0, 100_000, "bc:forward")


def test_times_and_lengths_of_ways() -> None:
    """By hand: a to b is 1,000 m; the other way round by a one-way 600 + 500 m; a to a nothing."""
    roads = (street("ab", "a", "b", 1_000, 6, oneway=True), *TRIANGLE[1:])
    network = build_network(town_map(roads))
    for finder in finders(new_board(network)).values():
        ends = ((0, 1), (1, 0), (0, 0))
        ways = [finder.way(a, b) for a, b in ends]
        assert ways == [(100_000, 10_000), (110_000, 11_000), (0, 0)]
        starts = [finder.travel(1, k) for k in range(len(network.seg.section))]
        # ab:forward from a; bc from b and c; ca from c and a.
        assert starts == [ways[1], (0, 0), (50_000, 5_000), (50_000, 5_000), ways[1]]


def test_what_cannot_be_reached_is_far() -> None:
    """By definition: an island is further than any way, and its length is not known."""
    network = build_network(town_map([street("ab", "a", "b", 10), street("cd", "c", "d", 10)]))
    ways = Ways(network, travel_weights(network, 36.0, [1.0] * 5))
    assert ways.way(0, 2) == (FAR, 0)
    assert ways.row(0, "centre")[0].tolist() == [0, 1_000, FAR, FAR]


JUNCTIONS = "abcdefg"


@st.composite
def road_rows(draw: st.DrawFn) -> list[Section]:
    """A random town: short lengths, so that ties are frequent; loops and double roads too."""
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from(JUNCTIONS),
                st.sampled_from(JUNCTIONS),
                st.sampled_from([100.0, 200.0, 300.0, 133.3]),
                st.sampled_from([3.0, 6.0, 12.0]),
                st.booleans(),
                st.sampled_from([RoadClass.MAIN, RoadClass.MAIN, RoadClass.LANE]),
                st.sampled_from(["centre", "east"]),
            ),
            min_size=2,
            max_size=14,
        )
    )
    return [
        street(f"s{k:02d}", a, b, length, width, oneway=oneway, road_class=c, zone=zone)
        for k, (a, b, length, width, oneway, c, zone) in enumerate(rows)
    ]


@settings(max_examples=150)
@given(sections=road_rows(), data=st.data())
def test_all_finders_find_the_same(sections: list[Section], data: st.DataObject) -> None:
    """networkx and a look at every strip: the fast finders give the same key and segment."""
    network = build_network(town_map(sections))
    board = new_board(network)
    count = network.strip_total
    due = st.sampled_from([0, 1, HALF_H, 4 * HALF_H, NOW, NOW + 1])
    board.lead_due[:] = data.draw(st.lists(due, min_size=count, max_size=count))
    board.claimed[:] = bytes(data.draw(st.lists(st.integers(0, 1), min_size=count, max_size=count)))
    blocked = data.draw(st.sets(st.integers(0, len(network.seg.section) - 1)))
    for segment in blocked:
        board.block_at[segment] = 0
        board.served[segment] = segment % 2
    for segment in range(len(network.seg.section)):
        board.refresh(segment, NOW)
    all_ = finders(board)
    inside = connected_junctions(network.sections, network.junctions)
    for home in sorted(network.junctions.index(name) for name in inside):
        for zone in network.zone_slice:
            hits = {name: f.best("plough", home, zone) for name, f in all_.items()}
            assert len(set(hits.values())) == 1, hits
        for to in sorted(network.junctions.index(name) for name in inside):
            assert len({f.way(home, to) for f in all_.values()}) == 1
