"""Resources with more of something: what is added, and the differences to tell of it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from snowplan.model.crewing import Changes, raised_crews, untaken
from snowplan.model.fleet import Depot, Machine, Work
from snowplan.model.hands import SQUAD_GROUPS
from snowplan.model.hauling import TRUCK
from snowplan.model.scenario import Resources

Changed = tuple[Resources, Changes]


def machines(own: Resources, likes: Sequence[Machine]) -> Changed:
    """A new serviceable machine like each of `likes`, with a crew on every shift."""
    found = list(own.machines)
    numbers: Counter[str] = Counter()
    needed: Counter[tuple[str, str]] = Counter()
    for like in likes:
        numbers[like.kind] += 1
        ids = [m.id for m in own.machines if m.kind == like.kind] or [like.kind.replace("_", "-")]
        name = _new_id(ids, numbers[like.kind], {m.id for m in found})
        found.append(replace(like, id=name, serviceable=True))
        needed[_zone(own, like), like.kind] += 1
    changes = [(f"machines.{zone}.{kind}", "", f"+{n}") for (zone, kind), n in _items(needed)]
    now = tuple(sorted(found, key=lambda machine: machine.id))
    return _with_crews(replace(own, machines=now), needed, changes)


def likes(own: Resources, works: Collection[Work], factor: float) -> list[Machine]:
    """Serviceable machines of these works, in turn by zone and kind, as many as are to be added."""
    kinds = {t.kind for t in own.types if t.work in works}
    groups: dict[tuple[str, str], list[Machine]] = {}
    for machine in sorted(own.machines, key=lambda m: m.id):
        if machine.serviceable and machine.kind in kinds:
            groups.setdefault((_zone(own, machine), machine.kind), []).append(machine)
    found = []
    for _, group in _items(groups):
        count = _times(len(group), factor) - len(group)
        found += [group[k % len(group)] for k in range(count)]
    return found


def trucks(own: Resources, added: Mapping[str, int]) -> Changed:
    """So many trucks more in each zone, like the first there or the first of all, with crews."""
    found = list(own.trucks)
    if not found:
        return own, []
    ids = [truck.id for truck in found]
    for zone, count in _items(added):
        like = next((t for t in own.trucks if t.zone == zone), own.trucks[0])
        for _ in range(count):
            name = _new_id(ids, len(found) - len(ids) + 1, {truck.id for truck in found})
            found.append(replace(like, id=name, zone=zone))
    changes = [(f"trucks.{zone}", "", f"+{count}") for zone, count in _items(added)]
    now = tuple(sorted(found, key=lambda truck: truck.id))
    needed = {(zone, TRUCK): count for zone, count in added.items()}
    return _with_crews(replace(own, trucks=now), needed, changes)


def trucks_times(own: Resources, factor: float) -> Changed:
    """The trucks of every zone times a factor, with crews."""
    counts = Counter(truck.zone for truck in own.trucks)
    return trucks(own, {zone: _times(n, factor) - n for zone, n in counts.items()})


def squads(own: Resources, factor: float) -> Changed:
    """The squads of every group times a factor, each with a place on every shift."""
    now = tuple(replace(s, squads=_times(s.squads, factor)) for s in own.squads)
    needed: Counter[tuple[str, str]] = Counter()
    for old, new in zip(own.squads, now, strict=True):
        needed[old.zone, old.group] += new.squads - old.squads
    changes = _told("squads", own.squads, now, "squads")
    return _with_crews(replace(own, squads=now), needed, changes)


def crewed(own: Resources, needed: Mapping[tuple[str, str], int]) -> Changed:
    """So many crews more on every shift, by (zone, kind)."""
    groups, changes = raised_crews(own.crews, needed)
    return replace(own, crews=groups), changes


def crews(own: Resources, factor: float) -> Changed:
    """Crews of machines and trucks, times a factor on every shift."""
    now = tuple(
        c if c.kind in SQUAD_GROUPS else replace(c, crews=_times(c.crews, factor))
        for c in own.crews
    )
    return replace(own, crews=now), _told("crews", own.crews, now, "crews")


def stocked(own: Resources, depot: str, more_kg: int) -> Changed:
    """So much more de-icer in one depot."""

    def change(one: Depot) -> Depot:
        return replace(one, stock_kg=one.stock_kg + more_kg) if one.id == depot else one

    now = tuple(change(one) for one in own.depots)
    return replace(own, depots=now), _told("depots", own.depots, now, "stock_kg")


def stocks(own: Resources, factor: float) -> Changed:
    """The stock of every depot times a factor."""
    now = tuple(replace(d, stock_kg=_times(d.stock_kg, factor)) for d in own.depots)
    return replace(own, depots=now), _told("depots", own.depots, now, "stock_kg")


def bays(own: Resources, factor: float) -> Changed:
    """The bays of every depot times a factor."""
    now = tuple(replace(d, bays=_times(d.bays, factor)) for d in own.depots)
    return replace(own, depots=now), _told("depots", own.depots, now, "bays")


def dumps(own: Resources, factor: float) -> Changed:
    """The capacity and the gates of every dump point times a factor."""
    now = tuple(
        replace(d, capacity_m3=d.capacity_m3 * factor, gates=_times(d.gates, factor))
        for d in own.dump_points
    )
    changes = [
        *_told("dump_points", own.dump_points, now, "capacity_m3"),
        *_told("dump_points", own.dump_points, now, "gates"),
    ]
    return replace(own, dump_points=now), changes


def lacks_most(own: Resources, zone: str) -> tuple[str, str] | None:
    """(zone, kind) of the machines or trucks whose weakest shift lacks most crews for them.

    Of equal ones the most numerous, then the first by kind; None where nothing serves in the zone.
    """
    there = Counter(m.kind for m in own.machines if m.serviceable and _zone(own, m) == zone)
    there += Counter(TRUCK for truck in own.trucks if truck.zone == zone)
    lacking = []
    for kind, count in there.items():
        shifts = [g.crews for g in own.crews if (g.zone, g.kind) == (zone, kind)]
        lacking.append((min(shifts, default=0) - count, -count, kind))
    return (zone, min(lacking)[-1]) if lacking else None


def _with_crews(own: Resources, needed: Mapping[tuple[str, str], int], changes: Changes) -> Changed:
    now, raised = crewed(own, needed)
    return now, [*changes, *raised]


def _zone(own: Resources, machine: Machine) -> str:
    """The zone that a machine clears."""
    homes = {depot.id: depot.zone for depot in own.depots}
    return machine.zone or homes.get(machine.depot, "")


def _new_id(ids: Sequence[str], number: int, taken: Collection[str]) -> str:
    """A new id that sorts after `ids`: the last of them with a number behind it."""
    return untaken(f"{max(ids)}-more-{number:03d}", taken)


def _times(count: int, factor: float) -> int:
    return math.ceil(round(count * factor, 6))


def _items(found: Mapping[Any, Any]) -> list[tuple[Any, Any]]:
    return sorted(found.items())


def _told(table: str, before: Sequence[Any], after: Sequence[Any], name: str) -> Changes:
    """(key, old, new) of one column of a table, where it changed."""
    pairs = [(b, getattr(b, name), getattr(a, name)) for b, a in zip(before, after, strict=True)]
    return [
        (f"{table}.{b.id}.{name}", f"{old:g}", f"{new:g}") for b, old, new in pairs if old != new
    ]
