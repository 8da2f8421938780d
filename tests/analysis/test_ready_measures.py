"""What is kept of a run for a readiness report, against the run folder's own tables."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from snowplan.analysis.measure_sections import roads_of
from snowplan.analysis.ready_measures import ready_run
from snowplan.analysis.run_measures import Seen, seen_in
from snowplan.experiments.one_run import conclude, storm_of, write_files
from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.network import build_network
from snowplan.results.ready_run import ItemTime, ReadyRun
from snowplan.results.run_folder import RunFolder
from snowplan.simulation.handing_over import HandedOver, run_scenario

H, MIN = 3_600_000, 60_000
Item = tuple[dict[str, object], bool | None]  # figures, and whether the limit was met
COLUMNS = {  # of sections.parquet: state, instant, limit in hours, verdict
    "open": ("open_state", "opened_ms", "limit_open_h", "met_open"),
    "clean": ("clear_state", "cleared_ms", "limit_clear_h", "met_clear"),
    "haul": ("haul_state", "hauled_ms", "limit_haul_h", "met_haul"),
    "cycle_lane": ("cycle_state", "cycle_cleared_ms", "limit_side_h", "met_cycle"),
    "pavement": ("pavement_state", "pavement_cleared_ms", "limit_side_h", "met_pavement"),
}


def folder_of(handed: HandedOver, out: Path) -> Path:
    """The files of a run, as `snowplan run` writes them."""
    with RunFolder(out, "run") as folder:
        write_files(folder, conclude(handed), "", {})
        folder.manifest = {}
    assert folder.path is not None
    return folder.path


def table(folder: Path, name: str) -> pd.DataFrame:
    """A table of a run folder, read by DuckDB alone."""
    with duckdb.connect() as base:
        return base.execute("SELECT * FROM read_parquet(?)", [str(folder / name)]).df()


def finished(name: str) -> tuple[HandedOver, Seen]:
    """A scenario that has run, and what measures look at."""
    scenario = load_scenario(name)
    handed = run_scenario(scenario, build_network(scenario.road_map))
    return handed, seen_in(handed.log, handed.group_log, handed.facts, storm_of(handed.facts))


def item_by_table(rows: pd.DataFrame, aspect: str, stops: int, horizon: int) -> dict[str, object]:
    """One item from rows of `sections.parquet`, with plain loops."""
    state, at, limit, _ = COLUMNS[aspect]
    late = [row for row in rows.to_dict("records") if row[state] == "not_by_horizon"]
    times = [0 if pd.isna(row[at]) else int(row[at]) for row in rows.to_dict("records")]
    last = horizon if late else max(times)
    hours = rows[limit].iloc[0]
    needed = sum(row[state] != "not_needed" for row in rows.to_dict("records"))
    return {
        "limit_h": None if pd.isna(hours) else pytest.approx(float(hours), abs=1e-6),
        "last_h": pytest.approx((last - stops) / H, abs=1e-6),
        "late": len(late),
        "n": needed,
    }


def met_by_table(rows: pd.DataFrame, aspect: str) -> bool | None:
    """Whether all that were due met their limit, by the verdicts of `sections.parquet`."""
    state, _, limit, met = COLUMNS[aspect]
    if rows[limit].isna().all():
        return None
    due = rows[rows[state] != "not_needed"]
    told = [None if pd.isna(value) else bool(value) for value in due[met]]
    return False if False in told else None if None in told else True


def expected_items(sections: pd.DataFrame, stops: int, horizon: int) -> dict[str, Item]:
    """Every item by the table alone."""
    found = {}
    for aspect in COLUMNS:
        rows = sections[sections[COLUMNS[aspect][0]].notna()]
        if aspect in ("cycle_lane", "pavement"):
            groups = [(f"side/{aspect}", rows)] if len(rows) else []
        else:
            groups = [(f"{aspect}/{name}", part) for name, part in rows.groupby("road_class")]
        for item, part in groups:
            found[item] = (item_by_table(part, aspect, stops, horizon), met_by_table(part, aspect))
    return found


def assert_items(kept: ReadyRun, folder: Path) -> None:
    """Every limit that was kept is what the folder's table of sections says."""
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    sections = table(folder, "sections.parquet")
    wanted = expected_items(sections, summary["snow_stops_ms"], summary["horizon_ms"])
    assert set(kept.limits) == set(wanted)
    for item, (figures, met) in wanted.items():
        plain = kept.limits[item].plain()
        assert {name: plain[name] for name in figures} == figures, item
        assert kept.limits[item].met is met, item


def busy_by_events(events: pd.DataFrame, owners: dict[str, str]) -> dict[str, int]:
    """The most owners of a kind busy at one instant, by sweeping over all instants of the table."""
    idle = ("wait", "shift", "muster", "repair", "breakdown", "refuse", "stand_down")
    steps: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in events.to_dict("records"):
        team = row["kind"] == "wait" and row["reason"] == "team"
        if row["machine"] in owners and (team or row["kind"] not in idle):
            steps[owners[row["machine"]]][int(row["start_ms"])] += 1
            steps[owners[row["machine"]]][int(row["end_ms"])] -= 1
    most = {}
    for name, changes in steps.items():
        count = peak = 0
        for instant in sorted(changes):
            count += changes[instant]
            peak = max(peak, count)
        most[name] = peak
    return most


def assert_fleet(kept: ReadyRun, handed: HandedOver, folder: Path) -> None:
    """Peaks, crews and dumps are what the folder's events and dumps say."""
    facts = handed.facts
    events = table(folder, "events.parquet")
    owners = {m.id: f"{m.type.kind}@{m.zone}" for m in facts.machines}
    owners |= {p.id: f"{p.kind}@{p.zone}" for p in facts.parties if p.kind != "squad"}
    busy = busy_by_events(events, owners)
    assert kept.peak == {name: busy.get(name, 0) for name in sorted(set(owners.values()))}
    dumps = table(folder, "dumps.parquet")
    piled = facts.scenario.around.physics.piled
    grams = dumps.groupby("dump_point")["received_g"].sum()
    m3 = {} if piled is None else (grams / 1_000 / piled.dumped_kg_m3).to_dict()
    assert kept.dumps_m3 == pytest.approx(m3, abs=0.001)
    if len(dumps):
        unloaded = events[(events["kind"] == "unload") & ~events["unfinished"]]
        assert kept.loads == len(unloaded)


def assert_musters(kept: ReadyRun, folder: Path) -> None:
    """Crews that were called to a shift under way waited as long as their `muster` rows last."""
    events = table(folder, "events.parquet")
    start = json.loads((folder / "summary.json").read_text(encoding="utf-8"))["start"]
    musters = events[events["kind"] == "muster"]
    waited = []
    for crew, begin, end in zip(
        musters["crew"], musters["start_ms"], musters["end_ms"], strict=True
    ):
        shift_min = datetime.fromisoformat(crew.split("@")[1].split("#")[0])
        since = (shift_min - datetime.fromisoformat(start)).total_seconds() * 1_000
        if since < begin:
            waited.append((end - begin) / MIN)
    waited.sort()
    if not waited:
        assert kept.muster_min == {}
        return
    ranks = {"median": 0.5, "p90": 0.9, "most": 1.0}
    wanted = {name: waited[math.ceil(share * len(waited)) - 1] for name, share in ranks.items()}
    assert kept.muster_min == pytest.approx(wanted, abs=0.001)


def assert_means(kept: ReadyRun, folder: Path) -> None:
    """Means over m² are what plain sums over the table of sections give."""
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    sections = table(folder, "sections.parquet")
    stops, horizon = summary["snow_stops_ms"], summary["horizon_ms"]

    def weighed(aspect: str, area: str) -> tuple[float, float]:
        state, at, *_ = COLUMNS[aspect]
        total = m2 = 0.0
        for row in sections[sections[state].notna()].to_dict("records"):
            after = 0 if pd.isna(row[at]) else int(row[at])
            after = horizon if row[state] == "not_by_horizon" else after
            total += max(0, after - stops) / H * row[area]
            m2 += row[area]
        return total, m2

    for aspect in ("open", "clean", "haul"):
        total, m2 = weighed(aspect, "area_m2")
        if aspect in kept.mean_h:
            assert kept.mean_h[aspect] == pytest.approx(total / m2, rel=1e-6)
    parts = [weighed("cycle_lane", "cycle_m2"), weighed("pavement", "pavement_m2")]
    if sum(m2 for _, m2 in parts):
        side = sum(total for total, _ in parts) / sum(m2 for _, m2 in parts)
        assert kept.mean_h["side"] == pytest.approx(side, rel=1e-4)  # areas in whole dm²


def assert_minutes(kept: ReadyRun, seen: Seen, folder: Path) -> None:
    """The minutes of every section are the table's instants, to the nearest minute."""
    sections = table(folder, "sections.parquet").set_index("section")
    ids = roads_of(seen.facts.network).ids
    minutes_of = {"clear": (kept.cleared_min, "cleared_ms"), "haul": (kept.hauled_min, "hauled_ms")}
    for word, (minutes, column) in minutes_of.items():
        if word == "haul" and not seen.storm.hauling:
            assert minutes == ()
            continue
        assert len(minutes) == len(ids)
        for name, found in zip(ids, minutes, strict=True):
            row = sections.loc[name]
            state = row[f"{word}_state"]
            words = {"not_by_horizon": -2, "never_blocked": -1, "not_needed": -1}
            wanted = words.get(state)
            exact = wanted if wanted is not None else (int(row[column]) + MIN // 2) // MIN
            assert found == exact, name


@pytest.mark.parametrize(
    "name",
    [
        "toy_town",
        pytest.param("heavy", marks=pytest.mark.slow),
    ],
)
def test_kept_figures_are_those_of_the_run_folder(name: str, tmp_path: Path) -> None:
    """Limits, means, peaks, dumps and minutes equal what plain loops read in the run's tables."""
    handed, seen = finished(name)
    kept = ready_run(seen, whole=True)
    folder = folder_of(handed, tmp_path)
    assert_items(kept, folder)
    assert_means(kept, folder)
    assert_minutes(kept, seen, folder)
    assert_fleet(kept, handed, folder)
    assert_musters(kept, folder)
    assert ReadyRun.from_plain(json.loads(json.dumps(kept.plain()))) == kept


def test_without_the_whole_the_rest_is_the_same() -> None:
    """Leaving out the minutes of sections changes nothing else."""
    _, seen = finished("toy_town")
    brief, whole = ready_run(seen).plain(), ready_run(seen, whole=True).plain()
    assert "cleared_min" not in brief
    assert brief == {name: whole[name] for name in brief}


@pytest.mark.parametrize(
    ("time", "met", "unknown"),
    [
        (ItemTime(4.0, 4.0, 0, 9), True, False),  # at the limit is in time
        (ItemTime(4.0, 4.0000003, 0, 9), False, False),  # a millisecond after it is not
        (ItemTime(4.0, 9.0, 2, 9), False, False),  # the horizon lies beyond the limit
        (ItemTime(9.0, 9.0, 2, 9), False, False),  # left at a horizon that is the limit
        (ItemTime(9.5, 9.0, 2, 9), None, True),  # the limit lies beyond the horizon
        (ItemTime(None, 9.0, 0, 9), None, False),
    ],
)
def test_whether_a_limit_was_met(time: ItemTime, met: bool | None, unknown: bool) -> None:
    """The rule of `sections.parquet`: in time, late, or nobody can know."""
    assert time.met is met
    assert time.unknown is unknown


def test_what_is_not_kept_is_refused() -> None:
    """A line of something else is an error with a reason."""
    with pytest.raises(ValueError, match="nothing that a readiness report keeps"):
        ReadyRun.from_plain({"limits": {}})
