"""Why a comparison asks for no more runs: a selection, a precision, or nothing that could help."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace

import pytest

from snowplan.experiments.compare_folder import report_of
from snowplan.experiments.comparing import jobs_of, run_comparison
from snowplan.model.comparison import Job, Question
from snowplan.reporting.comparison_notes import stop_line
from tests.experiments.played import (
    KEY,
    PAIR,
    SEVEN,
    Kept,
    Played,
    comparison_of,
    failing,
    noisy,
    replications_done,
)


def test_worse_variants_get_no_more_runs() -> None:
    """Seven variants, one best by far more than the indifference: the others leave on the way."""
    means = dict.fromkeys(SEVEN, 120.0) | {"e": 90.0}

    def figure(job: Job) -> float:
        return means[job.variant] + noisy(job, 15) - 100

    comparison = comparison_of(SEVEN, replications=10, cap=400, indifference=8.0)
    compared = run_comparison(comparison, Played(figure), Kept())
    found = report_of(comparison, compared)
    assert compared.stopped == "selected"
    assert found["selection"]["best"] == "e"
    runs = Counter(job.variant for job in compared.replications)
    assert runs["e"] == max(runs.values()) > min(runs.values())
    for row in found["variants"][1:]:  # the baseline runs on
        last = row["out_after"] or replications_done(compared)
        assert runs[row["id"]] == last * len(comparison.storms)
    stages = [set(stage["left"]) for stage in found["selection"]["stages"]]
    assert all(later <= earlier for earlier, later in itertools.pairwise(stages))


@pytest.mark.parametrize(("asked", "cap", "stopped"), [(3.0, 400, "selected"), (0.3, 60, "cap")])
def test_the_one_selected_is_compared_as_narrowly_as_was_asked(
    asked: float, cap: int, stopped: str
) -> None:
    """Six of seven leave at once, the baseline among them; it and the best run on to the asked ±.

    Or to the cap, and then what is missed is named.
    """
    means = dict.fromkeys(SEVEN, 160.0) | {"e": 90.0}

    def figure(job: Job) -> float:
        return means[job.variant] + noisy(job, 15) - 100

    comparison = comparison_of(
        SEVEN, replications=10, cap=cap, half_width=asked, indifference=8.0
    )  # fmt: skip
    compared = run_comparison(comparison, Played(figure), Kept())
    found = report_of(comparison, compared)
    assert (found["stopped"], found["selection"]["best"]) == (stopped, "e")
    runs = {row["id"]: row["n"] for row in found["variants"]}
    assert runs["e"] == runs["today"] > max(runs[name] for name in "bcdfg")
    row = found["differences"]["e"][KEY]
    assert row["n"] == runs["e"]
    assert (row["half_width"] <= asked) == (stopped == "selected")
    assert found["not_reached"] == ([] if stopped == "selected" else [["e", KEY]])
    assert (runs["e"] == cap) == (stopped == "cap")


def test_a_variant_that_never_ends_is_not_tried_for_ever() -> None:
    """All its runs of the first round fail: no further round asks for it; the others go on."""
    comparison = comparison_of((*PAIR, "third"), half_width=0.01, cap=24)
    engine = failing(*(job for job in jobs_of(comparison, range(24)) if job.variant == "other"))
    compared = run_comparison(comparison, engine, Kept())
    assert Counter(job.variant for job in engine.done) == {"today": 48, "third": 48, "other": 24}
    assert compared.stopped == "cap"
    found = report_of(comparison, compared)
    assert found["differences"]["other"][KEY]["verdict"] == "unknown"
    assert found["not_reached"] == [["other", KEY], ["third", KEY]]


def test_a_variant_that_never_ends_is_not_called_known() -> None:
    """The third is known narrowly enough, of the other no run ends: no more runs would help."""
    comparison = comparison_of((*PAIR, "third"), half_width=50.0, cap=24)
    compared = run_comparison(
        comparison,
        failing(*(job for job in jobs_of(comparison, range(24)) if job.variant == "other")),
        Kept(),
    )
    assert (compared.stopped, replications_done(compared)) == ("no_figures", 12)
    found = report_of(comparison, compared)
    assert found["not_reached"] == [["other", KEY]]
    assert "other：积雪影响（没有一次推演完成）" in stop_line(found, "zh")


def test_a_measure_without_figures_is_not_called_known() -> None:
    """No run tells what is asked for: it ends after the first round and says which and why."""
    comparison = comparison_of(PAIR)
    asked = Question((KEY, "response_mean_min"), {"response_mean_min": 1.0})
    comparison = replace(comparison, question=asked)
    compared = run_comparison(comparison, Played(noisy), Kept())
    assert (compared.stopped, replications_done(compared)) == ("no_figures", 12)
    found = report_of(comparison, compared)
    assert found["not_reached"] == [["other", "response_mean_min"]]
    assert "（推演中没有这项数值）" in stop_line(found, "zh")
