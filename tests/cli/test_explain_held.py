"""`snowplan explain` on what held a section and the city back: sentence, bar, chart, JSON."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from snowplan.cli import main
from snowplan.results.reading import open_run
from tests.oracles.held import HeldJudge

BAR = re.compile(r"\|([.#>*~!A-Z-]+)\|")


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy town's night in a folder."""
    out = tmp_path_factory.mktemp("runs")
    line = ["run", "toy_town", "--out", str(out), "--no-pictures"]
    return Path(CliRunner().invoke(main, line).stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def old_night(night: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as an earlier version wrote it: no due instants, nothing told as unserved."""
    old = shutil.copytree(night, tmp_path_factory.mktemp("old") / "run")
    events = duckdb.read_parquet(str(night / "events.parquet")).df()
    events = events[events["kind"] != "unserved"].drop(columns="due_ms")
    (old / "events.parquet").unlink()
    with duckdb.connect(":memory:") as connection:
        connection.register("frame", events)
        connection.execute(f"COPY frame TO '{old / 'events.parquet'}' (FORMAT parquet)")
    return old


def told(*args: object) -> Result:
    """`snowplan explain …` in this process."""
    return CliRunner().invoke(main, ["explain", *map(str, args)])


def judge_of(night: Path) -> HeldJudge:
    """The independent judge over the folder's tables."""
    record = open_run(night)
    horizon = record.manifest["clock"]["horizon_ms"]
    return HeldJudge(record.frame("states.parquet"), record.frame("events.parquet"), horizon)


def test_a_section_is_told_in_a_sentence_and_a_bar(night: Path) -> None:
    """The sentence begins with the longest part by the judge; the bar has sixty signs."""
    parts = judge_of(night).parts("main-street-01")
    sums: dict[str, int] = {}
    for begin, end, part in parts:
        sums[part] = sums.get(part, 0) + end - begin
    assert max(sums, key=lambda part: sums[part]) == "snowed_over"
    minutes = round(sums["snowed_over"] / 60_000)
    shown = told(night, "main-street-01").stdout
    assert f"）：净后又落雪 {minutes // 60} 小时 {minutes % 60} 分（" in shown
    (bar,) = BAR.findall(shown)
    assert len(bar) == 60
    assert bar.startswith(".")
    assert "全路按面积计" not in shown


def test_a_road_of_several_sections_has_its_shares(night: Path) -> None:
    """主街 has two sections that were not always clean."""
    shown = told(night, "主街", "--lang", "en").stdout
    assert "The whole road, by area (2 sections that were not always clean): waiting: " in shown


def test_a_section_that_nobody_reached_was_unserved(night: Path) -> None:
    """医院路 lies in a zone without machines: not due, then nobody came, and no third part."""
    assert [part for *_, part in judge_of(night).parts("hospital-road-01")] == [
        "not_due", "waiting:unserved",
    ]  # fmt: skip
    shown = told(night, "hospital-road-01", "--lang", "en").stdout
    assert "Not clean by the end; the whole time" in shown
    assert set(BAR.findall(shown)[0]) == {".", "!"}


def test_json_carries_pieces_and_sums(night: Path) -> None:
    """Pieces as the judge has them; sums are theirs, and add up to the clearing time."""
    held = json.loads(told(night, "main-street-01", "--json").stdout)["held"]
    pieces = [(p["start_ms"], p["end_ms"], p["part"]) for p in held["pieces"]]
    assert pieces == judge_of(night).parts("main-street-01")
    sections = open_run(night).frame("sections.parquet").set_index("section")
    assert sum(held["sums_ms"].values()) == sections.loc["main-street-01", "cleared_ms"]
    assert held["until_ms"] == sections.loc["main-street-01", "cleared_ms"]


def test_a_run_is_told_by_road_class(night: Path) -> None:
    """Without a section: a column and a sentence a class, and the same rows as JSON."""
    shown = told(night).stdout
    assert shown.startswith("什么拖住了全城")
    for name in ("主干路：", "次干路：", "支路：", "背街小巷："):
        assert name in shown
    rows = json.loads(told(night, "--json").stdout)["held_back"]
    assert [row["road_class"] for row in rows] == ["main", "secondary", "branch", "lane"]
    assert all(abs(sum(row["shares"].values()) - 1) < 1e-9 for row in rows)


@pytest.mark.parametrize(("section", "name"), [((), "held.png"), (("main-street-01",), "图.svg")])
def test_a_chart_is_written_whole(
    night: Path, tmp_path: Path, section: tuple[str, ...], name: str
) -> None:
    """The file asked for is there, the same again, and nothing else beside it."""
    digests = set()
    for _ in range(2):
        result = told(night, *section, "--chart", tmp_path / name)
        assert result.exit_code == 0
        assert f"图：{tmp_path / name}" in result.stderr
        digests.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(digests) == 1
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_chart_that_cannot_be_is_refused_first(night: Path, tmp_path: Path) -> None:
    """Another ending, or a folder that does not exist: one message, nothing told, nothing made."""
    for file, words in ((tmp_path / "held.pdf", ".svg"), (tmp_path / "no" / "held.png", "/no")):
        result = told(night, "--chart", file)
        assert result.exit_code != 0
        assert words in result.stderr
        assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_a_run_of_an_earlier_version_still_tells_its_story(old_night: Path) -> None:
    """Without due instants the chain is told as before, and the missing part is named."""
    result = told(old_night, "main-street-01")
    assert result.exit_code == 0
    assert "净路：" in result.stdout
    assert "这次结果由较早版本写成" in result.stdout
    assert BAR.search(result.stdout) is None
    assert json.loads(told(old_night, "main-street-01", "--json").stdout)["held"] is None


def test_a_run_of_an_earlier_version_has_no_shares(old_night: Path, tmp_path: Path) -> None:
    """The whole run, or a chart of a section, needs due instants: refused in one sentence."""
    for args in ((), ("main-street-01", "--chart", tmp_path / "held.png")):
        result = told(old_night, *args, "--lang", "en")
        assert result.exit_code != 0
        assert "An earlier version wrote this run" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_part_of_a_name_lists_the_roads_that_have_it(night: Path) -> None:
    """学校 is no road: 学校街 has it in its name and is offered."""
    result = told(night, "学校")
    assert result.exit_code == 3
    assert "'学校街'" in result.stderr
