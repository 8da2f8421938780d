"""`snowplan readiness`: what it writes, prints, puts where it is wanted, and refuses."""

from __future__ import annotations

import errno
import json
import os
import re
from pathlib import Path

import pytest
from click.testing import Result

from snowplan.experiments import readiness_running
from snowplan.reporting.typesetting import page_count
from snowplan.results import steps
from snowplan.results.reading import check_whole, open_run
from tests.cli.compare_lines import folder_of, run

STORE = "readiness.replications"


def report(out: Path, *args: object) -> Result:
    """An indicative report on the toy town, made in this process."""
    line = ["readiness", "toy_town", "--quick", "--workers", "1", "--out", str(out)]
    return run([*line, *map(str, args)])


def packed(out: Path, *args: object) -> Result:
    """The paper pack of the toy town, made in this process."""
    return run(["readiness", "toy_town", "--pack", "--workers", "1", "--out", str(out),
                *map(str, args)])  # fmt: skip


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A report that was made, and a place with the copies of its documents."""
    out = tmp_path_factory.mktemp("report")
    (out / "old.xlsx").write_bytes(b"old")
    return out, report(out, "-o", out / "mine.pdf", "-o", out / "old.xlsx")


def test_the_folder_and_the_copies_are_whole(done: tuple[Path, Result]) -> None:
    """The folder's path comes last; the copies are the documents of the folder to the byte."""
    out, result = done
    path = folder_of(result)
    check_whole(path)
    names = {file.name for file in path.iterdir()}
    assert {"readiness.pdf", "readiness.xlsx", "readiness.json", "replications.jsonl"} <= names
    assert {"verdicts.csv", "envelope.csv", "marginal.csv"} <= names
    assert (out / "mine.pdf").read_bytes() == (path / "readiness.pdf").read_bytes()
    assert (out / "old.xlsx").read_bytes() == (path / "readiness.xlsx").read_bytes()
    assert (path / "readiness.pdf").read_bytes().startswith(b"%PDF")


def test_what_is_printed_is_what_is_written(done: tuple[Path, Result]) -> None:
    """Every limit stands in the table with its mark, its count and its margin."""
    _, result = done
    found = json.loads((folder_of(result) / "readiness.json").read_text(encoding="utf-8"))
    assert "示意" in result.stdout
    for row in found["verdicts"]["rows"]:
        assert f" {row['met']}/{row['n']}" in result.stdout
        if row["margin_h"] is not None:
            assert f"{row['margin_h']:+.1f}".replace("-", "−") in result.stdout
    runs = found["head"]["runs"]
    assert f"各情景 {runs['grades']}" in result.stdout


def test_the_estimate_is_told_before_the_rest(done: tuple[Path, Result]) -> None:
    """The first lines on stderr say how many runs are to come and how long they take."""
    first = done[1].stderr.splitlines()[0]
    assert "估计" in first
    assert "次推演" in first


def test_a_second_report_runs_nothing(done: tuple[Path, Result]) -> None:
    """All runs are taken from the store, and the figures are the same."""
    out, before = done
    again = report(out, "--json")
    found = json.loads(again.stdout)
    was = json.loads((folder_of(before) / "readiness.json").read_text(encoding="utf-8"))
    path, reused = Path(found.pop("run")), found.pop("reused")
    assert reused == sum(found["head"]["runs"].values())
    assert found == was
    for name in ("readiness.pdf", "readiness.xlsx", "envelope.csv"):
        assert (path / name).read_bytes() == (folder_of(before) / name).read_bytes()


def test_english_has_no_chinese_words_of_ours(done: tuple[Path, Result]) -> None:
    """With `--lang en` everything that is printed is English."""
    result = report(done[0], "--lang", "en")
    assert result.exit_code == 0
    assert "Can each limit be held" in result.stdout
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in result.stdout + result.stderr)


def test_the_reference_run_can_be_explained(done: tuple[Path, Result]) -> None:
    """The manifest names the reference run; its folder is in the store."""
    out, result = done
    names = open_run(folder_of(result)).manifest["references"]
    (folder,) = (out / STORE).glob(f"*/runs/{names['toy_town']}")
    assert (folder / "events.parquet").is_file()


def test_the_paper_pack_is_put_where_it_is_wanted(done: tuple[Path, Result]) -> None:
    """`--pack` uses the reference run that is there, and writes one PDF."""
    out, _ = done
    result = packed(out, "-o", out / "pack.pdf")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines()[-1] == str(out / "pack.pdf")
    assert (out / "pack.pdf").read_bytes().startswith(b"%PDF")
    (told,) = re.findall(r"作业单 (\d+) 份，(\d+) 页（双面 (\d+) 张纸）", result.stdout)
    assert int(told[1]) == page_count((out / "pack.pdf").read_bytes()) >= 2 * int(told[0])
    assert int(told[2]) == (int(told[1]) + 1) // 2
    one = json.loads(packed(out, "--zone", "东区", "--json").stdout)
    assert set(one["sheets"]) == {"east"}
    assert one["pages"] < int(told[1])


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["light", "-o", "report.doc"], 2, ".pdf / .xlsx"),
        (["light", "-o", "no/such/folder/x.pdf"], 1, "没有文件夹"),
        (["light", "heavy", "--pack"], 2, "--pack"),
        (["light", "--zone", "east"], 2, "--zone 只用于 --pack"),
        (["light", "--pack", "--zone", "nowhere"], 2, "east 东区"),
        (["light", "--pack", "--quick"], 2, "不能与 --quick"),
        (["light", "--pack", "--replications", "3"], 2, "--replications"),
        (["light", "-o", f"{'x' * 300}.pdf"], 1, "无法写出\n└─ 无法写入"),
        (["light", "-o", "/proc/x.pdf"], 1, "/proc 不能存放文件"),
        (["light", "toy_town"], 3, "同一路网"),
        (["light", "light"], 3, "出现两次"),
        (["--workers", "2", "--cluster", "tcp://x:1"], 2, "--cluster"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_run(
    args: list[str], code: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command says why, with the exit code for it; nothing is run and nothing written."""

    def never(*_: object) -> None:
        raise AssertionError("something was run")

    monkeypatch.setattr(readiness_running, "workshop_for", never)
    monkeypatch.chdir(tmp_path)
    result = run(["readiness", *args, "--out", str(tmp_path / "runs")])
    assert (result.exit_code, result.stdout) == (code, "")
    assert words in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_report_that_takes_too_long_is_refused(tmp_path: Path) -> None:
    """Above --max-hours nothing more is run; what was timed is kept."""
    result = report(tmp_path, "--max-hours", "0.0000001")
    assert result.exit_code == 1
    assert "--max-hours" in result.stderr
    assert list((tmp_path / STORE).glob("*/replications.jsonl"))
    assert not list(tmp_path.glob("*-readiness-*"))


@pytest.mark.parametrize("what", [["--pack"], ["--quick"]])
def test_a_place_for_runs_that_cannot_be_is_told(what: list[str], tmp_path: Path) -> None:
    """A file in the place of a folder is no error inside the program."""
    (tmp_path / "file").write_text("x")
    out = str(tmp_path / "file" / "sub")
    result = run(["readiness", "toy_town", *what, "--workers", "1", "--out", out])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "无法写出" in result.stderr
    assert "不是文件夹" in result.stderr


def test_a_copy_that_cannot_be_put_costs_no_other(
    done: tuple[Path, Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Results and the folder are told, every other copy is put, and the error names the folder."""
    out, _ = done
    real = steps.replace_file

    def full(old: Path, new: Path) -> None:
        if new.name.startswith("bad"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(old, new)

    monkeypatch.setattr(steps, "replace_file", full)
    asked = [each for name in ("bad1.pdf", "good.xlsx", "bad2.xlsx") for each in ("-o", out / name)]
    result = report(out, *asked)
    assert result.exit_code == 1
    path = Path(result.stdout.splitlines()[-1])
    assert "各时限能否守住" in result.stdout
    assert (out / "good.xlsx").read_bytes() == (path / "readiness.xlsx").read_bytes()
    assert all(name in result.stderr for name in ("bad1.pdf", "bad2.xlsx", f"整份报告在 {path}"))
    assert not list(out.glob("*.partial")) + list(out.glob("bad*"))
