"""The search for the snowfall that a limit holds, against the whole grid run through."""

from __future__ import annotations

import random

from snowplan.analysis.envelope_quantile import AT_LEAST, LESS, Threshold, threshold
from snowplan.analysis.envelope_search import Margin, bracket
from tests.analysis.envelope_cases import GRID, TOP, Told, searched

ITEMS = ("clean/lane", "open/main", "side/pavement")


def test_monotone_margins_give_the_thresholds_of_the_whole_grid() -> None:
    """Whatever falls without rising again is found as by asking every position, with fewer runs."""
    draw = random.Random(1)
    asked = 0
    for _ in range(200):
        tops = {(item, r): draw.uniform(-3, TOP + 3) for item in ITEMS for r in range(3)}
        slopes = {item: draw.uniform(0.1, 2.0) for item in ITEMS}

        def law(p: int, r: int, tops: dict, slopes: dict) -> dict[str, Margin]:
            hours = {item: (tops[item, r] - p) * slopes[item] for item in ITEMS}
            return {item: Margin(max(h, -6.0), int(h < -6.0)) for item, h in hours.items()}

        found, _ = searched(lambda p, r, t=tops, s=slopes: law(p, r, t, s), 3)
        whole = {(p, r): law(p, r, tops, slopes) for p in range(TOP + 1) for r in range(3)}
        asked += len(found)
        for item in ITEMS:
            for r in range(3):
                assert threshold(found, GRID, item, r) == threshold(whole, GRID, item, r)
    assert asked < 200 * 3 * (TOP + 1) * 0.6


def test_noisy_margins_end_between_neighbours_and_below_every_known_failure() -> None:
    """The rule for what is not monotone: the first known failure and its neighbour that held."""
    draw = random.Random(2)
    untold = 0
    for _ in range(300):
        holds = [draw.random() < 1 - p / TOP for p in range(TOP + 1)]

        def law(p: int, r: int, holds: list[bool]) -> dict[str, Margin]:
            return {"open/main": Margin(1.0 if holds[p] else -1.0)}

        found, _ = searched(lambda p, r, h=holds: law(p, r, h), 1)
        held, failed = bracket(found, "open/main", 0)
        one = threshold(found, GRID, "open/main", 0)
        assert one is not None
        asked = {p for p, _ in found}
        first = next((p for p in range(TOP + 1) if not holds[p]), None)
        if failed is None:
            assert held == TOP
            assert one.bound == AT_LEAST
        elif held is None:
            assert failed == 0 == first
            assert one.bound == LESS
        else:
            assert held == failed - 1
            assert holds[held]
            assert not holds[failed]
            assert all(holds[p] for p in asked if p < failed)
            assert one.monotone == (not any(holds[p] for p in asked if p > failed))
            untold += first != failed
    assert untold, "the draw has no case in which a failure was passed over"


def test_a_run_that_failed_is_not_asked_for_again_and_others_stand_in() -> None:
    """Positions without margins are passed by; the gap closes to what can be known."""

    def law(p: int, r: int) -> dict[str, Margin]:
        return {} if p in (8, 10) else {"open/main": Margin(9.5 - p)}

    found, _ = searched(law, 2)
    assert bracket(found, "open/main", 1) == (9, 11)
    none, rounds = searched(lambda *_: {}, 2)
    assert rounds == [8]
    assert threshold(none, GRID, "open/main", 0) is None


def test_the_margin_is_straight_in_the_logarithm_within_the_gap() -> None:
    """By hand: held by 1 h at 1.0, failed by 3 h at 2 to the quarter: a quarter of the way."""
    found: Told = {(8, 0): {"open/main": Margin(1.0)}, (9, 0): {"open/main": Margin(-3.0)}}
    one = threshold(found, GRID, "open/main", 0)
    assert one is not None
    assert abs(one.factor - 2 ** (1 / 16)) < 1e-12
    assert one.fails_at == 9
    found[9, 0] = {"open/main": Margin(-3.0, late=2)}
    one = threshold(found, GRID, "open/main", 0)
    assert one is not None
    assert abs(one.factor - 2 ** (1 / 8)) < 1e-12


def test_where_the_limit_lies_beyond_the_horizon_only_what_held_is_known() -> None:
    """Sections left at a horizon before the limit: no success, and no failure to count on."""
    assert not Margin(5.0, late=1).holds
    assert not Margin(-1e-9).holds
    assert Margin(0.0).holds

    def law(p: int, r: int) -> dict[str, Margin]:
        held = p < (7, 0)[r]
        return {"clean/lane": Margin(3.0, 0 if held else 4)}

    found, _ = searched(law, 2)
    assert threshold(found, GRID, "clean/lane", 0) == Threshold(GRID.factors[6], AT_LEAST)
    assert threshold(found, GRID, "clean/lane", 1) is None
