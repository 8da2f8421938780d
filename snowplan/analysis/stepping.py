"""Stories of sections on a grid of groups and steps of time: counts and areas as running sums."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from snowplan.analysis.beside import SIDES, Beside
from snowplan.analysis.section_times import Bools, Ints, section_starts, state_levels
from snowplan.units import DM2_PER_M2


@dataclass(frozen=True, slots=True)
class Grid:
    """`group` of every section, how many groups there are, and steps of `step_ms`."""

    group: Ints
    groups: int
    step_ms: int
    count: int

    def constant(self, amount: Ints) -> Ints:
        """One amount a section, the same at every step: (group, step)."""
        total = _summed(self.group, amount, self.groups)
        return np.repeat(total[:, None], self.count, axis=1)

    def accumulated(self, row: Ints, t_ms: Ints, change: Ints) -> Ints:
        """Running sums of changes of sections (by `row`) at instants: (group, step)."""
        step = np.minimum(-(-t_ms // self.step_ms), self.count)
        cell = self.group[row] * (self.count + 1) + step
        table = _summed(cell, change, self.groups * (self.count + 1))
        total: Ints = np.cumsum(table.reshape(self.groups, -1)[:, : self.count], axis=1)
        return total


@dataclass(frozen=True, slots=True)
class Stories:
    """Rows of `states`: position of the section among those asked for, instant, level."""

    row: Ints
    t_ms: Ints
    level: Ints
    first: Bools  # the section's first row

    def changes(self, level: int) -> Ints:
        """+1 where a section reaches a level, -1 where it ceases to be there, else 0."""
        value = (self.level >= level).astype(np.int64)
        before = np.append(0, value[:-1])[: len(value)]
        return value - np.where(self.first, 0, before)


def stories(states: pd.DataFrame, sections: pd.Series, horizon_ms: int) -> Stories:
    """The rows of `states` that belong to these sections, in order."""
    first = np.zeros(len(states), dtype=np.bool_)
    starts = section_starts(states, horizon_ms)
    first[starts] = True
    names: NDArray[np.object_] = states["section"].to_numpy(dtype=object)[starts]
    place = pd.Index(sections).get_indexer(pd.Index(names)).astype(np.int64)
    row = np.repeat(place, np.diff(np.append(starts, len(states))))
    kept = row >= 0
    t_ms = states["t_ms"].to_numpy(dtype=np.int64)
    return Stories(row[kept], t_ms[kept], state_levels(states)[kept], first[kept])


def whole_dm2(m2: pd.Series) -> Ints:
    """Areas in whole square decimetres, so that no order of summing shows."""
    found: Ints = np.rint(m2.to_numpy(dtype=np.float64) * DM2_PER_M2).astype(np.int64)
    return found


def beside_columns(beside: Beside, sections: pd.Series, grid: Grid) -> dict[str, Ints]:
    """windrow_g, and area and clean area (dm²) of cycle lanes and pavements: (group, step)."""
    index = pd.Index(sections)
    found = {"windrow_g": _changing(beside.windrows, "change_g", index, grid)}
    for name, parts in SIDES:
        areas = beside.areas[beside.areas["part"].isin(parts)]
        dm2 = whole_dm2(areas.groupby("section")["m2"].sum().reindex(index, fill_value=0.0))
        rows = beside.clean[beside.clean["part"] == parts[0]]
        found[f"{name}_m2"] = grid.constant(dm2)
        found[f"{name}_clean_m2"] = _changing(rows, "change_dm2", index, grid)
    return found


def _changing(rows: pd.DataFrame, change: str, sections: pd.Index, grid: Grid) -> Ints:
    """Running sums of a column of changes at `t_ms` on the sections asked for: (group, step)."""
    row = sections.get_indexer(pd.Index(rows["section"])).astype(np.int64)
    own = row >= 0
    columns = [rows[name].to_numpy(dtype=np.int64)[own] for name in ("t_ms", change)]
    return grid.accumulated(row[own], *columns)


def _summed(place: Ints, amount: Ints, size: int) -> Ints:
    """Sums by place; whole numbers below 2⁵³ are exact in bincount's doubles."""
    return np.bincount(place, weights=amount, minlength=size).astype(np.int64)
