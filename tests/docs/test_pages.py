"""Pages of docs/ that say what the code says, and commands in them that run."""

from __future__ import annotations

import contextlib
import itertools
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import duckdb
import pytest

import snowplan.units
from snowplan.inputs.scenario_files import load_scenario
from snowplan.inputs.table_columns import INPUT_TABLES
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
    """The scenario file that the page shows; the study after it has tests of its own."""
    texts = re.findall(r"^```toml\n(.*?)^```", USERS, flags=re.MULTILINE | re.DOTALL)
    (text,) = (text for text in texts if isinstance(text, str) and f'name = "{OWN}"' in text)
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


@pytest.mark.parametrize("table", ["trucks", "dump_points", "squads", "frontage"])
def test_columns_of_the_groups_tables_are_told(table: str) -> None:
    """The row of a table names each of its columns with its words, in both languages."""
    rows = [line for line in USERS.splitlines() if line.startswith(f"| `{table}.csv` ")]
    assert len(rows) == 2
    for column in INPUT_TABLES[table]:
        assert f"`{column.name}` {column.zh}" in rows[0]
        assert f"`{column.name}` {column.en}" in rows[1]
        assert all(column.unit in row for row in rows)


def test_a_table_of_results_opens_as_the_page_says(tmp_path: Path) -> None:
    """The command on the page writes the rows of a Parquet file as a CSV that Excel reads."""
    (typed,) = [line for line in code_blocks(USERS) if line.startswith(".venv/bin/python -c")]
    _, flag, program = shlex.split(typed)
    (name,) = re.findall(r"'(runs/[^']+)'", program)
    file = tmp_path / name
    file.parent.mkdir(parents=True)
    duckdb.execute(f"COPY (SELECT '主街' AS road, 3 AS n) TO '{file}' (FORMAT parquet)")
    subprocess.run([sys.executable, flag, program], cwd=tmp_path, check=True)
    assert (tmp_path / "sections.csv").read_bytes().decode("utf-8-sig").split() == [
        "road,n",
        "主街,3",
    ]
