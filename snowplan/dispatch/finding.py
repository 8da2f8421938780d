"""Where next: the best candidate of a zone, three ways that agree to the byte.

`MatrixFinder` adds a row of travel times to a slice of keys (networks up to some 20,000
segments), `SearchFinder` keeps each junction's surroundings (beyond), `OracleFinder` asks networkx
and looks at every strip afresh (slow, for proof).
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import Protocol

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from snowplan.dispatch.board import Board
from snowplan.dispatch.ranks import NO_CANDIDATE, TRAVEL_BITS
from snowplan.model.network import LENGTH_BITS, LENGTH_MASK, Network

Hit = tuple[int, int]  # (key with the travel time in its low bits, segment)
ROWS_KEPT = 256
NODE_BITS = 24
NODE = (1 << NODE_BITS) - 1
FAR = (1 << TRAVEL_BITS) - 1  # travel time of what cannot be reached


class Finder(Protocol):
    """What dispatch asks of a network."""

    def best(self, kind: str, junction: int, zone: str) -> Hit | None:
        """The best candidate of a zone, or None."""

    def travel(self, junction: int, segment: int) -> tuple[int, int]:
        """(ms, dm) of the fastest way to the beginning of a segment."""

    def way(self, junction: int, to: int) -> tuple[int, int]:
        """(ms, dm) of the fastest way between two junctions."""


Row = tuple[NDArray[np.int64], NDArray[np.int32]]


class Ways:
    """Fastest ways on one set of weights: time first, then length, in one exact number."""

    def __init__(self, network: Network, weights: Sequence[int]) -> None:
        self.network = network
        least: dict[tuple[int, int], int] = {}
        for a, b, weight in zip(network.seg.start, network.seg.end, weights, strict=True):
            if a != b and weight < least.get((a, b), 1 << 62):
                least[a, b] = weight
        ends = sorted(least)
        count = len(network.junctions)
        data = np.array([least[e] for e in ends], dtype=np.float64)
        rows = np.array([a for a, _ in ends], dtype=np.int32)
        columns = np.array([b for _, b in ends], dtype=np.int32)
        self.matrix = csr_matrix((data, (rows, columns)), shape=(count, count))
        self.starts = np.asarray(network.seg.start)
        self.slices = network.zone_slice
        self.rows: dict[tuple[int, str], Row] = {}
        self._to: dict[int, NDArray[np.float64]] = {}
        self._from: dict[int, NDArray[np.float64]] = {}

    def from_junction(self, junction: int) -> NDArray[np.float64]:
        """Weights from a junction to all others (inf: no way); the last rows asked for are kept."""
        row = self._from.get(junction)
        if row is None:
            row = _ways_from(self.matrix, junction)
            if len(self._from) >= ROWS_KEPT:
                self._from.pop(next(iter(self._from)))
            self._from[junction] = row
        return row

    def row(self, junction: int, zone: str) -> Row:
        """Times (ms) and lengths (dm) from a junction to the segments of a zone; kept once made."""
        found = self.rows.get((junction, zone))
        if found is not None:
            return found
        lo, hi = self.slices[zone]
        weights = self.from_junction(junction)[self.starts[lo:hi]]
        lost = np.isinf(weights)
        whole = np.where(lost, 0.0, weights).astype(np.int64)
        times = np.where(lost, FAR, whole >> LENGTH_BITS)
        row = (times, (whole & LENGTH_MASK).astype(np.int32))
        self.rows[junction, zone] = row
        return row

    def travel(self, junction: int, segment: int) -> tuple[int, int]:
        """(ms, dm) to the beginning of a segment."""
        return split(float(self.from_junction(junction)[int(self.starts[segment])]))

    def way(self, junction: int, to: int) -> tuple[int, int]:
        """(ms, dm) of the fastest way; rows towards a place asked for are kept."""
        if to not in self._to:
            self._to[to] = _ways_from(self.matrix.T.tocsr(), to)
        return split(float(self._to[to][junction]))


def _ways_from(matrix: csr_matrix, junction: int) -> NDArray[np.float64]:
    found: NDArray[np.float64] = dijkstra(matrix, indices=np.array(junction))
    return found


def split(weight: float) -> tuple[int, int]:
    """(ms, dm) of a weight."""
    if weight == np.inf:
        return FAR, 0
    whole = int(weight)
    return whole >> LENGTH_BITS, whole & LENGTH_MASK


class MatrixFinder:
    """One row of travel times a junction and zone, made on first use and kept."""

    def __init__(self, board: Board, ways: Ways) -> None:
        self.ways = ways
        self.slices = board.network.zone_slice
        self.keys = {
            (kind, zone): keys[lo:hi]
            for kind, keys in board.keys.items()
            for zone, (lo, hi) in self.slices.items()
        }
        self.sums = {
            zone: np.empty(hi - lo, dtype=np.int64) for zone, (lo, hi) in self.slices.items()
        }
        self.rows = ways.rows
        self.zone_of = {k: zone for zone, (lo, hi) in self.slices.items() for k in range(lo, hi)}

    def best(self, kind: str, junction: int, zone: str) -> Hit | None:
        """See `Finder`."""
        keys = self.keys.get((kind, zone))
        if keys is None:  # a zone without roads
            return None
        row = self.rows.get((junction, zone))
        if row is None:
            row = self.ways.row(junction, zone)
        sums = self.sums[zone]
        np.add(keys, row[0], sums)
        at = int(sums.argmin())
        key = sums.item(at)
        return (key, self.slices[zone][0] + at) if key < NO_CANDIDATE else None

    def travel(self, junction: int, segment: int) -> tuple[int, int]:
        """See `Finder`."""
        zone = self.zone_of[segment]
        row = self.ways.row(junction, zone)
        at = segment - self.slices[zone][0]
        return row[0].item(at), row[1].item(at)

    def way(self, junction: int, to: int) -> tuple[int, int]:
        """See `Finder`."""
        return self.ways.way(junction, to)


Ball = tuple[NDArray[np.int32], NDArray[np.int32]]  # segments and times (ms), nearest first
BALLS = (48, 500)  # junctions around one that are kept, at first and when that did not do


class SearchFinder:
    """Looks around the machine, then further, and at the whole zone only when it must."""

    def __init__(self, board: Board, ways: Ways, balls: Sequence[int] = BALLS) -> None:
        self.ways = ways
        self.slices = board.network.zone_slice
        self.keys = board.keys
        matrix = ways.matrix
        rows, heads = matrix.indptr.tolist(), matrix.indices.tolist()
        times = [int(weight) >> LENGTH_BITS for weight in matrix.data]
        edges = [time << NODE_BITS | head for time, head in zip(times, heads, strict=True)]
        self.edges = [edges[rows[k] : rows[k + 1]] for k in range(len(rows) - 1)]
        self.out = _out_segments(board.network)
        self.balls: dict[int, dict[tuple[int, str], Ball]] = {size: {} for size in balls}

    def best(self, kind: str, junction: int, zone: str) -> Hit | None:
        """See `Finder`."""
        lo, hi = self.slices.get(zone, (0, 0))
        if lo == hi:
            return None
        least = int(self.keys[kind][lo:hi].min())
        if least >= NO_CANDIDATE:
            return None
        level = least >> TRAVEL_BITS
        beyond = (level + 1) << TRAVEL_BITS
        found = self._near(kind, junction, zone, beyond)
        if found is None:
            found = self._row(kind, junction, lo, hi, level)
        return None if found is None else ((level << TRAVEL_BITS) + found[0], found[1])

    def _near(self, kind: str, junction: int, zone: str, beyond: int) -> Hit | None:
        """The nearest candidate below `beyond` among the segments around a junction, if any.

        A junction's surroundings are walked once and kept, and wider ones when those do not do.
        """
        slot = (junction, zone)
        for size, kept in self.balls.items():
            ball = kept.get(slot)
            if ball is None:
                ball = kept[slot] = self._ball(junction, zone, size)
            segments, times = ball
            if len(segments):
                below = self.keys[kind][segments] < beyond
                first = int(below.argmax())
                if below[first]:
                    return times.item(first), segments.item(first)
        return None

    def _ball(self, junction: int, zone: str, size: int) -> Ball:
        """Segments of a zone around a junction, nearest first (ties by number)."""
        lo, hi = self.slices[zone]
        done: set[int] = set()
        queue = [junction]
        found: list[int] = []
        last = 0
        while queue:
            code = heapq.heappop(queue)
            at = code & NODE
            if at in done:
                continue
            time = code >> NODE_BITS
            if len(done) >= size and time > last:
                break
            done.add(at)
            last = time
            found += [time << NODE_BITS | s for s in self.out[at] if lo <= s < hi]
            reached = code - at
            for edge in self.edges[at]:
                if edge & NODE not in done:
                    heapq.heappush(queue, reached + edge)
        codes = np.array(sorted(found), dtype=np.int64)
        return (codes & NODE).astype(np.int32), (codes >> NODE_BITS).astype(np.int32)

    def _row(self, kind: str, junction: int, lo: int, hi: int, level: int) -> Hit | None:
        weights = self.ways.from_junction(junction)[self.ways.starts[lo:hi]]
        there = (self.keys[kind][lo:hi] >> TRAVEL_BITS) == level
        times = np.where(there & ~np.isinf(weights), weights, np.inf)
        if np.isinf(times.min()):
            return None
        whole = np.where(np.isinf(times), float(FAR << LENGTH_BITS), times).astype(np.int64)
        at = int((whole >> LENGTH_BITS).argmin())
        return int(whole[at]) >> LENGTH_BITS, lo + at

    def travel(self, junction: int, segment: int) -> tuple[int, int]:
        """See `Finder`."""
        return self.ways.travel(junction, segment)

    def way(self, junction: int, to: int) -> tuple[int, int]:
        """See `Finder`."""
        return self.ways.way(junction, to)


def _out_segments(network: Network) -> list[list[int]]:
    out: list[list[int]] = [[] for _ in network.junctions]
    for segment, junction in enumerate(network.seg.start):
        if network.seg.strips[segment]:
            out[junction].append(segment)
    return out


class OracleFinder:
    """networkx for the ways, every strip looked at for the keys: slow and plain."""

    def __init__(self, board: Board, weights: Sequence[int], now: Sequence[int]) -> None:
        self.board = board
        self.now = now  # a cell with the current instant
        self.graph: nx.MultiDiGraph[int] = nx.MultiDiGraph()
        seg = board.network.seg
        self.graph.add_nodes_from(range(len(board.network.junctions)))
        for segment, (a, b) in enumerate(zip(seg.start, seg.end, strict=True)):
            self.graph.add_edge(a, b, key=segment, weight=weights[segment])

    def best(self, kind: str, junction: int, zone: str) -> Hit | None:
        """See `Finder`."""
        board, now = self.board, self.now[0]
        work = board.kinds[kind]
        reach = nx.single_source_dijkstra_path_length(self.graph, junction, weight="weight")
        field = {"plough": 0, "sweep": 1, "grade_packed": 2, "spread": 3}[work.value]
        best: Hit | None = None
        for segment in range(*board.network.zone_slice.get(zone, (0, 0))):
            start = board.network.seg.start[segment]
            if start not in reach or not board.may_work(kind, segment):
                continue
            key = board.standing(segment, now)[field]
            travel_ms = split(float(reach[start]))[0]
            if key < NO_CANDIDATE and (best is None or key + travel_ms < best[0]):
                best = key + travel_ms, segment
        return best

    def travel(self, junction: int, segment: int) -> tuple[int, int]:
        """See `Finder`."""
        return self.way(junction, self.board.network.seg.start[segment])

    def way(self, junction: int, to: int) -> tuple[int, int]:
        """See `Finder`."""
        return split(float(nx.dijkstra_path_length(self.graph, junction, to, weight="weight")))
