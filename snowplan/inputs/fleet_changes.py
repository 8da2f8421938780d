"""Another number of machines of a kind than the table has, and the crews they need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from snowplan.model.crewing import raised_crews, untaken
from snowplan.model.fleet import CrewGroup, Depot, Machine


def resize(
    machines: Sequence[Machine], depots: Sequence[Depot], wanted: dict[str, int]
) -> tuple[tuple[Machine, ...], list[tuple[str, str, str]]]:
    """The fleet with `wanted` machines of each kind, and the differences.

    Fewer: the first by id stay, which keeps the depots even. More: new ids after the last, at the
    depots in turn.
    """
    kept = list(machines)
    changes: list[tuple[str, str, str]] = []
    ids = {machine.id for machine in machines}
    homes = sorted(depot.id for depot in depots)
    for kind in sorted(wanted):
        own = sorted((m for m in machines if m.kind == kind), key=lambda m: m.id)
        count = wanted[kind]
        if count == len(own) or (count > len(own) and not homes):
            continue
        changes.append((f"fleet.{kind}", str(len(own)), str(count)))
        gone = {machine.id for machine in own[count:]}
        kept = [machine for machine in kept if machine.id not in gone]
        number = len(own)
        while number < count:
            number += 1
            name = untaken(f"{kind.replace('_', '-')}-{number:03d}", ids)
            ids.add(name)
            kept.append(Machine(name, kind, homes[(number - 1) % len(homes)]))
    return tuple(sorted(kept, key=lambda machine: machine.id)), changes


def zones_of(machines: Sequence[Machine], depots: Sequence[Depot]) -> Counter[tuple[str, str]]:
    """How many machines stand in each zone, by (zone, kind)."""
    zone_of = {depot.id: depot.zone for depot in depots}
    return Counter((zone_of.get(machine.depot, ""), machine.kind) for machine in machines)


def crews_for(
    crews: Sequence[CrewGroup], had: Mapping[tuple[str, str], int], has: Counter[tuple[str, str]]
) -> tuple[tuple[CrewGroup, ...], list[tuple[str, str, str]]]:
    """Crews raised, shift by shift, for what `fleet` added; numbers by (zone, kind)."""
    return raised_crews(crews, {key: count - had.get(key, 0) for key, count in has.items()})
