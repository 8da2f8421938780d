"""Roads, machines and depots of a run as frames, for analysis and pictures."""

from __future__ import annotations

import numpy as np
import pandas as pd

from snowplan.model.hands import Part
from snowplan.model.network import DIRECTIONS, Network
from snowplan.results.facts import RunFacts
from snowplan.units import DM2_PER_M2


def roads_frame(facts: RunFacts) -> pd.DataFrame:
    """The sections of a run's network; see `sections_frame`."""
    return sections_frame(facts.network)


def sections_frame(network: Network) -> pd.DataFrame:
    """One row a section, by id.

    Columns: section, road, road_class, zone, length_m, area_m2 (kerb to kerb), operator, closed,
    strips (both directions together), line ((lon, lat), …).
    """
    strips = np.zeros(len(network.sections), dtype=np.int64)
    np.add.at(strips, np.array(network.seg.section), np.array(network.seg.strips))
    rows = network.sections
    return pd.DataFrame(
        {
            "section": _text([s.id for s in rows]),
            "road": _text([s.name for s in rows]),
            "road_class": _text([s.duty.road_class.key for s in rows]),
            "zone": _text([s.duty.zone for s in rows]),
            "length_m": [float(s.way.length_m) for s in rows],
            "area_m2": [float(s.area_m2) for s in rows],
            "operator": _text([s.duty.operator for s in rows]),
            "closed": [s.duty.closed for s in rows],
            "strips": strips,
            "line": pd.Series([s.line for s in rows], dtype=object),
        }
    )


def machines_facts(facts: RunFacts) -> pd.DataFrame:
    """machine, kind, depot, zone of every machine, serving or not, by id."""
    zones = {d.id: d.zone for d in facts.scenario.resources.depots}
    rows = sorted(facts.scenario.resources.machines, key=lambda m: m.id)
    return pd.DataFrame(
        {
            "machine": _text([m.id for m in rows]),
            "kind": _text([m.kind for m in rows]),
            "depot": _text([m.depot for m in rows]),
            "zone": _text([m.zone or zones[m.depot] for m in rows]),
        }
    )


def depots_facts(facts: RunFacts) -> pd.DataFrame:
    """depot, zone, product and stock_g at the start, by id."""
    rows = sorted(facts.depots, key=lambda d: d.id)
    return pd.DataFrame(
        {
            "depot": _text([d.id for d in rows]),
            "zone": _text([d.zone for d in rows]),
            "product": _text([d.product.id for d in rows]),
            "stock_g": np.array([d.stock_g for d in rows], dtype=np.int64),
        }
    )


def parties_facts(facts: RunFacts) -> pd.DataFrame:
    """party, kind, group, zone, people of every loader, blower, truck and squad."""
    rows = facts.parties
    return pd.DataFrame(
        {
            "party": _text([p.id for p in rows]),
            "kind": _text([p.kind for p in rows]),
            "group": _text([p.group for p in rows]),
            "zone": _text([p.zone for p in rows]),
            "people": np.array([p.people for p in rows], dtype=np.int64),
        }
    )


def dumps_facts(facts: RunFacts) -> pd.DataFrame:
    """dump_point, name, zone, capacity_g, initial_g of every dump point."""
    rows = facts.dumps
    return pd.DataFrame(
        {
            "dump_point": _text([d.id for d in rows]),
            "name": _text([d.name for d in rows]),
            "zone": _text([d.zone for d in rows]),
            "capacity_g": np.array([d.capacity_g for d in rows], dtype=np.int64),
            "initial_g": np.array([d.initial_g for d in rows], dtype=np.int64),
        }
    )


def areas_frame(facts: RunFacts) -> pd.DataFrame:
    """section, direction, part, m2: what hands may clear, one row an area.

    A carriageway cleared by hand has the area of its strips.
    """
    seg, areas = facts.network.seg, facts.areas
    segment, part = np.array(areas.segment, dtype=np.int64), np.array(areas.part, dtype=np.int64)
    strips = np.array(seg.strips, dtype=np.int64) * np.array(seg.strip_dm2, dtype=np.int64)
    own = np.array(areas.dm2, dtype=np.int64)
    whole = np.where(part == Part.CARRIAGEWAY, strips[segment], own)
    ids = np.array([s.id for s in facts.network.sections], dtype=object)
    directions = np.array(DIRECTIONS, dtype=object)
    return pd.DataFrame(
        {
            "section": ids[np.array(seg.section, dtype=np.int64)[segment]],
            "direction": directions[np.array(seg.direction, dtype=np.int64)[segment]],
            "part": np.array([p.key for p in Part], dtype=object)[part],
            "m2": whole / DM2_PER_M2,
        }
    )


def _text(values: list[str]) -> pd.Series:
    return pd.Series(values, dtype=object)
