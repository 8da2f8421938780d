"""Placements on trial: both orders, the study in the folder, and what an id stands for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from snowplan.inputs.resolved import resolved_values
from snowplan.inputs.scenario_files import load_scenario
from snowplan.inputs.study_files import load_study
from snowplan.planning.locating.asking import MODELS, Answers, Question, ask, proposals
from snowplan.planning.locating.orders import placement_part
from snowplan.planning.locating.trying import STORM, TODAY, Trial, comparison_of, variant_id


@pytest.fixture(scope="module")
def asked() -> tuple[Question, Answers]:
    """Two depots in toy town, all models."""
    question = Question.of(load_scenario("toy_town"), count=2, lanes=2)
    return question, ask(question, MODELS, 3)


def test_both_orders_and_their_disagreement(asked: tuple[Question, Answers]) -> None:
    """Figures of a simulation that turn the model's order round give tau -1 and every pair."""
    question, answers = asked
    tried = proposals(answers, 2)
    comparison = comparison_of(question, tried, Trial(2))
    names = [variant.id for variant in comparison.variants]
    assert names[0] == TODAY
    assert set(comparison.scenarios) == {(name, STORM) for name in names}
    even = {name: {"open_p95/all": {"mean": 1.0}} for name in names}

    def part(means: dict[str, dict[str, dict[str, float]]]) -> dict[str, Any]:
        report = {"means": means, "differences": {}}
        return placement_part(question, answers, tried, comparison, report, {})

    first = part(even)
    assert not first["ranked"]
    assert {row["rank_simulated"] for row in first["proposals"]} == {None}
    objectives = {row["variant"]: row["objective"] for row in first["proposals"]}
    turned = {name: {"open_p95/all": {"mean": -objectives[name]}} for name in names}
    same = {name: {"open_p95/all": {"mean": objectives[name]}} for name in names}
    assert first["kendall_tau"] is None
    assert part(same)["kendall_tau"] == 1
    found = part(turned)
    assert found["kendall_tau"] == -1
    assert len(found["disagree"]) == 3
    assert found["apart"] == []
    at_end = {name: {"n": 2, "ended": 2} for name in names}
    late = {"means": same, "differences": {name: {"open_p95/all": at_end[name]} for name in names}}
    assert not placement_part(question, answers, tried, comparison, late, {})["ranked"]
    assert sorted(row["rank_model"] for row in found["proposals"]) == [1, 2, 3]


def test_the_study_of_a_trial_is_read_as_it_was(
    asked: tuple[Question, Answers], tmp_path: Path
) -> None:
    """What stands in the folder is a study: read again, the same depots, machines and question."""
    question, answers = asked
    base = resolved_values("toy_town")
    found = comparison_of(question, proposals(answers, 2), Trial(2, base))
    path = tmp_path / "study.toml"
    path.write_text(found.toml, encoding="utf-8")
    again = load_study(path)
    assert again.variants == found.variants
    for case, scenario in found.scenarios.items():
        assert again.scenarios[case].resources == scenario.resources
        assert again.scenarios[case].around == scenario.around
        assert again.scenarios[case].plan == scenario.plan
        assert again.scenarios[case].study == scenario.study
    assert replace(again, scenarios={}, inputs=(), toml="") == replace(
        found, scenarios={}, inputs=(), toml=""
    )


def test_an_id_is_of_all_that_a_depot_has(asked: tuple[Question, Answers]) -> None:
    """Other names, places, zones, bays or stock of the same junctions are another placement."""
    question, answers = asked
    proposal = proposals(answers, 1)[0]
    ids = {variant_id(question, proposal)}
    for changes in ({"name": "x"}, {"lon": 113.0}, {"zone": "x"}):
        sites = tuple(replace(site, **changes) for site in question.sites)
        ids.add(variant_id(replace(question, sites=sites), proposal))
    resources = question.scenario.resources
    for column in ("bays", "stock_kg"):
        depots = tuple(replace(d, **{column: getattr(d, column) + 4}) for d in resources.depots)
        scenario = replace(question.scenario, resources=replace(resources, depots=depots))
        ids.add(variant_id(replace(question, scenario=scenario), proposal))
    assert len(ids) == 6
    assert variant_id(question, replace(proposal, model="covering", rank=3)) in ids
