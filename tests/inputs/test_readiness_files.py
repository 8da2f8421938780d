"""The figures of the readiness report: read strictly, every fault told at once."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from snowplan.errors import InputError
from snowplan.given import given_path
from snowplan.inputs.readiness_files import load_rules
from snowplan.model.grades import PLAN_GRADES
from snowplan.model.readiness import RELIEFS

TEXT = given_path("seeds/readiness.toml").read_text(encoding="utf-8")


def faults(tmp_path: Path, *changes: tuple[str, str]) -> list[str]:
    """What is found wrong in the given file after these replacements."""
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "readiness.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as told:
        load_rules(path)
    return [str(fault) for fault in told.value.faults]


def test_the_given_figures_are_those_of_the_file() -> None:
    """Probability 0.9, ten reliefs, storms of four grades, 10 t a step: as the file says."""
    rules = load_rules()
    assert (rules.probability, rules.confidence, rules.step_kg) == (0.9, 0.95, 10_000)
    assert tuple(rules.eased) == RELIEFS
    assert tuple(rules.lead_storms) == tuple(grade.key for grade in PLAN_GRADES)
    assert rules.quick.best <= rules.full.best
    assert rules.quick.grades < rules.full.grades


def test_the_grid_goes_from_lowest_to_highest_in_equal_ratios() -> None:
    """0.25 to 8 at about 1.19 are 20 steps of the fourth root of 2: 1 and its powers are on it."""
    search = load_rules().search
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
        ("graders = 3.0", "grader = 3.0"),
        ("step_kg = 10000", "step_kg = 1.5"),
        ('source = "as asked by the centre\'s managers; assumed"\n', ""),
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
