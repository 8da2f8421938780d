"""Continuing: a run goes on from a stored state, in this process or another, byte for byte.

The world is built anew from its scenario and filled with what was stored. Then every process is
entered from its record. Same-instant order is (time, place in line, creation): bells before the
ends of what they interrupt, machines at a bay before those in line for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from snowplan.errors import RunError
from snowplan.model.grades import Grade
from snowplan.model.network import Network
from snowplan.model.scenario import Scenario
from snowplan.model.snow import NEVER
from snowplan.results.group_log import GroupLog
from snowplan.results.log import EventLog
from snowplan.results.plain import fill, from_plain
from snowplan.simulation.assessing import (
    see_trigger,
    set_sequence,
    treated_segments,
    trigger_levels,
)
from snowplan.simulation.group_work import start_groups
from snowplan.simulation.running import begin, furnish
from snowplan.simulation.storing import Content, brine_of, names_of
from snowplan.simulation.unit import Unit
from snowplan.simulation.waiting import set_bell
from snowplan.simulation.world import World
from snowplan.units import MS_PER_H


def resume(
    scenario: Scenario, network: Network, now: int, content: Content, finder: str = "auto"
) -> World:
    """The world of a scenario as stored at `now`, with every process waiting to go on.

    Raises RunError when the content does not fit the scenario.
    """
    world = furnish(scenario, network, finder, now_ms=now)
    try:
        put_back(world, content)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise RunError(f"the stored state does not fit this scenario: {error!r}") from error
    for unit in world.units:
        if now <= unit.bell_ms < NEVER:
            set_bell(world, unit)
    if world.alarm_at < NEVER:
        world.set_alarm(world.alarm_at)
    begin(world, in_line_first(world))
    start_groups(world)
    return world


def put_back(world: World, content: Content) -> None:
    """Fill a furnished world with a stored content."""
    restore(world, content["world"])
    fill(world.draws.counters, from_plain(content["draws"]))
    restore(world.ground, content["ground"])
    world.ground.brine.update((s, brine_of(from_plain(v))) for s, v in content["brine"])
    restore(world.board, content["board"])
    restore(world.sides, content["sides"])
    restore(world.windrows, content["windrows"])
    for name, records in (
        ("stores", world.stores), ("units", world.units), ("dumps", world.dumps),
        ("parties", world.parties),
    ):  # fmt: skip
        for record, stored in zip(records, content[name], strict=True):
            restore(record, stored)
    put_back_teams(world, content)
    names = ("log", "team_row", "team", "log_due")
    world.log = EventLog(*(from_plain(content[name]) for name in names))
    world.group_log = GroupLog(*(from_plain(content[name]) for name in ("group_log", "group_due")))
    put_back_rules(world, Grade(content["grade"]))


def restore(record: object, stored: Content) -> None:
    """Fill the stored attributes of a record; what others hold too stays the same object."""
    names = set(names_of(record))
    if names != set(stored):
        differ = ", ".join(sorted(names ^ set(stored)))
        raise ValueError(f"{type(record).__name__}: {differ}")
    for name, found in stored.items():
        value: Any = from_plain(found)
        if not fill(getattr(record, name), value):
            setattr(record, name, value)


def put_back_teams(world: World, content: Content) -> None:
    """Who leads whom, and who stands idle."""
    by_order = {unit.order: unit for unit in world.units}
    for order, members in content["teams"]:
        by_order[order].team = [by_order[m] for m in members]
    for order, leader in content["led"]:
        by_order[order].leader = by_order[leader]
    for order in content["idle"]:
        world.enlist(by_order[order])


def put_back_rules(world: World, grade: Grade) -> None:
    """What follows from the grade in force and from the last assessment."""
    world.grade = grade
    world.treatment = world.plan.treatment(max(grade, Grade.LIGHT))
    set_sequence(world)
    world.levels = trigger_levels(world)
    world.spreads = treated_segments(world)
    see_trigger(world)
    last = (int(world.env.now) - 1) // MS_PER_H * MS_PER_H
    world.finder = world.fleet.speed(world, last, 0.0)[0]


def in_line_first(world: World) -> Iterable[Unit]:
    """Machines at bays and in line for them as they came, then the others in order."""
    by_order = {unit.order: unit for unit in world.units}
    waiting = [order for store in world.stores for order in store.line]
    return [by_order[o] for o in (*waiting, *(o for o in by_order if o not in set(waiting)))]
