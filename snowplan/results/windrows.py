"""Windrows: what stands at each kerb over time, from the grams of both logs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from snowplan.model.hauling import TRUCK, along_g
from snowplan.model.now import kerb_g
from snowplan.results.counting import T_BITS, Change
from snowplan.results.facts import RunFacts
from snowplan.results.group_rows import GroupRows
from snowplan.results.rows import Bools, Ints, LogRows
from snowplan.results.touches import SPREAD


@dataclass(frozen=True, slots=True)
class Windrows:
    """Grams from `t_ms` on, one row a change, by (segment, t_ms); `left_g` by segment."""

    segment: Ints
    t_ms: Ints
    standing_g: Ints
    left_g: Ints  # at most this much may stay for a windrow to count as gone

    @property
    def stands(self) -> Bools:
        """Rows from which on a windrow counts as standing."""
        found: Bools = self.standing_g > self.left_g[self.segment]
        return found


def windrows_of(rows: LogRows, groups: GroupRows, facts: RunFacts) -> Windrows:
    """windrow = pushed - min(pushed, verge) - loaded, after every change at one kerb.

    From the first de-icer on a segment its verge takes nothing more, where the plan says so. None
    where nobody hauls.
    """
    rules, verge = facts.scenario.plan.haul, np.array(facts.verge_g, dtype=np.int64)
    if rules is None or all(party.kind != TRUCK for party in facts.parties):
        nothing = np.zeros(0, dtype=np.int64)
        return Windrows(nothing, nothing, nothing, nothing)
    segment, t_ms, pushed, loaded, treats = (
        np.concatenate(columns)
        for columns in zip(_told(facts), _changes(rows, groups), strict=True)
    )
    order = np.argsort((segment << T_BITS) + t_ms, kind="stable")
    segment, t_ms, treats = segment[order], t_ms[order], treats[order]
    first = np.append(True, segment[1:] != segment[:-1])[: len(segment)]
    pushed, loaded = _running(pushed[order], first), _running(loaded[order], first)
    cap = verge[segment]
    if rules.treated_off_green:
        treated = np.flatnonzero(treats)
        _, earliest = np.unique(segment[treated], return_index=True)
        at = treated[earliest]
        closed = np.full(len(verge), np.iinfo(np.int64).max)
        closed[segment[at]] = pushed[at]
        since = np.full(len(verge), len(segment))
        since[segment[at]] = at
        after = np.arange(len(segment)) >= since[segment]
        cap = np.where(after, np.minimum(cap, closed[segment]), cap)
    standing = pushed - np.minimum(pushed, cap) - loaded
    last = np.append((segment[1:] != segment[:-1]) | (t_ms[1:] != t_ms[:-1]), True)[: len(segment)]
    lengths_mm = facts.network.seg.length_mm
    left = np.array([int(along_g(rules.left_kg_m, mm)) for mm in lengths_mm], dtype=np.int64)
    return Windrows(segment[last], t_ms[last], standing[last], left)


def _told(facts: RunFacts) -> tuple[Ints, Ints, Ints, Ints, Bools]:
    """What lies at the kerbs at the start, as `_changes`, where a duty officer has told it."""
    now, seg = facts.scenario.now, facts.network.seg
    told = dict(now.lying) if now is not None else {}
    rows = []
    for segment, number in enumerate(seg.section):
        lying = told.get(facts.network.sections[number].id)
        if lying is not None and facts.network.duty[number]:
            grams = kerb_g(lying, seg.length_mm[segment], facts.verge_g[segment])
            rows.append((segment, grams, lying.treated))
    segments, pushed, treats = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    zero = np.zeros_like(segments)
    return segments, zero, pushed, zero, treats.astype(np.bool_)


def _changes(rows: LogRows, groups: GroupRows) -> tuple[Ints, Ints, Ints, Ints, Bools]:
    """(segment, t, grams pushed, grams loaded, de-icer came) of all that changes a kerb.

    At one instant frontage duty comes first, then machines, then squads and loaders.
    """
    machines = np.flatnonzero(rows.done)
    spreads = rows.kind[machines] == SPREAD
    fronts, hands, loads = (
        np.flatnonzero(which) for which in (groups.fronted, groups.by_hand, groups.loaded)
    )
    grams = kerb_grams(groups)
    sizes = (len(fronts), len(machines), len(hands), len(loads))
    columns = (
        (groups.place[fronts], rows.place[machines], groups.place[hands], groups.place[loads]),
        (groups.end[fronts], rows.end[machines], groups.end[hands], groups.end[loads]),
        (
            grams[fronts],
            np.where(spreads, 0, rows.amount_g[machines]),
            grams[hands],
            _zero(sizes[3]),
        ),
        (_zero(sum(sizes[:3])), groups.amount_g[loads]),
        (_zero(sizes[0]), spreads, _zero(sizes[2] + sizes[3])),
    )
    segment, t_ms, pushed, loaded, treats = (np.concatenate(column) for column in columns)
    return segment, t_ms, pushed, loaded, treats.astype(np.bool_)


def _zero(size: int) -> Ints:
    return np.zeros(size, dtype=np.int64)


def kerb_grams(groups: GroupRows) -> Ints:
    """Grams of each row that go to the kerb: what is thrown back (the row after) does not."""
    back = np.append(np.where(groups.thrown, groups.amount_g, 0)[1:], 0)[: len(groups.kind)]
    return groups.amount_g - np.where(groups.fronted, back, 0)


def _running(amounts: Ints, first: Bools) -> Ints:
    """Sums so far, anew from each row that is `first`."""
    total = np.cumsum(amounts)
    before = np.where(first, total - amounts, 0)
    found: Ints = total - np.maximum.accumulate(before)
    return found


def standing_turns(windrows: Windrows, facts: RunFacts) -> tuple[Change, Change]:
    """(section, t, ±1) as windrows stand or not; (section, t, 1) where one has first stood.

    Both by direction: a section may have two of each.
    """
    section = np.array(facts.network.seg.section, dtype=np.int64)[windrows.segment]
    stands = windrows.stands.astype(np.int64)
    first = np.append(True, windrows.segment[1:] != windrows.segment[:-1])[: len(stands)]
    before = np.where(first, 0, np.append(0, stands[:-1])[: len(stands)])
    turn = np.flatnonzero(stands != before)
    ones = np.flatnonzero(stands)
    _, earliest = np.unique(windrows.segment[ones], return_index=True)
    ever = ones[earliest]
    return (
        (section[turn], windrows.t_ms[turn], (stands - before)[turn]),
        (section[ever], windrows.t_ms[ever], np.ones(len(ever), dtype=np.int64)),
    )


def windrow_frame(windrows: Windrows, facts: RunFacts) -> pd.DataFrame:
    """section, t_ms, change_g and stands: every change of what stands on a section, by time.

    `stands` tells whether a windrow stands in that direction from then on.
    """
    first = np.append(True, windrows.segment[1:] != windrows.segment[:-1])
    before = np.append(0, windrows.standing_g[:-1])[: len(windrows.segment)]
    change = windrows.standing_g - np.where(first[: len(before)], 0, before)
    section = np.array(facts.network.seg.section, dtype=np.int64)[windrows.segment]
    ids = np.array([s.id for s in facts.network.sections], dtype=object)
    frame = pd.DataFrame(
        {
            "section": ids[section],
            "t_ms": windrows.t_ms,
            "change_g": change,
            "stands": windrows.stands,
        }
    )
    return frame.sort_values("t_ms", kind="stable", ignore_index=True)
