"""`snowplan run` and `demo`: what they write, print and return."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from snowplan.cli import main
from snowplan.results.reading import check_whole, open_run
from snowplan.words import say


def ran(*args: object) -> Result:
    """`snowplan run toy_town …` in this process."""
    return CliRunner().invoke(main, ["run", "toy_town", *map(str, args)])


def folder_of(result: Result) -> Path:
    """The run folder: the last line of stdout."""
    assert result.exit_code == 0, result.stderr
    return Path(result.stdout.splitlines()[-1])


def test_the_folder_is_whole_and_its_path_comes_last(tmp_path: Path) -> None:
    """DESIGN §4 lists the files, §5 the last line; the manifest's hashes fit every file."""
    path = folder_of(ran("--out", tmp_path))
    assert path.is_absolute()
    assert path.parent == tmp_path
    assert {file.name for file in path.iterdir()} == {
        "manifest.json", "scenario.toml", "events.parquet", "states.parquet", "sections.parquet",
        "machines.parquet", "depots.parquet", "timeline.csv", "summary.json", "ledger.json",
        "side_states.parquet", "groups.parquet", "dumps.parquet",
        "clearance.png", "network.png", "work.png", "depots.png", "hauling.png",
    }  # fmt: skip
    check_whole(path)
    manifest = open_run(path).manifest
    assert manifest["run_seed"] == 1
    assert manifest["varied"] == []
    assert all(len(digest) == 64 for digest in manifest["inputs"].values())
    ledger = open_run(path).json("ledger.json")
    assert {terms["residual"] for terms in ledger.values()} == {0}


def test_another_folder_gives_the_same_bytes(tmp_path: Path) -> None:
    """DESIGN §6: same inputs and run seed, byte-identical events whatever the folder."""
    digests = set()
    for name in ("a", "清雪 测试"):
        path = folder_of(ran("--out", tmp_path / name, "--no-pictures"))
        digests.add(hashlib.sha256((path / "events.parquet").read_bytes()).hexdigest())
        assert "total_mm = 4" in (path / "scenario.toml").read_text(encoding="utf-8")
    assert len(digests) == 1


def test_differences_are_told_old_to_new(tmp_path: Path) -> None:
    """The scenario's 4 mm become 3: both values stand on one line."""
    result = ran("--out", tmp_path, "--no-pictures", "--set", "snow.total_mm=3")
    assert "  snow.total_mm: 4 → 3\n" in result.stdout


def test_what_stands_below_the_table(tmp_path: Path) -> None:
    """Residuals, what varied, what is off, and that the map is a schematic are always said."""
    shown = ran("--out", tmp_path, "--no-pictures", "--set", "switches.main_first=false").stdout
    assert "账目差额：雪 0 g，融雪剂 0 g，机械时间 0 ms，运雪与人工时间 0 ms" in shown
    assert "随机因素: 无" in shown
    assert "已关闭: 先主后次" in shown
    assert "路网为示意图" in shown
    shown = ran("--out", tmp_path, "--no-pictures", "--lang", "en").stdout
    assert "residuals: snow 0 g" in shown
    assert "time of hauling and hands 0 ms" in shown
    assert "a schematic" in shown


def test_too_cold_for_deicer_is_said(tmp_path: Path) -> None:
    """At -12 °C the pavement (-11 °C) is below the cut-off of -9.4 °C: none is spread."""
    result = ran("--out", tmp_path, "--no-pictures", "--set", "snow.air_c=-12")
    assert "未撒布：路面温度低于停用温度" in result.stdout
    summary = open_run(folder_of(result)).json("summary.json")
    assert summary["deicer_t"] == 0
    assert summary["deicer_note"] == "too_cold"
    mild = ran("--out", tmp_path, "--no-pictures")
    assert "未撒布" not in mild.stdout


def test_json_is_one_object_with_the_run(tmp_path: Path) -> None:
    """DESIGN §5: with `--json` stdout is one object with the key `run`."""
    result = ran("--out", tmp_path, "--no-pictures", "--json", "--set", "snow.total_mm=3")
    found = json.loads(result.stdout)
    assert Path(found["run"]).is_dir()
    assert found["residuals"] == {"snow": 0, "deicer": 0, "machines": 0, "groups": 0}
    assert ["snow.total_mm", "4", "3"] in found["differences"]


def test_another_run_seed_is_kept_in_the_folder(tmp_path: Path) -> None:
    """`--run-seed` replaces the scenario's 1, in the manifest and in the written scenario."""
    path = folder_of(ran("--out", tmp_path, "--no-pictures", "--run-seed", 7))
    assert open_run(path).manifest["run_seed"] == 7
    assert "run_seed = 7" in (path / "scenario.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("hours", ["-1", "24", "99"])
def test_an_instant_outside_the_run_is_refused_before_working(tmp_path: Path, hours: str) -> None:
    """The toy town's run lasts 24 h, half-open: nothing is written, exit code 2."""
    result = ran("--out", tmp_path, "--at", hours)
    assert result.exit_code == 2
    assert "应在 0 与 24 小时之间" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_instants_of_the_network_are_chosen(tmp_path: Path) -> None:
    """One map instead of six makes another, smaller picture."""
    all_maps = folder_of(ran("--out", tmp_path)) / "network.png"
    one = folder_of(ran("--out", tmp_path, "--at", "6.5")) / "network.png"
    assert one.stat().st_size < all_maps.stat().st_size


def test_wrong_input_writes_nothing(tmp_path: Path) -> None:
    """A key that does not exist: exit code 3, the nearest name told, no folder."""
    result = ran("--out", tmp_path, "--set", "snow.totl_mm=3")
    assert result.exit_code == 3
    assert "total_mm" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_refused_run_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the books do not balance the run has failed: exit code 1, no folder."""
    from snowplan.errors import LedgerError
    from snowplan.experiments import one_run

    def unbalanced(*_: object, **__: object) -> None:
        raise LedgerError("accounts do not balance: snow")

    monkeypatch.setattr(one_run, "run_scenario", unbalanced)
    result = ran("--out", tmp_path)
    assert result.exit_code == 1
    assert "do not balance" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_demo_runs_its_scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`demo` is `run` of one shipped scenario; here the toy town stands in for the heavy night."""
    from snowplan.cli import demo

    monkeypatch.setattr(demo, "SCENARIO", "toy_town")
    line = ["demo", "--out", str(tmp_path), "--no-pictures"]
    result = CliRunner().invoke(main, line)
    assert folder_of(result).name.split("-")[2] == "toy_town"


def test_more_snow_under_an_old_title_is_graded_anew(tmp_path: Path) -> None:
    """14 mm in 6 h are far above the 6 mm of a blizzard: table and summary say so."""
    result = ran("--out", tmp_path, "--no-pictures", "--set", "snow.total_mm=14")
    summary = open_run(folder_of(result)).json("summary.json")
    grade = say(f"grade.{summary['grade']}", "zh")
    assert "暴雪" in grade
    assert f"判定等级：{grade}" in result.stdout


def test_snow_until_the_horizon_is_not_reported_as_stopped(tmp_path: Path) -> None:
    """40 h of snow in a run of 24 h: the summary says unfinished and judges no limit."""
    result = ran("--out", tmp_path, "--no-pictures", "--set", "snow.duration_h=40")
    path = folder_of(result)
    summary = open_run(path).json("summary.json")
    assert summary["snow_unfinished"] is True
    aspects = [aspect for found in summary["classes"].values() for aspect in found.values()]
    assert {aspect["met"] for aspect in aspects} == {None}
    assert "仍在下雪" in result.stdout
    section = str(open_run(path).frame("sections.parquet")["section"].iloc[0])
    told = CliRunner().invoke(main, ["explain", str(path), section]).stdout
    assert "到模拟结束仍在下雪" in told
    assert "时限为" not in told
    whole = ran("--out", tmp_path, "--no-pictures")
    assert open_run(folder_of(whole)).json("summary.json")["snow_unfinished"] is False


def test_deicer_left_and_the_share_of_deadhead_are_told(tmp_path: Path) -> None:
    """Tonnes of ledger.json, per cent of summary.json, reckoned here."""
    result = ran("--out", tmp_path, "--no-pictures")
    record = open_run(folder_of(result))
    deicer, summary = record.json("ledger.json")["deicer"], record.json("summary.json")
    spread, hoppers, depots = (
        f"{deicer[term] / 1e6:.1f} t" for term in ("on_roads", "in_hoppers", "in_depots")
    )
    assert f"融雪剂已撒 {spread}，车上余 {hoppers}，库存 {depots}；" in result.stdout
    assert f"（{100 * summary['deadhead_km'] / summary['km']:.0f} %）" in result.stdout
