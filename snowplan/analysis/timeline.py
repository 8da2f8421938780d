"""How much of the network is passable and clean over time."""

from __future__ import annotations

import numpy as np
import pandas as pd

from snowplan.analysis.beside import Beside
from snowplan.analysis.duty import centre_sections
from snowplan.analysis.section_times import LEVELS, Ints
from snowplan.analysis.stepping import Grid, beside_columns, stories, whole_dm2
from snowplan.clock import Clock
from snowplan.model.roads import ROAD_CLASSES
from snowplan.results.tables import TIMELINE
from snowplan.units import DM2_PER_M2, G_PER_T, MS_PER_MIN

STEP_MIN = 10


def timeline(
    states: pd.DataFrame,
    roads: pd.DataFrame,
    clock: Clock,
    horizon_ms: int,
    step_min: int = STEP_MIN,
    beside: Beside | None = None,
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
    grid = Grid(groups, len(keys), step_ms, count)
    area = whole_dm2(facts["area_m2"])
    columns: dict[str, Ints] = {
        "sections": grid.constant(np.ones(len(groups), dtype=np.int64)),
        "area_m2": grid.constant(area),
    }
    story = stories(states, facts["section"], horizon_ms)
    if (missing := np.setdiff1d(np.arange(len(facts)), story.row)).size:
        name = facts["section"].iloc[int(missing[0])]
        raise ValueError(f"states: section {name} has no row; expected one at 0")
    for word, level in (("opened", "open"), ("clean", "clean"), ("hauled", "hauled")):
        change = story.changes(LEVELS[level])
        columns[word] = grid.accumulated(story.row, story.t_ms, change)
        columns[f"{word}_m2"] = grid.accumulated(story.row, story.t_ms, change * area[story.row])
    columns |= beside_columns(beside or Beside.nothing(), facts["section"], grid)
    return _frame(columns, keys, np.arange(count) * step_ms, clock)


def _groups(facts: pd.DataFrame) -> tuple[Ints, list[tuple[str, str]]]:
    """The group of every row, and the (zone, class) of every group in order."""
    rank = {key: place for place, key in enumerate(ROAD_CLASSES)}
    pairs = list(zip(facts["zone"], facts["road_class"], strict=True))
    keys = sorted(set(pairs), key=lambda pair: (pair[0], rank[pair[1]]))
    place = {pair: number for number, pair in enumerate(keys)}
    groups: Ints = np.fromiter((place[pair] for pair in pairs), dtype=np.int64, count=len(pairs))
    return groups, keys


def _frame(
    columns: dict[str, Ints], keys: list[tuple[str, str]], t_ms: Ints, clock: Clock
) -> pd.DataFrame:
    flat = {name: table.T.ravel() for name, table in columns.items()}
    texts = np.array([clock.text(int(t)) for t in t_ms], dtype=object)
    plain = {name: flat[name] for name in ("sections", "opened", "clean", "hauled")}
    areas = {name: flat[name] / DM2_PER_M2 for name in flat if name.endswith("_m2")}
    table = pd.DataFrame(
        {
            "t_ms": np.repeat(t_ms, len(keys)),
            "local_time": np.repeat(texts, len(keys)),
            "zone": np.tile(np.array([zone for zone, _ in keys], dtype=object), len(t_ms)),
            "road_class": np.tile(np.array([name for _, name in keys], dtype=object), len(t_ms)),
            **plain,
            **areas,
            "windrow_t": flat["windrow_g"] / G_PER_T,
        }
    )
    return table[TIMELINE.names]
