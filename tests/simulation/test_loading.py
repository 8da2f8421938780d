"""Loading: not begun when the shift is too short, and what happens without stock, by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from snowplan.model.fleet import Machine
from snowplan.model.plan import DoseRow
from tests.simulation.towns import (
    Fleet,
    H,
    Row,
    centre,
    crew,
    interval,
    plan,
    ran,
    snow,
    story,
    street,
    town,
)

S1 = "spreader-001"
DOSED = plan(dose_g_m2=20.0, spread_classes=("main",))


def spreader_alone(
    shift_h: float = 12.0, stock_kg: int = 20_000, next_depot: bool = True
) -> list[Row]:
    """What a spreader does, other than rows of the centre, when snow begins at 1:00."""
    fleet = Fleet(
        (Machine(S1, "spreader", "depot"),), (crew("spreader", "16:00", shift_h),),
        stock_kg=stock_kg,
    )  # fmt: skip
    rules = replace(DOSED, rules=replace(DOSED.rules, next_depot_if_empty=next_depot))
    roads = [street("ab", "a", "b", 1_000)]
    run = ran(town(roads, fleet, snow((1, 300), (2, 0)), rules=rules, horizon_h=3))
    return [row for row in story(run.world) if row[1] == S1]


def test_a_load_that_would_outlast_the_shift_is_not_begun() -> None:
    """Worked by hand: the pass of 100 s would end in the shift, but not the load of 120 s.

    The shift of 1.03 h ends at 3,708,000, 108 s after the snow begins.
    """
    assert spreader_alone(shift_h=1.03) == [
        interval(S1, "wait work", 0, H),
        interval(S1, "wait shift_end", H, 3_708_000),
        interval(S1, "wait crew", 3_708_000, 3 * H),
    ]


@pytest.mark.parametrize("next_depot", [True, False])
def test_without_stock_it_says_so_once_and_stands(next_depot: bool) -> None:
    """Worked by hand: it stands at its depot, the only one, finds nothing and waits for stock."""
    assert spreader_alone(stock_kg=0, next_depot=next_depot) == [
        interval(S1, "wait work", 0, H),
        interval(S1, "refuse stock", H, H, "depot"),
        interval(S1, "wait stock", H, 3 * H, "depot"),
    ]


@pytest.mark.parametrize(("classes", "said"), [(("main",), 1), ((), 0)])
def test_too_cold_is_said_only_where_the_plan_spreads(classes: tuple[str, ...], said: int) -> None:
    """Pavement at -5 °C, de-icer down to -4 °C: said once at the first look, of no plan without."""
    rules = plan(dose_g_m2=20.0, spread_classes=classes)
    rules = replace(rules, doses=replace(rules.doses, rows=(DoseRow(-4.0, 20.0, 20.0),)))
    fleet = Fleet((Machine(S1, "spreader", "depot"),), (crew("spreader"),))
    roads = [street("ab", "a", "b", 1_000)]
    run = ran(town(roads, fleet, snow((1, 300), (2, 0)), rules=rules, horizon_h=3))
    cold = [row for row in story(run.world) if row[0] == "refuse too_cold"]
    assert cold == [centre("refuse too_cold", H)] * said
