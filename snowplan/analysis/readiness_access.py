"""When hospitals and stations were joined to the opened main network, and how long cut off."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from snowplan.analysis.joining import Net, cut_off_ms, joined_minutes, net_of
from snowplan.analysis.readiness_given import Evidence, Row, at_rank, told
from snowplan.analysis.section_times import LEVELS, section_starts, state_levels
from snowplan.model.network import build_network
from snowplan.model.roads import Section
from snowplan.results.replications import NEVER_BLOCKED, NOT_BY_HORIZON
from snowplan.units import MS_PER_MIN

DIGITS = 1
PLACE_FLAGS = ("hospital", "station")  # bridges, ramps and slopes are roads, not places


@dataclass(frozen=True, slots=True)
class Place:
    """Sections with one flag that hang together: a hospital, a station."""

    flag: str
    sections: tuple[Section, ...]

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


def access(found: Evidence) -> list[Row]:
    """`access`: of each scenario every place; none where the map has no main road."""
    network = build_network(found.first.road_map)
    sections = [section for section in network.sections if not section.duty.closed]
    places = places_of(sections)
    number = {section.id: k for k, section in enumerate(sections)}
    net = net_of(sections, [[number[one.id] for one in place.sections] for place in places])
    return [
        {
            "scenario": name,
            "rows": _rows(found, name, sections, net, places) if net.half_mm else [],
        }
        for name in found.given.scenarios
    ]


def places_of(sections: Sequence[Section]) -> list[Place]:
    """Every connected group of sections with a flag, by flag and the id of its first section."""
    places = []
    for flag in PLACE_FLAGS:
        groups: list[tuple[set[str], list[Section]]] = []  # junctions and sections
        for section in sorted(sections, key=lambda one: one.id):
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


def _rows(
    found: Evidence, scenario: str, sections: Sequence[Section], net: Net, places: Sequence[Place]
) -> list[Row]:
    own = [k for k, section in enumerate(sections) if section.duty.cleared_by_centre]
    joined = []
    for run, kept in zip(found.own[scenario], found.kept[scenario], strict=True):
        opened = _opened(run.opened_min, own, len(sections))
        onset = kept.onset_min or 0.0
        joined.append([max(0.0, minute - onset) for minute in joined_minutes(net, opened)])
    reference = found.given.references[scenario]
    horizon_ms = int(reference.manifest["clock"]["horizon_ms"])
    turns = opening_turns(reference.frame("states.parquet"), sections, horizon_ms)
    apart = cut_off_ms(net, *turns, horizon_ms)
    rows = []
    for place, minutes, apart_ms in zip(places, zip(*joined, strict=True), apart, strict=True):
        zh, en = place.names
        rows.append(
            {
                "place_zh": zh,
                "place_en": en,
                "flag": place.flag,
                "zone": place.zone,
                "joined_min": told(at_rank(minutes, 0.5), DIGITS),
                "joined_p90_min": told(at_rank(minutes, found.given.rules.probability), DIGITS),
                "apart_min": round(apart_ms / MS_PER_MIN, DIGITS),
                "late": sum(math.isinf(minute) for minute in minutes),
            }
        )
    return rows


def _opened(minutes: Sequence[int], own: Sequence[int], count: int) -> list[float]:
    """By section, minutes until it was open for good; those of other operators always are."""
    opened = [0.0] * count
    for place, minute in zip(own, minutes, strict=True):
        late = math.inf if minute == NOT_BY_HORIZON else float(minute)
        opened[place] = 0.0 if minute == NEVER_BLOCKED else late
    return opened


def opening_turns(
    states: pd.DataFrame, sections: Sequence[Section], horizon_ms: int
) -> tuple[list[bool], list[tuple[int, int, bool]]]:
    """Which sections are open at 0, and every (instant, section, open) from then on, by time."""
    number = {section.id: k for k, section in enumerate(sections)}
    first = np.zeros(len(states), dtype=np.bool_)
    first[section_starts(states, horizon_ms)] = True
    opens = state_levels(states) >= LEVELS["open"]
    start = [True] * len(sections)
    turns = []
    before = True
    for name, t_ms, fresh, is_open in zip(
        states["section"], states["t_ms"].tolist(), first.tolist(), opens.tolist(), strict=True
    ):
        if fresh:
            start[number[name]] = is_open
        elif is_open != before:
            turns.append((int(t_ms), number[name], is_open))
        before = is_open
    return start, sorted(turns)
