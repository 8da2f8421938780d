"""What a finished run hands to its results, in plain data: no engine, nothing still to happen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from snowplan.model.fleet import Deicer, MachineType
from snowplan.model.grades import Grade
from snowplan.model.network import Network
from snowplan.model.scenario import Scenario
from snowplan.model.snow import SnowCurve
from snowplan.model.weather import WeatherSpell


class Trip(Protocol):
    """Asks for the fastest way in one hour of the run: (ms at free flow, dm)."""

    def __call__(self, hour: int, junction: int, place: int, to_depot: bool) -> tuple[int, int]:
        """From a junction to the beginning of segment `place`, or to depot `place`."""


@dataclass(frozen=True, slots=True)
class MachineFacts:
    """One machine that served; the log's machine number is its position plus `FIRST_MACHINE`."""

    id: str
    type: MachineType
    zone: str
    depot: int
    pace: float  # drawn factor of the working speed
    travel: tuple[int, int]  # free-flow travel times are multiplied by num / den
    windows: tuple[tuple[int, int, str], ...]  # (from, to, crew), in order, none overlapping


@dataclass(frozen=True, slots=True)
class DepotFacts:
    """One depot: its id, zone, product, grams in stock at the start, and the junction it is at."""

    id: str
    name: str
    zone: str
    product: Deicer
    stock_g: int
    junction: int


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """A loader, blower, truck or squad; its number in the group log is its position."""

    id: str
    kind: str
    group: str
    zone: str
    people: int
    windows: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class DumpFacts:
    """One dump point: grams it takes and held at the start, and the junction it is at."""

    id: str
    name: str
    zone: str
    capacity_g: int
    initial_g: int
    junction: int


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """Areas beside the carriageway (and carriageways cleared by hand), by number."""

    segment: tuple[int, ...]
    part: tuple[int, ...]
    dm2: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SkyFacts:
    """The weather as it fell; `curves` by road class, `pavement_c` by full hour of the run."""

    spells: tuple[WeatherSpell, ...]
    curves: tuple[SnowCurve, ...]
    density: float  # kg/m³ of loose snow
    pavement_c: tuple[float, ...]
    stops_ms: int | None  # 雪停


NO_AREAS = AreaFacts((), (), ())


@dataclass(frozen=True, slots=True)
class RunFacts:
    """A run's givens and draws, as the frames need them; `speeds` (num, den) by hour of the run."""

    scenario: Scenario
    network: Network
    sky: SkyFacts
    machines: tuple[MachineFacts, ...]
    depots: tuple[DepotFacts, ...]
    grade: Grade  # in force at the end
    called_out_ms: int | None
    speeds: tuple[tuple[int, int], ...]
    trip: Trip
    parties: tuple[PartyFacts, ...] = ()
    dumps: tuple[DumpFacts, ...] = ()
    areas: AreaFacts = NO_AREAS
    verge_g: tuple[int, ...] = ()  # by segment: what its verge takes at the start
    left_due: tuple[tuple[int, int], ...] = ()  # (segment, since): due at the end, nobody at it

    @property
    def horizon_ms(self) -> int:
        """The end of the run."""
        return self.scenario.study.horizon_ms

    @property
    def owners(self) -> tuple[MachineFacts | PartyFacts, ...]:
        """All whose intervals are told: the machines, then the parties."""
        return (*self.machines, *self.parties)


FIRST_MACHINE = 1_000  # machine numbers in the log
