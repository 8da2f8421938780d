"""Loaders, trucks and dump points judged by docs/model.md from the group log alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tests.oracles.aid import zones_helped
from tests.oracles.dues import Dues, class_word
from tests.oracles.evidence import LOADING, Evidence, Row, by_place
from tests.oracles.kerbs import KG, Kerbs
from tests.oracles.sky import HOUR
from tests.oracles.spells import NEVER, outside
from tests.oracles.strips import Grid


@dataclass(frozen=True)
class Load:
    """One load: the loader's row, its truck, and what the truck held before."""

    row: Row
    truck: int
    held_g: int
    trip: int  # number of the truck's trip


@dataclass(frozen=True)
class Carried:
    """What trucks did: loads, and (truck, row, grams aboard, trip) of each haul and unloading."""

    loads: list[Load]
    runs: list[tuple[int, Row, int, int]]


def carried(e: Evidence) -> Carried:
    """Follow every truck's load through the log."""
    by_load = {
        (row.place, row.start, row.end): row
        for k in e.parties(*LOADING)
        for row in e.by_party[k]
        if row.kind == "load_snow"
    }
    found = Carried([], [])
    for truck in e.parties("truck"):
        held, trip = 0, 0
        for row in e.by_party[truck]:
            if row.kind == "load_snow" and row.end < e.horizon:
                loader = by_load.get((row.place, row.start, row.end))
                if loader is not None:
                    found.loads.append(Load(loader, truck, held, trip))
                    held += loader.amount_g
            elif row.kind in ("haul", "unload"):
                found.runs.append((truck, row, held, trip))
                if row.kind == "unload" and row.end < e.horizon:
                    held, trip = 0, trip + 1
    return found


def capacity_g(e: Evidence, truck: int) -> int:
    """Grams that a truck holds."""
    volume = next(t.volume_m3 for t in e.scenario.resources.trucks if t.id == e.party(truck).id)
    return int(volume * e.scenario.around.physics.piled.hauled_kg_m3 * KG)


def trucks_hold(e: Evidence, c: Carried) -> Iterator[str]:
    """No truck above its capacity; it hauls and unloads what was loaded into it."""
    for load in c.loads:
        if load.held_g + load.row.amount_g > capacity_g(e, load.truck) + 1:
            yield f"truck: {e.party(load.truck).id} is loaded above its capacity: {load}"
    for truck, row, held, _ in c.runs:
        wanted = 0 if row.end == e.horizon and row.amount_g == 0 else held
        if row.amount_g != wanted or not held:
            yield f"truck: {e.party(truck).id} holds {held} g, {row}"


def loads_right(e: Evidence, c: Carried, kerbs: Kerbs) -> Iterator[str]:
    """A load is the truck's room or what lies there; without a draw its time is known."""
    draws = {s.quantity for s in e.scenario.around.uncertainty if s.on}
    hauled = e.scenario.around.physics.piled.hauled_kg_m3
    for load in c.loads:
        row, kerb = load.row, kerbs.kerbs[load.row.place]
        room = capacity_g(e, load.truck) - load.held_g
        just_gone = sum(g for t, g in kerbs.loads[row.place] if t == row.start)
        least = min(room, kerb.before(row.start) - just_gone)
        most = min(room, kerb.after(row.end) + row.amount_g)
        if not least - 1 <= row.amount_g <= most + 1 or row.amount_g <= 0:
            yield f"load: {row} is not between {least} and {most} g"
        if "load_snow" in draws:
            continue
        kind = next(t for t in e.scenario.resources.types if t.kind == e.party(row.party).kind)
        per_g = HOUR / (kind.load_m3_h * hauled * KG)
        spot = e.scenario.plan.haul.spot_min * 60_000
        lasts = row.end - row.start
        if not least * per_g + spot - 1 <= lasts <= row.amount_g * per_g + spot + 101:
            yield f"load: {row} took {lasts} ms, expected {row.amount_g * per_g + spot:.0f}"


def dumps_hold(e: Evidence) -> Iterator[str]:
    """No dump point above its capacity, and no more trucks unload at once than it has gates."""
    points = e.scenario.resources.dump_points
    dumped = e.scenario.around.physics.piled.dumped_kg_m3 if points else 0.0
    draws = {s.quantity for s in e.scenario.around.uncertainty if s.on}
    for number, point in enumerate(points):
        rows = [r for r in e.rows if r.kind == "unload" and r.dump == number]
        total = point.filled_m3 * dumped * KG + sum(r.amount_g for r in rows)
        if total > point.capacity_m3 * dumped * KG + 2:
            yield f"dump: {point.id} holds {total:.0f} g"
        busy = 0
        for _, step in sorted([(r.end, -1) for r in rows] + [(r.start, 1) for r in rows]):
            busy += step
            if busy > point.gates:
                yield f"dump: {point.id} serves {busy} trucks at once"
                break
        for row in rows:
            lasts = row.end - row.start
            whole = row.end < e.horizon and "unload" not in draws
            if whole and not 0 <= lasts - point.unload_min * 60_000 < 100:
                yield f"dump: {row} took {lasts} ms"


def treated_apart(e: Evidence, c: Carried, kerbs: Kerbs) -> Iterator[str]:
    """Snow with de-icer shares no truck with other snow and comes to no green dump point."""
    rules = e.scenario.plan.haul
    trips: dict[tuple[int, int], set[bool]] = defaultdict(set)
    for load in c.loads:
        treated_from = kerbs.kerbs[load.row.place].treated_from
        if treated_from < load.row.start:
            trips[load.truck, load.trip].add(True)
        elif treated_from > load.row.end:
            trips[load.truck, load.trip].add(False)
    if rules is not None and rules.treated_apart:
        for (truck, trip), kinds in trips.items():
            if len(kinds) > 1:
                yield f"treated: {e.party(truck).id} mixes snow on trip {trip}"
    for truck, row, _, trip in c.runs:
        if row.dump < 0:
            continue  # not full yet: it goes after its loader
        green = e.scenario.resources.dump_points[row.dump].green
        if green and rules.treated_off_green and True in trips[truck, trip]:
            yield f"treated: {e.party(truck).id} takes treated snow to a green place: {row}"


class LoaderJudge:
    """Which windrows stood due and free, and what loaders and blowers chose."""

    def __init__(self, evidence: Evidence, dues: Dues, kerbs: Kerbs) -> None:
        self.e, self.dues, self.kerbs = evidence, dues, kerbs
        visits = [v for k in evidence.parties(*LOADING) for v in evidence.visits[k]]
        self.visits = sorted(visits, key=lambda v: (v.begin, v.party))
        self.claims = by_place(visits)
        network = evidence.facts.network
        self.zone = [network.sections[s].duty.zone for s in network.seg.section]
        self.spells = {}
        if visits or evidence.parties(*LOADING):
            self.spells = {
                k: spells
                for k in range(len(evidence.directions))
                if (spells := kerbs.due_spells(k, dues.regimes))
            }

    def free(self, segment: int, lo: int, hi: int, party: int) -> Iterator[tuple[int, int]]:
        """Spells inside [lo, hi) in which a windrow is due and nobody else is at it."""
        due = [(max(a, lo), min(b, hi)) for a, b in self.spells.get(segment, ())]
        others = [(v.begin, v.end) for v in self.claims[segment] if v.party != party]
        yield from outside(((a, b) for a, b in due if a < b), others)

    def rank(self, segment: int) -> int:
        """Rank of cleaning of the segment's class."""
        network = self.e.facts.network
        section = network.sections[network.seg.section[segment]]
        return self.dues.rank["clean", class_word(Grid(section, "", 0, 0))]

    def never_idle(self) -> Iterator[str]:
        """边清边运: nobody stands for want of work beside a due, free windrow in reach."""
        if not self.e.scenario.plan.phrases.haul_while_clearing:
            return
        for number in self.e.parties(*LOADING):
            helped = zones_helped(self.e, self.e.party(number).zone)
            for row in self.e.by_party[number]:
                if row.kind != "wait" or row.reason != "work":
                    continue
                for segment in self.spells:
                    if self.zone[segment] not in helped:
                        continue
                    for a, b in self.free(segment, row.start, row.end, number):
                        if b - a > 1:
                            yield (
                                f"idle: {self.e.party(number).id} stands beside "
                                f"{self.e.directions[segment]} from {a} to {b}"
                            )

    def best_first(self) -> Iterator[str]:
        """先主后次: the best rank of the own zone; another zone only when it has nothing."""
        by_class = self.e.scenario.plan.phrases.main_first
        for visit in self.visits:
            zone, t = self.e.party(visit.party).zone, visit.begin
            standing = [
                self.rank(segment)
                for segment in self.spells
                if self.zone[segment] == zone and segment != visit.place
                for a, b in self.free(segment, t - 1, t + 1, visit.party)
                if a < t < b
            ]
            abroad = self.zone[visit.place] != zone
            if self.zone[visit.place] not in zones_helped(self.e, zone):
                yield f"aid: {self.e.party(visit.party).id} works out of reach: {visit}"
            if standing and (abroad or (by_class and min(standing) < self.rank(visit.place))):
                yield f"order: {self.e.party(visit.party).id} chose {visit} before better"
            spells = self.spells.get(visit.place, ())
            if not any(a <= t <= b for a, b in spells):
                yield f"order: {self.e.party(visit.party).id} chose {visit}, which is not due"

    def not_before_cleared(self) -> Iterator[str]:
        """边清边运 off: nothing before a full hour at which nothing is due or under way."""
        if self.e.scenario.plan.phrases.haul_while_clearing or not self.visits:
            return
        first = self.visits[0].begin
        cleared = next((h for h in range(0, self.e.horizon, HOUR) if self._cleared(h)), NEVER)
        if first < cleared:
            yield f"early: loading begins at {first}, clearing is done at {cleared}"

    def _cleared(self, hour: int) -> bool:
        """Snow has stopped, no strip is due for the lead work or claimed around this hour."""
        if not self.dues.regime(hour).stopped:
            return False
        for where in self.dues.replay.grids:
            if where[0] not in self.dues.served or self.dues.by_hand(where, hour):
                continue
            if any(c.decided < hour < c.end for c in self.dues.claims.get(where, ())):
                return False
            for due in self.dues.all_dues(where):
                if any(a < hour < b for a, b in due.lead):
                    return False
        return True
