"""When hospitals and stations were joined to the opened main network, and how long cut off."""

from __future__ import annotations

import math

from snowplan.analysis.named_places import Place, open_sections, places_of
from snowplan.analysis.readiness_given import Evidence, Row, at_rank, told
from snowplan.model.network import build_network
from snowplan.results.ready_run import Access

DIGITS = 1


def access(found: Evidence) -> list[Row]:
    """`access`: of each scenario every place; none where the map has no main road."""
    places = places_of(open_sections(build_network(found.first.road_map)))
    return [
        {
            "scenario": name,
            "rows": [
                _row(place, [run.access[place.key] for run in kept], found.given.rules.probability)
                for place in places
                if all(place.key in run.access for run in kept)
            ],
        }
        for name, kept in found.kept.items()
    ]


def _row(place: Place, times: list[Access], probability: float) -> Row:
    """One place: nearest ranks over the runs; the runs in which it was cut off at the horizon."""
    joined = [math.inf if time.joined_min is None else time.joined_min for time in times]
    zh, en = place.names
    return {
        "place_zh": zh,
        "place_en": en,
        "flag": place.flag,
        "zone": place.zone,
        "joined_min": told(at_rank(joined, 0.5), DIGITS),
        "joined_p90_min": told(at_rank(joined, probability), DIGITS),
        "apart_min": told(at_rank([time.apart_min for time in times], 0.5), DIGITS),
        "late": sum(math.isinf(minute) for minute in joined),
    }
