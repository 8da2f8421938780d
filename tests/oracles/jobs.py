"""What squads were at, and what hands did to carriageways, read from the group log."""

from __future__ import annotations

from dataclasses import dataclass

from snowplan.model.hands import Part
from tests.oracles.dues import Claim
from tests.oracles.evidence import Evidence, Row
from tests.oracles.replay import HandTouch
from tests.oracles.spells import Touch
from tests.oracles.strips import Direction, grids

Area = tuple[int, int]  # (segment, part)


@dataclass(frozen=True)
class Job:
    """A squad on one area, from its decision to its leaving."""

    squad: int
    area: Area
    begin: int
    row: Row


def jobs_of(e: Evidence) -> list[Job]:
    """Every row of hand work with the drive before it."""
    found = []
    for squad in e.parties("squad"):
        last = None
        for row in e.by_party[squad]:
            if row.kind == "hand_clear":
                drove = last is not None and last.kind == "travel" and last.place == row.place
                begin = last.start if drove else row.start
                found.append(Job(squad, (row.place, row.part), begin, row))
            last = row
    return sorted(found, key=lambda j: (j.begin, j.squad))


def touches_by_hand(e: Evidence) -> list[HandTouch]:
    """What hands did to strips: carriageways cleared, snow thrown back."""
    found: list[HandTouch] = []
    counts = {where: grid.count for where, grid in grids(e.scenario.road_map).items()}
    for row in e.rows:
        where = e.directions[row.place] if row.place >= 0 else ("", "")
        if row.kind == "hand_clear" and row.part == Part.CARRIAGEWAY and not row.undone:
            found += [((where, s), Touch(row.end, "hand_clear")) for s in range(counts[where])]
        elif row.kind == "frontage_clear" and row.reason == "thrown_back":
            edge = counts[where] - 1
            found.append(((where, edge), Touch(row.end, "thrown_back", grams=row.amount_g)))
    return found


def claims_by_hand(e: Evidence) -> list[tuple[Direction, Claim]]:
    """Carriageways that squads were at."""
    found = []
    for job in jobs_of(e):
        segment, part = job.area
        if part == Part.CARRIAGEWAY:
            where = e.directions[segment]
            done = not job.row.undone
            every = tuple(range(99))  # cut short or not: nobody else is at it meanwhile
            found.append((where, Claim(job.begin, job.row.end, "hand_clear", every, done)))
    return found
