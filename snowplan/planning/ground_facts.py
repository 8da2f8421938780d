"""What lies in each zone before any run: carriageway to clear, sides to clear, and who may."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import networkx as nx

from snowplan.model.fleet import MachineType, Work
from snowplan.model.graph import road_graph
from snowplan.model.hands import FRINGE
from snowplan.model.network import Network, build_network, strip_width_m
from snowplan.model.places import nearest_junction
from snowplan.model.plan import Treatment
from snowplan.model.roads import RoadClass, Section
from snowplan.model.scenario import Scenario
from snowplan.planning.crew_hours import CrewHours
from snowplan.simulation.places import zones_in_reach
from snowplan.units import DM2_PER_M2, M_PER_KM, MM_PER_M

CLEARING, RURAL, OFFICE, FRONTAGE = "clearing", "rural", "office", "frontage"
HAULING, HIRED = "hauling", "hired"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One direction of a section in the centre's duty that has strips of its own."""

    section: Section
    rank_class: int
    m2: float
    length_m: float
    ends: tuple[str, str]  # junction ids

    @property
    def zone(self) -> str:
        """Its zone."""
        return self.section.duty.zone

    @property
    def road_class(self) -> RoadClass:
        """Its road class."""
        return self.section.duty.road_class

    @property
    def fringe(self) -> bool:
        """True in the urban-rural fringe."""
        return FRINGE in self.section.duty.flags


class Lie:
    """The lie of the land for one scenario: stretches, helpers of each zone, machines by kind."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.plan = scenario.plan
        self.network: Network = build_network(scenario.road_map)
        self.types: dict[str, MachineType] = {t.kind: t for t in scenario.resources.types}
        aid = zones_in_reach(scenario)
        zones = sorted({s.duty.zone for s in scenario.road_map.sections})
        self.zones = zones
        self.helpers = {
            zone: (zone, *(other for other, near in aid.items() if zone in near)) for zone in zones
        }
        zone_of = {d.id: d.zone for d in scenario.resources.depots}
        self.machines: dict[tuple[str, str], int] = {}
        for machine in scenario.resources.machines:
            if machine.serviceable:
                key = machine.zone or zone_of[machine.depot], machine.kind
                self.machines[key] = self.machines.get(key, 0) + 1
        self.hours = {
            key: CrewHours(scenario, *key, count) for key, count in sorted(self.machines.items())
        }

    @cached_property
    def stretches(self) -> list[Stretch]:
        """All stretches, in the order of their segments."""
        seg, network = self.network.seg, self.network
        return [
            Stretch(
                network.sections[number],
                seg.rank_class[k],
                seg.strip_dm2[k] * seg.strips[k] / DM2_PER_M2,
                seg.length_mm[k] / MM_PER_M,
                (network.junctions[seg.start[k]], network.junctions[seg.end[k]]),
            )
            for k, number in enumerate(seg.section)
            if seg.strips[k] and network.duty[number]
        ]

    def stretches_of(self, road_class: RoadClass) -> list[Stretch]:
        """The stretches of one class, in the order of their segments."""
        return self._by_class.get(road_class, [])

    @cached_property
    def _by_class(self) -> dict[RoadClass, list[Stretch]]:
        found: dict[RoadClass, list[Stretch]] = {}
        for stretch in self.stretches:
            found.setdefault(stretch.road_class, []).append(stretch)
        return found

    @cached_property
    def dump_ways_km(self) -> dict[str, float]:
        """Shortest way from each junction to the nearest dump point, km, by junction."""
        dumps = self.scenario.resources.dump_points
        sources = {self.network.junctions[nearest_junction(self.network, dump)] for dump in dumps}
        if not sources:
            return {}
        back = road_graph(self.scenario.road_map).reverse(copy=False)
        lengths = nx.multi_source_dijkstra_path_length(back, sources, weight="length_m")
        return {junction: metres / M_PER_KM for junction, metres in lengths.items()}

    @cached_property
    def spreads(self) -> bool:
        """Whether any machine spreads de-icer."""
        return any(self.types[kind].work is Work.SPREAD for _, kind in self.machines)

    @cached_property
    def strip_widths(self) -> dict[RoadClass, set[float]]:
        """Widths of the strips of each class, in metres."""
        widths: dict[RoadClass, set[float]] = {}
        for stretch in self.stretches:
            widths.setdefault(stretch.road_class, set()).add(strip_width_m(stretch.section))
        return widths

    def squads(self, zone: str, group: str) -> int:
        """Squads of one group in a zone."""
        rows = self.scenario.resources.squads
        return sum(row.squads for row in rows if (row.zone, row.group) == (zone, group))

    def by_hand(self, stretch: Stretch, treatment: Treatment) -> bool:
        """Whether rural squads, and no machine, have this carriageway."""
        if self.plan.hand is None or RURAL not in treatment.groups or not stretch.fringe:
            return False
        return self.squads(stretch.zone, RURAL) > 0

    def clearing_works(self, treatment: Treatment, depth_mm: float) -> set[Work]:
        """Ploughs, brushes or both: what may clear at a grade with these machines.

        Snow deeper than a brush's ceiling goes to the ploughs whatever the sequence says.
        """
        present = {self.types[kind].work for _, kind in self.machines}
        works = {Work.PLOUGH, Work.BRUSH} & set(treatment.sequence) & present
        ceilings = [t.tool.ceiling_mm for t in self.types.values() if t.work is Work.BRUSH]
        if not works or any(0 < ceiling < depth_mm for ceiling in ceilings):
            works |= {Work.PLOUGH, Work.BRUSH} & present
        return works


def works_on(kind: MachineType, road_class: RoadClass) -> bool:
    """Whether a kind of machine may work on a class."""
    return road_class.key in kind.classes


def kph_on(kind: MachineType, road_class: RoadClass) -> float:
    """Full working speed on a class."""
    local = road_class >= RoadClass.BRANCH
    return kind.pace.local_kph if local else kind.pace.main_kph


def residual_mm(kind: MachineType, road_class: RoadClass) -> float:
    """What the tool leaves on a class."""
    local = road_class >= RoadClass.BRANCH
    return kind.tool.rough_residual_mm if local else kind.tool.residual_mm
