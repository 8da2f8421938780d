"""The search for the snowfall at which a limit no longer holds: which runs are to be done next.

A grid of factors of the snowfall, lowest to highest; a run at one position of it tells of every
limit at once. Each replication is searched by itself, with the same draws at every factor. An item
fails first at the smallest asked factor at which it fails; below that, the largest asked factor
held. The search halves the gap between the two until they are neighbours on the grid. Where
holding is monotone this is the smallest factor of the whole grid that fails; where it is not, a
failure that nobody asked about may lie lower, and a success above the first failure is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from snowplan.model.comparison import Job
from snowplan.model.readiness import TODAY, Search, positions_of
from snowplan.results.ready_run import ReadyRun
from snowplan.results.replications import Replication


class Margin(NamedTuple):
    """Hours from the last section to the limit; with `late` sections left at most so many."""

    hours: float
    late: int = 0

    @property
    def holds(self) -> bool:
        """Every section met the limit; not known to be so is failing."""
        return self.late == 0 and self.hours >= 0

    @property
    def unknown(self) -> bool:
        """Sections are left at a horizon that comes before the limit: nobody can know."""
        return self.late > 0 and self.hours > 0


class Bracket(NamedTuple):
    """Neighbours among the asked positions: the last that held, the first that failed, if any."""

    held: int | None
    failed: int | None


Margins = Mapping[str, Margin]  # by item (`open/main`); none of a run that failed
Found = Mapping[tuple[int, int], Margins]  # by (position on the grid, replication)


def margins_of(replication: Replication) -> dict[str, Margin]:
    """The margins of a run, of every item that has a limit."""
    limits = ReadyRun.from_plain(replication.kept).limits
    return {
        item: Margin(time.limit_h - time.last_h, time.late)
        for item, time in limits.items()
        if time.limit_h is not None
    }


def found_of(
    runs: Mapping[Job, Replication],
    scenario: str,
    search: Search,
    run_seed: int,
    variant: str = TODAY,
    *,
    own: bool = False,
) -> dict[tuple[int, int], dict[str, Margin]]:
    """The margins of all runs of a variant at factors of a scenario's snowfall.

    `own`: the scenario's own runs are those at factor 1.
    """
    positions = positions_of(scenario, search, own=own)
    return {
        (positions[job.storm], job.run_seed - run_seed): margins_of(runs[job])
        for job in sorted(runs)
        if job.variant == variant and job.storm in positions
    }


def searched_in(found: Found) -> tuple[int, ...]:
    """The replications that were searched: run at more than one position."""
    count = Counter(r for _, r in found)
    return tuple(sorted(r for r, runs in count.items() if runs > 1)) or tuple(sorted(count))


def wanted(found: Found, search: Search, replications: int) -> list[tuple[int, int]]:
    """The runs to do next, as (position, replication), lowest first; none when all is found.

    What was asked, even in vain, is never asked again.
    """
    asked = {r: {p for p, q in found if q == r} for r in range(replications)}
    first = [(p, r) for r in asked for p in search.coarse if p not in asked[r]]
    if first:
        return sorted(first)
    top = len(search.factors) - 1
    more = set()
    for r, there in asked.items():
        for item in sorted({item for p in there for item in found[p, r]}):
            position = _next(bracket(found, item, r), top, there)
            if position is not None:
                more.add((position, r))
    return sorted(more)


def bracket(found: Found, item: str, replication: int) -> Bracket:
    """Where an item fails first in a replication, and the last position asked below it."""
    told = known(found, item, replication)
    failed = min((p for p, margin in told.items() if not margin.holds), default=None)
    below = [p for p in told if failed is None or p < failed]
    return Bracket(max(below, default=None), failed)


def known(found: Found, item: str, replication: int) -> dict[int, Margin]:
    """By position, what is known of an item in a replication."""
    return {
        p: margins[item]
        for (p, r), margins in sorted(found.items())
        if r == replication and item in margins
    }


def _next(gap: Bracket, top: int, asked: set[int]) -> int | None:
    """The position to ask next: an end of the grid, or the one nearest the middle of the gap."""
    if gap.failed is None:
        return top if top not in asked else None
    if gap.held is None:
        return 0 if 0 not in asked else None
    inside: Sequence[int] = [p for p in range(gap.held + 1, gap.failed) if p not in asked]
    middle = (gap.held + gap.failed) / 2
    return min(inside, key=lambda p: (abs(p - middle), p), default=None)
