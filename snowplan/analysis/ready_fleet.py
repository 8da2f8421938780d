"""Of one run: how many machines were busy at one time, how crews mustered, what dumps took."""

from __future__ import annotations

import numpy as np

from snowplan.analysis.measure_sections import DECIMALS
from snowplan.analysis.section_times import Ints
from snowplan.analysis.summary import nearest_rank
from snowplan.results.facts import RunFacts
from snowplan.results.group_rows import BUSY, UNLOAD, GroupRows, came_out
from snowplan.results.log import KIND
from snowplan.results.rows import LogRows
from snowplan.units import G_PER_KG, MS_PER_MIN

TRAVEL, LOAD = KIND["travel"], KIND["load"]
RANKS = (("median", 50), ("p90", 90), ("most", 100))
MACHINE_PARTIES = ("loader", "blower", "truck")


def peaks(rows: LogRows, groups: GroupRows, facts: RunFacts) -> dict[str, int]:
    """By `kind@zone`, the most machines that were at work, driving or loading at one time.

    A machine that waits for the others of its team, on the way from decision to pass, counts.
    """
    driven = rows.is_pass | (rows.kind == TRAVEL)
    own = np.flatnonzero((driven | (rows.kind == LOAD)) & (rows.machine >= 0))
    begin = np.where(driven[own], rows.decided[own], rows.start[own])
    names = [f"{machine.type.kind}@{machine.zone}" for machine in facts.machines]
    names += [f"{party.kind}@{party.zone}" for party in facts.parties]
    moves = np.flatnonzero(np.isin(groups.kind, BUSY) & (groups.party >= 0))
    kinds = sorted(set(names))
    kind_of = np.array([kinds.index(name) for name in names], dtype=np.int64)
    owner = np.concatenate([rows.machine[own], groups.party[moves] + len(facts.machines)])
    found = _most_at_once(
        kind_of[owner],
        np.concatenate([begin, groups.start[moves]]),
        np.concatenate([rows.end[own], groups.end[moves]]),
        len(kinds),
    )
    wanted = {machine.type.kind for machine in facts.machines} | set(MACHINE_PARTIES)
    return {
        name: most
        for name, most in zip(kinds, found, strict=True)
        if name.partition("@")[0] in wanted
    }


def _most_at_once(group: Ints, begin: Ints, end: Ints, groups: int) -> list[int]:
    """The most intervals `[begin, end)` of each group that hold one instant."""
    some = end > begin
    group, begin, end = group[some], begin[some], end[some]
    t_ms, step = np.append(begin, end), np.repeat([1, -1], len(begin))
    who = np.append(group, group)
    order = np.lexsort((step, t_ms, who))  # at one instant who ends goes before who begins
    count = np.cumsum(step[order])  # every group's steps add up to 0
    most = np.zeros(groups, dtype=np.int64)
    np.maximum.at(most, who[order], count)
    return [int(number) for number in most]


def muster_minutes(groups: GroupRows, facts: RunFacts) -> dict[str, float]:
    """Minutes from the call-out until each crew whose shift was under way began: median, p90, most.

    Crews of parties that the grade never called are left out; nothing where nobody was called.
    """
    called_ms, clock = facts.called_out_ms, facts.scenario.study.clock
    if called_ms is None:
        return {}
    out = [True] * len(facts.machines) + came_out(groups, len(facts.parties)).tolist()
    waited = sorted(
        begin - called_ms
        for owner, came in zip(facts.owners, out, strict=True)
        for begin, _, crew in owner.windows
        if came and _shift_of(crew) != clock.text(begin)
    )
    ranks = {name: nearest_rank(waited, percent) for name, percent in RANKS}
    return {n: round(ms / MS_PER_MIN, DECIMALS) for n, ms in ranks.items() if ms is not None}


def _shift_of(crew: str) -> str:
    """When a crew's shift begins, in local time: crews are named `shift@begin#number`."""
    return crew.rpartition("@")[2].rpartition("#")[0]


def dumped(groups: GroupRows, facts: RunFacts) -> tuple[dict[str, float], int]:
    """Snow brought to each dump point, m³ as it lies there, and the loads of all of them."""
    piled = facts.scenario.around.physics.piled
    rows = np.flatnonzero((groups.kind == UNLOAD) & ~groups.cut)
    if piled is None or not facts.dumps:
        return {}, 0
    grams = np.bincount(
        groups.dump[rows], weights=groups.amount_g[rows], minlength=len(facts.dumps)
    )
    m3 = grams / (piled.dumped_kg_m3 * G_PER_KG)
    return {
        dump.id: round(float(volume), DECIMALS)
        for dump, volume in zip(facts.dumps, m3, strict=True)
    }, len(rows)
