"""What one more buys, from runs whose figures are made up and worked by hand."""

from __future__ import annotations

import math
import os

import numpy as np
from scipy.stats import ttest_1samp, ttest_rel

from snowplan.analysis.marginal import (
    best_of,
    best_row,
    changed_by,
    marginal_rows,
    tightest_of,
)
from snowplan.inputs.readiness_files import load_rules
from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.readiness import TODAY
from tests.analysis.envelope_cases import job, run

RULES = load_rules()
REPORTS = int(os.environ.get("SNOWPLAN_COVERAGE", "4000")) // 40
TOWN = load_scenario("toy_town")
BEFORE = {"open": (2.0, 2.5, 2.1), "clean": (5.0, 5.5, 6.5)}
AFTER = {"open": (1.5, 2.4, 1.7), "clean": (4.9, 5.6, 6.0)}


def runs_of(variant: str, hours: dict, digest: str = "", last_h: float = 3.0) -> dict:
    """Three runs of a variant with these means; the last of the limit comes at `last_h`."""
    jobs = [job(variant, "toy_town", None, 1 + k) for k in range(3)]
    lasts = {"open/main": (4.0, last_h, 0), "side/pavement": (1.0, 9.0, 0)}
    return {
        one: run(one, lasts, {name: values[k] for name, values in hours.items()}, digest)
        for k, one in enumerate(jobs)
    }


def test_gains_are_paired_and_their_intervals_students() -> None:
    """By scipy's paired t on the same figures, in minutes; hauling has no figure here."""
    runs = runs_of(TODAY, BEFORE) | runs_of("more:plough@centre", AFTER, last_h=2.5)
    (row,) = marginal_rows(TOWN, runs, RULES, "open/main", 3)
    for name in ("open", "clean"):
        told = ttest_rel(BEFORE[name], AFTER[name]).confidence_interval(RULES.confidence)
        assert math.isclose(row[f"{name}_low"], told.low * 60, abs_tol=1e-6)
        assert math.isclose(row[f"{name}_high"], told.high * 60, abs_tol=1e-6)
    assert math.isclose(row["open_min"], 20.0)
    assert math.isclose(row["clean_min"], 10.0)
    assert math.isclose(row["sum_min"], 30.0)
    assert math.isclose(row["tightest_min"], 30.0)
    assert row["haul_min"] is row["haul_low"] is None
    assert (row["n"], row["rank"], row["same"]) == (3, 1, False)
    assert row["what_zh"] == "推雪车一台"


def test_the_same_events_are_a_gain_of_exactly_nothing() -> None:
    """Equal digests in every pair: 0 in every figure, and said so; it ranks after what gains."""
    runs = runs_of(TODAY, BEFORE, "x") | runs_of("more:stock@centre", BEFORE, "x")
    runs |= runs_of("more:spreader@centre", AFTER, "y")
    first, last = marginal_rows(TOWN, runs, RULES, "open/main", 3)
    assert (first["more"], last["more"]) == ("spreader", "stock")
    assert last["same"] is True
    assert {
        last[f"{name}_{end}"] for name in ("open", "sum") for end in ("min", "low", "high")
    } == {0}
    assert last["what_en"] == "10 t of de-icer"


def test_a_run_without_its_pair_does_not_count() -> None:
    """One pair of three: a figure, and no interval. The town's two trucks are its most numerous."""
    more = runs_of("more:crew@centre", AFTER)
    before = dict([next(iter(runs_of(TODAY, BEFORE).items()))])
    (row,) = marginal_rows(TOWN, before | more, RULES, None, 3)
    assert (row["n"], row["open_min"], row["open_low"]) == (1, 30.0, None)
    assert row["tightest_min"] is None
    assert (row["kind"], row["what_zh"]) == ("truck", "运雪车班组一个")


def test_the_best_of_the_first_round_go_on() -> None:
    """The largest sums in the first pairs, of equal ones the first by id; nothing that is alike."""
    runs = runs_of(TODAY, BEFORE, "x") | runs_of("more:truck@west", AFTER)
    runs |= runs_of("more:plough@east", BEFORE) | runs_of("more:crew@east", BEFORE)
    runs |= runs_of("more:stock@east", BEFORE, "x")
    everything = ("more:truck@west", "more:crew@east", "more:plough@east")
    assert best_of(runs, "toy_town", 2, 4) == everything[:2]
    assert best_of(runs, "toy_town", 9, 4) == everything
    assert changed_by(runs, "toy_town") == tuple(sorted(everything))
    late = {one: found for one, found in runs.items() if one.run_seed > 1 or one.variant == TODAY}
    assert best_of(late, "toy_town", 9, 2) == ()


def gains(variant: str, *minutes: float) -> dict:
    """Runs of a variant that open so many minutes sooner than ten hours, from run seed 1 on."""
    jobs = [job(variant, "toy_town", None, 1 + k) for k in range(len(minutes))]
    return {
        one: run(one, {}, {"open": 10 - gained / 60}, f"{variant}{gained}")
        for one, gained in zip(jobs, minutes, strict=True)
    }


def test_fresh_pairs_alone_judge_what_others_picked() -> None:
    """A lucky first pair of 90 min counts for nothing; by scipy's interval at 1 - 0.05/2."""
    runs = gains(TODAY, 0, 0, 0, 0) | gains("more:truck@west", 90, 4, 5, 6)
    runs |= gains("more:plough@east", 50, 1, -1, 0) | gains("more:crew@east", 99)
    rows = marginal_rows(TOWN, runs, RULES, None, 1)
    truck, plough, crew = rows
    assert [(row["n"], row["judged"]) for row in rows] == [(3, True), (3, True), (1, False)]
    told = ttest_1samp([4, 5, 6], 0).confidence_interval(1 - (1 - RULES.confidence) / 2)
    assert math.isclose(truck["sum_low"], told.low, abs_tol=1e-6)
    assert math.isclose(truck["sum_high"], told.high, abs_tol=1e-6)
    assert (round(truck["sum_min"], 6), crew["sum_min"], crew["rank"]) == (5.0, 99.0, 3)
    assert best_row(rows) == {"more": "truck", "zone": "west"}
    assert best_row([plough, crew]) is None


def test_without_any_effect_a_best_is_seldom_named() -> None:
    """Twenty things that change nothing but luck: a best is named in at most 5 % of reports."""
    draw, named = np.random.default_rng(7), 0
    for _ in range(REPORTS):
        runs = gains(TODAY, *draw.normal(0, 5, 6))
        for k in range(20):
            runs |= gains(f"more:plough@z{k:02}", *draw.normal(0, 5, 6))
        best = best_of(runs, "toy_town", 4, 2)
        runs = {o: f for o, f in runs.items() if o.run_seed == 1 or o.variant in (*best, TODAY)}
        named += best_row(marginal_rows(TOWN, runs, RULES, None, 1)) is not None
    assert named <= 0.05 * REPORTS + 2 * math.sqrt(0.05 * 0.95 * REPORTS)


def test_the_tightest_limit_is_one_that_machines_work_for_and_that_can_be_timed() -> None:
    """Pavements are hands' work; a limit with sections left at the horizon has no hour."""
    runs = runs_of(TODAY, BEFORE)
    assert tightest_of(runs, "toy_town") == "open/main"
    of = job(TODAY, "toy_town", None, 1)
    limits = {"open/main": (4.0, 3.0, 0), "clean/lane": (4.0, 9.0, 2), "haul/main": (8.0, 7.5, 0)}
    assert tightest_of({of: run(of, limits)}, "toy_town") == "haul/main"
    assert tightest_of({}, "toy_town") is None
