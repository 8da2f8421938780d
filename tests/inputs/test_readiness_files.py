"""The figures of the readiness report: read strictly, every fault told at once."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from snowplan.errors import InputError
from snowplan.inputs.readiness_files import load_rules
from snowplan.model.grades import PLAN_GRADES
from snowplan.model.readiness import RELIEFS, Effort

BESIDE = 'source = "guess"\ntag = "A"\n'
TEXT = f"""
[asked]
probability = 0.9
confidence = 0.95
{BESIDE}
[search]
lowest = 0.25
highest = 8.0
ratio = 1.19
coarse = [0.5, 1.0, 2.0, 4.0]
{BESIDE}
[effort.full]
grades = 36
envelope = 6
relief = 1
marginal = 2
marginal_most = 6
best = 8
{BESIDE}
[effort.quick]
grades = 2
envelope = 1
relief = 0
marginal = 1
marginal_most = 1
best = 0
{BESIDE}
[indicative]
below = 12
{BESIDE}
[eased]
{chr(10).join(f"{name} = {k + 2}.5" for k, name in enumerate(RELIEFS))}
{BESIDE}
[relief]
least_gain_h = 0.5
least_gain_share = 0.1
{BESIDE}
[reorder.lead_storms]
light = 2
moderate = 1
heavy = 1.5
blizzard = 0
{BESIDE}
[more]
step_kg = 10000
worst_streets = 20
source = "asked for"
tag = "A"
"""


def written(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    """A file of figures with these replacements."""
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "readiness.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(tmp_path: Path, *changes: tuple[str, str]) -> list[str]:
    """What is found wrong after these replacements."""
    with pytest.raises(InputError) as told:
        load_rules(written(tmp_path, *changes))
    return [str(fault) for fault in told.value.faults]


def test_the_given_figures_are_read() -> None:
    """What is shipped has ten reliefs, storms of four grades, and less effort when quick."""
    rules = load_rules()
    assert tuple(rules.eased) == RELIEFS
    assert tuple(rules.lead_storms) == tuple(grade.key for grade in PLAN_GRADES)
    assert rules.quick.best <= rules.full.best
    assert rules.quick.grades < rules.full.grades


def test_figures_are_those_of_the_file(tmp_path: Path) -> None:
    """Each figure is found where it was written."""
    rules = load_rules(written(tmp_path))
    assert (rules.probability, rules.confidence, rules.source) == (0.9, 0.95, "guess")
    assert rules.eased == {name: k + 2.5 for k, name in enumerate(RELIEFS)}
    assert rules.lead_storms == {"light": 2.0, "moderate": 1.0, "heavy": 1.5, "blizzard": 0.0}
    assert (rules.step_kg, rules.worst_streets) == (10_000, 20)
    assert (rules.indicative_below, rules.least_gain_h, rules.least_gain_share) == (12, 0.5, 0.1)
    assert rules.full == Effort(36, 6, 1, 2, 6, 8)
    assert rules.quick == Effort(2, 1, 0, 1, 1, 0)


def test_the_grid_goes_from_lowest_to_highest_in_equal_ratios(tmp_path: Path) -> None:
    """0.25 to 8 at about 1.19 are 20 steps of the fourth root of 2: 1 and its powers are on it."""
    search = load_rules(written(tmp_path)).search
    assert (search.factors[0], search.factors[-1], len(search.factors)) == (0.25, 8.0, 21)
    assert {0.5, 1.0, 1.19, 1.41, 2.0, 4.0} <= set(search.factors)
    assert all(high / low == pytest.approx(2**0.25, rel=0.01)
               for low, high in pairwise(search.factors))  # fmt: skip
    assert [search.factors[k] for k in search.coarse] == [0.5, 1.0, 2.0, 4.0]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """A wrong level, an unknown relief, a missing source and a fractional count: four faults."""
    found = faults(
        tmp_path,
        ("probability = 0.9", "probability = 1.9"),
        ("graders = 7.5", "grader = 7.5"),
        ("step_kg = 10000", "step_kg = 1.5"),
        ('source = "asked for"\n', ""),
    )
    text = "\n".join(found)
    assert len(found) == 5  # the relief is unknown, and the known one is missing
    for word in ("asked.probability", "eased.grader", "eased.graders", "more.step_kg",
                 "more.source"):  # fmt: skip
        assert word in text
    assert "line " in text


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("highest = 8.0", "highest = 0.26", "lowest times ratio, 0.2975, or more"),
        ("[0.5, 1.0, 2.0, 4.0]", "[1.0, 0.5]", "rising from lowest to highest"),
        ("[0.5, 1.0, 2.0, 4.0]", "[1.0, 1.01]", "rising from lowest to highest"),
        ("[0.5, 1.0, 2.0, 4.0]", "[0.1, 1.0]", "rising from lowest to highest"),
        ("marginal_most = 6", "marginal_most = 1", "as many as marginal, 2, or more"),
        ("probability = 0.9", "probability = ", "Invalid value"),
    ],
)
def test_figures_that_do_not_fit_are_refused(tmp_path: Path, old: str, new: str, word: str) -> None:
    """Each fault says what was expected, and where."""
    (found,) = faults(tmp_path, (old, new))
    assert word in found
    assert "readiness.toml line " in found


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """No file, one fault."""
    with pytest.raises(InputError, match=r"readiness\.toml"):
        load_rules(tmp_path / "readiness.toml")
