"""`snowplan check` reads the plan as a plan."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from snowplan.cli import main
from snowplan.cli.check_findings import findings_text
from snowplan.cli.texts import TEXTS
from snowplan.planning.finding_words import unit_word

MISSED = 4


def _check(*args: str) -> Result:
    return CliRunner().invoke(main, ["check", *args])


def test_findings_follow_the_facts_as_a_table() -> None:
    """The toy town's east has no depot within reach: told below the facts, and exit code 0."""
    result = _check("toy_town")
    assert result.exit_code == 0
    facts, told = result.stdout.split("预案核查：")
    assert TEXTS["check.fleet"][0] in facts
    assert "东区：主干路没有够得着的机械可清" in told
    assert "缺口" in told
    assert "no machine in reach may" in _check("toy_town", "--lang", "en").stdout


def test_findings_are_objects_with_json() -> None:
    """Each finding has its code, grades, place, figures and its words in both languages."""
    (scenario,) = json.loads(_check("toy_town", "--json").stdout)["scenarios"]
    found = [item for item in scenario["findings"] if item["code"] == "no_owner"]
    assert {item["values"]["zone"] for item in found} >= {"east"}
    east = next(item for item in found if item["values"]["zone"] == "east")
    assert east["severity"] == "gap"
    assert east["where"] == "machine_types.csv classes"
    assert (east["found"], east["unit"]) == (0.0, "sections")
    assert "东区" in east["text"]
    assert "East" in east["text_en"]


def test_findings_are_exit_code_four_only_when_asked() -> None:
    """`--fail-if-missed` ends with 4 where something is impossible or missing."""
    assert _check("toy_town", "--fail-if-missed").exit_code == MISSED
    assert _check("toy_town").exit_code == 0


def test_a_plan_without_findings_says_so() -> None:
    """No finding: one line in the language asked for."""
    assert findings_text([], "zh") == TEXTS["check.no_findings"][0]
    assert findings_text([], "en") == TEXTS["check.no_findings"][1]


@pytest.mark.slow
def test_what_is_shipped_is_sound_and_only_counts_its_findings() -> None:
    """Without a name every shipped scenario is checked, in a few lines each and without a table.

    The one that waits for the user's files is told as such.
    """
    result = _check("--lang", "en")
    assert result.exit_code == 0
    assert "heavy_cold: no faults" in result.stdout
    assert "jinan_20100103: needs files that the user brings" in result.stdout
    assert "the plan read as a plan" in result.stdout
    assert "no machine in reach may" not in result.stdout


def test_one_of_a_thing_is_told_in_the_singular() -> None:
    """1 party, 2 parties; a unit of measure has no plural; no unit, no word."""
    assert [unit_word("parties", n, "en") for n in (0, 1, 2)] == ["parties", "party", "parties"]
    assert unit_word("parties", 1, "zh") == "支"
    assert unit_word("h", 1, "en") == "h"
    assert unit_word("", 1, "en") == ""
