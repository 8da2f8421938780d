"""Scenarios: base files, overrides, --set, differences, and what makes no difference."""

from __future__ import annotations

import csv
import hashlib
import random
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from snowplan.given import given_path
from snowplan.inputs.resolved import resolved_toml, resolved_values
from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.grades import Grade
from snowplan.model.roads import RoadClass
from snowplan.units import MS_PER_H
from tests.inputs.studies import SCENARIO, change, faults_of, make_study


def permute(path: Path, chance: random.Random) -> None:
    """Put rows and columns of a table in another order."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    columns = chance.sample(range(len(rows[0])), len(rows[0]))
    head, *body = [[row[n] for n in columns] for row in rows]
    chance.shuffle(body)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([head, *body])


@pytest.mark.parametrize("order", range(3))
def test_permuted_rows_give_the_same_scenario(tmp_path: Path, order: int) -> None:
    """Rows and columns of every table in another order: ids are sorted on load."""
    tables = tmp_path / "tables"
    shutil.copytree(given_path("seeds"), tables)
    path = tmp_path / "s.toml"
    path.write_text('extends = "heavy"\nname = "s"\nseeds = "tables"\n', encoding="utf-8")
    before = load_scenario(path)
    for table in sorted(tables.glob("*.csv")):
        permute(table, random.Random(f"{order} {table.name}"))
    after = load_scenario(path)
    assert after.inputs != before.inputs
    assert replace(after, inputs=()) == replace(before, inputs=())


def test_a_scenario_is_the_same_from_any_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """By name from elsewhere or by path from here: one scenario, inputs named alike."""
    monkeypatch.chdir(given_path("seeds"))
    by_name = load_scenario("heavy")
    monkeypatch.chdir(given_path("."))
    assert load_scenario(Path("scenarios") / "heavy.toml") == by_name


def test_inputs_are_named_relative_with_their_hashes(tmp_path: Path) -> None:
    """Every file read stands once with its SHA-256, the user's by its place beside the scenario."""
    path = make_study(tmp_path)
    inputs = dict(load_scenario(path).inputs)
    assert not [name for name in inputs if Path(name).is_absolute()]
    assert inputs["study.toml"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert {"tables/machines.csv", "scenarios/base.toml", "maps/toy_town/map.toml"} <= set(inputs)
    assert "scenarios/toy_town/machines.csv" not in inputs


def test_differences_are_told_old_to_new() -> None:
    """An override and each --set stand with the value they replaced."""
    sets = [
        "overrides=cold",
        "switches.clear_in_snow=false",
        "plan.thresholds.clean_depth_mm=8",
        "plan.limits.main.heavy.open_h=6",
        "snow.total_mm=12",
        "map=maps/toy_town",
        "seeds=scenarios/toy_town",
        "grade=blizzard",
        "uncertainty.failure=false",
    ]
    scenario = load_scenario("heavy", sets)
    assert set(scenario.differences) == {
        ("snow.air_c", "-5", "-12"),
        ("switches.clear_in_snow", "true", "false"),
        ("plan.thresholds.clean_depth_mm", "5", "8"),
        ("plan.limits.main.heavy.open_h", "4", "6"),
        ("snow.total_mm", "6.5", "12"),
        ("map", "maps/pingcheng", "maps/toy_town"),
        ("seeds", "", "scenarios/toy_town"),
        ("grade", "", "blizzard"),
        ("uncertainty.failure.on", "true", "false"),
    }
    assert scenario.plan.phrases.clear_in_snow is False
    assert scenario.plan.thresholds.clean_depth_mm == 8
    assert scenario.grade == Grade.BLIZZARD
    assert {spell.air_c for spell in scenario.around.snowfall.actual} == {-12}


def test_no_change_is_no_difference() -> None:
    """The shipped heavy scenario differs from nothing; setting what is there changes nothing."""
    assert load_scenario("heavy").differences == ()
    same = ["switches.main_first=true", "plan.thresholds.clean_depth_mm=5", "fleet.plough=34"]
    assert load_scenario("heavy", same).differences == ()


def test_the_order_of_sets_is_the_order_of_their_effect() -> None:
    """The last --set for a key holds, and the difference is told from the first value."""
    scenario = load_scenario("toy_town", ["snow.total_mm=5", "snow.total_mm=6"])
    assert ("snow.total_mm", "4", "6") in scenario.differences
    assert sum(key == "snow.total_mm" for key, _, _ in scenario.differences) == 1


def test_a_set_goes_over_a_named_override() -> None:
    """--set holds against overrides=…, wherever it stands on the line."""
    scenario = load_scenario("toy_town", ["snow.air_c=-7", "overrides=cold"])
    assert {spell.air_c for spell in scenario.around.snowfall.actual} == {-7}


def test_a_file_goes_over_the_blocks_that_its_base_applies(tmp_path: Path) -> None:
    """Toy town applies nothing_varies; what a file above it switches on stays on."""
    path = make_study(tmp_path, SCENARIO + "\n[uncertainty]\nfailure = { a = 100.0, on = true }\n")
    spreads = {spread.quantity: spread for spread in load_scenario(path).around.uncertainty}
    assert (spreads["failure"].on, spreads["failure"].a) == (True, 100.0)
    assert not spreads["repair"].on


def test_a_row_of_a_list_is_set_by_its_number(tmp_path: Path) -> None:
    """`forecast.0.total_mm=9` changes the first issue; a row that is not there is a fault."""
    text = SCENARIO + (
        '\n[[forecast]]\nissued = 0\ntotal_mm = 3\nonset = "18:00"\nduration_h = 3\nair_c = -5\n'
    )
    path = make_study(tmp_path, text)
    (issue,) = load_scenario(path, ["forecast.0.total_mm=9"]).around.snowfall.forecasts
    assert max(spell.um_per_h for spell in issue.spells) == 3000
    (fault,) = faults_of(path, "forecast.1.total_mm=9")
    assert "--set, key forecast.1: found '1'; expected a row from 0 to 0" in fault


def test_fewer_machines_keep_the_first_ids() -> None:
    """`fleet.roller_brush=40` keeps 001 to 040, eight at each depot, and the crews."""
    scenario = load_scenario("heavy", ["fleet.roller_brush=40"])
    brushes = [m for m in scenario.resources.machines if m.kind == "roller_brush"]
    assert [m.id for m in brushes] == [f"roller-brush-{n:03d}" for n in range(1, 41)]
    assert set(Counter(m.depot for m in brushes).values()) == {8}
    assert scenario.resources.crews == load_scenario("heavy").resources.crews
    assert scenario.differences == (("fleet.roller_brush", "60", "40"),)


def test_more_machines_get_new_ids_and_crews() -> None:
    """Two more graders stand at the next depots, and their zones get a crew in each shift."""
    before = load_scenario("heavy").resources
    after = load_scenario("heavy", ["fleet.grader=4", "fleet.ice_breaker=1"]).resources
    new = sorted({m.id for m in after.machines} - {m.id for m in before.machines})
    assert new == ["grader-003", "grader-004", "ice-breaker-001"]
    zones = {depot.id: depot.zone for depot in after.depots}
    for machine in after.machines:
        if machine.id in new:
            own = [
                group.crews
                for group in after.crews
                if (group.zone, group.kind) == (zones[machine.depot], machine.kind)
            ]
            assert len(own) == 2
            assert min(own) >= 1


def test_the_run_seed_can_be_given() -> None:
    """The argument goes over the file's key."""
    assert load_scenario("toy_town").study.run_seed == 1
    assert load_scenario("toy_town", ["run_seed=5"]).study.run_seed == 5
    assert load_scenario("toy_town", ["run_seed=5"], run_seed=7).study.run_seed == 7


def test_a_relative_path_starts_from_the_file_that_holds_it(tmp_path: Path) -> None:
    """A base file's tables lie beside the base file, whoever extends it from another folder."""
    make_study(tmp_path / "base")
    change(tmp_path / "base/tables/machines.csv", "plough-001", "plough-777")
    child = tmp_path / "child/child.toml"
    child.parent.mkdir()
    child.write_text('extends = "../base/study.toml"\nname = "child"\n', encoding="utf-8")
    assert "plough-777" in {m.id for m in load_scenario(child).resources.machines}


def test_a_path_on_the_command_line_starts_from_where_the_user_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--set seeds.machines=…` is looked for in the current folder."""
    text = given_path("scenarios/toy_town/machines.csv").read_text(encoding="utf-8")
    (tmp_path / "mine.csv").write_text(text.replace("plough-001", "plough-777"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    scenario = load_scenario(
        "toy_town", ["seeds.folder=scenarios/toy_town", "seeds.machines=mine.csv"]
    )
    assert "plough-777" in {m.id for m in scenario.resources.machines}


def test_the_limits_of_the_plan_reach_the_model() -> None:
    """Heavy snow, main roads: 4 h to open, 12 h to clear, open by 07:00."""
    plan = load_scenario("heavy").plan
    (limit,) = [
        row for row in plan.limits if (row.road_class, row.grade) == (RoadClass.MAIN, Grade.HEAVY)
    ]
    assert (limit.open_h, limit.clear_h, limit.open_by_minute) == (4, 12, 7 * 60)


def test_doses_follow_cap_and_cutoff() -> None:
    """-5 °C: 23 g/m²; -8 °C: 31 capped at 25; below -9.4 °C none, unless the cut-off is off."""
    doses = load_scenario("heavy").plan.doses
    assert [doses.dose_g_m2(c, repeat=False) for c in (1, -1, -5, -8, -9.5)] == [6, 15.5, 23, 25, 0]
    free = load_scenario("heavy", ["plan.doses.cap.on=false", "plan.doses.cutoff.on=false"])
    assert [free.plan.doses.dose_g_m2(c, repeat=True) for c in (-8, -12, -25)] == [27, 27, 0]


def test_the_order_of_work_can_be_edited() -> None:
    """A step left out of the order is a fault; a reordered one is taken."""
    steps = [{"stage": s, "class": c} for s in ("open", "clean") for c in
             ("critical", "expressway", "main", "secondary", "branch", "lane")]  # fmt: skip
    told = ", ".join(f'{{stage = "{s["stage"]}", class = "{s["class"]}"}}' for s in steps[::-1])
    plan = load_scenario("toy_town", [f"plan.order.rows=[{told}]"]).plan
    assert [(row.stage.value, row.road_class) for row in plan.order] == [
        (step["stage"], step["class"]) for step in steps[::-1]
    ]
    short = told.replace('{stage = "open", class = "main"}, ', "")
    (fault,) = faults_of("toy_town", f"plan.order.rows=[{short}]")
    assert "found '(open, main) 0 times'; expected each step once" in fault


def test_the_resolved_scenario_reads_back_as_the_same(tmp_path: Path) -> None:
    """The TOML of a run folder, loaded, is the scenario that was run."""
    sets = ["overrides=cold", "plan.thresholds.clean_depth_mm=8", "snow.total_mm=9"]
    path = tmp_path / "scenario.toml"
    path.write_text(resolved_toml("heavy", sets, run_seed=3), encoding="utf-8")
    again, before = load_scenario(path), load_scenario("heavy", sets, run_seed=3)
    assert resolved_values(path) == resolved_values("heavy", sets) | {"run_seed": 3}
    assert (again.plan, again.around, again.study) == (before.plan, before.around, before.study)


def test_the_real_storm_on_the_real_streets(shared_data: Path) -> None:
    """Jinan's streets, Beijing's hours: 11.2 mm within the cut, 140 machines at placed depots."""
    scenario = load_scenario(
        "jinan_20100103",
        [
            f"map={shared_data / 'roads/jinan_drive.graphml'}",
            f"snow.file={shared_data / 'weather/beijing_hourly_2010_2015.csv'}",
        ],
    )
    spells = scenario.around.snowfall.actual
    ends = [*(spell.start_ms for spell in spells[1:]), scenario.study.horizon_ms]
    um = sum(s.um_per_h * (end - s.start_ms) for s, end in zip(spells, ends, strict=True))
    assert um == 11_200 * MS_PER_H
    assert len(scenario.resources.machines) == 140
    assert len({(depot.lon, depot.lat) for depot in scenario.resources.depots}) == 5
    assert "weather/beijing_hourly_2010_2015.csv" in dict(scenario.inputs)
    assert str(shared_data) not in str(scenario.inputs)
