"""The study of the phrases: one switch at a time, the same draws, whatever the workers."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from snowplan.analysis.phrase_effects import ALL_ON
from snowplan.experiments.phrases import (
    PHRASES,
    Case,
    Study,
    city_of,
    figures_of,
    origin_ms,
    report,
    run_study,
    variant_of,
)
from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.network import build_network
from snowplan.model.plan import PHRASES_ZH, Phrases
from snowplan.model.scenario import Scenario
from snowplan.results.run_folder import json_bytes
from snowplan.simulation.running import prepare


@pytest.fixture(scope="module")
def toy() -> Scenario:
    """The toy town with everything that varies varying."""
    names = [spread.quantity for spread in load_scenario("toy_town").around.uncertainty]
    return load_scenario("toy_town", [f"uncertainty.{name}=true" for name in names])


def test_each_variant_differs_in_one_switch(toy: Scenario) -> None:
    """All on, then each phrase off alone, whatever the scenario had turned off; nothing else."""
    given = replace(toy, plan=replace(toy.plan, phrases=Phrases(keep_open=False)))
    study = Study(given, replications=2)
    assert study.switched_off == ("keep_open",)
    assert study.seeds == (1, 2)
    assert len(study.cases) == 2 * 9
    for case in study.cases:
        variant = variant_of(given, case)
        off = {f.name for f in fields(Phrases) if not getattr(variant.plan.phrases, f.name)}
        assert off == ({case.variant} - {ALL_ON})
        assert variant.study.run_seed == case.run_seed
        back = replace(
            variant,
            plan=replace(variant.plan, phrases=given.plan.phrases),
            study=replace(variant.study, run_seed=given.study.run_seed),
        )
        assert back == given
    assert set(PHRASES) == set(PHRASES_ZH)


def test_all_variants_of_a_seed_meet_the_same_draws(toy: Scenario) -> None:
    """Paces, hours to failure, snow and its end do not depend on the switches; other seeds' do."""
    network = build_network(toy.road_map)

    def drawn(case: Case) -> tuple[object, ...]:
        world = prepare(variant_of(toy, case), network)
        units = tuple((unit.id, unit.pace, unit.to_failure_ms) for unit in world.units)
        return units, tuple(world.sky.spells), world.sky.stops_ms

    same = {drawn(Case(name, 7)) for name in (ALL_ON, *PHRASES)}
    assert len(same) == 1
    assert drawn(Case(ALL_ON, 8)) not in same


def test_a_case_is_the_run_of_its_scenario(toy: Scenario) -> None:
    """Quick response off alone gives the figures of the scenario with that switch set."""
    off = load_scenario("toy_town", ["switches.quick_response=false"])
    on = load_scenario("toy_town")
    plain = figures_of(city_of(on), Case("quick_response", 1))
    run = figures_of(city_of(off), Case("quick_response", 1))
    assert plain == run
    assert plain.digest != figures_of(city_of(on), Case(ALL_ON, 1)).digest


def test_a_city_may_be_used_again(toy: Scenario) -> None:
    """Travel times kept from other variants change nothing: figures and digest are as if fresh."""
    used = city_of(toy)
    for name in ("clear_in_snow", "clear_at_night"):
        figures_of(used, Case(name, 3))
    assert figures_of(used, Case(ALL_ON, 4)) == figures_of(city_of(toy), Case(ALL_ON, 4))


@pytest.mark.slow
def test_the_number_of_workers_changes_no_byte(toy: Scenario) -> None:
    """DESIGN §6: the report of one process is that of two, byte for byte; progress counts all."""
    done: list[int] = []
    texts = []
    for workers in (1, 2):
        study = Study(toy, workers=workers)
        texts.append(json_bytes(report(study, run_study(study, done.append))))
    assert texts[0] == texts[1]
    assert done == [*range(1, 10), *range(1, 10)]


def test_hours_count_from_the_end_of_snow_where_it_is_known() -> None:
    """Without snow, or with snow until the horizon, they count from the start."""
    assert [origin_ms(stops, 10) for stops in (4, None, 10)] == [4, 0, 0]
