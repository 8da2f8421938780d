"""Loaders, trucks, squads and dump points: their tables and totals, by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from snowplan.analysis.group_totals import (
    Fallen,
    group_costs,
    hand_totals,
    hauling_totals,
    with_groups,
)
from snowplan.analysis.groups import dump_table, group_table, hand_m2
from snowplan.model.physics import Costs
from snowplan.results.tables import DUMPS, EVENTS, GROUPS
from snowplan.units import MS_PER_H

H = MS_PER_H
HORIZON = 10 * H
PARTIES = pd.DataFrame(
    [
        ("loader-1", "loader", "hauling", "east", 2),
        ("truck-1", "truck", "hauling", "east", 1),
        ("truck-2", "truck", "hauling", "west", 1),
        ("squad-1", "squad", "clearing", "east", 20),
    ],
    columns=["party", "kind", "group", "zone", "people"],
)
AREAS = pd.DataFrame(
    [("a", "forward", "pavement", 500.0), ("a", "forward", "carriageway", 800.0)],
    columns=["section", "direction", "part", "m2"],
)
DUMP_FACTS = pd.DataFrame(
    [("d-1", "一号", "east", 20_000_000, 4_000_000), ("d-2", "二号", "west", 10, 0)],
    columns=["dump_point", "name", "zone", "capacity_g", "initial_g"],
)


def events(*rows: dict[str, object]) -> pd.DataFrame:
    """Events with what is not given missing."""
    plain = {"unfinished": False, "zone": "east"}
    table = pd.DataFrame([plain | row for row in rows]).reindex(columns=EVENTS.names)
    table["event_id"] = range(1, len(table) + 1)
    return EVENTS.shaped(table)


def did(who: str, kind: str, begin_h: float, end_h: float, **more: object) -> dict[str, object]:
    """One interval, in hours."""
    span = {"start_ms": round(begin_h * H), "end_ms": round(end_h * H)}
    return {"machine": who, "kind": kind, **span, **more}


def night() -> pd.DataFrame:
    """A loader fills truck-1 twice (6 t, 5 t); the third loading is cut by the horizon.

    Truck-1 unloads 6 t at d-1 after an hour at the gate; truck-2 was never called. The squad clears
    500 m² of pavement (3 t) and 800 m² of carriageway (1 t); what its shift cut does not count.
    """
    here = {"section": "a", "direction": "forward"}
    loaded = {"section": "a", "direction": "forward", "unfinished": False}
    return events(
        did("loader-1", "travel", 0, 1, distance_m=900.0, **here),
        did("loader-1", "load_snow", 1, 2, amount_g=6_000_000, **loaded),
        did("loader-1", "wait", 2, 6, reason="truck"),
        did("loader-1", "load_snow", 6, 7, amount_g=5_000_000, **loaded),
        did("loader-1", "breakdown", 7, 7),
        did("loader-1", "repair", 7, 9),
        did("loader-1", "load_snow", 9, 10, amount_g=0, **here, unfinished=True, reason="horizon"),
        did("truck-1", "wait", 0, 1, reason="loader"),
        did("truck-1", "load_snow", 1, 2, amount_g=0, **loaded),
        did("truck-1", "haul", 2, 3, amount_g=6_000_000, distance_m=8_000.0, dump_point="d-1"),
        did("truck-1", "wait", 3, 4, reason="gate", dump_point="d-1"),
        did("truck-1", "unload", 4, 5, amount_g=6_000_000, dump_point="d-1"),
        did("truck-1", "travel", 5, 6, distance_m=8_500.0, **here),
        did("truck-1", "load_snow", 6, 7, amount_g=0, **loaded),
        did("truck-1", "wait", 7, 10, reason="shift_end"),
        did("truck-2", "wait", 0, 10, reason="called_off"),
        did("squad-1", "wait", 0, 1, reason="crew"),
        did("squad-1", "travel", 1, 2, distance_m=300.0, **here),
        did("squad-1", "hand_clear", 2, 5, amount_g=3_000_000, part="pavement", **loaded),
        did("squad-1", "hand_clear", 5, 6, amount_g=1_000_000, part="carriageway", **loaded),
        did(
            "squad-1", "hand_clear", 6, 7, amount_g=0, part="pavement", **here, unfinished=True,
            reason="shift_end",
        ),
        did("squad-1", "wait", 7, 10, reason="work"),
        {
            "kind": "refuse", "start_ms": 5 * H, "end_ms": 5 * H, "reason": "dump",
            "dump_point": "d-2",
        },
        {"kind": "frontage_clear", "start_ms": H, "end_ms": H, "amount_g": 2_000_000, **here},
        {
            "kind": "frontage_clear", "start_ms": H, "end_ms": H, "amount_g": 500_000, **here,
            "reason": "thrown_back",
        },
    )  # fmt: skip


def table() -> pd.DataFrame:
    """`groups.parquet` of that night."""
    return group_table(night(), PARTIES, AREAS, HORIZON)


def test_times_and_sums_of_parties() -> None:
    """Every party's hours add up to ten; grams, loads, metres and m² as the story says."""
    found = table().set_index("party")
    assert GROUPS.faults(table()) == []
    loader, truck, squad = (found.loc[name] for name in ("loader-1", "truck-1", "squad-1"))
    hours = {name: loader[name] / H for name in found.columns if name.endswith("_ms")}
    assert {name: value for name, value in hours.items() if value} == {
        "work_ms": 3, "travel_ms": 1, "repair_ms": 2, "wait_truck_ms": 4,
    }  # fmt: skip
    assert (loader["loads"], loader["amount_g"], loader["failures"]) == (2, 11_000_000, 1)
    assert (truck["work_ms"], truck["haul_ms"], truck["travel_ms"]) == (3 * H, H, H)
    assert (truck["wait_loader_ms"], truck["wait_gate_ms"], truck["wait_other_ms"]) == (H, H, 3 * H)
    assert (truck["loads"], truck["amount_g"]) == (1, 6_000_000)
    assert (truck["empty_m"], truck["loaded_m"]) == (8_500.0, 8_000.0)
    assert found.loc["truck-2", "off_ms"] == HORIZON
    assert (squad["area_m2"], squad["amount_g"], squad["loads"]) == (1_300.0, 4_000_000, 0)
    assert (squad["work_ms"], squad["wait_crew_ms"], squad["wait_work_ms"]) == (5 * H, H, 3 * H)


def test_a_party_whose_time_is_lost_is_named() -> None:
    """An hour that is missing from the intervals of one party is an error."""
    with pytest.raises(ValueError, match="party truck-1: intervals add up to 32400000 ms"):
        group_table(night().drop(index=7), PARTIES, AREAS, HORIZON)


def test_areas_by_hand() -> None:
    """Finished hand work counts the area of its part; nothing else counts."""
    m2 = hand_m2(night(), AREAS)
    assert sorted(m2[m2 > 0]) == [500.0, 800.0]


def test_dump_points_by_hand() -> None:
    """4 t lay at d-1 and 6 t came, of 20 t: half full, one truck waited an hour; d-2 was full."""
    found = dump_table(night(), DUMP_FACTS)
    assert DUMPS.faults(found) == []
    first, second = found.iloc[0], found.iloc[1]
    assert (first["received_g"], first["loads"], first["filled_share"]) == (6_000_000, 1, 0.5)
    assert (first["gate_waits"], first["gate_wait_ms"]) == (1, H)
    assert pd.isna(first["full_ms"])
    assert (second["received_g"], second["full_ms"]) == (0, 5 * H)


def sections() -> pd.DataFrame:
    """Of 10,000 m² in all, 2,500 belong to the section that had a windrow."""
    return pd.DataFrame(
        {
            "haul_state": ["hauled", "not_needed"],
            "hauled_ms": pd.array([9 * H, None], dtype="Int64"),
            "area_m2": [2_000.0, 7_000.0],
            "cycle_m2": [0.0, 500.0],
            "pavement_m2": [500.0, 0.0],
        }
    )


def test_totals_of_hauling() -> None:
    """11 t loaded, 6 t dumped (÷ 0.3 t/m³ = 20 m³), 5 t in a truck; of 100 t fallen 11 %.

    On a quarter of the area 25 t fell: 44 % of that. Two trucks made one load from 1 h to 7 h,
    which is less than a day: half a load a truck.
    """
    groups, dumps = table(), dump_table(night(), DUMP_FACTS)
    fallen = Fallen(100_000_000, 10_000.0)
    found = hauling_totals(groups, dumps, night(), sections(), fallen, 300.0)
    assert found == {
        "trucks": 2, "loaders": 1, "loads": 1, "t": 6.0, "m3": 20.0, "loaded_t": 11.0,
        "in_trucks_t": 5.0, "loads_per_truck_day": 0.5, "span_h": 6.0, "share_of_fallen": 0.11,
        "share_on_hauled": 0.44, "hauled_m2": 2_500.0,
        "truck_waits_h": {"loader": 1.0, "gate": 1.0}, "loader_waits_h": {"truck": 4.0},
        "truck_early_h": 0.0, "loader_early_h": 0.0,
        "truck_km": 16.5, "truck_loaded_km": 8.0, "last_unloaded_ms": 7 * H,
        "last_hauled_ms": 9 * H, "dumps_full": ["d-2"], "no_dump_ms": None,
    }  # fmt: skip


def test_want_of_work_before_the_first_load_is_told_apart() -> None:
    """The first loading is at 1 h: a truck idle from 0:15 to 3:00 was so 0.75 h before it.

    Another idle from 4 h to 5 h was not; where nobody loads, all of it counts.
    """
    idle = [
        did("truck-1", "wait", 0.25, 3, reason="work"),
        did("truck-2", "wait", 4, 5, reason="work"),
        did("truck-2", "wait", 0, 1, reason="crew"),
    ]
    load = did("loader-1", "load_snow", 1, 2, amount_g=1)
    for rows, early in (([*idle, load], 0.75), (idle, 3.75)):
        found = hauling_totals(
            table(), dump_table(night(), DUMP_FACTS), events(*rows), sections(), None, 300.0
        )
        assert found is not None
        assert (found["truck_early_h"], found["loader_early_h"]) == (early, 0.0)


def test_snow_that_no_dump_takes_is_no_full_dump() -> None:
    """Said at 3 h without a dump point: no dump point is full; the summary has the instant."""
    told = {"kind": "refuse", "start_ms": 3 * H, "end_ms": 3 * H, "reason": "dump"}
    rows = events(told)
    dumps = dump_table(rows, DUMP_FACTS)
    assert dumps["full_ms"].isna().all()
    found = hauling_totals(table(), dumps, rows, sections(), None, 300.0)
    assert found is not None
    assert (found["dumps_full"], found["no_dump_ms"]) == ([], 3 * H)


def test_a_drive_with_a_part_load_is_a_loaded_one() -> None:
    """3 km loaded after the loader, 5 km to the dump, 8 km empty: 8 km each."""
    parts = PARTIES.iloc[[1]]
    rows = events(
        did("truck-1", "haul", 0, 1, distance_m=3_000.0, amount_g=2_000_000, section="a"),
        did("truck-1", "haul", 1, 2, distance_m=5_000.0, amount_g=6_000_000, dump_point="d-1"),
        did("truck-1", "travel", 2, 10, distance_m=8_000.0, section="a"),
    )
    row = group_table(rows, parts, AREAS, HORIZON).iloc[0]
    assert (row["loaded_m"], row["empty_m"], row["haul_ms"]) == (8_000.0, 8_000.0, 2 * H)


def test_totals_of_hands() -> None:
    """20 workers for six hours (one on the way, five at work); owners: 2 t, 0.5 t thrown back."""
    assert hand_totals(table(), night()) == {
        "squads": 1, "workers": 20, "workers_at_work": 20, "worker_hours": 120.0, "m2": 1_300.0,
        "t": 4.0, "frontages": 1, "frontage_t": 2.0, "thrown_back_t": 0.5,
    }  # fmt: skip


def test_machines_alone_have_no_totals() -> None:
    """Without parties the summary says null, and the money is the machines'."""
    nothing = GROUPS.empty()
    assert hauling_totals(nothing, DUMPS.empty(), EVENTS.empty(), sections(), None, None) is None
    assert hand_totals(nothing, EVENTS.empty()) is None
    costs = Costs({}, 0.0, 30.0, {"truck": 100.0}, 15.0)
    totals = with_groups({"hours": 2.0, "cost_cny": 7.0}, nothing, costs)
    assert totals == {"hours": 2.0, "cost_cny": 7.0}


def test_money_of_trucks_and_squads() -> None:
    """Truck-1 is engaged for 7 h (lines included) at 100 + 30 an hour, 120 worker hours at 15."""
    costs = Costs({}, 0.0, 30.0, {"truck": 100.0}, 15.0)
    found = group_costs(table(), costs)
    assert found == {"truck_h": 7.0, "cny": 7 * 130.0 + 120 * 15.0}
