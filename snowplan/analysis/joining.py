"""From when on places hang together with the main network, over sections that open one by one.

The main network is the largest connected part of expressways and main roads, all taken as open. A
place is joined while one of its sections is open and hangs, over open sections, together with more
than half of that network's length.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from snowplan.analysis.section_times import Ints
from snowplan.model.roads import RoadClass, Section
from snowplan.units import MM_PER_M

MAIN = (RoadClass.EXPRESSWAY, RoadClass.MAIN)


@dataclass(frozen=True, slots=True)
class Net:
    """Sections between numbered junctions, driven both ways; `main_mm`: 0 off the main network.

    `places`: the sections of each; `half_mm`: half the main network's length.
    """

    a: Ints
    b: Ints
    junctions: int
    main_mm: Ints
    places: tuple[tuple[int, ...], ...]

    @property
    def half_mm(self) -> float:
        """More than this much of the main network is most of it."""
        return int(self.main_mm.sum()) / 2


def net_of(sections: Sequence[Section], places: Sequence[Sequence[int]]) -> Net:
    """The net of open-able sections; `places` by positions in them."""
    names = sorted({end for section in sections for end in (section.start, section.end)})
    number = {name: k for k, name in enumerate(names)}
    a = np.array([number[section.start] for section in sections], dtype=np.int64)
    b = np.array([number[section.end] for section in sections], dtype=np.int64)
    mm = np.array([round(s.way.length_m * MM_PER_M) for s in sections], dtype=np.int64)
    is_main = np.array([s.duty.road_class in MAIN for s in sections], dtype=np.bool_)
    part = _parts(a[is_main], b[is_main], len(names))[a]
    lengths = np.bincount(part[is_main], weights=mm[is_main], minlength=1)
    main = is_main & (part == int(np.argmax(lengths)))
    return Net(a, b, len(names), np.where(main, mm, 0), tuple(tuple(one) for one in places))


def _parts(a: Ints, b: Ints, junctions: int) -> Ints:
    """The connected part of each junction."""
    edges = coo_array((np.ones(len(a), dtype=np.int8), (a, b)), shape=(junctions, junctions))
    _, part = connected_components(edges, directed=False)
    return np.asarray(part, dtype=np.int64)


def joined_minutes(net: Net, opened: Sequence[float]) -> list[float]:
    """For each place, the minute from which it is joined; infinite where it never is.

    Sections stay open from their minute on and are added in that order: parts that a new section
    ties together become one, with the places that wait in them (Kruskal's way).
    """
    parts = _Growing(net)
    order = sorted(range(len(opened)), key=lambda section: (opened[section], section))
    for section in order:
        if math.isinf(opened[section]):
            break
        parts.open(section, opened[section])
    return parts.joined


class _Growing:
    """Parts of the net while sections open."""

    def __init__(self, net: Net) -> None:
        self.net, self.half_mm = net, net.half_mm
        self.a, self.b, self.main_mm = net.a.tolist(), net.b.tolist(), net.main_mm.tolist()
        self.parent = list(range(net.junctions))
        self.mm = [0] * net.junctions
        self.waiting: list[list[int]] = [[] for _ in self.parent]
        self.joined = [math.inf] * len(net.places)
        self.place_of: dict[int, list[int]] = {}
        for place, sections in enumerate(net.places):
            for section in sections:
                self.place_of.setdefault(section, []).append(place)

    def open(self, section: int, minute: float) -> None:
        """A section opens: what it ties together is one part."""
        root, other = self._root(self.a[section]), self._root(self.b[section])
        if root != other:
            if len(self.waiting[root]) < len(self.waiting[other]):
                root, other = other, root
            self.parent[other] = root
            self.mm[root] += self.mm[other]
            self.waiting[root] += self.waiting[other]
        self.mm[root] += self.main_mm[section]
        self.waiting[root] += self.place_of.get(section, [])
        if self.waiting[root] and self.mm[root] > self.half_mm:
            for place in self.waiting[root]:
                self.joined[place] = min(self.joined[place], minute)
            self.waiting[root] = []

    def _root(self, junction: int) -> int:
        parent = self.parent
        while parent[junction] != junction:
            parent[junction] = parent[parent[junction]]
            junction = parent[junction]
        return junction


def cut_off_ms(
    net: Net, start: Sequence[bool], turns: Sequence[tuple[int, int, bool]], horizon_ms: int
) -> list[int]:
    """For each place, how long it is not joined from 0 to the horizon.

    `turns`: (instant, section, open), by time; `start`: which sections are open at 0.
    """
    is_open = np.array(start, dtype=np.bool_)
    apart = np.zeros(len(net.places), dtype=np.int64)
    since = 0
    cut = ~_joined(net, is_open)
    for position, (t_ms, section, opens) in enumerate(turns):
        is_open[section] = opens
        if position + 1 < len(turns) and turns[position + 1][0] == t_ms:
            continue
        apart += cut * (t_ms - since)
        since, cut = t_ms, ~_joined(net, is_open)
    apart += cut * (horizon_ms - since)
    return [int(ms) for ms in apart]


def _joined(net: Net, is_open: np.ndarray) -> np.ndarray:
    """Which places are joined while these sections are open."""
    part = _parts(net.a[is_open], net.b[is_open], net.junctions)[net.a]
    mm = np.bincount(part, weights=net.main_mm * is_open)
    well = is_open & (mm[part] > net.half_mm)
    return np.array([bool(well[list(place)].any()) for place in net.places], dtype=np.bool_)
