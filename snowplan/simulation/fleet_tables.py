"""Tables by kind and segment that a run looks up at every pass, and travel speed by the hour."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np

from snowplan.dispatch.board import Board
from snowplan.dispatch.finding import Finder, MatrixFinder, OracleFinder, SearchFinder, Ways
from snowplan.dispatch.ranks import ranks
from snowplan.errors import RunError
from snowplan.model.fleet import ROAD_WORKS, MachineType, Work
from snowplan.model.network import Network, travel_weights
from snowplan.model.plan import Plan
from snowplan.model.roads import RoadClass
from snowplan.model.scenario import Scenario
from snowplan.units import DM2_PER_M2, MM_PER_M, drive_ms, hours_ms, minutes_ms, pass_ms

if TYPE_CHECKING:
    from snowplan.simulation.sky import Sky
    from snowplan.simulation.world import World

MATRIX_SEGMENTS = 20_000  # beyond this a row of travel times a junction is too much to keep
SPEED_SCALE = 10_000
TRAVEL_SCALE = 1_000  # own travel speeds are whole 1/1,000 km/h
Shape = tuple[float, ...]  # km/h of the fastest machine, then travel factors by class, highest 1
FINDERS = ("auto", "matrix", "search", "oracle")


class FleetTables:
    """Looked up by machine kind and segment. `roads` (ways by shape of traffic) may be kept
    by whoever runs the same network again: the travel times are then warm."""

    def __init__(
        self,
        scenario: Scenario,
        network: Network,
        finder: str = "auto",
        roads: dict[Shape, Ways] | None = None,
    ) -> None:
        if finder not in FINDERS:
            raise RunError(f"finder '{finder}' is not one of {', '.join(FINDERS)}")
        self.network = network
        present = {m.kind for m in scenario.resources.machines if m.serviceable}
        types = {t.kind: t for t in scenario.resources.types if t.kind in present}
        self.types = types
        working = {k: t for k, t in sorted(types.items()) if t.work in ROAD_WORKS}
        self.rounding_ms = max(1, minutes_ms(scenario.plan.rules.due_rounding_min))
        self.repeat_after_ms = hours_ms(scenario.plan.doses.repeat_after_h)
        self.spreads = any(t.work is Work.SPREAD for t in working.values())
        self.special = self.spreads or any(t.work is Work.GRADE for t in working.values())
        self.cover = {kind: self._cover(t) for kind, t in working.items()}
        self.base_ms = {kind: self._base_ms(t) for kind, t in working.items()}
        self.reference_kph = max((t.pace.travel_kph for t in types.values()), default=40.0)
        self.mode = finder
        self._finders: dict[Shape, Finder] = {}
        self._roads = roads if roads is not None else {}
        self._traffic = {(r.hour, r.road_class): r.travel_factor for r in scenario.around.traffic}

    def board(self, network: Network, plan: Plan) -> Board:
        """The duty board of these machines under this plan."""
        return Board(network, ranks(plan), self.types, self.rounding_ms)

    def prepare(self, sky: Sky) -> None:
        """Areas of strips and which curve each follows, as arrays for the hourly mean."""
        network = self.network
        owner = network.strip_segments()
        self.strip_m2 = np.asarray(network.seg.strip_dm2, dtype=np.float64)[owner] / DM2_PER_M2
        self.strip_m2_total = float(self.strip_m2.sum())
        keys = np.array([id(c) for c in sky.curve_by_segment], dtype=np.int64)
        of_strip = keys[owner] if len(owner) else keys[:0]
        self.strips_of = {key: np.flatnonzero(of_strip == key) for key, _, _ in sky.curves}

    def _cover(self, machine_type: MachineType) -> bytes:
        """Strips that one machine takes at once on each segment."""
        width = round(machine_type.tool.width_m * MM_PER_M)
        return bytes(
            min(255, max(1, width // max(1, round(strip * MM_PER_M))))
            for strip in self.network.seg.strip_width_m
        )

    def _base_ms(self, machine_type: MachineType) -> memoryview[float]:
        """Working time on a shallow strip, all runs together, not yet rounded."""
        width = round(machine_type.tool.width_m * MM_PER_M)
        seg, out = self.network.seg, array("d")
        for length_mm, strip, section in zip(
            seg.length_mm, seg.strip_width_m, seg.section, strict=True
        ):
            runs = max(1, -(-round(strip * MM_PER_M) // width))
            kph = _working_kph(machine_type, self.network.sections[section].duty.road_class)
            out.append(pass_ms(length_mm, kph) * runs)
        return memoryview(out)

    def drive_ms(self, segment: int, machine_type: MachineType) -> int:
        """Time to drive over a segment without working."""
        return drive_ms(self.network.seg.length_mm[segment], machine_type.pace.travel_kph)

    def speed(self, world: World, now: int, depth_mm: float) -> tuple[Finder, int, int]:
        """The finder of this hour's traffic, and the factor on its times as a fraction."""
        hour = world.sky.hour(now)
        factors = [self._traffic.get((hour, c), 1.0) for c in RoadClass]
        best = max(factors)
        shape = (self.reference_kph, *(round(f / best, 6) for f in factors))
        snow = 1.0
        for regime in world.scenario.around.physics.regimes:
            if depth_mm >= regime.from_depth_mm:
                snow = regime.factor
        if shape not in self._finders:
            self._finders[shape] = self._finder(world, shape)
        return self._finders[shape], SPEED_SCALE, round(SPEED_SCALE * best * snow)

    def _finder(self, world: World, shape: Shape) -> Finder:
        weights = travel_weights(self.network, shape[0], shape[1:])
        if self.mode == "oracle":
            return OracleFinder(world.board, weights, world.now_cell)
        ways = self._roads.get(shape)
        if ways is None:
            ways = self._roads[shape] = Ways(self.network, weights)
        small = len(self.network.seg.section) <= MATRIX_SEGMENTS
        if self.mode == "matrix" or (self.mode == "auto" and small):
            return MatrixFinder(world.board, ways)
        return SearchFinder(world.board, ways)


def _working_kph(machine_type: MachineType, road_class: RoadClass) -> float:
    local = road_class >= RoadClass.BRANCH
    return machine_type.pace.local_kph if local else machine_type.pace.main_kph
