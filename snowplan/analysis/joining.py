"""How long places are cut off from the main network, over sections that close and open.

The main network is the largest connected part of expressways and main roads, all taken as open. A
place is joined while one of its sections is open and hangs, over open sections, together with more
than half of that network's length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from snowplan.analysis.section_times import Bools, Ints
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


class CutOff(NamedTuple):
    """How long a place was not joined, and when that last ended; both 0 where it always was."""

    apart_ms: int
    joined_ms: int


def cut_off(
    net: Net, start: Bools, turns: Sequence[tuple[int, int, bool]], horizon_ms: int
) -> list[CutOff]:
    """For each place, what it was cut off from 0 to the horizon.

    `turns`: (instant, section, open), by time; `start`: which sections are open at 0.
    """
    search = _Search(net, turns, horizon_ms)
    search.look(0, len(search.at_ms) - 1, start, np.ones(len(net.places), dtype=np.bool_))
    return [
        CutOff(apart, joined)
        for apart, joined in zip(search.apart.tolist(), search.joined.tolist(), strict=True)
    ]


class _Search:
    """Halves spans of time until each place is joined, or cut off, all through.

    A place that is joined over the sections that stay open all through a span is joined all
    through; one that is not even over those that are open at some instant is cut off all through.
    """

    def __init__(self, net: Net, turns: Sequence[tuple[int, int, bool]], horizon_ms: int) -> None:
        self.net = net
        self.section = np.array([section for _, section, _ in turns], dtype=np.int64)
        self.opens = np.array([opens for _, _, opens in turns], dtype=np.bool_)
        instants = np.array([t_ms for t_ms, _, _ in turns], dtype=np.int64)
        inner = np.unique(instants[instants > 0])
        self.at_ms = np.concatenate([[0], inner, [horizon_ms]])
        self.first = np.searchsorted(instants, self.at_ms)  # the first turn of each instant
        self.apart, self.joined = np.zeros((2, len(net.places)), dtype=np.int64)

    def look(self, begin: int, end: int, is_open: Bools, asked: Bools) -> None:
        """The span between two instants by number; `is_open` from its beginning on."""
        inside = slice(self.first[begin + 1], self.first[end])
        moved = self.section[inside]
        through, ever = is_open.copy(), is_open.copy()
        through[moved] = False
        ever[moved] = True
        asked = asked & ~joined_over(self.net, through)
        if not asked.any():
            return
        cut = asked & ~joined_over(self.net, ever) if len(moved) else asked
        self.apart[cut] += self.at_ms[end] - self.at_ms[begin]
        self.joined[cut] = np.maximum(self.joined[cut], self.at_ms[end])
        asked = asked & ~cut
        if not asked.any():
            return
        middle = (begin + end) // 2
        self.look(begin, middle, is_open, asked)
        later = is_open.copy()
        left = slice(self.first[begin + 1], self.first[middle + 1])
        later[self.section[left]] = self.opens[left]  # of several turns the last one counts
        self.look(middle, end, later, asked)


def joined_over(net: Net, is_open: Bools) -> Bools:
    """Which places are joined over these sections."""
    part = _parts(net.a[is_open], net.b[is_open], net.junctions)[net.a]
    mm = np.bincount(part, weights=net.main_mm * is_open)
    well = is_open & (mm[part] > net.half_mm)
    return np.array([bool(well[list(place)].any()) for place in net.places], dtype=np.bool_)
