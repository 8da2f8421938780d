"""Hand work: how a zone's sections are shared out among squads, and where a squad goes next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from snowplan.dispatch.ranks import NO_CANDIDATE, TRAVEL_BITS

PART_SHIFT = TRAVEL_BITS - 2


def key_of(rank: int, step: int, part: int) -> int:
    """(rank, due step, part) in one number; the rank comes in its place of a key (`Ranks`)."""
    return rank | step << TRAVEL_BITS | part << PART_SHIFT


def beats(dm2: Sequence[int], squads: int) -> list[int]:
    """The squad of each of a row of segments: as many runs of about equal area as squads.

    A segment belongs to the run in which its middle lies. Areas in dm².
    """
    total = max(1, sum(dm2))
    found, before = [], 0
    for own in dm2:
        found.append(min(squads - 1, (2 * before + own) * squads // (2 * total)))
        before += own
    return found


def next_area(
    candidates: Iterable[tuple[int, int]], travel_ms: Callable[[int], int]
) -> tuple[int, int] | None:
    """(area, travel time) of the first by (key, travel time, area), or None.

    Candidates are (key, area). A way is looked up only for those of the least key.
    """
    least = NO_CANDIDATE
    areas: list[int] = []
    for key, area in candidates:
        if key == least:
            areas.append(area)
        elif key < least:
            least, areas = key, [area]
    if not areas:
        return None
    time, area = min((travel_ms(area), area) for area in areas)
    return area, time
