"""Published figures: the given table is sound and tests something; faults are told."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest

from snowplan.errors import InputError
from snowplan.given import given_path
from snowplan.inputs.published_table import read_hauling, read_published, read_sizes
from snowplan.model.published import (
    BESIDE,
    CALIBRATED,
    COMPARED,
    HAULING,
    HAULING_BESIDE,
    HELD_OUT,
    SIZES,
    STATED,
)


def test_the_given_figures() -> None:
    """All quantities, in order, each with a source; at least four are held out."""
    found = read_published()
    assert tuple(found) == (*COMPARED, *BESIDE)
    assert sum(row.role == HELD_OUT for row in found.values()) >= 4
    assert all((row.role == STATED) == (row.id in BESIDE) for row in found.values())
    assert all(row.source and row.quantity and 0 < row.low <= row.high for row in found.values())


def test_a_figure_that_reasons_name_is_missed(tmp_path: Path) -> None:
    """What is compared may be left out; a figure of the reckoning may not."""
    path = tmp_path / "published.csv"
    lines = given_path("seeds/published.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(("rounds_main,", "taiyuan_h,"))]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="no taiyuan_h") as caught:
        read_published(path)
    assert "rounds_main" not in str(caught.value)


def test_the_sizes_of_the_map_stand_apart() -> None:
    """FACTS 3.5: by fleet 5.3-5.6, by population 8.5, default 6, bracket 4-9 million m²."""
    found = read_sizes()
    assert tuple(size.id for size in found) == SIZES
    spans = [(size.low / 1e6, size.high / 1e6) for size in found]
    assert spans == [(4, 9), (6, 6), (5.3, 5.6), (8.5, 8.5)]
    assert all(size.source for size in found)


def test_the_hauling_of_mudanjiang() -> None:
    """Loads a truck and day, volume a load and hauled share follow from what was published."""
    found = read_hauling()
    assert tuple(found) == (*HAULING, *HAULING_BESIDE)
    told = {key.removeprefix("mudanjiang_"): row.low for key, row in found.items()}
    assert told["truck_m3"] == pytest.approx(told["m3"] / told["loads"], rel=0.005)
    days = told["h"] / 24
    assert told["loads_a_day"] == pytest.approx(told["loads"] / told["trucks"] / days)
    fallen_kg = told["mm"] * told["m2"]
    share = found["mudanjiang_share"]
    assert share.low == pytest.approx(told["m3"] * 200 / fallen_kg, abs=0.01)
    assert share.high == pytest.approx(told["m3"] * 400 / fallen_kg, abs=0.01)
    roles = {row.id for row in found.values() if row.role == HELD_OUT}
    assert roles == {"mudanjiang_loads_a_day", "mudanjiang_share"}
    assert found["mudanjiang_truck_m3"].role == CALIBRATED


def test_sources_are_given_in_chinese_too(tmp_path: Path) -> None:
    """Every figure has its source in Chinese; a table of one's own without that column is read."""
    rows = [*read_published().values(), *read_sizes(), *read_hauling().values()]
    assert all(re.search("[\u4e00-\u9fff]", row.source_zh) for row in rows)
    path = tmp_path / "published.csv"
    with given_path("seeds/published.csv").open(encoding="utf-8", newline="") as stream:
        cells = [[*row[:-2], row[-1]] for row in csv.reader(stream)]  # without the column
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(cells)
    assert {row.source_zh for row in read_published(path).values()} == {""}


def test_faults_are_told_together(tmp_path: Path) -> None:
    """A wrong id, a wrong role and a range upside down: file, row, column, and what is known."""
    path = tmp_path / "published.csv"
    shutil.copy(given_path("seeds/published.csv"), path)
    text = path.read_text(encoding="utf-8")
    text = text.replace("rounds_main,", "rounds_mian,").replace("brush_light,", "brush_light,", 1)
    text = text.replace(",calibrated,", ",calibratd,").replace("h,7,12,h", "h,7,6,h")
    text = text.replace("roads,7,12,h", "roads,7,6,h")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="did you mean 'rounds_main'") as caught:
        read_published(path)
    message = str(caught.value)
    assert "did you mean 'calibrated'" in message
    assert "row 10, column high" in message
    assert "row 11, column high" in message
