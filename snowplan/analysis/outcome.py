"""From what happened to what it means: every derived table of a run, and its summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from snowplan.analysis.depots import depot_table
from snowplan.analysis.limits import limit_table, sections_table
from snowplan.analysis.section_times import section_times
from snowplan.analysis.summary import fleet_totals, summary
from snowplan.analysis.timeline import timeline
from snowplan.analysis.work import machine_table, section_work
from snowplan.clock import Clock
from snowplan.model.fleet import MachineType
from snowplan.model.grades import Grade
from snowplan.model.physics import Costs
from snowplan.model.plan import Limit


@dataclass(frozen=True, slots=True)
class Record:
    """What happened: the engine's frames.

    `events` and `states` as in the run folder. `roads`: section, road, road_class, zone, length_m,
    area_m2, operator, strips (of both directions together), line, and closed if any is. `machines`:
    machine, kind, depot, zone. `depots`: depot, zone, product, stock_g. `exposure`: section,
    exposure.
    """

    events: pd.DataFrame
    states: pd.DataFrame
    roads: pd.DataFrame
    machines: pd.DataFrame
    depots: pd.DataFrame
    exposure: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Storm:
    """What the record is judged by."""

    clock: Clock
    horizon_ms: int
    grade: Grade
    snow_stops_ms: int | None
    limits: Sequence[Limit]
    types: Sequence[MachineType]
    costs: Costs

    @property
    def snow_unfinished(self) -> bool:
        """Whether snow falls until the horizon: then nobody knows when it stops."""
        return self.snow_stops_ms is not None and self.snow_stops_ms >= self.horizon_ms


@dataclass(frozen=True, slots=True)
class Outcome:
    """The derived tables, as in the run folder.

    `limits` as `limit_table` gives them; none while it still snows, for they count from its end.
    """

    sections: pd.DataFrame
    machines: pd.DataFrame
    depots: pd.DataFrame
    timeline: pd.DataFrame
    limits: pd.DataFrame
    summary: dict[str, Any]


def outcome(record: Record, storm: Storm, facts: Mapping[str, Any]) -> Outcome:
    """Every derived table of one run; `facts` are put at the top of the summary.

    De-icer is counted by the product of a spreader's home depot.
    """
    roads, horizon_ms = record.roads, storm.horizon_ms
    stops_ms = None if storm.snow_unfinished else storm.snow_stops_ms
    limits = limit_table(storm.limits, storm.grade, stops_ms, storm.clock)
    work = section_work(record.events, roads).merge(record.exposure, on="section", how="outer")
    times = section_times(record.states, horizon_ms)
    sections = sections_table(roads, times, limits, horizon_ms, work)
    machines = machine_table(record.events, record.machines, roads, horizon_ms)
    product = machines["depot"].map(record.depots.set_index("depot")["product"])
    spread = machines.loc[machines["spread_g"] > 0, "spread_g"].groupby(product).sum()
    deicer_g = {str(name): int(grams) for name, grams in spread.items()}
    totals = fleet_totals(machines, storm.types, storm.costs, deicer_g)
    head = {
        "grade": storm.grade.key,
        "snow_stops_ms": storm.snow_stops_ms,
        "snow_unfinished": storm.snow_unfinished,
        "horizon_ms": horizon_ms,
    }
    return Outcome(
        sections=sections,
        machines=machines,
        depots=depot_table(record.events, record.depots),
        timeline=timeline(record.states, roads, storm.clock, horizon_ms),
        limits=limits,
        summary=summary(sections, roads, totals, {**head, **facts}),
    )
