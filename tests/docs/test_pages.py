"""Pages of docs/ that say what the code says, and commands in them that run."""

from __future__ import annotations

import contextlib
import itertools
import re
import shlex
from pathlib import Path

import click
import pytest

import snowplan.units
from snowplan.inputs.scenario_files import load_scenario
from tests.test_house import ROOT, code_blocks, command_line, parse

USERS = (ROOT / "docs" / "users.md").read_text(encoding="utf-8")
OWN = "my_storm"


def commands() -> list[str]:
    """Everything that the page tells users to type after `snowplan`."""
    typed = [line.partition("#")[0].strip() for line in code_blocks(USERS)]
    typed += re.findall(r"`(snowplan [^`]*)`", USERS)
    return sorted(
        {line.removeprefix("snowplan ") for line in typed if line.startswith("snowplan ")}
    )


def own_scenario() -> str:
    """The scenario file that the page shows."""
    (text,) = re.findall(r"^```toml\n(.*?)^```", USERS, flags=re.MULTILINE | re.DOTALL)
    assert isinstance(text, str)
    return text


def test_units_are_those_of_the_code() -> None:
    """The table in docs/units.md is the one at the head of snowplan/units.py."""
    page = (ROOT / "docs" / "units.md").read_text(encoding="utf-8")
    tables = [
        [line for line in text.splitlines() if line.startswith("|")]
        for text in (page, snowplan.units.__doc__ or "")
    ]
    assert tables[0] == tables[1]
    assert len(tables[0]) > 10


@pytest.mark.parametrize("typed", commands())
def test_commands_for_users_parse(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command on the page is one that the program understands."""
    monkeypatch.chdir(ROOT)
    try:
        with contextlib.suppress(click.exceptions.Exit):
            parse(command_line(), shlex.split(typed))
    except click.UsageError as error:
        pytest.fail(f"snowplan {typed}: {error.format_message()}")


@pytest.mark.parametrize("typed", [line for line in commands() if line.startswith("run ")])
def test_scenarios_for_users_are_sound(
    typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the page tells users to run loads without a fault; each `--set` changes something."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / f"{OWN}.toml").write_text(own_scenario(), encoding="utf-8")
    words = shlex.split(typed)
    sets = [after for word, after in itertools.pairwise(words) if word == "--set"]
    scenario = load_scenario(words[1], sets)
    assert len(scenario.differences) >= len(sets)


def test_the_scenario_on_the_page_does_what_it_says(tmp_path: Path) -> None:
    """8 mm, 55 brushes, a limit of 3 h to open main roads."""
    path = tmp_path / f"{OWN}.toml"
    path.write_text(own_scenario(), encoding="utf-8")
    scenario = load_scenario(path)
    kinds = [machine.kind for machine in scenario.resources.machines]
    assert kinds.count("roller_brush") == 55
    assert ("snow.total_mm", "6.5", "8") in scenario.differences
    assert scenario.study.clock.text(0) == "2026-03-03 16:00"


def test_every_facts_table_that_is_named_exists() -> None:
    """Tables after `snowplan facts` are given ones."""
    from snowplan.inputs.seed_files import GIVEN_FILES

    named = [
        word
        for line in commands()
        if line.startswith("facts")
        for word in shlex.split(line)[1:]
        if not word.startswith("-") and word != "en"
    ]
    assert named
    assert set(named) <= set(GIVEN_FILES)
