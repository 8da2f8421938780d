"""`snowplan init`: a folder that is whole or not there, and that runs as what it was made from."""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from snowplan.cli import main
from snowplan.inputs.scenario_files import load_scenario
from snowplan.results import steps

GRADES = ["light.toml", "moderate.toml", "heavy.toml", "blizzard.toml"]


def called(*args: object) -> Result:
    """`snowplan …` in this process."""
    return CliRunner().invoke(main, [str(arg) for arg in args])


def events(*args: object) -> str:
    """The hash of the events of a run."""
    result = called("run", *args, "--no-pictures")
    assert result.exit_code == 0, result.stderr
    folder = Path(result.stdout.splitlines()[-1])
    return hashlib.sha256((folder / "events.parquet").read_bytes()).hexdigest()


@pytest.mark.parametrize(("lang", "book"), [("zh", "台账.xlsx"), ("en", "ledger.xlsx")])
def test_the_folder_has_workbook_four_scenarios_and_a_page(
    tmp_path: Path, lang: str, book: str
) -> None:
    """Each scenario extends the shipped one of its grade and names the workbook beside it."""
    folder = tmp_path / "台账 一"
    result = called("init", folder, "--lang", lang)
    assert result.exit_code == 0, result.stderr
    assert {path.name for path in folder.iterdir()} == {book, *GRADES, "README.md"}
    for name in GRADES:
        table = tomllib.loads((folder / name).read_text(encoding="utf-8"))
        assert table == {"extends": name.removesuffix(".toml"), "seeds": {"workbook": book}}
    assert all(name in (folder / "README.md").read_text(encoding="utf-8") for name in GRADES)
    assert list(tmp_path.iterdir()) == [folder]


def test_unchanged_it_runs_event_for_event_as_what_it_was_made_from(tmp_path: Path) -> None:
    """The toy town from its own tables and from the workbook: the same bytes of events."""
    assert called("init", tmp_path / "t", "--from", "toy_town").exit_code == 0
    own = events(tmp_path / "t" / "toy_town.toml", "--out", tmp_path / "a")
    assert own == events("toy_town", "--out", tmp_path / "b")


def test_a_grade_reads_the_same_resources_from_the_workbook(tmp_path: Path) -> None:
    """What blizzard has by the shipped tables it has by the workbook, and names it as an input."""
    assert called("init", tmp_path / "t").exit_code == 0
    own = load_scenario(tmp_path / "t" / "blizzard.toml")
    assert own.resources == load_scenario("blizzard").resources
    assert "台账.xlsx" in dict(own.inputs)


def test_a_folder_made_from_a_scenario_of_ones_own_extends_it(tmp_path: Path) -> None:
    """The new scenario finds the old one by the way from folder to folder."""
    assert called("init", tmp_path / "one", "--from", "toy_town").exit_code == 0
    base = tmp_path / "one" / "toy_town.toml"
    assert called("init", tmp_path / "deep" / "two", "--from", base).exit_code == 0
    own = tmp_path / "deep" / "two" / "toy_town.toml"
    assert 'extends = "../../one/toy_town.toml"' in own.read_text(encoding="utf-8")
    assert load_scenario(own).resources == load_scenario("toy_town").resources


def test_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    """A folder that is there is refused with what lies in it, and stays as it was."""
    mine = tmp_path / "t" / "heavy.toml"
    mine.parent.mkdir()
    mine.write_text("mine", encoding="utf-8")
    result = called("init", mine.parent)
    assert result.exit_code == 2
    assert f"{mine} 已经存在；应为新文件夹的名字" in result.stderr
    assert mine.read_text(encoding="utf-8") == "mine"
    (tmp_path / "e").mkdir()
    english = called("init", tmp_path / "e", "--lang", "en")
    assert "is there already; expected the name of a new folder" in english.stderr


def test_an_unknown_scenario_is_told_and_nothing_is_made(tmp_path: Path) -> None:
    """Exit code 3, as of every command whose input is wrong."""
    result = called("init", tmp_path / "t", "--from", "hevy")
    assert result.exit_code == 3
    assert "heavy" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("fails_at", [1, 2, 3])
def test_a_disk_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    """Whichever file cannot be written, there is one message and no folder, not even a part."""
    whole, written = steps.write_new, []

    def write(path: Path, data: bytes) -> None:
        written.append(path)
        if len(written) == fails_at:
            raise OSError(28, os.strerror(28))
        whole(path, data)

    monkeypatch.setattr(steps, "write_new", write)
    result = called("init", tmp_path / "t", "--from", "toy_town")
    assert result.exit_code == 1
    assert result.stderr.count("└─") == 1
    assert list(tmp_path.iterdir()) == []


def test_json_names_folder_and_files(tmp_path: Path) -> None:
    """What was made, for a program to read."""
    result = called("init", tmp_path / "t", "--from", "toy_town", "--json")
    found = json.loads(result.stdout)
    assert found["files"] == ["台账.xlsx", "toy_town.toml", "README.md"]
    assert sorted(found["files"]) == sorted(p.name for p in Path(found["folder"]).iterdir())


def test_a_filled_workbook_with_faults_is_told_in_chinese(tmp_path: Path) -> None:
    """Sheet, row and column stand in the words of the sheet."""
    from tests.inputs.workbooks import put, scenario_beside, toy_sheets, write_book

    sheets = toy_sheets()
    put(sheets["机械"], "B2", "推土机")
    path = scenario_beside(write_book(tmp_path / "台账.xlsx", sheets))
    result = called("check", path)
    assert result.exit_code == 3
    assert (
        "台账.xlsx 工作表“机械” 第 2 行，列 B 机种：实际为 '推土机'；应为 机种：" in result.stderr
    )
