"""Calling out and going home: by the clock, by night, and at the end of a shift, by hand."""

from __future__ import annotations

from dataclasses import replace

from snowplan.model.plan import Phrases
from tests.simulation.towns import (
    H,
    centre,
    crew,
    finish,
    interval,
    plan,
    ploughs,
    ran,
    snow,
    story,
    street,
    town,
    with_call_out,
    work,
    world_of,
)

P = "plough-001"
STREET = (street("ab", "a", "b", 1_000),)


def test_without_snow_nobody_is_called_by_the_clock_either() -> None:
    """By definition: no snow, no work, and no error where 以雪为令 is off."""
    rules = replace(plan(), phrases=Phrases(act_on_snow=False))
    run = ran(town(STREET, ploughs(), snow(), rules=rules))
    assert story(run.world) == [
        centre("grade light"),  # the town is handled as light snow whatever falls
        interval(P, "wait called_off", 0, 6 * H),
    ]


def test_work_begins_by_the_clock_where_snow_does_not_decide() -> None:
    """Worked by hand: snow at 1:00 (17:00), the fixed hour is 19:00 (3 h), and 30 min to muster.

    By then snow has stopped for the centre with 600 g/m² lying: 100 × 3,000 g go.
    """
    rules = with_call_out(plan(), fixed_start_minute=19 * 60)
    rules = replace(rules, phrases=Phrases(act_on_snow=False))
    run = ran(town(STREET, ploughs(), snow((1, 1_200), (1.5, 0)), rules=rules, horizon_h=4))
    begun = round(3.5 * H)
    assert story(run.world) == [
        centre("grade light"),
        centre("call_out clock", 3 * H),
        interval(P, "wait called_off", 0, 3 * H),
        interval(P, "wait crew", 3 * H, begun),
        work(P, "plough", (begun, begun, begun + 200_000), "ab:forward", "0", 300_000),
        interval(P, "wait work", begun + 200_000, 4 * H),
    ]


def test_without_quick_response_the_muster_takes_longer() -> None:
    """Worked by hand: called at 0 an hour ahead, there after the slow 120 min instead of 30.

    At 2:00 snow has stopped for the centre, so there is work at once.
    """
    rules = replace(plan(), phrases=Phrases(quick_response=False))
    fleet = ploughs(crews=(crew("plough", "08:00"),))
    run = ran(town(STREET, fleet, snow((1, 1_200), (1.5, 0)), rules=rules, horizon_h=3))
    assert story(run.world)[2:4] == [
        interval(P, "wait crew", 0, 2 * H),
        work(P, "plough", (2 * H, 2 * H, 2 * H + 200_000), "ab:forward", "0", 300_000),
    ]


def test_machines_stand_at_night_where_the_plan_does_not_clear_at_night() -> None:
    """Worked by hand: the plan's night is 22:00 (6 h) to 05:00 (13 h), while the crew is there.

    Called at 4.75 h, an hour ahead; snow from 5.75 h exceeds the trigger at 20,700,000 + 1,333,334,
    seven minutes into the night. At 13 h 1,350 g/m² lie, of which 850 × 3,000 g go.
    """
    rules = replace(plan(), phrases=Phrases(clear_at_night=False))
    fleet = ploughs(crews=(crew("plough", "16:00", 14),))
    run = ran(town(STREET, fleet, snow((5.75, 2_700), (6.25, 0)), rules=rules, horizon_h=14))
    called, there, morning = round(4.75 * H), round(5.25 * H), 13 * H
    assert story(run.world)[2:] == [
        interval(P, "wait called_off", 0, called),
        interval(P, "wait crew", called, there),
        interval(P, "wait work", there, 6 * H),
        interval(P, "wait night", 6 * H, morning),
        work(P, "plough", (morning, morning, morning + 200_000), "ab:forward", "0", 2_550_000),
        interval(P, "wait work", morning + 200_000, 14 * H),
    ]


def test_a_job_that_would_outlast_the_shift_is_not_begun() -> None:
    """Worked by hand: due at 28,693,334, but 200 s of work would end after midnight (28,800,000).

    What is left of the shift is spent waiting for its end; then nobody is there until 01:00.
    """
    crews = (crew("plough", "16:00", 8), crew("plough", "01:00", 8))
    run = ran(town(STREET, ploughs(crews=crews), snow((7.6, 2_700), (8, 0)), horizon_h=10))
    assert story(run.world)[3:] == [
        interval(P, "wait crew", round(6.6 * H), round(7.1 * H)),
        interval(P, "wait work", round(7.1 * H), 28_693_334),
        interval(P, "wait shift_end", 28_693_334, 28_800_000),
        interval(P, "wait crew", 28_800_000, 32_400_000),
        work(P, "plough", (32_400_000, 32_400_000, 32_600_000), "ab:forward", "0", 1_740_000),
        interval(P, "wait work", 32_600_000, 10 * H),
    ]


def test_who_is_mended_in_the_next_shift_goes_on_at_once() -> None:
    """Worked by hand: broken down before midnight, mended after the next crew has come at 01:00.

    Snow from 7 h exceeds the trigger at 26,533,334. The plough fails 50 s into its pass, a quarter
    of it; mended 4 h later it drives over that quarter (25 s) and works the rest (150 s).
    """
    crews = (crew("plough", "16:00", 8), crew("plough", "01:00", 8))
    storm = snow((7, 2_700), (7.5, 0))
    world = world_of(town(STREET, ploughs(crews=crews), storm, horizon_h=14))
    world.units[0].to_failure_ms = 50_000
    run = finish(world)
    failed = 26_583_334
    mended = failed + 4 * H
    assert story(run.world)[5:] == [
        work(P, "plough breakdown", (26_533_334, 26_533_334, failed), "ab:forward", "0", 0),
        interval(P, "breakdown", failed, failed, "ab:forward"),
        interval(P, "repair", failed, mended),
        work(P, "plough", (mended, mended, mended + 175_000), "ab:forward", "0", 2_550_000),
        interval(P, "wait work", mended + 175_000, 14 * H),
    ]
