"""`snowplan readiness`: what it writes, prints, puts where it is wanted, and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result

from snowplan.experiments import readiness_running
from snowplan.results.reading import check_whole, open_run
from tests.cli.compare_lines import folder_of, run

STORE = "readiness.replications"


def report(out: Path, *args: object) -> Result:
    """An indicative report on the toy town, made in this process."""
    line = ["readiness", "toy_town", "--quick", "--workers", "1", "--out", str(out)]
    return run([*line, *map(str, args)])


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
    result = report(out, "--pack", "-o", out / "pack.pdf")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines()[-1] == str(out / "pack.pdf")
    assert (out / "pack.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["light", "-o", "report.doc"], 2, ".pdf / .xlsx"),
        (["light", "-o", "no/such/folder/x.pdf"], 1, "没有文件夹"),
        (["light", "heavy", "--pack"], 2, "--pack"),
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
