"""The duty board: what is due for whom, on a street of four strips each way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snowplan.dispatch.board import Board, Keys
from snowplan.dispatch.ranks import (
    CLEAN,
    NO_CANDIDATE,
    OPEN,
    RANK_SHIFT,
    REOPEN,
    TRAVEL_BITS,
    ranks,
)
from snowplan.model.fleet import Work
from snowplan.model.network import build_network
from snowplan.model.roads import RoadClass
from snowplan.model.snow import NEVER
from tests.simulation.towns import BRUSH, GRADER, PLOUGH, SPREADER, H, plan, street, town_map

HALF_H = 1_800_000
NONE = NO_CANDIDATE
NOW = 2 * H
# The lists' rows: main opened 3, lane opened 6, main cleaned 9, lane cleaned 12.
TYPES = {
    t.kind: t for t in (PLOUGH, replace(BRUSH, classes=("main",)), GRADER, SPREADER)
}  # fmt: skip


def new_board() -> Board:
    """Segments 0 and 1: a main street, four strips each way (0-3, 4-7); 2 and 3: a lane (8)."""
    sections = [
        street("ab", "a", "b", 100, 24),
        street("bc", "b", "c", 100, 3, road_class=RoadClass.LANE),
    ]
    return Board(build_network(town_map(sections)), ranks(plan()), TYPES, HALF_H)


def key(rank: int, step: int) -> int:
    """The key of a rank and a half hour."""
    return rank << RANK_SHIFT | step << TRAVEL_BITS


@pytest.fixture
def board() -> Board:
    """A board on which nothing is due."""
    return new_board()


def test_nothing_is_due_at_first(board: Board) -> None:
    """By definition: no due instant, no candidate, for no kind."""
    assert board.standing(0, NOW) == Keys(NONE, NONE, NONE, NONE)
    assert all(set(keys.tolist()) == {NONE} for keys in board.keys.values())


def test_the_key_is_rank_and_half_hour_of_the_earliest_free_strip(board: Board) -> None:
    """By hand: due at 1:10 and 0:40 are half hours 2 and 1; what is due at 2:00:00.001 is not yet.

    Not blocked: to be cleaned, rank 9 for a main street.
    """
    board.lead_due[1], board.lead_due[2], board.lead_due[3] = H + 600_000, 2_400_000, NOW + 1
    assert board.standing(0, NOW).plough == key(9, 1)
    board.claimed[2] = 1
    assert board.standing(0, NOW).plough == key(9, 2)
    board.claimed[1] = 1
    assert board.standing(0, NOW).plough == NONE
    assert board.standing(0, NOW + 1).plough == key(9, 4)
    assert board.standing(1, NOW).plough == NONE  # the other direction


def test_stages(board: Board) -> None:
    """By hand: blocked from 2:00 on is to be opened (rank 3), served before it is to be reopened
    (rank 0), and once somebody is on the way to open it, it is to be cleaned (rank 9)."""
    board.lead_due[0] = NOW
    board.block_at[0] = NOW + 1
    assert (board.stage(0, NOW), board.standing(0, NOW).plough) == (CLEAN, key(9, 4))
    board.block_at[0] = NOW
    assert (board.stage(0, NOW), board.standing(0, NOW).plough) == (OPEN, key(3, 4))
    board.served[0] = 1
    assert (board.stage(0, NOW), board.standing(0, NOW).plough) == (REOPEN, key(0, 4))
    board.opening[0] = 1
    assert (board.stage(0, NOW), board.standing(0, NOW).plough) == (CLEAN, key(9, 4))


def test_who_leads_and_who_follows(board: Board) -> None:
    """By hand: where ploughs lead, a brush only follows; where brushes lead, a plough gets what
    is too deep for them."""
    board.lead_due[0], board.follow_due[1] = 0, HALF_H
    assert board.standing(0, NOW)[:2] == (key(9, 0), key(9, 1))
    board.lead_is_plough = False
    assert board.standing(0, NOW)[:2] == (NONE, key(9, 0))
    board.deep[0] = 1
    assert board.standing(0, NOW)[:2] == (key(9, 0), key(9, 1))


def test_following_is_cleaning_even_where_it_is_blocked(board: Board) -> None:
    """By hand: a plough has been over it, so what a brush takes is for cleanness: rank 9, not 3."""
    board.block_at[0] = 0
    board.follow_due[0] = 0
    assert board.standing(0, NOW)[:2] == (NONE, key(9, 0))


def test_grading_and_spreading(board: Board) -> None:
    """By hand: grading opens like ploughing; spreading is cleaning and has a switch (the cold)."""
    board.grade_due[4], board.spread_due[5] = H, HALF_H
    assert board.standing(1, NOW)[2:] == (key(9, 2), NONE)
    board.spread_on = True
    assert board.standing(1, NOW)[2:] == (key(9, 2), key(9, 1))
    board.block_at[1] = 0
    assert board.standing(1, NOW)[2:] == (key(3, 2), key(9, 1))


def test_only_kinds_that_may_work_there_see_it(board: Board) -> None:
    """By hand: the brush may not work on lanes, and its key stays without a candidate."""
    board.follow_due[8], board.lead_due[8] = 0, NEVER
    board.refresh(2, NOW)
    assert board.standing(2, NOW).brush == key(12, 0)
    assert board.keys["roller_brush"][2] == NONE
    assert not board.may_work("roller_brush", 2)
    assert board.may_work("plough", 2)


def test_a_segment_given_to_hands_is_no_candidate_until_it_is_given_back(board: Board) -> None:
    """By hand: due for ploughs since 1:00; squads have it, then machines again, brushes never."""
    board.lead_due[8] = H
    board.refresh(2, NOW)
    board.give_to_hands(2, by_hand=True)
    board.refresh(2, NOW)
    assert (board.keys["plough"][2], board.may_work("plough", 2)) == (NONE, False)
    assert board.may_work("plough", 0)
    board.give_to_hands(2, by_hand=False)
    board.refresh(2, NOW)
    assert (board.keys["plough"][2], board.may_work("plough", 2)) == (key(12, 2), True)
    assert not board.may_work("roller_brush", 2)


def test_newly_due_tells_stale_entries(board: Board) -> None:
    """By definition: only a free strip that is still due from just this instant counts."""
    board.lead_due[4:6] = [H, 2 * H]
    board.claimed[5] = 1
    assert [board.newly_due(1, t) for t in (H, H + 1, 2 * H)] == [True, False, False]


def test_groups_of_strips(board: Board) -> None:
    """By hand: runs of due strips from the centre, each as wide as a tool, adjacent to the last."""
    board.lead_due[0:4] = [0, 0, 0, 0]
    assert board.groups(0, Work.PLOUGH, NOW, 1, 1) == [(0, 1)]
    assert board.groups(0, Work.PLOUGH, NOW, 2, 1) == [(0, 2)]
    assert board.groups(0, Work.PLOUGH, NOW, 3, 9) == [(0, 3), (3, 4)]
    assert board.groups(0, Work.PLOUGH, NOW, 1, 3) == [(0, 1), (1, 2), (2, 3)]
    board.claimed[0] = board.claimed[2] = 1
    assert board.groups(0, Work.PLOUGH, NOW, 2, 2) == [(1, 2)]  # 3 is not next to it
    assert board.groups(0, Work.BRUSH, NOW, 2, 2) == []
    assert board.groups(1, Work.PLOUGH, NOW, 2, 2) == []


def test_a_pass_frees_its_strip(board: Board) -> None:
    """By definition: the claim and the depth are gone, the brush follows, it counts as worked."""
    board.claimed[0] = board.deep[0] = 1
    board.grade_due[0] = 0
    board.free_strip(0, NOW)
    state = (board.claimed[0], board.deep[0], board.worked[0], board.grade_due[0])
    assert state == (0, 0, 1, NEVER)
    assert board.due_for(Work.BRUSH, 0, NOW)
    assert not board.due_for(Work.BRUSH, 0, NOW - 1)


DUE = st.sampled_from([0, H, NOW, NOW + 1, NEVER])


@given(data=st.data())
def test_kept_keys_are_those_of_a_fresh_look(data: st.DataObject) -> None:
    """By definition: after a refresh every kind's key is `standing`, and standing agrees with
    `due_for` strip by strip."""
    board = new_board()
    for dues in (board.lead_due, board.follow_due, board.grade_due, board.spread_due):
        dues[0:8] = data.draw(st.lists(DUE, min_size=8, max_size=8))
    for flags in (board.claimed, board.deep):
        flags[0:8] = bytes(data.draw(st.lists(st.integers(0, 1), min_size=8, max_size=8)))
    board.lead_is_plough = data.draw(st.booleans())
    board.spread_on = True
    for segment in (0, 1):
        board.refresh(segment, NOW)
        board.refresh_special(segment, NOW)
        standing = board.standing(segment, NOW)
        kept = [board.keys[k][segment] for k in ("plough", "roller_brush", "grader", "spreader")]
        assert kept == list(standing)
        works = (Work.PLOUGH, Work.BRUSH, Work.GRADE, Work.SPREAD)
        for work, found in zip(works, standing, strict=True):
            strips = range(4 * segment, 4 * segment + 4)
            assert (found < NONE) == any(board.due_for(work, s, NOW) for s in strips)
