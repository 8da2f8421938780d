"""Another number of machines of a kind than the table has, and the crews they need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from snowplan.inputs.fleet_tables import GROUP_KINDS
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
            name = f"{kind.replace('_', '-')}-{number:03d}"
            while name in ids:
                name += "b"
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
    groups = list(crews)
    changes: list[tuple[str, str, str]] = []
    for zone, kind in sorted(has):
        more = has[zone, kind] - had.get((zone, kind), 0)
        if more <= 0:
            continue
        own = [g for g in groups if (g.zone, g.kind) == (zone, kind)]
        if not own:
            own = _new_groups(crews, zone, kind, {g.id for g in groups})
            groups += own
        for group in own:
            raised = replace(group, crews=group.crews + more)
            groups[groups.index(group)] = raised
            changes.append((f"crews.{group.id}", str(group.crews), str(raised.crews)))
    return tuple(sorted(groups, key=lambda group: group.id)), changes


def _new_groups(
    crews: Sequence[CrewGroup], zone: str, kind: str, taken: set[str]
) -> list[CrewGroup]:
    """Empty groups on the shifts that this kind, or else any machine, works."""
    shifts = {(g.start_minute, g.length_h) for g in crews if g.kind == kind}
    shifts = shifts or {(g.start_minute, g.length_h) for g in crews if g.kind not in GROUP_KINDS}
    groups = []
    for start, hours in sorted(shifts):
        name = f"crew-{zone}-{kind.replace('_', '-')}-{start // 60:02d}{start % 60:02d}"
        while name in taken:
            name += "b"
        groups.append(CrewGroup(name, zone, kind, start, hours, 0))
    return groups
