"""What binds just beyond the envelope: where means are eased, and what that gains on each limit."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from snowplan.analysis.envelope_quantile import threshold
from snowplan.analysis.envelope_search import Found, found_of, searched_in
from snowplan.model.comparison import Job
from snowplan.model.readiness import RELIEF, RELIEFS, ReadinessRules, Search
from snowplan.results.replications import Replication

TOGETHER = 3.0  # times the snowfall within which items share runs: what binds them is alike
ReliefFound = Mapping[str, Found]  # by relief
Row = dict[str, Any]


class Ask(NamedTuple):
    """Ease the means at one position in some replications, for these items."""

    position: int
    replications: tuple[int, ...]
    items: tuple[str, ...]


def relief_asks(found: Found, search: Search, count: int) -> list[Ask]:
    """Where to ease the means, by position: at most `count` replications of each.

    Each item is asked at the first factor at which most replications fail it, or at most
    `TOGETHER` times that, where it shares the runs of others. Of the replications that were run
    there those come first whose margins are nearest to the median.
    """
    items = sorted({item for margins in found.values() for item in margins})
    failing = {item: fails_at(found, search, item) for item in items}
    left = sorted((p, item) for item, p in failing.items() if p is not None)
    asks = []
    while left and count > 0:
        most = search.factors[left[0][0]] * TOGETHER
        last = max(p for p, _ in left if search.factors[p] <= most)
        own = tuple(sorted(item for p, item in left if p <= last))
        left = [(p, item) for p, item in left if p > last]
        asks.append(Ask(last, _middling(found, own, last)[:count], own))
    return asks


def _middling(found: Found, items: Sequence[str], position: int) -> tuple[int, ...]:
    """The searched replications run at a position, those of the most usual margins first."""
    searched = set(searched_in(found))
    there = {r: of for (p, r), of in sorted(found.items()) if p == position and r in searched}
    apart = dict.fromkeys(there, 0.0)
    for item in items:
        hours = {r: of[item].hours for r, of in there.items() if item in of}
        middle = statistics.median(hours.values()) if hours else 0.0
        for r in there:
            apart[r] += abs(hours[r] - middle) if r in hours else math.inf
    return tuple(sorted(there, key=lambda r: (apart[r], r)))


def fails_at(found: Found, search: Search, item: str) -> int | None:
    """The first position by which more than half of the searched replications failed the item."""
    told = [threshold(found, search, item, r) for r in searched_in(found)]
    failed = sorted(t.fails_at for t in told if t is not None and t.fails_at is not None)
    most = len([t for t in told if t is not None]) // 2
    return failed[most] if len(failed) > most else None


def relief_jobs(
    asks: Sequence[Ask],
    today: Found,
    eased: ReliefFound,
    reliefs: Sequence[str],
    rules: ReadinessRules,
) -> list[tuple[str, int, int]]:
    """The next runs of the asks, as (relief, position, replication); the rest of them is not due.

    A replication is asked for once those before it are known, and only of the means that gained on
    an item of the ask in all of them.
    """
    wanted = []
    for ask in asks:
        for relief in reliefs:
            own = eased.get(relief, {})
            for r in ask.replications:
                key = ask.position, r
                if key not in own:
                    wanted.append((relief, *key))
                    break
                gains = (_gained(today, own, item, key) for item in ask.items)
                if not any(gain is not None and _is_gain(gain, rules) for gain in gains):
                    break
    return wanted


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
    today: Found, eased: ReliefFound, item: str, rules: ReadinessRules
) -> tuple[int | None, list[Row]]:
    """(position, what gains there) of an item, the position the first at which most fail it.

    Or else the next above at which means were eased. A row has the mean hours gained in `n` pairs;
    `at_least` where sections left over were reached, whose hour nobody knows; `fewer_late`: how
    many fewer sections are left, on the mean; `loses`: items that lose as much there. Listed is
    what gains in every pair and no less than asked. Most hours first.
    """
    least = fails_at(today, rules.search, item)
    asked = sorted({p for own in eased.values() for p, _ in own})
    position = next((p for p in asked if least is not None and p >= least), None)
    if position is None:
        return None, []
    rows = []
    for relief, own in eased.items():
        keys = [key for key in sorted(own) if key[0] == position]
        gains = [gain for key in keys if (gain := _gained(today, own, item, key)) is not None]
        if gains and all(gain.positive for gain in gains) and _is_gain(_mean(gains), rules):
            row = {"relief": relief, **_mean(gains)._asdict(), "n": len(gains)}
            del row["late"]
            rows.append(row | {"loses": _losing(today, own, keys, rules)})
    return position, sorted(rows, key=lambda row: (-row["gain_h"], -row["fewer_late"]))


class Gain(NamedTuple):
    """Hours that a limit's last section came sooner; of the sections left, how many are no more."""

    gain_h: float
    at_least: bool
    fewer_late: float
    late: float

    @property
    def positive(self) -> bool:
        """Hours or sections are gained, and neither lost."""
        return min(self.gain_h, self.fewer_late) >= 0 and max(self.gain_h, self.fewer_late) > 0

    @property
    def reversed(self) -> Gain:
        """What is lost, as a gain."""
        return Gain(-self.gain_h, False, -self.fewer_late, self.late)


def _is_gain(gain: Gain, rules: ReadinessRules) -> bool:
    """Whether enough is gained to count: hours, or a share of the sections left."""
    sections = gain.fewer_late > 0 and gain.fewer_late >= rules.least_gain_share * gain.late
    return gain.positive and (gain.gain_h >= rules.least_gain_h or sections)


def _gained(today: Found, eased: Found, item: str, key: tuple[int, int]) -> Gain | None:
    """What one pair gained on an item; None where one of its runs has none."""
    before, after = today.get(key, {}).get(item), eased[key].get(item)
    if before is None or after is None:
        return None
    reached = bool(before.late and not after.late)
    return Gain(after.hours - before.hours, reached, before.late - after.late, before.late)


def _mean(gains: Sequence[Gain]) -> Gain:
    return Gain(
        statistics.fmean(gain.gain_h for gain in gains),
        any(gain.at_least for gain in gains),
        statistics.fmean(gain.fewer_late for gain in gains),
        statistics.fmean(gain.late for gain in gains),
    )


def _losing(
    today: Found, eased: Found, keys: Sequence[tuple[int, int]], rules: ReadinessRules
) -> list[str]:
    """Items that lose on the mean what another would have to gain."""
    found = []
    for item in sorted({item for key in keys for item in eased[key]}):
        gains = [gain for key in keys if (gain := _gained(today, eased, item, key)) is not None]
        if gains and _is_gain(_mean(gains).reversed, rules):
            found.append(item)
    return found
