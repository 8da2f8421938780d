"""One made-up night, drawn by every test."""

from __future__ import annotations

import pandas as pd
import pytest

from snowplan.analysis.beside import Beside, with_hauling, with_sides
from snowplan.analysis.limits import limit_table, sections_table
from snowplan.analysis.section_times import section_times
from snowplan.analysis.timeline import timeline
from snowplan.model.grades import Grade
from snowplan.model.plan import Limit
from snowplan.model.roads import RoadClass
from snowplan.reporting.pictures import Frames
from snowplan.reporting.view import View
from snowplan.results.tables import SECTIONS
from snowplan.units import MS_PER_H
from tests.results.synthetic import (
    CLOCK,
    HORIZON_MS,
    depot_frame,
    event_frame,
    grid_roads,
    machine_frame,
    random_states,
)

LIMITS = (
    Limit(RoadClass.MAIN, Grade.HEAVY, 12, 24, 48, open_by_minute=7 * 60),
    Limit(RoadClass.SECONDARY, Grade.HEAVY, 24, 24, 48),
    Limit(RoadClass.BRANCH, Grade.HEAVY, 24, 36, 48),
)


@pytest.fixture
def view() -> View:
    """Snow from 18:30 to 03:00, in Chinese, on a schematic map."""
    spells = ((3 * MS_PER_H // 2, 10 * MS_PER_H),)
    return View(CLOCK, HORIZON_MS, spells, 10 * MS_PER_H, "大雪 −5 °C", schematic=True)


@pytest.fixture
def frames() -> Frames:
    """Frames of a small grid."""
    roads = grid_roads(7)
    states = random_states(roads, 1)
    machines = machine_frame(20)
    return Frames(
        roads=roads,
        states=states,
        timeline=timeline(states, roads, CLOCK, HORIZON_MS),
        limits=limit_table(LIMITS, Grade.HEAVY, 10 * MS_PER_H, CLOCK),
        events=event_frame(machines, 2),
        machines=machines,
        depots=depot_frame(3),
    )


@pytest.fixture
def sections(frames: Frames) -> pd.DataFrame:
    """`sections.parquet` of the same night."""
    times = section_times(frames.states, HORIZON_MS)
    table = sections_table(frames.roads, times, frames.limits, HORIZON_MS)
    nothing = Beside.nothing()
    table = with_hauling(table, frames.roads, nothing.windrows, HORIZON_MS)
    return SECTIONS.shaped(with_sides(table, nothing, HORIZON_MS, None, None))
