"""Ledgers: residual 0, and a transfer dropped on purpose is seen."""

from __future__ import annotations

import pytest

from snowplan.errors import LedgerError
from snowplan.model.network import build_network
from snowplan.simulation.ground import Ground
from snowplan.simulation.running import finish_run, prepare
from snowplan.simulation.unit import Unit
from snowplan.simulation.world import World
from tests.oracles.runs import run_of, scenario_of

RUNS = [
    ("toy_town",),
    ("toy_town", "snow.initial_mm_we=12", "snow.air_c=[-2,-9]"),
    ("toy_town", "uncertainty.all=true"),
    ("heavy", "horizon_h=6"),
]


def town() -> World:
    """Toy town, ready to run."""
    scenario = scenario_of("toy_town")
    return prepare(scenario, build_network(scenario.road_map))


@pytest.mark.parametrize("run", RUNS, ids="-".join)
def test_residual_is_zero(run: tuple[str, ...]) -> None:
    """Whole grams and whole milliseconds: every account of every run balances exactly."""
    accounts = run_of(*run).handed.ledger.as_dict()
    assert {name: terms["residual"] for name, terms in accounts.items()} == {
        "snow": 0,
        "deicer": 0,
        "machines": 0,
        "groups": 0,
    }
    snow, deicer = accounts["snow"], accounts["deicer"]
    gone = (
        snow["lying"] + snow["pushed_aside"] + snow["in_trucks"] + snow["dumped"] + snow["melted"]
    )
    assert snow["initial"] + snow["fallen"] == gone > 0
    assert (
        deicer["delivered"] == deicer["in_depots"] + deicer["in_hoppers"] + deicer["on_roads"] > 0
    )


@pytest.mark.parametrize("grams", [1, -1])
def test_a_gram_lost_in_a_pass_is_seen(monkeypatch: pytest.MonkeyPatch, grams: int) -> None:
    """One gram that leaves a strip and arrives nowhere makes the residual of snow one gram."""
    world = town()
    whole, lost = Ground.sweep_off, []

    def leaky(self: Ground, strip: int, *rest: object) -> object:
        result = whole(self, strip, *rest)
        if not lost:
            self.loose[strip] -= grams
            lost.append(strip)
        return result

    monkeypatch.setattr(Ground, "sweep_off", leaky)
    with pytest.raises(LedgerError, match=rf"snow.*'residual': {grams}\b"):
        finish_run(world)


def test_a_gram_lost_at_a_depot_is_seen() -> None:
    """De-icer that is no longer in the depot, in no hopper and on no road is missing."""
    world = town()
    world.env.run(until=world.horizon // 2)
    world.stores[0].stock_g -= 1
    with pytest.raises(LedgerError, match=r"deicer.*'residual': 1\b"):
        finish_run(world)


def test_a_millisecond_lost_by_a_machine_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interval that begins a millisecond late leaves that millisecond to no state."""
    world = town()
    whole, lost = Unit.close, []

    def late(self: Unit, log: object, now: int, *rest: object) -> None:
        if not lost and now > self.since + 1:
            lost.append(self.since)
            self.since += 1
        whole(self, log, now, *rest)

    monkeypatch.setattr(Unit, "close", late)
    with pytest.raises(LedgerError, match=r"machines.*'residual': 1\b"):
        finish_run(world)
