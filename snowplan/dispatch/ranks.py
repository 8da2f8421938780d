"""Ranks: the plan's order of work as a small table, phrase by phrase.

Rank 0 is 确保畅通 (a section that was served and has fallen back to blocked); the rows of the
plan's list follow from 1. With 先主后次 off the class does not count, with 先通后清 off the stage.
"""

from __future__ import annotations

from dataclasses import dataclass

from snowplan.model.network import CRITICAL_CLASS
from snowplan.model.plan import CRITICAL, Plan, Stage
from snowplan.model.roads import ROAD_CLASSES

REOPEN, OPEN, CLEAN = 0, 1, 2
RANK_CLASSES = len(ROAD_CLASSES) + 1
TRAVEL_BITS = 31
TRAVEL_MASK = (1 << TRAVEL_BITS) - 1
BUCKET_BITS = 25
RANK_SHIFT = TRAVEL_BITS + BUCKET_BITS
NO_CANDIDATE = 1 << 62  # above every key; adding a travel time cannot overflow


@dataclass(frozen=True, slots=True)
class Ranks:
    """`table[stage][rank_class]`, smaller is sooner."""

    table: tuple[tuple[int, ...], ...]

    def shifted(self) -> tuple[tuple[int, ...], ...]:
        """The table with every rank already in its place of a key."""
        return tuple(tuple(rank << RANK_SHIFT for rank in row) for row in self.table)


def rank_class_of(name: str) -> int:
    """The rank class of a word of the order: `critical` or a road class."""
    return CRITICAL_CLASS if name == CRITICAL else int(ROAD_CLASSES[name]) + 1


def ranks(plan: Plan) -> Ranks:
    """The ranks that the plan's list and its switches give."""
    rows = [(row.stage, rank_class_of(row.road_class)) for row in plan.order]
    last = len(rows) + 1
    opened = tuple(_rank(rows, Stage.OPEN, c, plan, last) for c in range(RANK_CLASSES))
    cleaned = tuple(_rank(rows, Stage.CLEAN, c, plan, last) for c in range(RANK_CLASSES))
    reopened = (0,) * RANK_CLASSES if plan.phrases.keep_open else opened
    return Ranks((reopened, opened, cleaned))


def _rank(
    rows: list[tuple[Stage, int]], stage: Stage, rank_class: int, plan: Plan, last: int
) -> int:
    by_class = plan.phrases.main_first
    by_stage = plan.phrases.open_before_clean
    if not by_class and not by_stage:
        return 1
    for rank, (row_stage, row_class) in enumerate(rows, start=1):
        if (row_stage == stage or not by_stage) and (row_class == rank_class or not by_class):
            return rank
    return last


def bucket(due_ms: int, rounding_ms: int) -> int:
    """How due instants are compared: in steps, so that within a step the nearest goes first."""
    return due_ms // rounding_ms
