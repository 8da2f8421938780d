"""Changes of the input whose effect on a run is known without knowing the run."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import random
import subprocess
import sys
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest

from snowplan.analysis.section_times import section_times
from snowplan.experiments.one_run import Concluded
from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.draws import Draws
from snowplan.model.network import build_network
from snowplan.model.scenario import Scenario
from snowplan.results.parquet import write_parquet
from snowplan.results.tables import EVENTS
from snowplan.simulation.running import finish_run, prepare
from snowplan.simulation.world import World
from tests.oracles.runs import passes_of, run_of, run_scenario_whole, scenario_of
from tests.oracles.sky import HOUR

ROOT = Path(__file__).resolve().parents[2]
DAY = 24 * HOUR
TIMES = ["kind", "machine", "section", "direction", "strip_from", "strip_to", "decided_ms",
         "start_ms", "end_ms", "reason", "unfinished"]  # fmt: skip
GRADES = ("light", "moderate", "heavy", "blizzard")
SEVEN_H = "horizon_h=7"


def digest(events: pd.DataFrame, folder: Path) -> str:
    """SHA-256 of the bytes of events.parquet."""
    path = folder / f"events-{len(list(folder.iterdir()))}.parquet"
    write_parquet(events, EVENTS, path)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def shuffled_csv(text: str, draw: random.Random) -> str:
    """The same rows in another order under the same header."""
    head, *rows = list(csv.reader(io.StringIO(text)))
    draw.shuffle(rows)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([head, *rows])
    return out.getvalue()


def shuffled_copy(source: Path, to: Path, draw: random.Random) -> None:
    """A folder with the rows of every table and the features of every layer in another order."""
    to.mkdir()
    for path in sorted(p for p in source.iterdir() if p.is_file()):
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix == ".csv":
            text = shuffled_csv(text, draw)
        elif path.suffix == ".geojson":
            layer = json.loads(text)
            draw.shuffle(layer["features"])
            text = json.dumps(layer, ensure_ascii=False)
        (to / path.name).write_text(text, encoding="utf-8")


@pytest.mark.slow
def test_rows_in_any_order_give_the_same_bytes(tmp_path: Path) -> None:
    """The order of rows says nothing: ids are sorted on load and ties broken by id."""
    draw = random.Random(7)
    shuffled_copy(ROOT / "seeds", tmp_path / "seeds", draw)
    shuffled_copy(ROOT / "maps" / "pingcheng", tmp_path / "pingcheng", draw)
    sets = (f"seeds={tmp_path / 'seeds'}", f"map={tmp_path / 'pingcheng'}", SEVEN_H)
    other = run_scenario_whole(load_scenario("heavy", sets)).record.events
    same = run_of("heavy", SEVEN_H).record.events
    assert len(passes_of(same)) > 3_000
    (tmp_path / "out").mkdir()
    assert digest(other, tmp_path / "out") == digest(same, tmp_path / "out")


def in_whole_grams(scenario: Scenario) -> Scenario:
    """Strips of 3,600 m², 1,000 g/m² an hour, no traffic: one gram falls a strip each millisecond.

    So no amount is ever rounded down, and twice the area holds exactly twice the grams. Pavements
    are 3 m wide on each side, undivided: no cycle lanes and no frontage.
    """
    sections = tuple(
        replace(
            s,
            way=replace(
                s.way, length_m=1200.0, width_m=6.0 if s.way.width_m < 12 else 12.0,
                pavement_width_m=6.0 if s.way.pavement_width_m else 0.0, cycle_width_m=0.0,
            ),
        )
        for s in scenario.road_map.sections
    )  # fmt: skip
    around = scenario.around
    spells = tuple(replace(s, um_per_h=1000 * (s.um_per_h > 0)) for s in around.snowfall.actual)
    traffic = tuple(replace(row, vehicles_per_lane=0.0) for row in around.traffic)
    snowfall = replace(around.snowfall, actual=spells)
    return replace(
        scenario,
        road_map=replace(scenario.road_map, sections=sections),
        resources=replace(scenario.resources, frontage=()),
        around=replace(around, snowfall=snowfall, traffic=traffic),
    )


def doubled(scenario: Scenario) -> Scenario:
    """Twice as long, as fast, as much: the time of everything stays."""
    road_map, resources, plan = scenario.road_map, scenario.resources, scenario.plan
    middle = (113.29, 40.078)

    def away(lon: float, lat: float) -> tuple[float, float]:
        return 2 * lon - middle[0], 2 * lat - middle[1]

    sections = tuple(
        replace(s, way=replace(s.way, length_m=2 * s.way.length_m, limit_kph=2 * s.way.limit_kph))
        for s in road_map.sections
    )
    places = [(j, away(j.lon, j.lat)) for j in road_map.junctions]
    junctions = tuple(replace(j, lon=lon, lat=lat) for j, (lon, lat) in places)
    depots = tuple(
        replace(d, lon=away(d.lon, d.lat)[0], lat=away(d.lon, d.lat)[1],
                stock_kg=2 * d.stock_kg, loading_kg_per_min=2 * d.loading_kg_per_min)
        for d in resources.depots
    )  # fmt: skip
    types = tuple(
        replace(t, capacity_kg=2 * t.capacity_kg, load_m3_h=2 * t.load_m3_h, pace=replace(
            t.pace, main_kph=2 * t.pace.main_kph, local_kph=2 * t.pace.local_kph,
            travel_kph=2 * t.pace.travel_kph,
        ))
        for t in resources.types
    )  # fmt: skip
    dumps = tuple(
        replace(d, lon=away(d.lon, d.lat)[0], lat=away(d.lon, d.lat)[1],
                capacity_m3=2 * d.capacity_m3, filled_m3=2 * d.filled_m3)
        for d in resources.dump_points
    )  # fmt: skip
    trucks = tuple(
        replace(
            t, volume_m3=2 * t.volume_m3, loaded_kph=2 * t.loaded_kph, empty_kph=2 * t.empty_kph
        )
        for t in resources.trucks
    )
    squads = tuple(replace(s, transport_kph=2 * s.transport_kph) for s in resources.squads)
    assert plan.hand is not None
    return replace(
        scenario,
        road_map=replace(road_map, sections=sections, junctions=junctions),
        resources=replace(
            resources, depots=depots, types=types, dump_points=dumps, trucks=trucks, squads=squads
        ),
        plan=replace(
            plan, rules=replace(plan.rules, mutual_aid_km=2 * plan.rules.mutual_aid_km),
            hand=replace(plan.hand, m2_h=2 * plan.hand.m2_h),
        ),
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", ["toy_town", "heavy_cold", "heavy"])
def test_everything_doubled_takes_as_long(name: str) -> None:
    """Lengths, speeds, hoppers, stocks, loading rates, reach of aid, all twice: t = s ÷ v."""
    sets = () if name == "toy_town" else (SEVEN_H,)
    plain = in_whole_grams(scenario_of(name, *sets))
    one, two = run_scenario_whole(plain), run_scenario_whole(doubled(plain))
    assert len(passes_of(one.record.events)) > (50 if name == "toy_town" else 500)
    pd.testing.assert_frame_equal(one.record.events[TIMES], two.record.events[TIMES])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["toy_town", "heavy"])
def test_a_quiet_day_before_shifts_and_nothing_else(name: str) -> None:
    """The same storm at the same local hours, seen from a start 24 h earlier."""
    hours = 7 if name == "heavy" else 24
    sets = (f"horizon_h={hours}", "snow.onset=2026-01-15T18:00:00")
    plain = load_scenario(name, sets)
    early = load_scenario(name, (*sets, f"horizon_h={hours + 24}", "start=2026-01-14T16:00:00"))
    one = run_scenario_whole(plain).record.events
    two = run_scenario_whole(early).record.events
    one, two = passes_of(one)[TIMES], passes_of(two)[TIMES]
    for column in ("decided_ms", "start_ms", "end_ms"):
        two = two.assign(**{column: two[column] - DAY})
    assert len(one) > 50
    pd.testing.assert_frame_equal(one.reset_index(drop=True), two.reset_index(drop=True))


def test_the_next_day_is_as_this_one() -> None:
    """Start and storm both 24 h later; nothing varies, so that names of shifts draw nothing."""
    plain = scenario_of("toy_town")
    clock = replace(plain.study.clock, start=plain.study.clock.start + timedelta(days=1))
    later = replace(plain, study=replace(plain.study, clock=clock))
    one, two = (run_scenario_whole(s).record.events[TIMES] for s in (plain, later))
    pd.testing.assert_frame_equal(one, two)


@pytest.mark.parametrize("name", ["toy_town", "heavy"])
def test_no_snow_no_work(name: str) -> None:
    """以雪为令: without snow, fallen or forecast, nobody is called and nothing moves."""
    plain = scenario_of(name, SEVEN_H)
    dry = tuple(replace(s, um_per_h=0) for s in plain.around.snowfall.actual)
    snowfall = replace(plain.around.snowfall, actual=dry)
    run = run_scenario_whole(replace(plain, around=replace(plain.around, snowfall=snowfall)))
    assert not set(run.record.events["kind"]) & {
        "call_out", "muster", "travel", "load", "spread", "plough", "sweep", "grade_packed",
    }  # fmt: skip
    assert set(run.record.states["state"]) == {"clean"}
    assert run.handed.ledger.snow["fallen"] == 0


def drawn(
    monkeypatch: pytest.MonkeyPatch, scenario: Scenario
) -> dict[tuple[str, str], list[float]]:
    """Every draw of a run by (entity, quantity), in the order in which the entity made them."""
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    value = Draws.value

    def noted(self: Draws, entity: str, quantity: str, fixed: float) -> float:
        result = value(self, entity, quantity, fixed)
        found[entity, quantity].append(result)
        return result

    with monkeypatch.context() as patch:
        patch.setattr(Draws, "value", noted)
        finish_run(prepare(scenario, build_network(scenario.road_map)))
    return found


@pytest.mark.slow
def test_one_more_machine_changes_nobody_elses_luck(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draws are keyed by entity and purpose: common entities draw the same numbers in turn."""
    plain = scenario_of("heavy", SEVEN_H)
    machine = next(m for m in plain.resources.machines if m.kind == "plough")
    more = (replace(machine, id="aaa-plough"), *plain.resources.machines)
    larger = replace(plain, resources=replace(plain.resources, machines=more))
    one, two = drawn(monkeypatch, plain), drawn(monkeypatch, larger)
    assert {entity for entity, _ in two} - {entity for entity, _ in one} >= {"aaa-plough"}
    common = set(one) & set(two)
    assert len(common) > 300
    for slot in common:
        turns = min(len(one[slot]), len(two[slot]))
        assert one[slot][:turns] == two[slot][:turns]


def mean_cleared_h(run: Concluded) -> float:
    """Mean hours until clean for good, what never was counted with the run's own horizon."""
    horizon = run.facts.horizon_ms
    times = section_times(run.record.states, horizon)["cleared_ms"]
    return float(times.fillna(horizon).mean()) / HOUR


@pytest.mark.slow
def test_more_snow_clears_later_and_takes_more_salt() -> None:
    """小雪 < 中雪 < 大雪 < 暴雪 at -5 °C, same run seed: clean later, and more tonnes, above 0."""
    runs = [run_of(grade) for grade in GRADES]
    cleared = [mean_cleared_h(run) for run in runs]
    assert cleared == sorted(set(cleared))
    tonnes = [run.handed.ledger.deicer["on_roads"] for run in runs]
    assert tonnes[0] > 0
    assert tonnes == sorted(set(tonnes))


@pytest.mark.slow
def test_in_the_cold_nothing_is_spread_and_that_is_said() -> None:
    """-12 °C lies below the plan's cut-off of -9.4 °C: no grain at any grade, and it is said."""
    cleared = []
    for grade in GRADES:
        run = run_of(f"{grade}_cold")
        assert run.handed.ledger.deicer["on_roads"] == 0
        assert not (run.record.events["kind"] == "spread").any()
        refused = run.record.events[run.record.events["kind"] == "refuse"]
        assert "too_cold" in set(refused["reason"])
        assert run.outcome.summary["deicer_t"] == 0
        cleared.append(mean_cleared_h(run))
    assert cleared == sorted(set(cleared))


@pytest.mark.slow
def test_two_runs_interleaved_are_two_runs_apart() -> None:
    """Nothing described is changed by running: two worlds stepped in turn do not meet."""
    first = load_scenario("heavy", (SEVEN_H,), run_seed=1)
    second = load_scenario("heavy", (SEVEN_H,), run_seed=2)
    network = build_network(first.road_map)

    def log_of(world: World) -> bytes:
        return finish_run(world).world.log.table().tobytes()

    apart = [log_of(prepare(s, network)) for s in (first, second)]
    worlds = [prepare(s, network) for s in (first, second)]
    for t in range(10 * 60_000, first.study.horizon_ms, 10 * 60_000):
        for world in worlds:
            world.env.run(until=t)
    assert [log_of(world) for world in worlds] == apart
    assert apart[0] != apart[1]


def run_elsewhere(folder: Path, sets: list[str], **changes: str) -> str:
    """`snowplan run` in a process of its own: the SHA-256 of its events.parquet."""
    folder.mkdir(parents=True)
    program = [sys.executable, "-c", "from snowplan.cli import main; main()"]
    asked = [a for text in sets for a in ("--set", text)]
    done = subprocess.run(
        [*program, "run", "heavy", *asked, "--no-pictures", "--out", str(folder)],
        cwd=folder, env={**os.environ, "PYTHONUTF8": "1", **changes},
        capture_output=True, check=True,
    )  # fmt: skip
    path = Path(done.stdout.decode().strip().splitlines()[-1])
    assert path.parent == folder.resolve()
    return hashlib.sha256((path / "events.parquet").read_bytes()).hexdigest()


@pytest.mark.slow
def test_same_bytes_under_another_hash_seed_locale_zone_and_folder(tmp_path: Path) -> None:
    """A run is a function of scenario and run seed: where and how Python stands is none of it."""
    sets = ["horizon_h=5"]
    one = run_elsewhere(
        tmp_path / "here", sets, PYTHONHASHSEED="1", LC_ALL="C.UTF-8", TZ="Asia/Shanghai"
    )
    two = run_elsewhere(
        tmp_path / "清雪 测试", sets, PYTHONHASHSEED="77", LC_ALL="C", TZ="America/St_Johns"
    )
    assert one == two
    assert one == digest(run_of("heavy", *sets).record.events, tmp_path / "here")
