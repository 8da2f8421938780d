"""Trucks, dump points, squads, frontage duty: what is read, what is refused, whose they are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from snowplan.given import given_path
from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.hands import SquadGroup
from snowplan.model.hauling import DumpPoint, Truck
from tests.inputs.studies import change, faults_of, make_study

TABLES = ("trucks", "dump_points", "squads", "frontage")


def group_study(folder: Path) -> Path:
    """A study on the toy town that has the four tables of the groups, too."""
    path = make_study(folder)
    for name in TABLES:
        source = given_path("scenarios/toy_town") / f"{name}.csv"
        shutil.copy(source, folder / "tables" / f"{name}.csv")
    return path


def test_every_column_lands_in_its_field(tmp_path: Path) -> None:
    """The first rows of the toy town's tables, read off the files by eye."""
    found = load_scenario(group_study(tmp_path)).resources
    assert found.trucks[0] == Truck("truck-001", "centre", 10.0, 18.0, 36.0)
    assert found.dump_points[1] == DumpPoint(
        "dump-green", "校园绿地堆雪点", "School green dump point", "centre", 113.007044,
        39.996403, 1, 5.0, 60.0, 40.0, green=True,
    )  # fmt: skip
    assert found.squads[1] == SquadGroup("squads-east-clearing", "east", "clearing", 1, 4, 18.0)
    east = found.frontage[1]
    assert (east.coverage, east.compliance, east.delay_h, east.thrown_back) == (0.5, 0.5, 2, 0.1)


@pytest.mark.parametrize(
    ("table", "old", "new", "words"),
    [
        ("trucks", ",10,", ",10 m3,", ["volume_m3: found '10 m3'", "number of m³, written"]),
        ("trucks", ",10,", ",0,", ["volume_m3: found '0'", "above 0, at most 100"]),
        ("trucks", ",18,", ",inf,", ["loaded_kph: found 'inf'", "a finite number"]),
        ("trucks", ",36,", ",-36,", ["empty_kph: found '-36'", "above 0, at most 120"]),
        ("trucks", ",centre,", ",centra,", ["a zone of the map", "did you mean 'centre'?"]),
        ("dump_points", ",1,5,500", ",0,5,500", ["gates: found '0'", "from 1 to 100"]),
        ("dump_points", ",1,5,500", ",1,5 min,500", ["unload_min: found '5 min'", "of minutes"]),
        ("dump_points", ",500,0,", ",500,501,", ["filled_m3: found '501'", "capacity_m3, 500"]),
        ("dump_points", ",false,", ",no,", ["column green: found 'no'", "true or false"]),
        ("dump_points", ",113.014088,", ",114.014088,", ["lon, lat", "km from the nearest"]),
        ("squads", ",clearing,", ",cleaning,", ["group: found 'cleaning'", "mean 'clearing'?"]),
        ("squads", ",1,5,", ",1,0,", ["workers: found '0'", "from 1 to 1000"]),
        ("squads", ",1,5,", ",1.5,5,", ["squads: found '1.5'", "a whole number"]),
        ("squads", ",18,,", ",18,mill-raod-01,", ["sections: found 'mill-raod-01'", "mill-road-"]),
        ("squads", ",18,,", ",18,mill-road-01 mill-road-01,", ["sections", "each section once"]),
        ("squads", ",18,,", ",18,hospital-road-01,", ["lies in zone east", "row's zone, centre"]),
        ("squads", "centre,clearing", "centre,rural", ["no crew for rural in zone centre"]),
        ("frontage", ",0.5,0.8,", ",50,0.8,", ["coverage: found '50'", "from 0 to 1"]),
        ("frontage", ",0.5,0.8,", ",0.5,80 %,", ["compliance: found '80 %'", "a number"]),
        ("frontage", ",1,0.1,", ",1 h,0.1,", ["delay_h: found '1 h'", "number of hours"]),
        ("frontage", ",1,0.1,", ",1,1.1,", ["thrown_back: found '1.1'", "from 0 to 1"]),
    ],
)
def test_one_fault_in_a_table(
    tmp_path: Path, table: str, old: str, new: str, words: list[str]
) -> None:
    """One wrong cell is one message, with file, row, column and words."""
    path = group_study(tmp_path)
    change(tmp_path / f"tables/{table}.csv", old, new)
    (fault,) = faults_of(path)
    assert fault.startswith(f"tables/{table}.csv row 2, column")
    assert [word for word in words if word not in fault] == []


def test_faults_of_all_four_tables_are_told_at_once(tmp_path: Path) -> None:
    """One fault in each table: four messages, one for each file."""
    path = group_study(tmp_path)
    for name, old, new in (
        ("trucks", "truck-002", "truck-001"), ("dump_points", "gates", "gate"),
        ("squads", ",east,", ",eats,"), ("frontage", "east,", "centre,"),
    ):  # fmt: skip
        change(tmp_path / f"tables/{name}.csv", old, new)
    faults = faults_of(path)
    assert {fault.split()[0] for fault in faults} == {f"tables/{name}.csv" for name in TABLES}


def test_trucks_need_crews_and_a_place_to_unload(tmp_path: Path) -> None:
    """Without crews for trucks both are named; without dump points the table is."""
    path = group_study(tmp_path)
    change(tmp_path / "tables/crews.csv", "truck,08:00,12,2", "truck,08:00,12,0")
    change(tmp_path / "tables/crews.csv", "truck,20:00,12,2", "truck,20:00,12,0")
    faults = faults_of(path)
    assert len(faults) == 2
    assert all("no crew for truck in zone centre" in fault for fault in faults)
    (tmp_path / "tables/dump_points.csv").unlink()
    assert "2 trucks and no dump point" in faults_of(path)[-1]


def test_a_dump_point_that_trucks_cannot_leave_is_named(tmp_path: Path) -> None:
    """With the roads to the east closed, the dump point at junction c is cut off."""
    path = group_study(tmp_path)
    shutil.copytree(given_path("maps/toy_town"), tmp_path / "cut")
    change(path, "[snow]", 'map = "cut"\n[snow]')
    sections = tmp_path / "cut/sections.geojson"
    for name in ("main-street-02", "hospital-road-01"):
        change(sections, f'"id": "{name}",', f'"id": "{name}", "closed": true,')
    faults = faults_of(path)
    assert [fault for fault in faults if "found 'at junction c'" in fault]


def test_who_has_depots_of_their_own_gets_no_trucks_of_pingcheng(tmp_path: Path) -> None:
    """A folder with depots but without the groups' tables has no groups; a named table counts."""
    path = make_study(tmp_path)
    found = load_scenario(path).resources
    assert (found.trucks, found.dump_points, found.squads, found.frontage) == ((), (), (), ())
    mine = tmp_path / "mine.csv"
    shutil.copy(given_path("scenarios/toy_town/frontage.csv"), mine)
    change(path, 'seeds = "tables"', 'seeds = { folder = "tables", frontage = "mine.csv" }')
    found = load_scenario(path).resources
    assert (len(found.frontage), found.squads) == (2, ())


def test_a_folder_without_depots_keeps_the_given_groups(tmp_path: Path) -> None:
    """Who changes prices alone still has the project's trucks, squads and dump points."""
    (tmp_path / "prices").mkdir()
    shutil.copy(given_path("seeds/costs.csv"), tmp_path / "prices/costs.csv")
    path = tmp_path / "s.toml"
    path.write_text('extends = "heavy"\nname = "s"\nseeds = "prices"\n', encoding="utf-8")
    given = load_scenario("heavy").resources
    assert load_scenario(path).resources.trucks == given.trucks


def test_prices_of_trucks_and_workers_are_missed(tmp_path: Path) -> None:
    """A table of prices without trucks and workers is two faults where there are both."""
    path = group_study(tmp_path)
    lines = given_path("seeds/costs.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(("machine,truck", "worker"))]
    (tmp_path / "tables/costs.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    faults = faults_of(path)
    assert len(faults) == 2
    assert "found 'no row for machine truck'" in faults[0]
    assert "found 'no worker'" in faults[1]


def test_only_what_loads_snow_needs_a_rate(tmp_path: Path) -> None:
    """A table from before may lack the column; a loader that loads snow may not lack the rate."""
    path = group_study(tmp_path)
    rows = given_path("seeds/machine_types.csv").read_text(encoding="utf-8").splitlines()
    own = tmp_path / "tables/machine_types.csv"
    own.write_text("\n".join(rows).replace(",15,208,", ",15,0,") + "\n", encoding="utf-8")
    (fault,) = faults_of(path)
    assert "column load_m3_h: found 0.0; expected more than 0 m³/h for work load_snow" in fault
    kinds = [row for row in rows if not row.startswith(("loader", "blower"))]
    columns = [row.split(",", 17) for row in kinds]
    assert columns[0][16] == "load_m3_h"
    plain = "\n".join(",".join(cells[:16]) for cells in columns)
    own.write_text(plain + "\n", encoding="utf-8")
    faults = faults_of(path)
    assert all("column kind: found 'loader'" in fault for fault in faults)
    assert len(faults) == 3  # the machine and its crews of two shifts
