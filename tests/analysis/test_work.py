"""Machines, depots and sections from a night of a few events, worked by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from snowplan.analysis.depots import depot_table
from snowplan.analysis.outcome import Record, Storm, outcome
from snowplan.analysis.work import machine_table, section_work
from snowplan.model.fleet import MachineType, Pace, Tool, Work
from snowplan.model.grades import Grade
from snowplan.model.physics import Costs
from snowplan.model.plan import Limit
from snowplan.model.roads import RoadClass
from snowplan.results.tables import (
    DEPOTS,
    EVENTS,
    MACHINE_TIMES,
    MACHINES,
    SECTIONS,
    TIMELINE,
)
from snowplan.units import MS_PER_MIN
from tests.results.synthetic import CLOCK

HORIZON = 60 * MS_PER_MIN
ROADS = pd.DataFrame(
    {
        "section": ["a", "b", "x"],
        "road": ["甲街", "乙街", "丙路"],
        "road_class": ["main", "branch", "expressway"],
        "zone": ["east", "east", "east"],
        "length_m": [300.0, 100.0, 900.0],
        "area_m2": [3600.0, 300.0, 9000.0],
        "operator": ["centre", "centre", "province"],
        "strips": [4, 1, 3],
    }
)
MACHINE_FACTS = pd.DataFrame(
    {
        "machine": ["plough-1", "spreader-1", "spreader-2"],
        "kind": ["plough", "spreader", "spreader"],
        "depot": ["d-east"] * 3,
        "zone": ["east"] * 3,
    }
)
DEPOT_FACTS = pd.DataFrame(
    {"depot": ["d-east"], "zone": ["east"], "product": ["nacl"], "stock_g": [9_000]}
)


def _event(kind: str, machine: str, begin: int, end: int, **more: Any) -> dict[str, Any]:
    times = {"start_ms": begin * MS_PER_MIN, "end_ms": end * MS_PER_MIN}
    return {"kind": kind, "machine": machine, "unfinished": False, **times, **more}


def _events(rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows).sort_values("start_ms", kind="stable", ignore_index=True)
    frame["event_id"] = range(len(frame))
    return EVENTS.shaped(frame.reindex(columns=EVENTS.names))


def _night() -> pd.DataFrame:
    a = {"section": "a", "passes": 1, "distance_m": 300.0}
    b = {"section": "b", "passes": 2, "distance_m": 200.0, "strip_from": 0, "strip_to": 0}
    out = {"reason": "stock", "depot": "d-east"}
    rows = [
        _event("wait", "plough-1", 0, 10, reason="called_off"),
        _event("travel", "plough-1", 10, 15, distance_m=500.0),
        _event("plough", "plough-1", 15, 25, strip_from=0, strip_to=1, **a),
        _event("plough", "plough-1", 25, 35, **b),
        _event("plough", "plough-1", 35, 40, strip_from=2, strip_to=3, **a | {"unfinished": True}),
        _event("breakdown", "plough-1", 40, 40),
        _event("repair", "plough-1", 40, 60),
        _event("wait", "spreader-1", 0, 5, reason="bay", depot="d-east"),
        _event("load", "spreader-1", 5, 20, depot="d-east", amount_g=7_000),
        _event("spread", "spreader-1", 20, 30, strip_from=0, strip_to=3, amount_g=900, **a),
        _event("wait", "spreader-1", 30, 40, reason="work"),
        _event("load", "spreader-1", 40, 50, depot="d-east", amount_g=2_000),
        _event("refuse", "spreader-1", 50, 50, **out),
        _event("wait", "spreader-1", 50, 60, **out),
    ]
    return _events([row | {"distance_m": row.get("distance_m", 0.0)} for row in rows])


def test_machines_by_hand() -> None:
    """Minutes by state, metres, m² (two strips of 900 m², one of 300), passes, grams, failures."""
    table = machine_table(_night(), MACHINE_FACTS, ROADS, HORIZON).set_index("machine")
    minutes = (table[list(MACHINE_TIMES)] // MS_PER_MIN).to_numpy().tolist()
    assert minutes == [[25, 5, 0, 0, 20, 10], [10, 0, 25, 25, 0, 0], [0, 0, 0, 0, 0, 60]]
    columns = ["worked_m", "deadhead_m", "area_m2", "passes", "spread_g", "failures"]
    assert table[columns].to_numpy().tolist() == [
        [800.0, 500.0, 2100.0, 3, 0, 1],
        [300.0, 0.0, 3600.0, 1, 900, 0],
        [0.0, 0.0, 0.0, 0, 0, 0],
    ]
    assert MACHINES.faults(table.reset_index()) == []


def test_a_machine_with_a_gap_is_refused() -> None:
    """Intervals that do not add up to the horizon name the machine and both sums."""
    gap = _night()[lambda frame: frame["kind"] != "repair"]
    with pytest.raises(
        ValueError, match="machine plough-1: intervals add up to 2400000 ms of 3600"
    ):
        machine_table(gap, MACHINE_FACTS, ROADS, HORIZON)


def test_sections_by_hand() -> None:
    """Two of four strips are half a round; spreading and the broken pass are none; first at 15."""
    work = section_work(_night(), ROADS)
    assert work.to_numpy().tolist() == [
        ["a", 2, 0.5, 15 * MS_PER_MIN],
        ["b", 2, 1.0, 25 * MS_PER_MIN],
    ]


def test_depots_by_hand() -> None:
    """9 kg, less 7 kg at 20 min after a wait of 5, less 2 kg at 50, when the next asks in vain."""
    table = depot_table(_night(), DEPOT_FACTS)
    assert DEPOTS.faults(table) == []
    columns = ["t_ms", "stock_g", "machine", "load_g", "wait_ms", "stock_out"]
    m = MS_PER_MIN
    assert table[columns].to_numpy().tolist() == [
        [0, 9_000, None, 0, 0, False],
        [20 * m, 2_000, "spreader-1", 7_000, 5 * m, False],
        [50 * m, 0, "spreader-1", 2_000, 0, False],
        [50 * m, 0, "spreader-1", 0, 0, True],
    ]


def _storm() -> Storm:
    types = tuple(
        MachineType(kind, kind, work, Pace(10, 10, 40), Tool(3.0), ("main",), 7, 1, 12.0)
        for kind, work in (("plough", Work.PLOUGH), ("spreader", Work.SPREAD))
    )
    return Storm(
        clock=CLOCK,
        horizon_ms=HORIZON,
        grade=Grade.HEAVY,
        snow_stops_ms=10 * MS_PER_MIN,
        limits=(Limit(RoadClass.MAIN, Grade.HEAVY, 0.5, 4, 8),),
        types=types,
        costs=Costs({"nacl": 1_000_000.0}, 0.0, 0.0, {}),
    )


def _record(events: pd.DataFrame) -> Record:
    m = MS_PER_MIN
    rows = [("a", 0, "blocked"), ("a", 30 * m, "open"), ("b", 0, "clean")]
    states = pd.DataFrame(rows, columns=["section", "t_ms", "state"])
    exposure = pd.DataFrame({"section": ["a", "b"], "exposure": [2.0, 0.25]})
    return Record(events, states, ROADS, MACHINE_FACTS, DEPOT_FACTS, exposure)


def test_everything_together() -> None:
    """All tables keep their contract, and the summary says what the hand-worked night says."""
    found = outcome(_record(_night()), _storm(), {"note": "hand-worked"})
    assert SECTIONS.faults(found.sections) == []
    assert MACHINES.faults(found.machines) == []
    assert DEPOTS.faults(found.depots) == []
    assert TIMELINE.faults(found.timeline) == []
    summary = found.summary
    assert summary["classes"]["main"]["opened"]["median_ms"] == 30 * MS_PER_MIN
    assert summary["classes"]["main"]["opened"]["met"] is True
    assert summary["classes"]["main"]["cleared"]["met"] is None
    assert list(summary["classes"]) == ["main", "branch"]
    assert (summary["exposure"], summary["deicer_t"], summary["note"]) == (
        2.25,
        0.0009,
        "hand-worked",
    )
    assert summary["cost_cny"] == 900.0
    assert (summary["km"], summary["deadhead_km"], summary["grade"]) == (1.6, 0.5, "heavy")


def test_a_night_without_snow_or_work() -> None:
    """No events and no snow: all machines off, no limits, full stock."""
    dry = replace(_storm(), snow_stops_ms=None, grade=Grade.NONE)
    found = outcome(_record(EVENTS.empty()), dry, {})
    assert found.machines["off_ms"].tolist() == [HORIZON] * 3
    assert found.depots["stock_g"].tolist() == [9_000]
    assert found.sections["limit_kind"].isna().all()
    assert found.summary["hours"] == 0
    for table, frame in ((MACHINES, found.machines), (SECTIONS, found.sections)):
        assert table.faults(frame) == []
