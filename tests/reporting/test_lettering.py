"""The font is our own file, unchanged, and what it lacks is told."""

from __future__ import annotations

import hashlib

from matplotlib import font_manager
from matplotlib.figure import Figure

from snowplan.reporting.lettering import (
    BOLD,
    FAMILY,
    FONT_FOLDER,
    REGULAR,
    missing_characters,
    picture_style,
    register_fonts,
)
from snowplan.words import WORDS

DIGESTS = {
    BOLD: "b846b04fb45e2d31ba6eb25c407d176e764159203425fe752c661ba5e4076582",
    REGULAR: "4f6d5416085b2c9a8094734b1bf33bbd4d07d5eb8fba392bd7e2567c13c5856a",
}


def test_the_fonts_are_the_ones_that_were_checked() -> None:
    """SHA-256 as published with the subset; licence and source stand beside them."""
    readme = (FONT_FOLDER / "README.md").read_text(encoding="utf-8")
    for path, digest in DIGESTS.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
        assert f"{digest}  {path.name}" in readme
    licence = (FONT_FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "2.004" in readme


def test_matplotlib_takes_our_files() -> None:
    """The family resolves to the shipped files, regular and bold."""
    register_fonts()
    for path, weight in ((REGULAR, "normal"), (BOLD, "bold")):
        wanted = font_manager.FontProperties(family=FAMILY, weight=weight)
        assert font_manager.findfont(wanted, fallback_to_default=False) == str(path)


def test_every_word_can_be_drawn() -> None:
    """All words of the table that pictures may use are in the font."""
    shown = [text for key, pair in WORDS.items() for text in pair if not key.startswith("table.")]
    assert missing_characters(shown) == ""


def test_missing_characters_are_named_once() -> None:
    """Characters outside the subset are listed in order; line ends are no characters."""
    assert missing_characters(["平城街\n", "\U00020000路😀", "😀"]) == "😀\U00020000"
    assert missing_characters([]) == ""


def test_style_leaves_no_trace() -> None:
    """Settings of pictures end with them; names are never formulas while they last."""
    before = Figure().text(0, 0, "a").get_parse_math()
    with picture_style():
        assert Figure().text(0, 0, "$a").get_parse_math() is False
    assert Figure().text(0, 0, "a").get_parse_math() is before
