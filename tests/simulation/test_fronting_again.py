"""Frontage duty over two stops of the snow, by hand and by the checkers of random towns.

600 g/m² from 1:00 to 1:30 and again from 9:00 to 9:30. That it has stopped is found at 2:00 and
10:00; with `dry_h` = 6 the second storm is in sight at 4:00, which ends a stop. Of 1,000 m² of
pavement a street 600 m² are frontage; 300 g/m² stay.
"""

from __future__ import annotations

from dataclasses import replace

from snowplan.model.hands import Frontage, Part
from snowplan.model.network import build_network
from snowplan.model.scenario import Scenario
from snowplan.simulation.handing_over import run_scenario
from tests.oracles.court import Court
from tests.oracles.evidence import Evidence, evidence_of
from tests.oracles.hands import HandJudge
from tests.simulation.squares import hand_town, squads, square
from tests.simulation.towns import PHYSICS, H, snow
from tests.simulation.yards import PILED

TWICE = snow((1, 1_200), (1.5, 0), (9, 1_200), (9.5, 0))
AB, FAR = square("ab", 500, 2), square("bc", 500, 2)
BC = replace(FAR, duty=replace(FAR.duty, zone="west"))


def town(centre: float, west: float, *, squad: bool = False) -> Scenario:
    """Owners comply as often as said, an hour after a stop in the centre, three in the west."""
    duty = (Frontage("centre", 0.6, centre, 1.0, 0.0), Frontage("west", 0.6, west, 3.0, 0.0))
    groups = (squads(),) if squad else ()
    physics = replace(PHYSICS, piled=PILED)
    return hand_town([AB, BC], groups, TWICE, frontage=duty, horizon_h=14, physics=physics)


def evidence(scenario: Scenario) -> Evidence:
    """The logs of its run."""
    return evidence_of(run_scenario(scenario, build_network(scenario.road_map)))


def cleared(e: Evidence, kind: str) -> list[tuple[str, int, int, int]]:
    """(section, start, end, grams) of the rows of a kind that concern frontage."""
    return [
        (e.directions[r.place][0], r.start, r.end, r.amount_g)
        for r in e.rows
        if r.kind == kind and r.part == Part.FRONTAGE
    ]


def test_owners_act_after_each_stop_that_outlasts_their_delay() -> None:
    """Worked by hand: the centre at 3:00 and 11:00, the west at 13:00 alone (5:00 is too late).

    600 - 300, then 300 + 600 - 300, in the west 1,200 - 300 g/m², of 600 m² each.
    """
    e = evidence(town(1.0, 1.0))
    assert cleared(e, "frontage_clear") == [
        ("ab", 3 * H, 3 * H, 180_000), ("ab", 11 * H, 11 * H, 360_000),
        ("bc", 13 * H, 13 * H, 540_000),
    ]  # fmt: skip
    court = Court(e)
    assert HandJudge(e, court.judge, court.sides).acts == {
        "centre": [3 * H, 11 * H], "west": [13 * H],
    }  # fmt: skip
    assert court.faults() == []


def test_what_owners_have_shirked_once_is_the_squads_after_the_next_stop() -> None:
    """Worked by hand: frontage is left to the squad at 3:00 and stays its own: again at 10:00.

    10 m² a second: 600 m² in 60 s, at 10:00 after 400 m² of pavement in 40 s.
    """
    e = evidence(town(0.0, 0.0, squad=True))
    assert cleared(e, "frontage_clear") == []
    assert cleared(e, "hand_clear") == [
        ("ab", 3 * H, 3 * H + 60_000, 180_000), ("ab", 10 * H + 40_000, 10 * H + 100_000, 360_000),
    ]  # fmt: skip
    assert Court(e).faults() == []


def test_a_second_act_out_of_its_time_is_told() -> None:
    """By definition: owners who act twice after one stop, or late after the second, are at fault.

    Each row in a wrong place is one fault, and what is then not done in time another.
    """
    e = evidence(town(1.0, 1.0))
    second = [r for r in e.rows if r.kind == "frontage_clear"][1]
    for at in (9 * H, 12 * H):
        late = e.planted(start=(second.number, at)).planted(end=(second.number, at))
        told = [f for f in Court(late).faults() if f.startswith("frontage:")]
        assert len(told) == 2
