"""The run folder is whole or absent, never overwrites, and says what is wrong."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from snowplan.errors import RunError
from snowplan.results import steps
from snowplan.results.partials import host_mark
from snowplan.results.reading import check_whole
from snowplan.results.run_folder import RunFolder, csv_bytes, json_bytes, run_stem, sweep_leftovers
from tests.results.dying import outcomes_of

ROOT = Path(__file__).resolve().parents[2]

# Every step of steps.py is counted; at step K the process dies before, within or after it.
CRASHER = """
import os, sys
from pathlib import Path
import pandas as pd
from snowplan.results import run_folder, steps
from snowplan.results.run_folder import RunFolder
from tests.results.dying import arm

def write(out):
    states = pd.DataFrame({"section": ["a", "b"], "t_ms": [0, 0], "state": ["open", "clean"]})
    with RunFolder(Path(out), "20260116-170000-heavy-1a2b3c4d") as folder:
        folder.manifest["run_seed"] = 1
        folder.write_text("scenario.toml", "name = '大雪'\\n")
        folder.write_frame("states.parquet", states)
        folder.write_json("summary.json", {"classes": {}})

STEPS = ("make_folder", "write_new", "sync_file", "sync_folder", "rename_folder")
PLACES = ((steps, STEPS), (run_folder, ("write_parquet",)))

root = Path(sys.argv[1])
for when in ("before", "half", "after"):
    for at in range(1, 99):
        child = os.fork()
        if child == 0:
            arm(at, when, PLACES)
            write(root / f"{when}-{at}")
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(when, at, code)
        if code == 0:
            break
"""

WRITER = """
import sys
from pathlib import Path
import pandas as pd
from snowplan.results.run_folder import RunFolder
states = pd.DataFrame({"section": ["a"] * 9, "t_ms": range(9), "state": ["open"] * 9})
print("ready", flush=True)
while True:
    with RunFolder(Path(sys.argv[1]), "20260116-170000-heavy-1a2b3c4d") as folder:
        for number in range(4):
            folder.write_bytes(f"picture-{number}.png", bytes(200_000))
        folder.write_frame("states.parquet", states)
"""


def _runs(out: Path) -> list[Path]:
    return sorted(path for path in out.iterdir() if not path.name.startswith("."))


@pytest.mark.skipif(os.name != "posix", reason="forks")
def test_killed_at_every_step_the_folder_is_whole_or_absent(tmp_path: Path) -> None:
    """Dying before, within or after each write, fsync and rename leaves a whole folder or none."""
    outcomes = outcomes_of(CRASHER, tmp_path)
    assert [code for *_, code in outcomes].count("0") == 3  # each way ran to its end once
    assert (
        len(outcomes) >= 3 * 13
    )  # 2 folders' worth of steps: make, 4 × (write, sync), 2 syncs, rename
    whole = 0
    for when, at, code in outcomes:
        out = tmp_path / f"{when}-{at}"
        for path in _runs(out):
            check_whole(path)
            whole += 1
        if code == "0":
            assert len(_runs(out)) == 1
        sweep_leftovers(out)
        assert [path for path in out.iterdir() if path.name.startswith(".")] == []
    assert whole < len(outcomes)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_killed_at_random_every_folder_is_whole(tmp_path: Path) -> None:
    """After 20 SIGKILLs at random instants every folder with a name is whole."""
    draw = np.random.default_rng(20260116)
    for _ in range(20):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            time.sleep(float(draw.uniform(0.0, 0.15)))
            process.send_signal(signal.SIGKILL)
    runs = _runs(tmp_path)
    assert len(runs) >= 5
    for path in runs:
        check_whole(path)
    sweep_leftovers(tmp_path)
    assert _runs(tmp_path) == runs
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A second and a third run of the same name get -2 and -3, whatever stands there."""
    (tmp_path / "run").mkdir()
    (tmp_path / "run-2").write_text("mine")
    with RunFolder(tmp_path, "run") as folder:
        folder.write_text("a.txt", "1")
    assert folder.path == tmp_path / "run-3"
    assert (tmp_path / "run-2").read_text() == "mine"
    assert list((tmp_path / "run").iterdir()) == []


def test_a_name_taken_while_renaming_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When another run takes the name between the look and the rename, the next name is used."""
    real = steps.rename_folder

    def rename(old: Path, new: Path) -> None:
        if new.name == "run":
            new.mkdir()
            (new / "theirs").touch()
        real(old, new)

    monkeypatch.setattr(steps, "rename_folder", rename)
    with RunFolder(tmp_path, "run") as folder:
        folder.write_text("a.txt", "1")
    assert folder.path == tmp_path / "run-2"


def test_an_exception_leaves_nothing(tmp_path: Path) -> None:
    """An interrupted run leaves no folder, finished or temporary."""

    def interrupted() -> None:
        with RunFolder(tmp_path, "run") as folder:
            folder.write_text("a.txt", "1")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the system names the file and what was being done."""

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(steps, "write_new", full)
    with (
        pytest.raises(RunError, match=r"could not write .*a\.txt: No space left"),
        RunFolder(tmp_path, "run") as folder,
    ):
        folder.write_text("a.txt", "1")
    assert list(tmp_path.iterdir()) == []


def test_an_out_dir_that_is_a_file_is_told(tmp_path: Path) -> None:
    """A file where the folder of runs should be is an error with its path."""
    (tmp_path / "runs").write_text("")
    with (
        pytest.raises(RunError, match=r"could not create .*runs"),
        RunFolder(tmp_path / "runs", "x"),
    ):
        pass


@pytest.mark.parametrize("name", ["../a", "a/b", ".hidden", "a.txt"])
def test_names_are_plain_and_used_once(tmp_path: Path, name: str) -> None:
    """A name with a folder, a hidden name and a name used twice are refused."""
    with RunFolder(tmp_path, "run") as folder:
        folder.write_text("a.txt", "1")
        with pytest.raises(RunError, match="expected a plain file name, used once"):
            folder.write_text(name, "2")


def test_only_dead_runs_of_this_machine_are_swept(tmp_path: Path) -> None:
    """Leftovers of a living process, of another machine, and look-alikes stay."""
    host = host_mark()
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    swept = tmp_path / f".run.{host}.{dead.pid}.00000000.partial"
    kept = [
        tmp_path / f".run.{host}.{os.getppid()}.00000000.partial",
        tmp_path / f".run.ffffffff.{dead.pid}.00000000.partial",
        tmp_path / ".notes.partial",
    ]
    for path in (swept, *kept):
        path.mkdir()
    assert sweep_leftovers(tmp_path) == [swept]
    assert sorted(tmp_path.iterdir()) == sorted(kept)


def test_two_folders_at_once_do_not_sweep_each_other(tmp_path: Path) -> None:
    """A run started in the same process leaves the one under way alone."""
    with RunFolder(tmp_path, "one") as one, RunFolder(tmp_path, "two") as two:
        one.write_text("a.txt", "1")
        two.write_text("a.txt", "2")
    assert one.path is not None
    assert two.path is not None
    check_whole(one.path)
    check_whole(two.path)


def test_the_manifest_lists_every_file(tmp_path: Path) -> None:
    """SHA-256 and size stand beside what the caller says (hash of "1\\n" from sha256sum)."""
    with RunFolder(tmp_path, "run") as folder:
        folder.manifest["run_seed"] = np.int64(7)
        folder.write_text("a.txt", "1\n")
    assert folder.path is not None
    manifest = json.loads((folder.path / "manifest.json").read_text(encoding="utf-8"))
    digest = "4355a46b19d348dc2f57c046f8ef63d4538ebb936000f3c9ee954a27460dd865"
    assert manifest == {"run_seed": 7, "files": {"a.txt": {"sha256": digest, "bytes": 2}}}


def test_stems_keep_chinese_and_lose_what_paths_cannot_hold() -> None:
    """The name tells time, scenario and hash; separators become underscores, length is bounded."""
    now = datetime(2026, 1, 16, 17, 0)  # noqa: DTZ001 - a wall time
    assert run_stem("大雪/../x y", "1a2b3c4d99", now) == "20260116-170000-大雪_.._x_y-1a2b3c4d"
    assert run_stem("//", "1a2b3c4d99", now) == "20260116-170000-run-1a2b3c4d"
    assert len(run_stem("雪" * 300, "1a2b3c4d99", now).encode()) < 160


def test_json_refuses_what_it_cannot_hold() -> None:
    """NaN and foreign objects are errors; NumPy and missing values are plain."""
    assert json_bytes({"a": np.float64(1.5), "b": pd.NA}) == b'{\n  "a": 1.5,\n  "b": null\n}\n'
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_bytes({"a": float("nan")})
    with pytest.raises(TypeError, match="object has no place in JSON"):
        json_bytes({"a": object()})


def test_csv_opens_in_excel() -> None:
    """CSV begins with the BOM and ends its lines with LF on every system."""
    data = csv_bytes(pd.DataFrame({"zone": ["东", "a,b"], "n": [1, 2]}))
    assert data == '\ufeffzone,n\n东,1\n"a,b",2\n'.encode()
