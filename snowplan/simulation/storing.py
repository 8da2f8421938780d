"""Storing: the world at one instant as plain values, before anything happens at that instant.

Everything plain that processes share is stored; what follows from the scenario, or from what is
stored, is rebuilt (`REBUILT`). A new attribute that is neither stops the storing with its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple
from typing import Any

from snowplan.results.plain import to_plain
from snowplan.simulation.ground import Brine
from snowplan.simulation.world import World

Content = dict[str, Any]
REBUILT = {
    "World": {
        "scenario", "plan", "network", "sky", "fleet", "draws", "ground", "board", "env", "log",
        "horizon", "units", "group_log", "parties", "dumps", "sides", "verge_g", "stores",
        "store_junctions", "products", "finder", "aid", "grade", "treatment", "levels",
        "raised_levels", "spreads", "send", "idle", "idle_count", "idle_by_work", "idle_by_kind",
        "zones", "many_strips", "windrows",
    },
    "Ground": {
        "network", "curves", "density", "packed_density", "strip0", "strips", "dm2", "m2",
        "rough", "base", "k", "begin", "brine", "scrape", "scrape_more", "ridge", "passable",
    },
    "Board": {
        "network", "rounding_ms", "base", "kinds", "cells", "_types", "_ploughs", "_brushes",
        "_graders", "_spreaders", "_clearing",
    },
    "Sides": {"segment", "part", "dm2", "carriageway", "fringe", "owners"},
    "Windrows": {"ground", "zones", "ranks", "left_g", "due_g"},
    "Store": {"number", "bays"},
    "Dump": set(),
    "Unit": {
        "order", "id", "type", "work", "zone", "depot", "kind", "cover", "base_ms", "depth_k",
        "left", "travel_num", "travel_den", "clears", "team", "leader", "event",
    },
    "Party": {"order", "number", "id", "kind", "group", "zone", "event"},
}  # fmt: skip


def names_of(record: object) -> Iterator[str]:
    """The attributes of a record that are stored."""
    kind = type(record)
    names = getattr(kind, "__slots__", None) or vars(record)
    return (name for name in names if name not in REBUILT[kind.__name__])


def fields_of(record: object) -> Content:
    """The stored attributes of a record as JSON; TypeError names one that is not plain."""
    found = {}
    for name in names_of(record):
        try:
            found[name] = to_plain(getattr(record, name))
        except TypeError as error:
            raise TypeError(f"{type(record).__name__}.{name}: {error}") from error
    return found


def content_of(world: World, speeds: Sequence[tuple[int, int]]) -> Content:
    """The world now; `speeds` are the factors of travel (num, den) of the full hours before."""
    log = world.log
    return {
        "world": fields_of(world),
        "grade": int(world.grade),
        "draws": to_plain(world.draws.counters),
        "ground": fields_of(world.ground),
        "brine": [[s, to_plain(astuple(brine))] for s, brine in world.ground.brine.items()],
        "board": fields_of(world.board),
        "stores": [fields_of(store) for store in world.stores],
        "units": [fields_of(unit) for unit in world.units],
        "teams": [[unit.order, [m.order for m in unit.team]] for unit in world.units if unit.team],
        "led": [[u.order, u.leader.order] for u in world.units if u.leader is not None],
        "idle": sorted(order for idle in world.idle.values() for order in idle),
        "dumps": [fields_of(dump) for dump in world.dumps],
        "sides": fields_of(world.sides),
        "windrows": fields_of(world.windrows),
        "parties": [fields_of(party) for party in world.parties],
        "speeds": [list(speed) for speed in speeds],
        "log": to_plain(log.rows()),
        "team_row": to_plain(log.team_row),
        "team": to_plain(log.team),
        "log_due": to_plain(log.due),
        "group_log": to_plain(world.group_log.rows()),
        "group_due": to_plain(world.group_log.due),
    }


def brine_of(values: Sequence[Any]) -> Brine:
    """The de-icer on one strip, as stored."""
    return Brine(*values)
