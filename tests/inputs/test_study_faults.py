"""Bad studies: every fault at once, with file, line, key, what was found and expected."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from snowplan.cli.drawing import error_text
from snowplan.cli.fault_words import expected_zh
from snowplan.errors import Fault, InputError
from snowplan.given import given_path
from snowplan.inputs.scenario_files import load_scenario
from snowplan.inputs.study_files import load_study
from tests.inputs.studies import change

SOUND = """\
name = "mine"
title = "试验"
base = "toy_town"
baseline = "today"
replications = 4
cap = 9

[question]
decide = ["open_last/all", "exposure"]

[question.half_width]
"open_last/all" = 0.5

[changes]
horizon_h = 20

[[storm]]
id = "mild"
title = "中雪"

[[storm]]
id = "cold"
title = "严寒"
apply = ["cold"]

[[variant]]
id = "today"
title = "现有"

[[variant]]
id = "two"
title = "两处"
close = []

[variant.depots.depot-centre]
bays = 3

[variant.depots.depot-east]
name = "东门"
zone = "east"
lon = 113.014088
lat = 40.0
bays = 2
loading_kg_per_min = 350
product = "nacl"

[variant.changes.switches]
main_first = false
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A sound study, for a test to spoil."""
    path = tmp_path / "mine.toml"
    path.write_text(SOUND, encoding="utf-8")
    return path


def faults_in(path: Path | str) -> tuple[Fault, ...]:
    """The faults that loading ends in; none where the study is sound."""
    try:
        load_study(path)
    except InputError as error:
        return error.faults
    return ()


def test_the_study_that_these_tests_spoil_is_sound(study: Path) -> None:
    """No fault before."""
    assert faults_in(study) == ()


def test_faults_of_all_sorts_are_told_at_once(study: Path) -> None:
    """Schema, names, measures, storm, plan of a variant and depots: nine, each on its line."""
    for old, new in (
        ('title = "试验"', 'titel = "试验"\ntitle = "试验"'),
        ('baseline = "today"', 'baseline = "tody"'),
        ("cap = 9", "cap = 3"),
        ('"exposure"]', '"exposur"]'),
        ('"open_last/all" = 0.5', '"open_last/al" = 0.5'),
        ('apply = ["cold"]', 'apply = ["clod"]'),
        ("close = []", 'close = ["depot-centr"]'),
        ('zone = "east"', 'zone = "eest"'),
        ("main_first = false", "main_frist = false"),
    ):
        change(study, old, new)
    words = [
        ("mine.toml line 2, key titel: found 'titel'", "mean 'title'?"),
        ("mine.toml line 5, key baseline: found 'tody'", "a variant: today, two", "mean 'today'?"),
        ("mine.toml line 7, key cap: found 3", "at least replications, 4"),
        ("mine.toml line 10, key question.decide: found 'exposur'", "mean 'exposure'?"),
        ("mine.toml line 13, key question.half_width.open_last/al", "mean 'open_last/all'?"),
        ("mine.toml line 25, key apply: found 'clod'", "mean 'cold'?"),
        ("mine.toml line 34, key variant.2.close: found 'depot-centr'", "mean 'depot-centre'?"),
        ("mine.toml line 41, key variant.2.depots.depot-east.zone: found 'eest'", "mean 'east'?"),
        ("mine.toml line 49, key switches.main_frist", "mean 'main_first'?"),
    ]
    texts = [str(fault) for fault in faults_in(study)]
    for parts in words:
        assert [text for text in texts if all(part in text for part in parts)], parts
    assert len(texts) == len(words)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('id = "cold"', 'id = "mild"', ["line 22, key storm.2.id", "an id of its own"]),
        ('id = "two"', 'id = "today"', ["line 31, key variant.2.id", "an id of its own"]),
        ('id = "two"', 'id = "t/w"', ["line 31, key variant.2.id", "letters, digits"]),
        ("= 0.5", "= 0", ["line 12, key question.half_width.open_last/all: found 0", "above 0"]),
        ("= 0.5", "= nan", ["line 12", "a finite number"]),
        ("cap = 9", "confidence = 0.9999", ["line 6, key confidence", "0.999 or less"]),
        ("replications = 4", "replications = 1", ["line 5, key replications: found 1", "2 or"]),
        ('"exposure"]', '"open_last/zone:north"]', ["found 'open_last/zone:north'", "toy_town"]),
        ('"exposure"]', '"open_last/all"]', ["key question.decide", "each measure once"]),
        ('"open_last/all" = 0.5', '"exposure/main" = 1', ["line 12", "a measure that decides"]),
        ('apply = ["cold"]', "weight = -1", ["line 24, key storm.2.weight: found -1", "above 0"]),
        ('apply = ["cold"]', "fleet = 3", ["line 24, key storm.2.fleet", "a known key (id, tit"]),
        (
            'apply = ["cold"]',
            "snow = { totl_mm = 4 }",
            ["line 24, key snow.totl_mm", "mean 'total_mm'?"],
        ),
        ('apply = ["cold"]', 'grade = "huge"', ["line 24, key grade: found 'huge'", "light, mod"]),
        (
            'apply = ["cold"]',
            'apply = ["nothing_varies"]',
            ["line 24, key storm.2.apply", "nothing_varies changes all, fail", "weather alone"],
        ),
        (
            'apply = ["cold"]',
            'scenario = "hevy"',
            ["mine.toml line 24, key storm.2.scenario: found 'hevy'", "mean 'heavy'?"],
        ),
        (
            'apply = ["cold"]',
            'scenario = "toy_depots"',
            ["toy_depots.toml: found 'a study'", "a scenario; a study is for"],
        ),
        ('base = "toy_town"', 'base = "toy_twn"', ["line 3, key base", "mean 'toy_town'?"]),
        ('base = "toy_town"', "base = 3", ["line 3, key base: found 3", "or its keys"]),
        ("horizon_h = 20", "horizon_h = -1", ["line 15, key horizon_h: found -1", "above 0"]),
        ("horizon_h = 20", 'name = "x"', ["line 15, key changes.name", "the study's own"]),
        ("close = []", 'close = ["depot-centre"]', ["line 35", "either closed or changed"]),
        ("lat = 40.0\n", "", ["line 38, key variant.2.depots.depot-east", "a new one also lat"]),
        ("lat = 40.0", "lat = 40.5", ["line 38", "depot-east at 113.014, 40.5, 55", "within 2 km"]),
        ("bays = 2", "bays = 2.5", ["line 43, key variant.2.depots.depot-east.bays", "a whole"]),
        ("bays = 2", "bay = 2", ["line 43", "mean 'bays'?"]),
        ("depot-east]", '"东 门"]', ["line 38", "letters, digits, _, - and + only"]),
        ('"nacl"', '"salt"', ["line 45", "found 'salt'", "a de-icer: mgcl2, nacl"]),
        ("close = []", "shift_m = { north = 9000 }", ["line 33", "depot-centre at", "within 2 km"]),
        (
            "[variant.changes.switches]\nmain_first = false",
            "[variant.changes.snow]\ntotal_mm = 9",
            ["line 47, key variant.2.changes.snow", "all variants meet the same storms"],
        ),
        (
            "[variant.changes.switches]\nmain_first = false",
            '[variant.changes]\napply = ["cold"]',
            ["line 47, key variant.2.changes: found 'other weather'", "the same weather"],
        ),
        ('title = "两处"', "title = ", ["line 32", "valid TOML"]),
    ],
)
def test_one_fault_in_a_study(study: Path, old: str, new: str, words: list[str]) -> None:
    """One wrong key or value is told once, on its line, in these words."""
    change(study, old, new)
    texts = [str(fault) for fault in faults_in(study)]
    assert len(texts) == 1
    assert [word for word in words if word not in texts[0]] == [], texts


def test_one_variant_is_no_comparison(study: Path) -> None:
    """A slip in the head of the first variant: the head, and that too few are left."""
    change(study, "[[variant]]", "[[variants]]")
    slip, few = sorted(str(fault) for fault in faults_in(study))
    assert few == (
        "mine.toml line 30, key variant: found 'a list of 1'; expected a list of 2 or more"
    )
    assert slip.startswith("mine.toml line 26, key variants: found 'variants'")
    assert "mean 'variant'?" in slip


def test_a_variant_with_no_depot_left_is_refused(study: Path) -> None:
    """The town's only depot is closed and none is new."""
    text = SOUND[: SOUND.index("close = []")] + 'close = ["depot-centre"]\n'
    study.write_text(text, encoding="utf-8")
    (fault,) = faults_in(study)
    assert str(fault) == (
        "mine.toml line 33, key variant.2.close: found 'no depot left'; expected at least one depot"
    )


def test_faults_in_the_tables_of_a_variant_are_told(study: Path, tmp_path: Path) -> None:
    """A variant may have tables of its own; what is wrong in them is told with file and row."""
    tables = tmp_path / "tables"
    tables.mkdir()
    given = given_path("scenarios/toy_town/depots.csv").read_text(encoding="utf-8")
    (tables / "depots.csv").write_text(given.replace(",1,350,", ",1,35o,"), encoding="utf-8")
    change(
        study, "[variant.changes.switches]", '[variant.changes.seeds]\ndepots = "tables/depots.csv"'
    )
    change(study, "main_first = false", "")
    texts = [str(fault) for fault in faults_in(study)]
    assert [text for text in texts if text.startswith("tables/depots.csv row 2, column loading")]


def test_a_study_is_no_scenario_and_a_scenario_no_study(study: Path, tmp_path: Path) -> None:
    """Each is told for what it is, by path and by name."""
    with pytest.raises(InputError, match="found 'a study'; expected a scenario; a study is for"):
        load_scenario(study)
    with pytest.raises(InputError, match="found 'a study'"):
        load_scenario("depot_placement")
    (fault,) = faults_in("heavy")
    assert str(fault) == (
        "scenarios/heavy.toml: found 'a scenario'; "
        "expected a study; a scenario is for `snowplan run`"
    )
    path = tmp_path / "s.toml"
    path.write_text('extends = "heavy"\nname = "s"\n', encoding="utf-8")
    assert "found 'a scenario'" in str(faults_in(path)[0])


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    """A slip of the pen in the name of a shipped study."""
    (fault,) = faults_in("depot_placment")
    assert fault.hint == "depot_placement"
    assert "a study file or the name of one" in fault.expected


def test_faults_are_told_in_chinese_too(study: Path) -> None:
    """What was expected of a study reads in Chinese."""
    change(study, "cap = 9", "cap = 3")
    change(study, '"exposure"]', '"exposur"]')
    texts = [expected_zh(fault.expected) for fault in faults_in(study)]
    assert texts == ["不小于 replications（4）", "路网 toy_town 上的指标（docs/comparing.md）"]


VALUES = ("3", "-1", '"x"', "[]", "[1]", "{}", "true", "nan", "[{}]", "1e9", "2026-01-01", '"全"')


def spoiled(number: int) -> str:
    """The sound study with a few letters, lines or values that are wrong, drawn by number."""
    chance = random.Random(number)
    letters, lines = list(SOUND), SOUND.splitlines()
    for _ in range(chance.randint(1, 3)):
        if number % 4 == 0:
            letters[chance.randrange(len(letters))] = chance.choice('[]"=.x1- \n{}')
        elif number % 4 == 1:
            del lines[chance.randrange(len(lines))]
        elif number % 4 == 2:
            n = chance.randrange(len(lines))
            key, equals, _ = lines[n].partition("=")
            lines[n] = f"{key}= {chance.choice(VALUES)}" if equals else lines[n]
        else:
            a, b = (chance.randrange(len(lines)) for _ in range(2))
            lines[a], lines[b] = lines[b], lines[a]
    return "".join(letters) if number % 4 == 0 else "\n".join(lines)


@pytest.mark.parametrize("number", range(24))
def test_whatever_is_wrong_is_told_as_a_fault(study: Path, number: int) -> None:
    """A spoiled study loads or is refused with faults that name a file; nothing else is raised."""
    study.write_text(spoiled(number), encoding="utf-8")
    for fault in faults_in(study):
        assert fault.file
        assert fault.expected


@pytest.mark.parametrize(
    ("old", "new", "rest"),
    [
        ('base = "toy_town"', "base = 3", True),
        ('title = "两处"', "title = ", True),
        ('apply = ["cold"]', "weight = -1", True),
        ('apply = ["cold"]', 'grade = "huge"', True),
        ('zone = "east"', 'zone = "eest"', False),
        ("cap = 9", "cap = 3", False),
    ],
)
def test_faults_that_hide_others_say_so(study: Path, old: str, new: str, rest: bool) -> None:
    """A wrong base, row or storm leaves things unchecked; a wrong zone or cap hides nothing."""
    change(study, old, new)
    with pytest.raises(InputError) as refused:
        load_study(study)
    assert refused.value.rest is rest
    told = error_text(refused.value, "zh").splitlines()
    assert ("改好后再查其余" in told[-1]) is rest
