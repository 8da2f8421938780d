"""Places that have to be reached: groups of sections with a flag (hospital, station)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from snowplan.model.network import Network
from snowplan.model.roads import Section

PLACE_FLAGS = ("hospital", "station")  # bridges, ramps and slopes are roads, not places


@dataclass(frozen=True, slots=True)
class Place:
    """Sections with one flag that hang together: a hospital, a station."""

    flag: str
    sections: tuple[Section, ...]  # by id

    @property
    def key(self) -> str:
        """`hospital:beidu-jie-05`: the flag and the first section."""
        return f"{self.flag}:{self.sections[0].id}"

    @property
    def zone(self) -> str:
        """The zone of most of its sections; the first by id of several."""
        counts = Counter(section.duty.zone for section in self.sections)
        return min(counts, key=lambda zone: (-counts[zone], zone))

    @property
    def names(self) -> tuple[str, str]:
        """The names of its roads, Chinese and English."""
        zh = dict.fromkeys(section.name for section in self.sections)
        en = dict.fromkeys(section.name_en or section.name for section in self.sections)
        return "、".join(zh), ", ".join(en)


def open_sections(network: Network) -> list[Section]:
    """The sections that may be driven on, by id; those of other operators among them."""
    return [section for section in network.sections if not section.duty.closed]


def places_of(sections: Sequence[Section]) -> list[Place]:
    """Every connected group of sections with a flag, by flag and the id of its first section."""
    places = []
    for flag in PLACE_FLAGS:
        groups: list[tuple[set[str], list[Section]]] = []  # junctions and sections
        for section in sections:
            if flag not in section.duty.flags:
                continue
            ends = {section.start, section.end}
            touched = [group for group in groups if group[0] & ends]
            groups = [group for group in groups if not group[0] & ends]
            rows = [one for _, mine in touched for one in mine]
            groups.append((ends.union(*(ends for ends, _ in touched)), [*rows, section]))
        whole = [tuple(sorted(mine, key=lambda one: one.id)) for _, mine in groups]
        places += [Place(flag, mine) for mine in sorted(whole, key=lambda mine: mine[0].id)]
    return places
