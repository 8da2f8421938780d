"""Towns made in code, with figures that can be worked with a pencil.

What every town has unless a test asks otherwise:

* new snow of 100 kg/m³ (it falls at 0 °C and the wet density is set to 100), so that
  1 mm of depth = 100 g/m² and 1 mm/h of water = 1,000 g/m²/h = 10 mm of depth an hour;
* pavement at -5 °C (given, so nothing melts on contact), no traffic, nothing varies;
* ploughs work at 18 km/h = 200 ms a metre, spreaders at 36 km/h = 100 ms a metre, and everything
  drives at 36 km/h = 100 ms a metre, whatever the snow; a plough leaves 5 mm = 500 g/m²;
* a strip is due above 10 mm = 1,000 g/m² while it snows, above 5 mm = 500 g/m² afterwards;
* the clock starts at 16:00; one crew on duty for 12 hours from then on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from snowplan.clock import Clock
from snowplan.model.fleet import (
    CrewGroup,
    Deicer,
    Depot,
    Machine,
    MachineType,
    Pace,
    Tool,
    Work,
)
from snowplan.model.grades import Grade
from snowplan.model.network import DIRECTIONS, Network, build_network
from snowplan.model.physics import Costs, NewSnow, Physics, Spread, TrafficHour, TravelRegime
from snowplan.model.plan import (
    CallOut,
    DispatchRules,
    DoseRow,
    DoseRules,
    Limit,
    OrderRow,
    Phrases,
    Plan,
    Stage,
    Thresholds,
    Treatment,
)
from snowplan.model.roads import Carriageway, Duty, Junction, RoadClass, RoadMap, Section, Zone
from snowplan.model.scenario import Resources, Scenario, Study, Surroundings
from snowplan.model.weather import Snowfall, WeatherSpell
from snowplan.results.log import EVENT_KINDS, NO_MACHINE, PASS_KINDS, REASONS
from snowplan.simulation.running import Finished, finish_run, prepare
from snowplan.simulation.world import MACHINES, World

S = 1_000
MIN = 60_000
H = 3_600_000
SOURCE = "worked by hand"
CLASSES = tuple(c.key for c in RoadClass)
DEGREE_APART = 0.01

SLOW, FAST = Pace(18.0, 18.0, 36.0), Pace(36.0, 36.0, 36.0)
PLOUGH = MachineType(
    "plough", "推雪车", Work.PLOUGH, SLOW, Tool(3.0, 5.0, 5.0), CLASSES, 0, 1, 20.0
)
SPREADER = MachineType("spreader", "撒布车", Work.SPREAD, FAST, Tool(7.0), CLASSES, 200, 1, 20.0)
BRUSH = MachineType(
    "roller_brush", "滚刷车", Work.BRUSH, SLOW, Tool(3.0, 2.0, 2.0), CLASSES, 0, 1, 12.0
)
GRADER = MachineType(
    "grader", "平地机", Work.GRADE, SLOW, Tool(3.0, layer_mm=10.0), CLASSES, 0, 1, 18.0
)
TYPES = (BRUSH, GRADER, PLOUGH, SPREADER)
SALT = Deicer("salt", "盐", ((-5.0, 12.0), (-21.0, 4.0)))
PHYSICS = Physics(
    new_snow=NewSnow(100.0, 67.92, 51.25, 2.59, 120.0, -2.0),
    packed_density_kg_m3=500.0,
    packing_per_vehicle=0.0002,
    packing_film_mm=5.0,
    bonding_water_share=0.15,
    pavement_offset_c=0.0,
    pavement_mean_h=3.0,
    contact_melt_mm_h_c=0.2,
    regimes=(TravelRegime("bare", 0.0, 1.0),),
)
REPAIR = Spread("repair", "lognormal", 4.0, 0.5, on=False)  # whoever is made to fail: 4 h


def street(
    name: str,
    start: str,
    end: str,
    length_m: float,
    width_m: float = 3.0,
    *,
    oneway: bool = False,
    road_class: RoadClass = RoadClass.MAIN,
    zone: str = "centre",
    operator: str = "centre",
    closed: bool = False,
    flags: tuple[str, ...] = (),
    limit_kph: float = 36.0,
) -> Section:
    """A section; 3 m wide and two-way it has one strip, which the forward segment holds."""
    way = Carriageway(length_m, 1, width_m, oneway, limit_kph)
    duty = Duty(road_class, zone, operator, flags, closed=closed)
    return Section(name, name, name, start, end, way, duty, (), SOURCE, "assumed")


def town_map(sections: Iterable[Section]) -> RoadMap:
    """The map of some sections; junctions lie in a row in the order of their names."""
    sections = tuple(sections)
    names = sorted({end for s in sections for end in (s.start, s.end)})
    junctions = tuple(Junction(n, 113.0 + DEGREE_APART * k, 40.0) for k, n in enumerate(names))
    zones = tuple(Zone(z, z, z) for z in sorted({s.duty.zone for s in sections}))
    return RoadMap("town", "小镇", "Town", True, (), junctions, sections, zones)


def snow(*spells: tuple[float, int]) -> tuple[WeatherSpell, ...]:
    """Weather at 0 °C with pavement at -5 °C: (from hour, µm an hour) from 0 on, dry at first."""
    rows = spells if spells and spells[0][0] == 0 else ((0, 0), *spells)
    return tuple(WeatherSpell(round(h * H), um, 0.0, 0.0, -5.0) for h, um in rows)


def plan(
    sequence: tuple[Work, ...] = (Work.PLOUGH,),
    trigger_mm: float = 10.0,
    dose_g_m2: float = 0.0,
    spread_classes: tuple[str, ...] = (),
) -> Plan:
    """One treatment for all grades; rounding of due instants 30 min; nobody aids another zone."""
    grades = (Grade.LIGHT, Grade.MODERATE, Grade.HEAVY, Grade.BLIZZARD)
    triggers = dict.fromkeys(CLASSES, trigger_mm)
    order = tuple(
        OrderRow(stage, name)
        for stage in (Stage.OPEN, Stage.CLEAN)
        for name in ("critical", *CLASSES)
    )
    return Plan(
        name="hand",
        phrases=Phrases(),
        order=order,
        thresholds=Thresholds(30.0, 5.0, 30.0, 5.0, 5.0),
        treatments=tuple(
            Treatment(g, "IV", (), sequence, triggers, spread_classes) for g in grades
        ),
        limits=tuple(Limit(c, g, 2.0, 4.0, 8.0) for c in RoadClass for g in grades),
        doses=DoseRules((DoseRow(-21.0, dose_g_m2, dose_g_m2),), False, 0.0, False, 0.0, 3.0),
        call_out=CallOut(1.0, 30.0, 60.0, 120.0, 300, 1320, 300, 12.0, 8.0, 6.0),
        rules=DispatchRules(0.0, 99, False, 30.0, True),
        weights=dict.fromkeys(CLASSES, 1.0),
        source=SOURCE,
    )


def crew(kind: str, start: str = "16:00", length_h: float = 12.0, crews: int = 1) -> CrewGroup:
    """Crews of one kind, by the time at which their shift starts."""
    hours, minutes = start.split(":")
    minute = int(hours) * 60 + int(minutes)
    return CrewGroup(f"crew-{kind}-{start}", "centre", kind, minute, length_h, crews)


@dataclass(frozen=True)
class Fleet:
    """Who works, from the one depot at the junction named `home`."""

    machines: tuple[Machine, ...]
    crews: tuple[CrewGroup, ...]
    home: str = "a"
    bays: int = 1
    loading_kg_per_min: float = 100.0
    stock_kg: int = 20_000


def ploughs(count: int = 1, crews: tuple[CrewGroup, ...] | None = None, home: str = "a") -> Fleet:
    """Some ploughs with a crew each."""
    machines = tuple(Machine(f"plough-{k + 1:03d}", "plough", "depot") for k in range(count))
    return Fleet(machines, crews or (crew("plough", crews=count),), home)


def town(
    sections: Sequence[Section],
    fleet: Fleet,
    storm: tuple[WeatherSpell, ...],
    *,
    rules: Plan | None = None,
    horizon_h: float = 6.0,
    physics: Physics = PHYSICS,
    types: tuple[MachineType, ...] = TYPES,
    uncertainty: tuple[Spread, ...] = (REPAIR,),
    traffic: tuple[TrafficHour, ...] = (),
    run_seed: int = 1,
) -> Scenario:
    """The scenario: a map, a fleet, a storm; handled as light snow whatever falls."""
    road_map = town_map(sections)
    home = next(j for j in road_map.junctions if j.id == fleet.home)
    depot = Depot(
        "depot", "库", "centre", home.lon, home.lat, fleet.bays, fleet.loading_kg_per_min,
        SALT.id, fleet.stock_kg,
    )  # fmt: skip
    study = Study(
        "hand",
        "手算",
        "By hand",
        Clock(datetime.fromisoformat("2026-01-15 16:00")),
        round(horizon_h * H),
        run_seed,
    )
    around = Surroundings(Snowfall(storm), physics, traffic, (), uncertainty)
    prices = {t.kind: 0.0 for t in types}
    return Scenario(
        study,
        road_map,
        rules or plan(),
        Resources(types, fleet.machines, (depot,), fleet.crews, (SALT,)),
        around,
        Costs({SALT.id: 0.0}, 0.0, 0.0, prices),
        grade=Grade.LIGHT,
    )


def with_call_out(rules: Plan, **changes: float) -> Plan:
    """The plan with other figures of its call-out."""
    return replace(rules, call_out=replace(rules.call_out, **changes))


def world_of(scenario: Scenario) -> World:
    """The world of a scenario at its start."""
    return prepare(scenario, build_network(scenario.road_map))


def finish(world: World) -> Finished:
    """Run a world to its horizon."""
    return finish_run(world)


def ran(scenario: Scenario) -> Finished:
    """A finished run."""
    return finish_run(world_of(scenario))


Row = tuple[str, str, int, int, int, str, str, int]


def story(world: World) -> list[Row]:
    """Every row of the log: (kind, machine, decided, start, end, place, strips, amount).

    Machine "" is the centre; the place of a pass, a refusal or a breakdown is a segment
    `section:direction`, of a load or a drive to load a depot; strips `0` or `0-1`; the reason
    stands after the kind, as in `wait work`.
    """
    rows = []
    for r in world.log.table().tolist():
        kind, reason, machine, decided, start, end, place, lo, hi, amount = r
        name = EVENT_KINDS[kind]
        words = f"{name} {REASONS[reason]}".strip()
        who = "" if machine == NO_MACHINE else world.units[machine - MACHINES].id
        strips = "" if name not in PASS_KINDS else str(lo) if hi == lo + 1 else f"{lo}-{hi - 1}"
        rows.append((words, who, decided, start, end, _place(world, words, place), strips, amount))
    return rows


def _place(world: World, words: str, place: int) -> str:
    kind = words.split(" ", maxsplit=1)[0]
    if place < 0:
        return ""
    if kind in (*PASS_KINDS, "breakdown") or words == "travel breakdown":
        return segment_name(world.network, place)
    return world.scenario.resources.depots[place].id


def segment_name(network: Network, segment: int) -> str:
    """`section:direction` of a segment number."""
    seg = network.seg
    return f"{network.sections[seg.section[segment]].id}:{DIRECTIONS[seg.direction[segment]]}"


def centre(words: str, at: int = 0) -> Row:
    """A row of the centre."""
    return (words, "", at, at, at, "", "", 0)


def interval(who: str, words: str, start: int, end: int, place: str = "", amount: int = 0) -> Row:
    """A row that is no pass."""
    return (words, who, start, start, end, place, "", amount)


def work(
    who: str, kind: str, times: tuple[int, int, int], place: str, strips: str, amount: int
) -> Row:
    """A pass: times are decided, start, end."""
    return (kind, who, *times, place, strips, amount)
