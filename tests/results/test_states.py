"""States from the replay: by hand, by a slow replay of its own, and against the engine's books."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from snowplan.analysis.section_times import section_starts
from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.network import build_network
from snowplan.results.group_rows import group_rows
from snowplan.results.log import EventLog
from snowplan.results.lying import depth_hours, packed_m2
from snowplan.results.replaying import replay
from snowplan.results.rows import log_rows
from snowplan.results.side_states import side_states_frame
from snowplan.results.states import states_frame
from snowplan.results.tables import SIDE_STATES, STATES_TABLE
from snowplan.results.windrows import windrows_of
from snowplan.simulation.handing_over import HandedOver, run_scenario
from snowplan.units import MS_PER_H
from tests.oracles.court import Court
from tests.oracles.evidence import evidence_of

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
    """The oracle shares no code: it follows every strip, kerb and side from the logs."""
    handed = ran(*STORMS[name])
    court = Court(evidence_of(handed))
    groups = group_rows(handed.group_log, handed.facts.horizon_ms)
    windrows = windrows_of(log_rows(handed.log), groups, handed.facts)
    states = states_frame(handed.log, handed.facts, handed.group_log, windrows=windrows)
    assert STATES_TABLE.faults(states) == []
    section_starts(states, handed.facts.horizon_ms)
    slow = court.replay.states(court.kerbs.steps())
    assert states.astype(object).to_numpy().tolist() == slow.astype(object).to_numpy().tolist()
    sides = side_states_frame(groups, handed.facts)
    assert SIDE_STATES.faults(sides) == []
    assert list(sides.itertuples(index=False, name=None)) == court.sides.states()


@pytest.mark.parametrize("name", STORMS)
def test_what_is_left_lying_is_what_the_ledger_says(name: str) -> None:
    """The engine's books, the replay of strips and a slow one of areas agree to the gram."""
    handed = ran(*STORMS[name])
    replayed = replay(handed.log, handed.facts, handed.group_log)
    left = int(replayed.loose_g.sum() + replayed.packed_g.sum())
    beside = Court(evidence_of(handed)).sides.lying()
    assert left + beside == handed.ledger.snow["lying"]
    assert packed_m2(replayed) <= replayed.strips.m2.sum()


@pytest.mark.parametrize("name", STORMS)
def test_what_stands_at_the_kerbs_is_what_the_ledger_says(name: str) -> None:
    """Verge and windrow hold what was pushed aside less what was loaded: to the gram."""
    handed = ran(*STORMS[name])
    facts = handed.facts
    groups = group_rows(handed.group_log, facts.horizon_ms)
    windrows = windrows_of(log_rows(handed.log), groups, facts)
    court = Court(evidence_of(handed))
    for segment, kerb in enumerate(court.kerbs.kerbs):
        own = windrows.segment == segment
        t_ms, grams = windrows.t_ms[own].tolist(), windrows.standing_g[own].tolist()
        found = {t: g for t, g in zip(t_ms, grams, strict=True) if g}
        assert found == {t: kerb.after(t) for t in kerb.at if kerb.after(t)}
    aside = sum(kerb.pushed - kerb.loaded for kerb in court.kerbs.kerbs)
    assert aside == handed.ledger.snow["pushed_aside"]


def test_no_snow_no_crossing() -> None:
    """A run without snow has one row a section: clean from 0."""
    handed = ran("snow.total_mm=0")
    states = states_frame(handed.log, handed.facts)
    assert states["state"].tolist() == ["clean"] * 7
    assert states["t_ms"].tolist() == [0] * 7
