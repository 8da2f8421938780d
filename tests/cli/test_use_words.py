"""Wrong use of the command line: one form, in the language asked for, exit code 2."""

from __future__ import annotations

import re
import shlex

import pytest
from click.testing import CliRunner

from snowplan.cli import main

WRONG = (
    ("--replications 0", "没有选项 --replications", "there is no option --replications"),
    ("run heavy --nwo x", "没有选项 --nwo；是否指 --now", "no option --nwo; did you mean --now"),
    ("phrases heavy --replications 0", "--replications：0 不在范围", "--replications: 0 is not in"),
    (
        "phrases heavy --workers q",
        "--workers：'q' 不是整数",
        "--workers: 'q' is not a whole number",
    ),
    ("run heavy --at x", "--at：'x' 不是数", "--at: 'x' is not a number"),
    ("schema moon", "WHAT：'moon' 不是 scenario, ", "WHAT: 'moon' is not one of scenario, "),
    ("run", "缺少 SCENARIO", "SCENARIO is missing"),
    ("run a b", "多余的内容：b", "unexpected: b"),
    ("run heavy --no-pictures=3", "--no-pictures 不带值", "--no-pictures takes no value"),
    ("runn heavy", "没有命令 runn；是否指 run？", "there is no command runn; did you mean run?"),
    (
        "plan depot heavy",
        "没有命令 depot；是否指 depots？",
        "no command depot; did you mean depots?",
    ),
    ("run heavy --now a --from b@3", "--now 与 --from 只能用一个", "--now or --from, not both"),
)


@pytest.mark.parametrize(("typed", "zh", "en"), WRONG)
def test_wrong_use_is_told_in_the_language_asked_for(typed: str, zh: str, en: str) -> None:
    """One heading, what is wrong in words of that language alone, exit code 2."""
    for lang, heading, told in (("zh", "用法有误", zh), ("en", "wrong use", en)):
        result = CliRunner().invoke(main, ["--lang", lang, *shlex.split(typed)])
        assert result.exit_code == 2
        assert result.stderr.startswith(f"✗ snowplan: {heading}\n")
        assert told in result.stderr
        assert "Error" not in result.stderr


def test_an_option_without_its_value_is_told() -> None:
    """The last word of the line is an option that needs a value."""
    result = CliRunner().invoke(main, ["run", "heavy", "--at"])
    assert result.exit_code == 2
    assert "选项 --at 后面要有值" in result.stderr


def test_a_group_lists_its_commands_in_words() -> None:
    """`plan --help` says what `depots` does, in both languages."""
    for lang, told in (("zh", "用选址模型求储备点位置"), ("en", "Place depots by location models")):
        shown = CliRunner().invoke(main, ["--lang", lang, "plan", "--help"]).stdout
        assert re.search(rf"depots +{told}", shown)
