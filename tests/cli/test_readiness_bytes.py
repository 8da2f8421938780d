"""A report's documents are the same bytes wherever its files lie and whatever runs the program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from snowplan.inputs.resolved import resolved_toml

MAIN = "from snowplan.cli import main; main()"
DOCUMENTS = ("readiness.json", "readiness.pdf", "readiness.xlsx", "resolved.csv", "inputs.csv")


def called(args: list[str], at: Path, **surroundings: str) -> str:
    """The last line of `snowplan …` in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", MAIN, *args, "--lang", "zh"],
        cwd=at, env={**os.environ, **surroundings}, check=True, capture_output=True,
        encoding="utf-8",
    )  # fmt: skip
    return done.stdout.splitlines()[-1]


@pytest.mark.slow
def test_the_same_inputs_elsewhere_are_the_same_documents(tmp_path: Path) -> None:
    """Folder, hash seed, time zone, locale and workers change no byte, and no path is told."""
    found = []
    for place, workers, surroundings in (
        (tmp_path / "one", "1", {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai"}),
        (tmp_path / "清雪 二", "2", {"PYTHONHASHSEED": "7", "TZ": "America/New_York", "LANG": "C"}),
    ):
        place.mkdir()
        called(["init", "册", "--from", "toy_town"], place, **surroundings)
        line = ["readiness", "册/toy_town.toml", "--quick", "--workers", workers]
        folder = place / called(line, place, **surroundings)
        found.append({name: (folder / name).read_bytes() for name in DOCUMENTS})
        assert all(str(tmp_path).encode() not in data for data in found[-1].values())
    for name in DOCUMENTS:
        assert found[0][name] == found[1][name], name


def test_a_paper_has_paths_as_written_and_a_run_folder_whole_ones(tmp_path: Path) -> None:
    """Of a path from the root the paper has the last name; given files keep theirs."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b 库").mkdir()
    place = tmp_path / "a" / "s.toml"
    place.write_text('extends = "toy_town"\nseeds = "../b 库"\n', encoding="utf-8")
    assert 'seeds = "../b 库"\n' in resolved_toml(place, told=True)
    assert str(tmp_path / "b 库") not in resolved_toml(place, told=True)
    assert f'seeds = "{(tmp_path / "a" / "../b 库").as_posix()}"' in resolved_toml(place)
    whole = [f"seeds={tmp_path / 'b 库'}"]
    assert 'seeds = "b 库"\n' in resolved_toml("toy_town", whole, told=True)
    assert 'map = "maps/toy_town"\n' in resolved_toml("toy_town", told=True)
