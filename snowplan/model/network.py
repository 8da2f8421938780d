"""The frozen network: every open direction of every section as one number, in arrays.

A segment's number is its position, ordered by (zone, class, section id, direction), so that the
candidates of a zone are one slice. (DESIGN asks for class before zone; with the rank already in
the key one slice a zone replaces one slice for each class of it.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from snowplan.model.roads import RoadMap, Section
from snowplan.units import DM2_PER_M2, MM_PER_M, drive_ms

STRIP_M = 3.0
FORWARD, BACKWARD = 0, 1
DIRECTIONS = ("forward", "backward")
LENGTH_BITS = 21  # a path's weight is (time in ms) << 21 | (length in dm): one number, no ties
LENGTH_MASK = (1 << LENGTH_BITS) - 1
CRITICAL_CLASS = 0  # rank classes: critical places, then road class + 1


def strip_count(section: Section) -> int:
    """Strips of one direction: ceil(width ÷ 3.0 m); a narrow two-way section shares one."""
    width = section.way.width_m
    if shares_strip(section):
        return 1
    direction = width if section.way.oneway else width / 2.0
    return max(1, -int(-round(direction * MM_PER_M) // round(STRIP_M * MM_PER_M)))


def shares_strip(section: Section) -> bool:
    """True for a two-way section under 6 m: its one strip counts for both directions."""
    return not section.way.oneway and section.way.width_m < 2 * STRIP_M


def strip_width_m(section: Section) -> float:
    """Width of each strip of a section."""
    if shares_strip(section):
        return section.way.width_m
    direction = section.way.width_m if section.way.oneway else section.way.width_m / 2.0
    return direction / strip_count(section)


@dataclass(frozen=True, slots=True)
class Segment:
    """One direction of a section, before it becomes a number."""

    zone: str
    rank_class: int
    section: int
    direction: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segments:
    """Columns by segment number; strips are numbered segment by segment from `strip0`."""

    section: tuple[int, ...]
    direction: tuple[int, ...]
    start: tuple[int, ...]  # junction numbers
    end: tuple[int, ...]
    length_mm: tuple[int, ...]
    rank_class: tuple[int, ...]
    strip0: tuple[int, ...]
    strips: tuple[int, ...]  # 0 where nothing is to be cleared (or the twin holds the shared strip)
    strip_dm2: tuple[int, ...]
    strip_width_m: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """Junctions, sections and segments by number; `zone_slice` gives each zone's segments."""

    road_map: RoadMap
    junctions: tuple[str, ...]
    sections: tuple[Section, ...]
    seg: Segments
    zone_slice: dict[str, tuple[int, int]]
    duty: tuple[bool, ...]  # by section: the centre's, open, and reachable
    unreachable: tuple[str, ...]

    @property
    def strip_total(self) -> int:
        """Number of strips."""
        return self.seg.strip0[-1] + self.seg.strips[-1] if self.seg.strip0 else 0

    def strip_segments(self) -> NDArray[np.int64]:
        """The segment of each strip."""
        return np.repeat(np.arange(len(self.seg.strips)), np.asarray(self.seg.strips))


def build_network(road_map: RoadMap) -> Network:
    """Freeze a road map.

    Closed sections are no part of the graph. Sections outside the largest strongly connected
    part of the rest (most junctions; ties: the lowest id) get no duty and are named.
    """
    junctions = tuple(sorted(j.id for j in road_map.junctions))
    number = {name: k for k, name in enumerate(junctions)}
    sections = tuple(sorted(road_map.sections, key=lambda s: s.id))
    inside = connected_junctions(sections, junctions)
    lost = tuple(
        s.id for s in sections if not s.duty.closed and not (s.start in inside and s.end in inside)
    )
    unreachable = frozenset(lost)
    duty = tuple(s.duty.cleared_by_centre and s.id not in unreachable for s in sections)
    rows = sorted(
        _segments(sections, number), key=lambda r: (r.zone, r.rank_class, r.section, r.direction)
    )
    zone_slice: dict[str, tuple[int, int]] = {}
    for k, row in enumerate(rows):
        zone_slice[row.zone] = (zone_slice.get(row.zone, (k, k))[0], k + 1)
    return Network(road_map, junctions, sections, _columns(rows, sections), zone_slice, duty, lost)


def connected_junctions(sections: Sequence[Section], junctions: Sequence[str]) -> frozenset[str]:
    """Junctions of the largest part in which every place can be reached from every other."""
    number = {name: k for k, name in enumerate(junctions)}
    open_ = [s for s in sections if not s.duty.closed]
    a = [number[s.start] for s in open_] + [number[s.end] for s in open_ if not s.way.oneway]
    b = [number[s.end] for s in open_] + [number[s.start] for s in open_ if not s.way.oneway]
    graph = csr_matrix((np.ones(len(a)), (a, b)), shape=(len(junctions), len(junctions)))
    _, label = connected_components(graph, directed=True, connection="strong")
    sizes = np.bincount(label)
    first = {int(part): k for k, part in reversed(list(enumerate(label)))}
    best = min(range(len(sizes)), key=lambda part: (-int(sizes[part]), first[part]))
    return frozenset(junctions[k] for k in np.flatnonzero(label == best).tolist())


def _segments(sections: Sequence[Section], number: Mapping[str, int]) -> list[Segment]:
    rows = []
    for k, section in enumerate(sections):
        if section.duty.closed:
            continue
        rank = CRITICAL_CLASS if section.duty.critical else int(section.duty.road_class) + 1
        a, b = number[section.start], number[section.end]
        rows.append(Segment(section.duty.zone, rank, k, FORWARD, a, b))
        if not section.way.oneway:
            rows.append(Segment(section.duty.zone, rank, k, BACKWARD, b, a))
    return rows


def _columns(rows: Sequence[Segment], sections: Sequence[Section]) -> Segments:
    strips, areas, widths, strip0 = [], [], [], []
    total = 0
    for row in rows:
        section = sections[row.section]
        twin = row.direction == BACKWARD and shares_strip(section)
        count = strip_count(section) if section.duty.cleared_by_centre and not twin else 0
        width = strip_width_m(section)
        strip0.append(total)
        strips.append(count)
        widths.append(width)
        areas.append(round(section.way.length_m * width * DM2_PER_M2))
        total += count
    return Segments(
        section=tuple(r.section for r in rows),
        direction=tuple(r.direction for r in rows),
        start=tuple(r.start for r in rows),
        end=tuple(r.end for r in rows),
        length_mm=tuple(round(sections[r.section].way.length_m * MM_PER_M) for r in rows),
        rank_class=tuple(r.rank_class for r in rows),
        strip0=tuple(strip0),
        strips=tuple(strips),
        strip_dm2=tuple(areas),
        strip_width_m=tuple(widths),
    )


def travel_weights(
    network: Network, reference_kph: float, class_factor: Sequence[float]
) -> list[int]:
    """The weight of each segment: time at min(limit, reference) × class factor, and length."""
    weights = []
    for k, section_number in enumerate(network.seg.section):
        section = network.sections[section_number]
        length_mm = network.seg.length_mm[k]
        speed = min(section.way.limit_kph, reference_kph) * class_factor[section.duty.road_class]
        weights.append((drive_ms(length_mm, speed) << LENGTH_BITS) | (length_mm + 50) // 100)
    return weights
