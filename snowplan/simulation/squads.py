"""Squads and their beats, and the areas beside the carriageway, at the start of a run."""

from __future__ import annotations

from collections.abc import Iterator

from snowplan.dispatch.hands import beats
from snowplan.dispatch.ranks import CLEAN
from snowplan.model.hands import FRINGE, HandRules, Part, SquadGroup
from snowplan.model.network import FORWARD
from snowplan.model.roads import Section
from snowplan.simulation.fleet_tables import TRAVEL_SCALE
from snowplan.simulation.party import Party
from snowplan.simulation.places import home_of_zone
from snowplan.simulation.sides import Sides
from snowplan.simulation.world import PARTIES, World
from snowplan.units import DM2_PER_M2

PAVEMENTS = (Part.PAVEMENT, Part.FRONTAGE)


def open_sides(world: World) -> None:
    """The areas that hands clear, with the snow that lies there; none where nobody clears any."""
    hand, resources = world.plan.hand, world.scenario.resources
    if hand is None or not (resources.squads or resources.frontage):
        return
    coverage = {row.zone: row.coverage for row in resources.frontage}
    seg = world.network.seg
    segments: list[int] = []
    parts: list[Part] = []
    dm2: list[int] = []
    for segment, number in enumerate(seg.section):
        if not world.network.duty[number]:
            continue
        section = world.network.sections[number]
        if seg.strips[segment] and in_fringe(world, section):
            segments.append(segment)
            parts.append(Part.CARRIAGEWAY)
            dm2.append(0)
        for part, area in side_areas(section, hand, coverage.get(section.duty.zone, 0.0)):
            segments.append(segment)
            parts.append(part)
            dm2.append(area)
    world.sides = Sides(segments, parts, dm2)
    for area, segment in enumerate(segments):
        world.sides.fringe[area] = in_fringe(world, world.network.sections[seg.section[segment]])
    world.sides.lay(world.sky.initial_um)


def in_fringe(world: World, section: Section) -> bool:
    """True where rural squads have the section, carriageway included."""
    rows = world.scenario.resources.squads
    rural = any(r.group == "rural" and r.squads and r.zone == section.duty.zone for r in rows)
    return rural and FRINGE in section.duty.flags


def side_areas(section: Section, hand: HandRules, coverage: float) -> Iterator[tuple[Part, int]]:
    """The areas (dm²) beside one direction of a section; those of 0 do not exist."""
    way = section.way
    cycle_m = way.cycle_width_m
    if cycle_m is None:
        cycle_m = way.pavement_width_m * hand.cycle_share[section.duty.road_class.key]
    length_dm2 = way.length_m * DM2_PER_M2 / (1 if way.oneway else 2)
    pavement = round(length_dm2 * (way.pavement_width_m - cycle_m))
    frontage = round(pavement * coverage)
    areas = (round(length_dm2 * cycle_m), pavement - frontage, frontage)
    for part, area in zip((Part.CYCLE_LANE, *PAVEMENTS), areas, strict=True):
        if area > 0:
            yield part, area


def muster_squads(world: World) -> None:
    """Squads in id order, each with its beat, as the last parties."""
    if world.plan.hand is None:
        return
    rows = sorted(world.scenario.resources.squads, key=lambda row: row.id)
    sharing: dict[tuple[str, str, tuple[str, ...]], list[Party]] = {}
    for row in rows:
        for k in range(row.squads):
            party = _squad(world, row, k + 1)
            world.parties.append(party)
            sharing.setdefault((row.zone, row.group, row.sections), []).append(party)
    for (zone, group, named), squads in sharing.items():
        beats_of: list[list[int]] = [[] for _ in squads]
        for fringe in (False, True):
            _share_out(world, beats_of, beat_areas(world, zone, group, named, fringe))
        for party, areas in zip(squads, beats_of, strict=True):
            _give_beat(world, party, areas)


def _squad(world: World, row: SquadGroup, k: int) -> Party:
    number = len(world.parties)
    home = world.store_junctions[home_of_zone(world.scenario.resources, row.zone)]
    return Party(
        PARTIES + number, number, f"{row.id}-{k:03d}", "squad", row.group, row.zone, home, home,
        people=row.workers,
        travel_num=round(world.fleet.reference_kph * TRAVEL_SCALE),
        travel_den=round(row.transport_kph * TRAVEL_SCALE),
    )  # fmt: skip


def beat_areas(
    world: World, zone: str, group: str, named: tuple[str, ...], fringe: bool
) -> dict[int, list[int]]:
    """By segment, in (section, direction) order: what a group shares out in the fringe, or outside.

    The fringe is rural squads', carriageways too; squads of `clearing` have its sides besides.
    """
    sides, seg, sections = world.sides, world.network.seg, world.network.sections
    found: dict[int, list[int]] = {}
    for area, segment in enumerate(sides.segment):
        section = sections[seg.section[segment]]
        mine = section.id in named if named else _has_section(world, zone, group, section)
        if mine and sides.fringe[area] == fringe and _has_part(group, sides.part[area], fringe):
            found.setdefault(segment, []).append(area)
    order = sorted(found, key=lambda k: (seg.section[k], seg.direction[k] != FORWARD))
    return {segment: found[segment] for segment in order}


def _has_section(world: World, zone: str, group: str, section: Section) -> bool:
    hand, duty = world.plan.hand, section.duty
    assert hand is not None
    return duty.zone == zone and (group != "office" or duty.road_class.key in hand.office_classes)


def _has_part(group: str, part: Part, fringe: bool) -> bool:
    if group == "rural":
        return fringe
    if group == "office":
        return not fringe and part in PAVEMENTS
    return part is not Part.CARRIAGEWAY


def _share_out(world: World, beats_of: list[list[int]], areas: dict[int, list[int]]) -> None:
    sides, seg = world.sides, world.network.seg
    dm2 = [
        sum(sides.dm2[a] or seg.strips[segment] * seg.strip_dm2[segment] for a in areas[segment])
        for segment in areas
    ]
    for segment, k in zip(areas, beats(dm2, len(beats_of)), strict=True):
        beats_of[k] += areas[segment]


def _give_beat(world: World, party: Party, areas: list[int]) -> None:
    ranks = world.board.base[CLEAN]
    party.beat = tuple(sorted(areas, key=lambda a: _place(world, ranks, a)))
    for area in areas:
        world.sides.squads[area].append(party.number)


def _place(world: World, ranks: tuple[int, ...], area: int) -> tuple[bool, int, int]:
    """Carriageways, then by rank of cleaning: how a squad looks through its beat."""
    sides = world.sides
    rank = ranks[world.network.seg.rank_class[sides.segment[area]]]
    return sides.part[area] is not Part.CARRIAGEWAY, rank, area
