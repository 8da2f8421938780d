"""The engine's log as arrays, and where each machine stood before each of its rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from snowplan.results.facts import FIRST_MACHINE, RunFacts
from snowplan.results.log import EVENT_KINDS, KIND, NO_DUE, NO_MACHINE, PASS_KINDS, REASON, EventLog

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
PASS_CODES = [KIND[name] for name in PASS_KINDS]
BREAKDOWN, HORIZON = REASON["breakdown"], REASON["horizon"]
BAY, STOCK = REASON["bay"], REASON["stock"]
_IS_PASS = np.array([code in PASS_CODES for code in range(len(EVENT_KINDS))])


@dataclass(frozen=True, slots=True)
class LogRows:
    """Columns of the log; `machine` by position in the facts, -1: none; strips `[lo, hi)`."""

    kind: Ints
    reason: Ints
    machine: Ints
    decided: Ints
    start: Ints
    end: Ints
    place: Ints
    lo: Ints
    hi: Ints
    amount_g: Ints
    team: Ints  # 0 = none
    due: Ints  # -1 = no work on strips

    @property
    def is_pass(self) -> Bools:
        """Work on strips, finished or not."""
        found: Bools = _IS_PASS[self.kind]
        return found

    @property
    def done(self) -> Bools:
        """Passes that reached their end and so changed the road."""
        found: Bools = self.is_pass & (self.reason == 0)
        return found

    @property
    def at_depot(self) -> Bools:
        """Rows whose place is a depot: loads, the way there, waits and refusals there."""
        to_depot = (self.kind == KIND["travel"]) & (self.reason == 0)
        short = (self.reason == BAY) | (self.reason == STOCK)
        found: Bools = (self.kind == KIND["load"]) | to_depot | short
        return found


def log_rows(log: EventLog) -> LogRows:
    """The log as whole-number arrays, in the order in which it was written."""
    table = log.table()
    machine = table["machine"].astype(np.int64)
    team = np.zeros(len(table), dtype=np.int64)
    team[np.array(log.team_row, dtype=np.int64)] = np.array(log.team, dtype=np.int64)

    def whole(name: str) -> Ints:
        return np.asarray(table[name], dtype=np.int64)

    return LogRows(
        kind=whole("kind"),
        reason=whole("reason"),
        machine=np.where(machine == NO_MACHINE, -1, machine - FIRST_MACHINE),
        decided=whole("decided"),
        start=whole("start"),
        end=whole("end"),
        place=whole("place"),
        lo=whole("strip_from"),
        hi=whole("strip_to"),
        amount_g=whole("amount_g"),
        team=team,
        due=due_of(log.due),
    )


def due_of(due: Iterable[int]) -> Ints:
    """Due instants of a log as an array; -1 where a row has none."""
    found = np.array(due, dtype=np.int64)
    return np.where(found == NO_DUE, -1, found)


def junctions_before(rows: LogRows, facts: RunFacts) -> Ints:
    """The junction at which each row's machine stood when the row began; -1 without a machine.

    Every machine starts at its depot. A finished pass leaves it at the segment's far end, one cut
    short by a failure at its beginning, a load or a way to a depot at the depot.
    """
    ends, starts = np.array(facts.network.seg.end), np.array(facts.network.seg.start)
    depots = np.array([depot.junction for depot in facts.depots], dtype=np.int64)
    home = np.array([facts.depots[m.depot].junction for m in facts.machines], dtype=np.int64)
    after = np.full(len(rows.kind), -1, dtype=np.int64)
    done = rows.done
    after[done] = ends[rows.place[done]]
    broken = rows.is_pass & (rows.reason == BREAKDOWN)
    after[broken] = starts[rows.place[broken]]
    there = rows.at_depot & (rows.place >= 0) & (rows.machine >= 0)
    after[there] = depots[rows.place[there]]
    return _last_before(rows.machine, after, home)


def loaded_at(rows: LogRows, facts: RunFacts) -> Ints:
    """The depot at which each row's machine had last loaded, its own at first; -1 without one."""
    home = np.array([m.depot for m in facts.machines], dtype=np.int64)
    loads = (rows.kind == KIND["load"]) & (rows.amount_g > 0)
    return _last_before(rows.machine, np.where(loads, rows.place, -1), home)


def _last_before(machines: Ints, after: Ints, home: Ints) -> Ints:
    """What each machine's rows before had last come to (-1: nothing new); `home` at first."""
    order = np.argsort(machines, kind="stable")
    machine, known = machines[order], after[order] >= 0
    position = np.arange(len(order))
    first = np.searchsorted(machine, machine, side="left")
    # The last known one strictly before each row, if it lies in the same machine's rows.
    last = np.maximum.accumulate(np.where(known, position, -1))
    last = np.concatenate(([-1], last[:-1])) if len(last) else last
    here = np.where(last >= first, after[order][last], np.append(home, -1)[machine])
    before = np.empty_like(after)
    before[order] = here
    return before
