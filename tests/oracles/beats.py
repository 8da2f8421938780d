"""Whose area is whose by the words of docs/model.md: the beats of all squads, from the map."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from snowplan.model.hands import FRINGE, Part, SquadGroup
from snowplan.model.roads import Section
from tests.oracles.evidence import Evidence
from tests.oracles.jobs import Area
from tests.oracles.strips import Direction, grids, reachable_sections

SIDES = (Part.CYCLE_LANE, Part.PAVEMENT, Part.FRONTAGE)


def beats_of(e: Evidence) -> dict[int, set[Area]]:
    """Every squad's areas by its number in the log, in and outside the fringe."""
    number = {e.party(k).id: k for k in e.parties("squad")}
    found: dict[int, set[Area]] = {k: set() for k in number.values()}
    for row in e.scenario.resources.squads:
        for fringe in (False, True):
            for k, run in enumerate(runs_of(shared_out(e, row, fringe), row.squads), start=1):
                found[number[f"{row.id}-{k:03d}"]] |= run
    return found


def shared_out(e: Evidence, row: SquadGroup, fringe: bool) -> list[tuple[set[Area], Fraction]]:
    """Areas and dm² of each segment of a group, in (section, direction) order.

    The rows of a random town are one a zone and group, so that a row's squads share with nobody.
    """
    road_map = e.scenario.road_map
    strips, reach = grids(road_map), reachable_sections(road_map)
    found = []
    for section in sorted(road_map.sections, key=lambda s: s.id):
        theirs = is_theirs(e, row, section) and in_fringe(e, section) == fringe
        directions = ("forward",) if section.way.oneway else ("forward", "backward")
        for direction in directions if theirs and section.id in reach else ():
            where: Direction = (section.id, direction)
            if where not in e.segment_of:
                continue
            segment = e.segment_of[where]
            dm2 = {(segment, int(p)): e.areas.get((segment, p), 0) for p in parts_of(row)}
            if row.group == "rural" and where in strips:
                dm2[segment, int(Part.CARRIAGEWAY)] = strips[where].count * strips[where].dm2
            found.append(({area for area, x in dm2.items() if x}, Fraction(sum(dm2.values()))))
    return [(areas, dm2) for areas, dm2 in found if areas]


def parts_of(row: SquadGroup) -> tuple[Part, ...]:
    """Parts beside the carriageway that a group clears."""
    return SIDES[1:] if row.group == "office" else SIDES


def in_fringe(e: Evidence, section: Section) -> bool:
    """True where the zone of a section flagged `fringe` has rural squads."""
    rural = {s.zone for s in e.scenario.resources.squads if s.group == "rural"}
    return FRINGE in section.duty.flags and section.duty.zone in rural


def is_theirs(e: Evidence, row: SquadGroup, section: Section) -> bool:
    """Rural squads have the fringe, offices their own outside it, those of `clearing` everything.

    In the fringe the squads of `clearing` work only while `rural` is not called.
    """
    if row.sections and section.id not in row.sections:
        return False
    if not row.sections and section.duty.zone != row.zone:
        return False
    if row.group == "office":
        classes = e.scenario.plan.hand.office_classes
        named = bool(row.sections) or section.duty.road_class.key in classes
        return named and not in_fringe(e, section)
    return row.group == "clearing" or in_fringe(e, section)


def runs_of(shared: list[tuple[set[Area], Fraction]], squads: int) -> Iterator[set[Area]]:
    """As many runs of about equal m² as squads; a segment belongs to the run of its middle."""
    share = sum((dm2 for _, dm2 in shared), Fraction(0)) / squads
    middles, before = [], Fraction(0)
    for areas, dm2 in shared:
        middles.append((before + dm2 / 2, areas))
        before += dm2
    for k in range(squads):
        inside = [areas for at, areas in middles if k * share <= at < (k + 1) * share]
        yield set().union(*inside)
