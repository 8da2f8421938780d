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
        "better", "unclear", "uncorrected_worse",
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
    assert found["least"] == {"variant": "south", "key": KM, "ratio": pytest.approx(37.0)}


def test_openings_by_hand() -> None:
    """Each run is told from its own end of snow; of four runs the mean of the middle two.

    Snow stops after 60, 70, 80 and 90 minutes. Section a opens 10 minutes later each time, b never
    closes in two of four and else is open 5 minutes after, c is left by the horizon in three, d
    was never blocked in three: where a middle one is no minute, the later of both is told.
    """
    comparison = comparison_of(["base"], Question((KM,)))
    opened = [(70, -1, -2, -1), (80, -1, -2, -1), (92, 85, -2, 95), (104, 95, 91, -1)]
    rows = [
        run("base", seed, {KM: 1.0}, opened_min=minutes, snow_stops_ms=60_000 * (60 + 10 * seed))
        for seed, minutes in enumerate(opened)
    ]
    found = told(comparison, runs_of(rows))
    assert found["openings"]["mild"]["base"] == [11.0, 5.0, "late", "never"]
    assert found["snow_stops_ms"] == {"mild": 75 * 60_000}


def test_curves_are_laid_over_each_other_by_the_end_of_snow() -> None:
    """The same course an hour later is the same curve; before its start a run is as it was then.

    Between two steps the share runs straight: an end of snow 15 minutes on halves the steps of 400.
    """
    comparison = comparison_of(["base"], Question((KM,)))

    def curve(stops_min: tuple[int, ...], courses: list[tuple[int, ...]]) -> dict[str, Any]:
        rows = [
            run("base", seed, {KM: 1.0}, curves={"opened/all": course},
                snow_stops_ms=60_000 * stops)
            for seed, (stops, course) in enumerate(zip(stops_min, courses, strict=True))
        ]  # fmt: skip
        found: dict[str, Any] = told(comparison, runs_of(rows))["curves"]["mild"]["base"]
        return dict(found["opened/all"])

    early, late = (1000, 400, 600, 800, 900, 900), (1000, 1000, 1000, 400, 600, 800)
    assert curve((60, 120), [early, late]) == {
        "n": 2, "step_min": 30, "first_min": -120, "median": [1000, 1000, 1000, 400, 600, 800],
        "low": None, "high": None,
    }  # fmt: skip
    assert curve((15,), [(0, 400, 800)])["median"] == [0, 200, 600]
    assert curve((15,), [(0, 400, 800)])["first_min"] == -30


def test_bands_are_told_of_ten_runs_and_more() -> None:
    """Of ten runs 0, 10 … 90 the 10th percentile is the least and the 90th the second to last."""
    comparison = comparison_of(["base"], Question((KM,)))
    rows = [
        run("base", seed, {KM: 1.0}, curves={"opened/all": (10 * seed,) * 3}) for seed in range(10)
    ]
    found = told(comparison, runs_of(rows))["curves"]["mild"]["base"]["opened/all"]
    assert (found["low"], found["median"], found["high"]) == ([0] * 3, [45] * 3, [80] * 3)
    few = told(comparison, runs_of(rows[:9]))["curves"]["mild"]["base"]["opened/all"]
    assert (few["low"], few["high"]) == (None, None)


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
