"""The sample reports are what the program prints today."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPORTS = Path(__file__).resolve().parent.parent / "reports"
NAMES = ("heavy.en.txt", "heavy.zh.txt", "toy_depots.en.txt", "toy_depots.zh.txt")
PAGE = "toy_depots.zh.pdf"


@pytest.mark.slow
def test_samples_are_what_a_fresh_run_prints(tmp_path: Path) -> None:
    """Built again elsewhere the texts are the same to the byte; if not: `make reports`.

    The page is a page again; the bytes of its pictures are the drawing library's.
    """
    line = [sys.executable, str(REPORTS / "build.py"), str(tmp_path)]
    width = {"COLUMNS": "60"}  # of somebody's terminal: no matter
    subprocess.run(line, check=True, cwd=tmp_path, env=os.environ | width)
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted([*NAMES, PAGE])
    for name in NAMES:
        fresh = (tmp_path / name).read_text(encoding="utf-8")
        assert (REPORTS / name).read_text(encoding="utf-8") == fresh
    for folder in (tmp_path, REPORTS):
        assert (folder / PAGE).read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("name", NAMES)
def test_samples_say_that_they_are_samples(name: str) -> None:
    """Each is marked at its head, and names its schematic map at its head and at its foot."""
    sample, schematic = ("A sample", "schematic") if ".en." in name else ("示例", "示意图")
    first, *_, last = (REPORTS / name).read_text(encoding="utf-8").splitlines()
    assert first.startswith(sample)
    assert schematic in first
    assert schematic in last
