"""Towns with hand work, with figures that can be worked with a pencil.

On top of what `towns` says: one worker clears 3,600 m² an hour = 1 m² a second, so a squad of ten
clears 1,000 m² in 100 s; squads drive at 36 km/h = 100 ms a metre; hands leave 3 mm = 300 g/m²;
an area is due above 20 mm = 2,000 g/m² while it snows, above 5 mm = 500 g/m² afterwards. Streets
are one-way unless said otherwise, so that one direction has all of the pavement.
"""

from __future__ import annotations

from dataclasses import replace

from snowplan.model.fleet import CrewGroup, Machine
from snowplan.model.hands import Frontage, HandRules, Part, SquadGroup
from snowplan.model.plan import Plan
from snowplan.model.roads import Section
from snowplan.model.scenario import Scenario
from snowplan.model.weather import WeatherSpell
from snowplan.results.group_log import NO_PART, NOBODY
from snowplan.results.log import EVENT_KINDS, REASONS
from snowplan.simulation.world import World
from tests.simulation.towns import (
    CLASSES,
    Fleet,
    H,
    crew,
    plan,
    segment_name,
    snow,
    street,
    town,
)

HAND = HandRules(
    m2_h=3_600.0,
    depth_k=0.2,
    packed_factor=1.5,
    residual_mm=3.0,
    trigger_mm=20.0,
    cycle_share=dict.fromkeys(CLASSES, 0.0),
    office_classes=("main",),
    limit_h={},
)
LIGHT_SNOW = snow((1, 1_200), (1.5, 0))  # 600 g/m² in all
STOPPED = 2 * H  # when the centre finds that LIGHT_SNOW has stopped
SQUAD = "clearing-001"  # the first squad of `squads()`
NO_MACHINES = Fleet((Machine("plough-001", "plough", "depot"),), ())  # one, that nobody drives


def square(
    name: str,
    length_m: float,
    side_m: float,
    *,
    cycle_m: float | None = None,
    flags: tuple[str, ...] = (),
    oneway: bool = True,
    width_m: float = 3.0,
) -> Section:
    """A street, of one 3 m strip if not said otherwise, with pavements `side_m` wide in all."""
    found = street(name, *name[:2], length_m, width_m, oneway=oneway, flags=flags)
    way = replace(found.way, pavement_width_m=side_m, cycle_width_m=cycle_m)
    return replace(found, way=way)


def squads(
    count: int = 1,
    workers: int = 10,
    group: str = "clearing",
    sections: tuple[str, ...] = (),
) -> SquadGroup:
    """Squads of one group in the one zone."""
    return SquadGroup(group, "centre", group, count, workers, 36.0, sections)


def hand_plan(
    groups: tuple[str, ...] = ("clearing", "rural", "office", "frontage"),
    hand: HandRules = HAND,
    rules: Plan | None = None,
) -> Plan:
    """The plan of `towns` with hand work; all grades call the same groups."""
    rules = rules or plan()
    treatments = tuple(replace(t, groups=groups) for t in rules.treatments)
    return replace(rules, hand=hand, treatments=treatments)


def hand_town(
    sections: list[Section],
    groups: tuple[SquadGroup, ...],
    storm: tuple[WeatherSpell, ...],
    *,
    fleet: Fleet = NO_MACHINES,
    rules: Plan | None = None,
    frontage: tuple[Frontage, ...] = (),
    crews: tuple[CrewGroup, ...] | None = None,
    ring: bool = True,
    **more: object,
) -> Scenario:
    """A town whose squads have one crew each from 16:00 for 12 h.

    With `ring` a street without pavement leads back from the last junction to the first, so that
    one can come from everywhere to everywhere; another operator clears it.
    """
    ends = sorted({end for s in sections for end in (s.start, s.end)})
    if ring:
        sections = [
            *sections, street("zz", ends[-1], ends[0], 10_000, oneway=True, operator="other"),
        ]  # fmt: skip
    scenario = town(sections, fleet, storm, rules=rules or hand_plan(), **more)  # type: ignore[arg-type]
    if crews is None:
        crews = tuple(crew(row.group, crews=row.squads) for row in groups)
    resources = replace(
        scenario.resources,
        crews=(*fleet.crews, *crews),
        squads=groups,
        frontage=frontage,
    )
    return replace(scenario, resources=resources)


GroupRow = tuple[str, str, int, int, int, str, str, int, int]


def group_story(world: World) -> list[GroupRow]:
    """Every row of the groups' log: (kind, party, decided, start, end, place, part, dm, grams).

    The reason stands after the kind, as in `wait work`; party "" is nobody.
    """
    rows = []
    for row in world.group_log.table().tolist():
        kind, reason, party, decided, start, end, place, _, part, dm, grams = row
        words = f"{EVENT_KINDS[kind]} {REASONS[reason]}".strip()
        who = "" if party == NOBODY else world.parties[party].id
        where = "" if place < 0 else segment_name(world.network, place)
        what = "" if part == NO_PART else Part(part).key
        rows.append((words, who, decided, start, end, where, what, dm, grams))
    return rows


def waited(who: str, why: str, start: int, end: int) -> GroupRow:
    """A wait."""
    return (f"wait {why}", who, start, start, end, "", "", 0, 0)


def drove(who: str, start: int, end: int, place: str, dm: int) -> GroupRow:
    """A drive to the beginning of a segment."""
    return ("travel", who, start, start, end, place, "", dm, 0)


def cleared(
    who: str, times: tuple[int, int, int], place: str, part: str, grams: int, reason: str = ""
) -> GroupRow:
    """Hand work: times are decided, start, end."""
    return (f"hand_clear {reason}".strip(), who, *times, place, part, 0, grams)
