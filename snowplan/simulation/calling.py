"""Calling out: when the centre calls, who comes, and until when each machine is crewed."""

from __future__ import annotations

from collections.abc import Generator

import simpy

from snowplan.clock import day_spells_ms
from snowplan.model.draws import uniform
from snowplan.model.fleet import CrewGroup
from snowplan.model.snow import NEVER
from snowplan.results.log import KIND, NO_MACHINE, REASON
from snowplan.simulation.outlook import Outlook
from snowplan.simulation.party import Party
from snowplan.simulation.unit import Unit
from snowplan.simulation.world import FIRST, Ending, World
from snowplan.units import MINUTES_PER_DAY, MS_PER_DAY, MS_PER_H, MS_PER_MIN, hours_ms, minutes_ms

Window = tuple[int, int, str]


def calling(world: World, outlook: Outlook) -> Generator[simpy.Event, object, None]:
    """Look at the sky every hour until there is a reason to call, then call everybody once.

    以雪为令: `lead_h` before the forecast onset, or as soon as it snows. Switched off, work begins
    by the clock, at the first fixed hour after the onset.
    """
    env = world.env
    if world.scenario.now is not None:
        call_out(world, int(env.now), "")
        return
    if world.call_look_ms:
        yield Ending(env, world.call_look_ms - int(env.now), FIRST)
    while True:
        now = int(env.now)
        at, reason = _call_at(world, outlook.onset(now), now)
        if at <= now:
            call_out(world, now, reason)
            return
        world.call_look_ms = min(at, (now // MS_PER_H + 1) * MS_PER_H)
        yield Ending(env, world.call_look_ms - now, FIRST)


def _call_at(world: World, onset: int, now: int) -> tuple[int, str]:
    """When to call for an onset as known now, and why; NEVER while no snow is in sight."""
    rules = world.plan.call_out
    if onset >= NEVER:
        return NEVER, "forecast"
    if world.plan.phrases.act_on_snow:
        return onset - hours_ms(rules.lead_h), "snow" if onset <= now else "forecast"
    clock = world.scenario.study.clock
    return clock.next_minute_of_day_ms(rules.fixed_start_minute, max(onset, 0)), "clock"


def call_out(world: World, now: int, reason: str) -> None:
    """Call every crew: roster the machines from `now` and wake them."""
    world.called_out_ms = now
    world.log.add(KIND["call_out"], NO_MACHINE, now, now, now, reason=REASON[reason])
    roster(world, now)
    for unit in world.everybody():
        unit.wake()


def roster(world: World, called_ms: int) -> None:
    """Give every machine and party its crews; one that gets none waits for want of one.

    Crews of a zone and kind take the machines in id order at each shift, so that the machine
    changes hands without stopping (人歇车不歇).
    """
    world.nights = _nights(world)
    machines: dict[tuple[str, str], list[Unit | Party]] = {}
    for unit in world.everybody():
        machines.setdefault((unit.zone, unit.crew_kind), []).append(unit)
    for (zone, kind), units in sorted(machines.items()):
        groups = [g for g in world.scenario.resources.crews if (g.zone, g.kind) == (zone, kind)]
        for begin, end, group in sorted(_shifts(world, groups), key=lambda s: (s[0], s[2].id)):
            if end <= called_ms or (begin < called_ms and _is_absent(world, group)):
                continue
            crews = [c for c in _present(world, group, begin) if c]
            free = [u for u in units if not u.crewed or u.crewed[-1][1] <= begin]
            for unit, crew in zip(free, crews, strict=False):
                start = begin
                if begin < called_ms:
                    start = max(begin, called_ms + _muster_ms(world, crew))
                if start < end:
                    unit.crewed.append((start, end, crew))
    for unit in world.everybody():
        unit.duty = without(merged(unit.crewed), world.nights)
        unit.crewed = [window for window in unit.crewed if window[0] < world.horizon]


def _shifts(world: World, groups: list[CrewGroup]) -> list[tuple[int, int, CrewGroup]]:
    clock = world.scenario.study.clock
    shifts = []
    for group in groups:
        begin = clock.next_minute_of_day_ms(group.start_minute % MINUTES_PER_DAY, -MS_PER_DAY)
        while begin <= world.horizon:  # who takes over at the horizon lets a pass begin before it
            shifts.append((begin, begin + hours_ms(group.length_h), group))
            begin = clock.next_minute_of_day_ms(group.start_minute, begin + MS_PER_MIN)
    return shifts


def _present(world: World, group: CrewGroup, begin: int) -> list[str]:
    """The crews of one shift that turn out (each with the drawn share as its chance)."""
    shift = f"{group.id}@{world.scenario.study.clock.text(begin)}"
    share = world.draws.value(shift, "turn_out", 1.0)
    names = [f"{shift}#{k + 1:02d}" for k in range(group.crews)]
    if share >= 1.0:
        return names
    seed = world.draws.run_seed
    return [name for name in names if uniform(seed, name, "present", 0) < share]


def _is_absent(world: World, group: CrewGroup) -> bool:
    """True where a duty officer has told that the crews of a shift under way are not there."""
    now = world.scenario.now
    return now is not None and group.id in now.absent


def _muster_ms(world: World, crew: str) -> int:
    if world.scenario.now is not None:
        return 0  # called before the start
    rules = world.plan.call_out
    quick = world.plan.phrases.quick_response
    promised = rules.muster_min if quick else rules.slow_muster_min
    return minutes_ms(promised + world.draws.value(crew, "muster_delay", 0.0))


def _nights(world: World) -> list[tuple[int, int]]:
    """Spells in which machines stand because 夜间清雪 is off."""
    if world.plan.phrases.clear_at_night:
        return []
    rules = world.plan.call_out
    clock = world.scenario.study.clock
    return day_spells_ms(
        clock, rules.night_from_minute, rules.night_to_minute, world.horizon + MS_PER_DAY
    )


def merged(windows: list[Window]) -> list[tuple[int, int]]:
    """Windows that touch are one spell of duty: the machine does not stop at handover."""
    spells: list[tuple[int, int]] = []
    for begin, end, _ in windows:
        if spells and begin <= spells[-1][1]:
            spells[-1] = (spells[-1][0], max(end, spells[-1][1]))
        else:
            spells.append((begin, end))
    return spells


def without(spells: list[tuple[int, int]], holes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spells with the holes cut out."""
    for hole_begin, hole_end in holes:
        cut = []
        for begin, end in spells:
            if begin < hole_begin:
                cut.append((begin, min(end, hole_begin)))
            if end > hole_end:
                cut.append((max(begin, hole_end), end))
            if begin >= hole_begin and end <= hole_end:
                continue
        spells = [(a, b) for a, b in cut if b > a]
    return spells
