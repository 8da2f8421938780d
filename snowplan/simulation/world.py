"""The world of one run: what is known, what lies where, who is idle. Built from a scenario."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence

import simpy

from snowplan.dispatch.finding import Finder
from snowplan.dispatch.ranks import NO_CANDIDATE
from snowplan.errors import RunError
from snowplan.model.fleet import Deicer, Work
from snowplan.model.grades import Grade
from snowplan.model.network import Network
from snowplan.model.plan import Treatment
from snowplan.model.scenario import Scenario
from snowplan.model.snow import NEVER, Level
from snowplan.results.group_log import GroupLog
from snowplan.results.log import KIND, EventLog
from snowplan.simulation.dumping import Dump
from snowplan.simulation.fleet_tables import FleetTables
from snowplan.simulation.ground import Ground
from snowplan.simulation.party import Party
from snowplan.simulation.sides import Sides
from snowplan.simulation.sky import Sky
from snowplan.simulation.store import Store
from snowplan.simulation.unit import Unit
from snowplan.simulation.windrows import Windrows
from snowplan.units import MS_PER_H

SAME_INSTANT_LIMIT = 100_000
SHIFT = 24
SEGMENT = (1 << SHIFT) - 1
END = 1 << 62
FIRST, MACHINES, PARTIES, LAST = 2, 1_000, 100_000, 1_000_000  # places in line at one instant


class Ending(simpy.Event):
    """A timeout with its place in line: same-instant order is (time, kind, id), not creation."""

    def __init__(self, env: simpy.Environment, delay: int, order: int) -> None:
        self.env = env
        self.callbacks = []
        self._value = None
        self._ok = True
        env.schedule(self, order, delay)  # type: ignore[arg-type]


class World:
    """Everything that processes share. Decisions are asked of `finder` over `board`."""

    def __init__(
        self, scenario: Scenario, network: Network, sky: Sky, fleet: FleetTables, now_ms: int = 0
    ) -> None:
        self.scenario = scenario
        self.plan = scenario.plan
        self.network = network
        self.sky = sky
        self.fleet = fleet
        self.draws = sky.draws
        self.ground = Ground(network, sky.curve_by_segment, scenario.plan.thresholds, sky)
        self.board = fleet.board(network, scenario.plan)
        self.env = simpy.Environment(initial_time=now_ms)
        self.log = EventLog()
        self.horizon = scenario.study.horizon_ms
        self.units: list[Unit] = []
        self.stores: list[Store] = []
        self.store_junctions: list[int] = []
        self.products: list[Deicer] = []  # by depot
        self.finder: Finder
        self.aid: dict[str, tuple[str, ...]] = {}
        # what has been done
        self.last_spread: dict[int, int] = {}
        self.part_done: dict[tuple[int, int], int] = {}
        self.teams = 0
        self._no_groups()
        self._nothing_in_force()
        self._empty_yard(scenario.plan.rules.team_min_strips)

    def _no_groups(self) -> None:
        """Neither parties nor dump points nor areas beside the carriageway."""
        self.group_log = GroupLog()
        self.parties: list[Party] = []  # loaders, blowers, trucks, squads, by number
        self.loader_count = self.truck_count = 0  # loaders and blowers come first, then trucks
        self.dumps: list[Dump] = []
        self.told_no_dump = False  # that no dump point takes snow with de-icer
        self.windrows = Windrows(self.ground, (), ())  # none: nothing is hauled
        self.hauling_open = True  # 边清边运, or clearing is done
        self.sides = Sides([], [], [])
        self.verge_g: tuple[int, ...] = ()  # by segment, at the start

    def _nothing_in_force(self) -> None:
        """What an assessment sets, before the first one."""
        self.grade = Grade.NONE
        self.treatment: Treatment = self.plan.treatments[0]
        self.levels: dict[int, Level] = {}  # by curve object: the depth at which a strip is due
        self.raised_levels: dict[tuple[int, float], Level] = {}
        self.nights: list[tuple[int, int]] = []  # in which the plan lets machines stand
        self.spreads: Sequence[bool] = ()  # by segment: treated with de-icer at this grade
        self.follows = False  # brushes follow ploughs
        self.stopped = False
        self.trigger_deep = True  # some trigger depth is an inch or more
        self.clear_in_snow = self.plan.phrases.clear_in_snow
        self.called_out_ms = NEVER
        self.call_look_ms = 0  # when the centre next looks whether to call out
        self.speed_num, self.speed_den = 1, 1  # travel times are multiplied by num / den
        self.dose = self.repeat_dose = 0.0
        self.told_cold = False

    def _empty_yard(self, team_min_strips: int) -> None:
        """Nothing is due and nobody waits."""
        network = self.network
        # with what a run begins that a duty officer has told
        self.hoppers_at_start_g = self.kerbs_at_start_g = 0
        self.treated_at_start: set[int] = set()  # segments
        self.due = [END]  # never empty; heap of (instant << SHIFT | segment)
        self.due_special = [END]  # the same for spreading
        lying = self.sky.initial_um + self.sky.fall.net[-1] / MS_PER_H
        self.ridges = (
            lying > self.ground.ridge or self.scenario.now is not None
        )  # all the storm's snow, packed, would be a ridge
        # When a segment may be blocked is looked at no sooner than its latest pass allows: from
        # the tool's residual to the passable depth at the storm's highest rate (`bare_gap`).
        self.looks = [END]  # heap of (instant << SHIFT | segment)
        self.look_at = [NEVER] * len(network.seg.section)  # the entry that counts
        self.bare_gap: Sequence[int] = ()
        self.send: Callable[[Unit], bool]  # give an idle machine a job at this instant
        self.idle: dict[tuple[str, str], dict[int, Unit]] = {}
        self.idle_count = 0
        self.idle_by_work = dict.fromkeys(Work, 0)
        self.idle_by_kind = dict.fromkeys(self.board.keys, 0)
        self.zones = tuple(network.sections[n].duty.zone for n in network.seg.section)
        self.many_strips = bytes(n >= team_min_strips for n in network.seg.strips)
        self.alarm_at = NEVER
        self.now_cell = [0]  # read by the oracle
        self._at_instant = 0

    def everybody(self) -> list[Unit | Party]:
        """Machines and parties, in their order."""
        return [*self.units, *self.parties]

    # ---- due instants -------------------------------------------------------------------------

    def expect(self, t_ms: int, segment: int, special: bool = False) -> None:
        """Remember that a segment falls due at `t_ms`; ring then if it concerns idle machines."""
        if t_ms < self.horizon:
            heapq.heappush(self.due_special if special else self.due, t_ms << SHIFT | segment)
            if self.idle_count and t_ms < self.alarm_at and self._concerns_idle(special):
                self.set_alarm(t_ms)

    def bring_up(self, now: int) -> None:
        """Bring the board up to `now`: everything that has fallen due or blocked since.

        Entries that a later pass has made stale change nothing and are dropped.
        """
        due, special, looks, board = self.due, self.due_special, self.looks, self.board
        limit = (now + 1) << SHIFT
        while looks[0] < limit:
            code = heapq.heappop(looks)
            if self.look_at[code & SEGMENT] == code >> SHIFT:
                self.look_at_block(code & SEGMENT, now)
        fresh: list[int] = []
        while due[0] < limit:
            code = heapq.heappop(due)
            segment = code & SEGMENT
            if board.newly_due(segment, code >> SHIFT):
                board.refresh(segment, now)
                fresh.append(segment)
        while special[0] < limit:
            segment = heapq.heappop(special) & SEGMENT
            board.refresh_special(segment, now)
            fresh.append(segment)
        if self.idle_count:
            for segment in fresh:
                self.offer(segment)

    # ---- blocking ---------------------------------------------------------------------------

    def look_later(self, segment: int, t_ms: int) -> None:
        """Look at a segment's blocking at `t_ms`, and not at any instant asked for before."""
        self.look_at[segment] = t_ms
        if t_ms < self.horizon:
            heapq.heappush(self.looks, t_ms << SHIFT | segment)

    def look_at_block(self, segment: int, now: int) -> None:
        """Find the instant at which a segment is blocked; bring its keys up when that has come."""
        board = self.board
        block = self.ground.segment_block_ms(segment)
        board.block_at[segment] = block
        if block > now:
            self.look_later(segment, block)
        else:
            self.look_at[segment] = NEVER
        board.refresh(segment, now)
        if board.special[segment]:
            board.refresh_special(segment, now)

    # ---- idle machines ------------------------------------------------------------------------

    def rest(self, unit: Unit) -> None:
        """Put a machine among the idle and make sure that somebody wakes it."""
        self.enlist(unit)
        self._set_next_alarm()

    def enlist(self, unit: Unit) -> None:
        """Put a machine among the idle."""
        self.idle.setdefault((unit.type.kind, unit.zone), {})[unit.order] = unit
        self.idle_count += 1
        self.idle_by_work[unit.work] += 1
        self.idle_by_kind[unit.type.kind] += 1

    def unrest(self, unit: Unit) -> None:
        """Take a machine from among the idle."""
        if self.idle.get((unit.type.kind, unit.zone), {}).pop(unit.order, None) is not None:
            self.idle_count -= 1
            self.idle_by_work[unit.work] -= 1
            self.idle_by_kind[unit.type.kind] -= 1

    def _concerns_idle(self, special: bool) -> bool:
        if special:
            return self.idle_by_work[Work.SPREAD] > 0
        lead = Work.PLOUGH if self.board.lead_is_plough else Work.BRUSH
        return self.idle_by_work[lead] > 0

    def _set_next_alarm(self) -> None:
        """Ring at the next instant that may concern a machine that stands idle now."""
        for heap, special in ((self.due, False), (self.due_special, True)):
            if self._concerns_idle(special) and heap[0] >> SHIFT < min(self.alarm_at, self.horizon):
                self.set_alarm(heap[0] >> SHIFT)

    def set_alarm(self, t_ms: int) -> None:
        now = int(self.env.now)
        at = self.alarm_at = max(t_ms, now)
        ring = Ending(self.env, at - now, LAST)
        ring.callbacks.append(lambda _: self._ring(at))

    def _ring(self, at: int) -> None:
        if at != self.alarm_at:
            return
        self.alarm_at = NEVER
        self.bring_up(at)
        if self.idle_count:
            self._set_next_alarm()

    def offer(self, segment: int) -> None:
        """Send idle machines of each kind that has something to do on this segment."""
        for kind in self.board.cells:
            self.offer_to(kind, segment)

    def offer_to(self, kind: str, segment: int) -> None:
        """Send idle machines of a kind to a segment, as long as it has strips for them."""
        cell = self.board.cells[kind]
        for _ in range(self.network.seg.strips[segment]):
            if not self.idle_by_kind[kind] or cell[segment] >= NO_CANDIDATE:
                return
            self.free_for(kind, self.zones[segment], 1)

    def free_all(self) -> None:
        """Send idle machines as long as they find work (after a change of the whole board)."""
        for slot in sorted(self.idle):
            for order in sorted(self.idle[slot]):
                unit = self.idle[slot].get(order)
                if unit is not None and not self.send(unit):
                    break

    def free_for(self, kind: str, zone: str, count: int) -> None:
        """Send up to `count` idle machines to fresh work in a zone; its own come first."""
        for z in (zone, *self.aid.get(zone, ())):
            units = self.idle.get((kind, z))
            while units and count:
                count -= 1
                if not self.send(units[min(units)]):
                    return

    # ---- time ---------------------------------------------------------------------------------

    def travel_ms(self, free_ms: int, unit: Unit | Party) -> int:
        """A free-flow time at today's speed of this machine or party, rounded up to 100 ms."""
        scaled = free_ms * self.speed_num * unit.travel_num
        return -(-scaled // (self.speed_den * unit.travel_den * 100)) * 100

    def guard(self, now: int, unit: Unit | Party) -> None:
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
