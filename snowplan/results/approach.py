"""How machines came to their work: the drive from decision to pass, and waits for a team."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from snowplan.model.roads import RoadClass
from snowplan.results.facts import RunFacts
from snowplan.results.log import KIND
from snowplan.results.rows import HORIZON, Bools, Ints, LogRows, junctions_before
from snowplan.units import DM_PER_M, MM_PER_M, MS_KPH_PER_MM, MS_PER_H, STEP_MS

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Approach:
    """Drives of the log's rows: which rows have one, when it ended, and the metres driven."""

    row: Ints
    begin: Ints
    arrival: Ints  # where it would have ended; after `until` when it was cut short
    until: Ints  # work began, or the drive was cut short
    metres: Floats  # driven until min(arrival, until)


def approaches(rows: LogRows, facts: RunFacts) -> Approach:
    """The drive before each pass, and the drives that are rows of their own."""
    travel = rows.kind == KIND["travel"]
    driven = (rows.is_pass & (rows.start > rows.decided)) | travel
    row = np.flatnonzero(driven)
    to_depot = rows.at_depot[row]
    before = junctions_before(rows, facts)[row]
    hour = rows.decided[row] // MS_PER_H
    asked = zip(
        hour.tolist(), before.tolist(), rows.place[row].tolist(), to_depot.tolist(), strict=True
    )
    ways = np.array([facts.trip(*question) for question in asked], dtype=np.int64).reshape(-1, 2)
    arrival = rows.decided[row] + _drive_ms(ways[:, 0], rows.machine[row], hour, facts)
    until = np.where(travel[row], rows.end[row], rows.start[row])
    share = _share(np.minimum(arrival, until) - rows.decided[row], arrival - rows.decided[row])
    return Approach(row, rows.decided[row], arrival, until, ways[:, 1] / DM_PER_M * share)


def _drive_ms(free_ms: Ints, machine: Ints, hour: Ints, facts: RunFacts) -> Ints:
    """Free-flow times at the machine's speed in that hour, rounded up to the engine's step."""
    if not len(free_ms):
        return free_ms
    speeds = np.array(facts.speeds, dtype=np.int64)[hour]
    own = np.array([m.travel for m in facts.machines], dtype=np.int64)[machine]
    scaled = free_ms * speeds[:, 0] * own[:, 0]
    steps: Ints = -(-scaled // (speeds[:, 1] * own[:, 1] * STEP_MS))
    return steps * STEP_MS


def pass_metres(rows: LogRows, facts: RunFacts) -> Floats:
    """Metres of every pass: length × runs; of one cut short, as far as its speed took it.

    Cut short, the machine is taken to have gone at its speed on shallow snow.
    """
    metres = np.zeros(len(rows.kind))
    row = np.flatnonzero(rows.is_pass)
    if not len(row):
        return metres
    segment, machine, seg = rows.place[row], rows.machine[row], facts.network.seg
    tools = np.array([m.type.tool.width_m for m in facts.machines])
    width = np.rint(tools * MM_PER_M).astype(np.int64)[machine]
    strip = np.rint(np.array(seg.strip_width_m)[segment] * MM_PER_M).astype(np.int64)
    length_mm = np.array(seg.length_mm)[segment] * np.maximum(1, -(-strip // width))
    share = _share(
        (rows.end - rows.start)[row], length_mm * MS_KPH_PER_MM / _kph(segment, machine, facts)
    )
    metres[row] = length_mm / MM_PER_M * np.where(rows.done[row], 1.0, share)
    return metres


def _kph(segment: Ints, machine: Ints, facts: RunFacts) -> Floats:
    """Working speed on shallow snow, by the class of road, at the machine's drawn pace."""
    classes = np.array([s.duty.road_class for s in facts.network.sections], dtype=np.int64)
    local = classes[np.array(facts.network.seg.section)[segment]] >= RoadClass.BRANCH
    speeds = np.array(
        [(m.type.pace.main_kph * m.pace, m.type.pace.local_kph * m.pace) for m in facts.machines]
    )
    found: Floats = speeds[machine, local.astype(np.int64)]
    return found


def _share(part: Ints | Floats, whole: Ints | Floats) -> Floats:
    """part ÷ whole, at most 1; 1 where there is no whole."""
    ratio: Floats = np.minimum(1.0, part / np.where(whole > 0, whole, 1))
    return np.where(whole > 0, ratio, 1.0)


def cut_by_horizon(rows: LogRows, drives: Approach, horizon_ms: int) -> Bools:
    """Drives that are still under way at the horizon."""
    at_end = (drives.until == horizon_ms) & (drives.arrival > drives.until)
    found: Bools = at_end | (rows.reason[drives.row] == HORIZON)
    return found
