"""The groups beside the machines, from their tables, with the changes of the scenario."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from snowplan.inputs import group_tables as groups
from snowplan.inputs.overrides import Document
from snowplan.inputs.reading import Reading
from snowplan.inputs.scenario_schema import ScenarioFile
from snowplan.inputs.seed_files import SeedFiles
from snowplan.model.fleet import Depot
from snowplan.model.hands import Frontage, SquadGroup
from snowplan.model.hauling import TRUCK, DumpPoint, Truck


@dataclass(frozen=True, slots=True)
class Groups:
    """Trucks and dump points, squads, frontage duty."""

    trucks: tuple[Truck, ...] = ()
    dump_points: tuple[DumpPoint, ...] = ()
    squads: tuple[SquadGroup, ...] = ()
    frontage: tuple[Frontage, ...] = ()


def read_groups(reading: Reading, seeds: SeedFiles, zones: Collection[str]) -> Groups:
    """The four tables; one that is not there has no rows."""
    trucks = seeds.find("trucks")
    dumps = seeds.find("dump_points")
    squads = seeds.find("squads")
    frontage = seeds.find("frontage")
    return Groups(
        groups.read_trucks(reading, trucks, zones) if trucks else (),
        groups.read_dump_points(reading, dumps, zones) if dumps else (),
        groups.read_squads(reading, squads, zones) if squads else (),
        groups.read_frontage(reading, frontage, zones) if frontage else (),
    )


def leave_out(found: Groups, without: Sequence[str], document: Document) -> Groups:
    """What is left when the scenario does without some of the groups; each is a difference."""
    left = found
    if "hauling" in without:
        left = replace(left, trucks=(), dump_points=())
    if "hand" in without:
        left = replace(left, squads=())
    if "frontage" in without:
        left = replace(left, frontage=())
    for name in ("trucks", "dump_points", "squads", "frontage"):
        old, new = len(getattr(found, name)), len(getattr(left, name))
        if old != new:
            document.note(("without", name), old, new)
    return left


def resize_trucks(
    trucks: Sequence[Truck],
    table: ScenarioFile,
    depots: Sequence[Depot],
    document: Document,
    reading: Reading,
) -> tuple[Truck, ...]:
    """As many trucks as `[fleet] truck` says.

    Fewer: one zone after the other gives up its last. More: like the first of the zone, or the
    first of all, in the zones of trucks and depots in turn.
    """
    count = table.fleet.truck
    if count and not trucks and "hauling" not in table.without and not reading.faults.items:
        file, where = document.locate(["fleet", TRUCK])
        expected = "a truck in trucks.csv that the others are like"
        reading.faults.add(file, where, f"key fleet.{TRUCK}", count, expected)
    if count is None or count == len(trucks) or not trucks:
        return tuple(trucks)
    document.note(("fleet", TRUCK), len(trucks), count)
    kept = _evenly(trucks, count)
    zones = sorted({truck.zone for truck in trucks} | {depot.zone for depot in depots})
    ids = {truck.id for truck in trucks}
    number = 0
    while len(kept) < count:
        number += 1
        name = f"{TRUCK}-{number:03d}"
        if name not in ids:
            zone = zones[len(kept) % len(zones)]
            like = next((truck for truck in trucks if truck.zone == zone), trucks[0])
            kept.append(replace(like, id=name, zone=zone))
    return tuple(sorted(kept, key=lambda truck: truck.id))


def _evenly(trucks: Sequence[Truck], count: int) -> list[Truck]:
    """At most `count` trucks, the first of every zone before the second of any."""
    turns: dict[str, int] = {}
    ranked = []
    for truck in sorted(trucks, key=lambda truck: truck.id):
        turns[truck.zone] = turns.get(truck.zone, 0) + 1
        ranked.append((turns[truck.zone], truck.id, truck))
    return [truck for _, _, truck in sorted(ranked, key=lambda row: row[:2])[:count]]
