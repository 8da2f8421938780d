"""Where trucks take their loads: room, the plan's rule, and who must not stand and wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import networkx as nx

from tests.oracles.evidence import LOADING, Evidence, Row
from tests.oracles.hauling import Carried
from tests.oracles.kerbs import KG, Kerbs
from tests.oracles.parties import roads, top_kph
from tests.oracles.sky import HOUR

ROUNDING_MS = 1_000  # drives are rounded up to 100 ms a segment


@dataclass(frozen=True)
class Promise:
    """Room at a dump point taken from `begin` to `end`; `kept`: then the snow lies there."""

    truck: int
    dump: int
    begin: int
    end: int
    kept: bool
    grams: int


class DumpJudge:
    """Every truck's choice of a dump point, and every wait for one."""

    def __init__(self, evidence: Evidence, carried: Carried, kerbs: Kerbs) -> None:
        self.e, self.carried = evidence, carried
        self.rules = evidence.scenario.plan.haul
        self.points = evidence.scenario.resources.dump_points
        self.dumped = evidence.scenario.around.physics.piled.dumped_kg_m3 * KG
        self.treated = self._treated(kerbs)
        self.promises = self._promises()

    def _treated(self, kerbs: Kerbs) -> dict[tuple[int, int], set[bool]]:
        """By truck and trip: whether de-icer lay where it was loaded (both, if it came then)."""
        found: dict[tuple[int, int], set[bool]] = {}
        for load in self.carried.loads:
            since = kerbs.kerbs[load.row.place].treated_from
            kinds = found.setdefault((load.truck, load.trip), set())
            kinds |= {since < load.row.end, since <= load.row.start}
        return found

    def _promises(self) -> list[Promise]:
        """Rows with one dump point, one after another; given back when a truck goes off duty."""
        held = {row.number: grams for _, row, grams, _ in self.carried.runs}
        found = []
        for truck in self.e.parties("truck"):
            here: list[Row] = []
            for row in [*self.e.by_party[truck], None]:
                if here and (row is None or row.dump != here[-1].dump or here[-1].kind == "unload"):
                    grams = max((held.get(r.number, 0) for r in here), default=0)
                    last = here[-1]
                    kept = last.kind == "unload" and last.end < self.e.horizon
                    found.append(Promise(truck, last.dump, here[0].start, last.end, kept, grams))
                    here = []
                if row is not None and row.dump >= 0:
                    here.append(row)
        return found

    def filled_g(self, dump: int, t: int, held_only: bool = False) -> float:
        """Grams held (and promised) strictly before `t`."""
        point = self.points[dump]
        total = point.filled_m3 * self.dumped
        for p in self.promises:
            if p.dump == dump and p.begin < t:
                lies = p.kept and p.end < t
                total += p.grams if lies or (not held_only and (p.kept or p.end >= t)) else 0
        return total

    def allowed(self, dump: int, truck: int, trip: int) -> bool:
        """True where the kind of snow is certainly taken."""
        green = self.points[dump].green and self.rules.treated_off_green
        return not green or self.treated.get((truck, trip), {True}) == {False}

    def open_to(self, truck: int, trip: int, grams: int, t: int) -> list[int]:
        """Dump points that certainly have room for a load at `t`, what was promised at `t` too."""
        return [
            k
            for k, point in enumerate(self.points)
            if self.allowed(k, truck, trip)
            and point.capacity_m3 * self.dumped - self.filled_g(k, t + 1) >= grams + 2
        ]

    def judgements(self) -> Iterator[str]:
        """Everything at once."""
        graph = roads(self.e)
        for truck, row, held, trip in self.carried.runs:
            if row.kind == "haul" and row.dump >= 0 and not row.reason:
                yield from self._choice(graph, truck, row, held, trip)
        yield from self._waits()

    def _choice(
        self, graph: nx.MultiDiGraph[int], truck: int, row: Row, held: int, trip: int
    ) -> Iterator[str]:
        t, name = row.start, self.e.party(truck).id
        own = {p.dump for p in self.promises if p.truck == truck and p.begin == t}
        point = self.points[row.dump]
        if point.capacity_m3 * self.dumped - self.filled_g(row.dump, t) < held - 2:
            yield f"dump: {name} drives to {point.id}, which has no room: {row}"
        others = [k for k in self.open_to(truck, trip, held, t) if k not in own]
        zone = self.e.party(truck).zone
        for other in others:
            if self._better(graph, row, other, truck, zone):
                yield f"dump: {name} passes {self.points[other].id} by: {row}"

    def _better(
        self, graph: nx.MultiDiGraph[int], row: Row, other: int, truck: int, zone: str
    ) -> bool:
        """True when another point is certainly better by the plan's rule."""
        rule = self.rules.dump_rule
        here, there = self.points[row.dump], self.points[other]
        if rule == "zone_first" and (here.zone == zone) != (there.zone == zone):
            return there.zone == zone
        if rule == "emptiest":
            most = self.filled_g(other, row.start + 1) / (there.capacity_m3 * self.dumped)
            least = self.filled_g(row.dump, row.start, held_only=True)
            return most < least / (here.capacity_m3 * self.dumped) - 1e-9
        place = next(
            r.place for r in reversed(self.e.by_party[truck]) if r.place >= 0 and r.end <= row.start
        )
        starts = {self.e.facts.network.seg.start[place], self.e.facts.network.seg.end[place]}
        time = self._time(truck, row.start)
        return all(
            self._drive(graph, start, other, time) + ROUNDING_MS
            < self._drive(graph, start, row.dump, time)
            for start in starts
        )

    def _time(self, truck: int, t: int) -> Callable[[int, int, dict[int, dict[str, float]]], float]:
        top = top_kph(self.e, truck, "haul")
        start = self.e.scenario.study.clock.start
        hour = (start + timedelta(milliseconds=t // HOUR * HOUR)).hour
        traffic = self.e.scenario.around.traffic
        factor = {r.road_class: r.travel_factor for r in traffic if r.hour == hour}

        def time(_a: int, _b: int, edges: dict[int, dict[str, float]]) -> float:
            return min(
                x["m"] * 3600 / min(x["kph"], top) / factor.get(x["of"], 1.0)
                for x in edges.values()
            )

        return time

    def _drive(self, graph: nx.MultiDiGraph[int], start: int, dump: int, time: object) -> float:
        lengths = nx.single_source_dijkstra_path_length(graph, start, weight=time)
        return lengths.get(self.e.facts.dumps[dump].junction, float("inf"))

    def _waits(self) -> Iterator[str]:
        """A truck stands loaded only where no dump point has room for it."""
        for truck in self.e.parties("truck"):
            trip, held = 0, 0
            for row in self.e.by_party[truck]:
                if row.kind == "unload" and row.end < self.e.horizon:
                    trip += 1
                if row.kind != "wait" or row.reason != "dump":
                    continue
                held = sum(
                    x.row.amount_g for x in self.carried.loads
                    if (x.truck, x.trip) == (truck, trip)
                )  # fmt: skip
                if row.end - row.start > 1 and self.open_to(truck, trip, held, row.end - 1):
                    yield f"dump: {self.e.party(truck).id} stands though there is room: {row}"


def trucks_follow(e: Evidence) -> Iterator[str]:
    """A truck that is not full drives only to where a loader is or is under way to."""
    visits = [v for k in e.parties(*LOADING) for v in e.visits[k]]
    for truck in e.parties("truck"):
        for row in e.by_party[truck]:
            if (
                row.kind in ("travel", "haul")
                and row.dump < 0
                and not any(v.place == row.place and v.begin <= row.start <= v.end for v in visits)
            ):
                yield f"follow: {e.party(truck).id} drives where no loader is: {row}"
