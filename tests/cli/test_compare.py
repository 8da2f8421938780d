"""`snowplan compare` and `snowplan merge`: what they write, print, keep and refuse."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result

from snowplan.cli import main
from snowplan.cli.compare_telling import duration
from snowplan.experiments import compare_runs
from snowplan.experiments.replicating import City, replicate
from snowplan.experiments.study_store import identity_of
from snowplan.given import given_path
from snowplan.inputs.study_files import load_study
from snowplan.model.comparison import Job
from snowplan.results.reading import check_whole, open_run
from snowplan.results.replication_store import Store
from snowplan.results.replications import Replication
from tests.cli.compare_lines import compare, folder_of, found_in, run, typed

ROOT = Path(__file__).resolve().parents[2]
FILES = {"manifest.json", "study.toml", "compare.json", "replications.csv", "comparison.csv",
         "limits.csv", "comparison.xlsx"}  # fmt: skip
PICTURES = {"forest.png", "curves.png", "maps.png"}
PATIENCE_S = 120.0


def test_the_folder_is_whole_and_its_path_comes_last(done: tuple[Path, Result]) -> None:
    """Study, report, figures of every run, tables; the CSV opens in Excel (BOM)."""
    path = folder_of(done[1])
    assert path.is_absolute()
    assert "-compare-toy_depots-" in path.name
    names = {file.name for file in path.iterdir()}
    assert names >= FILES
    assert not PICTURES & names
    check_whole(path)
    manifest = open_run(path).manifest
    assert (manifest["study"], manifest["run_seeds"], manifest["stopped"]) == (
        "compare", [1, 2], "fixed",
    )  # fmt: skip
    assert all(len(digest) == 64 for digest in manifest["inputs"].values())
    assert (path / "replications.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    frame = pd.read_csv(path / "replications.csv")
    assert len(frame) == 3 * 2 * 2
    found = json.loads((path / "compare.json").read_text(encoding="utf-8"))
    assert found["digest"] == manifest["digest"]
    today = frame[frame["variant"] == "granary"].groupby("storm")["exposure"].mean()
    weights = {storm["id"]: storm["weight"] for storm in found["storms"]}
    mean = sum(today[storm] * weight for storm, weight in weights.items()) / sum(weights.values())
    assert found["means"]["granary"]["exposure"]["mean"] == pytest.approx(mean, abs=1e-3)
    assert "逐件相同" in done[1].stdout
    assert "估计" in done[1].stderr


@pytest.mark.slow
def test_pictures_and_the_page_are_drawn(out: Path) -> None:
    """Without --no-pictures the folder holds the three pictures and the page as well."""
    line = ["compare", "toy_depots", "--workers", "1", "--replications", "2", "--out", str(out)]
    names = {file.name for file in folder_of(run(line)).iterdir()}
    assert names == FILES | PICTURES | {"page.pdf"}


def test_the_same_command_goes_on_from_what_is_stored(out: Path) -> None:
    """All 12 runs are found and said to be; nothing is estimated; the same bytes."""
    before = next(path for path in out.iterdir() if path.name.startswith("2"))
    again = compare(out)
    assert "已存 12 次推演（共 12 次）" in again.stderr
    assert "估计" not in again.stderr
    path = folder_of(again)
    assert path != before
    assert found_in(path) == found_in(before)


def test_no_resume_puts_the_runs_aside(done: tuple[Path, Result], out: Path) -> None:
    """The old store gets another name and loses nothing; all is run again, to the same bytes."""
    store = out / "toy_depots.replications"
    kept = (store / "replications.jsonl").read_bytes()
    result = compare(out, "--no-resume", "--lang", "en")
    aside = Path(result.stderr.splitlines()[0].removeprefix("the stored runs were put aside: "))
    assert (aside / "replications.jsonl").read_bytes() == kept
    assert sorted((store / "replications.jsonl").read_bytes().splitlines()) == sorted(
        kept.splitlines()
    )
    assert found_in(folder_of(result)) == found_in(folder_of(done[1]))


def test_json_is_one_object(out: Path) -> None:
    """With `--json` stdout is the report and the key `run`."""
    found = json.loads(compare(out, "--json").stdout)
    path = Path(found.pop("run"))
    assert found == json.loads((path / "compare.json").read_text(encoding="utf-8"))


def test_a_changed_input_is_refused_by_name(tmp_path: Path) -> None:
    """Another storm in the study: exit code 3, what changed is named; --no-resume runs it."""
    study = tmp_path / "own.toml"
    text = given_path("scenarios/studies/toy_depots.toml").read_text(encoding="utf-8")
    study.write_text(text, encoding="utf-8")
    folder_of(compare(tmp_path / "runs", study=study))
    study.write_text(text.replace("total_mm = ", "total_mm = 1"), encoding="utf-8")
    refused = compare(tmp_path / "runs", study=study)
    assert refused.exit_code == 3
    assert "wet" in refused.stderr
    assert "mild" not in refused.stderr
    assert "--no-resume" in refused.stderr
    folder_of(compare(tmp_path / "runs", "--no-resume", study=study))


def test_a_second_command_on_the_store_is_refused(out: Path) -> None:
    """While another one has it: exit code 1, its process is named, nothing is written."""
    before = sorted(out.iterdir())
    with Store.open(out / "toy_depots.replications", identity_of(load_study("toy_depots"))):
        refused = compare(out)
    assert refused.exit_code == 1
    assert f"（进程 {os.getpid()}）" in refused.stderr
    assert sorted(out.iterdir()) == before


def test_a_failed_run_is_named_and_the_others_are_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One run of 12 fails: exit code 1 and its name, but the folder is written, its path last."""

    def poisoned(city: City, job: Job) -> Replication:
        if job == Job("east_gate", "mild", 2):
            raise ZeroDivisionError("poison")
        return replicate(city, job)

    monkeypatch.setattr(compare_runs, "replicate", poisoned)
    result = compare(tmp_path)
    assert result.exit_code == 1
    for part in ("east_gate", "mild", "随机种子 2", "ZeroDivisionError: poison"):
        assert part in result.stderr.splitlines()[-1]
    path = Path(result.stdout.splitlines()[-1])
    found = json.loads((path / "compare.json").read_text(encoding="utf-8"))
    assert found["differences"]["east_gate"]["exposure"]["n"] == 1
    assert found["differences"]["granary_again"]["exposure"]["n"] == 2
    assert open_run(path).manifest["state"] == "some runs failed"
    monkeypatch.undo()
    assert "已存 11 次推演" in compare(tmp_path).stderr


def test_a_study_that_takes_too_long_is_refused(tmp_path: Path) -> None:
    """Above --max-hours: exit code 1, the estimate and what helps; no folder, the runs are kept."""
    result = compare(tmp_path, "--max-hours", "1e-9")
    assert result.exit_code == 1
    for part in ("太大", "8 次推演", "内存", "--max-hours", "--replications", "--shard"):
        assert part in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["toy_depots.replications"]
    assert "已存 4 次推演" in compare(tmp_path).stderr


def test_a_study_too_big_for_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three workers where there is room for one more: refused, and two are advised."""
    monkeypatch.setattr(compare_runs, "free_bytes", lambda: 1)
    monkeypatch.setattr(compare_runs, "resident_bytes", lambda: 1)
    line = typed("compare", "toy_depots", "--workers", 1, "--out", tmp_path)
    assert run(line).exit_code == 0  # this process has its memory already
    from snowplan.experiments.engines.serial import Serial

    monkeypatch.setattr(Serial, "workers", 3)
    refused = compare(tmp_path, "--no-resume", "--lang", "en")
    assert refused.exit_code == 1
    assert "--workers 2 would fit" in refused.stderr


@pytest.mark.parametrize(
    "args",
    [
        ("--workers", "0"),
        ("--replications", "0"),
        ("--max-hours", "0"),
        ("--shard", "3/2"),
        ("--shard", "0/2"),
        ("--shard", "half"),
        ("--shard", "1/2", "--no-resume"),
        ("--cluster", "127.0.0.1:8786", "--workers", "2"),
        ("--cluster", "tcp://10.0.0.1:8786"),
        ("--tls-ca", str(ROOT / "README.md")),
    ],
)
def test_wrong_use_writes_nothing(args: tuple[str, ...], tmp_path: Path) -> None:
    """Exit code 2 for what cannot be meant, before anything is run."""
    with pytest.raises(SystemExit) as error:
        main(["compare", "toy_depots", "--out", str(tmp_path / "runs"), *args])
    assert error.value.code == 2
    assert not (tmp_path / "runs").exists() or not list((tmp_path / "runs").glob("2*"))


def test_no_such_study() -> None:
    """Exit code 3; the nearest study is named."""
    with pytest.raises(SystemExit) as error:
        main(["compare", "toy_depot"])
    assert error.value.code == 3


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is another thing there")
def test_ctrl_c_leaves_whole_runs(done: tuple[Path, Result], tmp_path: Path) -> None:
    """Interrupted after some runs: exit code 130, how to go on is said; what is stored is whole."""
    program = "from snowplan.cli import main; main()"
    line = ["compare", "toy_depots", "--workers", "1", "--replications", "500", "--out"]
    with subprocess.Popen(
        [sys.executable, "-c", program, *line, str(tmp_path)],
        cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        lines = tmp_path / "toy_depots.replications" / "replications.jsonl"
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until and not (
            lines.is_file() and lines.read_bytes().count(b"\n") > 15
        ):
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        told = process.communicate(timeout=PATIENCE_S)[1]
    assert process.returncode == 130, told
    assert "再输入同一命令" in told
    again = compare(tmp_path)
    assert "损坏" not in again.stderr
    assert found_in(folder_of(again)) == found_in(folder_of(done[1]))


def test_durations_are_told_in_the_unit_that_suits() -> None:
    """90 minutes are 1.5 hours, half an hour is 30 minutes, 36 s are 36 seconds."""
    assert duration(1.5, "en") == "1.5 h"
    assert duration(0.5, "zh") == "30 分钟"
    assert duration(0.01, "en") == "36 s"


def test_help_in_both_languages() -> None:
    """Both commands are listed, and their options told in the language asked for."""
    listed = run(["--help"]).stdout
    assert "compare" in listed
    assert "merge" in listed
    assert "比较几种储备点布局" in run(["compare", "--help"]).stdout
    assert "Compare depot placements" in run(["compare", "--help", "--lang", "en"]).stdout
    assert "Join the shards" in run(["merge", "--help", "--lang", "en"]).stdout
