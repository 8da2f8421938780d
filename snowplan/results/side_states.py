"""Cycle lanes and pavements, clean or not: a replay of weather and hand work, all at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from snowplan.model.hands import Part
from snowplan.model.snow import GRAM_DIVISOR, NEVER
from snowplan.results.counting import Change, counted
from snowplan.results.curves import Curves, Floats
from snowplan.results.facts import RunFacts
from snowplan.results.group_rows import GroupRows
from snowplan.results.rows import Ints
from snowplan.results.tables import SIDE_STATES
from snowplan.units import DM2_PER_M2, MS_PER_H

WORDS = np.array(["blocked", "open", "clean"], dtype=object)
SHOWN = {Part.CYCLE_LANE: 0, Part.PAVEMENT: 1, Part.FRONTAGE: 1}  # frontage is pavement
NAMES = np.array([Part.CYCLE_LANE.key, Part.PAVEMENT.key], dtype=object)


@dataclass(frozen=True, slots=True)
class Areas:
    """Areas beside the carriageway by number: segment, part, m²."""

    segment: Ints
    part: Ints
    dm2: Ints

    @property
    def m2(self) -> Floats:
        """Areas in m²."""
        found: Floats = self.dm2 / DM2_PER_M2
        return found


@dataclass(frozen=True, slots=True)
class SideSpells:
    """Areas between touches: snow is base + N(t) g/m², never below 0; `[begin_ms, end_ms)`."""

    area: Ints
    begin_ms: Ints
    end_ms: Ints
    base: Floats


def areas_of(facts: RunFacts) -> Areas:
    """The cycle lanes, pavements and frontages of a run."""
    columns = [np.array(c, dtype=np.int64) for c in (facts.areas.segment, facts.areas.part)]
    dm2 = np.array(facts.areas.dm2, dtype=np.int64)
    beside = columns[1] != Part.CARRIAGEWAY
    return Areas(columns[0][beside], columns[1][beside], dm2[beside])


def side_spells(groups: GroupRows, facts: RunFacts, areas: Areas, curves: Curves) -> SideSpells:
    """Every spell of every area; a finished clearing leaves the residual, or what lay there."""
    count = len(areas.segment)
    initial = facts.scenario.around.snowfall.initial_um
    grams, fallen = areas.dm2 * initial // DM2_PER_M2, np.zeros(count, dtype=np.int64)
    every = np.arange(count)
    rules = facts.scenario.plan.hand
    residual = rules.residual_mm * facts.sky.density if rules is not None else 0.0
    area, t_ms, number = _touches(groups, areas, len(facts.network.seg.section))
    spells = [(every, np.zeros_like(every), np.full(count, float(initial)))]
    for k in range(int(number.max()) + 1 if len(number) else 0):
        a, t = area[number == k], t_ms[number == k]
        net = curves.net_at(t)
        now = areas.dm2[a] * net // GRAM_DIVISOR
        lies = grams[a] + now - fallen[a]
        left_g = (residual * areas.m2[a]).astype(np.int64)
        grams[a], fallen[a] = np.minimum(lies, left_g), now
        areal = np.where(lies < left_g, lies / areas.m2[a], residual)
        spells.append((a, t, areal - net / MS_PER_H))
    columns = [np.concatenate([spell[n] for spell in spells]) for n in range(3)]
    order = np.lexsort((columns[1], columns[0]))
    where, begin, base = columns[0][order], columns[1][order], columns[2][order]
    end = np.full(len(where), facts.horizon_ms, dtype=np.int64)
    end[:-1] = np.where(where[1:] == where[:-1], begin[1:], facts.horizon_ms)
    kept = end > begin
    return SideSpells(where[kept], begin[kept], end[kept], base[kept])


def _touches(groups: GroupRows, areas: Areas, segments: int) -> tuple[Ints, Ints, Ints]:
    """(area, t, how many touches of the area came before), in order of the log."""
    number = np.full((segments, len(Part)), -1, dtype=np.int64)
    number[areas.segment, areas.part] = np.arange(len(areas.segment))
    by_hand = groups.by_hand & (groups.part != Part.CARRIAGEWAY)
    row = np.flatnonzero(by_hand | groups.fronted)
    part = np.where(groups.fronted[row], int(Part.FRONTAGE), groups.part[row])
    area, t_ms = number[groups.place[row], part], groups.end[row]
    order = np.lexsort((t_ms, area))
    area, t_ms = area[order], t_ms[order]
    fresh = np.append(True, area[1:] != area[:-1])[: len(area)]
    position = np.arange(len(area))
    return area, t_ms, position - np.maximum.accumulate(np.where(fresh, position, 0))


def side_states_frame(groups: GroupRows, facts: RunFacts) -> pd.DataFrame:
    """`side_states.parquet`: section, part, t_ms, state at 0 and at every crossing.

    Blocked while in any of its areas the depth is above the passable one, clean while in all it is
    at most the clean one.
    """
    areas, curves = areas_of(facts), Curves(facts.sky.curves)
    if not len(areas.segment):
        return SIDE_STATES.empty()
    spells = side_spells(groups, facts, areas, curves)
    section = np.array(facts.network.seg.section, dtype=np.int64)[areas.segment]
    shown = np.array([SHOWN.get(part, 0) for part in Part], dtype=np.int64)[areas.part]
    owner = section * len(NAMES) + shown
    wanted, density = facts.scenario.plan.thresholds, facts.sky.density
    blocks = _worse(spells, curves, wanted.passable_depth_mm * density, owner)
    soils = _worse(spells, curves, wanted.clean_depth_mm * density, owner)
    return _frame(blocks, soils, owner, facts)


def side_clean_frame(groups: GroupRows, facts: RunFacts) -> pd.DataFrame:
    """section, part, t_ms, change_dm2: every change of the clean area, area by area, by time.

    All is clean before 0; parts as in `side_states.parquet`.
    """
    areas, curves = areas_of(facts), Curves(facts.sky.curves)
    every = np.arange(len(areas.segment))
    spells = side_spells(groups, facts, areas, curves)
    level = facts.scenario.plan.thresholds.clean_depth_mm * facts.sky.density
    area, t_ms, soiled = _worse(spells, curves, level, every)
    area, t_ms = np.append(every, area), np.append(np.zeros_like(every), t_ms)
    change = np.append(np.ones_like(every), -soiled) * areas.dm2[area]
    order = np.lexsort((area, t_ms))
    section = np.array(facts.network.seg.section, dtype=np.int64)[areas.segment[area[order]]]
    shown = np.array([SHOWN.get(part, 0) for part in Part], dtype=np.int64)
    ids = np.array([s.id for s in facts.network.sections], dtype=object)
    return pd.DataFrame(
        {
            "section": ids[section],
            "part": NAMES[shown[areas.part[area[order]]]],
            "t_ms": t_ms[order],
            "change_dm2": change[order],
        }
    )


def _worse(spells: SideSpells, curves: Curves, level: float, owner: Ints) -> Change:
    """(owner, t, ±1): +1 where an area's snow comes above a level, -1 where it is taken off."""
    over = curves.net_over(level - spells.base)
    first = np.full(len(over), NEVER, dtype=np.int64)
    for step in (2, 1, 0, -1, -2):  # the look-up may be a millisecond off
        at = np.maximum(over + step, spells.begin_ms)
        net = curves.net_at(np.minimum(at, int(curves.ts[-1])))
        above = np.maximum(0.0, spells.base + net / MS_PER_H) > level
        first = np.where(above & (over < NEVER), at, first)
    inside = first < spells.end_ms
    ends = np.append(spells.area[1:] == spells.area[:-1], False)[: len(over)] & inside
    place = owner[spells.area]
    return (
        np.append(place[inside], place[ends]),
        np.append(first[inside], spells.end_ms[ends]),
        np.append(np.ones(int(inside.sum()), np.int64), np.full(int(ends.sum()), -1)),
    )


def _frame(blocks: Change, soils: Change, owner: Ints, facts: RunFacts) -> pd.DataFrame:
    """Words for running counts of areas above the two levels."""
    starts = np.unique(owner)
    begin: Change = (starts, np.zeros_like(starts), np.zeros_like(starts))
    where, t_ms, fresh, (_, blocked, soiled) = counted(begin, blocks, soils)
    level = np.where(blocked > 0, 0, np.where(soiled > 0, 1, 2))
    kept = fresh | np.append(True, level[1:] != level[:-1])
    ids = np.array([s.id for s in facts.network.sections], dtype=object)
    where = where[kept]
    return pd.DataFrame(
        {
            "section": ids[where // len(NAMES)],
            "part": NAMES[where % len(NAMES)],
            "t_ms": t_ms[kept],
            "state": WORDS[level[kept]],
        }
    )
