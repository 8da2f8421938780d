"""Places cut off from the main network, against a search of the graph at every instant."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np
import pytest

from snowplan.analysis.joining import cut_off, net_of
from snowplan.analysis.named_places import places_of
from snowplan.model.roads import RoadClass, Section
from tests.simulation.towns import street

Turns = Sequence[tuple[int, int, bool]]


def main_ids(sections: Sequence[Section]) -> set[int]:
    """The longest connected part of expressways and main roads, by NetworkX."""
    graph: Any = nx.MultiGraph()
    for number, section in enumerate(sections):
        if section.duty.road_class in (RoadClass.EXPRESSWAY, RoadClass.MAIN):
            graph.add_edge(section.start, section.end, number=number)
    parts = [
        {data["number"] for *_, data in graph.subgraph(part).edges(data=True)}
        for part in nx.connected_components(graph)
    ]
    return max(parts, key=lambda part: sum(sections[number].way.length_m for number in part))


def joined_at(
    sections: Sequence[Section], is_open: Sequence[bool], places: Sequence[Sequence[int]]
) -> list[bool]:
    """By the words of the manual: an open section of the place reaches most of the main network."""
    graph: Any = nx.MultiGraph()
    for number, section in enumerate(sections):
        if is_open[number]:
            graph.add_edge(section.start, section.end, number=number)
    main = main_ids(sections)
    whole = sum(sections[number].way.length_m for number in main)
    found = []
    for place in places:
        joined = False
        for number in place:
            if is_open[number]:
                part = nx.node_connected_component(graph, sections[number].start)
                edges = graph.subgraph(part).edges(data=True)
                reached = {data["number"] for *_, data in edges} & main
                joined |= 2 * sum(sections[k].way.length_m for k in reached) > whole
        found.append(joined)
    return found


def by_instants(
    sections: Sequence[Section],
    start: Sequence[bool],
    turns: Turns,
    places: Sequence[Sequence[int]],
    horizon_ms: int,
) -> list[tuple[int, int]]:
    """What each place was cut off, from instant to instant."""
    is_open = list(start)
    apart, last = [0] * len(places), [0] * len(places)
    instants = sorted({0, horizon_ms, *(t for t, _, _ in turns)})
    for begin, end in pairwise(instants):
        for t_ms, number, opens in turns:
            if t_ms == begin:
                is_open[number] = opens
        for k, joined in enumerate(joined_at(sections, is_open, places)):
            if not joined:
                apart[k] += end - begin
                last[k] = end
    return list(zip(apart, last, strict=True))


def random_town(draw: random.Random) -> list[Section]:
    """Roads of any class between eight junctions, of different lengths."""
    classes = (RoadClass.MAIN, RoadClass.MAIN, RoadClass.BRANCH, RoadClass.LANE)
    sections = []
    for k in range(16):
        start, end = draw.sample("abcdefgh", 2)
        road_class = draw.choice(classes)
        sections.append(street(f"s{k:02d}", start, end, 100 + k, road_class=road_class))
    return sections


@pytest.mark.parametrize("seed", range(40))
def test_cut_off_as_a_search_at_every_instant(seed: int) -> None:
    """Halving spans of time finds the same milliseconds as asking at every instant."""
    draw = random.Random(seed)
    sections = random_town(draw)
    if not any(s.duty.road_class == RoadClass.MAIN for s in sections):
        return
    places = [draw.sample(range(16), 2) for _ in range(4)]
    closed = draw.choice((0.1, 0.3, 0.6))
    start = [draw.random() > closed for _ in sections]
    is_open = list(start)
    turns: list[tuple[int, int, bool]] = []
    for t_ms in sorted(draw.choices(range(1, 900), k=60)):
        number = draw.randrange(16)
        wanted = draw.random() > closed
        if wanted != is_open[number] and (t_ms, number) not in {(t, n) for t, n, _ in turns}:
            is_open[number] = wanted
            turns.append((t_ms, number, wanted))
    net = net_of(sections, places)
    found = cut_off(net, np.array(start), turns, 1_000)
    wanted_rows = by_instants(sections, start, turns, places, 1_000)
    assert [(one.apart_ms, one.joined_ms) for one in found] == wanted_rows


def test_cut_off_by_hand() -> None:
    """A lane behind a main road of 3 km: cut off while it, or 2 km of the main road, is blocked."""
    sections = [
        street("m1", "a", "b", 1_000),
        street("m2", "b", "c", 2_000),
        street("l1", "a", "d", 500, road_class=RoadClass.LANE),
    ]
    net = net_of(sections, [[2], [0]])
    turns = [(100, 2, False), (300, 2, True), (400, 1, False), (450, 1, True), (600, 0, False)]
    found = cut_off(net, np.array([True, True, True]), turns, 1_000)
    assert found[0] == (200 + 50 + 400, 1_000)  # m1 itself lies between, from 600 on
    assert found[1] == (50 + 400, 1_000)


def test_places_are_sections_that_hang_together() -> None:
    """Three hospital roads, two of which meet, are two places; each by its first section."""
    flagged = [
        street("r1", "a", "b", 100, flags=("hospital",)),
        street("r2", "c", "d", 100, flags=("hospital", "slope")),
        street("r3", "b", "e", 100, flags=("hospital",)),
        street("r4", "e", "f", 100, flags=("bridge",)),
        street("r5", "e", "f", 100, flags=("station",)),
    ]
    places = places_of(flagged)
    assert [place.key for place in places] == ["hospital:r1", "hospital:r2", "station:r5"]
    assert [one.id for one in places[0].sections] == ["r1", "r3"]


def test_places_joined_by_a_later_section() -> None:
    """Two roads apart become one place with the third that touches both."""
    flagged = [
        street("r1", "a", "b", 100, flags=("hospital",)),
        street("r2", "c", "d", 100, flags=("hospital",)),
        street("r3", "b", "c", 100, flags=("hospital",)),
    ]
    (place,) = places_of(flagged)
    assert [one.id for one in place.sections] == ["r1", "r2", "r3"]
