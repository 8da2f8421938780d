"""Placing depots anew: homes and zones of machines, and stocks in whole kilograms."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.fleet import Depot, Machine
from snowplan.model.placement import place, shared_kg, stocked
from snowplan.model.scenario import Resources, Scenario

TOY = load_scenario("toy_town")


def depot(
    name: str, zone: str, lon: float = 113.0, stock_kg: int = 1000, product: str = "nacl"
) -> Depot:
    """A depot on the 40th parallel."""
    return Depot(name, name, zone, lon, 40.0, 1, 350.0, product, stock_kg)


def town(depots: list[Depot], machines: list[tuple[str, str, str]]) -> Scenario:
    """The toy town with these depots and (id, kind, depot) machines."""
    fleet = tuple(Machine(*row) for row in machines)
    resources = replace(TOY.resources, depots=tuple(depots), machines=fleet)
    return replace(TOY, resources=resources)


def homes(resources: Resources) -> dict[str, tuple[str, str]]:
    """Home and zone that is named, by machine."""
    return {machine.id: (machine.depot, machine.zone) for machine in resources.machines}


EAST, WEST = depot("east", "e", 113.02), depot("west", "w", 113.0)
FLEET = [
    ("p1", "plough", "east"),
    ("p2", "plough", "east"),
    ("p3", "plough", "east"),
    ("s1", "spreader", "east"),
    ("p4", "plough", "west"),
]


def test_the_same_depots_in_any_order_give_the_same_scenario() -> None:
    """An unchanged placement is no change at all, in the toy town and in Pingcheng."""
    for scenario in (town([EAST, WEST], FLEET), load_scenario("light")):
        assert place(scenario, scenario.resources.depots[::-1]) == scenario


def test_uneven_homes_stay_as_the_tables_have_them() -> None:
    """Two depots in a zone, all machines at one of them, both still there: nobody moves."""
    both = [EAST, replace(WEST, zone="e")]
    scenario = town(both, FLEET[:4])
    moved = place(scenario, [replace(EAST, lon=113.05, bays=4), both[1]])
    assert moved.resources.machines == scenario.resources.machines
    assert moved.resources.depots[0].bays == 4


def test_machines_of_a_closed_depot_go_to_the_nearest_and_keep_their_zone() -> None:
    """West is closed and its zone has no other: near is nearer to it than east."""
    near = depot("near", "n", 113.001)
    scenario = town([EAST, near, WEST], FLEET)
    placed = place(scenario, [EAST, near])
    assert homes(placed.resources)["p4"] == ("near", "w")
    assert homes(placed.resources)["p1"] == ("east", "")


def test_machines_of_a_closed_depot_go_to_the_new_one_of_their_zone() -> None:
    """East gives way to another depot in the zone, though west is nearer."""
    scenario = town([EAST, WEST], FLEET)
    placed = place(scenario, [depot("far", "e", 113.9), WEST])
    assert homes(placed.resources) == {
        "p1": ("far", ""), "p2": ("far", ""), "p3": ("far", ""), "s1": ("far", ""),
        "p4": ("west", ""),
    }  # fmt: skip


def test_a_zone_with_one_depot_more_shares_its_machines_by_turns() -> None:
    """Three ploughs: two stay, one moves; the one spreader stays, though the new id is smaller."""
    scenario = town([EAST, WEST], FLEET)
    placed = place(scenario, [depot("a-new", "e"), EAST, WEST])
    assert homes(placed.resources) == {
        "p1": ("east", ""), "p2": ("east", ""), "p3": ("a-new", ""), "s1": ("east", ""),
        "p4": ("west", ""),
    }  # fmt: skip


def test_all_depots_new() -> None:
    """Two sites for one depot: by turns in the order of ids; the other zone keeps its name."""
    scenario = town([EAST, WEST], FLEET)
    placed = place(scenario, [depot("y", "e"), depot("x", "e")])
    assert homes(placed.resources) == {
        "p1": ("x", ""), "p2": ("y", ""), "p3": ("x", ""), "s1": ("x", ""),
        "p4": ("x", "w"),
    }  # fmt: skip


def test_a_depot_of_another_zone_keeps_machines_that_keep_their_zone() -> None:
    """West now counts as north: its plough stays there and clears west; crews are not touched."""
    scenario = town([EAST, WEST], FLEET)
    placed = place(scenario, [EAST, replace(WEST, zone="n")])
    assert homes(placed.resources)["p4"] == ("west", "w")
    assert placed.resources.crews == scenario.resources.crews
    back = place(placed, [EAST, WEST])
    assert back == scenario


def test_machines_out_of_service_are_dealt_apart() -> None:
    """Of two ploughs that serve one goes to each depot, whatever the third, broken one does."""
    scenario = town([EAST, WEST], FLEET[:3])
    first, second, third = scenario.resources.machines
    fleet = (replace(first, serviceable=False), second, third)
    scenario = replace(scenario, resources=replace(scenario.resources, machines=fleet))
    placed = place(scenario, [EAST, depot("new", "e")])
    assert {m.depot for m in placed.resources.machines if m.serviceable} == {"east", "new"}


def test_no_depot_is_refused() -> None:
    """A scenario without depots cannot be."""
    with pytest.raises(ValueError, match="at least one depot"):
        place(TOY, [])


def test_the_stock_of_a_closed_depot_is_shared_in_proportion() -> None:
    """700 kg to depots of 1,000 and 2,500 kg: 200 and 500."""
    before = [depot("a", "e", stock_kg=1000), depot("b", "e", stock_kg=2500)]
    closed = depot("c", "e", stock_kg=700)
    found = stocked([*before, closed], before)
    assert [row.stock_kg for row in found] == [1200, 3000]


def test_stated_stocks_stay_as_stated() -> None:
    """The closed 700 kg all go to the depot that states none."""
    before = [depot("a", "e"), depot("b", "e"), depot("c", "e", stock_kg=700)]
    after = [replace(before[0], stock_kg=50), before[1]]
    assert [row.stock_kg for row in stocked(before, after, {"a"})] == [50, 1700]


def test_a_new_depot_takes_its_part_of_what_there_is() -> None:
    """Five of 60 t and a new one: six of 50 t; its weight is the mean of the five."""
    before = [depot(f"d{n}", "e", stock_kg=60_000) for n in range(5)]
    after = [*before, depot("new", "e", stock_kg=0)]
    assert [row.stock_kg for row in stocked(before, after)] == [50_000] * 6
    other = [depot("a", "e", stock_kg=100), depot("b", "e", stock_kg=300)]
    found = stocked(other, [*other, depot("new", "e", stock_kg=0)])
    assert [row.stock_kg for row in found] == [67, 200, 133]  # 400 in 100:300:200


def test_products_are_not_mixed() -> None:
    """The only depot of a product that is closed takes its stock with it."""
    before = [depot("a", "e"), depot("b", "e", product="mgcl2"), depot("c", "e")]
    assert [d.stock_kg for d in stocked(before, [before[0], before[2]])] == [1000, 1000]
    assert [d.stock_kg for d in stocked(before, before[:2])] == [2000, 1000]


@given(st.integers(0, 10**8), st.lists(st.integers(0, 10**6), min_size=1, max_size=8).filter(any))
def test_shares_add_up_and_are_off_by_less_than_one(total: int, weights: list[int]) -> None:
    """Each share is the exact one rounded up or down, and their sum is exact."""
    shares = shared_kg(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share * sum(weights) - total * weight) < sum(weights)
