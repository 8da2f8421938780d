"""Crews by the minute of the day, and the hours of work they can give."""

from __future__ import annotations

from dataclasses import replace

from snowplan.model.scenario import Scenario
from snowplan.planning.crew_hours import CrewHours, crews_by_minute
from snowplan.planning.storms import design_storms
from tests.simulation.towns import H, crew, ploughs, snow, street, town


def _town(*crews: tuple[str, float, int]) -> Scenario:
    groups = tuple(crew("plough", start, hours, count) for start, hours, count in crews)
    fleet = ploughs(2, groups)
    return town([street("ab", "a", "b", 1000.0)], fleet, snow((1, 1000), (3, 0)), horizon_h=30)


def test_crews_pass_midnight_and_add_up() -> None:
    """Two from 20:00 for 12 h and one from 06:00 for 4 h: 2 at 23:00, 3 at 07:00, 1 at 09:00."""
    crews = crews_by_minute(_town(("20:00", 12, 2), ("06:00", 4, 1)), "centre", "plough")
    hours = {hour: crews[hour * 60] for hour in (5, 7, 8, 9, 10, 19, 20, 23)}
    assert hours == {5: 2, 7: 3, 8: 1, 9: 1, 10: 0, 19: 0, 20: 2, 23: 2}


def test_hours_follow_the_clock_and_never_exceed_the_machines() -> None:
    """16:00 to 22:00 with three crews for two machines until 20:00: 2 × 4 h."""
    scenario = _town(("16:00", 4, 3))
    (storm,) = design_storms(scenario)
    hours = CrewHours(scenario, "centre", "plough", 2)
    assert hours.hours(storm, 0, 6 * H) == 8.0
    assert hours.hours(storm, 3 * H, 6 * H) == 2.0
    assert hours.hours(storm, 3 * H, 3 * H) == 0
    assert hours.hours(storm, 0, 30 * H) == 16.0  # the next day's shift, too


def test_a_storm_without_a_clock_has_the_best_time_of_day() -> None:
    """A crew for 4 h a day gives 3 h in the best 3 h, 4 h in 10 h and 8 h in 28 h."""
    scenario = _town(("05:00", 4, 1))
    (storm,) = design_storms(scenario)
    anywhen = replace(storm, clock=None)
    hours = CrewHours(scenario, "centre", "plough", 1)
    assert [hours.hours(anywhen, 0, h * H) for h in (3, 10, 28)] == [3.0, 4.0, 8.0]


def test_machines_that_stand_at_night_give_no_hours() -> None:
    """With 夜间清雪 off nobody works from 22:00 to 05:00: 24 h of crews give 17 h."""
    scenario = _town(("16:00", 12, 1), ("04:00", 12, 1))
    (storm,) = design_storms(scenario)
    rules = scenario.plan
    day = replace(
        scenario, plan=replace(rules, phrases=replace(rules.phrases, clear_at_night=False))
    )
    assert CrewHours(scenario, "centre", "plough", 1).hours(storm, 0, 24 * H) == 24.0
    assert CrewHours(day, "centre", "plough", 1).hours(storm, 0, 24 * H) == 17.0
