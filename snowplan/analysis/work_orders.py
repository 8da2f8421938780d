"""What each machine, truck and squad does in a run, as an order of work that people can follow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from snowplan.model.roads import Junction, RoadMap, Section

WORK = ("plough", "sweep", "grade_packed", "spread", "blow", "hand_clear")
HAULED, REFILL, SHIFT = ("haul", "unload"), "load", "shift"
BREAKS = ("work", "night", "called_off")  # waits after which work is a new order
COLUMNS = (
    "event_id", "kind", "start_ms", "end_ms", "machine", "crew", "section", "direction", "depot",
    "dump_point", "reason", "part",
)  # fmt: skip


class Order(NamedTuple):
    """One line of an order of work: consecutive passes of a kind on one road.

    `origin` and `goal` are junctions in the order of driving, `there_and_back` says that it is
    driven in both senses; `place` is the depot of a refill or the dump point to which snow goes;
    `times` counts loads, refills, or how often the stretch is driven (each way): the most passes
    of one section in one direction. `events` are those of the run that it stands for.
    """

    kind: str
    road: str
    origin: str
    goal: str
    there_and_back: bool
    part: str
    place: str
    times: int
    sections: int
    crew: str
    start_ms: int
    end_ms: int
    events: tuple[int, ...]


class Turn(NamedTuple):
    """A crew of a machine and when it takes over."""

    crew: str
    start_ms: int


Step = Any  # a row of the events


def work_orders(events: pd.DataFrame, road_map: RoadMap) -> dict[str, list[Order]]:
    """The orders of every machine, truck and squad, by id, in order of time.

    Passes of a kind on one road make one line until something else is worked on, a crew takes
    over, de-icer is loaded or nothing is due for a while. A truck's line has its loads from one
    road to one dump point. `events` are those of a run folder.
    """
    roads = Roads(road_map)
    kinds = {*WORK, *HAULED, REFILL, SHIFT, "load_snow", "wait"}
    rows = events.loc[events["kind"].isin(kinds) & events["machine"].notna(), list(COLUMNS)]
    rows = rows.astype(object).where(rows.notna(), None)
    rows = rows.sort_values(["machine", "start_ms", "event_id"], kind="stable")
    return {
        str(machine): list(_orders(list(part.itertuples(index=False)), roads))
        for machine, part in rows.groupby("machine", sort=True)
    }


def turns(events: pd.DataFrame) -> dict[str, list[Turn]]:
    """The crews of every machine, truck and squad, in the order in which they take over."""
    rows = events.loc[events["kind"] == SHIFT, ["machine", "crew", "start_ms"]]
    found: dict[str, list[Turn]] = {}
    for machine, crew, start_ms in rows.itertuples(index=False):
        found.setdefault(str(machine), []).append(Turn(str(crew), int(start_ms)))
    return found


def _orders(steps: Sequence[Step], roads: Roads) -> Iterator[Order]:
    """One machine's steps in lines."""
    open_: list[Step] = []
    key: tuple[str, ...] | None = None
    road, anew = "", False  # on the way to a dump point a step has no road: it is that before
    for step, dump in zip(steps, _dumps(steps), strict=True):
        anew = anew or _breaks(step)
        road = road if step.section is None else roads.road_of(step.section)
        found = _key(step, dump, road)
        if found is None:
            continue
        ends_a_trip = step.kind in HAULED and bool(open_)
        if found != key or (anew and not ends_a_trip):
            yield from _line(open_, key, roads)
            open_, key, anew = [], found, False
        open_.append(step)
    yield from _line(open_, key, roads)


def _dumps(steps: Sequence[Step]) -> list[str]:
    """To which dump point the snow of each step is taken next; empty for a loader's."""
    found, dump = [], ""
    for step in reversed(steps):
        if step.kind in HAULED:
            dump = step.dump_point or ""
        found.append(dump)
    return found[::-1]


def _breaks(step: Step) -> bool:
    return step.kind in {SHIFT, REFILL} or (step.kind == "wait" and step.reason in BREAKS)


def _key(step: Step, dump: str, road: str) -> tuple[str, ...] | None:
    """What steps of one line have in common; None for what is no work.

    Driving to the dump point and unloading belong to the load before them.
    """
    if step.kind == REFILL:
        return (REFILL, step.depot or "", "", "")
    if step.kind in {"load_snow", *HAULED}:
        return ("haul" if dump else "load_snow", road, dump, "")
    if step.kind in WORK:
        return (step.kind, road, "", step.part or "")
    return None


def _line(steps: Sequence[Step], key: tuple[str, ...] | None, roads: Roads) -> Iterator[Order]:
    if key is None:
        return
    kind, what, dump, part = key
    passes = [step for step in steps if step.section is not None]
    begin, end, both = roads.way(passes)
    yield Order(
        kind, "" if kind == REFILL else what, begin, end, both, part,
        what if kind == REFILL else dump,
        _times(kind, steps, passes),
        len({step.section for step in passes}),
        str(steps[0].crew or ""),
        int(steps[0].start_ms), int(steps[-1].end_ms),
        tuple(int(step.event_id) for step in steps),
    )  # fmt: skip


def _times(kind: str, steps: Sequence[Step], passes: Sequence[Step]) -> int:
    loads = sum(step.kind == "load_snow" for step in passes)
    if loads or kind == REFILL or not passes:
        return loads or len(steps)
    return max(Counter((step.section, step.direction) for step in passes).values())


class Roads:
    """Roads, ends and places of a map's sections."""

    def __init__(self, road_map: RoadMap) -> None:
        self._sections: Mapping[str, Section] = {row.id: row for row in road_map.sections}
        self._places: Mapping[str, Junction] = {row.id: row for row in road_map.junctions}

    def road_of(self, section: str) -> str:
        """The road's name; a section without one is called by its id."""
        return self._sections[section].name or section

    def way(self, passes: Sequence[Step]) -> tuple[str, str, bool]:
        """From where to where passes lead, and whether they are driven in both senses.

        The ends are junctions that belong to one of the sections alone (or an odd number of them),
        in the order in which they are come by; a ring has none, and ends where it began.
        """
        if not passes:
            return "", "", False
        hops = [self._hop(step) for step in passes]
        met = dict.fromkeys(place for hop in hops for place in hop)
        ends = [place for place in met if place in self._odd(passes)] or [hops[0][0], hops[-1][1]]
        begin, end = ends[0], ends[-1]
        senses = {self._sense(hop, (begin, end)) for hop in hops}
        both = len(senses) > 1 or len({step.direction for step in passes if step.part}) > 1
        if senses == {False}:
            begin, end = end, begin
        return begin, end, both

    def _hop(self, step: Step) -> tuple[str, str]:
        section = self._sections[step.section]
        forward = step.direction != "backward"
        return (section.start, section.end) if forward else (section.end, section.start)

    def _odd(self, passes: Iterable[Step]) -> set[str]:
        odd: set[str] = set()
        for name in {step.section for step in passes}:
            for place in (self._sections[name].start, self._sections[name].end):
                odd ^= {place}
        return odd

    def _sense(self, hop: tuple[str, str], way: tuple[str, str]) -> bool:
        """Whether a hop leads the same way, by its direction over ground."""
        (ax, ay), (bx, by) = (self._vector(*pair) for pair in (hop, way))
        return ax * bx + ay * by >= 0

    def _vector(self, begin: str, end: str) -> tuple[float, float]:
        a, b = self._places[begin], self._places[end]
        return b.lon - a.lon, b.lat - a.lat
