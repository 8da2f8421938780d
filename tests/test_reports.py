"""The sample reports are what the program prints today."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPORTS = Path(__file__).resolve().parent.parent / "reports"
NAMES = ("heavy.en.txt", "heavy.zh.txt")


@pytest.mark.slow
def test_samples_are_what_a_fresh_run_prints(tmp_path: Path) -> None:
    """Built again elsewhere they are the same to the byte; if not: `make reports`."""
    line = [sys.executable, str(REPORTS / "build.py"), str(tmp_path)]
    width = {"COLUMNS": "60"}  # of somebody's terminal: no matter
    subprocess.run(line, check=True, cwd=tmp_path, env=os.environ | width)
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(NAMES)
    for name in NAMES:
        fresh = (tmp_path / name).read_text(encoding="utf-8")
        assert (REPORTS / name).read_text(encoding="utf-8") == fresh


def test_samples_say_that_they_are_samples() -> None:
    """Each is marked at its head, and names its schematic map and balanced accounts at its foot."""
    for name, sample, schematic in zip(
        NAMES, ("A sample", "示例"), ("schematic", "示意图"), strict=True
    ):
        text = (REPORTS / name).read_text(encoding="utf-8")
        first, *_, last = text.splitlines()
        assert first.startswith(sample)
        assert schematic in first
        assert schematic in last
