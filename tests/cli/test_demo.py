"""`snowplan demo --sanity`: the run beside published figures, on the small map."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from snowplan.analysis.sanity_questions import QUESTIONS
from snowplan.cli import demo, main


def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *more: str) -> str:
    """What the demo prints; the toy town stands in for the heavy night."""
    monkeypatch.setattr(demo, "SCENARIO", "toy_town")
    line = ["demo", "--sanity", "--no-pictures", "--out", str(tmp_path), *more]
    result = CliRunner().invoke(main, line)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_published_figures_stand_above_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DESIGN §5: the path is the last line; the issue asks for both marks, four held out."""
    text = shown(tmp_path, monkeypatch, "--lang", "en")
    assert Path(text.splitlines()[-1]).is_dir()
    assert text.count("held out") >= 4
    assert "calibrated" in text


def test_with_json_it_is_part_of_the_object(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One object on stdout, the comparison under `sanity`."""
    found = json.loads(shown(tmp_path, monkeypatch, "--json"))
    assert Path(found["run"]).is_dir()
    assert len(found["sanity"].splitlines()) > len(QUESTIONS)
