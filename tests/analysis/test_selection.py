"""Kim and Nelson's selection against its defining equation and hand-worked stages."""

from __future__ import annotations

import math

import numpy as np
import pytest

from snowplan.analysis.selection import Elimination, Selection, eta, indifference, told, wanted
from snowplan.model.comparison import Comparison, Job, Question
from snowplan.results.replications import Replication
from tests.analysis.synthetic import comparison_of, run, runs_of

KM, MET = "deadhead_km", "met_open/main"


@pytest.mark.parametrize(("variants", "first"), [(2, 10), (5, 36), (20, 12)])
def test_eta_solves_its_equation(variants: int, first: int) -> None:
    """½ (1 + 2η)^(-(n₀ - 1)/2) = α / (k - 1): what Kim and Nelson ask of η for c = 1."""
    found = eta(variants, first, 0.97)
    assert 0.5 * (1 + 2 * found) ** (-(first - 1) / 2) == pytest.approx(0.03 / (variants - 1))


def test_a_stage_by_hand() -> None:
    """Two columns that differ by 1 and 3 in turn: S² = 4/3 with n₀ = 4, mean difference 2.

    α = 0.05: η = ½ (0.1^(-2/3) - 1) = 1.82079, h² = 6 η = 10.9248. With δ = 1 the bound is
    (h² S² - 4) / 8 = 1.3208 < 2: the second is out. With δ = 0.5 it is (29.1328 - 2) / 8 = 3.39.
    """
    figures = np.array([[0.0, 1.0], [0.0, 3.0], [0.0, 1.0], [0.0, 3.0]])
    assert Elimination(1.0, 0.95).stage(figures) == [0]
    assert Elimination(0.5, 0.95).stage(figures) == [0, 1]
    assert eta(2, 4, 0.95) == pytest.approx((0.1 ** (-2 / 3) - 1) / 2)


def test_the_end_is_where_the_bound_is_0() -> None:
    """From n = h² S² / δ² on, the smaller mean is taken, however close the two are."""
    rng = np.random.default_rng(3)
    figures = rng.normal(size=(4000, 2))
    kn = Elimination(0.2, 0.95)
    assert kn.stage(figures[:10]) == [0, 1]
    spread = (figures[:10, 0] - figures[:10, 1]).var(ddof=1)
    end = math.ceil(2 * eta(2, 10, 0.95) * 9 * spread / 0.2**2)
    assert end < 4000
    means = figures[:end].mean(axis=0)
    assert kn.stage(figures[:end]) == [int(np.argmin(means))]


def test_twins_do_not_run_for_ever() -> None:
    """Equal columns have no variance to wait for: the first of them stays."""
    assert Elimination(1.0, 0.95).stage(np.ones((5, 3))) == [0]


def many(better: str, n: int) -> tuple[Comparison, dict[Job, Replication]]:
    """Six variants; variant i has i more than a common draw, with a little noise of its own."""
    key = KM if better == "less" else MET
    names = [f"v{i}" for i in range(6)]
    comparison = comparison_of(names, Question((key,), indifference=0.5))
    rng = np.random.default_rng(5)
    common, own = rng.normal(10, 3, size=(n, 1)), rng.normal(0, 0.3, size=(n, 6))
    figures = common + np.arange(6) + own
    rows = [
        run(name, seed, {key: float(figures[seed, i])})
        for i, name in enumerate(names)
        for seed in range(n)
    ]
    return comparison, runs_of(rows)


@pytest.mark.parametrize(("better", "best"), [("less", "v0"), ("more", "v5")])
def test_the_best_is_the_least_or_the_most(better: str, best: str) -> None:
    """Deadhead is better when less, a limit met when more; the runs of the losers end."""
    comparison, runs = many(better, 12)
    assert wanted(comparison)
    selection = Selection(comparison)
    assert selection.stage(runs, 12) == (best,)
    assert selection.decided
    assert selection.stages == [{"n": 12, "left": [best]}]
    found = told(comparison, selection.stages, {})
    assert (found["best"], found["decided"], found["indifference"]) == (best, True, 0.5)


def test_a_replication_counts_where_all_in_question_have_it() -> None:
    """One failed run takes its replication out; the order of the runs is of no account."""
    comparison, runs = many("less", 12)
    whole = Selection(comparison)
    whole.stage({job: one for job, one in runs.items() if job.run_seed != 4}, 12)
    torn = Selection(comparison)
    del runs[Job("v3", "mild", 4)]
    torn.stage(dict(reversed(runs.items())), 12)
    assert torn.left == whole.left
    empty = Selection(comparison)
    assert len(empty.stage({}, 0)) == 6


def test_what_matters_least() -> None:
    """The stated indifference; else the asked half-width; else one unit of the last decimal."""
    names = ["a", "b"]
    assert indifference(comparison_of(names, Question((KM,), {KM: 4.0}, 2.0))) == 2.0
    assert indifference(comparison_of(names, Question((KM,), {KM: 4.0}))) == 4.0
    assert indifference(comparison_of(names, Question((KM,)))) == 1.0
    assert indifference(comparison_of(names, Question((MET,)))) == 0.01


def test_five_variants_or_a_neutral_measure_are_not_selected_among() -> None:
    """Up to five all run to the end; a share of time is neither better nor worse."""
    assert not wanted(comparison_of([f"v{i}" for i in range(5)], Question((KM,))))
    assert not wanted(comparison_of([f"v{i}" for i in range(6)], Question(("share_work",))))


def test_at_the_cap_the_best_of_those_left_is_named() -> None:
    """Two are left: the one with the smaller mean is named, and that it is not decided."""
    comparison, _ = many("less", 2)
    found = told(comparison, [{"n": 36, "left": ["v1", "v2"]}], {"v1": 3.0, "v2": 2.0, "v0": 0.0})
    assert (found["best"], found["decided"]) == ("v2", False)
