"""The workbook in place of the CSV tables: what is read from it, however it was filled in."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from snowplan.errors import InputError
from snowplan.inputs.scenario_files import load_scenario
from snowplan.inputs.study_files import load_study
from snowplan.inputs.workbook_form import workbook_form
from snowplan.model.fleet import Machine
from snowplan.model.scenario import Resources
from tests.inputs.workbooks import (
    Formula,
    form_bytes,
    put,
    scenario_beside,
    toy_sheets,
    write_book,
)

TOY = load_scenario("toy_town")


def resources(folder: Path, sheets: dict[str, Any], name: str = "台账.xlsx") -> Resources:
    """The machines, depots and the rest of a scenario with this workbook."""
    return load_scenario(scenario_beside(write_book(folder / name, sheets))).resources


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_form_says_what_the_scenario_says(tmp_path: Path, lang: str) -> None:
    """Written and read again unchanged, every table is the scenario's own, in both languages."""
    (tmp_path / "a.xlsx").write_bytes(form_bytes(lang))
    assert load_scenario(scenario_beside(tmp_path / "a.xlsx")).resources == TOY.resources


def test_the_form_of_pingcheng_says_what_heavy_says(tmp_path: Path) -> None:
    """All 140 machines, 33 trucks and 93 crew groups of the real tables come back as they were."""
    heavy = load_scenario("heavy")
    (tmp_path / "a.xlsx").write_bytes(workbook_form(heavy, "zh"))
    path = tmp_path / "h.toml"
    path.write_text('extends = "heavy"\n[seeds]\nworkbook = "a.xlsx"\n', encoding="utf-8")
    assert load_scenario(path).resources == heavy.resources


def test_the_same_tables_are_the_same_bytes() -> None:
    """A form written twice is one file: nothing of the clock is in it."""
    assert workbook_form(TOY, "zh") == form_bytes("zh")


def test_columns_and_sheets_may_stand_in_any_order(tmp_path: Path) -> None:
    """Reversed columns and sheets, a title and blank rows above and between, give the same."""
    sheets = {
        name: [["平城区"], [], *(row[::-1] for row in rows[:1]), [], *(r[::-1] for r in rows[1:])]
        for name, rows in reversed(toy_sheets().items())
    }
    assert resources(tmp_path, sheets) == TOY.resources


def test_numbers_times_and_words_are_read_however_they_were_typed(tmp_path: Path) -> None:
    """Full width, stray blanks, numbers as text, Excel times: the same machines and crews."""
    sheets = toy_sheets()
    put(sheets["机械"], "D2", True)
    put(sheets["机械"], "D3", " 是　")
    put(sheets["机械"], "D4", "ＴＲＵＥ")
    put(sheets["机械"], "D5", "Yes")
    put(sheets["机械"], "B2", " loader ")
    put(sheets["机械"], "C2", "ｄｅｐｏｔ-centre")
    put(sheets["储备点"], "F2", " １ ")
    put(sheets["储备点"], "D2", "１１３．０")
    put(sheets["库存"], "C2", "20000")
    put(sheets["库存"], "B2", "NaCl")
    put(sheets["班组"], "D2", "５：００")
    put(sheets["班组"], "D3", 13 / 24)
    assert resources(tmp_path, sheets) == TOY.resources


def test_formulas_are_read_as_the_values_saved_with_them(tmp_path: Path) -> None:
    """`=20*1000` with 20000 beside it is 20,000 kg."""
    sheets = toy_sheets()
    put(sheets["库存"], "C2", Formula("=20*1000|20000"))
    assert resources(tmp_path, sheets) == TOY.resources


def test_ids_are_kept_as_text(tmp_path: Path) -> None:
    """007 written as text stays 007; 7 written as a number is 7; neither is 7.0."""
    sheets = toy_sheets()
    put(sheets["机械"], "A2", "007")
    put(sheets["机械"], "A3", 7)
    found = {machine.id for machine in resources(tmp_path, sheets).machines}
    assert found == {"007", "7", "roller-brush-001", "spreader-001"}


def test_sheets_that_are_left_out_leave_the_tables_as_they_were(tmp_path: Path) -> None:
    """With the machines alone, depots, trucks and the rest are those of the scenario's folder."""
    machines = toy_sheets()["机械"]
    machines.append(["plough-009", "推雪车", "depot-centre", "否", ""])
    found = resources(tmp_path, {"说明": [["随意"]], "机械": machines, "Sheet1": []})
    extra = Machine("plough-009", "plough", "depot-centre", serviceable=False)
    assert set(found.machines) == {*TOY.resources.machines, extra}
    assert replace(found, machines=TOY.resources.machines) == TOY.resources


def test_stocks_alone_are_put_over_the_depots_of_the_tables(tmp_path: Path) -> None:
    """A sheet of stocks says what lies in a depot that another table describes."""
    found = resources(tmp_path, {"Stocks": [["Depot", "De-icer", "Stock (kg)"],
                                            ["depot-centre", "氯化镁（无水）", 1234]]})  # fmt: skip
    depot = TOY.resources.depots[0]
    assert found.depots == (replace(depot, product="mgcl2", stock_kg=1234),)


def test_depots_may_tell_their_own_stock(tmp_path: Path) -> None:
    """Without a sheet of stocks, product and stock stand with the depot."""
    sheets = toy_sheets()
    del sheets["库存"]
    for row, more in zip(sheets["储备点"], (["融雪剂", "库存量"], ["氯化钠", 20000]), strict=True):
        row.extend(more)
    assert resources(tmp_path, sheets) == TOY.resources


def test_an_emptied_sheet_means_there_is_none(tmp_path: Path) -> None:
    """Headings without a row: no trucks, no squads; the sheet was not left out."""
    sheets = toy_sheets()
    for name in ("运雪车", "人工班组", "门前五包"):
        sheets[name] = sheets[name][:1]
    found = resources(tmp_path, sheets)
    assert (found.trucks, found.squads, found.frontage) == ((), (), ())


def test_machines_of_the_repair_list_are_not_serviceable(tmp_path: Path) -> None:
    """The list takes a machine out of service, and its dates and reason stand with it."""
    sheets = toy_sheets()
    sheets["检修"].append(["plough-001", date(2026, 11, 20), "十二月一日", "液压油管", ""])
    sheets["检修"].append(["loader-001", "", "", "", ""])
    found = {machine.id: machine for machine in resources(tmp_path, sheets).machines}
    plough, loader = found["plough-001"], found["loader-001"]
    assert (plough.serviceable, plough.note) == (False, "2026-11-20 – 十二月一日 液压油管")
    assert (loader.serviceable, loader.note) == (False, "")
    assert found["spreader-001"].serviceable


def test_a_repair_list_is_written_back_as_one(tmp_path: Path) -> None:
    """The form of a scenario with a machine in repair, read again, is the same machines."""
    sheets = toy_sheets()
    sheets["检修"].append(["plough-001", "", "", "液压油管", ""])
    scenario = load_scenario(scenario_beside(write_book(tmp_path / "a.xlsx", sheets)))
    (tmp_path / "b.xlsx").write_bytes(workbook_form(scenario, "zh"))
    again = load_scenario(scenario_beside(tmp_path / "b.xlsx"))
    assert again.resources == scenario.resources


def test_the_workbook_is_among_the_inputs_with_its_hash(tmp_path: Path) -> None:
    """The manifest will name the workbook, and no table that its sheets stand for."""
    path = tmp_path / "台账.xlsx"
    path.write_bytes(form_bytes())
    inputs = dict(load_scenario(scenario_beside(path)).inputs)
    assert inputs["台账.xlsx"] == hashlib.sha256(form_bytes()).hexdigest()
    assert not [name for name in inputs if name.endswith(("machines.csv", "depots.csv"))]


def test_a_workbook_may_be_named_with_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--set seeds.workbook=…` puts it over a shipped scenario; the folder of tables stays."""
    monkeypatch.chdir(tmp_path)
    write_book(tmp_path / "b.xlsm", {"Machines": toy_sheets("en")["Machines"][:3]})
    found = load_scenario("toy_town", ["seeds.workbook=b.xlsm"]).resources
    assert [machine.id for machine in found.machines] == ["loader-001", "plough-001"]
    assert found.depots == TOY.resources.depots


STUDY = """\
name = "s"
title = "试"
base = "a.toml"
baseline = "now"
replications = 2
[question]
decide = ["open_last/all"]
[[storm]]
id = "one"
title = "雪"
[[variant]]
id = "now"
title = "现"
[[variant]]
id = "less"
title = "少"
[variant.changes.fleet]
plough = 0
"""


def study_on(folder: Path, cell: str, value: object) -> Path:
    """A study on a scenario whose workbook has this value in a cell of the machines."""
    sheets = toy_sheets()
    put(sheets["机械"], cell, value)
    scenario_beside(write_book(folder / "a.xlsx", sheets))
    (folder / "s.toml").write_text(STUDY, encoding="utf-8")
    return folder / "s.toml"


def test_a_study_takes_the_workbook_of_its_base(tmp_path: Path) -> None:
    """All variants of a study on such a scenario have the workbook's machines."""
    comparison = load_study(study_on(tmp_path, "A2", "装载机-甲"))
    names = [{m.id for m in each.resources.machines} for each in comparison.scenarios.values()]
    assert len(names) == 2
    assert all("装载机-甲" in each for each in names)
    assert dict(comparison.inputs)["a.xlsx"]


def test_a_study_tells_faults_by_sheet_row_and_column(tmp_path: Path) -> None:
    """A wrong cell is named in a study as it is in a scenario, and once."""
    told = r"^a\.xlsx sheet 机械 row 2, column B 机种: found '推土机'[^\n]*$"
    with pytest.raises(InputError, match=told):
        load_study(study_on(tmp_path, "B2", "推土机"))


def test_ids_that_differ_only_in_case_are_told_apart(tmp_path: Path) -> None:
    """An id written as it stands is never taken for a like one; a name of two is neither's."""
    sheets = toy_sheets()
    for name in ("D-1", "d-1"):
        sheets["储备点"].append([name, "双名", "中区", 113.007, 39.9965, 1, 350, ""])
        sheets["库存"].append([name, "氯化钠", 5, ""])
    put(sheets["机械"], "C2", "d-1")
    put(sheets["机械"], "C3", "D-1")
    found = {machine.id: machine.depot for machine in resources(tmp_path, sheets).machines}
    assert (found["loader-001"], found["plough-001"]) == ("d-1", "D-1")
    put(sheets["机械"], "C2", "双名")
    with pytest.raises(InputError, match="found '双名'; expected a depot: D-1, d-1, 粮库储备点"):
        resources(tmp_path, sheets)
