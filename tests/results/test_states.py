"""States from the replay: by hand, by a slow replay of its own, and against the engine's books."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from snowplan.analysis.section_times import section_starts
from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.network import build_network
from snowplan.results.events import events_frame
from snowplan.results.log import EventLog
from snowplan.results.lying import depth_hours, packed_m2
from snowplan.results.replaying import replay
from snowplan.results.states import states_frame
from snowplan.results.tables import STATES_TABLE
from snowplan.simulation.handing_over import HandedOver, run_scenario
from snowplan.units import MS_PER_H
from tests.oracles.replay import Replay

STORMS = {
    "as shipped": (),
    "blizzard": ("snow.total_mm=14",),
    "light": ("snow.total_mm=1.5",),
    "cold": ("snow.air_c=-12",),
    "refreezing": ("snow.air_c=[-1, -1, -9, -12]", "snow.total_mm=5"),
    "brushes alone": ("grade=light",),
    "no passes while it snows": ("switches.clear_in_snow=false", "snow.total_mm=8.7"),
    "failures": ("uncertainty.failure=true", "uncertainty.working_speed=true", "run_seed=5"),
}


def ran(*sets: str) -> HandedOver:
    """The toy town with changes."""
    scenario = load_scenario("toy_town", sets)
    return run_scenario(scenario, build_network(scenario.road_map))


def test_an_untouched_road_by_hand(toy_run: HandedOver) -> None:
    """No pass at all: 4 mm in 6 h from 18:00; 5 mm and 30 mm of snow at the storm's density.

    The fall is r = 4000/6 µm/h rounded to 667; depth = fallen ÷ density while traffic packs
    nothing, so that the road ceases to be clean at the first ms after 2 h + 5·ρ/r. By then every
    strip of the town lies under the film and all sections cross together.
    """
    facts = toy_run.facts
    states = states_frame(EventLog(), facts)
    rate = next(s.um_per_h for s in facts.sky.spells if s.um_per_h)
    first = math.floor(5.0 * facts.sky.density / rate * MS_PER_H) + 1 + 2 * MS_PER_H
    assert states[states["t_ms"] == 0]["state"].tolist() == ["clean"] * 7
    opened = states[states["state"] == "open"].groupby("section")["t_ms"].first()
    assert opened.tolist() == [first] * 7


def test_exposure_of_an_untouched_road_without_traffic() -> None:
    """Closed form: 1 mm an hour for 6 h, then it lies until the end: D·(6/2 + 24 - 8) mm·h."""
    scenario = load_scenario("toy_town", ["snow.total_mm=6"])
    quiet = tuple(replace(row, vehicles_per_lane=0.0) for row in scenario.around.traffic)
    scenario = replace(scenario, around=replace(scenario.around, traffic=quiet))
    facts = run_scenario(scenario, build_network(scenario.road_map)).facts
    depth = depth_hours(replay(EventLog(), facts), facts)["depth_mm_h"]
    whole = 6_000 / facts.sky.density
    assert depth.tolist() == pytest.approx([whole * (3 + 16)] * 7, rel=1e-12)


@pytest.mark.parametrize("name", STORMS)
def test_the_same_rows_as_a_slow_replay(name: str) -> None:
    """The oracle shares no code: it follows every strip by itself from weather and events."""
    handed = ran(*STORMS[name])
    states = states_frame(handed.log, handed.facts)
    assert STATES_TABLE.faults(states) == []
    section_starts(states, handed.facts.horizon_ms)
    slow = Replay(handed.facts.scenario, events_frame(handed.log, handed.facts)).states()
    assert states.astype(object).to_numpy().tolist() == slow.astype(object).to_numpy().tolist()


@pytest.mark.parametrize("name", STORMS)
def test_what_is_left_lying_is_what_the_ledger_says(name: str) -> None:
    """The engine's books and the replay of its log agree to the gram at the horizon."""
    handed = ran(*STORMS[name])
    replayed = replay(handed.log, handed.facts)
    left = int(replayed.loose_g.sum() + replayed.packed_g.sum())
    assert left == handed.ledger.snow["lying"]
    assert packed_m2(replayed) <= replayed.strips.m2.sum()


def test_no_snow_no_crossing() -> None:
    """A run without snow has one row a section: clean from 0."""
    handed = ran("snow.total_mm=0")
    states = states_frame(handed.log, handed.facts)
    assert states["state"].tolist() == ["clean"] * 7
    assert states["t_ms"].tolist() == [0] * 7
