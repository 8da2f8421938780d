"""Machines of a readiness report: serviceable against needed, by zone and kind; who is mended."""

from __future__ import annotations

from snowplan.analysis.readiness_given import Evidence, Row, at_rank
from snowplan.model.fleet import KINDS, Machine
from snowplan.model.scenario import Resources

NO_CREW = (0, 0)


def machines(found: Evidence) -> Row:
    """`machines`: one row for each zone and kind that is there or needed, and the repair list."""
    resources = found.first.resources
    by_key = machines_by_key(resources)
    zones = sorted({zone.id for zone in found.first.road_map.zones} | {zone for zone, _ in by_key})
    rows = [
        _row(found, zone, kind, by_key.get((zone, kind), []))
        for zone in zones
        for kind in KINDS
        if (zone, kind) in by_key or any(_needed(found, zone, kind).values())
    ]
    return {"rows": rows, "in_repair": _in_repair(resources)}


def machines_by_key(resources: Resources) -> dict[tuple[str, str], list[Machine]]:
    """All machines by the zone that they clear and their kind."""
    zone_of = {depot.id: depot.zone for depot in resources.depots}
    found: dict[tuple[str, str], list[Machine]] = {}
    for machine in resources.machines:
        key = machine.zone or zone_of[machine.depot], machine.kind
        found.setdefault(key, []).append(machine)
    return found


def _row(found: Evidence, zone: str, kind: str, own: list[Machine]) -> Row:
    """Of a zone and kind; `standby`: serviceable ones for which the largest shift has no crew."""
    serviceable = sum(machine.serviceable for machine in own)
    least, most = found.given.crews.get(zone, {}).get(kind, NO_CREW)
    name = f"{kind}@{zone}"
    return {
        "zone": zone,
        "kind": kind,
        "listed": len(own),
        "serviceable": serviceable,
        "in_repair": len(own) - serviceable,
        "crews_least": least,
        "crews_most": most,
        "standby": max(0, serviceable - most),
        "needed": _needed(found, zone, kind),
        "peak": {
            scenario: int(at_rank([run.peak.get(name, 0) for run in runs], 0.5))
            for scenario, runs in found.kept.items()
        },
    }


def _needed(found: Evidence, zone: str, kind: str) -> dict[str, int | None]:
    """By scenario, what one round takes; None where it is not asked for or cannot be reckoned."""
    given = found.given.needed
    return {name: given.get(name, {}).get(zone, {}).get(kind) for name in found.given.scenarios}


def _in_repair(resources: Resources) -> list[Row]:
    zone_of = {depot.id: depot.zone for depot in resources.depots}
    return [
        {
            "machine": machine.id,
            "kind": machine.kind,
            "zone": machine.zone or zone_of[machine.depot],
            "depot": machine.depot,
            "note": machine.note,
        }
        for machine in sorted(resources.machines, key=lambda machine: machine.id)
        if not machine.serviceable
    ]
