"""The command line: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import snowplan.cli
from snowplan.cli import COMMANDS, main
from snowplan.cli.drawing import fault_text, together
from snowplan.cli.fault_words import EXPECTED, FOUND
from snowplan.cli.texts import TEXTS
from snowplan.cli.wording import lang_of
from snowplan.errors import Fault, LedgerError, UseError
from tests.inputs.studies import change, make_study

HEAVY_MODULES = (
    "numpy",
    "pandas",
    "networkx",
    "simpy",
    "matplotlib",
    "scipy",
    "duckdb",
    "pydantic",
)


def snowplan_of(*args: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, list(args))


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """A command `facts` that raises what the test puts into the list."""
    errors: list[BaseException] = []

    @click.command()
    def facts() -> None:
        raise errors[0]

    monkeypatch.setattr(snowplan.cli.Root, "get_command", lambda *_: facts, raising=True)
    return errors


def test_help_is_chinese_and_english_when_asked_wherever_it_stands() -> None:
    """`--lang en` before or after `--help` gives English; without it, Chinese."""
    assert "用法" in snowplan_of("--help").stdout
    assert TEXTS["check"][0] in snowplan_of("--help").stdout
    for line in (["--lang", "en", "--help"], ["--help", "--lang", "en"], ["--lang=en", "--help"]):
        shown = snowplan_of(*line).stdout
        assert "Usage: " in shown
        assert TEXTS["check"][1] in shown
        assert "用法" not in shown


@pytest.mark.parametrize("name", ["check", "facts", "schema"])
def test_each_command_helps_in_both_languages(name: str) -> None:
    """A command's own help and its options' help follow the language."""
    assert TEXTS[name][0] in snowplan_of(name, "--help").stdout
    assert TEXTS[name][1] in snowplan_of(name, "--help", "--lang", "en").stdout
    assert TEXTS["lang"][1] in snowplan_of(name, "--help", "--lang", "en").stdout


def test_every_text_has_chinese_and_english() -> None:
    """No word is missing in either column, and both take the same values."""
    for key, (zh, en) in TEXTS.items():
        assert zh, key
        assert en, key
        assert zh.count("{") == en.count("{"), key


def test_help_imports_nothing_heavy() -> None:
    """`snowplan --help` loads none of the libraries that take long."""
    program = (
        "import sys\nfrom snowplan.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY_MODULES!r} if name in sys.modules], file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert ran.stderr.decode().strip() == "[]"
    assert all(name in ran.stdout.decode() for name in COMMANDS)


def test_version() -> None:
    """`--version` names the program and its version."""
    assert snowplan_of("--version").stdout == f"snowplan {snowplan.__version__}\n"


def test_check_tells_what_a_scenario_is() -> None:
    """Sound input: exit 0, the facts of the scenario and each difference old → new."""
    result = snowplan_of(
        "check", "toy_town", "--set", "overrides=cold", "--set", "switches.keep_open=false"
    )
    assert result.exit_code == 0
    assert "snow.air_c: -5 → -12" in result.stdout
    assert "switches.keep_open: true → false" in result.stdout
    assert "4 mm" in result.stdout
    assert result.stderr == ""


@pytest.mark.slow
def test_check_sets_pingcheng_beside_what_is_published() -> None:
    """The m² that machines clear stand beside the bracket and its two foundations; no other map."""
    words = ("4–9", "5.3–5.6", "8.5", "facts published")
    shown = snowplan_of("check", "heavy").stdout
    (line,) = [line for line in shown.splitlines() if "公开数字推得" in line]
    assert all(word in line for word in words)
    english = snowplan_of("check", "heavy", "--lang", "en").stdout
    assert all(word in english for word in words)
    assert "公开数字推得" not in snowplan_of("check", "toy_town").stdout


@pytest.mark.slow
def test_check_names_kinds_and_what_varies_in_words() -> None:
    """Machine kinds and random quantities stand in the language asked for."""
    shown = snowplan_of("check", "heavy").stdout
    assert "滚刷车 60" in shown
    assert "随机因素: 故障" in shown
    assert "roller_brush" not in shown
    assert "roller brush 60" in snowplan_of("check", "heavy", "--lang", "en").stdout


def test_check_as_json() -> None:
    """`--json` prints one object and nothing else."""
    (facts,) = json.loads(snowplan_of("check", "toy_town", "--json").stdout)["scenarios"]
    assert facts["snow"]["mm_we"] == pytest.approx(4)
    kinds = ("loader", "plough", "roller_brush", "spreader")
    assert facts["machines"] == dict.fromkeys(kinds, 1)
    assert facts["inputs"]["seeds/contingency_plan.toml"]


def test_faults_end_in_exit_code_3_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each fault is a branch under one heading on stderr; stdout and the folder stay empty."""
    path = make_study(tmp_path / "s")
    change(path, "total_mm = 4.0", "total_mm = nan\nduratoin_h = 3")
    stand = tmp_path / "stand"
    stand.mkdir()
    monkeypatch.chdir(stand)
    result = snowplan_of("check", str(path))
    assert result.exit_code == 3
    assert result.stdout == ""
    head, first, second = result.stderr.splitlines()
    assert "共 2 处" in head
    assert first.startswith("├─ study.toml 第 7 行，键 snow.total_mm：实际为 nan；应为 有限的数")
    assert second.startswith("└─ study.toml 第 8 行，键 snow.duratoin_h：实际为 'duratoin_h'")
    assert second.endswith("是否指 'duration_h'？")
    assert list(stand.iterdir()) == []


def test_no_traceback_unless_debug_is_asked_for(tmp_path: Path) -> None:
    """`--debug` anywhere on the line shows the traceback, and the exit code stays."""
    path = make_study(tmp_path)
    change(path, "total_mm = 4.0", "total_mm = nan")
    plain = snowplan_of("check", str(path))
    debug = snowplan_of("check", str(path), "--debug")
    assert (plain.exit_code, debug.exit_code) == (3, 3)
    assert "Traceback" not in plain.stderr
    assert "Traceback" in debug.stderr


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (LedgerError("snow: 3 g too many"), 1, "snow: 3 g too many"),
        (UseError("--set x: expected key=value"), 2, "expected key=value"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (ZeroDivisionError("by nought"), 1, "ZeroDivisionError: by nought"),
        (click.UsageError("no such thing"), 2, "no such thing"),
    ],
)
def test_each_way_to_fail_has_its_exit_code(
    failing: list[BaseException], error: BaseException, code: int, words: str
) -> None:
    """One line of words on stderr, no traceback, and the code of DESIGN."""
    failing.append(error)
    result = snowplan_of("--lang", "en", "facts")
    assert result.exit_code == code
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_an_unforeseen_error_says_how_to_see_more(failing: list[BaseException]) -> None:
    """Without --debug the way to it is told, with it the traceback is shown."""
    failing.append(ZeroDivisionError("by nought"))
    assert "--debug" in snowplan_of("facts").stderr
    assert "Traceback" in snowplan_of("--debug", "facts").stderr


def test_a_wrong_command_is_answered_with_the_nearest() -> None:
    """`chek` is answered with `check`, exit code 2."""
    result = snowplan_of("chek")
    assert result.exit_code == 2
    assert "没有命令 chek；是否指 check？" in result.stderr
    assert "应为 demo, check" in snowplan_of("xyz").stderr


def test_a_reader_that_leaves_makes_no_noise() -> None:
    """`snowplan facts --rows | head -1` ends quietly."""
    program = "from snowplan.cli import main; main(['facts', '--rows'])"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for a child process")
def test_interrupted_from_the_keyboard_ends_in_130() -> None:
    """Ctrl-C while a command works: one word and 130."""
    program = (
        "import os, signal, snowplan.inputs.fact_files as files\n"
        "files.read_facts = lambda: os.kill(os.getpid(), signal.SIGINT)\n"
        "from snowplan.cli import main\nmain(['facts', '--lang', 'en'])"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert ran.returncode == 130
    assert ran.stderr.decode().strip() == "interrupted"


def test_an_encoding_without_chinese_shows_stand_ins() -> None:
    """A terminal that knows ASCII only gets `?` for what it lacks, not an error."""
    ran = subprocess.run(
        [sys.executable, "-c", "from snowplan.cli import main; main(['--help'])"],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )
    assert ran.returncode == 0
    assert b"check" in ran.stdout


def test_facts_lists_assumptions_only_when_asked() -> None:
    """`--assumed` leaves rows with tag A alone; the count says so."""
    every = json.loads(snowplan_of("facts", "--json").stdout)["facts"]
    assumed = json.loads(snowplan_of("facts", "--assumed", "--json").stdout)["facts"]
    assert {fact["tag"] for fact in assumed} == {"A"}
    assert assumed == [fact for fact in every if fact["tag"] == "A"]
    assert {"S", "N", "M", "D", "A"} <= {fact["tag"] for fact in every}


def test_facts_of_one_table_show_figures_and_source() -> None:
    """`facts physics` shows the physics alone, each with its figure, tag and source."""
    shown = snowplan_of("facts", "physics").stdout
    assert "[M] bonding: water_share = 0.15" in shown
    assert "← NRC Canada" in shown
    assert "machines.csv" not in shown
    wrong = snowplan_of("facts", "physic")
    assert wrong.exit_code == 2
    assert "expected one of" in wrong.stderr


def test_facts_takes_rows_of_one_source_together_unless_asked() -> None:
    """140 machines are one line; with --rows they are 140."""
    short = snowplan_of("facts", "machines", "--lang", "en").stdout
    long = snowplan_of("facts", "machines", "--rows").stdout
    assert "140 rows of one source" in short
    assert long.count("depot = depot-") == 140


def test_schemas_know_what_files_may_say() -> None:
    """Scenario and plan as JSON Schema that refuses unknown keys; results as tables of columns."""
    scenario = json.loads(snowplan_of("schema", "scenario").stdout)
    assert scenario["additionalProperties"] is False
    assert {"map", "snow", "start", "horizon_h", "name", "title"} == set(scenario["required"])
    plan = json.loads(snowplan_of("schema", "plan").stdout)
    assert {"phrases", "order", "limits", "doses"} <= set(plan["properties"])
    tables = json.loads(snowplan_of("schema", "tables").stdout)["tables"]
    assert {"trucks.csv", "dump_points.csv", "squads.csv", "frontage.csv"} <= set(tables)
    (volume,) = [row for row in tables["trucks.csv"] if row["name"] == "volume_m3"]
    assert volume["unit"] == "m³"
    results = json.loads(snowplan_of("schema", "results").stdout)
    assert "events.parquet" in {table["file"] for table in results["tables"].values()}


def test_schema_without_a_topic_lists_them() -> None:
    """Each topic with the command that shows it; exit code 0."""
    for lang, word in (("zh", "预案文件"), ("en", "plan files")):
        result = snowplan_of("schema", "--lang", lang)
        assert result.exit_code == 0
        assert word in result.stdout
        assert all(f"snowplan schema {x}" in result.stdout for x in ("scenario", "plan", "tables"))


@pytest.mark.slow
@pytest.mark.parametrize("title", ["大雪", "Heavy snow", "heavy SNOW"])
def test_a_shipped_scenario_answers_to_its_titles(title: str) -> None:
    """大雪 is the scenario `heavy`; a title that none has is a fault as before."""
    assert snowplan_of("check", title).stdout.startswith("heavy：无误")
    assert snowplan_of("check", "特大雪").exit_code == 3


def test_help_says_what_may_follow_a_command() -> None:
    """`explain --help` says where `latest` is looked for."""
    assert "./runs" in snowplan_of("explain", "--help").stdout
    assert "newest in ./runs" in snowplan_of("explain", "--help", "--lang", "en").stdout


def test_rows_with_the_same_fault_are_told_together() -> None:
    """Rows 4, 5 and 7 of one column with one fault are one line with all three rows."""
    faults = [Fault("t.csv", f"row {n}", "column zone", "'x'", "a zone") for n in (4, 5, 7)]
    other = Fault("t.csv", "row 8", "column kind", "'y'", "a kind")
    assert [str(fault) for fault in together([*faults, other])] == [
        "t.csv rows 4-5, 7, column zone: found 'x'; expected a zone",
        "t.csv row 8, column kind: found 'y'; expected a kind",
    ]


@pytest.mark.parametrize(
    ("fault", "chinese"),
    [
        (
            Fault("m.csv", "row 18", "column kind", "'plow'", "a machine type", "plough"),
            "m.csv 第 18 行，列 kind：实际为 'plow'；应为 a machine type；是否指 'plough'？",
        ),
        (
            Fault(
                "s.toml", "", "key a.b", "-4", "a number of mm, written without the unit, above 0"
            ),
            "s.toml，键 a.b：实际为 -4；应为 数（mm，不写单位），大于 0",
        ),
        (
            Fault("t.csv", "rows 4-5, 7", "", "nothing", "a number above 0, at most 24"),
            "t.csv 第 4-5, 7 行：实际为 空缺；应为 数，大于 0、不大于 24",
        ),
        (
            Fault(
                "t.csv", "", "", "inf", "a finite number; a number of mm, written without the unit"
            ),
            "t.csv：实际为 inf；应为 有限的数；数（mm，不写单位）",
        ),
    ],
)
def test_faults_follow_the_language(fault: Fault, chinese: str) -> None:
    """Place, found, expected and hint in Chinese; what has no Chinese words stays English."""
    assert fault_text(fault, "en") == str(fault)
    assert fault_text(fault, "zh") == chinese


def test_words_of_faults_carry_over_their_blanks() -> None:
    """Each Chinese text has the blanks of its English one, and Chinese characters."""
    for english, chinese in (*EXPECTED, *FOUND):
        assert set(re.findall(r"{\w+}", english)) == set(re.findall(r"{\w+}", chinese))
        assert re.search("[\u4e00-\u9fff]", chinese)


def test_faults_are_counted_in_words() -> None:
    """One fault is not called faults."""
    assert "wrong input: 1 fault;" in snowplan_of("check", "nosuch", "--lang", "en").stderr
    assert "wrong input: 2 faults;" in snowplan_of("check", "xx", "yy", "--lang", "en").stderr


def test_words_outside_a_command_are_chinese() -> None:
    """Without a command line the language is the default one."""
    assert lang_of() == "zh"
