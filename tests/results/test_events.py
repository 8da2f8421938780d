"""Events from the log: drives, waits for the team, handovers, and nobody in two places."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from snowplan.results.events import events_frame
from snowplan.results.facts import FIRST_MACHINE, RunFacts
from snowplan.results.log import KIND, PASS_KINDS, REASON, EventLog
from snowplan.results.tables import EVENTS
from snowplan.simulation.handing_over import HandedOver

PLOUGH, SPREADER = 0, 2  # positions of the toy town's machines, by (kind, id)
DAY, NIGHT = "day#1", "night#1"


def facts_with(toy_run: HandedOver, *windows: tuple[int, int, str]) -> RunFacts:
    """The toy town's facts; the plough's crews as given, every way 4,000 ms and 25 m long."""
    machines = [replace(m, windows=(), travel=(1, 1)) for m in toy_run.facts.machines]
    machines[PLOUGH] = replace(machines[PLOUGH], windows=windows)
    return replace(
        toy_run.facts,
        machines=tuple(machines),
        called_out_ms=0,
        speeds=((1, 1),) * 24,
        trip=lambda _hour, _junction, _place, _to_depot: (4_000, 250),
        sky=replace(toy_run.facts.sky, stops_ms=50_000),
    )


def shown(events: pd.DataFrame, *kinds: str) -> list[tuple[object, ...]]:
    """kind, start, end, metres, passes, grams, reason, unfinished of the rows of these kinds."""
    rows = events[events["kind"].isin(kinds)]
    columns = ["kind", "start_ms", "end_ms", "distance_m", "passes", "amount_g", "reason"]
    plain = rows[[*columns, "unfinished"]].astype(object)
    return [tuple(row) for row in plain.where(plain.notna(), None).to_numpy().tolist()]


def test_a_drive_a_wait_for_the_team_and_a_pass(toy_run: HandedOver) -> None:
    """By hand: decided at 10 s, 4 s of way, the team complete at 20 s, the pass over at 30 s."""
    log = EventLog()
    machine = FIRST_MACHINE + PLOUGH
    log.add(KIND["plough"], machine, 10_000, 20_000, 30_000, 2, 0, 2, amount_g=77)
    log.join_team(4)
    events = events_frame(log, facts_with(toy_run, (0, 40_000, DAY)))
    assert shown(events, "travel", "wait", "plough") == [
        ("travel", 10_000, 14_000, 25.0, None, None, None, False),
        ("wait", 14_000, 20_000, None, None, None, "team", False),
        ("plough", 20_000, 30_000, 600.0, 1, 77, None, False),
    ]
    work = events[events["kind"] == "plough"].iloc[0]
    assert (work["strip_from"], work["strip_to"]) == (0, 1)
    assert work["team"] == "team-00004"
    assert (work["decided_ms"], work["crew"], work["zone"]) == (10_000, DAY, "centre")


def test_an_interval_over_a_handover_is_two_rows(toy_run: HandedOver) -> None:
    """By hand: ten seconds of work, the crew changes after four: 4 : 6 of 600 m, one pass."""
    log = EventLog()
    machine = FIRST_MACHINE + PLOUGH
    log.add(KIND["plough"], machine, 20_000, 20_000, 30_000, 2, 0, 1, amount_g=77)
    log.add(KIND["wait"], machine, 30_000, 30_000, 60_000, reason=REASON["work"])
    facts = facts_with(toy_run, (5_000, 24_000, DAY), (24_000, 40_000, NIGHT))
    events = events_frame(log, facts)
    assert shown(events, "plough", "wait") == [
        ("plough", 20_000, 24_000, 240.0, 0, 0, "shift_end", True),
        ("plough", 24_000, 30_000, 360.0, 1, 77, None, False),
        ("wait", 30_000, 40_000, None, None, None, "work", False),
        ("wait", 40_000, 60_000, None, None, None, "work", False),
    ]
    crews = events[events["kind"].isin(["plough", "wait"])]["crew"]
    assert [None if pd.isna(c) else c for c in crews] == [DAY, NIGHT, NIGHT, None]
    assert shown(events, "shift", "muster", "stand_down") == [
        ("muster", 0, 5_000, None, None, None, None, False),
        ("shift", 5_000, 5_000, None, None, None, None, False),
        ("shift", 24_000, 24_000, None, None, None, None, False),
        ("stand_down", 50_000, 50_000, None, None, None, None, False),
    ]


def test_work_that_was_cut_short_counts_no_pass(toy_run: HandedOver) -> None:
    """By hand: a failure after 43.2 s of a pass of 86.4 s (25 km/h over 600 m) leaves 300 m."""
    log = EventLog()
    machine = FIRST_MACHINE + PLOUGH
    broken = REASON["breakdown"]
    log.add(KIND["plough"], machine, 0, 0, 43_200, 2, 0, 1, amount_g=5, reason=broken)
    facts = facts_with(toy_run)
    assert facts.machines[PLOUGH].pace == 1.0
    assert shown(events_frame(log, facts), "plough") == [
        ("plough", 0, 43_200, 300.0, 0, 0, "breakdown", True)
    ]


def test_a_way_to_a_depot_is_travel_and_its_place_the_depot(toy_run: HandedOver) -> None:
    """By hand: 4 s to the depot as the log has it, then a load; neither names a section."""
    log = EventLog()
    machine = FIRST_MACHINE + SPREADER
    log.add(KIND["travel"], machine, 1_000, 1_000, 5_000, 0)
    log.add(KIND["load"], machine, 5_000, 5_000, 9_000, 0, amount_g=70)
    events = events_frame(log, facts_with(toy_run))
    rows = events[events["machine"] == "spreader-001"]
    assert rows["depot"].tolist() == ["depot-centre"] * 2
    assert rows["section"].isna().all()
    assert rows["distance_m"].iloc[0] == 25.0
    assert rows["amount_g"].iloc[1] == 70


def test_the_toy_town_fits_the_declared_table_in_order(toy_run: HandedOver) -> None:
    """The declaration of events.parquet, and numbers from 1 in the order (start, kind)."""
    events = events_frame(toy_run.log, toy_run.facts)
    assert EVENTS.faults(events) == []
    assert events["event_id"].tolist() == list(range(1, len(events) + 1))
    keys = list(zip(events["start_ms"], events["kind"].map(KIND), strict=True))
    assert keys == sorted(keys)


def test_no_machine_is_in_two_places_nor_nowhere(toy_run: HandedOver) -> None:
    """A machine's intervals laid end to end are exactly the horizon: invariant of the ledger."""
    events = events_frame(toy_run.log, toy_run.facts)
    for _, rows in events[events["end_ms"] > events["start_ms"]].groupby("machine"):
        spans = rows.sort_values("start_ms")
        assert spans["start_ms"].iloc[0] == 0
        assert spans["end_ms"].iloc[-1] == toy_run.facts.horizon_ms
        assert (spans["start_ms"].to_numpy()[1:] == spans["end_ms"].to_numpy()[:-1]).all()


def test_the_crew_is_true_at_every_instant(toy_run: HandedOver) -> None:
    """Each interval's crew looked up anew in the rosters at its first, middle and last ms."""
    events = events_frame(toy_run.log, toy_run.facts)
    windows = {m.id: m.windows for m in toy_run.facts.machines}
    spans = events[events["machine"].notna() & (events["end_ms"] > events["start_ms"])]
    for row in spans.itertuples():
        for t in (row.start_ms, (row.start_ms + row.end_ms) // 2, row.end_ms - 1):
            on = [crew for begin, end, crew in windows[row.machine] if begin <= t < end]
            assert on == ([] if pd.isna(row.crew) else [row.crew])


def test_machines_alone_start_when_they_arrive(toy_run: HandedOver) -> None:
    """With one machine a kind nobody waits for a team: each drive ends where its pass begins."""
    events = events_frame(toy_run.log, toy_run.facts)
    assert (events["reason"] == "team").sum() == 0
    drives = events[(events["kind"] == "travel") & events["section"].notna()]
    work = events[events["kind"].isin(PASS_KINDS)]
    joined = drives.merge(work, on=["machine", "decided_ms"])
    assert len(joined) == len(drives) > 0
    assert (joined["end_ms_x"] == joined["start_ms_y"]).all()


def test_metres_follow_the_roads(toy_run: HandedOver) -> None:
    """Every drive is at least as long as the straight way at the speed limit allows: d ≤ v·t."""
    events = events_frame(toy_run.log, toy_run.facts)
    drives = events[(events["kind"] == "travel") & ~events["unfinished"]]
    seconds = (drives["end_ms"] - drives["start_ms"]) / 1_000
    assert (drives["distance_m"] <= 40 / 3.6 * seconds + 0.1).all()
    assert np.isfinite(drives["distance_m"]).all()


@pytest.mark.parametrize("name", ["plough", "sweep", "spread"])
def test_grams_are_those_of_the_log(toy_run: HandedOver, name: str) -> None:
    """No gram is lost on the way from the log: sums by kind agree."""
    events = events_frame(toy_run.log, toy_run.facts)
    table = toy_run.log.table()
    wanted = table["amount_g"][table["kind"] == KIND[name]].sum()
    assert events.loc[events["kind"] == name, "amount_g"].sum() == wanted
