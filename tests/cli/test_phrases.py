"""`snowplan phrases`: what it writes, prints and returns."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from snowplan.cli import main
from snowplan.errors import InputError
from snowplan.model.plan import PHRASES_ZH
from snowplan.results.reading import check_whole, newest_run, open_run


def phrases(*args: object) -> Result:
    """`snowplan phrases toy_town …` in this process, with one worker."""
    typed = ["phrases", "toy_town", "--workers", "1", *map(str, args)]
    return CliRunner().invoke(main, typed)


def folder_of(result: Result) -> Path:
    """The folder: the last line of stdout."""
    assert result.exit_code == 0, result.stderr
    return Path(result.stdout.splitlines()[-1])


def test_the_folder_is_whole_and_its_path_comes_last(tmp_path: Path) -> None:
    """Table, report and picture, hashes of inputs and outputs; the CSV opens in Excel (BOM)."""
    result = phrases("--out", tmp_path)
    path = folder_of(result)
    assert path.is_absolute()
    assert "-phrases-toy_town-" in path.name
    assert {file.name for file in path.iterdir()} == {
        "manifest.json", "scenario.toml", "phrases.csv", "phrases.json", "phrases.png",
    }  # fmt: skip
    check_whole(path)
    manifest = open_run(path).manifest
    assert (manifest["study"], manifest["run_seeds"]) == ("phrases", [1])
    assert all(len(digest) == 64 for digest in manifest["inputs"].values())
    assert (path / "phrases.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    frame = pd.read_csv(path / "phrases.csv")
    assert set(frame["phrase"]) == set(PHRASES_ZH)
    for name in PHRASES_ZH.values():
        assert name in result.stdout
    assert list(tmp_path.iterdir()) == [path]


def test_figures_are_those_of_the_runs(tmp_path: Path) -> None:
    """All on and 快速反应 off are what `snowplan run` reports for the same scenarios."""
    found = json.loads((folder_of(phrases("--out", tmp_path, "--no-pictures")) / "phrases.json")
                       .read_text(encoding="utf-8"))  # fmt: skip
    row = found["phrases"]["quick_response"]["measures"]
    for side, sets in (("on", ()), ("off", ("--set", "switches.quick_response=false"))):
        typed = ["run", "toy_town", "--out", str(tmp_path), "--no-pictures", *sets]
        summary = open_run(folder_of(CliRunner().invoke(main, typed))).json("summary.json")
        for key in ("exposure", "hours", "cost_cny", "deicer_t"):
            assert row[key][side] == pytest.approx(summary[key], abs=1e-3)


def test_json_is_one_object_and_pairs_are_counted(tmp_path: Path) -> None:
    """With `--json` stdout is one object with the key `run`; replications take the next seeds."""
    result = phrases("--out", tmp_path, "--json", "--no-pictures", "--replications", 2,
                     "--run-seed", 5)  # fmt: skip
    found = json.loads(result.stdout)
    path = Path(found["run"])
    assert found["run_seeds"] == [5, 6]
    assert found["indicative"] is True
    assert found["phrases"]["act_on_snow"]["measures"]["exposure"]["n"] == 2
    written = json.loads((path / "phrases.json").read_text(encoding="utf-8"))
    assert {key: value for key, value in found.items() if key != "run"} == written
    assert not (path / "phrases.png").exists()


def test_a_phrase_that_the_scenario_turns_off_is_said(tmp_path: Path) -> None:
    """The comparison is against all on; stderr names what was turned on for it."""
    result = phrases("--out", tmp_path, "--no-pictures", "--set", "switches.main_first=false")
    assert "先主后次" in result.stderr
    assert "switches.main_first: true → false" in result.stdout


def test_wrong_use_and_wrong_input_write_nothing(tmp_path: Path) -> None:
    """Exit code 2 for a number that cannot be, 3 for a scenario that is not there."""
    assert phrases("--out", tmp_path, "--replications", 0).exit_code == 2
    assert phrases("--out", tmp_path, "--workers", 0).exit_code == 2
    wrong = CliRunner().invoke(main, ["phrases", "no_such", "--out", str(tmp_path)],
                               standalone_mode=False)  # fmt: skip
    assert isinstance(wrong.exception, InputError)
    assert list(tmp_path.iterdir()) == []


def test_a_comparison_is_not_the_latest_run(tmp_path: Path) -> None:
    """`latest` means the newest run; a comparison made after it is passed over."""
    run = folder_of(
        CliRunner().invoke(main, ["run", "toy_town", "--out", str(tmp_path), "--no-pictures"])
    )
    folder_of(phrases("--out", tmp_path, "--no-pictures"))
    assert newest_run(tmp_path) == run


def test_help_in_both_languages() -> None:
    """The command is listed, and its options are told in the language asked for."""
    assert "phrases" in CliRunner().invoke(main, ["--help"]).stdout
    shown = CliRunner().invoke(main, ["phrases", "--help"]).stdout
    assert "八句话逐句关闭" in shown
    assert "进程数" in shown
    shown = CliRunner().invoke(main, ["phrases", "--help", "--lang", "en"]).stdout
    assert "Turn each of the plan's phrases off" in shown
    assert "Pairs of runs" in shown
