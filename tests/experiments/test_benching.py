"""The bench: what it reports about a tiny grid, never how long that took."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from snowplan.errors import RunError
from snowplan.experiments import bench_study
from snowplan.experiments.bench_study import Bench, exponents_of, start_times
from snowplan.experiments.bench_targets import TARGETS, Target, exponent, judged
from snowplan.experiments.benching import (
    CaseSpec,
    Measured,
    agree,
    measure,
    ran,
    timelines_share,
)
from snowplan.experiments.group_cost import group_cost
from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.network import build_network
from snowplan.model.scenario import Scenario
from snowplan.simulation.bare import bare_timeouts

CASE_KEYS = {
    "name", "sections", "segments", "machines", "events", "passes", "events_per_pass",
    "us_per_pass", "pass_over_timeout", "times_bare_simpy", "times_bare_simpy_first",
    "bytes_per_segment", "bytes_per_pass", "hours",
}  # fmt: skip


@pytest.fixture(scope="module")
def heavy() -> Scenario:
    """The scenario whose rules and fleet the grids take over."""
    return load_scenario("heavy")


def tiny(heavy: Scenario, name: str = "tiny") -> CaseSpec:
    """120 segments for 4 hours: the smallest grid that has roads in all five zones."""
    return CaseSpec(name, heavy, 120, 0.1, 4.0, warm_runs=1)


def test_a_case_reports_every_key(heavy: Scenario) -> None:
    """The keys of the contract; counts that belong together; positive figures."""
    result = measure(tiny(heavy)).result
    assert set(result) == CASE_KEYS
    assert result["segments"] == 2 * int(result["sections"])
    assert int(result["passes"]) > 100
    assert result["hours"] == 4.0
    assert result["events_per_pass"] == pytest.approx(int(result["events"]) / int(result["passes"]))
    assert all(float(value) > 0 for value in result.values() if not isinstance(value, str))


def test_a_run_too_long_for_its_box_is_cut_short(heavy: Scenario) -> None:
    """With no time at all it ends after the first hour and says so."""
    scenario = tiny(heavy).build()
    done = ran(scenario, build_network(scenario.road_map), {}, box_s=0.0)
    assert (done.hours, len(done.by_hour)) == (1.0, 1)


def test_fast_and_oracle_agree(heavy: Scenario) -> None:
    """Both digests of the log are the same SHA-256."""
    found = agree(tiny(heavy).build())
    assert found["same"] is True
    assert found["digest_fast"] == found["digest_oracle"]
    assert len(str(found["digest_fast"])) == 64
    assert found["hours"] == 4.0


def test_timelines_are_a_share_of_the_run(heavy: Scenario) -> None:
    """States and timelines can be made of the bench's grid."""
    assert timelines_share(tiny(heavy)) > 0


def test_bare_timeouts_are_at_least_as_many_as_asked() -> None:
    """Shared out evenly over the processes, rounded up."""
    assert bare_timeouts(10, 3) == 12
    assert bare_timeouts(0, 0) == 1


def test_exponents_by_hand() -> None:
    """y = 3 x² has exponent 2; one point, or one x, has none."""
    assert exponent([(x, 3 * x**2) for x in (2.0, 5.0, 11.0)]) == pytest.approx(2)
    assert exponent([(2.0, 1.0)]) is None
    assert exponent([(2.0, 1.0), (2.0, 4.0)]) is None


def _measured(name: str, segments: int, us: float, by_hour: tuple[float, ...]) -> Measured:
    return Measured({"name": name, "segments": segments, "us_per_pass": us}, by_hour)


def test_totals_are_compared_over_the_hours_that_all_reached() -> None:
    """The large run ended after two hours: 10 s against 1 s at ten times the segments is 1."""
    cases = [
        _measured("grid-10", 10, 5.0, (0.5, 1.0, 9.0)),
        _measured("grid-100", 100, 50.0, (0.5, 1.0, 9.0)),
        _measured("grid-100-fleet", 100, 1.0, (4.0, 10.0)),
    ]
    found = exponents_of(cases, (10, 100))
    assert found == {
        "fixed_fleet_cost_a_pass": pytest.approx(1),
        "fleet_in_proportion_total": pytest.approx(1),
        "fleet_in_proportion_hours": 2.0,
    }


def test_targets_by_hand() -> None:
    """At most 8, aim 6.5: 6 meets both, 7 reaches, 13 is twice the aim; at least turns it round."""
    target = Target("x", 8.0, 6.5)
    both = [(row["reached"], row["aimed"]) for row in map(target.judged, (6.0, 7.0, 13.0))]
    assert both == [(True, True), (True, False), (False, False)]
    assert target.judged(13.0)["times_aim"] == pytest.approx(2)
    least = Target("x", 50.0, 200.0, at_most=False).judged(100.0)
    assert (least["reached"], least["aimed"], least["times_aim"]) == (True, False, 2.0)
    assert judged({})[0]["reached"] is None
    assert len(judged({})) == len(TARGETS)


def test_cases_and_their_order(heavy: Scenario) -> None:
    """The smallest grid first, then the larger ones, then fleets in proportion, then Jinan."""
    specs = Bench(heavy, jinan=heavy).specs((5_000, 20_000, 100_000))
    assert [(spec.name, spec.times_fleet) for spec in specs] == [
        ("grid-5000", 1.0), ("grid-20000", 1.0), ("grid-100000", 1.0),
        ("grid-20000-fleet", 4.0), ("grid-100000-fleet", 20.0), ("jinan", 1.0),
    ]  # fmt: skip


def test_a_case_that_fails_is_told(heavy: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason stands among what was skipped, and the bench goes on."""
    told: list[str] = []
    bench = Bench(heavy, tell=told.append)
    monkeypatch.setattr(bench_study, "ProcessPoolExecutor", _Failing)
    assert bench._case(tiny(heavy)) is None
    assert told == ["tiny"]
    assert bench.skipped == [{"name": "tiny", "reason": "RunError: no room"}]


class _Failing:
    def __init__(self, *_: object, **__: object) -> None:
        raise RunError("no room")


def test_the_cost_of_the_groups_is_a_ratio_of_costs_an_event() -> None:
    """An event with everything on over one with machines only; the groups leave rows behind."""
    found = group_cost(load_scenario("toy_town"))
    assert found["ratio"] == pytest.approx(found["whole_us"] / found["machines_us"])
    assert found["whole_events"] > found["machines_events"] > 0
    assert found["group_rows"] > 0


def test_start_times_are_compared() -> None:
    """Both are measured, and the ratio is of the two."""
    found = start_times(1)
    assert found["ratio"] == pytest.approx(found["help_s"] / found["click_s"])


@pytest.mark.slow
def test_the_whole_bench_is_one_json_object(
    heavy: Scenario, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Two tiny grids in fresh processes; keys of the contract; the smallest case first."""
    monkeypatch.chdir(tmp_path)
    oracle = tiny(heavy).build()
    bench = Bench(heavy, groups=load_scenario("toy_town"), oracle=oracle, tell=lambda _: None)
    found = json.loads(json.dumps(bench.run((120, 180))))
    assert [case["name"] for case in found["cases"]] == ["grid-120", "grid-180", "grid-180-fleet"]
    assert all(set(case) == CASE_KEYS for case in found["cases"])
    assert found["exponents"]["fleet_in_proportion_hours"] == 36
    assert found["oracle"]["same"] is True
    assert [row["key"] for row in found["targets"]] == [target.key for target in TARGETS]
    assert all(row["found"] is not None for row in found["targets"])
    assert found["skipped"] == []
    assert list(tmp_path.iterdir()) == []
