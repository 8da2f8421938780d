"""When replications suffice, by hand."""

from __future__ import annotations

import math

import pytest
from scipy import stats

from snowplan.analysis.enough import Precision, more_needed, precision
from snowplan.analysis.paired import Difference
from snowplan.model.comparison import Comparison, Job, Question
from snowplan.results.replications import Replication
from tests.analysis.synthetic import comparison_of, run, runs_of

KM, FUEL = "deadhead_km", "fuel_l"


def known_to(half_width: float, n: int = 36) -> Difference:
    """A difference with that half-width."""
    return Difference(n, 0.0, -half_width, half_width)


@pytest.mark.parametrize(
    ("half_width", "done", "more"),
    [
        (1.0, 36, 12),  # reached: asked only where it is not
        (1.1, 36, 12),  # 36 · 1.21 = 43.6: 8 more, a whole batch
        (1.3, 36, 36),  # 36 · 1.69 = 60.8: 25 more, three batches
        (3.0, 36, 36),  # 288 more are foretold: as many again and no more
        (1.3, 100, 8),  # 69 more are foretold: only 8 are left to the cap
        (1.3, 108, 0),
    ],
)
def test_the_next_batch(half_width: float, done: int, more: int) -> None:
    """Asked 1.0 with a cap of 108: n grows as the square of what is missing."""
    assert more_needed(known_to(half_width, done), 1.0, done, 108) == more


def test_what_more_runs_cannot_tell_is_not_asked_for() -> None:
    """No pair with a figure: no more; one pair without an interval: a batch."""
    assert more_needed(Difference(0), 1.0, 36, 108) == 0
    assert more_needed(Difference(1, 2.0), 1.0, 36, 108) == 36


def study(half_width: dict[str, float]) -> tuple[Comparison, dict[Job, Replication]]:
    """Base always 0; south by turns 9 and 11; twin as the base to the last event."""
    comparison = comparison_of(
        ["base", "south", "twin"], Question((KM,), half_width), replications=4, cap=40
    )
    rows = []
    for seed in range(4):
        rows.append(run("base", seed, {KM: 0.0}, events_sha256=f"{seed}"))
        rows.append(run("south", seed, {KM: 9.0 + 2 * (seed % 2)}))
        rows.append(run("twin", seed, {KM: 0.0}, events_sha256=f"{seed}"))
    return comparison, runs_of(rows)


def test_the_rule_names_what_is_not_reached() -> None:
    """9, 11, 9, 11: s = 2/√3, half-width t₃ · s / 2 = 1.837; the twin is known exactly."""
    half = float(stats.t.ppf(0.975, 3)) * (2 / math.sqrt(3)) / 2
    for asked, missing in ((half + 1e-6, ()), (half - 1e-6, (("south", KM),))):
        found = precision(*study({KM: asked}), done=4)
        assert (found.done, found.not_reached) == (4, missing)
        assert found.more == (12 if missing else 0)


def test_nothing_asked_is_reached_and_what_nobody_knows_never_is() -> None:
    """Without half-widths there is nothing to reach; a measure without figures asks for no runs."""
    assert precision(*study({}), done=4) == Precision(4, (), 0)
    found = precision(*study({FUEL: 1.0}), done=4)
    assert found.not_reached == (("south", FUEL), ("twin", FUEL))
    assert found.more == 0


def test_variants_left_out_ask_for_nothing() -> None:
    """A selection has dropped the only one that is not known narrowly enough."""
    assert precision(*study({KM: 0.1}), done=4, left_out={"south"}) == Precision(4, (), 0)
