"""Orders of work tell what every machine of a run does, each pass once, in the order of time."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from snowplan.analysis.work_orders import COLUMNS, Order, turns, work_orders
from snowplan.analysis.work_pack import work_pack
from snowplan.experiments.one_run import run_and_write
from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.roads import Carriageway, Duty, Junction, RoadClass, RoadMap, Section
from snowplan.model.scenario import Scenario
from snowplan.results.reading import RunRecord, open_run

WORKED = {"plough", "sweep", "grade_packed", "spread", "blow", "hand_clear", "load_snow", "haul",
          "unload", "load"}  # fmt: skip


def _section(name: str, road: str, start: str, end: str) -> Section:
    way = Carriageway(100.0, 2, 7.0, oneway=False, limit_kph=40.0)
    duty = Duty(RoadClass.MAIN, "east")
    return Section(name, road, "", start, end, way, duty, ((0.0, 0.0), (0.0, 0.0)), "", "assumed")


# A street of three sections from west to east, the second drawn from east to west, and a side road
# from its second junction to the north.
MAP = RoadMap(
    "m", "", "", True, (),
    (Junction("a", 0.0, 0.0), Junction("b", 1.0, 0.0), Junction("c", 2.0, 0.0),
     Junction("d", 3.0, 0.0), Junction("n", 1.0, 1.0)),
    (_section("s1", "正街", "a", "b"), _section("s2", "正街", "c", "b"),
     _section("s3", "正街", "c", "d"), _section("x1", "", "b", "n")),
    (),
)  # fmt: skip


def _events(*rows: dict[str, Any]) -> pd.DataFrame:
    """Rows of one minute each, one after the other, of machine m1 where none is named."""
    told = [
        dict.fromkeys(COLUMNS)
        | {"event_id": k, "start_ms": k * 60_000, "end_ms": (k + 1) * 60_000, "machine": "m1"}
        | row
        for k, row in enumerate(rows, start=1)
    ]
    return pd.DataFrame(told, columns=list(COLUMNS))


def _pass(section: str, way: str = "forward", kind: str = "plough", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "section": section, "direction": way, **more}


def _shown(order: Order) -> tuple[object, ...]:
    return (order.kind, order.road, order.origin, order.goal, order.there_and_back, order.times,
            order.sections, order.events)  # fmt: skip


def test_passes_on_one_road_are_one_line() -> None:
    """Eastward over three sections, whichever way they are drawn: one line from a to d."""
    events = _events(_pass("s1"), {"kind": "travel", "section": "s2"}, _pass("s2", "backward"),
                     _pass("s3"))  # fmt: skip
    (order,) = work_orders(events, MAP)["m1"]
    assert _shown(order) == ("plough", "正街", "a", "d", False, 1, 3, (1, 3, 4))
    assert (order.start_ms, order.end_ms) == (60_000, 300_000)


def test_there_and_back_and_against_the_drawing() -> None:
    """Out and home is driven both ways; westward alone begins in the east."""
    there = _events(_pass("s1"), _pass("s2", "backward"), _pass("s2"), _pass("s1", "backward"))
    (order,) = work_orders(there, MAP)["m1"]
    assert _shown(order) == ("plough", "正街", "a", "c", True, 1, 2, (1, 2, 3, 4))
    west = _events(_pass("s3", "backward"), _pass("s2"))
    (order,) = work_orders(west, MAP)["m1"]
    assert _shown(order) == ("plough", "正街", "d", "b", False, 1, 2, (1, 2))


def test_times_are_how_often_a_driver_passes() -> None:
    """Three sections, the middle one on two strips: twice; there and back twice: twice each way."""
    strips = _events(_pass("s1"), _pass("s2"), _pass("s2"), _pass("s3"))
    (order,) = work_orders(strips, MAP)["m1"]
    assert (order.times, order.sections) == (2, 3)
    both = _events(*[_pass("s1"), _pass("s1", "backward")] * 2)
    (order,) = work_orders(both, MAP)["m1"]
    assert (order.times, order.there_and_back) == (2, True)


@pytest.mark.parametrize(
    "between",
    [
        {"kind": "load", "depot": "depot-east"},
        {"kind": "shift", "crew": "crew-2"},
        {"kind": "wait", "reason": "work"},
    ],
)
def test_a_line_ends_where_the_work_stops(between: dict[str, Any]) -> None:
    """Loading, another crew and having nothing to do each begin a new line on the same road."""
    orders = work_orders(_events(_pass("s1"), between, _pass("s1")), MAP)["m1"]
    worked = [order.events for order in orders if order.kind == "plough"]
    assert worked == [(1,), (3,)]
    refills = [(order.place, order.times) for order in orders if order.kind == "load"]
    assert refills == ([("depot-east", 1)] if between["kind"] == "load" else [])


def test_other_work_or_another_road_is_another_line() -> None:
    """A plough, then a brush on the same road, then a road without a name, called by its id."""
    events = _events(_pass("s1"), _pass("s1", kind="sweep"), _pass("x1", kind="sweep"))
    orders = work_orders(events, MAP)["m1"]
    assert [(order.kind, order.road) for order in orders] == [
        ("plough", "正街"), ("sweep", "正街"), ("sweep", "x1"),
    ]  # fmt: skip


def test_a_trucks_line_has_its_trips_from_a_road_to_a_dump_point() -> None:
    """Two trips to one dump point are one line of two loads, across a change of crew on the way.

    A loader, which drives to no dump point, has a line of loads.
    """
    trip = [_pass("s1", kind="load_snow"), {"kind": "haul", "dump_point": "d1"},
            {"kind": "unload", "dump_point": "d1"}]  # fmt: skip
    late = [*trip[:2], {"kind": "shift", "crew": "c2"}, {"kind": "unload", "dump_point": "d1"}]
    other = [_pass("s1", kind="load_snow"), {"kind": "haul", "dump_point": "d2"}]
    loader = _pass("s1", kind="load_snow", machine="l1")
    found = work_orders(_events(*trip, *late, *other, loader, loader), MAP)
    assert [(o.kind, o.place, o.times, o.events) for o in found["m1"]] == [
        ("haul", "d1", 2, (1, 2, 3, 4, 5, 7)), ("haul", "d2", 1, (8, 9)),
    ]  # fmt: skip
    assert [(o.kind, o.place, o.times) for o in found["l1"]] == [("load_snow", "", 2)]


def test_crews_are_told_in_their_order() -> None:
    """A machine's crews with the instants at which they take over."""
    events = _events({"kind": "shift", "crew": "c1"}, _pass("s1"), {"kind": "shift", "crew": "c2"})
    assert turns(events) == {"m1": [("c1", 60_000), ("c2", 180_000)]}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[RunRecord, Scenario]:
    """A moderate snow in Pingcheng, written as a run folder."""
    scenario = load_scenario("moderate")
    path = run_and_write(scenario, tmp_path_factory.mktemp("run"), scenario_toml="").path
    return open_run(path), scenario


@pytest.mark.slow
def test_the_lines_of_a_run_hold_every_pass_once(run: tuple[RunRecord, Scenario]) -> None:
    """Every pass, load and trip of every machine stands in one line; lines follow each other.

    Counted from the events alone; the roads of a line are one road's.
    """
    record, scenario = run
    events = record.frame("events.parquet")
    found = work_orders(events, scenario.road_map)
    roads = {row.id: row.name or row.id for row in scenario.road_map.sections}
    own = events[events["kind"].isin(WORKED) & events["machine"].notna()]
    assert set(own["kind"]) >= {"plough", "sweep", "spread", "load", "haul", "hand_clear"}
    lines = {k: order for rows in found.values() for order in rows for k in order.events}
    assert sum(len(order.events) for rows in found.values() for order in rows) == len(own)
    assert set(lines) == set(own["event_id"])
    for row in own.to_dict("records"):
        line = lines[row["event_id"]]
        assert line.start_ms <= row["start_ms"] <= row["end_ms"] <= line.end_ms
        assert pd.isna(row["section"]) or roads[str(row["section"])] == line.road
    of_machine = dict(zip(own["event_id"], own["machine"], strict=True))
    for machine, rows in found.items():
        assert {of_machine[k] for order in rows for k in order.events} <= {machine}
        assert all(b.start_ms >= a.end_ms for a, b in pairwise(rows))


@pytest.mark.slow
def test_a_pack_has_a_sheet_for_all_that_worked(run: tuple[RunRecord, Scenario]) -> None:
    """Each with its depot, crews and, where it needs them, other depots and dump points."""
    record, scenario = run
    pack = work_pack(record, scenario)
    events = record.frame("events.parquet")
    worked = events.loc[events["kind"].isin(WORKED) & events["machine"].notna(), "machine"]
    assert {row["machine"] for row in pack["sheets"]} == set(worked)
    zones = [row["zone"] for row in pack["sheets"]]
    assert zones == sorted(zones, key=[zone["id"] for zone in pack["zones"]].index)
    homes = {row.id: row.depot for row in scenario.resources.machines}
    for row in pack["sheets"]:
        assert row["depot"]["id"] == homes.get(row["machine"]) or row["machine"] not in homes
        assert row["crews"]
        assert bool(row["refills"]) == (row["kind"] == "spreader")
        assert bool(row["dumps"]) == (row["kind"] in {"truck", "loader", "blower"})
        kilometres = [each["km"] for each in row["refills"]]
        assert kilometres == sorted(kilometres)
    assert Path(pack["reference"]).name == record.path.name
    zone_of = {truck.id: truck.zone for truck in scenario.resources.trucks}
    unloaded = events[events["kind"] == "unload"]
    brought = Counter(zip(unloaded["machine"].map(zone_of), unloaded["dump_point"], strict=True))
    for row in pack["sheets"]:
        assert row["spreads"] == (row["kind"] == "spreader")
        shut = [each["id"] for each in row["dumps"] if each["shut"]]
        assert set(shut) <= {one.id for one in scenario.resources.dump_points if one.green}
        used = [brought[row["zone"], place["id"]] for place in row["dumps"]]
        assert used == sorted(used, reverse=True)  # first where the zone's trucks bring most
    (zone, *_) = {row["zone"] for row in pack["sheets"]}
    own = [row for row in pack["sheets"] if row["zone"] == zone]
    assert work_pack(record, scenario, [zone])["sheets"] == own
