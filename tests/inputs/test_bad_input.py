"""Bad input: every fault of every file is told at once, in words that name it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from snowplan.errors import Fault, InputError, UseError
from snowplan.given import given_path
from snowplan.inputs.scenario_files import load_scenario
from tests.inputs.studies import change, faults_of, make_study

NINE = """\
extends = "scenarios/toy_town.toml"
name = "study"
title = "试验"
seeds = "tables"
horizon_h = -3
grade = "havy"
colour = "red"

[snow]
totl_mm = 4.0
air_c = nan
"""


def spoil_tables(folder: Path) -> None:
    """A kind, a depot's place, a duplicate id and a shift that are wrong."""
    change(folder / "machines.csv", "plough-001,plough", "plough-001,plow")
    change(folder / "machines.csv", "roller-brush-001,", "plough-001,")
    change(folder / "depots.csv", "113.0,39.996403", "113.5,39.996403")
    change(folder / "crews.csv", "20:00,12,1", "20:00,30,1")


def test_nine_faults_in_a_scenario_and_its_tables_are_told_at_once(tmp_path: Path) -> None:
    """Five faults of the scenario and four of its tables: nine, each with place and words."""
    path = make_study(tmp_path, NINE)
    spoil_tables(tmp_path / "tables")
    faults = faults_of(path)
    words = [
        ("study.toml line 5, key horizon_h: found -3", "above 0"),
        ("study.toml line 6, key grade: found 'havy'", "did you mean 'heavy'?"),
        ("study.toml line 7, key colour: found 'colour'", "a known key"),
        ("study.toml line 10, key snow.totl_mm: found 'totl_mm'", "did you mean 'total_mm'?"),
        ("study.toml line 11, key snow.air_c", "found nan; expected a finite number"),
        ("tables/machines.csv row 2, column kind: found 'plow'", "did you mean 'plough'?"),
        ("tables/machines.csv row 3, column id: found 'plough-001'", "a duplicate of row 2"),
        ("tables/depots.csv row 2, column lon, lat: found '113.5, ", "km from the nearest"),
        ("tables/crews.csv row 3, column length_h: found '30 h'", "at most 12 h"),
    ]
    for place, rest in words:
        assert [fault for fault in faults if fault.startswith(place) and rest in fault], place
    assert len(faults) == len(words)


def test_a_sound_study_has_no_fault(tmp_path: Path) -> None:
    """The scenario that these tests spoil is sound before."""
    assert faults_of(make_study(tmp_path)) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[snow]", "[snwo]", ["line 6, key snwo: found 'snwo'", "did you mean 'snow'?"]),
        ("total_mm = 4.0", "total_mm = nan", ["key snow.total_mm: found nan", "finite number"]),
        ("total_mm = 4.0", "total_mm = -4", ["found -4", "number of mm", "0 or more"]),
        ("total_mm = 4.0", "total_mm = inf", ["found inf", "finite number"]),
        ("total_mm = 4.0", 'total_mm = "7 cm"', ["found '7 cm'", "mm, written without the unit"]),
        ("total_mm = 4.0", 'total_mm = "4"', ["found '4'", "number of mm"]),
        ("total_mm = 4.0", "onset = 30", ["key snow.onset", "found '2026-01-16 22:00'"]),
        ("total_mm = 4.0", 'onset = "25:00"', ["key snow.onset: found '25:00'", "time of day"]),
        ("total_mm = 4.0", "air_c = -80", ["key snow.air_c", "-70", "found -80"]),
        ("[snow]", 'grade = "huge"\n[snow]', ["found 'huge'", "light, moderate, heavy"]),
        ("[snow]", 'timezone = "Asia/Beijing"\n[snow]', ["key timezone", "such as Asia/Shanghai"]),
        ("[snow]", "start = 2026-01-15T16:00:00Z\n[snow]", ["key start", "without a zone"]),
        ("[snow]", 'map = "maps/toy_twon"\n[snow]', ["key map", "did you mean 'maps/toy_town'?"]),
        ("[snow]", "run_seed = 1.5\n[snow]", ["key run_seed: found 1.5", "a whole number"]),
        ("[snow]", "[switches]\nmain_frist = true\n[snow]", ["did you mean 'main_first'?"]),
        ("[snow]", "[switches]\nmain_first = 1\n[snow]", ["found 1", "true or false"]),
        ("[snow]", "[fleet]\nplow = 3\n[snow]", ["key fleet.plow", "did you mean 'plough'?"]),
        ("[snow]", "[plan.tresholds]\n[snow]", ["plan.tresholds", "did you mean 'thresholds'?"]),
        (
            "[snow]",
            "[plan.thresholds]\nclean_depth_mm = 40\n[snow]",
            ["key plan.thresholds.clean_depth_mm: found 40", "at most passable_depth_mm, 30"],
        ),
        (
            "[snow]",
            "[uncertainty]\nfailure = { a = -1.0 }\n[snow]",
            ["key uncertainty.failure.a: found -1.0", "above 0"],
        ),
        ("[snow]", 'apply = ["clod"]\n[snow]', ["key apply: found 'clod'", "mean 'cold'?"]),
        ('seeds = "tables"', 'seeds = "tabels"', ["key seeds.folder", "did you mean 'tables'?"]),
        ('name = "study"', 'name = "a/b"', ["key name: found 'a/b'", "letters, digits"]),
        ("total_mm = 4.0", "total_mm = ", ["line 7", "expected valid TOML"]),
        (
            "scenarios/toy_town.toml",
            "study.toml",
            ["key extends: found 'study.toml → study.toml'", "no circle"],
        ),
        ("scenarios/toy_town.toml", "toy_twon.toml", ["line 1, key extends", "that exists"]),
    ],
)
def test_one_fault_in_the_scenario(tmp_path: Path, old: str, new: str, words: list[str]) -> None:
    """One wrong key or value is one message, with its words."""
    path = make_study(tmp_path)
    change(path, old, new)
    faults = faults_of(path)
    assert len(faults) == 1
    assert faults[0].startswith("study.toml")
    assert [word for word in words if word not in faults[0]] == []


@pytest.mark.parametrize(
    ("table", "old", "new", "words"),
    [
        ("machines", "plough,depot", "plough,depto", ["row 2, column depot", "a depot: depot-ce"]),
        ("machines", ",true,", ",yes,", ["column serviceable: found 'yes'", "true or false"]),
        ("depots", ",20000,", ",20 t,", ["column stock_kg: found '20 t'", "number of kg"]),
        ("depots", ",centre,", ",centra,", ["a zone of the map: centre, east", "mean 'centre'?"]),
        ("depots", ",nacl,", ",salt,", ["column product: found 'salt'", "a de-icer: mgcl2, nacl"]),
        ("depots", ",1,350", ",1,inf", ["loading_kg_per_min: found 'inf'", "a finite number"]),
        ("depots", ",1,350", ",0,350", ["column bays: found '0'", "from 1 to 100"]),
        ("crews", "plough,08:00", "plough,8 am", ["column start: found '8 am'", "such as 07:30"]),
        ("crews", ",08:00,12,", ",08:00,-12,", ["length_h: found '-12'", "above 0"]),
        ("crews", ",08:00,12,", ",08:00,30,", ["row 2, column length_h: found '30 h'", "12 h"]),
    ],
)
def test_one_fault_in_a_table(
    tmp_path: Path, table: str, old: str, new: str, words: list[str]
) -> None:
    """One wrong cell is one message, with file, row, column and words."""
    path = make_study(tmp_path)
    change(tmp_path / f"tables/{table}.csv", old, new)
    faults = faults_of(path)
    assert len(faults) == 1
    assert faults[0].startswith(f"tables/{table}.csv row 2")
    assert [word for word in words if word not in faults[0]] == []


def test_a_machine_that_no_crew_can_drive_is_named(tmp_path: Path) -> None:
    """Without crews for ploughs, the plough is the fault."""
    path = make_study(tmp_path)
    crews = tmp_path / "tables/crews.csv"
    kept = [line for line in crews.read_text().splitlines() if "plough" not in line]
    crews.write_text("\n".join(kept) + "\n")
    (fault,) = faults_of(path)
    assert fault == (
        "tables/machines.csv row 2, column kind: found 'no crew for plough in zone centre'; "
        "expected a crew in tables/crews.csv that can drive it"
    )


def test_a_depot_off_the_map_is_told_its_distance(tmp_path: Path) -> None:
    """0.1° of latitude north of the town is 10.7 km from the nearest junction."""
    path = make_study(tmp_path)
    change(tmp_path / "tables/depots.csv", "39.996403", "40.096403")
    (fault,) = faults_of(path)
    assert "113, 40.0964, 10.7 km from the nearest junction a" in fault
    assert 'a place within 2 km of the roads (or depots = "auto")' in fault


def test_a_zone_out_of_reach_is_named(tmp_path: Path) -> None:
    """With the two roads to the east closed, nothing of zone east can be driven to."""
    path = make_study(tmp_path)
    shutil.copytree(given_path("maps/toy_town"), tmp_path / "cut")
    change(path, "[snow]", 'map = "cut"\n[snow]')
    sections = tmp_path / "cut/sections.geojson"
    values = json.loads(sections.read_text(encoding="utf-8"))
    east = {f["properties"]["id"] for f in values["features"] if f["properties"]["zone"] == "east"}
    ends = {
        name: {f["properties"]["start"], f["properties"]["end"]}
        for f in values["features"]
        for name in [f["properties"]["id"]]
    }
    inside = set().union(*(ends[name] for name in east))
    west = set().union(*(ends[name] for name in ends if name not in east))
    for feature in values["features"]:
        name = feature["properties"]["id"]
        if name in east and ends[name] & west & inside:
            feature["properties"]["closed"] = True
    sections.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
    (fault,) = faults_of(path)
    assert "zone east cannot be reached" in fault


def test_a_missing_file_is_named_where_it_is_asked_for(tmp_path: Path) -> None:
    """The key that names a file which is not there is the fault."""
    path = make_study(tmp_path)
    change(path, 'seeds = "tables"', 'seeds = { folder = "tables", traffic = "trafic.csv" }')
    (fault,) = faults_of(path)
    assert "key seeds.traffic: found 'trafic.csv'; expected a file or folder that exists" in fault


def test_a_scenario_that_does_not_exist_is_answered_with_the_nearest() -> None:
    """`hevy` is answered with `heavy`."""
    (fault,) = faults_of("hevy")
    assert "found 'hevy'" in fault
    assert "did you mean 'heavy'?" in fault


@pytest.mark.parametrize("name", ["https://example.org/s.toml", "file:///etc/s.toml"])
def test_an_address_is_no_file(name: str) -> None:
    """Nothing is fetched: an address given as a file name is refused."""
    (fault,) = faults_of(name)
    assert "a file on this machine, not an address" in fault


def test_a_device_is_no_file(tmp_path: Path) -> None:
    """Neither a device nor Windows' names for them are read."""
    path = make_study(tmp_path)
    change(path, 'seeds = "tables"', 'seeds = { folder = "tables", costs = "NUL.csv" }')
    (fault,) = faults_of(path)
    assert "found 'NUL.csv'; expected a file, not a device" in fault


def test_a_table_with_an_unknown_name_is_told(tmp_path: Path) -> None:
    """`machine.csv` in a folder of tables would be passed over in silence; it is refused."""
    path = make_study(tmp_path)
    (tmp_path / "tables/machine.csv").write_text("id\n")
    (fault,) = faults_of(path)
    assert "found 'machine.csv'" in fault
    assert "did you mean 'machines.csv'?" in fault


@pytest.mark.parametrize("text", ["snow.total_mm", "=4", "snow..total_mm=4", ""])
def test_a_set_without_key_or_value_is_wrong_use(tmp_path: Path, text: str) -> None:
    """`--set` needs `key=value`."""
    with pytest.raises(UseError, match=r"expected key=value, such as snow\.total_mm=12"):
        load_scenario(make_study(tmp_path), [text])


def test_an_error_carries_its_faults(tmp_path: Path) -> None:
    """Programs that call the reader get the faults one by one, not only as text."""
    path = make_study(tmp_path)
    change(path, "total_mm = 4.0", "total_mm = -4")
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    (fault,) = caught.value.faults
    assert isinstance(fault, Fault)
    assert (fault.file, fault.where, fault.field) == ("study.toml", "line 7", "key snow.total_mm")
    assert caught.value.exit_code == 3
