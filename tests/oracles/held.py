"""The parts of a section's time by the table of docs/readiness.md, asked instant by instant.

From the events and states of a run alone: between two neighbouring instants at which anything is
written down nothing changes, so each such interval is judged at its beginning.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

CAUSES = {
    "called_off": "waiting:called_off", "crew": "waiting:crew", "shift_end": "waiting:shift",
    "night": "waiting:night", "stock": "waiting:stock", "bay": "waiting:bay",
    "work": "waiting:idle",
}  # fmt: skip
BARE = ("clean", "hauled")


class Event(NamedTuple):
    """One event in plain values; None where it has none."""

    kind: str
    machine: str | None
    decided: int | None
    start: int
    end: int
    depot: str | None
    reason: str | None
    due: int | None


Parts = list[tuple[int, int, str]]


class HeldJudge:
    """Says of every section what held it back, from `states` and `events` as in a run folder."""

    def __init__(self, states: pd.DataFrame, events: pd.DataFrame, horizon: int) -> None:
        self.horizon = horizon
        self.of_machine: dict[str, list[Event]] = defaultdict(list)
        self.of_section: dict[str, list[Event]] = defaultdict(list)
        columns = ["kind", "machine", "decided_ms", "start_ms", "end_ms", "depot", "reason"]
        for *plain, due, section in zip(
            *(events[name] for name in [*columns, "due_ms", "section"]), strict=True
        ):
            event = Event(*(_plain(value) for value in (*plain, due)))
            if event.machine is not None and event.end > event.start:
                self.of_machine[event.machine].append(event)
            if event.due is not None:
                self.of_section[section].append(event)
        self.states: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for section, t, state in zip(
            states["section"], states["t_ms"], states["state"], strict=True
        ):
            self.states[section].append((int(t), state))

    def parts(self, section: str) -> Parts:
        """(start, end, part) of one section's time, neighbours of one part together."""
        until, cleared = self._until(section)
        events = self.of_section[section]
        instants = {0, until, *(t for t, _ in self.states[section])}
        for event in events:
            instants |= {t for t in event[2:5] if t is not None} | {event.due or 0}
        found: Parts = []
        for a, b in pairwise(sorted(t for t in instants if 0 <= t <= until)):
            part = self._part(section, a, until, cleared)
            found += self._doing(part, a, b) if isinstance(part, Event) else [(a, b, part)]
        return _together(found)

    def _until(self, section: str) -> tuple[int, bool]:
        """Clean for good, else the horizon."""
        story = self.states[section]
        if story[-1][1] not in BARE:
            return self.horizon, False
        spoilt = [k for k, (_, state) in enumerate(story) if state not in BARE]
        return (story[spoilt[-1] + 1][0], True) if spoilt else (0, True)

    def _part(self, section: str, t: int, until: int, cleared: bool) -> str | Event:
        """The part that an instant belongs to; the one waited for where that is somebody."""
        work = [e for e in self.of_section[section] if e.kind != "unserved"]
        left = [e for e in self.of_section[section] if e.kind == "unserved"]
        if any(e.start <= t < e.end for e in work if e.kind != "travel"):
            return "worked"
        if any(e.start <= t < e.end for e in work if e.kind == "travel"):
            return "driving"
        if any((e.decided or 0) <= t < e.end for e in work):
            return "waiting:team"
        coming = [e for e in work if (e.decided or 0) > t]
        owed = [e for e in coming if (e.due or 0) <= t]
        if owed:
            return min(owed, key=lambda e: (e.decided, e.due, e.machine))
        if any((e.due or 0) <= t for e in left):
            return "waiting:unserved"
        ended = [e.end for e in work if e.kind != "travel" and e.end <= t]
        if not ended:
            return "not_due"
        more = any((e.due or 0) < until for e in (*coming, *left))
        if cleared and not more and not self._bare_in(section, t, until - 1):
            return "melting"
        return "snowed_over" if self._bare_in(section, max(ended), t) else "between_passes"

    def _bare_in(self, section: str, a: int, b: int) -> bool:
        """Whether it was clean at some instant from `a` to `b`."""
        story = [*self.states[section], (self.horizon, "")]
        return any(
            state in BARE and begin <= b and end > a for (begin, state), (end, _) in pairwise(story)
        )

    def _doing(self, whom: Event, a: int, b: int) -> Parts:
        """What the one that is waited for does meanwhile."""
        rows = [e for e in self.of_machine[whom.machine or ""] if e.start < b and e.end > a]
        return [(max(a, e.start), min(b, e.end), _cause(e)) for e in rows]


def _cause(event: Event) -> str:
    """What a machine's event is to those who wait for it."""
    if event.kind == "wait":
        return CAUSES.get(event.reason or "", "waiting:other_work")
    if event.kind in ("repair", "breakdown"):
        return "waiting:repair"
    if event.kind == "load" or (event.kind == "travel" and event.depot is not None):
        return "waiting:load"
    return "waiting:other_work"


def _together(parts: Parts) -> Parts:
    found: Parts = []
    for a, b, part in sorted(parts):
        if found and found[-1][1:] == (a, part):
            found[-1] = (found[-1][0], b, part)
        else:
            found.append((a, b, part))
    return found


def _plain(value: Any) -> Any:
    return None if pd.isna(value) else value if isinstance(value, str) else int(value)
