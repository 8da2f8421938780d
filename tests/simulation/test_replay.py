"""States and accounts against the slow replay, which shares no code with engine or results."""

from __future__ import annotations

import pytest

from snowplan.results.group_rows import group_rows
from snowplan.results.side_states import side_states_frame
from tests.oracles.court import Court
from tests.oracles.runs import court_of, passes_of, run_of

TOY = "toy_town"
STORMS = {
    "traffic and salt": (),
    "a mild storm": ("snow.total_mm=1", "snow.duration_h=3"),
    "snow lies at the start": ("snow.initial_mm_we=12",),
    "thick packed snow": ("snow.initial_mm_we=60", "snow.total_mm=30", "snow.duration_h=22"),
    "ridges between two touches": ("plan.thresholds.packed_ridge_mm=8", "snow.total_mm=25"),
    "brine that freezes": ("snow.air_c=[-3,-10]", "snow.total_mm=8", "snow.duration_h=12"),
    "one pass until snow stops": ("switches.clear_in_snow=false", "snow.total_mm=6"),
    "cold, no salt": ("snow.air_c=-12", "snow.total_mm=11.3"),
    "late and heavy": ("snow.shape=late", "snow.total_mm=17", "snow.duration_h=9"),
}


def differing(name: str, *sets: str) -> list[tuple[object, ...]]:
    """Rows that only one of the two has, the replay's marked: carriageways and what is beside."""
    run, court = run_of(name, *sets), court_of(name, *sets)
    found = run.record.states
    wanted = court.replay.states(court.kerbs.steps())
    theirs = set(found.itertuples(index=False, name=None))
    ours = set(wanted.itertuples(index=False, name=None))
    if ours == theirs:
        assert found.to_numpy().tolist() == wanted.to_numpy().tolist()
    groups = group_rows(run.handed.group_log, run.facts.horizon_ms)
    beside = side_states_frame(groups, run.facts)
    theirs |= set(beside.itertuples(index=False, name=None))
    ours |= set(court.sides.states())
    return sorted((("replay", *row) for row in ours - theirs), key=str) + sorted(
        (("states", *row) for row in theirs - ours), key=str
    )


def accounts(court: Court) -> dict[str, int]:
    """Grams lying, at the kerb, in trucks, dumped, and melted by de-icer."""
    strips = [strip for stories in court.replay.stories.values() for strip in stories]
    return {**court.balance(), "melted": sum(s.melted for s in strips)}


@pytest.mark.slow
def test_states_of_pingcheng_heavy_row_for_row() -> None:
    """Weather and events in, states out: the replay's rows follow from docs/model.md alone."""
    assert len(run_of("heavy").record.states) > 10_000
    assert differing("heavy") == []


@pytest.mark.slow
def test_states_of_pingcheng_blizzard_row_for_row() -> None:
    """800 µm/h meet many thresholds on a whole ms, and graders take packed layers."""
    assert differing("blizzard", "horizon_h=16") == []


@pytest.mark.slow
def test_accounts_of_pingcheng_heavy_to_the_gram() -> None:
    """The replay adds up every strip by itself; the ledger must come to the same grams."""
    ledger = run_of("heavy").handed.ledger.snow
    found = accounts(court_of("heavy"))
    assert found == {term: ledger[term] for term in found}
    assert found["dumped"] > 0


@pytest.mark.parametrize("storm", STORMS)
def test_states_of_toy_town_row_for_row(storm: str) -> None:
    """The same in a town of six junctions, under weather that Pingcheng's night does not have."""
    assert len(passes_of(run_of(TOY, *STORMS[storm]).record.events)) > 10
    assert differing(TOY, *STORMS[storm]) == []


def test_warm_pavement_melts_snow_as_it_falls() -> None:
    """Above 0 °C the net fall is less than the fall; pavement is reckoned each hour of the run."""
    assert differing(TOY, "snow.air_c=[2,1,-6,-3]", "snow.total_mm=12") == []


def test_a_threshold_met_exactly_is_not_exceeded() -> None:
    """2,000 µm/h meet 5 mm × 68.42 kg/m³ on a whole ms: the crossing is the ms after it."""
    assert differing(TOY, "snow.air_c=-12", "snow.total_mm=12") == []
