"""One run of a comparison, measured: what every worker of every engine does."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from snowplan.analysis.measure_sections import curves, opened_minutes
from snowplan.analysis.run_measures import Seen, measures_of, seen_in
from snowplan.dispatch.finding import Ways
from snowplan.experiments.one_run import storm_of
from snowplan.model.comparison import Comparison, Job
from snowplan.model.network import Network, build_network
from snowplan.results.replications import Replication
from snowplan.simulation.fleet_tables import Shape
from snowplan.simulation.handing_over import HandedOver, run_scenario

Keep = Callable[[Seen], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Ground:
    """One map's network, with travel times once reckoned.

    They depend on the network, on the traffic, and on the highest travel speed of the fleet, never
    on where depots are: variants and storms on one map share them. What is kept grows with the
    junctions from which machines have asked: 12 bytes for each segment of a zone, for each junction
    and pattern of traffic, as much as a single run would keep, and no more than all junctions ask.
    """

    network: Network
    roads: dict[Shape, Ways] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class City:
    """What a worker builds once: the comparison, and the ground of each (variant, storm)."""

    comparison: Comparison
    grounds: Mapping[tuple[str, str], Ground]


def build_city(comparison: Comparison) -> City:
    """The city of a comparison, ready for any number of runs; equal maps are built once."""
    built: list[Ground] = []
    grounds = {}
    for key, scenario in comparison.scenarios.items():
        road_map = scenario.road_map
        known = next((ground for ground in built if ground.network.road_map == road_map), None)
        if known is None:
            known = Ground(build_network(road_map))
            built.append(known)
        grounds[key] = known
    return City(comparison, grounds)


def replicate(city: City, job: Job) -> Replication:
    """Run one job and measure it: the same figures in any process, after any other jobs.

    Raises LedgerError and RunError as the engine does.
    """
    scenario = city.comparison.scenario(job)
    scenario = replace(scenario, study=replace(scenario.study, run_seed=job.run_seed))
    ground = city.grounds[job.variant, job.storm]
    return replication_of(job, run_scenario(scenario, ground.network, roads=ground.roads))


def replication_of(job: Job, handed: HandedOver, keep: Keep | None = None) -> Replication:
    """What a comparison keeps of a finished run, and what its study keeps besides."""
    facts = handed.facts
    seen = seen_in(handed.log, handed.group_log, facts, storm_of(facts))
    values, late = measures_of(seen)
    return Replication(
        job=job,
        values=values,
        late=late,
        curves=curves(seen.states, seen.roads, facts.horizon_ms),
        opened_min=opened_minutes(seen.reached["open"]),
        depots=seen.depots,
        snow_stops_ms=facts.sky.stops_ms,
        events_sha256=digest_of_work(handed),
        kept={} if keep is None else keep(seen),
    )


def digest_of_work(handed: HandedOver) -> str:
    """One hash of all that was done, and by whom: the same for two runs that differ in nothing."""
    facts, log = handed.facts, handed.log
    names = [
        *(f"{owner.id} {owner.zone} {owner.windows}" for owner in facts.owners),
        *(depot.id for depot in facts.depots),
        *(dump.id for dump in facts.dumps),
        f"{facts.called_out_ms} {facts.grade.key} {facts.horizon_ms}",
    ]
    found = hashlib.sha256("\n".join(names).encode())
    for part in (log.rows(), log.team_row, log.team, handed.group_log.rows()):
        found.update(bytes(part))
    return found.hexdigest()
