"""`snowplan explain`: the chain of waits, trips and decisions, from a run folder alone."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from snowplan.cli import main
from snowplan.results.reading import open_run
from snowplan.words import say


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy town's night in a folder that was moved after the run."""
    out = tmp_path_factory.mktemp("runs")
    line = ["run", "toy_town", "--out", str(out), "--no-pictures"]
    written = CliRunner().invoke(main, line).stdout.splitlines()[-1]
    return Path(shutil.move(written, out / "moved 清雪"))


def told(*args: object) -> Result:
    """`snowplan explain …` in this process."""
    return CliRunner().invoke(main, ["explain", *map(str, args)])


def test_the_chain_is_that_of_the_events(night: Path) -> None:
    """The pass that ended at the cleared instant, its machine and its drive, looked up by hand."""
    shown = told(night, "main-street-01").stdout
    record = open_run(night)
    sections = record.frame("sections.parquet").set_index("section")
    events = record.frame("events.parquet")
    cleared = sections.loc["main-street-01", "cleared_ms"]
    last = events[(events["section"] == "main-street-01") & (events["end_ms"] == cleared)].iloc[0]
    assert "主街 main-street-01（主干路，中区，600 m，7,200 m²" in shown
    assert "雪停 01-16 00:00。" in shown
    assert "通行：始终通行，从未阻断" in shown
    assert f"{last['machine']} {say('event.' + last['kind'], 'zh')}" in shown
    assert str(last["crew"]) in shown


def test_a_road_lists_its_sections_and_explains_the_last(night: Path) -> None:
    """主街 has two sections; the second is not clean by the end, so that it is explained."""
    shown = told(night, "主街").stdout
    assert "主街：2 段" in shown
    assert "以下说明最后净的一段：main-street-02" in shown


def test_a_road_is_found_by_its_english_name(night: Path) -> None:
    """Main Street is 主街, in capitals or not; what no road is called is refused as before."""
    assert told(night, "main street", "--lang", "en").stdout == told(
        night, "主街", "--lang", "en"
    ).stdout.replace("主街：", "main street：").replace("主街: ", "main street: ")
    assert told(night, "Nowhere Street").exit_code != 0


def test_a_reference_run_goes_by_its_name(
    night: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a readiness report alone its reference run is the latest, and is found by its name."""
    place = (
        tmp_path / "runs" / "readiness.replications" / "toy_town-1a2b" / "runs" / "toy_town-3c4d"
    )
    shutil.copytree(night, place)
    monkeypatch.chdir(tmp_path)
    wanted = told(night, "主街").stdout
    assert told("latest", "主街").stdout == wanted
    assert told("toy_town-3c4d", "主街").stdout == wanted
    assert told("toy_town-none", "主街").exit_code != 0


def test_a_section_that_nobody_reached_says_so(night: Path) -> None:
    """医院路 lies in a zone without machines: no pass in the events, none in the story."""
    events = open_run(night).frame("events.parquet")
    here = events[events["section"] == "hospital-road-01"]
    assert here["strip_from"].isna().all()
    shown = told(night, "hospital-road-01", "--lang", "en").stdout
    assert "not by the end of the simulation" in shown
    assert "No machine came before the end." in shown


def test_english_has_no_chinese_but_names(night: Path) -> None:
    """With `--lang en` Chinese characters occur in the road's own name alone."""
    shown = told(night, "main-street-01", "--lang", "en").stdout
    assert set(re.findall("[\u4e00-\u9fff]+", shown)) <= {
        "主街",
        "校场街",
        "磨坊路",
        "学校街",
        "桥巷",
    }


def test_the_story_is_the_states(night: Path) -> None:
    """Every crossing of states.parquet is a line."""
    rows = open_run(night).frame("states.parquet")
    rows = rows[rows["section"] == "main-street-01"]
    shown = told(night, "main-street-01").stdout
    story = shown[shown.index("经过：") :].split("\n\n")[0].splitlines()[1:]
    words = {"clean": "净", "open": "通", "blocked": "阻", "hauled": "净，雪堆已运走"}
    assert [line.split()[-1] for line in story] == [words[state] for state in rows["state"]]


def test_windrow_and_sides_are_told(night: Path) -> None:
    """Loads, squads and owners of a section as the rows of events.parquet have them."""
    record = open_run(night)
    sections = record.frame("sections.parquet").set_index("section")
    name = sections.index[sections["haul_state"] == "hauled"][0]
    events = record.frame("events.parquet")
    here = events[(events["section"] == name) & ~events["unfinished"]]
    loads = here[(here["kind"] == "load_snow") & (here["amount_g"] > 0)]
    pavement = here[(here["kind"] == "hand_clear") & here["part"].isin(["pavement", "frontage"])]
    shown = told(night, name).stdout
    assert f"装雪 {len(loads)} 次共 {loads['amount_g'].sum() / 1e6:,.1f} t" in shown
    told_g = pavement["amount_g"].sum()
    assert f"人工清走 {told_g / 1e6:,.1f} t" in shown
    assert set(pavement["machine"]) <= set(re.findall(r"[\w-]+", shown))
    assert f"人行道（{sections.loc[name, 'pavement_m2']:,.0f} m²）" in shown
    with_json = json.loads(told(night, name, "--json").stdout)
    assert with_json["loads"]["grams"] == loads["amount_g"].sum()


def test_snow_that_owners_threw_back_is_the_cause(night: Path) -> None:
    """Where it soiled the road, the first step names its tonnes, added up from the events."""
    record = open_run(night)
    events = record.frame("events.parquet")
    back = events[events["reason"].eq("thrown_back").fillna(False)]
    sections = record.frame("sections.parquet")
    cleared = set(sections.loc[sections["clear_state"] == "cleared", "section"])
    chains = {
        name: json.loads(told(night, name, "--json").stdout)["cleared"]
        for name in sorted(cleared & set(back["section"]))
    }
    seen = 0
    for name, chain in chains.items():
        rows = back[(back["section"] == name) & (back["end_ms"] == chain["since_ms"])]
        assert chain["thrown_g"] == rows["amount_g"].sum()
        text = f"起不净。（门前五包抛回 {rows['amount_g'].sum() / 1e6:,.1f} t）"
        assert (text in told(night, name).stdout) == bool(len(rows))
        seen += len(rows)
    assert seen > 0


def test_an_unknown_name_is_told_with_the_nearest(night: Path) -> None:
    """主衔 is no road; 主街 is the nearest name, exit code 3."""
    result = told(night, "main-street-91")
    assert result.exit_code == 3
    assert re.search(r"是否指 'main-street-01', 'main-street-02', .*？", result.stderr)


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    """No such run: exit code 3 and words, no traceback."""
    result = told(tmp_path / "nothing", "main-street-01")
    assert result.exit_code == 3
    assert "没有这个文件夹" in result.stderr


def test_json_holds_the_same_chain(night: Path) -> None:
    """One object with the run, the section, its story and both chains."""
    found = json.loads(told(night, "main-street-01", "--json").stdout)
    assert found["run"] == str(night)
    assert found["opened"] is None
    assert found["cleared"]["by"]["end_ms"] == found["section"]["cleared_ms"]
    assert found["story"][0] == [0, "clean"]


def test_latest_says_where_it_looks(
    night: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest run of ./runs is named; where there is none, the folder is."""
    monkeypatch.chdir(tmp_path)
    none = told("latest", "main-street-01")
    assert none.exit_code == 3
    assert str(tmp_path / "runs") in none.stderr
    (tmp_path / "runs").mkdir()
    shutil.copytree(night, tmp_path / "runs" / night.name)
    found = told("latest", "main-street-01")
    assert found.stdout == told(night, "main-street-01").stdout
    assert f"./runs 中最近一次结果：{tmp_path / 'runs' / night.name}" in found.stderr


def test_a_folder_that_is_not_of_one_run_is_told_so(night: Path, tmp_path: Path) -> None:
    """A comparison of phrases has a manifest but no sections; that is told in words."""
    shutil.copy(night / "manifest.json", tmp_path / "manifest.json")
    result = told(tmp_path, "main-street-01")
    assert result.exit_code == 3
    assert "没有这个文件；应为 `snowplan run` 一次推演的结果文件" in result.stderr
