"""Verdicts, margins and marks of a readiness report, against counts that a pencil can follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from scipy.stats import binomtest

from snowplan.analysis.readiness_given import Evidence, Given, evidence
from snowplan.analysis.readiness_verdicts import margin_at, mark, verdict, verdicts
from snowplan.inputs.readiness_files import load_rules
from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.comparison import Job
from snowplan.model.readiness import TODAY
from snowplan.results.ready_run import ItemTime, ReadyRun
from snowplan.results.replications import Replication

H = 3_600_000
RULES = load_rules()  # probability 0.9, confidence 0.95


def times(*rows: tuple[float, int], limit_h: float = 4.0) -> list[ItemTime]:
    """Runs with (last hour, sections left) under one limit."""
    return [ItemTime(limit_h, last, late, 9) for last, late in rows]


def run_with(
    seed: int,
    stops_ms: int,
    time: ItemTime | None = None,
    kept: Mapping[str, ItemTime] | None = None,
) -> Replication:
    """A run of which little is kept: `haul/main`, or other items."""
    limits = kept if time is None else {"haul/main": time}
    ready = ReadyRun(limits or {}, {}, {}, {}, {}, 0, "heavy", 0.0)
    job = Job(TODAY, "storm", seed)
    return Replication(job, {}, snow_stops_ms=stops_ms, kept=ready.plain())


def evidence_of(runs: Sequence[Replication]) -> Evidence:
    """What verdicts look at, of one scenario."""
    scenarios = {"storm": load_scenario("toy_town")}
    given = Given(RULES, RULES.full, False, scenarios, {}, {}, {}, [], [], {})
    return evidence(given, {run.job: run for run in runs})


def mark_by_words(n: int, met: int, unknown: int) -> str:
    """The table of marks, with SciPy's exact interval."""
    low = binomtest(met, n).proportion_ci(0.95, "exact").low
    high = binomtest(met + unknown, n).proportion_ci(0.95, "exact").high
    if low >= 0.9:
        return "sure"
    if met / n >= 0.9 - 1e-12:
        return "likely"
    if (met + unknown) / n >= 0.9 - 1e-12:
        return "unknown"
    return "open" if high >= 0.9 else "missed"


def test_every_count_has_the_mark_of_the_table() -> None:
    """For 2 and 10 runs and any counts the mark is the one that the manual's table gives."""
    for n in (2, 10):
        for met in range(n + 1):
            for unknown in range(n - met + 1):
                assert mark(n, met, unknown, RULES) == mark_by_words(n, met, unknown), (n, met)


@pytest.mark.parametrize(
    ("met", "wanted"),
    [(36, "sure"), (35, "likely"), (33, "likely"), (32, "open"), (29, "open"), (28, "missed")],
)
def test_marks_of_36_runs(met: int, wanted: str) -> None:
    """0.025^(1/36) = 0.9026 is the low end of 36 of 36; 33 are nine in ten; 28 end at 0.8988."""
    assert mark(36, met, 0, RULES) == wanted


def test_margins_by_nearest_rank() -> None:
    """Of ten margins 0.1 … 1.0 the fifth is the median and the first the worst tenth."""
    rows = times(*((4.0 - tenth / 10, 0) for tenth in range(10, 0, -1)))
    assert margin_at(rows, 0.5) == (0.5, False)
    assert margin_at(rows, 1 - 0.9) == (0.1, False)


def test_runs_with_sections_left_come_first_and_are_bounds() -> None:
    """A run with sections left at hour 3.5 of a limit of 3.0 is worse than one of hour 9."""
    rows = [*times((9.0, 0), (1.0, 0), (2.0, 0), limit_h=3.0), ItemTime(3.0, 3.5, 4, 9)]
    assert margin_at(rows, 0.1) == (-0.5, True)
    assert margin_at(rows, 0.5) == (-6.0, False)


def test_nobody_can_know_beyond_the_horizon() -> None:
    """Sections left at a horizon before the limit: no share, no margin, a mark of its own."""
    row = verdict(times((3.0, 5), (3.0, 2)), RULES)
    assert (row["n"], row["met"], row["unknown"], row["mark"]) == (2, 0, 2, "unknown")
    assert row["share"] is None
    assert row["margin_h"] is None
    assert row["late"] == 3.5


def test_a_verdict_in_figures() -> None:
    """One of four too late: 0.75 with the exact interval of SciPy, margins by rank."""
    row = verdict(times((3.0, 0), (3.5, 0), (3.75, 0), (5.0, 0)), RULES)
    interval = binomtest(3, 4).proportion_ci(0.95, "exact")
    assert (row["n"], row["met"], row["share"]) == (4, 3, 0.75)
    assert (row["low"], row["high"]) == pytest.approx((interval.low, interval.high), abs=0.0005)
    assert (row["margin_h"], row["margin_worst_h"]) == (0.25, -1.0)
    assert row["mark"] == "open"


def test_a_deadline_by_the_clock_is_told_where_most_runs_have_it() -> None:
    """Two of three runs are bound by the clock; the limit told is the middle one."""
    rows: Sequence[ItemTime] = [
        replace(ItemTime(hours, 1.0, 0, 9), by_clock=clock)
        for hours, clock in ((4.0, False), (3.0, True), (2.5, True))
    ]
    row = verdict(rows, RULES)
    assert row["by_clock"] is True
    assert row["limit_h"] == 3.0


def test_snow_beyond_the_horizon_is_not_known() -> None:
    """Of two runs one whose snow outlasts the horizon has no limit: it counts as unknown."""
    seen = [
        run_with(1, 6 * H, ItemTime(4.0, 1.0, 0, 9)),
        run_with(2, 30 * H, ItemTime(None, 24.0, 1, 9)),
    ]
    (row,) = verdicts(evidence_of(seen))["rows"]
    assert (row["n"], row["met"], row["unknown"], row["limit_h"]) == (2, 1, 1, 4.0)
    assert row["mark"] == "unknown"  # whether both met it hangs on the second


def test_what_was_about_nothing_has_no_row() -> None:
    """No windrow stood in any run: nothing had to be hauled, and nothing is said of it."""
    seen = [run_with(1, 6 * H, ItemTime(4.0, -6.0, 0, 0))]
    assert verdicts(evidence_of(seen))["rows"] == []


def test_what_is_missed_outweighs_all() -> None:
    """A scenario's mark is the worst of its items, and every item is counted."""
    kept = {
        "open/main": ItemTime(4.0, 9.0, 0, 9),
        "open/lane": ItemTime(40.0, 24.0, 3, 9),
        "clean/main": ItemTime(12.0, 9.0, 0, 9),
    }
    found = verdicts(evidence_of([run_with(seed, 6 * H, kept=kept) for seed in range(40)]))
    counts = {"sure": 1, "likely": 0, "open": 0, "missed": 1, "unknown": 1}
    assert found["marks"]["storm"] == {"mark": "missed", "counts": counts}
    assert [row["item"] for row in found["rows"]] == ["open/main", "open/lane", "clean/main"]
