"""Paired differences, Holm's correction and verdicts against hand calculations."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from snowplan.analysis.paired import Difference, difference, holm, verdict
from snowplan.analysis.replication_figures import Sample, keys_of, sample
from snowplan.model.comparison import Question
from snowplan.model.measures import MeasureInfo
from tests.analysis.synthetic import Values, comparison_of, run, runs_of

KM, LAST = "deadhead_km", "open_last/main"
HOURS = MeasureInfo("h", 2, "less")


def samples(base: list[Values], other: list[Values], **more: object) -> tuple[Sample, Sample]:
    """The two samples of a comparison of two variants under one storm, seeds from 1."""
    comparison = comparison_of(["base", "south"], Question((KM,)))
    rows = [run("base", seed, values, **more) for seed, values in enumerate(base, 1)]
    rows += [run("south", seed, values, **more) for seed, values in enumerate(other, 1)]
    runs = runs_of(rows)
    keys = keys_of(comparison, runs)
    first, second = (sample(comparison, runs, name, keys) for name in ("base", "south"))
    return first, second


def test_pairs_are_told_apart_one_by_one() -> None:
    """10, 20, 30, 40 against 11, 22, 33, 44: differences 1, 2, 3, 4 with Student's interval."""
    pair = samples([{KM: 10.0 * i} for i in range(1, 5)], [{KM: 11.0 * i} for i in range(1, 5)])
    found = difference(*pair, 0.95)[KM]
    assert (found.n, found.mean, found.method, found.baseline_mean) == (4, 2.5, "t", 25.0)
    assert found.low == pytest.approx(2.5 - 2.05426, abs=1e-5)
    assert found.half_width == pytest.approx(2.05426, abs=1e-5)


def test_storms_count_by_their_weights() -> None:
    """Mild 10 with weight 3 and cold 50 with weight 1: (30 + 50) ÷ 4 = 20; without one, no row."""
    comparison = comparison_of(["base"], Question((KM,)), weights={"mild": 3.0, "cold": 1.0})
    runs = runs_of(
        [
            run("base", 1, {KM: 10.0, LAST: 2.0}),
            run("base", 1, {KM: 50.0, LAST: None}, "cold"),
            run("base", 2, {KM: 10.0}),
        ]
    )
    found = sample(comparison, runs, "base")
    assert found.keys == (LAST, KM)  # in the order of the table of measures
    assert (found.seeds, found.column(KM).tolist()) == ((1,), [20.0])
    assert np.isnan(found.column(LAST)).all()  # one storm knows none


def test_runs_that_end_before_their_limit_leave_a_share_unclear() -> None:
    """Base always in time; south missed it in 30 of 40, or in 20 and nobody knows of the rest.

    Of 40 pairs the difference is told; of 30 it would be too, but the 10 left out are the late
    ones. The same where the limit is that of a zone, and where nothing at all is known.
    """
    for subject in ("main", "main@south"):
        met, limit = f"met_open/{subject}", {"limit_open/main": 4.0}
        base: list[Values] = [{met: 1.0, **limit}] * 40
        for missed, unknown, verdict_told in (
            (30, 0, "worse"), (20, 10, "unclear"), (0, 40, "unclear"),
        ):  # fmt: skip
            values = [0.0] * missed + [None] * unknown + [1.0] * (40 - missed - unknown)
            found = difference(*samples(base, [{met: value, **limit} for value in values]), 0.95)
            one = found[met]
            assert (one.n, one.unknown) == (40 - unknown, unknown)
            assert verdict(one, one.p, MeasureInfo("share", 2, "more"), None, 0.95) == verdict_told
    none = difference(*samples([{met: 1.0}] * 4, [{met: None}] * 4), 0.95)[met]  # without a limit
    assert (none.n, none.unknown) == (0, 0)
    assert verdict(none, None, MeasureInfo("share", 2, "more"), None, 0.95) == "unknown"


def test_only_replications_that_both_have_are_paired() -> None:
    """Of seeds 1–3 and 1, 3 with a figure missing in 3: seed 1 alone is a pair for that measure."""
    comparison = comparison_of(["base", "south"], Question((KM,)))
    runs = runs_of(
        [
            *(run("base", seed, {KM: 1.0 * seed, LAST: 5.0}) for seed in (1, 2, 3)),
            run("south", 1, {KM: 4.0, LAST: 6.0}),
            run("south", 3, {KM: 4.0, LAST: None}),
        ]
    )
    keys = keys_of(comparison, runs)
    found = difference(
        sample(comparison, runs, "base", keys), sample(comparison, runs, "south", keys), 0.95
    )
    assert (found[KM].n, found[KM].mean) == (2, 2.0)  # 4 - 1 and 4 - 3
    assert (found[LAST].n, found[LAST].mean, found[LAST].low) == (1, 1.0, None)


def test_runs_that_did_the_same_differ_by_exactly_0() -> None:
    """Equal digests: 0 and no interval; equal figures of runs that did something else: 0 to 0."""
    values: list[Values] = [{KM: 0.1 * i} for i in range(5)]
    same = difference(*samples(values, values, events_sha256="e"), 0.95)[KM]
    assert (same.method, same.mean, same.low, same.p) == ("same", 0.0, None, None)
    alike = difference(*samples(values, values), 0.95)[KM]
    assert (alike.method, alike.mean, alike.low, alike.high, alike.p) == ("t", 0.0, 0.0, 0.0, 1.0)
    untold = difference(*samples(values, values, events_sha256=""), 0.95)[KM]
    assert untold.method == "t"  # a run without a digest proves nothing


def test_a_time_that_is_the_horizon_in_both_runs_is_counted() -> None:
    """The toy town ends at its horizon h; snow stops at 0: of h and h, h and 5, 5 and 5 one pair.

    Sections left that do not decide the figure (5 h with one left) do not count.
    """
    comparison = comparison_of(["base", "south"], Question((LAST,)))
    end = comparison.scenarios["base", "mild"].study.horizon_ms / 3_600_000
    late = {LAST: 1}
    rows = [
        run(name, seed, {LAST: value}, late=late if left else {}, snow_stops_ms=0)
        for seed, (name, value, left) in enumerate(
            [("base", end, 1), ("base", end, 1), ("base", 5.0, 1)], 1
        )
    ]
    rows += [
        run("south", seed, {LAST: value}, late=late, snow_stops_ms=0)
        for seed, value in enumerate([end, 5.0, 5.0], 1)
    ]
    runs = runs_of(rows)
    pair = [sample(comparison, runs, name, [LAST]) for name in ("base", "south")]
    found = difference(pair[0], pair[1], 0.95)[LAST]
    assert (found.ended, found.late_baseline, found.late) == (1, 3, 3)


def test_holm_by_hand() -> None:
    """0.005·4, 0.01·3, 0.03·2, 0.04·1, and never below one before: 0.02, 0.03, 0.06, 0.06."""
    found = holm({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005})
    assert found == pytest.approx({"a": 0.03, "b": 0.06, "c": 0.06, "d": 0.02})
    assert holm({}) == {}


@pytest.mark.parametrize("seed", range(3))
def test_holm_is_the_closed_test(seed: int) -> None:
    """Largest Bonferroni value, size · least p, over all sets of hypotheses that hold this one."""
    p = dict(enumerate(np.random.default_rng(seed).uniform(0, 0.3, size=6)))
    sets = [one for size in range(1, 7) for one in combinations(p, size)]
    for key, corrected in holm(p).items():
        closed = max(len(one) * min(p[k] for k in one) for one in sets if key in one)
        assert corrected == pytest.approx(min(1.0, closed))


@pytest.mark.parametrize(
    ("ends", "p", "better", "asked", "ended", "told"),
    [
        ((-1.0, -0.2), 0.01, "less", None, 0, "better"),
        ((-1.0, -0.2), 0.01, "more", None, 0, "worse"),
        ((0.2, 1.0), 0.01, "less", None, 0, "worse"),
        ((0.2, 1.0), 0.01, "", None, 0, "more"),
        ((-1.0, -0.2), 0.01, "", None, 0, "less"),
        ((0.2, 1.0), 0.06, "less", None, 0, "unclear"),  # after correction
        ((0.2, 1.0), 0.06, "less", 0.5, 0, "unclear"),  # narrow, but 0 is left out
        ((-0.2, 0.3), 0.6, "less", 0.25, 0, "no_difference"),
        ((-0.2, 0.3), 0.6, "less", 0.24, 0, "unclear"),
        ((-0.2, 0.3), 0.6, "less", 0.25, 1, "unclear"),  # cut off by the horizon
        ((0.001, 0.004), 0.001, "less", None, 0, "no_difference"),  # 0.00 to 0.00 at two decimals
    ],
)
def test_verdicts(
    ends: tuple[float, float],
    p: float,
    better: str,
    asked: float | None,
    ended: int,
    told: str,
) -> None:
    """Told apart at the corrected p; else no difference only as narrowly as asked."""
    found = Difference(36, sum(ends) / 2, *ends, p=p, ended=ended)
    assert verdict(found, p, HOURS._replace(better=better), asked, 0.95) == told


def test_verdicts_without_an_interval() -> None:
    """One pair is unclear, none unknown, and exactly the same is the same."""
    assert verdict(Difference(1, 2.0), None, HOURS, None, 0.95) == "unclear"
    assert verdict(Difference(0), None, HOURS, None, 0.95) == "unknown"
    assert verdict(Difference(9, 0.0, method="same"), None, HOURS, None, 0.95) == "same"


@pytest.mark.parametrize(("n", "told"), [(2, "unclear"), (9, "unclear"), (10, "no_difference")])
def test_the_same_figures_in_a_few_runs_prove_nothing(n: int, told: str) -> None:
    """All pairs differ by 0 though not every event is the same: no difference from ten pairs on."""
    found = Difference(n, 0.0, 0.0, 0.0, p=1.0)
    assert verdict(found, 1.0, HOURS, 0.25, 0.95) == told
