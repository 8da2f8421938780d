"""The sample reports are what the program prints and writes today."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

REPORTS = Path(__file__).resolve().parent.parent / "reports"
TEXTS = tuple(
    f"{name}.{lang}.txt"
    for name in ("heavy", "toy_depots", "toy_explain", "toy_readiness")
    for lang in ("en", "zh")
)
PDFS = (
    "toy_depots.zh.pdf", "toy_pack.zh.pdf", "toy_readiness.en.pdf", "toy_readiness.zh.pdf",
)  # fmt: skip
BOOKS = ("toy_readiness.zh.xlsx", "台账.xlsx")
PICTURES = ("toy_explain.en.png", "toy_explain.zh.png")


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples built again elsewhere."""
    folder = tmp_path_factory.mktemp("samples")
    line = [sys.executable, str(REPORTS / "build.py"), str(folder)]
    width = {"COLUMNS": "60"}  # of somebody's terminal: no matter
    subprocess.run(line, check=True, cwd=folder, env=os.environ | width)
    return folder


@pytest.mark.slow
@pytest.mark.xdist_group("samples")
def test_samples_are_what_a_fresh_run_prints(fresh: Path) -> None:
    """Built again, the same files, and the texts the same to the byte; if not: `make reports`."""
    names = sorted(file.name for file in fresh.iterdir())
    assert names == sorted([*TEXTS, *PDFS, *BOOKS, *PICTURES])
    for name in TEXTS:
        again = (fresh / name).read_text(encoding="utf-8")
        assert (REPORTS / name).read_text(encoding="utf-8") == again
    for name in PICTURES:  # their bytes are the drawing library's
        assert (REPORTS / name).read_bytes()[:4] == (fresh / name).read_bytes()[:4] == b"\x89PNG"


@pytest.mark.slow
@pytest.mark.xdist_group("samples")
def test_workbooks_of_the_samples_hold_what_fresh_ones_hold(fresh: Path) -> None:
    """Sheet by sheet and cell by cell, but for the versions of what was used."""
    for name in BOOKS:
        assert cells(REPORTS / name) == cells(fresh / name)


@pytest.mark.slow
@pytest.mark.xdist_group("samples")
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not there")
def test_pages_of_the_samples_say_what_fresh_ones_say(fresh: Path) -> None:
    """Their text is the same, but for the versions of what was used."""
    for name in PDFS:
        assert words(REPORTS / name) == words(fresh / name)


def cells(file: Path) -> dict[str, list[list[object]]]:
    """The rows of every sheet; none that name a version."""
    book = CalamineWorkbook.from_path(str(file))
    return {
        name: [
            row
            for row in book.get_sheet_by_name(name).to_python()
            if not any("Python" in str(cell) or "NumPy" in str(cell) for cell in row)
        ]
        for name in book.sheet_names
    }


def words(file: Path) -> list[str]:
    """The lines of a PDF; none that name a version."""
    line = ["pdftotext", "-layout", str(file), "-"]
    text = subprocess.run(line, check=True, capture_output=True).stdout.decode("utf-8")
    return [row for row in text.splitlines() if "Python" not in row and "NumPy" not in row]


@pytest.mark.parametrize("name", TEXTS)
def test_samples_say_that_they_are_samples(name: str) -> None:
    """Each is marked at its head, and names its schematic map there."""
    sample, schematic = ("A sample", "schematic") if ".en." in name else ("示例", "示意图")
    first, *_ = (REPORTS / name).read_text(encoding="utf-8").splitlines()
    assert first.startswith(sample)
    assert schematic in first
