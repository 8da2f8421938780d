"""Measures of whole runs a second way: from the tables of the run folder, row by row."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from snowplan.experiments.one_run import Concluded
from snowplan.experiments.replicating import replication_of
from snowplan.model.comparison import Job
from snowplan.model.measures import SHARES, measure_keys
from snowplan.results.replications import CURVE_STEP_MIN, Replication
from snowplan.units import MS_PER_H, MS_PER_MIN
from tests.oracles.runs import run_of

JOB = Job("variant", "storm", 1)
VARIED = tuple(
    f"uncertainty.{name}=true"
    for name in ("muster_delay", "turn_out", "working_speed", "loading_time", "failure", "repair")
)
ALONE = ("without=['hauling','hand','frontage']",)
RUNS = [
    pytest.param(("toy_town",), id="toy"),
    pytest.param(("toy_town", *VARIED, "snow.total_mm=12"), id="toy varied"),
    pytest.param(("toy_town", *ALONE, "snow.duration_h=22"), id="toy without groups"),
    pytest.param(("toy_town", "snow.duration_h=40"), id="toy snowed over"),
    pytest.param(("heavy",), id="pingcheng", marks=pytest.mark.slow),
]


def both(texts: tuple[str, ...]) -> tuple[Concluded, Replication]:
    """A run with its tables, and its measures."""
    run = run_of(*texts)
    return run, replication_of(JOB, run.handed)


def visits(events: pd.DataFrame, machine: str) -> Iterator[list[pd.Series]]:
    """The intervals of one machine in order, cut after each pass and each wait for work."""
    own = events[(events["machine"] == machine) & (events["end_ms"] > events["start_ms"])]
    visit: list[pd.Series] = []
    for _, row in own.sort_values(["start_ms", "event_id"]).iterrows():
        at_depot = row["kind"] in ("travel", "load") or row["reason"] == "bay"
        if row["kind"] == "spread":
            yield [*visit, row]
        visit = [*visit, row] if at_depot else []


def told_responses(events: pd.DataFrame) -> dict[str, list[int]]:
    """By zone, ms from the first drive or load of a visit (or its decision) to the first gram.

    A pass that was cut at a handover stands in several rows, of which the last one has the grams:
    its first gram is at the start of the first of them.
    """
    found: dict[str, list[int]] = {}
    for machine in events.loc[events["kind"] == "spread", "machine"].unique():
        begun: dict[int, int] = {}
        for visit in visits(events, machine):
            row = visit[-1]
            decided = int(row["decided_ms"])
            to_load = [part for part in visit[:-1] if pd.isna(part["section"])]
            if decided not in begun:
                since = min([decided, *(int(part["start_ms"]) for part in to_load)])
                begun[decided] = int(row["start_ms"]) - since
            if not row["unfinished"] and row["amount_g"] > 0:
                found.setdefault(str(row["zone"]), []).append(begun[decided])
    return found


@pytest.mark.parametrize("texts", RUNS)
def test_response_from_the_events(texts: tuple[str, ...]) -> None:
    """The mean and the nearest rank over passes, all and by zone, walking each machine's rows."""
    run, found = both(texts)
    zones = told_responses(run.record.events)
    told = {"": [ms for rows in zones.values() for ms in rows]}
    told |= {f"/zone:{zone}": rows for zone, rows in zones.items()}
    for key, rows in told.items():
        assert rows
        mean, high = (found.values[f"response_{name}_min{key}"] for name in ("mean", "p95"))
        assert mean == pytest.approx(sum(rows) / len(rows) / MS_PER_MIN, abs=0.0006)
        rank = float(np.quantile(rows, 0.95, method="inverted_cdf"))
        assert high == pytest.approx(rank / MS_PER_MIN, abs=0.0006)


@pytest.mark.parametrize("texts", RUNS)
def test_depots_from_their_table_and_the_events(texts: tuple[str, ...]) -> None:
    """Loads, stock-outs, lines and what is left as the tables have them; spread is all spread."""
    run, found = both(texts)
    depots, events = run.outcome.depots, run.record.events
    lines = events[(events["kind"] == "wait") & (events["reason"] == "bay")]
    for name, rows in depots.groupby("depot"):
        told = found.depots[str(name)]
        assert told["loads"] == (rows["load_g"] > 0).sum()
        assert told["stockouts"] == rows["stock_out"].sum()
        assert told["left_t"] == pytest.approx(rows["stock_g"].iloc[-1] / 1e6)
        stood = lines[lines["depot"] == name]
        hours = (stood["end_ms"] - stood["start_ms"]).sum() / MS_PER_H
        assert told["loading_wait_h"] == pytest.approx(hours, abs=0.0006)
        assert hours >= rows["wait_ms"].sum() / MS_PER_H
    assert set(found.depots) == set(depots["depot"])
    spread_t = sum(depot["spread_t"] for depot in found.depots.values())
    assert spread_t == pytest.approx(run.outcome.machines["spread_g"].sum() / 1e6)
    assert found.values["stockouts"] == depots["stock_out"].sum()


@pytest.mark.parametrize("texts", RUNS)
def test_shares_from_the_table_of_machines(texts: tuple[str, ...]) -> None:
    """Of the machines that serve on roads; what is off before the call-out is not counted."""
    run, found = both(texts)
    shares = {name: found.values[name] or 0.0 for name in SHARES}
    assert sum(shares.values()) == pytest.approx(100, abs=0.005)
    served = {machine.id for machine in run.facts.machines}
    machines = run.outcome.machines
    sums = machines[machines["machine"].isin(served)].sum(numeric_only=True)
    whole = len(served) * (run.facts.horizon_ms - (run.facts.called_out_ms or 0))
    for name in ("work", "travel", "load", "repair"):
        assert shares[f"share_{name}"] == pytest.approx(100 * sums[f"{name}_ms"] / whole, abs=0.001)
    waits = sum(share for name, share in shares.items() if "_wait_" in name)
    assert waits == pytest.approx(100 * sums["wait_ms"] / whole, abs=0.005)


@pytest.mark.parametrize("texts", RUNS)
def test_as_in_the_summary(texts: tuple[str, ...]) -> None:
    """Last times, limits and sections left of every class; exposure, km, litres, tonnes, yuan."""
    run, found = both(texts)
    summary = run.outcome.summary
    for name in ("exposure", "deadhead_km", "fuel_l", "deicer_t", "cost_cny"):
        assert found.values[name] == pytest.approx(summary[name], abs=0.006)
    origin_ms = 0 if summary["snow_unfinished"] else summary["snow_stops_ms"]
    for name, aspects in summary["classes"].items():
        for aspect, word in (("opened", "open"), ("cleared", "clean")):
            told = aspects[aspect]
            left, last_ms = told["not_by_horizon"], told["last_ms"] or 0
            at_ms = summary["horizon_ms"] if left else last_ms
            hours = (at_ms - origin_ms) / MS_PER_H
            assert found.values[f"{word}_last/{name}"] == pytest.approx(hours, abs=0.0006)
            assert found.late.get(f"{word}_last/{name}", 0) == left
            assert found.values[f"met_{word}/{name}"] == told["met"]
            assert found.values[f"limit_{word}/{name}"] == told["limit_h"]


@pytest.mark.parametrize("texts", RUNS)
def test_operators_from_the_tables(texts: tuple[str, ...]) -> None:
    """Machines at work, driving or loading, times their crews; trucks from their first drive on."""
    run, found = both(texts)
    machines, trucks = run.outcome.machines, run.outcome.groups.query("kind == 'truck'")
    crews = {kind.kind: kind.crew_size for kind in run.facts.scenario.resources.types}
    busy = machines["work_ms"] + machines["travel_ms"] + machines["load_ms"]
    operators_ms = (busy * machines["kind"].map(crews)).sum()
    engaged = ["work", "travel", "haul", "wait_loader", "wait_gate", "wait_dump"]
    drivers_ms = sum((trucks[f"{name}_ms"] * trucks["people"]).sum() for name in engaged)
    hours = (operators_ms + drivers_ms) / MS_PER_H
    assert found.values["operator_h"] == pytest.approx(hours, abs=0.0006)


@pytest.mark.parametrize("texts", RUNS)
def test_as_in_the_timeline(texts: tuple[str, ...]) -> None:
    """Every third row of the timeline, ten minutes apart, is a step of the curves."""
    run, found = both(texts)
    rows = run.outcome.timeline
    rows = rows[rows["t_ms"] % (CURVE_STEP_MIN * MS_PER_MIN) == 0]
    sums = rows.groupby(["t_ms", "road_class"])[["opened_m2", "clean_m2", "area_m2"]].sum()
    for word in ("opened", "clean"):
        for name, part in [(c, sums.xs(c, level=1)) for c in rows["road_class"].unique()]:
            share = 1000 * part[f"{word}_m2"] / part["area_m2"]
            assert list(found.curves[f"{word}/{name}"]) == pytest.approx(list(share), abs=0.5001)
        whole = sums.groupby(level=0).sum()
        share = 1000 * whole[f"{word}_m2"] / whole["area_m2"]
        assert list(found.curves[f"{word}/all"]) == pytest.approx(list(share), abs=0.5001)


@pytest.mark.parametrize("texts", RUNS)
def test_as_in_the_sections(texts: tuple[str, ...]) -> None:
    """Minutes of opening, and exposure by class in a zone, from the table of sections."""
    run, found = both(texts)
    own = run.outcome.sections[run.outcome.sections["open_state"].notna()]
    assert len(found.opened_min) == len(own)
    for minute, (state, at_ms) in zip(
        found.opened_min, own[["open_state", "opened_ms"]].to_numpy().tolist(), strict=True
    ):
        known = {"never_blocked": -1, "not_by_horizon": -2}
        assert minute == known.get(state, None if pd.isna(at_ms) else (at_ms + 30_000) // 60_000)
    for (name, zone), rows in own.groupby(["road_class", "zone"]):
        total = rows["exposure"].sum()
        assert found.values[f"exposure/{name}@{zone}"] == pytest.approx(total, abs=0.0006)


@pytest.mark.parametrize("texts", RUNS)
def test_what_must_hold_in_any_run(texts: tuple[str, ...]) -> None:
    """Ranks rise, clean comes no sooner than open, the worst zone is the class, all keys are there.

    A class whose sections were all there by its limit, and none late, met it, and no other did.
    """
    run, found = both(texts)
    values, keys = found.values, measure_keys(run.facts.network.road_map)
    assert set(values) == set(keys)
    for key in [key for key in keys if key.startswith("open_last/")]:
        subject = key.partition("/")[2]
        opened = [values[f"open_{rank}/{subject}"] or 0.0 for rank in ("median", "p95", "last")]
        cleaned = [values[f"clean_{rank}/{subject}"] or 0.0 for rank in ("median", "p95", "last")]
        assert opened == sorted(opened)
        assert cleaned == sorted(cleaned)
        assert all(a <= b for a, b in zip(opened, cleaned, strict=True))
    classes = {key.partition("/")[2] for key in keys if key.startswith("limit_open/")}
    for name in classes:
        zones = [key for key in keys if key.startswith(f"open_last/{name}@")]
        assert max(values[key] or 0.0 for key in zones) == values[f"open_last/{name}"]
        limit, met = values[f"limit_open/{name}"], values[f"met_open/{name}"]
        if limit is not None and f"open_last/{name}" not in found.late:
            assert met == (1.0 if (values[f"open_last/{name}"] or 0.0) <= limit + 0.0005 else 0.0)
