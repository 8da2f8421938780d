"""What binds just beyond the envelope: where means are eased, and what that gains on each limit."""

from __future__ import annotations

import statistics
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from snowplan.analysis.envelope_quantile import threshold
from snowplan.analysis.envelope_search import Found, Margin, found_of
from snowplan.model.comparison import Job
from snowplan.model.readiness import RELIEF, RELIEFS, TODAY, Search, storm_at
from snowplan.results.replications import Replication

TOGETHER = 1.5  # times the snowfall within which items share runs: they fail alike there
ReliefFound = Mapping[str, Found]  # by relief


class Ask(NamedTuple):
    """Ease the means at one position in some replications, for these items."""

    position: int
    replications: tuple[int, ...]
    items: tuple[str, ...]


def relief_asks(found: Found, search: Search, replications: int, count: int) -> list[Ask]:
    """Where to ease the means, by position: at most `count` replications of each.

    Each item is asked at the first factor at which most replications fail it, or at most
    `TOGETHER` times that, where it shares the runs of others. Of the replications those come
    first in which most of the items fail.
    """
    items = sorted({item for margins in found.values() for item in margins})
    failing = {item: fails_at(found, search, item, replications) for item in items}
    left = sorted((p, item) for item, p in failing.items() if p is not None)
    asks = []
    while left and count > 0:
        most = search.factors[left[0][0]] * TOGETHER
        last = max(p for p, _ in left if search.factors[p] <= most)
        own = tuple(sorted(item for p, item in left if p <= last))
        left = [(p, item) for p, item in left if p > last]
        asks.append(Ask(last, _worst(found, search, own, last, replications)[:count], own))
    return asks


def _worst(
    found: Found, search: Search, items: Sequence[str], position: int, replications: int
) -> tuple[int, ...]:
    """The replications, first those in which most of the items fail by that position."""
    failing = dict.fromkeys(range(replications), 0)
    for item in items:
        for r in failing:
            one = threshold(found, search, item, r)
            failing[r] += one is not None and one.fails_at is not None and one.fails_at <= position
    return tuple(sorted(failing, key=lambda r: (-failing[r], r)))


def fails_at(found: Found, search: Search, item: str, replications: int) -> int | None:
    """The first position by which more than half of the replications failed the item."""
    told = [threshold(found, search, item, r) for r in range(replications)]
    failed = sorted(t.fails_at for t in told if t is not None and t.fails_at is not None)
    most = len([t for t in told if t is not None]) // 2
    return failed[most] if len(failed) > most else None


def relief_jobs(
    asks: Sequence[Ask],
    scenario: str,
    search: Search,
    run_seed: int,
    reliefs: Sequence[str],
    done: Collection[Job],
) -> list[Job]:
    """The runs that the asks need and that are not done: with the means of today, and eased."""
    variants = (TODAY, *(f"{RELIEF}{relief}" for relief in reliefs))
    jobs = {
        Job(variant, storm_at(scenario, search.factors[ask.position]), run_seed + r)
        for ask in asks
        for r in ask.replications
        for variant in variants
    }
    return sorted(jobs - set(done))


def relieved(
    runs: Mapping[Job, Replication], scenario: str, search: Search, run_seed: int
) -> dict[str, Found]:
    """The margins of the runs with eased means, by relief."""
    found = {
        relief: found_of(runs, scenario, search, run_seed, f"{RELIEF}{relief}")
        for relief in RELIEFS
    }
    return {relief: own for relief, own in found.items() if own}


def binding(
    today: Found, eased: ReliefFound, item: str, least: int | None
) -> tuple[int | None, list[dict[str, Any]]]:
    """(position, what gains there) of an item that most replications fail from `least` on.

    The position is the lowest at which means were eased. A row has the mean hours gained;
    `at_least` where sections left over were reached, whose hour nobody knows; `fewer_late`: how
    many fewer sections are left, on the mean. Most hours first; what gains nothing is left out.
    """
    asked = sorted({p for own in eased.values() for p, _ in own})
    position = next((p for p in asked if least is not None and p >= least), None)
    if position is None:
        return None, []
    rows = []
    for relief, own in eased.items():
        pairs = [
            (today[key][item], own[key][item])
            for key in sorted(own)
            if key[0] == position and item in own[key] and item in today.get(key, {})
        ]
        if pairs:
            rows.append(_gain(relief, pairs))
    gaining = [row for row in rows if row["gain_h"] > 0 or row["fewer_late"] > 0]
    return position, sorted(gaining, key=lambda row: (-row["gain_h"], -row["fewer_late"]))


def _gain(relief: str, pairs: Sequence[tuple[Margin, Margin]]) -> dict[str, Any]:
    hours = [after.hours - before.hours for before, after in pairs]
    return {
        "relief": relief,
        "gain_h": statistics.fmean(hours),
        "at_least": any(before.late and not after.late for before, after in pairs),
        "fewer_late": statistics.fmean(before.late - after.late for before, after in pairs),
    }
