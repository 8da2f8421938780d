"""Touches: strips of finished passes, of carriageways cleared by hand, of snow thrown back.

They go in rounds: a strip's first touch, its second, …
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from snowplan.model.hands import Part
from snowplan.model.roads import RoadClass
from snowplan.results.curves import Floats
from snowplan.results.facts import RunFacts
from snowplan.results.group_rows import GroupRows
from snowplan.results.log import KIND
from snowplan.results.rows import Bools, Ints, LogRows, loaded_at
from snowplan.units import DM2_PER_M2, MS_PER_H

SPREAD = KIND["spread"]


@dataclass(frozen=True, slots=True)
class Strips:
    """All strips of a network: segment, class, area."""

    segment: Ints
    road_class: Ints
    dm2: Ints
    m2: Floats


@dataclass(frozen=True, slots=True)
class Touches:
    """One row a strip and touch by (round, strip); round `r` is `[first[r], first[r + 1])`."""

    strip: Ints
    t_ms: Ints
    left: Floats  # g/m² that the tool leaves
    scrape: Floats  # g/m² of packed snow that goes with it …
    scrape_more: Floats  # … and as much more on a strip with de-icer
    layer: Floats  # g/m² of packed snow that a grader takes first
    spreads: Bools
    salt_g: Ints
    thrown_g: Ints  # loose snow that comes upon it
    product: Ints
    until: Ints  # the next touch of the strip, or the horizon
    first: Ints


def strips_of(facts: RunFacts) -> Strips:
    """The strips of a run's network by number."""
    network = facts.network
    segment = network.strip_segments().astype(np.int64)
    classes = np.array([s.duty.road_class for s in network.sections], dtype=np.int64)
    dm2 = np.array(network.seg.strip_dm2, dtype=np.int64)[segment]
    road_class = classes[np.array(network.seg.section, dtype=np.int64)[segment]]
    return Strips(segment, road_class, dm2, dm2 / DM2_PER_M2)


def touches_of(rows: LogRows, groups: GroupRows, facts: RunFacts, strips: Strips) -> Touches:
    """The touches of a run; what was cut short touches nothing.

    At one instant frontage duty comes first, then machines, then squads.
    """
    kinds = [_thrown(groups, facts), _passes(rows, facts, strips), _by_hand(groups, facts)]
    kinds = [columns for columns in kinds if len(columns["strip"])] or kinds[:1]
    found = {name: np.concatenate([columns[name] for columns in kinds]) for name in kinds[0]}
    order = np.lexsort((found["t_ms"], found["strip"]))
    found = {name: column[order] for name, column in found.items()}
    strip = found["strip"]
    fresh = np.append(True, strip[1:] != strip[:-1])[: len(strip)]
    position = np.arange(len(strip))
    number = position - np.maximum.accumulate(np.where(fresh, position, 0))
    until = np.full(len(strip), facts.horizon_ms, dtype=np.int64)
    until[:-1] = np.where(fresh[1:], facts.horizon_ms, found["t_ms"][1:])
    order = np.argsort(number, kind="stable")
    rounds = int(number.max()) + 1 if len(number) else 0
    return Touches(
        until=until[order],
        first=np.searchsorted(number[order], np.arange(rounds + 1)),
        **{name: column[order] for name, column in found.items()},
    )


def _passes(rows: LogRows, facts: RunFacts, strips: Strips) -> dict[str, Any]:
    """Columns of the machines' touches, by (strip, time)."""
    done = np.flatnonzero(rows.done)
    count = (rows.hi - rows.lo)[done]
    row = np.repeat(done, count)
    place = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    strip0 = np.array(facts.network.seg.strip0, dtype=np.int64)
    strip = strip0[rows.place[row]] + rows.lo[row] + place
    order = np.lexsort((rows.end[row], strip))
    row, place, strip = row[order], place[order], strip[order]
    return {
        "strip": strip,
        "t_ms": rows.end[row],
        "spreads": rows.kind[row] == SPREAD,
        "salt_g": _salt(rows, facts, strips, row, place, strip),
        "thrown_g": np.zeros(len(row), dtype=np.int64),
        "product": loaded_at(rows, facts)[row],
        **_tools(facts, strips.road_class[strip], rows.machine[row]),
    }


def _by_hand(groups: GroupRows, facts: RunFacts) -> dict[str, Any]:
    """Columns of carriageways cleared by hand: every strip, all packed snow, down to a residual."""
    done = np.flatnonzero(groups.by_hand & (groups.part == Part.CARRIAGEWAY))
    count = np.array(facts.network.seg.strips, dtype=np.int64)[groups.place[done]]
    row = np.repeat(done, count)
    place = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    strip = np.array(facts.network.seg.strip0, dtype=np.int64)[groups.place[row]] + place
    rules = facts.scenario.plan.hand
    left = rules.residual_mm * facts.sky.density if rules is not None else 0.0
    return _others(strip, groups.end[row], left, np.inf, np.zeros(len(row), dtype=np.int64))


def _thrown(groups: GroupRows, facts: RunFacts) -> dict[str, Any]:
    """Columns of snow thrown back on the outermost strip of a segment."""
    row = np.flatnonzero(groups.thrown)
    seg = facts.network.seg
    outermost = np.array(seg.strip0, dtype=np.int64) + np.array(seg.strips, dtype=np.int64) - 1
    strip = outermost[groups.place[row]]
    return _others(strip, groups.end[row], 0.0, 0.0, groups.amount_g[row])


def _others(strip: Ints, t_ms: Ints, left: float, scrape: float, thrown_g: Ints) -> dict[str, Any]:
    """Columns of touches that no machine makes."""
    size = len(strip)
    return {
        "strip": strip,
        "t_ms": t_ms,
        "spreads": np.zeros(size, dtype=np.bool_),
        "salt_g": np.zeros(size, dtype=np.int64),
        "thrown_g": thrown_g,
        "product": np.zeros(size, dtype=np.int64),
        "left": np.full(size, left),
        "scrape": np.full(size, scrape),
        "scrape_more": np.zeros(size),
        "layer": np.zeros(size),
    }


def _tools(facts: RunFacts, road_class: Ints, machine: Ints) -> dict[str, Floats]:
    """What each touch's tool leaves and takes, g/m²."""
    thresholds = facts.scenario.plan.thresholds
    dense = facts.scenario.around.physics.packed_density_kg_m3
    tools = [m.type.tool for m in facts.machines]
    grades = np.array([m.type.work.value == "grade_packed" for m in facts.machines])[machine]
    main = np.array([tool.residual_mm for tool in tools])[machine]
    rough = np.array([tool.rough_residual_mm for tool in tools])[machine]
    left = np.where(road_class >= RoadClass.BRANCH, rough, main) * facts.sky.density
    layer = np.array([tool.layer_mm for tool in tools])[machine] * dense
    return {
        "left": left,
        "scrape": np.where(grades, 0.0, thresholds.packed_scrape_mm * dense),
        "scrape_more": np.where(grades, 0.0, thresholds.deicer_plough_extra_mm * dense),
        "layer": np.where(grades, layer, 0.0),
    }


def _salt(
    rows: LogRows, facts: RunFacts, strips: Strips, row: Ints, place: Ints, strip: Ints
) -> Ints:
    """Grams on each strip of a spreading pass: the dose, as long as the pass's grams last.

    Rows are sorted by (strip, time), so that a strip's earlier doses come before. A pass gives the
    repeat dose where its first strip had one before.
    """
    salt = np.zeros(len(row), dtype=np.int64)
    spread = np.flatnonzero(rows.kind[row] == SPREAD)
    if not len(spread):
        return salt
    again = np.append(False, strip[spread][1:] == strip[spread][:-1])
    repeat = np.zeros(len(rows.kind), dtype=np.bool_)
    lead = place[spread] == 0
    repeat[row[spread][lead]] = again[lead]
    rules = facts.scenario.plan.doses
    doses = np.array(
        [[rules.dose_g_m2(c, repeat=r) for r in (False, True)] for c in facts.sky.pavement_c]
    )
    hour = rows.decided[row[spread]] // MS_PER_H
    dose = doses[hour, repeat[row[spread]].astype(np.int64)]
    full = (dose * strips.m2[strip[spread]]).astype(np.int64)
    rest = np.maximum(rows.amount_g[row[spread]] - full * place[spread], 0)
    salt[spread] = np.minimum(full, rest)
    return salt


def melt_table(facts: RunFacts) -> Floats:
    """Melt capacity, g a g: by depot (its product) and full hour of the run."""
    return np.array(
        [[d.product.melt_g_per_g(c) for c in facts.sky.pavement_c] for d in facts.depots]
    ).reshape(len(facts.depots), -1)
