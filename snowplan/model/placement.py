"""Placing depots anew: where machines then live, and what each depot holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import cycle

from snowplan.model.fleet import Depot, Machine
from snowplan.model.places import distance_m
from snowplan.model.scenario import Resources, Scenario


def place(scenario: Scenario, depots: Sequence[Depot]) -> Scenario:
    """The scenario with these depots; machines keep the zone that they clear, homes follow.

    A home stays where its depot stays, and moves with it. Where the depots of a zone are other
    ones than before, its machines of each kind are shared between them by turns, those that are
    there staying as far as the shares allow. In a zone without depots, machines whose depot is
    given up go to the one nearest to it. Raises ValueError where no depot is left.
    """
    if not depots:
        raise ValueError("a scenario needs at least one depot")
    after = tuple(sorted(depots, key=lambda depot: depot.id))
    resources = scenario.resources
    machines = _rehomed(resources, after)
    return replace(scenario, resources=replace(resources, depots=after, machines=machines))


def _rehomed(resources: Resources, depots: tuple[Depot, ...]) -> tuple[Machine, ...]:
    """The machines with their homes among other depots, in the order they had."""
    zone_was = {depot.id: depot.zone for depot in resources.depots}
    zone_is = {depot.id: depot.zone for depot in depots}
    by_zone: dict[str, list[Machine]] = {}
    for machine in resources.machines:
        by_zone.setdefault(machine.zone or zone_was[machine.depot], []).append(machine)
    moved: dict[str, Machine] = {}
    for zone, machines in sorted(by_zone.items()):
        homes = _homes_in(zone, machines, resources.depots, depots)
        for machine in machines:
            home = homes[machine.id]
            if home == machine.depot and zone_is[home] == zone_was[home]:
                moved[machine.id] = machine
                continue
            own = "" if zone_is[home] == zone else zone
            moved[machine.id] = replace(machine, depot=home, zone=own)
    return tuple(moved[machine.id] for machine in resources.machines)


def _homes_in(
    zone: str, machines: Sequence[Machine], before: Sequence[Depot], after: Sequence[Depot]
) -> dict[str, str]:
    """The home of each machine of a zone, by its id."""
    there = [depot.id for depot in before if depot.zone == zone]
    here = [depot.id for depot in after if depot.zone == zone]
    if here and sorted(there) != here:
        return _shared(machines, here)
    left = {depot.id for depot in after}
    homes = {machine.id: machine.depot for machine in machines if machine.depot in left}
    homeless = [machine for machine in machines if machine.depot not in left]
    if here:
        return homes | _shared(homeless, here)
    return homes | {machine.id: _nearest(machine.depot, before, after) for machine in homeless}


def _shared(machines: Sequence[Machine], depots: Sequence[str]) -> dict[str, str]:
    """Machines of each kind dealt to depots, those that serve apart from those that do not."""
    homes: dict[str, str] = {}
    for kind, serves in sorted({(m.kind, m.serviceable) for m in machines}):
        alike = [m for m in machines if (m.kind, m.serviceable) == (kind, serves)]
        homes |= _dealt(sorted(alike, key=lambda machine: machine.id), depots)
    return homes


def _dealt(machines: Sequence[Machine], depots: Sequence[str]) -> dict[str, str]:
    """Equal shares; a depot with more of them already comes first, then the smaller id."""
    there = Counter(machine.depot for machine in machines)
    order = sorted(depots, key=lambda name: (-there[name], name))
    each, more = divmod(len(machines), len(order))
    room = {name: each + (turn < more) for turn, name in enumerate(order)}
    homes: dict[str, str] = {}
    for machine in machines:
        if room.get(machine.depot, 0) > 0:
            homes[machine.id] = machine.depot
            room[machine.depot] -= 1
    turns = cycle(order)
    for machine in machines:
        if machine.id not in homes:
            homes[machine.id] = name = next(name for name in turns if room[name] > 0)
            room[name] -= 1
    return homes


def _nearest(closed: str, before: Sequence[Depot], after: Sequence[Depot]) -> str:
    """The depot nearest to one that was given up; ties go to the smaller id."""
    at = next((depot.lon, depot.lat) for depot in before if depot.id == closed)
    return min((distance_m(at, (depot.lon, depot.lat)), depot.id) for depot in after)[1]


def stocked(
    before: Sequence[Depot], after: Sequence[Depot], stated: Collection[str] = ()
) -> tuple[Depot, ...]:
    """The depots of a placement with their stock: as stated for those named, else shared.

    What closed depots held goes to the others of the same product in proportion to their stock,
    in whole kg, so that nothing is gained or lost. A new depot weighs as much as the mean of those
    that were there before.
    """
    kg = {depot.id: depot.stock_kg for depot in after}
    left = {depot.id for depot in after}
    known = {depot.id for depot in before}
    for product in sorted({depot.product for depot in after}):
        alike = [depot for depot in after if depot.product == product]
        open_to = [depot for depot in alike if depot.id not in stated]
        total = sum(depot.stock_kg for depot in open_to if depot.id in known) + sum(
            depot.stock_kg for depot in before if depot.id not in left and depot.product == product
        )
        weights = _weights(open_to, [depot for depot in alike if depot.id in known], known)
        kg |= zip((depot.id for depot in open_to), shared_kg(total, weights), strict=True)
    return tuple(replace(depot, stock_kg=kg[depot.id]) for depot in after)


def _weights(depots: Sequence[Depot], old: Sequence[Depot], known: Collection[str]) -> list[int]:
    """Stock times the number of old depots; their sum for a new one, which is their mean so."""
    mean = sum(depot.stock_kg for depot in old)
    weights = [depot.stock_kg * len(old) if depot.id in known else mean for depot in depots]
    return weights if any(weights) else [1] * len(depots)


def shared_kg(total_kg: int, weights: Sequence[int]) -> list[int]:
    """Whole kilograms in proportion to weights, their sum exact (largest remainder, then order)."""
    if not weights:
        return []
    whole = sum(weights)
    shares = [total_kg * weight // whole for weight in weights]
    left = total_kg - sum(shares)
    order = sorted(range(len(weights)), key=lambda n: (-(total_kg * weights[n] % whole), n))
    for n in order[:left]:
        shares[n] += 1
    return shares
