"""Beats and the next area of a squad, against the words of the plan."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from snowplan.dispatch.hands import beats, key_of, next_area
from snowplan.dispatch.ranks import RANK_SHIFT


def test_equal_segments_are_shared_equally() -> None:
    """Six segments of one size and three squads: two each, in order."""
    assert beats([50] * 6, 3) == [0, 0, 1, 1, 2, 2]


def test_a_segment_goes_where_its_middle_lies() -> None:
    """Of 100 dm² each squad has 50: the middle of 40 + 30 lies at 55, in the second run."""
    assert beats([40, 30, 30], 2) == [0, 1, 1]


@given(st.lists(st.integers(1, 10_000), max_size=40), st.integers(1, 12))
def test_beats_are_runs_of_about_equal_area(dm2: list[int], squads: int) -> None:
    """Runs in order, every segment once, none larger than its share by more than one segment."""
    found = beats(dm2, squads)
    assert found == sorted(found)
    assert len(found) == len(dm2)
    assert set(found) <= set(range(squads))
    for squad in set(found):
        own = sum(area for area, of in zip(dm2, found, strict=True) if of == squad)
        assert own <= sum(dm2) / squads + max(dm2)


def row(rank: int, step: int, part: int, area: int) -> tuple[int, int]:
    """A candidate; the rank in the high bits of its key, as the plan's table gives it."""
    return key_of(rank << RANK_SHIFT, step, part), area


def test_the_first_area_by_rank_due_step_part_and_travel() -> None:
    """Each field decides only where all before it are equal; the area's number comes last."""
    travel = {1: 900, 2: 500, 3: 100, 4: 500, 5: 0, 6: 0}
    rows = [
        row(7, 3, 2, 1), row(7, 2, 3, 5), row(7, 2, 2, 4), row(7, 2, 2, 2), row(8, 0, 0, 6),
        row(7, 2, 2, 1),
    ]  # fmt: skip
    assert next_area(rows, travel.__getitem__) == (2, 500)
    assert next_area([row(7, 3, 2, 1), row(7, 2, 3, 5)], travel.__getitem__) == (5, 0)
    assert next_area([row(8, 0, 0, 6), row(7, 9, 3, 3)], travel.__getitem__) == (3, 100)
    assert next_area([], travel.__getitem__) is None


@given(*[st.tuples(st.integers(0, 40), st.integers(0, 9_999), st.integers(0, 3))] * 2)
def test_keys_order_as_rank_due_step_and_part(
    a: tuple[int, int, int], b: tuple[int, int, int]
) -> None:
    """One number, the same order as the three in turn."""
    assert (row(*a, 0)[0] < row(*b, 0)[0]) == (a < b)


def test_travel_is_asked_only_of_areas_that_may_be_next() -> None:
    """A way is looked up for those of equal rank, due step and part alone."""
    asked: list[int] = []

    def travel(area: int) -> int:
        asked.append(area)
        return 0

    rows = [row(2, 0, 0, 1), row(1, 0, 0, 2), row(1, 0, 0, 3)]
    assert next_area(rows, travel) == (2, 0)
    assert asked == [2, 3]
