"""Machines, de-icer, people and hauling of a readiness report, worked by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from snowplan.analysis.readiness_deicer import deicer
from snowplan.analysis.readiness_given import Evidence
from snowplan.analysis.readiness_hauling import hauling
from snowplan.analysis.readiness_machines import machines
from snowplan.analysis.readiness_people import people
from snowplan.experiments.replicating import replication_of
from snowplan.inputs.readiness_files import load_rules
from snowplan.model.comparison import Job
from snowplan.model.fleet import Machine
from snowplan.model.hands import SquadGroup
from snowplan.model.hauling import Truck
from snowplan.model.network import build_network
from snowplan.model.readiness import TODAY
from snowplan.results.log import KIND
from snowplan.simulation.handing_over import run_scenario
from tests.analysis.ready_cases import KEPT, given_of, graded, run, seen
from tests.planning.plans import HAUL, dump, with_plan, with_resources
from tests.simulation.towns import Fleet, crew, plan, ploughs, snow, street, town


def test_machines_stand_against_crews_needs_and_peaks() -> None:
    """Five ploughs, one mended, crews for three: four serviceable, one on standby; a spreader
    that is needed and not there has a row; of three runs the middle peak counts."""
    fleet = ploughs(5, crews=(crew("plough", crews=3),))
    broken = Machine("plough-002", "plough", "depot", serviceable=False, note="液压泵漏油")
    fleet = replace(fleet, machines=(fleet.machines[0], broken, *fleet.machines[2:]))
    scenarios = graded(town([street("s", "a", "b", 100.0)], fleet, snow((1, 1000))), "heavy")
    given = given_of(
        scenarios,
        needed={"heavy": {"centre": {"plough": 2, "spreader": 1, "grader": None}}},
        crews={"centre": {"plough": (0, 3)}},
    )
    runs = [run("heavy", k, peak={"plough@centre": n}) for k, n in enumerate((1, 3, 2))]
    found = machines(seen(given, runs))
    assert found["rows"] == [
        {
            "zone": "centre", "kind": "plough", "listed": 5, "serviceable": 4, "in_repair": 1,
            "crews_least": 0, "crews_most": 3, "standby": 1, "needed": {"heavy": 2},
            "peak": {"heavy": 2},
        },
        {
            "zone": "centre", "kind": "spreader", "listed": 0, "serviceable": 0, "in_repair": 0,
            "crews_least": 0, "crews_most": 0, "standby": 0, "needed": {"heavy": 1},
            "peak": {"heavy": 0},
        },
    ]  # fmt: skip
    assert found["in_repair"] == [
        {
            "machine": "plough-002", "kind": "plough", "zone": "centre", "depot": "depot",
            "note": "液压泵漏油",
        }
    ]  # fmt: skip


def stock_case(*grades: str) -> Evidence:
    """A depot of 20 t; ten runs of each grade that take 1 … 10 t, those of heavy thrice as much."""
    scenarios = graded(town([street("s", "a", "b", 100.0)], ploughs(), snow((1, 1000))), *grades)
    treatment = {"scenario": "light", "dose_g_m2": 20.0, "pavement_c": -5.0,
                 "depot_t": {"depot": 4.0}}  # fmt: skip
    runs = [
        run(grade, k, depots={"depot": {"left_t": 20.0 - k * (3 if grade == "heavy" else 1) / 2,
                                        "spread_t": k / 4, "stockouts": k % 2}})
        for grade in grades
        for k in range(1, 11)
    ]  # fmt: skip
    return seen(given_of(scenarios, treatment=treatment), runs)


def test_stock_in_doses_and_in_storms() -> None:
    """20 t are five treatments of 4 t; light storms take 2.75 t in the mean, heavy ones 8.25;
    of either 1.375 t come onto roads."""
    found = deicer(stock_case("light", "heavy"))
    (row,) = found["rows"]
    assert (row["stock_t"], row["dose_t"], row["doses"]) == (20.0, 4.0, 5.0)
    assert row["per_storm_t"] == {"light": 2.75, "heavy": 8.25}
    assert row["storms"] == {"light": 7.27, "heavy": 2.42}
    assert row["spread_t"] == {"light": 1.375, "heavy": 1.375}
    assert row["stockouts"] == {"light": 0.5, "heavy": 0.5}
    assert found["treatment"] == {"scenario": "light", "dose_g_m2": 20.0, "pavement_c": -5.0}


def test_the_order_is_due_when_less_is_left_than_the_storms_before_it_comes_take() -> None:
    """Two light, one moderate, one heavy spread (2 + 1 + 1) k / 4 = k tonnes in run k, and of what
    lies in hoppers the most counts once, 3 k / 2 - k / 4: nine of ten take 9 (1 + 1.25) t at most.

    In run 9 the depot refused, so it is at least that, and 20 t are below it. Without moderate snow
    nothing is known of it."""
    (row,) = deicer(stock_case("light", "moderate", "heavy"))["rows"]
    assert (row["reorder_t"], row["reorder_bound"], row["below"]) == (20.25, ">=", True)
    (row,) = deicer(stock_case("light", "heavy"))["rows"]
    assert (row["reorder_t"], row["reorder_bound"], row["below"]) == (None, "", None)


def test_a_depot_that_ran_short_took_less_than_it_would_have() -> None:
    """Emptied, or refused, in any run: the storms that it lasts are fewer than told.

    One light, one moderate and one heavy storm a run, 20 t there: two runs spread 12 t in all, of
    which the one refused; so the order is due at 12 t or more, and nobody knows whether 20 t do.
    """
    scenarios = graded(town([street("s", "a", "b", 100.0)], ploughs(), snow((1, 1000))),
                       "light", "moderate", "heavy")  # fmt: skip
    rules = replace(load_rules(), lead_storms={"light": 1, "moderate": 1, "heavy": 1})

    def told(left_t: float, stockouts: int) -> dict[str, Any]:
        runs = [run(name, k, depots={"depot": {"left_t": 16.0, "spread_t": 4.0, "stockouts": 0}})
                for name in scenarios for k in (1, 2)]  # fmt: skip
        short = {"left_t": left_t, "spread_t": 4.0, "stockouts": stockouts}
        runs[-1] = run("heavy", 2, depots={"depot": short})
        (row,) = deicer(seen(replace(given_of(scenarios), rules=rules), runs))["rows"]
        return row

    refused, empty, never = told(16.0, 1), told(0.0, 0), told(16.0, 0)
    bounds = {"light": "", "moderate": "", "heavy": "<"}
    assert refused["storms_bound"] == empty["storms_bound"] == bounds
    assert (refused["reorder_t"], refused["reorder_bound"], refused["below"]) == (12.0, ">=", None)
    assert (never["reorder_t"], never["reorder_bound"], never["below"]) == (12.0, "", False)
    assert set(never["storms_bound"].values()) == {""}
    assert (empty["reorder_t"], empty["below"]) == (28.0, True)  # 12 t, and 16 t in hoppers


def test_where_nothing_is_spread_nothing_is_told_as_infinite() -> None:
    """Nobody loads, and no scenario treats: no doses, no storms, an order never due."""
    scenarios = graded(town([street("s", "a", "b", 100.0)], ploughs(), snow((1, 1000))),
                       "light", "moderate", "heavy")  # fmt: skip
    depots = {"depot": {"left_t": 20.0, "spread_t": 0.0, "stockouts": 0}}
    runs = [run(name, 1, depots=depots) for name in scenarios]
    found = deicer(seen(given_of(scenarios), runs))
    (row,) = found["rows"]
    assert (row["dose_t"], row["doses"], found["treatment"]) == (None, None, None)
    assert set(row["storms"].values()) == {None}
    assert (row["reorder_t"], row["below"]) == (0.0, False)


def test_tonnes_a_storm_are_what_machines_loaded() -> None:
    """A spreader's loads in the log add up to what the depot gave, its passes to what lies."""
    rules = plan(dose_g_m2=20.0, spread_classes=("main",))
    spreaders = (Machine("spreader-001", "spreader", "depot"),)
    fleet = Fleet(spreaders, (crew("spreader"),))
    street_ = street("s", "a", "b", 4000.0, 6.0)
    scenario = town([street_], fleet, snow((1, 500), (3, 0)), rules=rules)
    handed = run_scenario(scenario, build_network(scenario.road_map))
    one = replace(replication_of(Job(TODAY, "light", 1), handed), kept=KEPT.plain())
    log = handed.log.table()
    loaded_t, spread_t = (
        int(log["amount_g"][log["kind"] == KIND[name]].sum()) / 1e6 for name in ("load", "spread")
    )
    assert loaded_t >= spread_t > 0
    (row,) = deicer(seen(given_of({"light": scenario}), [one]))["rows"]
    assert row["per_storm_t"]["light"] == pytest.approx(loaded_t, abs=5e-4)
    assert row["spread_t"]["light"] == pytest.approx(spread_t, abs=5e-4)


def test_shifts_lack_crews_for_serviceable_machines_trucks_and_squads() -> None:
    """Three ploughs, one mended, and a crew: one short; two trucks and two crews: none; four
    squads of five and three crews: one short, twenty workers."""
    fleet = ploughs(3)
    mended = replace(fleet.machines[2], serviceable=False)
    crews = (crew("plough"), crew("truck", "08:30", 8.0, 2), crew("clearing", "05:00", 8.0, 3))
    scenario = town([street("s", "a", "b", 100.0)],
                    replace(fleet, machines=(*fleet.machines[:2], mended), crews=crews),
                    snow((1, 1000)))  # fmt: skip
    trucks = tuple(Truck(f"t{k}", "centre", 10.0, 30.0, 40.0) for k in range(2))
    squads = (SquadGroup("q", "centre", "clearing", 4, 5, 20.0),)
    scenario = with_resources(scenario, trucks=trucks, squads=squads)
    muster = [{"median": 31.0, "p90": 40.0, "most": 70.0}, {},
              {"median": 33.0, "p90": 38.0, "most": 60.0}]  # fmt: skip
    runs = [run("light", k, muster_min=row) for k, row in enumerate(muster)]
    found = people(seen(given_of({"light": scenario}), runs))
    assert [(r["kind"], r["start"], r["crews"], r["machines"], r["short"])
            for r in found["shifts"]] == [
        ("clearing", "05:00", 3, 4, 1),
        ("plough", "16:00", 1, 2, 1),
        ("truck", "08:30", 2, 2, 0),
    ]  # fmt: skip
    assert found["hands"] == [{"zone": "centre", "group": "clearing", "squads": 4, "workers": 20}]
    assert found["muster"] == {
        "promised_min": 30.0,
        "start_min": 60.0,
        "scenarios": {"light": {"median": 31.0, "p90": 38.0, "most": 70.0}},
    }


def test_nobody_called_has_no_muster_and_without_quick_response_the_slow_one_is_promised() -> None:
    """No call-out, no minutes; 快速反应 off, 120 min."""
    scenario = town([street("s", "a", "b", 100.0)], ploughs(), snow((1, 1000)))
    rules = replace(scenario.plan, phrases=replace(scenario.plan.phrases, quick_response=False))
    given = given_of({"light": replace(scenario, plan=rules)})
    found = people(seen(given, [run("light", 1)]))["muster"]
    assert found["promised_min"] == 120.0
    assert set(found["scenarios"]["light"].values()) == {None}


def test_room_in_dump_points_in_storms() -> None:
    """900, 100 and, green, 50 m³ of room; 300 m³ and 10 a storm: 3, 10 and no storms; 3.23 in all.

    Of 500 m³ that must be hauled the 1,000 take 2; the one that is full first has room for 3. The
    green one counts where the plan lets treated snow onto green space.
    """
    scenario = town([street("s", "a", "b", 100.0)], ploughs(), snow((1, 1000)))
    dumps = (
        dump(1000.0, filled_m3=100.0),
        replace(dump(100.0), id="small"),
        dump(50.0, green=True),
    )
    trucks = (Truck("t1", "centre", 10.0, 30.0, 40.0), Truck("t2", "centre", 12.0, 30.0, 40.0))
    scenario = with_resources(scenario, dump_points=dumps, trucks=trucks)
    shut = with_plan(scenario, haul=replace(HAUL, treated_off_green=True))
    brought: list[dict[str, float]] = [{"grey": m3, "small": 10.0} for m3 in (200.0, 400.0)]
    runs = [run("light", k, dumps_m3=m3) for k, m3 in enumerate(brought)]
    found = hauling(seen(given_of({"light": shut}, must_haul={"light": 500.0}), runs))
    assert found["trucks"] == [{"zone": "centre", "trucks": 2, "load_m3": 11.0}]
    grey, small, green = found["dumps"]
    assert (grey["room_m3"], grey["per_storm_m3"], grey["storms"]) == (
        900.0, {"light": 300.0}, {"light": 3.0},
    )  # fmt: skip
    assert (small["storms"], green["room_m3"], green["storms"]) == (
        {"light": 10.0}, 50.0, {"light": None},
    )  # fmt: skip
    assert [row["shut"] for row in found["dumps"]] == [False, False, True]
    assert found["total"] == {
        "room_m3": 1000.0, "shut_m3": 50.0, "per_storm_m3": {"light": 310.0},
        "storms": {"light": 3.23}, "must_m3": {"light": 500.0}, "storms_must": {"light": 2.0},
        "weakest": {"light": "grey"},
    }  # fmt: skip
    open_ = hauling(seen(given_of({"light": with_plan(scenario, haul=HAUL)}), runs))
    assert (open_["total"]["room_m3"], open_["total"]["shut_m3"]) == (1050.0, 0.0)
    assert open_["total"]["storms_must"] == {"light": None}
