"""Hauling decisions by hand: which windrow, which loader, which dump point."""

from __future__ import annotations

import pytest

from snowplan.dispatch.hauling import Offer, Serving, choose_dump, choose_loader, choose_windrow

OWN_THEN_EAST = (("centre",), ("east",))
MINUTES = {7: 5, 8: 2, 9: 2, 20: 1, 30: 4, 31: 4}


def minutes(place: int) -> int:
    """Travel time to a segment or a junction."""
    return MINUTES[place]


def test_a_windrow_is_chosen_by_rank_then_travel_then_number() -> None:
    """Rank 1 before rank 2 however near; of 8 and 9, equally far, the lower number."""
    due = {"centre": {2: {20}, 1: {7, 9, 8}}}
    assert choose_windrow(due, OWN_THEN_EAST, (), minutes) == 8
    assert choose_windrow(due, OWN_THEN_EAST, {8}, minutes) == 9
    assert choose_windrow(due, OWN_THEN_EAST, {7, 8, 9}, minutes) == 20


def test_another_zone_comes_after_all_of_the_own() -> None:
    """The own zone's lowest rank goes before the best of a zone in reach; others do not count."""
    due = {"centre": {9: {7}}, "east": {1: {20}}, "west": {0: {8}}}
    assert choose_windrow(due, OWN_THEN_EAST, (), minutes) == 7
    assert choose_windrow(due, OWN_THEN_EAST, {7}, minutes) == 20
    assert choose_windrow(due, OWN_THEN_EAST, {7, 20}, minutes) is None


def test_a_loader_is_chosen_by_trucks_bound_then_travel_then_number() -> None:
    """Fewest trucks first, then the nearest, then the lower number; own zone before all."""
    rows = [
        Serving(0, "east", 20, 0), Serving(1, "centre", 7, 1), Serving(2, "centre", 8, 2),
        Serving(3, "centre", 9, 1), Serving(4, "centre", 8, 1),
    ]  # fmt: skip
    chosen = choose_loader(rows, OWN_THEN_EAST, minutes)
    assert chosen is not None
    assert chosen.number == 3
    abroad = choose_loader(rows[:1], OWN_THEN_EAST, minutes)
    assert abroad is not None
    assert abroad.number == 0
    assert choose_loader([], OWN_THEN_EAST, minutes) is None


@pytest.mark.parametrize(
    ("rule", "load_g", "number"),
    [
        ("nearest", 10, 0),  # 1 min away
        ("nearest", 60, 2),  # no room in the nearest; 2 and 3 are equally far
        ("zone_first", 10, 2),  # the own zone's, 4 min away
        ("zone_first", 95, 1),  # only one has so much room
        ("emptiest", 10, 1),  # a tenth full, 5 min away
    ],
)
def test_a_dump_point_is_chosen_by_the_plans_rule(rule: str, load_g: int, number: int) -> None:
    """Room first, then the rule, then travel time, then the number."""
    offers = [
        Offer(0, "east", 20, 50, 0.5, green=False),
        Offer(1, "east", 7, 100, 0.1, green=False),
        Offer(2, "centre", 30, 90, 0.4, green=False),
        Offer(3, "centre", 31, 90, 0.4, green=False),
    ]
    chosen = choose_dump(offers, rule, "centre", load_g, minutes)
    assert chosen is not None
    assert chosen.number == number


def test_no_dump_point_has_room() -> None:
    """A load greater than every room goes nowhere."""
    offers = [Offer(0, "east", 20, 50, 0.5, green=False)]
    assert choose_dump(offers, "nearest", "centre", 51, minutes) is None
