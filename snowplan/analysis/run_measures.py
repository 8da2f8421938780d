"""The measures of one run for a comparison: from its logs, without the tables of a run folder."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from snowplan.analysis.exposure import exposure_table
from snowplan.analysis.measure_fleet import fleet_values, machine_times, share_values
from snowplan.analysis.measure_sections import (
    ASPECTS,
    Reached,
    Roads,
    Values,
    exposure_values,
    late_counts,
    limit_values,
    reached,
    roads_of,
    time_values,
)
from snowplan.analysis.measure_spreading import depot_figures, depot_values, response_values
from snowplan.analysis.outcome import Storm
from snowplan.model.measures import MeasureInfo, measure_info, measure_keys
from snowplan.results.facts import RunFacts
from snowplan.results.group_log import GroupLog
from snowplan.results.group_rows import GroupRows, group_rows
from snowplan.results.log import EventLog
from snowplan.results.lying import depth_hours
from snowplan.results.replaying import replay
from snowplan.results.rows import LogRows, log_rows
from snowplan.results.states import states_frame

__all__ = ["MeasureInfo", "Seen", "measure_info", "measure_keys", "measures_of", "seen_in"]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the measures look at: a run's logs, and what they say of its sections.

    `states` as in the run folder, but that it does not tell hauled sections from clean ones.
    """

    facts: RunFacts
    storm: Storm
    rows: LogRows
    groups: GroupRows
    roads: Roads
    states: pd.DataFrame
    reached: dict[str, Reached]
    exposure: pd.DataFrame
    depots: dict[str, dict[str, float]]

    @property
    def origin_ms(self) -> int:
        """The instant from which hours are told: the end of snow; the start where none is known."""
        return self.storm.known_stop_ms or 0


def seen_in(log: EventLog, group_log: GroupLog, facts: RunFacts, storm: Storm) -> Seen:
    """Replay a finished run as far as its measures need it."""
    replayed = replay(log, facts, group_log)
    states = states_frame(log, facts, group_log, replayed)
    rows, roads = log_rows(log), roads_of(facts.network)
    classes = pd.DataFrame(
        {
            "section": [s.id for s in facts.network.sections],
            "road_class": [s.duty.road_class.key for s in facts.network.sections],
        }
    )
    return Seen(
        facts=facts,
        storm=storm,
        rows=rows,
        groups=group_rows(group_log, facts.horizon_ms),
        roads=roads,
        states=states,
        reached=reached(states, roads, storm.horizon_ms),
        exposure=exposure_table(depth_hours(replayed, facts), classes, facts.scenario.plan.weights),
        depots=depot_figures(rows, facts),
    )


def measures_of(seen: Seen) -> tuple[Values, dict[str, int]]:
    """Every key of the map with its figure, None where the run has none, and the sections left.

    Sections left at the horizon are told by the keys of times that count the horizon for them.
    """
    times = machine_times(seen.rows, seen.facts)
    values: Values = {}
    late: dict[str, int] = {}
    for aspect in ASPECTS:
        values |= time_values(aspect, seen.reached[aspect], seen.roads, seen.origin_ms)
        late |= late_counts(aspect, seen.reached[aspect], seen.roads)
    values |= limit_values(seen.reached, seen.roads, seen.storm)
    values |= exposure_values(seen.exposure, seen.roads)
    values |= response_values(seen.rows, seen.facts)
    values |= fleet_values(seen.rows, seen.groups, times, seen.facts, seen.storm)
    values |= depot_values(seen.depots)
    values |= share_values(seen.rows, times, seen.facts)
    return values, late
