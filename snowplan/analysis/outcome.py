"""From what happened to what it means: every derived table of a run, and its summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from snowplan.analysis.beside import Beside, with_hauling, with_sides
from snowplan.analysis.depots import depot_table
from snowplan.analysis.group_totals import Fallen, hand_totals, hauling_totals, with_groups
from snowplan.analysis.groups import dump_table, group_table
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
from snowplan.results.tables import DUMPS, GROUPS, SECTIONS
from snowplan.units import hours_ms


@dataclass(frozen=True, slots=True)
class Record:
    """What happened: the engine's frames.

    `events` and `states` as in the run folder. `roads`: section, road, road_class, zone, length_m,
    area_m2, operator, strips (of both directions together), line, and closed if any is. `machines`:
    machine, kind, depot, zone. `depots`: depot, zone, product, stock_g. `exposure`: section,
    exposure. `fallen`: snow on carriageways and beside them; None where nobody asks for shares.
    """

    events: pd.DataFrame
    states: pd.DataFrame
    roads: pd.DataFrame
    machines: pd.DataFrame
    depots: pd.DataFrame
    exposure: pd.DataFrame
    beside: Beside = field(default_factory=Beside.nothing)
    fallen: Fallen | None = None


@dataclass(frozen=True, slots=True)
class Storm:
    """What the record is judged by.

    `hauling`: the grade calls the hauling group; `side_limit_h`: pavements and cycle lanes clean,
    hours after snow stops, None without a limit; `hauled_kg_m3`: density of snow in trucks.
    """

    clock: Clock
    horizon_ms: int
    grade: Grade
    snow_stops_ms: int | None
    limits: Sequence[Limit]
    types: Sequence[MachineType]
    costs: Costs
    hauling: bool = False
    side_limit_h: float | None = None
    hauled_kg_m3: float | None = None

    @property
    def snow_unfinished(self) -> bool:
        """Whether snow falls until the horizon: then nobody knows when it stops."""
        return self.snow_stops_ms is not None and self.snow_stops_ms >= self.horizon_ms

    @property
    def known_stop_ms(self) -> int | None:
        """When snow stops, where that is known: limits count from it."""
        return None if self.snow_unfinished else self.snow_stops_ms

    @property
    def side_limit_ms(self) -> int | None:
        """The instant by which pavements and cycle lanes are to be clean, where that is known."""
        if self.known_stop_ms is None or self.side_limit_h is None:
            return None
        return self.known_stop_ms + hours_ms(self.side_limit_h)


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
    groups: pd.DataFrame = field(default_factory=GROUPS.empty)
    dumps: pd.DataFrame = field(default_factory=DUMPS.empty)


def outcome(record: Record, storm: Storm, facts: Mapping[str, Any]) -> Outcome:
    """Every derived table of one run; `facts` are put at the top of the summary.

    De-icer is counted by the product of a spreader's home depot.
    """
    roads, horizon_ms, beside = record.roads, storm.horizon_ms, record.beside
    limits = limit_table(
        storm.limits, storm.grade, storm.known_stop_ms, storm.clock, hauling=storm.hauling
    )
    sections = _sections(record, storm, limits)
    machines = machine_table(record.events, record.machines, roads, horizon_ms)
    groups = group_table(record.events, beside.parties, beside.areas, horizon_ms)
    dumps = dump_table(record.events, beside.dumps)
    product = machines["depot"].map(record.depots.set_index("depot")["product"])
    spread = machines.loc[machines["spread_g"] > 0, "spread_g"].groupby(product).sum()
    deicer_g = {str(name): int(grams) for name, grams in spread.items()}
    totals = fleet_totals(machines, storm.types, storm.costs, deicer_g)
    more = {
        "hauling": hauling_totals(
            groups, dumps, record.events, sections, record.fallen, storm.hauled_kg_m3
        ),
        "hand": hand_totals(groups, record.events),
    }
    head = {
        "grade": storm.grade.key,
        "snow_stops_ms": storm.snow_stops_ms,
        "snow_unfinished": storm.snow_unfinished,
        "horizon_ms": horizon_ms,
    }
    told = summary(
        sections, roads, {**with_groups(totals, groups, storm.costs), **more}, {**head, **facts}
    )
    return Outcome(
        sections=sections,
        machines=machines,
        depots=depot_table(record.events, record.depots),
        timeline=timeline(record.states, roads, storm.clock, horizon_ms, beside=beside),
        limits=limits,
        summary=told,
        groups=groups,
        dumps=dumps,
    )


def _sections(record: Record, storm: Storm, limits: pd.DataFrame) -> pd.DataFrame:
    """`sections.parquet`."""
    roads, horizon_ms, beside = record.roads, storm.horizon_ms, record.beside
    work = section_work(record.events, roads).merge(record.exposure, on="section", how="outer")
    times = section_times(record.states, horizon_ms)
    frame = sections_table(roads, times, limits, horizon_ms, work)
    frame = with_hauling(frame, roads, beside.windrows, horizon_ms)
    frame = with_sides(frame, beside, horizon_ms, storm.side_limit_ms, storm.side_limit_h)
    return SECTIONS.shaped(frame)
