"""The streets that came last, by name."""

from __future__ import annotations

import math
from collections.abc import Sequence

from snowplan.analysis.measure_sections import roads_of
from snowplan.analysis.readiness_given import Evidence, Row, at_rank, told
from snowplan.analysis.readiness_timeline import hours_of, never_other, origin_ms
from snowplan.model.network import build_network
from snowplan.model.roads import Section
from snowplan.units import M_PER_KM

DIGITS = 2


def streets(found: Evidence) -> list[Row]:
    """`streets`: of each scenario the streets whose last section was open, then clean, last."""
    network = build_network(found.first.road_map)
    sections = {section.id: section for section in network.sections}
    own = [sections[name] for name in roads_of(network).ids]
    places: dict[str, list[int]] = {}
    for place, section in enumerate(own):
        places.setdefault(section.name, []).append(place)
    return [
        {"scenario": name, "rows": _worst(found, name, own, places)}
        for name in found.given.scenarios
    ]


def _worst(
    found: Evidence, scenario: str, own: Sequence[Section], places: dict[str, list[int]]
) -> list[Row]:
    opened, cleared = [], []
    for run, kept in zip(found.own[scenario], found.kept[scenario], strict=True):
        since_ms = origin_ms(found, scenario, run)
        opened.append(hours_of(run.opened_min, since_ms))
        cleared.append(hours_of(kept.cleared_min, since_ms))
    rows = []
    for road, mine in places.items():
        last = [
            at_rank([max(run[place] for place in mine) for run in runs], 0.5)
            for runs in (opened, cleared)
        ]
        late = [sum(math.isinf(run[place]) for place in mine) for run in cleared]
        rows.append((last, road, round(sum(late) / len(late), DIGITS)))
    minutes = [run.opened_min for run in found.own[scenario]]
    rows.sort(key=lambda row: (-row[0][0], -row[0][1], row[1]))
    return [
        {
            "rank": rank,
            **_road([own[place] for place in places[road]]),
            "opened_h": told(last[0], DIGITS),
            "opened_never": never_other(minutes, places[road]),
            "cleared_h": told(last[1], DIGITS),
            "late": late_mean,
        }
        for rank, (last, road, late_mean) in enumerate(rows[: found.given.rules.worst_streets], 1)
    ]


def _road(sections: Sequence[Section]) -> Row:
    """Names, number and length of its sections; the class of most of its metres."""
    metres: dict[str, float] = {}
    for section in sections:
        name = section.duty.road_class.key
        metres[name] = metres.get(name, 0.0) + section.way.length_m
    return {
        "road": sections[0].name,
        "road_en": sections[0].name_en,
        "sections": len(sections),
        "length_km": round(sum(metres.values()) / M_PER_KM, DIGITS),
        "road_class": max(metres, key=lambda name: (metres[name], name)),
    }
