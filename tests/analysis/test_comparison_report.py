"""The report of a comparison: hand-made runs, and the toy study run for a few replications."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import numpy as np
import pytest

from snowplan.analysis.comparison_report import report
from snowplan.experiments.replicating import build_city, replicate
from snowplan.inputs.study_files import load_study
from snowplan.model.comparison import Comparison, Job, Question
from snowplan.results.replications import Replication, digest_of_replications
from tests.analysis.synthetic import comparison_of, run, runs_of

KM, FUEL, WAIT = "deadhead_km", "fuel_l", "loading_wait_h"
Runs = dict[Job, Replication]


def told(comparison: Comparison, runs: Runs, **more: Any) -> dict[str, Any]:
    """The report of these runs."""
    given = {"stopped": "fixed", "schematic": False, "sections": ["a", "b"], "varied": []}
    return report(comparison, runs, **(given | more))


@cache
def toy() -> tuple[Comparison, Runs]:
    """The toy study, two replications of each variant and storm."""
    comparison = load_study("toy_depots")
    city = build_city(comparison)
    jobs = [job for number in range(2) for job in comparison.jobs(number)]
    return comparison, {job: replicate(city, job) for job in jobs}


def test_the_toy_study_told() -> None:
    """Every part is there, as plain JSON; a variant that is the baseline again differs by 0."""
    comparison, runs = toy()
    found = told(comparison, runs)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    again = found["differences"]["granary_again"]
    assert {row["verdict"] for row in again.values()} <= {"same", "unknown"}
    assert {row["mean"] for row in again.values()} <= {0.0, None}
    assert found["digest"] == digest_of_replications(runs)
    assert found["replications"] == 2
    assert set(found["curves"]) == {storm.id for storm in comparison.storms}
    assert all(limit["indicative"] for limit in found["limits"])


def test_the_order_of_the_runs_is_of_no_account() -> None:
    """Backwards, and read back from what was stored, the same report to the byte."""
    comparison, runs = toy()
    stored = {job: Replication.from_payload(one.payload()) for job, one in reversed(runs.items())}
    assert json.dumps(told(comparison, stored)) == json.dumps(told(comparison, runs))


def two(n: int = 8) -> tuple[Comparison, Runs]:
    """South drives 1 km less, give or take, and burns what the baseline burns; noise is common."""
    comparison = comparison_of(
        ["base", "south"], Question((KM, FUEL), {KM: 1.0, FUEL: 0.001}), replications=n, cap=2 * n
    )
    rng = np.random.default_rng(1)
    rows = []
    for seed in range(n):
        common = float(rng.normal(20, 5))
        own = rng.normal(0, [1.0, 1.0, 1.0, 1.0])
        base = {KM: common + own[0], FUEL: common + own[1], WAIT: 1.0}
        south = {KM: common - 8.0 + own[2], FUEL: common + own[3], WAIT: 3.0}
        rows += [run("base", seed, base), run("south", seed, south)]
    return comparison, runs_of(rows)


def test_verdicts_are_corrected_over_all_that_decides() -> None:
    """Two deciding measures: p × 2 and the larger as it is; the waiting is none of the family."""
    comparison, runs = two()
    rows = told(comparison, runs)["differences"]["south"]
    assert rows[KM]["p_holm"] == pytest.approx(2 * rows[KM]["p"], abs=2e-6)
    assert rows[FUEL]["p_holm"] == rows[FUEL]["p"]
    assert rows[WAIT]["p_holm"] is None
    assert (rows[KM]["verdict"], rows[FUEL]["verdict"], rows[WAIT]["verdict"]) == (
        "better", "unclear", "worse",
    )  # fmt: skip
    assert (rows[WAIT]["mean"], rows[WAIT]["by"]) == (2.0, 200.0)


def test_what_was_asked_and_not_reached_is_named() -> None:
    """Half a litre cannot be told from eight runs; the kilometres can, to 2."""
    comparison, runs = two()
    found = told(comparison, runs)
    rows = found["differences"]["south"]
    assert [row["reached"] for row in rows.values()] == [rows[KM]["half_width"] <= 1, False, None]
    assert ["south", FUEL] in found["not_reached"]
    assert found["binding"]["separates"]


def test_common_numbers_by_hand() -> None:
    """Base 0, 2, 4, 6 and south 1, 2, 5, 6: variances 20/3 and 17/3, of the difference 1/3: 37."""
    comparison = comparison_of(["base", "south"], Question((KM, FUEL)))
    rows = []
    for seed, (base, south) in enumerate(zip((0, 2, 4, 6), (1, 2, 5, 6), strict=True)):
        rows += [
            run("base", seed, {KM: float(base), FUEL: 1.0 * seed}),
            run("south", seed, {KM: float(south), FUEL: 1.0 * seed}),
        ]
    found = told(comparison, runs_of(rows))["common_numbers"]
    assert found["ratios"] == {"south": {KM: pytest.approx(37.0), FUEL: None}}
    assert found["median"] == pytest.approx(37.0)


def test_pictures_by_hand() -> None:
    """Curves: of three runs the least, middle and largest; openings: the middle one by section.

    Never blocked (-1) is before every minute, not by the horizon (-2) after it.
    """
    comparison = comparison_of(["base"], Question((KM,)))
    curves = [(0, 100), (0, 300), (5, 200)]
    opened = [(-1, 10), (30, -2), (-1, -2)]
    rows = [
        run(
            "base", seed, {KM: 1.0}, curves={"opened/all": curve}, opened_min=minutes,
            snow_stops_ms=1000 * seed,
        )
        for seed, (curve, minutes) in enumerate(zip(curves, opened, strict=True))
    ]  # fmt: skip
    found = told(comparison, runs_of(rows))
    assert found["curves"]["mild"]["base"]["opened/all"] == {
        "step_min": 30, "low": [0, 100], "median": [0, 200], "high": [5, 300],
    }  # fmt: skip
    assert found["openings"]["mild"]["base"] == [-1, -2]
    assert found["snow_stops_ms"] == {"mild": 1000}


def test_depots_are_means_of_a_replication() -> None:
    """Loads 4 and 8 under mild (weight 3), 0 and 4 under cold (1): (3 · 6 + 2) ÷ 4 = 5."""
    comparison = comparison_of(["base"], Question((KM,)), weights={"mild": 3.0, "cold": 1.0})
    rows = [
        run("base", seed, {KM: 1.0}, storm, depots={"d": {"loads": loads}})
        for storm, both in (("mild", (4.0, 8.0)), ("cold", (0.0, 4.0)))
        for seed, loads in enumerate(both)
    ]
    assert told(comparison, runs_of(rows))["depots"] == {"base": [{"depot": "d", "loads": 5.0}]}


def test_variants_left_out_have_fewer_runs_and_say_so() -> None:
    """South left after 4 of 8: four pairs, out after 4, and its half-width is no longer asked."""
    comparison, runs = two()
    kept = {job: one for job, one in runs.items() if job.variant == "base" or job.run_seed < 4}
    stages = [{"n": 4, "left": ["base"]}]
    found = told(comparison, kept, stages=stages, stopped="selected")
    base, south = found["variants"]
    assert (base["n"], base["out_after"], south["n"], south["out_after"]) == (8, None, 4, 4)
    assert found["differences"]["south"][KM]["n"] == 4
    assert found["not_reached"] == []
    assert found["selection"]["best"] == "base"
    assert found["selection"]["decided"]


def test_failed_runs_leave_their_replications_out() -> None:
    """One run of south is missing: seven pairs, and the row of the failure is passed on."""
    comparison, runs = two()
    del runs[Job("south", "mild", 3)]
    row = {"variant": "south", "storm": "mild", "run_seed": 3, "error": "RunError: no"}
    found = told(comparison, runs, failed=[row])
    assert found["differences"]["south"][KM]["n"] == 7
    assert found["means"]["base"][KM]["n"] == 8
    assert found["failed"] == [row]
