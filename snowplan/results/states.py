"""States of sections: blocked, open or clean, at every crossing, from the replay of the log."""

from __future__ import annotations

import numpy as np
import pandas as pd

from snowplan.results.crossings import Turns, clean_turns, levels_of, passable_turns
from snowplan.results.facts import RunFacts
from snowplan.results.log import EventLog
from snowplan.results.replaying import Replayed, replay
from snowplan.results.rows import Ints

WORDS = np.array(["blocked", "open", "clean"], dtype=object)
_T_BITS = 40


def states_frame(log: EventLog, facts: RunFacts, replayed: Replayed | None = None) -> pd.DataFrame:
    """`states.parquet`: section, t_ms, state at 0 and at every crossing, by (section, t_ms).

    A section is blocked when in some direction no strip is passable, clean when every strip is
    clean, else open. Sections without strips (another operator's, closed) have no rows.
    """
    replayed = replayed or replay(log, facts)
    physics, plan = facts.scenario.around.physics, facts.scenario.plan
    levels = levels_of(plan.thresholds, facts.sky.density, physics.packed_density_kg_m3)
    segment = replayed.strips.segment
    section = np.array(facts.network.seg.section, dtype=np.int64)
    open_at, open_t, opened = _none_good(passable_turns(replayed, levels), segment)
    dirt_at, dirt_t, dirt = _changes(clean_turns(replayed, levels), section[segment])
    key = np.append((section[open_at] << _T_BITS) + open_t, (dirt_at << _T_BITS) + dirt_t)
    blocked = np.append(opened, np.zeros_like(dirt))
    unclean = np.append(np.zeros_like(opened), -dirt)
    order = np.argsort(key, kind="stable")
    key = key[order]
    count = np.bincount(section[segment], minlength=len(facts.network.sections))
    blocked_now = np.cumsum(blocked[order])
    unclean_now = np.cumsum(unclean[order])
    return _frame(key, blocked_now, unclean_now, count, facts)


def _frame(key: Ints, blocked: Ints, unclean: Ints, strips: Ints, facts: RunFacts) -> pd.DataFrame:
    """Words for running counts; each section's counts begin where the sections before it end."""
    last = np.append(key[1:] != key[:-1], True)[: len(key)]
    key, blocked, unclean = key[last], blocked[last], unclean[last]
    section, t_ms = key >> _T_BITS, key & ((1 << _T_BITS) - 1)
    fresh = np.append(True, section[1:] != section[:-1])[: len(key)]
    before = np.flatnonzero(fresh) - 1
    group = np.cumsum(fresh) - 1
    blocked = blocked - np.where(before < 0, 0, blocked[before])[group]
    unclean = unclean - np.where(before < 0, 0, unclean[before])[group] + strips[section]
    level = np.where(blocked > 0, 0, np.where(unclean == 0, 2, 1))
    kept = fresh | np.append(True, level[1:] != level[:-1])[: len(key)]
    ids = np.array([s.id for s in facts.network.sections], dtype=object)
    return pd.DataFrame(
        {"section": ids[section[kept]], "t_ms": t_ms[kept], "state": WORDS[level[kept]]}
    )


def _changes(turns: Turns, owner: Ints) -> tuple[Ints, Ints, Ints]:
    """(owner, t, ±1): +1 where a strip becomes good (or begins so), -1 where it ceases to be."""
    fresh = np.append(True, turns.strip[1:] != turns.strip[:-1])[: len(turns.strip)]
    told = ~fresh | turns.good
    delta = np.where(turns.good, 1, -1)[told]
    return owner[turns.strip[told]], turns.t_ms[told], delta


def _none_good(turns: Turns, segment: Ints) -> tuple[Ints, Ints, Ints]:
    """(segment, t, ±1): +1 where a direction has lost its last good strip, -1 where it has one.

    A direction without any good strip at 0 is told at 0.
    """
    at, t_ms, delta = _changes(turns, segment)
    fresh = np.append(True, turns.strip[1:] != turns.strip[:-1])[: len(turns.strip)]
    start = np.unique(segment[turns.strip[fresh]])
    key = np.append((start << _T_BITS), (at << _T_BITS) + t_ms)
    order = np.argsort(key, kind="stable")
    key, good = key[order], np.cumsum(np.append(np.zeros_like(start), delta)[order])
    last = np.append(key[1:] != key[:-1], True)[: len(key)]
    key, good = key[last], good[last]
    at = key >> _T_BITS
    first = np.append(True, at[1:] != at[:-1])[: len(at)]
    before = np.flatnonzero(first) - 1
    good = good - np.where(before < 0, 0, good[before])[np.cumsum(first) - 1]
    none = good == 0
    turned = np.where(first, none, np.append(False, none[1:] != none[:-1])[: len(none)])
    sign = np.where(none, 1, -1)
    return at[turned], (key & ((1 << _T_BITS) - 1))[turned], sign[turned]
