"""What is blocked comes first (先通后清), what is blocked again before all (确保畅通), by hand.

Snow of 6,000 µm an hour is 60 mm; above 30 mm = 3,000 g/m² a street is blocked.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from snowplan.dispatch.finding import Hit, MatrixFinder
from snowplan.dispatch.ranks import CLEAN, OPEN
from snowplan.model.fleet import Machine, Work
from snowplan.model.now import Lying, Now
from snowplan.model.plan import Phrases
from snowplan.model.roads import RoadClass
from snowplan.simulation.world import World
from tests.simulation.towns import (
    Fleet,
    H,
    crew,
    finish,
    plan,
    ploughs,
    segment_name,
    snow,
    story,
    street,
    town,
    world_of,
)

ROADS = (
    street("bc", "b", "c", 1_000),
    street("cd", "c", "d", 1_000, road_class=RoadClass.LANE),
    street("ab", "a", "b", 100, operator="province"),
)


def streets_worked(world: World, kind: str = "plough") -> list[str]:
    """Where each finished pass of a kind was, in order."""
    return [place for words, _, _, _, _, place, _, _ in story(world) if words == kind]


def number_of(world: World, name: str) -> int:
    """The number of a segment by its name."""
    names = [segment_name(world.network, k) for k in range(len(world.network.seg.section))]
    return names.index(name)


def test_served_streets_blocked_again_come_first_with_clearing_in_snow_off() -> None:
    """Worked by hand: each street once in the snow, then at 3:00 both lie under over 30 mm.

    Snow from 1:00 exceeds 10 mm on both at 4,200,001: the main road goes first. With 雪中清雪 off
    nothing more is due until snow has stopped, at 3:00. Both have been served: rank 0 whatever the
    class, so the nearer goes first: from d, cd begins 1,000 m away and bc 2,000 m.
    """
    rules = replace(plan(), phrases=Phrases(clear_in_snow=False))
    storm = snow((1, 6_000), (3, 0))
    run = finish(world_of(town(ROADS, ploughs(home="b"), storm, rules=rules)))
    passes = ["bc:forward", "cd:forward", "cd:forward", "bc:forward"]
    assert streets_worked(run.world) == passes


def test_the_first_decision_of_a_late_crew_knows_what_is_blocked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Worked by hand: nobody comes until 20:00 (4 h), when 60 mm lie on bc and cd: to be opened.

    The street of another operator has no strip, so there is nothing to open.
    """
    fleet = ploughs(crews=(crew("plough", "20:00", 8),), home="b")
    world = world_of(town(ROADS, fleet, snow((1, 6_000), (2, 0))))
    streets = [number_of(world, f"{name}:forward") for name in ("ab", "bc", "cd")]
    seen = []
    best = MatrixFinder.best

    def asked(finder: MatrixFinder, kind: str, junction: int, zone: str) -> Hit | None:
        now = int(world.env.now)
        seen.append((now, *(world.board.stage(segment, now) for segment in streets)))
        return best(finder, kind, junction, zone)

    monkeypatch.setattr(MatrixFinder, "best", asked)
    world.env.run(until=4 * H + 1)
    assert seen[0] == (4 * H, CLEAN, OPEN, OPEN)


def test_a_street_told_as_blocked_is_opened_first() -> None:
    """A lane under 100 mm is blocked at the start; a main road under 10 mm is merely due."""
    roads = (
        street("ab", "a", "b", 1_000),
        street("ac", "a", "c", 1_000, road_class=RoadClass.LANE),
    )
    told = Now(((-2 * H, -H, 10_000),), (("ab", Lying(10.0)), ("ac", Lying(100.0))))
    run = finish(world_of(replace(town(roads, ploughs(), snow((0, 0))), now=told)))
    assert streets_worked(run.world)[:2] == ["ac:forward", "ab:forward"]


def test_a_street_told_as_open_is_opened_when_snow_has_blocked_it() -> None:
    """Worked by hand: 100 µm/h on 29 mm fill 30 mm, 100 g/m², at 1:00; the lane is blocked then.

    The crew comes at 20:00 (4 h): it goes to the lane before the main road, told as under 10 mm.
    """
    roads = (
        street("ab", "a", "b", 1_000),
        street("ac", "a", "c", 1_000, road_class=RoadClass.LANE),
    )
    told = Now(((-2 * H, -H, 10_000),), (("ab", Lying(10.0)), ("ac", Lying(29.0))))
    fleet = ploughs(crews=(crew("plough", "20:00", 8),))
    world = world_of(replace(town(roads, fleet, snow((0, 100), (5, 0))), now=told))
    world.env.run(until=4 * H + 1)
    assert world.board.block_at[number_of(world, "ac:forward")] == H + 1
    run = finish(world)
    assert streets_worked(run.world)[0] == "ac:forward"


def test_graders_too_go_first_where_it_is_blocked_again() -> None:
    """Worked by hand: packed snow is found on a main road, then on a lane; later both are blocked.

    * The plough works cd (main) first, to 4,500,001 ms, then bc (a lane), to 4,900,001, and finds
      6 mm packed on each (3,000 g/m², more than it can scrape): due for the grader since then,
      within one step of 30 min. Its crew goes home at 1.4 h = 5,040,000.
    * 500 g/m² were left; 2,500 more fall in 25 min: both are blocked at 6,400,002 at the latest.
    * The graders' crew comes at 2.5 h while it snows on. Both were served: rank 0 whatever the
      class, so bc, which begins at home, goes before cd, which is 1,000 m away.
    """
    roads = (
        street("bc", "b", "c", 1_000, road_class=RoadClass.LANE),
        street("cd", "c", "d", 1_000),
        street("ab", "a", "b", 100, operator="province"),
    )
    machines = (Machine("plough-001", "plough", "depot"), Machine("grader-001", "grader", "depot"))
    crews = (crew("plough", "16:00", 1.4), crew("grader", "18:30", 8))
    rules = plan((Work.PLOUGH, Work.GRADE))
    scenario = town(roads, Fleet(machines, crews, "b"), snow((1, 6_000), (5, 0)), rules=rules)
    world = world_of(scenario)
    world.ground.packed[:] = [9_000_000] * len(world.ground.packed)
    world.env.run(until=4 * H)
    assert streets_worked(world) == ["cd:forward", "bc:forward"]
    assert streets_worked(world, "grade_packed") == ["bc:forward", "cd:forward"]
