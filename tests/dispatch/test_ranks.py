"""Ranks from the plan's list and its switches, counted on the fingers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from snowplan.dispatch.ranks import (
    CLEAN,
    NO_CANDIDATE,
    OPEN,
    RANK_SHIFT,
    REOPEN,
    TRAVEL_BITS,
    TRAVEL_MASK,
    bucket,
    rank_class_of,
    ranks,
)
from snowplan.model.plan import OrderRow, Phrases, Plan, Stage
from tests.simulation.towns import plan

OPENED = (1, 2, 3, 4, 5, 6)  # critical, expressway, main, secondary, branch, lane
CLEANED = (7, 8, 9, 10, 11, 12)
ZERO = (0,) * 6


def with_phrases(**switches: bool) -> Plan:
    """The usual list: open every class in order, then clean every class in order."""
    return replace(plan(), phrases=Phrases(**switches))


@pytest.mark.parametrize(
    ("switches", "reopened", "opened", "cleaned"),
    [
        ({}, ZERO, OPENED, CLEANED),
        ({"keep_open": False}, OPENED, OPENED, CLEANED),
        ({"main_first": False}, ZERO, (1,) * 6, (7,) * 6),
        ({"open_before_clean": False}, ZERO, OPENED, OPENED),
        ({"main_first": False, "open_before_clean": False}, ZERO, (1,) * 6, (1,) * 6),
    ],
)
def test_ranks_of_the_usual_list(
    switches: dict[str, bool],
    reopened: tuple[int, ...],
    opened: tuple[int, ...],
    cleaned: tuple[int, ...],
) -> None:
    """By hand: the rows of the list numbered from 1; a phrase switched off is not looked at."""
    table = ranks(with_phrases(**switches)).table
    assert (table[REOPEN], table[OPEN], table[CLEAN]) == (reopened, opened, cleaned)


def test_a_list_of_another_order() -> None:
    """By hand: main roads opened and cleaned before bridges; what the list lacks comes last."""
    rows = (
        OrderRow(Stage.OPEN, "main"),
        OrderRow(Stage.CLEAN, "main"),
        OrderRow(Stage.OPEN, "critical"),
    )
    table = ranks(replace(plan(), order=rows)).table
    assert table[OPEN] == (3, 4, 1, 4, 4, 4)
    assert table[CLEAN] == (4, 4, 2, 4, 4, 4)


def test_words_of_the_list() -> None:
    """By hand: critical places are a class of their own before the five road classes."""
    words = ("critical", "expressway", "main", "secondary", "branch", "lane")
    assert [rank_class_of(word) for word in words] == [0, 1, 2, 3, 4, 5]


def test_no_key_reaches_no_candidate() -> None:
    """By hand: rank 13, a due step of a year of milliseconds, and the longest travel time."""
    steps = bucket(366 * 86_400_000, 1_800_000)
    assert steps == 366 * 48
    key = (13 << RANK_SHIFT) | (steps << TRAVEL_BITS)
    assert key + TRAVEL_MASK < NO_CANDIDATE
    assert ranks(plan()).shifted()[CLEAN][2] == 9 << 56


def test_due_instants_are_told_apart_in_steps() -> None:
    """By hand: in steps of 30 min 29:59.999 is step 0 and 30:00 step 1."""
    assert [bucket(t, 1_800_000) for t in (0, 1_799_999, 1_800_000)] == [0, 0, 1]
