"""The rounds of a comparison: which runs are asked for, and that nothing else decides it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from scipy import stats

from snowplan.errors import RunError
from snowplan.experiments.compare_estimate import Estimate
from snowplan.experiments.compare_folder import report_of
from snowplan.experiments.compare_runs import Watch
from snowplan.experiments.comparing import (
    Compared,
    jobs_of,
    run_comparison,
    run_replications,
    share_of_replications,
)
from snowplan.model.comparison import Comparison, Job
from tests.experiments.played import (
    KEY,
    PAIR,
    SEVEN,
    Kept,
    Played,
    comparison_of,
    failing,
    noise,
    noisy,
    replications_done,
    run_of,
)


def half_width(comparison: Comparison, compared: Compared, confidence: float = 0.95) -> float:
    """Half of Student's interval of the paired difference, by SciPy from the raw figures."""
    weights = {storm.id: storm.weight for storm in comparison.storms}
    seeds = sorted({job.run_seed for job in compared.replications})

    def figures(variant: str) -> list[float]:
        return [
            float(
                np.average(
                    [
                        compared.replications[Job(variant, s, seed)].values[KEY] or 0
                        for s in weights
                    ],
                    weights=list(weights.values()),
                )
            )
            for seed in seeds
        ]

    changes = np.subtract(figures("other"), figures("today"))
    interval = stats.ttest_1samp(changes, 0).confidence_interval(confidence)
    return float(interval.high - interval.low) / 2


def test_a_fixed_number_is_run_and_no_more() -> None:
    """Asked for 12 of two variants under two storms: 48 runs, each once, whatever precision."""
    comparison = comparison_of(PAIR, half_width=1e-6)
    engine = Played(noisy)
    compared = run_comparison(comparison, engine, Kept(), fixed=True)
    assert compared.stopped == "fixed"
    assert sorted(engine.done) == sorted(jobs_of(comparison, range(12)))
    assert set(compared.replications) == set(engine.done)


def test_a_study_that_asks_for_no_precision_is_fixed_too() -> None:
    """Without a half-width and with few variants nothing would end the rounds."""
    compared = run_comparison(comparison_of(PAIR), Played(noisy), Kept())
    assert (compared.stopped, replications_done(compared)) == ("fixed", 12)


@pytest.mark.parametrize("asked", [1.5, 2.5, 3.5])
def test_replications_are_added_until_the_half_width_is_reached(asked: float) -> None:
    """At the end SciPy's half-width is at most the asked one; one round earlier it was not."""
    comparison = comparison_of(PAIR, half_width=asked, cap=200)
    compared = run_comparison(comparison, Played(noisy), Kept())
    assert compared.stopped == "reached"
    assert half_width(comparison, compared) <= asked + 1e-9
    n = replications_done(compared)
    if n > 12:
        before = run_comparison(comparison_of(PAIR, replications=12), Played(noisy), Kept())
        assert half_width(comparison, before) > asked


def test_the_cap_ends_it_and_is_told() -> None:
    """A half-width out of reach: exactly the cap is run, and what is not reached is named."""
    comparison = comparison_of(PAIR, half_width=0.01, cap=31)
    compared = run_comparison(comparison, Played(noisy), Kept())
    assert (compared.stopped, replications_done(compared)) == ("cap", 31)
    assert report_of(comparison, compared)["not_reached"] == [["other", KEY]]


def test_a_copy_of_the_baseline_asks_for_nothing() -> None:
    """Where every run is the same the difference is exactly 0, whatever half-width is asked."""
    comparison = comparison_of(PAIR, half_width=1e-9)
    compared = run_comparison(
        comparison, Played(lambda job: noise(job.storm, job.run_seed)), Kept()
    )
    assert (compared.stopped, replications_done(compared)) == ("reached", 12)
    row = report_of(comparison, compared)["differences"]["other"][KEY]
    assert (row["mean"], row["method"], row["verdict"]) == (0.0, "same", "same")


@pytest.mark.parametrize("variants", [PAIR, SEVEN])
@pytest.mark.parametrize("order", [1, 2, 3])
def test_neither_order_nor_resuming_matters(variants: tuple[str, ...], order: int) -> None:
    """Ends in any order, and any part of the runs stored before: the same report to the byte."""
    comparison = comparison_of(variants, half_width=2.0, indifference=4.0)
    straight = run_comparison(comparison, Played(noisy), Kept())
    some = np.random.default_rng(order).permutation(len(straight.replications))[: 20 * order]
    jobs = sorted(straight.replications)
    kept = Kept({jobs[i]: straight.replications[jobs[i]] for i in some})
    kept.found |= {
        job: run_of(job, noisy) for job in jobs_of(comparison, [47])
    }  # asked for by none
    stored = set(kept.found)
    engine = Played(noisy, workers=3, order=order)
    again = run_comparison(comparison, engine, kept)
    assert not stored & set(engine.done)
    assert report_of(comparison, again) == report_of(comparison, straight)
    assert again.replications == straight.replications


def test_a_failed_run_costs_only_its_pair() -> None:
    """One run of 48 fails: its replication is left out for that variant, all others count."""
    comparison = comparison_of((*PAIR, "third"))
    bad = Job("other", comparison.storms[0].id, comparison.run_seed + 4)
    compared = run_comparison(comparison, failing(bad), Kept())
    assert compared.failed == {bad: "no figure for other"}
    found = report_of(comparison, compared)
    counts = {name: of[KEY]["n"] for name, of in found["differences"].items()}
    assert counts == {"other": 11, "third": 12}
    assert [row["run_seed"] for row in found["failed"]] == [bad.run_seed]


def test_without_a_run_of_the_baseline_there_is_nothing_to_compare() -> None:
    """All runs of the baseline fail: an error that says so, with the first reason."""
    comparison = comparison_of(PAIR)
    engine = failing(*(job for job in jobs_of(comparison, range(12)) if job.variant == "today"))
    with pytest.raises(RunError, match="no run of the baseline today ended: no figure for today"):
        run_comparison(comparison, engine, Kept())


class Heard(Watch):
    """Notes what is told; refuses where asked to."""

    def __init__(self, refuse: bool = False) -> None:
        self.refuse, self.estimates = refuse, list[Estimate]()
        self.counts: list[tuple[int, int]] = []
        self.stored: list[tuple[int, int]] = []

    def found(self, stored: int, asked: int) -> None:
        """Note how many were stored."""
        self.stored.append((stored, asked))

    def estimated(self, found: Estimate) -> None:
        """Note an estimate."""
        self.estimates.append(found)
        if self.refuse:
            raise RunError("too big")

    def reach(self, done: int, asked: int) -> None:
        """Note how far it is."""
        self.counts.append((done, asked))


def test_the_estimate_comes_once_after_a_run_of_each_storm() -> None:
    """Three baseline runs are timed (two of the first storm); the rest is what was counted."""
    comparison = comparison_of(PAIR, half_width=2.0, cap=48)
    heard = Heard()
    engine = Played(noisy)
    run_comparison(comparison, engine, Kept(), processors=2, watch=heard)
    storms = [storm.id for storm in comparison.storms]
    assert [job[:2] for job in engine.done[:3]] == [
        ("today", storms[0]), ("today", storms[0]), ("today", storms[1]),
    ]  # fmt: skip
    (found,) = heard.estimates
    assert (found.runs, found.runs_most) == (12 * 4 - 3, 48 * 4 - 3)
    assert found.run_s == pytest.approx(2.0, abs=0.5)  # and storing, next to nothing
    assert heard.stored == [(0, 48)]
    assert heard.counts[-1][0] == heard.counts[-1][1]


def test_a_refused_study_keeps_what_was_timed() -> None:
    """After the refusal the timed runs are stored and no other was begun."""
    comparison, kept, engine = comparison_of(PAIR), Kept(), Played(noisy)
    with pytest.raises(RunError, match="too big"):
        run_comparison(comparison, engine, kept, watch=Heard(refuse=True))
    assert set(kept.found) == set(engine.done)
    assert len(engine.done) == 3


def test_a_finished_study_is_not_timed_again() -> None:
    """With every run in the store nothing is run, and no estimate is told."""
    comparison, kept = comparison_of(PAIR), Kept()
    run_comparison(comparison, Played(noisy), kept)
    heard, engine = Heard(), Played(noisy)
    run_comparison(comparison, engine, kept, watch=heard)
    assert (engine.done, heard.estimates, heard.stored) == ([], [], [(48, 48)])


@pytest.mark.parametrize("n", [1, 3, 5, 20])
def test_shares_cover_all_replications_once(n: int) -> None:
    """The shares of a study together are its replications, none twice, sizes apart by at most 1."""
    comparison = comparison_of(PAIR, replications=13)
    shares = [share_of_replications(comparison, i, n) for i in range(1, n + 1)]
    assert sorted(number for share in shares for number in share) == list(range(13))
    sizes = [len(share) for share in shares]
    assert max(sizes) - min(sizes) <= 1


def test_shares_together_are_the_whole() -> None:
    """Runs of three shares are the runs of the study, figure by figure."""
    comparison = comparison_of(PAIR)
    found: dict[Job, object] = {}
    for i in (1, 2, 3):
        share: Sequence[int] = share_of_replications(comparison, i, 3)
        found |= run_replications(comparison, share, Played(noisy), Kept()).replications
    assert found == run_comparison(comparison, Played(noisy), Kept(), fixed=True).replications
