"""The bar of many runs: on a terminal it tells how far it is and the time left; else nothing."""

from __future__ import annotations

import pytest
from rich.console import Console

from snowplan.cli import progress
from snowplan.cli.progress import Count


def count_up(lang: str) -> None:
    """Ten runs of which four were stored; then a second round."""
    with Count(10, lang) as count:
        for done in range(4, 11):
            count.reach(done, 10)
        count.reach(11, 15)


def test_a_terminal_shows_runs_and_the_time_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Runs done of runs asked for, the second round's too, and how long it will take."""
    monkeypatch.setattr(Console, "is_terminal", property(lambda _: True))
    count_up("zh")
    shown = capsys.readouterr()
    assert shown.out == ""
    for text in ("推演", "4/10", "10/10", "11/15", "剩余"):
        assert text in shown.err
    count_up("en")
    assert "left" in capsys.readouterr().err


def test_a_file_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Where nobody looks, nothing is written."""
    count_up("zh")
    assert capsys.readouterr() == ("", "")


def test_the_time_left_looks_back_over_long_runs() -> None:
    """Runs of minutes each still tell a pace: what is looked at is longer than a few of them."""
    assert progress.LOOK_BACK_S >= 5 * 60
