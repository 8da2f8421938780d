"""Crews for more machines, trucks or squads than there were."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from snowplan.model.fleet import CrewGroup
from snowplan.model.hands import SQUAD_GROUPS
from snowplan.model.hauling import TRUCK

GROUP_KINDS = (TRUCK, *SQUAD_GROUPS)
Changes = list[tuple[str, str, str]]  # (key, old, new)


def raised_crews(
    crews: Sequence[CrewGroup], more: Mapping[tuple[str, str], int]
) -> tuple[tuple[CrewGroup, ...], Changes]:
    """So many crews more on every shift, by (zone, kind), and the differences.

    A kind that has no shift in the zone gets those that it works elsewhere, or any machine's.
    """
    groups = list(crews)
    changes: Changes = []
    for (zone, kind), count in sorted(more.items()):
        if count <= 0:
            continue
        own = [g for g in groups if (g.zone, g.kind) == (zone, kind)]
        if not own:
            own = _new_groups(crews, zone, kind, {g.id for g in groups})
            groups += own
        for group in own:
            raised = replace(group, crews=group.crews + count)
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
        groups.append(CrewGroup(untaken(name, taken), zone, kind, start, hours, 0))
    return groups


def untaken(name: str, taken: Collection[str]) -> str:
    """The name, with as many letters behind it as it takes to be a new one."""
    while name in taken:
        name += "b"
    return name
