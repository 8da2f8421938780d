"""Of one run: how long hospitals and stations were cut off from the opened main network."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from snowplan.analysis.joining import CutOff, cut_off, net_of
from snowplan.analysis.measure_sections import DECIMALS
from snowplan.analysis.named_places import open_sections, places_of
from snowplan.analysis.run_measures import Seen
from snowplan.analysis.section_times import LEVELS, Bools, section_starts, state_levels
from snowplan.model.roads import Section
from snowplan.results.ready_run import Access
from snowplan.units import MS_PER_MIN

Turns = list[tuple[int, int, bool]]


def accesses(seen: Seen, onset_ms: int) -> dict[str, Access]:
    """Every place by its key; none where the map has no main road."""
    sections = open_sections(seen.facts.network)
    places = places_of(sections)
    number = {section.id: k for k, section in enumerate(sections)}
    net = net_of(sections, [[number[one.id] for one in place.sections] for place in places])
    if not places or not net.half_mm:
        return {}
    horizon_ms = seen.storm.horizon_ms
    start, turns = opening_turns(seen.states, sections, horizon_ms)
    found = cut_off(net, start, turns, horizon_ms)
    return {
        place.key: _access(cut, onset_ms, horizon_ms)
        for place, cut in zip(places, found, strict=True)
    }


def _access(cut: CutOff, onset_ms: int, horizon_ms: int) -> Access:
    joined_min = max(0, cut.joined_ms - onset_ms) / MS_PER_MIN
    return Access(
        joined_min=None if cut.joined_ms == horizon_ms else round(joined_min, DECIMALS),
        apart_min=round(cut.apart_ms / MS_PER_MIN, DECIMALS),
    )


def opening_turns(
    states: pd.DataFrame, sections: Sequence[Section], horizon_ms: int
) -> tuple[Bools, Turns]:
    """Which sections are open at 0, and every (instant, section, open) after it, by time.

    Sections without states, those of other operators, are taken as open.
    """
    number = {section.id: k for k, section in enumerate(sections)}
    first = np.zeros(len(states), dtype=np.bool_)
    first[section_starts(states, horizon_ms)] = True
    opens = state_levels(states) >= LEVELS["open"]
    place = states["section"].map(number).to_numpy(dtype=np.int64)
    start = np.ones(len(sections), dtype=np.bool_)
    start[place[first]] = opens[first]
    turned = np.flatnonzero(~first & (opens != np.append(True, opens[:-1])[: len(opens)]))
    t_ms = states["t_ms"].to_numpy(dtype=np.int64)
    rows = zip(t_ms[turned].tolist(), place[turned].tolist(), opens[turned].tolist(), strict=True)
    return start, sorted(rows)
