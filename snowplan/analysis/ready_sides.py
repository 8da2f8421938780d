"""When cycle lanes and pavements of one run were clean for good."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from snowplan.analysis.beside import SIDES
from snowplan.analysis.measure_sections import Reached
from snowplan.analysis.run_measures import Seen
from snowplan.analysis.section_times import Ints, section_times
from snowplan.model.hands import PARTS, Part
from snowplan.results.side_states import areas_of, side_states_frame


@dataclass(frozen=True, slots=True)
class Sides:
    """The sections that have such a part: when it was clean for good, and its area."""

    reached: Reached
    dm2: Ints


def sides_reached(seen: Seen) -> dict[str, Sides]:
    """By `cycle_lane` and `pavement` (with what owners answer for), where there are any."""
    horizon_ms = seen.storm.horizon_ms
    states = side_states_frame(seen.groups, seen.facts)
    areas = areas_of(seen.facts)
    section = np.array(seen.facts.network.seg.section, dtype=np.int64)[areas.segment]
    number = {s.id: k for k, s in enumerate(seen.facts.network.sections)}
    found = {}
    for _, parts in SIDES:
        rows = states[states["part"] == parts[0]]
        if not len(rows):
            continue
        times = section_times(rows[["section", "t_ms", "state"]], horizon_ms)
        at = times["cleared_ms"].to_numpy(dtype=np.float64, na_value=np.nan)
        late = np.isnan(at)
        codes: list[Part] = [PARTS[part] for part in parts]
        mine = np.isin(areas.part, codes)
        dm2 = np.zeros(len(number), dtype=np.int64)
        np.add.at(dm2, section[mine], areas.dm2[mine])
        places = np.array([number[name] for name in times["section"]], dtype=np.int64)
        at_ms = np.where(late, horizon_ms, at).astype(np.int64)
        found[parts[0]] = Sides(Reached(at_ms, late), dm2[places])
    return found
