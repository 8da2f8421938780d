"""The groups' log as arrays, and its rows in the inner form of events."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from snowplan.model.hands import Part
from snowplan.results.facts import RunFacts
from snowplan.results.group_log import NO_PART, NOBODY, GroupLog
from snowplan.results.log import KIND, REASON
from snowplan.results.parts import MISSING, inner
from snowplan.results.rows import HORIZON, Bools, Ints, due_of
from snowplan.units import DM_PER_M

TRAVEL, WAIT = KIND["travel"], KIND["wait"]
LOAD_SNOW, HAUL, UNLOAD = KIND["load_snow"], KIND["haul"], KIND["unload"]
HAND_CLEAR, FRONTAGE_CLEAR = KIND["hand_clear"], KIND["frontage_clear"]
WORK = (LOAD_SNOW, UNLOAD, HAND_CLEAR)
BUSY = (*WORK, TRAVEL, HAUL)
CARRY = (LOAD_SNOW, HAUL, UNLOAD, HAND_CLEAR, FRONTAGE_CLEAR)
THROWN = REASON["thrown_back"]
NOT_OUT = (REASON["called_off"], REASON["crew"])


@dataclass(frozen=True, slots=True)
class GroupRows:
    """Columns of the groups' log; -1: no party, place, dump, part, due."""

    kind: Ints
    reason: Ints
    party: Ints
    decided: Ints
    start: Ints
    end: Ints
    place: Ints
    dump: Ints
    part: Ints
    dm: Ints
    amount_g: Ints
    due: Ints
    cut: Bools  # work or a drive that did not reach its end

    @property
    def by_hand(self) -> Bools:
        """Areas and carriageways that squads have cleared."""
        found: Bools = (self.kind == HAND_CLEAR) & ~self.cut
        return found

    @property
    def fronted(self) -> Bools:
        """Frontage that its owners have cleared."""
        found: Bools = (self.kind == FRONTAGE_CLEAR) & (self.reason != THROWN)
        return found

    @property
    def thrown(self) -> Bools:
        """Snow thrown back on a carriageway; the row before says from where."""
        found: Bools = (self.kind == FRONTAGE_CLEAR) & (self.reason == THROWN)
        return found

    @property
    def loaded(self) -> Bools:
        """Loads that have left a windrow (the loader's rows)."""
        found: Bools = (self.kind == LOAD_SNOW) & ~self.cut & (self.amount_g > 0)
        return found


def group_rows(log: GroupLog, horizon_ms: int) -> GroupRows:
    """The log in the order in which it was written; what the horizon ends has not been done."""
    table = log.table()
    whole = {name: np.asarray(table[name], dtype=np.int64) for name in table.dtype.names or ()}
    party, part = whole.pop("party"), whole.pop("part")
    cut = np.isin(whole["kind"], BUSY) & ((whole["reason"] != 0) | (whole["end"] >= horizon_ms))
    return GroupRows(
        party=np.where(party == NOBODY, MISSING, party),
        part=np.where(part == NO_PART, MISSING, part),
        cut=cut,
        due=due_of(log.due),
        **whole,
    )


def grouped(rows: GroupRows, facts: RunFacts) -> pd.DataFrame:
    """The rows as events; hand work on a carriageway names all strips of its direction."""
    busy, carries = np.isin(rows.kind, BUSY), np.isin(rows.kind, CARRY)
    strips = np.append(np.array(facts.network.seg.strips, dtype=np.int64), 0)[rows.place]
    whole = (rows.kind == HAND_CLEAR) & (rows.part == Part.CARRIAGEWAY)
    drives = (rows.kind == TRAVEL) | (rows.kind == HAUL)
    return inner(
        len(rows.kind),
        kind=rows.kind,
        machine=np.where(rows.party >= 0, rows.party + len(facts.machines), MISSING),
        decided=np.where(busy, rows.decided, MISSING),
        start=rows.start,
        end=rows.end,
        segment=rows.place,
        lo=np.where(whole, 0, MISSING),
        hi=np.where(whole, strips, MISSING),
        dump=rows.dump,
        amount_g=np.where(carries, np.where(rows.cut, 0, rows.amount_g), MISSING),
        metres=np.where(drives, rows.dm / DM_PER_M, np.nan),
        reason=np.where(rows.cut & (rows.reason == 0), HORIZON, rows.reason),
        unfinished=rows.cut,
        part=rows.part,
        due=rows.due,
    )


def came_out(rows: GroupRows, count: int) -> Bools:
    """Which of `count` parties were ever called and crewed."""
    out = (rows.party >= 0) & ~((rows.kind == WAIT) & np.isin(rows.reason, NOT_OUT))
    found = np.zeros(count, dtype=np.bool_)
    found[rows.party[out]] = True
    return found
