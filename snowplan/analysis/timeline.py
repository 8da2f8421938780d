"""How much of the network is passable and clean over time."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from snowplan.analysis.duty import centre_sections
from snowplan.analysis.section_times import LEVELS, Ints, section_starts, state_levels
from snowplan.clock import Clock
from snowplan.model.roads import ROAD_CLASSES
from snowplan.units import DM2_PER_M2, MS_PER_MIN

STEP_MIN = 10


def timeline(
    states: pd.DataFrame,
    roads: pd.DataFrame,
    clock: Clock,
    horizon_ms: int,
    step_min: int = STEP_MIN,
) -> pd.DataFrame:
    """Counts and areas every `step_min` minutes from 0 to the horizon, by zone × road class.

    Columns as `timeline.csv`; `opened` counts passable sections, clean ones among them. Only the
    sections that the centre clears count. Areas add up in whole square decimetres, so that no order
    of summing shows. Raises ValueError when a section of the centre has no states.
    """
    step_ms = step_min * MS_PER_MIN
    count = horizon_ms // step_ms + 1
    facts = centre_sections(roads)
    groups, keys = _groups(facts)
    starts = section_starts(states, horizon_ms)
    row_of = _positions(states["section"].to_numpy(dtype=object)[starts], facts["section"])
    area = np.rint(facts["area_m2"].to_numpy(dtype=np.float64) * DM2_PER_M2).astype(np.int64)
    lengths = np.diff(np.append(starts, len(states)))
    fact_of = np.repeat(row_of, lengths)  # for every row of `states`; -1 is not the centre's
    kept = fact_of >= 0
    step = -(-states["t_ms"].to_numpy(dtype=np.int64)[kept] // step_ms)
    cell = groups[fact_of[kept]] * (count + 1) + np.minimum(step, count)
    weights = area[fact_of[kept]]
    levels = state_levels(states)
    columns: dict[str, Ints] = {
        "sections": np.repeat(np.bincount(groups, minlength=len(keys))[:, None], count, axis=1),
        "area_m2": np.repeat(_summed(groups, area, len(keys))[:, None], count, axis=1),
    }
    for word, level in (("opened", LEVELS["open"]), ("clean", LEVELS["clean"])):
        change = _changes(levels >= level, starts)[kept]
        columns[word] = _accumulated(cell, change, len(keys), count)
        columns[f"{word}_m2"] = _accumulated(cell, change * weights, len(keys), count)
    return _frame(columns, keys, np.arange(count) * step_ms, clock)


def _groups(facts: pd.DataFrame) -> tuple[Ints, list[tuple[str, str]]]:
    """The group of every row, and the (zone, class) of every group in order."""
    rank = {key: place for place, key in enumerate(ROAD_CLASSES)}
    pairs = list(zip(facts["zone"], facts["road_class"], strict=True))
    keys = sorted(set(pairs), key=lambda pair: (pair[0], rank[pair[1]]))
    place = {pair: number for number, pair in enumerate(keys)}
    groups: Ints = np.fromiter((place[pair] for pair in pairs), dtype=np.int64, count=len(pairs))
    return groups, keys


def _positions(named: NDArray[np.object_], sections: pd.Series) -> Ints:
    """The row in `sections` of every name, -1 for names that are not in it."""
    found: Ints = pd.Index(sections).get_indexer(pd.Index(named)).astype(np.int64)
    missing = np.setdiff1d(np.arange(len(sections)), found)
    if len(missing):
        raise ValueError(
            f"states: section {sections.iloc[int(missing[0])]} has no row; expected one at 0"
        )
    return found


def _changes(good: NDArray[np.bool_], starts: Ints) -> Ints:
    """+1 where a section begins to be good, -1 where it ceases, 0 elsewhere."""
    value = good.astype(np.int64)
    before = np.zeros_like(value)
    before[1:] = value[:-1]
    before[starts] = 0
    return value - before


def _summed(place: Ints, amount: Ints, size: int) -> Ints:
    """Sums by place; whole numbers below 2⁵³ are exact in bincount's doubles."""
    return np.bincount(place, weights=amount, minlength=size).astype(np.int64)


def _accumulated(cell: Ints, amount: Ints, groups: int, count: int) -> Ints:
    table = _summed(cell, amount, groups * (count + 1)).reshape(groups, count + 1)
    total: Ints = np.cumsum(table[:, :count], axis=1)
    return total


def _frame(
    columns: dict[str, Ints], keys: list[tuple[str, str]], t_ms: Ints, clock: Clock
) -> pd.DataFrame:
    flat = {name: table.T.ravel() for name, table in columns.items()}
    texts = np.array([clock.text(int(t)) for t in t_ms], dtype=object)
    return pd.DataFrame(
        {
            "t_ms": np.repeat(t_ms, len(keys)),
            "local_time": np.repeat(texts, len(keys)),
            "zone": np.tile(np.array([zone for zone, _ in keys], dtype=object), len(t_ms)),
            "road_class": np.tile(np.array([name for _, name in keys], dtype=object), len(t_ms)),
            "sections": flat["sections"],
            "opened": flat["opened"],
            "clean": flat["clean"],
            "area_m2": flat["area_m2"] / DM2_PER_M2,
            "opened_m2": flat["opened_m2"] / DM2_PER_M2,
            "clean_m2": flat["clean_m2"] / DM2_PER_M2,
        }
    )
