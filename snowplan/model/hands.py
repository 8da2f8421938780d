"""Hand work: squads, the parts of a road beside the carriageway, and frontage duty (门前五包)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Part(IntEnum):
    """Parts of one direction of a section, each an area of its own.

    FRONTAGE is the share of the pavement that shops and compounds answer for.
    """

    CARRIAGEWAY = 0
    CYCLE_LANE = 1
    PAVEMENT = 2
    FRONTAGE = 3

    @property
    def key(self) -> str:
        """The word used in files."""
        return self.name.lower()


PARTS = {part.key: part for part in Part}
SQUAD_GROUPS = ("clearing", "rural", "office")  # groups of the plan that send squads
FRINGE = "fringe"  # flag of sections of the urban-rural fringe (城乡结合部)


@dataclass(frozen=True, slots=True)
class SquadGroup:
    """Squads of one zone: `squads` squads of `workers` workers; their shifts are crews.

    `sections`: ids of the sections assigned to them; none: the zone's are shared out among them.
    """

    id: str
    zone: str
    group: str  # one of SQUAD_GROUPS
    squads: int
    workers: int
    transport_kph: float
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frontage:
    """门前五包 in one zone: shares of pavement area, of duty done, of snow thrown on the road."""

    zone: str
    coverage: float
    compliance: float
    delay_h: float  # after snow has stopped
    thrown_back: float


@dataclass(frozen=True, slots=True)
class HandRules:
    """How fast hands clear, what they leave, when they are sent, and by when it is to be done."""

    m2_h: float  # of one worker, on snow up to one inch … (see docs/model.md)
    depth_k: float
    packed_factor: float  # time on packed snow
    residual_mm: float
    trigger_mm: float  # depth at which a pavement or cycle lane is due while it snows
    cycle_share: dict[str, float]  # by road class: share of the side width that is cycle lane
    office_classes: tuple[str, ...]  # pavements of these are assigned to office staff
    limit_h: dict[str, float]  # by grade: pavements and cycle lanes clean, hours after snow stops
