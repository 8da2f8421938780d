"""Where and when: nobody in two places, nobody beyond the shift, nobody faster than the road.

Each rule is a generator of faults in words; the group log alone is judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from tests.oracles.evidence import ACTIVE, LOADING, Evidence, Row
from tests.oracles.sky import HOUR

GROUP_OF = {"loader": "hauling", "blower": "hauling", "truck": "hauling"}
SLACK_MS = 1


def tiling(e: Evidence) -> Iterator[str]:
    """A party's intervals follow each other from 0 to the horizon without gap or overlap."""
    for number, rows in e.by_party.items():
        name = e.party(number).id
        lasting = [r for r in rows if r.end > r.start]
        starts, ends = [r.start for r in lasting], [r.end for r in lasting]
        if [0, *ends] != [*starts, e.horizon]:
            wrong = next(
                (a, b) for a, b in zip([0, *ends], [*starts, e.horizon], strict=True) if a != b
            )
            yield f"tiling: {name} is nowhere or in two places: {wrong}"


def windows(e: Evidence) -> Iterator[str]:
    """Windows lie in the shifts of `crews.csv`; a crew is in one machine (or party) at a time."""
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for who, found in [(p.id, p.windows) for p in (*e.facts.parties, *e.facts.machines)]:
        for begin, end, crew in found:
            spans[crew].append((begin, end))
            yield from in_its_shift(e, who, begin, end, crew)
        yield from apart(who, [(begin, end) for begin, end, _ in found])
    for crew, times in spans.items():
        yield from apart(crew, sorted(times))
    for p in e.facts.parties:
        for _, _, crew in p.windows:
            group = next(g for g in e.scenario.resources.crews if g.id == crew.partition("@")[0])
            if (group.zone, group.kind) != (p.zone, p.group if p.kind == "squad" else p.kind):
                yield f"windows: {p.id} has the crew {crew}"


def in_its_shift(e: Evidence, who: str, begin: int, end: int, crew: str) -> Iterator[str]:
    """A crew's name holds its group, the start of its shift and its number in the group."""
    scenario = e.scenario
    group_id, _, rest = crew.partition("@")
    text, _, number = rest.partition("#")
    group = next(g for g in scenario.resources.crews if g.id == group_id)
    shift = datetime.strptime(text, "%Y-%m-%d %H:%M")  # noqa: DTZ007
    start = scenario.study.clock.start.replace(tzinfo=None)
    from_ms = round((shift - start).total_seconds() * 1000)
    length_h = min(group.length_h, scenario.plan.call_out.max_shift_h)
    if not from_ms <= begin < end <= from_ms + length_h * HOUR:
        yield f"windows: {who} has {crew} from {begin} to {end}"
    if int(number) > group.crews:
        yield f"windows: {crew} is one more than there are"


def apart(who: str, spans: list[tuple[int, int]]) -> Iterator[str]:
    """Spans in order that never overlap."""
    for (_, end), (begin, _) in pairwise(spans):
        if begin < end:
            yield f"windows: {who} is in two places at {begin}"


def duty_spells(e: Evidence, number: int) -> list[tuple[int, int]]:
    """Spells of duty of a party: its crews' windows, those that touch as one, less the nights."""
    spells: list[tuple[int, int]] = []
    for begin, end, _ in e.party(number).windows:
        if spells and begin <= spells[-1][1]:
            spells[-1] = (spells[-1][0], max(end, spells[-1][1]))
        else:
            spells.append((begin, end))
    return spells


def at_night(e: Evidence, t: int) -> bool:
    """True at an instant at which machines stand because 夜间清雪 is off."""
    rules = e.scenario.plan.call_out
    if e.scenario.plan.phrases.clear_at_night:
        return False
    here = e.scenario.study.clock.start
    minute = (here.hour * 60 + here.minute + t // 60_000) % 1440
    begin, end = rules.night_from_minute, rules.night_to_minute
    return begin <= minute < end if begin <= end else minute >= begin or minute < end


def on_duty(e: Evidence) -> Iterator[str]:
    """Nobody drives, loads, unloads or clears outside the windows of its crews, or at night."""
    for number, rows in e.by_party.items():
        spells = duty_spells(e, number)
        for row in rows:
            if row.kind not in ACTIVE or row.end == row.start:
                continue
            if not any(a <= row.start and row.end <= b for a, b in spells):
                yield f"duty: {e.party(number).id} works off duty: {row}"
            if at_night(e, row.start) or at_night(e, row.end - 1):
                yield f"duty: {e.party(number).id} works at night: {row}"


def roads(e: Evidence) -> nx.MultiDiGraph[int]:
    """Open roads between junction numbers: metres, km/h, road class."""
    network = e.facts.network
    number = {name: k for k, name in enumerate(network.junctions)}
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph()
    graph.add_nodes_from(number.values())
    for section in network.sections:
        way = section.way
        if section.duty.closed:
            continue
        a, b = number[section.start], number[section.end]
        known = {"m": way.length_m, "kph": way.limit_kph, "of": section.duty.road_class}
        graph.add_edge(a, b, **known)
        if not way.oneway:
            graph.add_edge(b, a, **known)
    return graph


def top_kph(e: Evidence, number: int, kind: str) -> float:
    """The best speed of a party: its own travel speed, a truck's with or without load."""
    party, resources = e.party(number), e.scenario.resources
    if party.kind == "truck":
        truck = next(t for t in resources.trucks if t.id == party.id)
        return truck.loaded_kph if kind == "haul" else truck.empty_kph
    if party.kind == "squad":
        groups = [g for g in resources.squads if party.id.startswith(g.id)]
        return max(g.transport_kph for g in groups)
    machine = next(m for m in resources.machines if m.id == party.id)
    return next(t for t in resources.types if t.kind == machine.kind).pace.travel_kph


def home_junctions(e: Evidence, number: int) -> set[int]:
    """Where a party may begin: its machine's depot, or the depots of its zone."""
    party = e.party(number)
    machine = next((m for m in e.scenario.resources.machines if m.id == party.id), None)
    return {
        d.junction
        for d in e.facts.depots
        if (machine is None and d.zone == party.zone) or (machine and d.id == machine.depot)
    }


def places_after(e: Evidence, row: Row) -> set[int]:
    """Junctions at which a party may stand after a row: a segment's ends, or the dump's."""
    if row.dump >= 0:
        return {e.facts.dumps[row.dump].junction}
    seg = e.facts.network.seg
    return {seg.start[row.place], seg.end[row.place]}


class Least:
    """The least time at a speed, and the least metres, between any two junctions."""

    def __init__(self, e: Evidence) -> None:
        graph = roads(e)
        self.size = graph.number_of_nodes()
        self.edges = [(a, b, x["m"], x["kph"]) for a, b, x in graph.edges(data=True)]
        self.found: dict[float | None, NDArray[np.float64]] = {}

    def between(self, here: set[int], there: set[int], top: float | None = None) -> float:
        """The least ms at a top speed (without one: metres) between any of two sets."""
        if top not in self.found:
            weights: dict[tuple[int, int], float] = {}
            for a, b, m, kph in self.edges:
                weight = m if top is None else m * 3600 / min(kph, top)
                weights[a, b] = min(weight, weights.get((a, b), weight))
            rows, columns = zip(*weights, strict=True)
            matrix = csr_matrix((list(weights.values()), (rows, columns)), (self.size, self.size))
            self.found[top] = dijkstra(matrix)
        return float(self.found[top][np.ix_(sorted(here), sorted(there))].min())


def driving(e: Evidence) -> Iterator[str]:
    """A drive from where a party was takes at least the fastest time at its best speed."""
    ways = Least(e)
    for number, rows in e.by_party.items():
        here = home_junctions(e, number)
        for row in rows:
            if row.reason in ("crew", "night") and e.party(number).kind == "squad":
                here = here | home_junctions(e, number)  # the next shift begins at the depot
            if row.place < 0 and row.dump < 0:
                continue
            there = places_after(e, row)
            if row.kind in ("travel", "haul"):
                if not row.reason:
                    yield from too_fast(e, ways, here, row)
            elif not here & there and row.kind in ("load_snow", "unload", "hand_clear"):
                yield f"driving: {e.party(number).id} jumps to {row}"
            here = there


def too_fast(e: Evidence, ways: Least, here: set[int], row: Row) -> Iterator[str]:
    """Faults of one drive: shorter or faster than the roads allow."""
    name, top = e.party(row.party).id, top_kph(e, row.party, row.kind)
    there, lasts = places_after(e, row), row.end - row.start
    if lasts < ways.between(here, there, top) - SLACK_MS:
        yield f"driving: {name} is faster than the road allows: {row}"
    if row.dm / 10 < ways.between(here, there) - 1:
        yield f"driving: {name} drove fewer metres than there are: {row}"
    if row.dm / 10 * 3600 > lasts * top + 3600:
        yield f"driving: {name} drove more metres than its speed allows: {row}"


def called(e: Evidence) -> Iterator[str]:
    """A group that the treatment in force does not name begins nothing."""
    spells = group_spells(e)
    for number, rows in e.by_party.items():
        party = e.party(number)
        group = GROUP_OF.get(party.kind, party.group)
        if group == "clearing":
            continue
        for before, row in pairwise([None, *rows]):
            begins = row.kind in ("travel", "load_snow", "hand_clear")
            going_on = before is not None and before.kind in ACTIVE and before.place == row.place
            if not begins or going_on or (party.kind == "truck" and row.kind == "load_snow"):
                continue
            if not any(group in named for a, b, named in spells if a <= row.start <= b):
                yield f"called: {party.id} of {group} is not called: {row}"


def group_spells(e: Evidence) -> list[tuple[int, int, tuple[str, ...]]]:
    """(from, to, groups named) by the grades in the event log."""
    grades = e.events[e.events["kind"] == "grade"].sort_values("start_ms")
    treatments = {t.grade.key: t.groups for t in e.scenario.plan.treatments}
    found: list[tuple[int, int, tuple[str, ...]]] = []
    begin, word = 0, "none"
    for t, new in [*zip(grades["start_ms"], grades["reason"], strict=True), (e.horizon, "")]:
        key = {"none": "light"}.get(word, "blizzard" if word.endswith("blizzard") else word)
        if t > begin:
            found.append((begin, int(t), treatments[key]))
        begin, word = int(t), str(new)
    return found


def one_truck_a_loader(e: Evidence) -> Iterator[str]:
    """A load is one loader and one truck at one place in one interval; none is at two."""
    loads: dict[tuple[int, int, int], list[str]] = defaultdict(list)
    for number, rows in e.by_party.items():
        for row in rows:
            if row.kind == "load_snow":
                loads[row.place, row.start, row.end].append(e.party(number).kind)
    for where, kinds in loads.items():
        if len(kinds) != 2 or kinds.count("truck") != 1:
            yield f"load: {kinds} at {where}"
    visits = [v for k in e.parties(*LOADING) for v in e.visits[k]]
    by_segment = sorted(visits, key=lambda v: (v.place, v.begin))
    for a, b in pairwise(by_segment):
        if a.place == b.place and b.begin < a.end:
            yield f"load: two loaders at {e.directions[a.place]}: {a.party} and {b.party}"


RULES = (tiling, windows, on_duty, driving, called, one_truck_a_loader)
