"""The world of one run: what is known, what lies where, who is idle. Built from a scenario."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

import simpy

from snowplan.dispatch.finding import Finder
from snowplan.dispatch.ranks import NO_CANDIDATE
from snowplan.errors import RunError
from snowplan.model.fleet import Deicer
from snowplan.model.grades import Grade
from snowplan.model.network import Network
from snowplan.model.plan import Treatment
from snowplan.model.scenario import Scenario
from snowplan.model.snow import NEVER, Level
from snowplan.results.log import KIND, EventLog
from snowplan.simulation.fleet_tables import FleetTables
from snowplan.simulation.ground import Ground
from snowplan.simulation.sky import Sky
from snowplan.simulation.unit import Unit

SAME_INSTANT_LIMIT = 100_000
FIRST, MACHINES, LAST = 2, 1_000, 1_000_000  # places in line at one instant


class Ending(simpy.Event):
    """A timeout with its own place in line: same-instant order is (time, kind, id), not creation."""

    def __init__(self, env: simpy.Environment, delay: int, order: int) -> None:
        self.env = env
        self.callbacks = []
        self._value = None
        self._ok = True
        env.schedule(self, order, delay)  # type: ignore[arg-type]


class Store:
    """One depot: bays as a queue, stock and what is being loaded, in grams."""

    def __init__(self, env: simpy.Environment, number: int, bays: int, stock_g: int) -> None:
        self.number = number
        self.bays = simpy.Resource(env, capacity=bays)
        self.stock_g = stock_g
        self.initial_g = stock_g
        self.promised_g = 0
        self.changes: list[tuple[int, int]] = [(0, stock_g)]


class World:
    """Everything that processes share. Decisions are asked of `finder` over `board`."""

    def __init__(self, scenario: Scenario, network: Network, sky: Sky, fleet: FleetTables) -> None:
        self.scenario = scenario
        self.plan = scenario.plan
        self.network = network
        self.sky = sky
        self.fleet = fleet
        self.draws = sky.draws
        self.ground = Ground(network, sky.curve_by_segment, scenario.plan.thresholds, sky)
        self.board = fleet.board(network, scenario.plan)
        self.env = simpy.Environment()
        self.log = EventLog()
        self.horizon = scenario.study.horizon_ms
        self.units: list[Unit] = []
        self.stores: list[Store] = []
        self.store_junctions: list[int] = []
        self.products: list[Deicer] = []  # by depot
        self.finder: Finder
        self.aid: dict[str, tuple[str, ...]] = {}
        # in force since the last assessment
        self.grade = Grade.NONE
        self.treatment: Treatment = scenario.plan.treatments[0]
        self.levels: dict[int, Level] = {}  # by curve object: the depth at which a strip is due
        self.spreads: Sequence[bool] = ()  # by segment: treated with de-icer at this grade
        self.follows = False  # brushes follow ploughs
        self.stopped = False
        self.called_out_ms = NEVER
        self.speed_num, self.speed_den = 1, 1  # travel times are multiplied by num / den
        self.dose = self.repeat_dose = 0.0
        self.told_cold = False
        # what has been done
        self.worked = bytearray(network.strip_total)
        self.last_spread: dict[int, int] = {}
        self.part_done: dict[tuple[int, int], int] = {}
        self.teams = 0
        # who waits for what
        self.due: list[int] = []  # heap of (instant << 25 | segment << 1 | special)
        self.idle: dict[tuple[str, str], dict[int, Unit]] = {}
        self.idle_count = 0
        self.alarm_at = NEVER
        self.now_cell = [0]  # read by the oracle
        self._at_instant = 0

    def zone_of_segment(self, segment: int) -> str:
        """The zone a segment lies in."""
        return self.network.sections[self.network.seg.section[segment]].duty.zone

    # ---- due instants -------------------------------------------------------------------------

    def expect(self, t_ms: int, segment: int, special: bool = False) -> None:
        """Remember that a segment's keys change at `t_ms`."""
        if t_ms < self.horizon:
            heapq.heappush(self.due, t_ms << 25 | segment << 1 | special)
            if self.idle_count and t_ms < self.alarm_at:
                self._set_alarm(t_ms)

    def bring_up(self, now: int) -> None:
        """Bring the board up to `now`: everything that has fallen due since."""
        due, board = self.due, self.board
        limit = (now + 1) << 25
        while due and due[0] < limit:
            code = heapq.heappop(due)
            segment = (code & 0x1FFFFFF) >> 1
            if code & 1:
                board.refresh_special(segment, now)
            else:
                board.refresh(segment, now)

    # ---- idle machines ------------------------------------------------------------------------

    def rest(self, unit: Unit) -> None:
        """Put a machine among the idle and make sure that somebody wakes it."""
        self.idle.setdefault((unit.type.kind, unit.zone), {})[unit.order] = unit
        self.idle_count += 1
        if self.due and self.due[0] >> 25 < self.alarm_at:
            self._set_alarm(self.due[0] >> 25)

    def unrest(self, unit: Unit) -> None:
        """Take a machine from among the idle."""
        if self.idle.get((unit.type.kind, unit.zone), {}).pop(unit.order, None) is not None:
            self.idle_count -= 1

    def _set_alarm(self, t_ms: int) -> None:
        self.alarm_at = max(t_ms, int(self.env.now))
        ring = Ending(self.env, self.alarm_at - int(self.env.now), LAST)
        at = self.alarm_at
        ring.callbacks.append(lambda _: self._ring(at))  # type: ignore[union-attr]

    def _ring(self, at: int) -> None:
        if at != self.alarm_at:
            return
        self.alarm_at = NEVER
        self.bring_up(at)
        self.free_all()
        if self.idle_count and self.due:
            self._set_alarm(self.due[0] >> 25)

    def free_all(self) -> None:
        """Wake as many idle machines as there is work for them."""
        for (kind, zone), units in sorted(self.idle.items()):
            if not units:
                continue
            work = sum(self.candidates(kind, z) for z in (zone, *self.aid.get(zone, ())))
            for order in sorted(units)[:work]:
                self._free(units[order])

    def free_for(self, kind: str, zone: str, count: int) -> None:
        """Wake up to `count` idle machines for fresh work in a zone; its own come first."""
        for z in (zone, *self.aid.get(zone, ())):
            units = self.idle.get((kind, z))
            for order in sorted(units)[:count] if units else ():
                count -= 1
                self._free(self.idle[kind, z][order])

    def _free(self, unit: Unit) -> None:
        self.unrest(unit)
        unit.wake()

    def candidates(self, kind: str, zone: str) -> int:
        """How many segments of a zone have something for this kind."""
        lo, hi = self.network.zone_slice[zone]
        return int((self.board.keys[kind][lo:hi] < NO_CANDIDATE).sum())

    # ---- time ---------------------------------------------------------------------------------

    def travel_ms(self, free_ms: int, unit: Unit) -> int:
        """A free-flow time at today's speed of this machine, rounded up to 100 ms."""
        scaled = free_ms * self.speed_num * unit.travel_num
        return -(-scaled // (self.speed_den * unit.travel_den * 100)) * 100

    def guard(self, now: int, unit: Unit) -> None:
        """Stop a run in which a machine decides without end at one instant."""
        if now != self.now_cell[0]:
            self.now_cell[0] = now
            self._at_instant = 0
        self._at_instant += 1
        if self._at_instant > SAME_INSTANT_LIMIT:
            raise RunError(
                f"more than {SAME_INSTANT_LIMIT} decisions at {now} ms, the last by {unit.id}"
            )

    def refuse(self, unit: Unit, now: int, place: int, reason: int) -> None:
        """Record that something was not done, and why."""
        self.log.add(KIND["refuse"], unit.order, now, now, now, place, reason=reason)
