"""No word that is shown is missing in either language, and none lies about unused."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from snowplan.cli.texts import TEXTS
from snowplan.model.fleet import KINDS
from snowplan.model.grades import GRADES
from snowplan.model.hands import PARTS, SQUAD_GROUPS
from snowplan.model.plan import PHRASES_ZH
from snowplan.model.roads import ROAD_CLASSES
from snowplan.reporting.readiness_words import NAMES
from snowplan.results import tables
from snowplan.results.log import EVENT_KINDS, REASONS
from snowplan.words import WORDS, name_of, say

PACKAGE = Path(__file__).resolve().parents[1] / "snowplan"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
LISTS = {
    "class": (*ROAD_CLASSES, "critical"),
    "state": tables.STATES,
    "end": {*tables.OPEN_STATES, *tables.CLEAR_STATES},
    "limit": (*tables.LIMIT_KINDS, "by_clock"),
    "machine": (*KINDS, "truck", "squad"),
    "part": PARTS,
    "group": ("hauling", *SQUAD_GROUPS),
    "event": EVENT_KINDS,
    "reason": [reason for reason in REASONS if reason and reason not in GRADES],
    "zone": ("east", "south", "west", "north", "centre"),
    "grade": GRADES,
    "phrase": PHRASES_ZH,
}


@pytest.mark.parametrize("group", LISTS)
def test_every_value_of_a_closed_list_has_words(group: str) -> None:
    """A new kind, state or reason cannot be added without its words."""
    assert [value for value in LISTS[group] if f"{group}.{value}" not in WORDS] == []


def test_phrases_are_those_of_the_plan() -> None:
    """The Chinese column and the model agree on the eight phrases."""
    assert {key: say(f"phrase.{key}", "zh") for key in PHRASES_ZH} == PHRASES_ZH


def test_both_columns_are_filled_and_alike() -> None:
    """Each key has two texts with the same blanks; English holds no Chinese characters."""
    for key, (zh, en) in WORDS.items():
        assert zh.strip(), key
        assert en.strip(), key
        assert not CHINESE.search(en), key
        assert zh == en or CHINESE.search(zh) or "{" in zh or "%" in zh, key
        assert _blanks(zh) == _blanks(en), key


def test_no_word_of_ours_stands_in_two_tables() -> None:
    """Words of commands, of the readiness report and of all else are apart: one key, one place."""
    tables = [set(WORDS), set(TEXTS), set(NAMES)]
    assert sum(map(len, tables)) == len(set().union(*tables))


def test_a_missing_character_is_told_as_it_is_shown() -> None:
    """PDF and pictures both show □, which is what the message names."""
    for lang in ("zh", "en"):
        assert "□：雪" in say("font.missing", lang, characters="雪").replace(": ", "：")


def _blanks(text: str) -> set[str | None]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def _said() -> set[str]:
    """The first argument of every call of `say` in the package; `{}` where it is put together."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _called(node) == "say" and node.args:
                found.add(_text(node.args[0]))
    return found - {""}


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(v.value if isinstance(v, ast.Constant) else "{}" for v in node.values)
    return ""


def test_every_word_that_is_said_exists() -> None:
    """Keys written in the source are in the table; parts of keys begin some of it."""
    for key in _said():
        pattern = re.compile(re.escape(key).replace(r"\{\}", r"\w+") + "$")
        assert any(pattern.match(known) for known in WORDS), key


def test_no_word_of_a_picture_is_unused() -> None:
    """Every `figure.` word stands in some source file besides the table."""
    source = "".join(p.read_text(encoding="utf-8") for p in (PACKAGE / "reporting").glob("*.py"))
    assert [key for key in WORDS if key.startswith("figure.") and f'"{key}"' not in source] == []


def test_say_fills_in_and_refuses() -> None:
    """Blanks are filled; an unknown language or key is an error that names it."""
    assert say("figure.count", "zh", state="阻", n=3) == "阻 3 段"
    assert say("table.after_snow", "en", hours=-1.25) == "-1.2 h"
    with pytest.raises(ValueError, match="language 'fr': expected one of zh, en"):
        say("state.open", "fr")
    with pytest.raises(KeyError, match=r"state\.opne"):
        say("state.opne", "zh")


def test_names_that_users_made_stay() -> None:
    """A zone of the plan is translated, a zone of somebody's map is not."""
    assert name_of("zone", "east", "en") == "East"
    assert name_of("zone", "历下-3", "en") == "历下-3"
