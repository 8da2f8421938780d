"""Hand work: how a zone's sections are shared out among squads, and where a squad goes next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

Candidate = tuple[int, int, int, int]  # rank, due step, part, area


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
    candidates: Iterable[Candidate], travel_ms: Callable[[int], int]
) -> tuple[int, int] | None:
    """(area, travel time) of the first by (rank, due step, part, travel time, area), or None."""
    rank = step = part = -1
    areas: list[int] = []
    for r, d, p, area in candidates:
        if r == rank and d == step and p == part:
            areas.append(area)
        elif not areas or (r, d, p) < (rank, step, part):
            rank, step, part = r, d, p
            areas = [area]
    if not areas:
        return None
    time, area = min((travel_ms(area), area) for area in areas)
    return area, time
