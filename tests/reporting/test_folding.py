"""Lines fold to the width of the console."""

from __future__ import annotations

from snowplan.reporting.folding import folded


def test_chinese_folds_between_characters_and_keeps_its_marks() -> None:
    """Eight cells: four characters; a comma goes with what it follows, so only three fit."""
    assert folded("一二三四五六", 8) == ["一二三四", "  五六"]
    assert folded("一二三四，五六", 8) == ["一二三", "  四，五", "  六"]


def test_other_words_and_numbers_with_units_stay_whole() -> None:
    """Ten cells hold \"aa bbb\" but not the number with its unit, which moves down together."""
    assert folded("aa bbb 12 km c", 10) == ["aa bbb", "  12 km c"]


def test_a_line_that_fits_is_left_alone() -> None:
    """Nothing is lost or added, and an empty line stays a line."""
    assert folded("作业: 8 km", 10) == ["作业: 8 km"]
    assert folded("", 10) == [""]
