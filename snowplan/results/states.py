"""States of sections at every crossing, from the replay of the logs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from snowplan.results.counting import Change, counted
from snowplan.results.crossings import Turns, clean_turns, levels_of, passable_turns
from snowplan.results.facts import RunFacts
from snowplan.results.group_log import GroupLog
from snowplan.results.log import EventLog
from snowplan.results.replaying import Replayed, replay
from snowplan.results.rows import Ints
from snowplan.results.windrows import Windrows, standing_turns

WORDS = np.array(["blocked", "open", "clean", "hauled"], dtype=object)
NO_CHANGE: Change = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))


def states_frame(
    log: EventLog,
    facts: RunFacts,
    group_log: GroupLog | None = None,
    replayed: Replayed | None = None,
    windrows: Windrows | None = None,
) -> pd.DataFrame:
    """`states.parquet`: section, t_ms, state at 0 and at every crossing, by (section, t_ms).

    A section is blocked when in some direction no strip is passable, clean when every strip is
    clean, hauled when besides a windrow has stood there and none does, else open. Sections without
    strips (another operator's, closed) have no rows.
    """
    replayed = replayed or replay(log, facts, group_log)
    physics, plan = facts.scenario.around.physics, facts.scenario.plan
    levels = levels_of(plan.thresholds, facts.sky.density, physics.packed_density_kg_m3)
    segment = replayed.strips.segment
    section = np.array(facts.network.seg.section, dtype=np.int64)
    open_at, open_t, blocks = _none_good(passable_turns(replayed, levels), segment)
    cleaned = _changes(clean_turns(replayed, levels), section[segment])
    standing, stood = NO_CHANGE, NO_CHANGE
    if windrows is not None and len(windrows.segment):
        standing, stood = standing_turns(windrows, facts)
    blocked = (section[open_at], open_t, blocks)
    return _frame((blocked, cleaned, standing, stood), section[segment], facts)


def _frame(changes: tuple[Change, ...], strip_section: Ints, facts: RunFacts) -> pd.DataFrame:
    """Words for running counts: blocked directions, clean strips, windrows now and ever."""
    count = np.bincount(strip_section, minlength=len(facts.network.sections))
    start = np.flatnonzero(count)
    begin: Change = (start, np.zeros_like(start), np.zeros_like(start))
    section, t_ms, fresh, counts = counted(begin, *changes)
    _, blocked, clean, standing, stood = counts
    bare = np.where((stood > 0) & (standing == 0), 3, 2)
    level = np.where(blocked > 0, 0, np.where(clean == count[section], bare, 1))
    kept = fresh | np.append(True, level[1:] != level[:-1])[: len(level)]
    ids = np.array([s.id for s in facts.network.sections], dtype=object)
    return pd.DataFrame(
        {"section": ids[section[kept]], "t_ms": t_ms[kept], "state": WORDS[level[kept]]}
    )


def _changes(turns: Turns, owner: Ints) -> Change:
    """(owner, t, ±1): +1 where a strip becomes good (or begins so), -1 where it ceases to be."""
    fresh = np.append(True, turns.strip[1:] != turns.strip[:-1])[: len(turns.strip)]
    told = ~fresh | turns.good
    delta = np.where(turns.good, 1, -1)[told]
    return owner[turns.strip[told]], turns.t_ms[told], delta


def _none_good(turns: Turns, segment: Ints) -> Change:
    """(segment, t, ±1): +1 where a direction has lost its last good strip, -1 where it has one.

    A direction without any good strip at 0 is told at 0.
    """
    fresh = np.append(True, turns.strip[1:] != turns.strip[:-1])[: len(turns.strip)]
    start = np.unique(segment[turns.strip[fresh]])
    begin: Change = (start, np.zeros_like(start), np.zeros_like(start))
    at, t_ms, first, (_, good) = counted(begin, _changes(turns, segment))
    none = good == 0
    turned = np.where(first, none, np.append(False, none[1:] != none[:-1])[: len(none)])
    sign = np.where(none, 1, -1)
    return at[turned], t_ms[turned], sign[turned]
