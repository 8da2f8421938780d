"""The checkers can fail: each kind of violation, planted in the evidence of a run, is seen."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from types import ModuleType

import pytest

from snowplan.model.hands import Part
from snowplan.model.network import build_network
from snowplan.simulation import loading_snow, squads, trucking
from snowplan.simulation.handing_over import run_scenario
from snowplan.simulation.party import Party
from snowplan.simulation.world import World
from tests.oracles.court import Court
from tests.oracles.evidence import Evidence, evidence_of
from tests.oracles.frames import differing
from tests.oracles.hauling import treated_apart
from tests.oracles.spells import NEVER
from tests.simulation import plants
from tests.simulation.plants import Plant
from tests.simulation.random_groups import random_groups

TRIED = 120  # towns in which a place to plant is looked for


@cache
def evidence(seed: int) -> Evidence:
    """The true evidence of a random town."""
    scenario = random_groups(seed)
    return evidence_of(run_scenario(scenario, build_network(scenario.road_map)))


PLANTS: list[tuple[str, Plant]] = [
    ("tiling", plants.late_end),
    ("windows", plants.long_shift),
    ("windows", plants.one_crew_twice),
    ("duty", plants.no_crew),
    ("driving", plants.short_way),
    ("driving", plants.quick_way),
    ("called", plants.uncalled),
    ("load", plants.truck_elsewhere),
    ("follow", plants.drive_to_nobody),
    ("truck", plants.small_trucks),
    ("truck", plants.less_unloaded),
    ("dump", plants.small_dumps),
    ("dump", plants.narrow_gates),
    ("dump", plants.other_dump_rule),
    ("treated", plants.green_dumps),
    ("idle", plants.asleep_loader),
    ("idle", plants.asleep_squad),
    ("order", plants.no_order),
    ("machines", plants.no_order),
    ("early", plants.too_early),
    ("verge", plants.other_verge),
    ("windrow", plants.snow_from_nowhere),
    ("load", plants.snow_from_nowhere),
    ("areas", plants.wide_areas),
    ("amount", plants.more_taken(Part.PAVEMENT)),
    ("amount", plants.more_taken(Part.CARRIAGEWAY)),
    ("amount", plants.more_taken(Part.FRONTAGE)),
    ("thrown", plants.more_thrown),
    ("area", plants.two_squads),
    ("due", plants.nothing_due),
    ("beat", plants.other_group),
    ("time", plants.slow_hands),
    ("frontage", plants.other_owners(compliance=0.0)),
    ("frontage", plants.other_owners(delay_h=0.75)),
    ("fringe", plants.machines_at_the_fringe),
    ("balance", plants.less_unloaded),
    ("balance", plants.lost_gram),
]


@pytest.mark.slow
@pytest.mark.parametrize(("word", "plant"), PLANTS, ids=lambda x: getattr(x, "__name__", None))
def test_a_planted_violation_is_seen(word: str, plant: Plant) -> None:
    """In the first town where it shows, the planted violation is told under its own word."""
    for seed in range(TRIED):
        changed = plant(evidence(seed))
        if changed is not None:
            faults = Court(changed).faults()
            if any(fault.startswith(f"{word}:") for fault in faults):
                return
    pytest.fail(f"{word}: not seen in {TRIED} towns")


def seen_in_a_run(word: str) -> bool:
    """True when a fault of this word is told in one of the first towns, run anew."""
    for seed in range(TRIED):
        scenario = random_groups(seed)
        court = Court(evidence_of(run_scenario(scenario, build_network(scenario.road_map))))
        if any(fault.startswith(f"{word}:") for fault in court.faults()):
            return True
    return False


@pytest.mark.slow
def test_hand_work_left_undone_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Squads that know only two of three areas of their beats stand beside due ones."""
    give = squads._give_beat

    def give_less(world: World, party: Party, areas: list[int]) -> None:
        give(world, party, [area for area in areas if area % 3])

    monkeypatch.setattr(squads, "_give_beat", give_less)
    assert seen_in_a_run("idle")


@pytest.mark.slow
@pytest.mark.parametrize("who", [loading_snow, trucking], ids=["loaders", "trucks"])
def test_help_that_is_not_given_is_seen(monkeypatch: pytest.MonkeyPatch, who: ModuleType) -> None:
    """Loaders or trucks that never leave their zone stand while one in reach has work for them."""

    def own_zone(world: World, party: Party) -> tuple[tuple[str, ...], ...]:
        return (party.zone,), ()

    monkeypatch.setattr(who, "zones_of", own_zone)
    assert seen_in_a_run("idle")


@pytest.mark.slow
def test_mixed_snow_in_a_truck_is_seen() -> None:
    """A truck loaded at two segments mixes snow if de-icer lay at one of them alone."""
    for seed in range(TRIED):
        e = plants.hauled(evidence(seed), treated_apart=True)
        court = Court(e)
        places: dict[tuple[int, int], set[int]] = {}
        for load in court.carried.loads:
            places.setdefault((load.truck, load.trip), set()).add(load.row.place)
        two = next((found for found in places.values() if len(found) > 1), None)
        if two is None:
            continue
        kerbs = court.kerbs
        kerbs.kerbs = [replace(kerb, treated_from=NEVER) for kerb in kerbs.kerbs]
        assert list(treated_apart(e, court.carried, kerbs)) == []
        kerbs.kerbs[min(two)] = replace(kerbs.kerbs[min(two)], treated_from=-1)
        assert list(treated_apart(e, court.carried, kerbs)) != []
        return
    pytest.fail("no truck was loaded at two segments")


def test_a_state_out_of_place_is_seen() -> None:
    """A row of states two milliseconds off, in other words, or missing is told."""
    wanted: list[tuple[object, ...]] = [("s", 0, "clean"), ("s", 5_000, "open")]
    assert list(differing(wanted, wanted)) == []
    assert len(list(differing([wanted[0], ("s", 5_002, "open")], wanted))) == 1
    assert len(list(differing([wanted[0], ("s", 5_000, "clean")], wanted))) == 1
    assert len(list(differing(wanted[:1], wanted))) == 1
