"""Rows of the hand-edited state, checked against the scenario they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from snowplan.inputs.table_files import Row
from snowplan.model.fleet import Work
from snowplan.model.now import Lying, MachineNow
from snowplan.model.roads import ROAD_CLASSES, RoadClass, RoadMap, Section
from snowplan.model.scenario import Scenario
from snowplan.words import LANGUAGES, name_of

SECTIONS = (("section", "loose_mm"), ("packed_mm", "windrow_kg_m", "treated"))
MACHINES = (("machine",), ("place", "hopper_kg", "broken_h"))
DEPOTS = (("depot", "stock_kg"), ())
CREWS = (("crew", "on_shift"), ())
CHINESE = {
    "路段": "section", "松雪_mm": "loose_mm", "压实_mm": "packed_mm", "雪堆_kg_m": "windrow_kg_m",
    "撒过融雪剂": "treated", "机械": "machine", "位置": "place", "车上_kg": "hopper_kg",
    "待修_h": "broken_h", "储备点": "depot", "库存_kg": "stock_kg", "班组": "crew",
    "在岗": "on_shift",
}  # fmt: skip
YES_NO = {"yes": True, "no": False, "是": True, "否": False, "true": True, "false": False}
DEEPEST_MM, LONGEST_H = 2_000.0, 744.0


@dataclass(frozen=True, slots=True)
class Known:
    """The names that a scenario knows."""

    roads: tuple[str, ...]  # classes, zones, roads and sections
    spoken: Mapping[str, str]  # Chinese and English names of zones and classes → id
    machines: Mapping[str, int]  # hopper by machine, kg; 0 where it has none
    places: tuple[str, ...]
    depots: tuple[str, ...]
    crews: tuple[str, ...]
    chinese: Mapping[str, str]

    @classmethod
    def of(cls, scenario: Scenario) -> Known:
        """The names of a scenario."""
        road_map, resources = scenario.road_map, scenario.resources
        types = {t.kind: t for t in resources.types}
        hoppers = {
            m.id: types[m.kind].capacity_kg if types[m.kind].work is Work.SPREAD else 0
            for m in resources.machines
        }
        names = {name for s in road_map.sections for name in names_of(s)}
        ids = [s.id for s in road_map.sections]
        depots = tuple(d.id for d in resources.depots)
        return cls(
            tuple(sorted(names)),
            _spoken(road_map),
            hoppers,
            (*(j.id for j in road_map.junctions), *depots, *ids),
            depots,
            tuple(c.id for c in resources.crews),
            CHINESE,
        )

    def lying(self, row: Row) -> tuple[str, Lying]:
        """What lies on a section, road, zone or class; zones and classes by id or by name."""
        written = row.cells["section"]
        if written not in self.roads:
            row.cells["section"] = self.spoken.get(written.casefold(), written)
        name = row.choice("section", self.roads, "a section, road, zone or class")
        return name, Lying(
            row.number_in("loose_mm", 0, DEEPEST_MM),
            _number(row, "packed_mm", DEEPEST_MM),
            _number(row, "windrow_kg_m", 1e6),
            _yes_no(row, "treated") if row.cells.get("treated") else False,
        )

    def machine(self, row: Row) -> MachineNow:
        """Where a machine is, what it holds, and for how long it is broken."""
        name = row.choice("machine", tuple(self.machines), "a machine of the scenario")
        place = row.cells.get("place") or None
        if place is not None:
            row.choice("place", self.places, "a junction, depot or section")
        hopper = _number(row, "hopper_kg", self.machines.get(name, 0))
        return MachineNow(name, place, hopper, _number(row, "broken_h", LONGEST_H))

    def stock(self, row: Row) -> tuple[str, int]:
        """Stock of a depot, kg."""
        return row.choice("depot", self.depots, "a depot"), row.whole("stock_kg", 0)

    def crew(self, row: Row) -> tuple[str, bool]:
        """Whether a group of crews is on shift."""
        return row.choice("crew", self.crews, "a crew group"), _yes_no(row, "on_shift")


def _spoken(road_map: RoadMap) -> dict[str, str]:
    """Chinese and English names of zones and classes, in small letters, and their ids."""
    spoken: dict[str, str] = {}
    for lang in LANGUAGES:
        spoken |= {name_of("class", key, lang).casefold(): key for key in ROAD_CLASSES}
        spoken |= {name_of("zone", z.id, lang).casefold(): z.id for z in road_map.zones}
    for zone in road_map.zones:
        spoken |= {name.casefold(): zone.id for name in (zone.name, zone.name_en) if name}
    return spoken


def names_of(section: Section) -> tuple[str, ...]:
    """What a row may call a section by, from the widest to the narrowest."""
    duty = section.duty
    return RoadClass(duty.road_class).key, duty.zone, section.name, section.id


def lying_by_section(
    rows: Iterable[tuple[str, Lying]], sections: Iterable[Section]
) -> tuple[tuple[str, Lying], ...]:
    """What lies on each section: its own row, else its road's, its zone's, its class's."""
    told = dict(rows)
    found = []
    for section in sections:
        names = [name for name in names_of(section) if name in told]
        if names:
            found.append((section.id, told[names[-1]]))
    return tuple(found)


def _number(row: Row, column: str, high: float) -> float:
    """A number from 0 up; 0 where the cell is blank or the column left out."""
    return row.number_in(column, 0, high) if row.cells.get(column) else 0.0


def _yes_no(row: Row, column: str) -> bool:
    return YES_NO.get(row.choice(column, tuple(YES_NO), "yes or no"), False)
