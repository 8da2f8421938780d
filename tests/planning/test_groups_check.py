"""Groups and shifts called twice or in vain, machines without crews: one flaw at a time."""

from __future__ import annotations

from dataclasses import replace

from snowplan.model.fleet import CrewGroup
from snowplan.model.hands import SquadGroup
from snowplan.model.scenario import Scenario
from snowplan.planning.finding import GAP, NOTE
from snowplan.planning.plan_check import plan_findings
from tests.planning.plans import HAND, codes, the, with_groups, with_plan, with_resources
from tests.simulation.towns import crew, ploughs, snow, street, town

STORM = snow((1, 1000), (3, 0))
BOTH = (crew("plough", "16:00"), crew("plough", "04:00"))


def _town(
    crews: tuple[CrewGroup, ...] = BOTH, count: int = 1, flags: tuple[str, ...] = ()
) -> Scenario:
    return town([street("m", "a", "b", 100.0, flags=flags)], ploughs(count, crews), STORM)


def test_nothing_is_said_of_a_plan_without_flaws() -> None:
    """One plough crewed round the clock, one road: nothing at all is found."""
    assert plan_findings(_town()) == []


def test_a_group_listed_twice_is_told() -> None:
    """`clearing` twice at each grade is one finding for all four."""
    found = the("group_twice", with_groups(_town(), "clearing", "clearing"))
    assert (found.values["group"], len(found.grades)) == ("clearing", 4)


def test_a_group_with_nobody_in_it_is_told() -> None:
    """Rural squads are called and there are none; with one squad on shift they are."""
    scenario = with_plan(with_groups(_town(), "clearing", "rural"), hand=HAND)
    assert the("group_empty", scenario).values["group"] == "rural"
    squads = (SquadGroup("r", "centre", "rural", 1, 5, 10.0),)
    filled = with_resources(scenario, squads=squads, crews=(*BOTH, crew("rural")))
    assert codes(filled) == []


def test_hired_machines_that_are_called_are_told_as_nobody() -> None:
    """社会机械 have no machines of their own: called at all grades, they are one finding."""
    found = the("group_empty", with_groups(_town(), "clearing", "hired"))
    assert (found.severity, found.values["group"]) == (GAP, "hired")
    assert len(found.grades) == 4


def test_a_section_given_to_two_groups_is_told() -> None:
    """Section m is named for two office groups; named once, and outside the fringe, it is not."""
    one = SquadGroup("o1", "centre", "office", 1, 5, 10.0, ("m",))
    two = replace(one, id="o2")
    crews = (*BOTH, replace(crew("office"), crews=2))
    twice = with_resources(_town(), squads=(one, two), crews=crews)
    assert the("section_twice", twice).values["owners"] == "o1, o2"
    assert codes(with_resources(twice, squads=(one,))) == []
    rural = SquadGroup("r", "centre", "rural", 1, 5, 10.0)
    fringe = with_resources(
        _town(flags=("fringe",)), squads=(one, rural), crews=(*crews, crew("rural"))
    )
    assert the("section_twice", fringe).values["owners"] == "o1, rural"


def test_a_shift_written_twice_is_told() -> None:
    """Two rows of ploughs at 16:00 for 12 h, of other ids, are one shift twice."""
    again = replace(BOTH[0], id="again")
    found = the("shift_twice", _town((*BOTH, again)))
    assert (found.values["start"], found.found) == ("16:00", 2)


def test_too_little_rest_between_two_shifts_is_told() -> None:
    """18 h every day leave 6 of the 8 h of rest; 16 h leave just 8."""
    found = the("rest_short", _town((crew("plough", "16:00", 18.0),)))
    assert (found.found, found.needed) == (6.0, 8.0)
    assert "rest_short" not in codes(_town((crew("plough", "16:00", 16.0),)))


def test_hours_without_a_crew_are_told() -> None:
    """A crew from 16:00 for 12 h leaves 04:00 to 16:00 without one."""
    (found,) = plan_findings(_town((crew("plough", "16:00"),)))
    assert (found.code, found.values["hours"]) == ("no_crew", "04:00–16:00")


def test_fewer_crews_than_machines_are_told() -> None:
    """Three ploughs, two crews at night and three by day: one stands from 16:00 to 04:00."""
    crews = (replace(BOTH[0], crews=2), replace(BOTH[1], crews=3))
    found = the("few_crews", _town(crews, count=3))
    assert (found.found, found.needed, found.values["stand"]) == (2, 3, 1)
    assert found.values["hours"] == "16:00–04:00"
    full = tuple(replace(row, crews=3) for row in BOTH)
    assert codes(_town(full, count=3)) == []


def test_more_crews_than_machines_are_noted() -> None:
    """Two crews round the clock for one plough: one has no machine."""
    found = the("crews_over", _town(tuple(replace(row, crews=2) for row in BOTH)))
    assert (found.severity, found.values["spare"], found.values["hours"]) == (
        NOTE,
        1,
        "00:00–24:00",
    )


def test_squads_without_a_shift_are_told() -> None:
    """Two squads and one crew: one squad never comes; two crews for a few hours are enough."""
    squads = (SquadGroup("c", "centre", "clearing", 2, 5, 10.0),)
    one = with_resources(_town(), squads=squads, crews=(*BOTH, crew("clearing", "05:00", 8.0)))
    assert the("squads_idle", one).found == 1
    two = replace(crew("clearing", "05:00", 8.0), crews=2)
    assert codes(with_resources(one, crews=(*BOTH, two))) == []
