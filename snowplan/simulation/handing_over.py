"""Handing over: what a finished run gives to its results, in plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from snowplan.dispatch.finding import Finder, Ways
from snowplan.model.network import Network
from snowplan.model.scenario import Scenario
from snowplan.model.snow import NEVER
from snowplan.results.facts import (
    AreaFacts,
    DepotFacts,
    DumpFacts,
    MachineFacts,
    PartyFacts,
    RunFacts,
    SkyFacts,
)
from snowplan.results.group_log import GroupLog
from snowplan.results.log import EventLog
from snowplan.simulation.continuing import resume
from snowplan.simulation.fleet_tables import Shape
from snowplan.simulation.ledgers import Ledger
from snowplan.simulation.running import finish_run, prepare
from snowplan.simulation.storing import Content, content_of
from snowplan.simulation.world import World
from snowplan.units import MS_PER_H

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Hour:
    """How machines drove in one hour of the run."""

    finder: Finder
    num: int
    den: int


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A finished run: its log, what the frames need to know besides, and its balanced books."""

    log: EventLog
    group_log: GroupLog
    facts: RunFacts
    ledger: Ledger
    simpy_events: int
    stored: tuple[tuple[int, Content], ...] = ()  # (instant, the world then), as asked for


def run_scenario(
    scenario: Scenario,
    network: Network,
    on_progress: Progress | None = None,
    finder: str = "auto",
    store_at: Iterable[int] = (),
    since: tuple[int, Content] | None = None,
    roads: dict[Shape, Ways] | None = None,
) -> HandedOver:
    """Run a scenario to its horizon, hour by hour, and hand over what happened.

    `on_progress` is told the instant reached. Stopping at each hour changes nothing: the stop comes
    before everything else at that instant. The world is stored at the instants `store_at`; `since`
    is such an instant and what was stored then, from which to go on. `roads` keeps travel times
    between runs on one network. Raises LedgerError and RunError as the engine does.
    """
    if since is None:
        world, hours = prepare(scenario, network, finder, roads), []
    else:
        world = resume(scenario, network, *since, finder)
        hours = hours_before(world, since[1])
    stored = []
    asked = set(store_at)
    full = set(range(MS_PER_H, world.horizon, MS_PER_H))
    for at in sorted(t for t in full | asked if world.env.now <= t < world.horizon):
        if at > world.env.now:
            world.env.run(until=at)
            if at in full:
                hours.append(Hour(world.finder, world.speed_num, world.speed_den))
        if at in asked:
            speeds = [(hour.num, hour.den) for hour in hours]
            stored.append((at, content_of(world, speeds)))
        if on_progress is not None and at in full:
            on_progress(at)
    finished = finish_run(world)
    hours.append(Hour(world.finder, world.speed_num, world.speed_den))
    if on_progress is not None:
        on_progress(world.horizon)
    return HandedOver(
        world.log, world.group_log, facts_of(world, hours), finished.ledger, finished.simpy_events,
        tuple(stored),
    )  # fmt: skip


def hours_before(world: World, content: Content) -> list[Hour]:
    """How machines drove in the full hours before a stored instant."""
    return [
        Hour(world.fleet.speed(world, hour * MS_PER_H, 0.0)[0], num, den)
        for hour, (num, den) in enumerate(content["speeds"])
    ]


def facts_of(world: World, hours: list[Hour]) -> RunFacts:
    """The givens and draws of a finished world; `hours` as watched while it ran."""

    def trip(hour: int, junction: int, place: int, to_depot: bool) -> tuple[int, int]:
        finder = hours[hour].finder
        if to_depot:
            return finder.way(junction, world.store_junctions[place])
        return finder.travel(junction, place)

    return RunFacts(
        scenario=world.scenario,
        network=world.network,
        sky=_sky_facts(world),
        machines=_machine_facts(world),
        depots=_depot_facts(world),
        grade=world.grade,
        called_out_ms=None if world.called_out_ms == NEVER else world.called_out_ms,
        speeds=tuple((hour.num, hour.den) for hour in hours),
        trip=trip,
        parties=_party_facts(world),
        dumps=_dump_facts(world),
        areas=_area_facts(world),
        verge_g=world.verge_g,
        left_due=_left_due(world),
    )


def _left_due(world: World) -> tuple[tuple[int, int], ...]:
    """Segments that the horizon leaves with strips due for clearing, and since when."""
    segments = range(len(world.network.seg.strips))
    found = ((k, world.board.left_due(k, world.horizon)) for k in segments)
    return tuple((k, due) for k, due in found if due < NEVER)


def _party_facts(world: World) -> tuple[PartyFacts, ...]:
    return tuple(
        PartyFacts(p.id, p.kind, p.group, p.zone, p.people, tuple(p.crewed)) for p in world.parties
    )


def _dump_facts(world: World) -> tuple[DumpFacts, ...]:
    points = world.scenario.resources.dump_points
    return tuple(
        DumpFacts(point.id, point.name, point.zone, dump.capacity_g, dump.initial_g, dump.junction)
        for point, dump in zip(points, world.dumps, strict=False)
    )


def _area_facts(world: World) -> AreaFacts:
    sides = world.sides
    return AreaFacts(
        tuple(sides.segment), tuple(int(part) for part in sides.part), tuple(sides.dm2)
    )


def _sky_facts(world: World) -> SkyFacts:
    sky = world.sky
    by_class = {int(road_class): curve for _, curve, road_class in sky.curves}
    return SkyFacts(
        spells=tuple(sky.spells),
        curves=tuple(by_class[c] for c in sorted(by_class)),
        density=sky.density,
        pavement_c=tuple(sky.pavement_c(t) for t in range(0, world.horizon, MS_PER_H)),
        stops_ms=sky.stops_ms,
    )


def _machine_facts(world: World) -> tuple[MachineFacts, ...]:
    return tuple(
        MachineFacts(
            unit.id, unit.type, unit.zone, unit.depot, unit.pace,
            (unit.travel_num, unit.travel_den), tuple(unit.crewed),
        )
        for unit in world.units
    )  # fmt: skip


def _depot_facts(world: World) -> tuple[DepotFacts, ...]:
    depots = world.scenario.resources.depots
    return tuple(
        DepotFacts(depot.id, depot.name, depot.zone, product, store.initial_g, junction)
        for depot, store, product, junction in zip(
            depots, world.stores, world.products, world.store_junctions, strict=True
        )
    )
