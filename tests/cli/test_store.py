"""`snowplan run --store-at` and `--from`: the state in the run folder, and going on from it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from snowplan.cli import main
from snowplan.results.state_files import STATE, digest_of_content

AT = "2026-01-16T03:00"
TABLES = ("events", "states", "sections", "machines", "depots", "side_states", "groups", "dumps")
FILES = (*(f"{name}.parquet" for name in TABLES), "timeline.csv", "summary.json", "ledger.json")


def ran(*args: object) -> Result:
    """`snowplan --lang en run toy_town --no-pictures …` in this process."""
    line = ["--lang", "en", "run", "toy_town", "--no-pictures", *map(str, args)]
    return CliRunner().invoke(main, line)


def folder_of(stdout: str) -> Path:
    """The run folder: the last line of stdout."""
    return Path(stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole run of the toy town, stored at 03:00 and 4½ hours after the start."""
    result = ran("--out", tmp_path_factory.mktemp("whole"), "--store-at", AT, "--store-at", "4.5")
    assert result.exit_code == 0, result.stderr
    return folder_of(result.stdout)


def test_a_new_process_goes_on_from_the_state_alone(stored: Path, tmp_path: Path) -> None:
    """The first run's folder is gone but for its state; every file comes out with the same bytes.

    The whole run's own files are the right answer; the manifest differs, as it tells when.
    """
    only = tmp_path / "only"
    only.mkdir()
    shutil.copy(stored / STATE, only / STATE)
    command = [
        sys.executable,
        "-c",
        "from snowplan.cli import main; main()",
        "run",
        "toy_town",
        "--no-pictures",
    ]
    command += ["--out", str(tmp_path / "on"), "--from", f"{only}@{AT}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    path = folder_of(done.stdout)
    for name in FILES:
        assert (path / name).read_bytes() == (stored / name).read_bytes(), name
    manifest = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["continued_from_ms"] == 11 * 3_600_000


def refused(stored: Path, tmp_path: Path, data: bytes, *args: str, at: str = AT) -> str:
    """What is said of a state file with these bytes; the exit code must be 3."""
    folder = tmp_path / "broken"
    folder.mkdir(exist_ok=True)
    (folder / STATE).write_bytes(data)
    result = ran("--out", tmp_path, "--from", f"{folder}@{at}", *args)
    assert result.exit_code == 3, result.output
    return str(result.stderr)


def test_a_flipped_byte_or_a_cut_file_is_refused(stored: Path, tmp_path: Path) -> None:
    """The SHA-256 inside does not fit any more, wherever the damage is."""
    data = (stored / STATE).read_bytes()
    for place in (len(data) // 3, len(data) // 2, len(data) - 100):
        broken = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        assert "SHA-256" in refused(stored, tmp_path, broken)
    assert "SHA-256" in refused(stored, tmp_path, data[: len(data) // 2])
    assert "SHA-256" in refused(stored, tmp_path, b"")


def test_another_version_is_refused(stored: Path, tmp_path: Path) -> None:
    """A file with a digest that fits, but of the version before this one or after it."""
    own = json.loads((stored / STATE).read_bytes())
    for version in (own["version"] - 1, own["version"] + 1):
        document = own | {"version": version}
        document["sha256"] = digest_of_content(document)
        said = refused(stored, tmp_path, json.dumps(document).encode())
        assert "key version" in said
        assert f"expected {own['version']}" in said


def test_another_scenario_or_seed_is_refused_by_name(stored: Path, tmp_path: Path) -> None:
    """What differs is named: the run seed; the change that was made; the instant."""
    data = (stored / STATE).read_bytes()
    assert "run_seed" in refused(stored, tmp_path, data, "--run-seed", "2")
    assert "snow.total_mm" in refused(stored, tmp_path, data, "--set", "snow.total_mm=3")
    said = refused(stored, tmp_path, data, at="2026-01-16T04:00")
    assert AT in said
    assert "2026-01-15T20:30" in said


def test_going_on_is_said_first(stored: Path, tmp_path: Path) -> None:
    """The instant and the run that stored it stand above the outcome."""
    result = ran("--out", tmp_path, "--from", f"{stored}@{AT}")
    assert result.stdout.startswith(f"Goes on from 2026-01-16 03:00, as stored by {stored}")


def test_a_state_of_another_scenario_says_whose_it_is(stored: Path, tmp_path: Path) -> None:
    """The toy town's state is no state of `heavy`; nothing else is said of it."""
    line = ["run", "heavy", "--no-pictures", "--out", str(tmp_path), "--from", f"{stored}@{AT}"]
    for lang, words in (
        ("zh", "实际为 toy_town 的状态；应为 heavy 的状态"),
        ("en", "found a state of toy_town; expected a state of heavy"),
    ):
        result = CliRunner().invoke(main, ["--lang", lang, *line])
        assert result.exit_code == 3
        assert words in result.stderr
        assert len(result.stderr.splitlines()) == 2


def test_crews_raised_with_the_fleet_are_not_told_apart(stored: Path, tmp_path: Path) -> None:
    """More ploughs raise their crews, too; the one change that was asked for is the one told."""
    data = (stored / STATE).read_bytes()
    said = refused(stored, tmp_path, data, "--set", "fleet.plough=9")
    assert "fleet.plough" in said
    assert "crews." not in said
    assert len(said.splitlines()) == 2


def test_a_state_without_its_instant_or_file_is_told_in_chinese(tmp_path: Path) -> None:
    """No English is left in the Chinese answer."""
    line = ["run", "toy_town", "--no-pictures", "--from"]
    for where, words in (
        ("runs/x", "没有写时刻；应为 结果文件夹@存下的时刻：RUN@2026-01-16T03:00"),
        (f"{tmp_path}/x@14", "没有这个文件；应为 存在的文件"),
    ):
        result = CliRunner().invoke(main, [*line, where])
        assert result.exit_code == 3
        assert words in result.stderr
    (tmp_path / STATE).write_text("{", encoding="utf-8")
    result = CliRunner().invoke(main, [*line, f"{tmp_path}@14"])
    assert "残缺的 JSON；应为 写出时的原样" in result.stderr


def test_an_instant_outside_the_run_is_wrong_use(tmp_path: Path) -> None:
    """The start, the horizon and words that are no time are refused before anything runs."""
    for text in ("0", "24", "2026-01-15 16:00", "tomorrow", "nan"):
        result = ran("--out", tmp_path, "--store-at", text)
        assert result.exit_code == 2
        assert "--store-at" in result.stderr
