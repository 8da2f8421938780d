"""先主后次, 先通后清 and what can never happen, judged over the event log by code of its own."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from itertools import pairwise

import networkx as nx
import pandas as pd
import pytest

from tests.oracles.rules import NOTHING, Verdict
from tests.oracles.runs import court_of, judge_of, passes_of, run_of, scenario_of
from tests.oracles.sky import HOUR

SHORT = "horizon_h=16"
WORKING = ("plough", "sweep", "grade_packed", "spread", "travel", "load")
WORKING += ("load_snow", "haul", "unload", "hand_clear")


def worse_than_needed(verdicts: list[Verdict]) -> list[Verdict]:
    """Decisions that left something of better rank standing in the machine's own zone."""
    return [v for v in verdicts if v.best < v.taken]


@pytest.mark.slow
@pytest.mark.parametrize("run", [("heavy",), ("heavy_cold", SHORT), ("blizzard", SHORT)])
def test_every_decision_takes_the_best_rank_of_its_own_zone(run: tuple[str, ...]) -> None:
    """The plan's list is the rule; due instants, claims and stages are worked out from the log."""
    verdicts = judge_of(*run).verdicts()
    assert len(verdicts) > 5_000
    assert worse_than_needed(verdicts) == []


@pytest.mark.slow
def test_mutual_aid_only_when_the_own_zone_has_nothing() -> None:
    """docs/model.md: own zone first; another one only when it has no candidate at all."""
    abroad = [v for v in judge_of("heavy", "horizon_h=24").verdicts() if not v.own_zone]
    assert len(abroad) > 100
    assert [v for v in abroad if v.best != NOTHING] == []


@pytest.mark.slow
@pytest.mark.parametrize("switch", ["main_first", "open_before_clean"])
def test_with_the_phrase_switched_off_there_are_many(switch: str) -> None:
    """Judged by the full list all the same, a plan without the phrase breaks it again and again."""
    verdicts = judge_of("heavy", f"switches.{switch}=false", "horizon_h=12").verdicts()
    assert len(worse_than_needed(verdicts)) > 100


@pytest.mark.slow
def test_one_clearing_pass_a_strip_until_snow_stops() -> None:
    """With 雪中清雪 off a strip is worked once while it snows (passes decided before it stops)."""
    run = run_of("heavy", "switches.clear_in_snow=false", "horizon_h=18")
    passes = passes_of(run.record.events)
    stops = run.facts.sky.stops_ms
    early = passes[(passes["kind"] != "spread") & (passes["decided_ms"] < stops)]
    count: dict[tuple[str, str, int], int] = defaultdict(int)
    for row in early.itertuples(index=False):
        for strip in range(row.strip_from, row.strip_to + 1):
            count[row.section, row.direction, strip] += 1
    assert len(count) > 1_000
    assert max(count.values()) == 1


@pytest.mark.slow
def test_no_rule_is_broken_on_pingcheng() -> None:
    """Loaders, trucks, squads, owners and machines of the heavy scenario, judged from the logs."""
    court = court_of("heavy", "horizon_h=30")
    assert len(court.carried.loads) > 100
    assert len(court.sides.touches) > 1_000
    assert court.faults() == []


@pytest.fixture(scope="module")
def heavy() -> pd.DataFrame:
    """All events of Pingcheng heavy."""
    return run_of("heavy").record.events


@pytest.mark.slow
def test_intervals_of_a_machine_tile_the_horizon(heavy: pd.DataFrame) -> None:
    """No machine is in two places or nowhere: end to start, from 0 to the horizon."""
    horizon = scenario_of("heavy").study.horizon_ms
    spans = heavy[heavy["machine"].notna() & (heavy["end_ms"] > heavy["start_ms"])]
    machines = 0
    for _, rows in spans.groupby("machine"):
        rows = rows.sort_values("start_ms")
        starts, ends = rows["start_ms"].tolist(), rows["end_ms"].tolist()
        assert [0, *ends] == [*starts, horizon]
        machines += 1
    facts = run_of("heavy").facts
    assert machines == len(facts.machines) + len(facts.parties)


@pytest.mark.slow
def test_nobody_drives_faster_than_the_road_allows(heavy: pd.DataFrame) -> None:
    """A drive takes at least the free-flow time at min(limit, own travel speed), by networkx."""
    scenario = scenario_of("heavy")
    kinds = {t.kind: t for t in scenario.resources.types}
    kind_of = {m.id: m.kind for m in scenario.resources.machines}
    ends = {s.id: (s.start, s.end) for s in scenario.road_map.sections}
    roads = nx.MultiDiGraph()
    for section in scenario.road_map.sections:
        if not section.duty.closed:
            way = section.way
            roads.add_edge(section.start, section.end, m=way.length_m, kph=way.limit_kph)
            if not way.oneway:
                roads.add_edge(section.end, section.start, m=way.length_m, kph=way.limit_kph)
    checked = 0
    for machine, rows in passes_of(heavy).groupby("machine"):
        top = kinds[kind_of[machine]].pace.travel_kph

        def least(_a: str, _b: str, edges: dict, top: float = top) -> float:
            return min(e["m"] * 3600 / min(e["kph"], top) for e in edges.values())

        for before, row in pairwise(rows.sort_values("end_ms").iloc[:4].itertuples(index=False)):
            if before.kind == "spread" or row.decided_ms != before.end_ms:
                continue
            here = ends[before.section][before.direction == "forward"]
            there = ends[row.section][row.direction == "backward"]
            needed = nx.dijkstra_path_length(roads, here, there, weight=least)
            assert row.start_ms - row.decided_ms >= needed - 1
            checked += 1
    assert checked > 50


@pytest.mark.slow
def test_no_crew_beyond_its_shift(heavy: pd.DataFrame) -> None:
    """A crew's name holds its group and the start of its shift; `crews.csv` says how long it is."""
    scenario = scenario_of("heavy")
    length = {g.id: g.length_h for g in scenario.resources.crews}
    start = scenario.study.clock.start
    work = heavy[heavy["kind"].isin(WORKING)]
    assert work["crew"].notna().all()
    for crew, rows in work.groupby("crew"):
        group, _, rest = crew.partition("@")
        begin = datetime.strptime(rest.split("#")[0], "%Y-%m-%d %H:%M") - start  # noqa: DTZ007
        begin_ms = begin // timedelta(milliseconds=1)
        assert rows["start_ms"].min() >= begin_ms
        assert rows["end_ms"].max() <= begin_ms + length[group] * HOUR
        assert length[group] <= scenario.plan.call_out.max_shift_h


@pytest.mark.slow
def test_hoppers_and_bays_hold_what_they_hold(heavy: pd.DataFrame) -> None:
    """Loads and doses of each spreader add up within its hopper; a depot lends no bay twice."""
    scenario = scenario_of("heavy")
    types = {t.kind: t for t in scenario.resources.types}
    room = {m.id: types[m.kind].capacity_kg * 1000 for m in scenario.resources.machines}
    flows = heavy[heavy["kind"].isin(("load", "spread"))].sort_values("end_ms")
    loads = 0
    for machine, rows in flows.groupby("machine"):
        hopper = 0
        for row in rows.itertuples(index=False):
            hopper += row.amount_g if row.kind == "load" else -row.amount_g
            loads += row.kind == "load"
            assert 0 <= hopper <= room[machine]
    assert loads > 20
    bays = {d.id: d.bays for d in scenario.resources.depots}
    for depot, rows in heavy[heavy["kind"] == "load"].groupby("depot"):
        steps = [(t, 1) for t in rows["start_ms"]] + [(t, -1) for t in rows["end_ms"]]
        lent = 0
        for _, step in sorted(steps):
            lent += step
            assert lent <= bays[depot]


def test_team_members_start_together() -> None:
    """A team starts when all have arrived: one start, one kind, strips side by side."""
    run = run_of("heavy", "horizon_h=14", "plan.dispatch.team.on_open=true",
                 "plan.dispatch.team.min_strips=2", "snow.onset=10")  # fmt: skip
    events = run.record.events
    teams = passes_of(events)[lambda rows: rows["team"].notna()]
    sizes = []
    for _, rows in teams.groupby("team"):
        first = rows.groupby("machine")["start_ms"].min()
        assert first.nunique() == 1
        assert rows["kind"].nunique() == 1
        assert rows[["section", "direction"]].drop_duplicates().shape[0] == 1
        strips = [s for r in rows.itertuples() for s in range(r.strip_from, r.strip_to + 1)]
        assert len(strips) == len(set(strips))
        sizes.append(len(first))
    assert max(sizes, default=0) >= 2
