"""How fast the engine is: one storm on one network, measured against SimPy alone.

Times are CPU time of one process. Bare SimPy is measured in the same process right after the run:
as many plain timeouts over as many processes. A case is meant to run in a fresh process
(`snowplan.experiments.bench_study`), so that its first run is the first run in a process.
"""

from __future__ import annotations

import gc
import hashlib
import statistics
import time
import tracemalloc
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from snowplan.dispatch.finding import Ways
from snowplan.experiments.grid import grid_scenario
from snowplan.model.network import Network, build_network
from snowplan.model.scenario import Scenario
from snowplan.results.log import KIND, PASS_KINDS, EventLog
from snowplan.simulation.bare import bare_timeouts
from snowplan.simulation.fleet_tables import Shape
from snowplan.simulation.handing_over import run_scenario
from snowplan.simulation.running import finish_run, prepare
from snowplan.simulation.world import World
from snowplan.units import MS_PER_H, ms_hours

US_PER_S = 1_000_000
STORM_H = 36.0
BARE_RUNS = 3
BOX_S = 120.0  # CPU of one run; a longer one is measured on the hours reached by then


@dataclass(frozen=True, slots=True)
class CaseSpec:
    """One case: a scenario as it is, or put on a generated grid of so many segments."""

    name: str
    scenario: Scenario
    grid_segments: int | None = None
    times_fleet: float = 1.0
    hours: float = STORM_H
    warm_runs: int = 3

    def build(self) -> Scenario:
        """The scenario to run."""
        if self.grid_segments is None:
            return self.scenario
        return grid_scenario(self.scenario, self.grid_segments, self.times_fleet, self.hours)


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What one case took.

    `us_per_pass`, `pass_over_timeout` (CPU of a pass ÷ that of one bare timeout) and
    `times_bare_simpy` (CPU of the run ÷ that of as many bare timeouts) are of a run whose travel
    times are warm, from its start to its horizon, books closed, the median of a few. `…_first`
    is the first run in a process, the building of its tables included. `bytes_per_segment` is what
    network and world hold before the run, road map and travel times aside; `bytes_per_pass` what
    the log holds. `hours` is shorter than the storm only where the run was too long for its box.
    """

    name: str
    sections: int
    segments: int
    machines: int
    events: int
    passes: int
    events_per_pass: float
    us_per_pass: float
    pass_over_timeout: float
    times_bare_simpy: float
    times_bare_simpy_first: float
    bytes_per_segment: float
    bytes_per_pass: float
    hours: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """The same hours twice: decided by fast look-ups, and by networkx looking at every strip."""

    hours: float
    rows: int
    fast_s: float
    oracle_s: float
    ratio: float
    digest_fast: str
    digest_oracle: str
    same: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """A case's figures, and the CPU seconds of its run up to the end of each hour."""

    result: dict[str, float | int | str]
    by_hour: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Ran:
    """A run: CPU seconds to prepare it and to the end of each hour, its events, its world."""

    prepare_s: float
    by_hour: tuple[float, ...]
    hours: float
    events: int
    world: World

    @property
    def run_s(self) -> float:
        """CPU seconds of the whole run."""
        return self.by_hour[-1]


def measure(spec: CaseSpec) -> Measured:
    """Run a case, cold and warm, and say what it took."""
    scenario = spec.build()
    network = build_network(scenario.road_map)
    roads: dict[Shape, Ways] = {}
    first = ran(scenario, network, roads)
    log, hours, events = first.world.log, first.hours, first.events
    passes, log_bytes = max(1, count_passes(log)), log.nbytes()
    first_s, runs = first.prepare_s + first.run_s, [first.by_hour]
    del first, log
    runs += [ran(scenario, network, roads).by_hour for _ in range(spec.warm_runs)]
    by_hour = _middle(runs[1:] or runs)
    run_s = by_hour[-1]
    machines = len(scenario.resources.machines)
    bare_s = bare_event_s(events, machines)
    del roads
    result = CaseResult(
        name=spec.name,
        sections=len(network.sections),
        segments=len(network.seg.section),
        machines=machines,
        events=events,
        passes=passes,
        events_per_pass=events / passes,
        us_per_pass=run_s / passes * US_PER_S,
        pass_over_timeout=run_s / passes / bare_s,
        times_bare_simpy=run_s / events / bare_s,
        times_bare_simpy_first=first_s / events / bare_s,
        bytes_per_segment=world_bytes(scenario) / max(1, len(network.seg.section)),
        bytes_per_pass=log_bytes / passes,
        hours=hours,
    )
    return Measured(asdict(result), by_hour)


def _middle(runs: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    """The run of the median total (the lower of two)."""
    return sorted(runs, key=lambda run: run[-1])[(len(runs) - 1) // 2]


def ran(
    scenario: Scenario,
    network: Network,
    roads: dict[Shape, Ways],
    finder: str = "auto",
    box_s: float = BOX_S,
) -> Ran:
    """A run hour by hour, its books closed at the horizon; cut short when the box is full."""
    gc.collect()
    start = time.process_time()
    world = prepare(scenario, network, finder, roads)
    ready = time.process_time()
    by_hour: list[float] = []
    for end in range(MS_PER_H, world.horizon, MS_PER_H):
        world.env.run(until=end)
        by_hour.append(time.process_time() - ready)
        if by_hour[-1] > box_s:
            events = next(world.env._eid)
            return Ran(ready - start, tuple(by_hour), ms_hours(end), events, world)
    events = finish_run(world).simpy_events
    by_hour.append(time.process_time() - ready)
    return Ran(ready - start, tuple(by_hour), ms_hours(world.horizon), events, world)


def bare_event_s(events: int, processes: int) -> float:
    """CPU seconds of one bare timeout among so many: the median of a few runs."""
    found = []
    for _ in range(BARE_RUNS):
        start = time.process_time()
        count = bare_timeouts(events, processes)
        found.append((time.process_time() - start) / count)
    return statistics.median(found) or 1 / US_PER_S


def count_passes(log: EventLog) -> int:
    """Rows of the log that are passes of a machine over a segment."""
    kinds = [KIND[name] for name in PASS_KINDS]
    return int(np.isin(log.table()["kind"], kinds).sum())


def world_bytes(scenario: Scenario) -> int:
    """Bytes that network and world hold before the run; the road map is not counted."""
    gc.collect()
    tracemalloc.start()
    try:
        held = prepare(scenario, build_network(scenario.road_map))
        gc.collect()
        found = tracemalloc.get_traced_memory()[0]
        del held
    finally:
        tracemalloc.stop()
    return found


def agree(scenario: Scenario) -> dict[str, float | int | str | bool]:
    """Run a scenario with fast dispatch (warm) and with the oracle, as fields of `Agreement`."""
    network = build_network(scenario.road_map)
    roads: dict[Shape, Ways] = {}
    ran(scenario, network, roads)
    fast = ran(scenario, network, roads)
    oracle = ran(scenario, network, {}, "oracle")
    digests = [log_digest(ran.world.log) for ran in (fast, oracle)]
    result = Agreement(
        hours=ms_hours(scenario.study.horizon_ms),
        rows=len(fast.world.log),
        fast_s=fast.run_s,
        oracle_s=oracle.run_s,
        ratio=oracle.run_s / max(fast.run_s, 1 / US_PER_S),
        digest_fast=digests[0],
        digest_oracle=digests[1],
        same=digests[0] == digests[1],
    )
    return asdict(result)


def log_digest(log: EventLog) -> str:
    """SHA-256 of all rows of a log and of the teams in it."""
    found = hashlib.sha256(log.table().tobytes())
    for column in (log.team_row, log.team):
        found.update(np.asarray(column, dtype="<u4").tobytes())
    return found.hexdigest()


def timelines_share(spec: CaseSpec) -> float:
    """CPU of states and timelines after a run ÷ CPU of the run."""
    from snowplan.analysis.timeline import timeline
    from snowplan.results.givens import roads_frame
    from snowplan.results.states import states_frame

    scenario = spec.build()
    start = time.process_time()
    done = run_scenario(scenario, build_network(scenario.road_map))
    ran = time.process_time()
    states = states_frame(done.log, done.facts, done.group_log)
    timeline(states, roads_frame(done.facts), scenario.study.clock, scenario.study.horizon_ms)
    return (time.process_time() - ran) / max(ran - start, 1 / US_PER_S)
