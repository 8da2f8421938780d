"""The paper pack of a run: a sheet a machine, truck and squad, with all that it needs to work."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from snowplan.analysis.work_orders import Order, Turn, turns, work_orders
from snowplan.clock import Clock
from snowplan.model.fleet import Depot
from snowplan.model.hauling import DumpPoint
from snowplan.model.places import distance_m, nearest_of
from snowplan.model.roads import Junction
from snowplan.model.scenario import Scenario
from snowplan.results.reading import RunRecord
from snowplan.units import M_PER_KM

if TYPE_CHECKING:
    import pandas as pd

# `crew-west-plough-day@2026-01-15 08:00#02`: the crews of a shift, when it began, which of them
_CREW = re.compile(r"(?P<group>.+)@(?P<day>\S+) (?P<start>\S+)#(?P<number>\d+)")
TIME = "%m-%d %H:%M"
SPREADING = ("spread", "load")  # work of those that carry de-icer
LOADING = ("loader", "blower", "truck")  # those that are told of the dump points


def work_pack(record: RunRecord, scenario: Scenario, only: Sequence[str] = ()) -> dict[str, Any]:
    """What the paper pack shows, from a run folder and the scenario that it is of.

    `only`: the zones that it is for, all of them without. `sheets` has a row for every machine,
    truck and squad that worked, by zone, kind and id: its orders, crews, depot, other depots and
    dump points. Times are local.
    """
    events, clock = record.frame("events.parquet"), scenario.study.clock
    orders, crews = work_orders(events, scenario.road_map), turns(events)
    parties = [row for row in _parties(record) if not only or row["zone"] in only]
    places = _Places(scenario, _dump_use(record, events))
    rows = [
        _sheet(row, orders[row["machine"]], crews.get(row["machine"], []), clock, places)
        for row in parties
        if orders.get(row["machine"])
    ]
    zones = [zone.id for zone in scenario.road_map.zones]
    rows.sort(key=lambda row: (_place(zones, row["zone"]), row["kind"], row["machine"]))
    return {
        "title_zh": scenario.study.title,
        "title_en": scenario.study.title_en,
        "map_zh": scenario.road_map.title,
        "map_en": scenario.road_map.title_en,
        "schematic": scenario.road_map.schematic,
        "start": clock.text(0),
        "snow_stops": _text(clock, record.manifest["clock"]["snow_stops_ms"]),
        "reference": record.path.name,
        "roads_en": {row.name: row.name_en for row in scenario.road_map.sections if row.name_en},
        "junctions": {row.id: row.name for row in scenario.road_map.junctions},
        "zones": [
            {"id": zone.id, "title_zh": zone.name, "title_en": zone.name_en}
            for zone in scenario.road_map.zones
        ],
        "sheets": rows,
    }


def _dump_use(record: RunRecord, events: pd.DataFrame) -> Counter[tuple[str, str]]:
    """How many loads the trucks of a zone bring to a dump point."""
    zones = {row["machine"]: row["zone"] for row in _parties(record)}
    brought = events.loc[events["kind"] == "unload", ["machine", "dump_point"]]
    return Counter(
        (zones.get(str(machine), ""), str(dump))
        for machine, dump in brought.itertuples(index=False)
    )


def _parties(record: RunRecord) -> list[dict[str, str]]:
    """Machines, trucks and squads with kind, zone and home depot (empty without one)."""
    machines = record.frame("machines.parquet")
    own = [
        {key: str(row[key]) for key in ("machine", "kind", "zone", "depot")}
        for row in machines.to_dict("records")
    ]
    groups = record.frame("groups.parquet")
    others = [
        {"machine": row["party"], "kind": row["kind"], "zone": row["zone"], "depot": ""}
        for row in groups.to_dict("records")
    ]
    known = {row["machine"] for row in others}
    return [row for row in own if row["machine"] not in known] + others


def _sheet(
    row: Mapping[str, str],
    orders: Sequence[Order],
    crews: Sequence[Turn],
    clock: Clock,
    places: _Places,
) -> dict[str, Any]:
    depot = places.home(row["depot"], row["zone"], orders)
    spreads = any(order.kind in SPREADING for order in orders)
    return {
        **row,
        "depot": depot,
        "spreads": spreads,
        "refills": places.others(depot["id"]) if spreads and depot else [],
        "dumps": places.dumps(row["zone"]) if row["kind"] in LOADING else [],
        "crews": [_crew(turn, clock) for turn in crews],
        "orders": [_order(order, clock, places) for order in orders],
    }


def _order(order: Order, clock: Clock, places: _Places) -> dict[str, Any]:
    told = order._asdict() | {
        "place": places.name(order.place),
        "start": clock.local(order.start_ms).strftime(TIME),
        "end": clock.local(order.end_ms).strftime(TIME),
    }
    return {key: value for key, value in told.items() if key not in {"events", "crew"}}


def _crew(turn: Turn, clock: Clock) -> dict[str, Any]:
    """A crew by its shift: `crew` as a whole where it is not named as the simulation names it."""
    found = _CREW.fullmatch(turn.crew)
    own = found.groupdict() if found else {"group": turn.crew, "start": "", "number": ""}
    return {
        "group": own["group"], "shift": own["start"], "number": own["number"],
        "start_ms": turn.start_ms, "start": clock.local(turn.start_ms).strftime(TIME),
    }  # fmt: skip


class _Places:
    """Depots and dump points, and where they are."""

    def __init__(self, scenario: Scenario, use: Mapping[tuple[str, str], int]) -> None:
        self._depots = {row.id: row for row in scenario.resources.depots}
        self._dumps = {row.id: row for row in scenario.resources.dump_points}
        self._junctions = scenario.road_map.junctions
        rules = scenario.plan.haul
        self._off_green, self._use = rules is not None and rules.treated_off_green, use

    def home(self, depot: str, zone: str, orders: Sequence[Order]) -> dict[str, Any]:
        """The depot where one meets: the own one, else the zone's first, else the nearest.

        The nearest (`far`) to where the first order begins; empty where there is no depot.
        """
        own = self._depots.get(depot) or next(
            (row for _, row in sorted(self._depots.items()) if row.zone == zone), None
        )
        if own:
            return self._told(own) | {"far": False}
        first = next((order.origin for order in orders if order.origin), "")
        begin = next((row for row in self._junctions if row.id == first), None)
        if begin is None or not self._depots:
            return {}
        rows = self._depots.values()
        return self._by_distance(begin, rows)[0] | {"far": True}

    def others(self, depot: str) -> list[dict[str, Any]]:
        """The other depots, nearest first, with kilometres as the crow flies."""
        return self._by_distance(
            self._depots[depot], (row for row in self._depots.values() if row.id != depot)
        )

    def dumps(self, zone: str) -> list[dict[str, Any]]:
        """The dump points, first those to which the zone's trucks bring most, then its own.

        `shut`: to snow with de-icer.
        """
        rows = sorted(
            self._dumps.values(),
            key=lambda row: (-self._use.get((zone, row.id), 0), row.zone != zone, row.id),
        )
        return [self._told(row) | {"shut": self._off_green and row.green} for row in rows]

    def name(self, place: str) -> dict[str, str]:
        """A place's name in both languages."""
        row = self._depots.get(place) or self._dumps.get(place)
        name = row.name if row else place
        return {"title_zh": name, "title_en": getattr(row, "name_en", "") or place}

    def _by_distance(self, home: Depot | Junction, rows: Iterable[Depot]) -> list[dict[str, Any]]:
        far = [(distance_m((home.lon, home.lat), (row.lon, row.lat)), row.id, row) for row in rows]
        return [self._told(row) | {"km": metres / M_PER_KM} for metres, _, row in sorted(far)]

    def _told(self, row: Depot | DumpPoint) -> dict[str, Any]:
        near, _ = nearest_of(row, self._junctions)
        return {"id": row.id, "zone": row.zone, "near": near.id} | self.name(row.id)


def _place(names: Sequence[str], name: str) -> int:
    return names.index(name) if name in names else len(names)


def _text(clock: Clock, t_ms: int | None) -> str:
    return "" if t_ms is None else clock.text(t_ms)
