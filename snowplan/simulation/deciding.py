"""A machine asks what to do next, and its job is fixed: where, which strips, with whom."""

from __future__ import annotations

from collections.abc import Sequence

from snowplan.dispatch.finding import Hit
from snowplan.dispatch.ranks import CLEAN, TRAVEL_MASK
from snowplan.model.fleet import Work
from snowplan.results.log import REASON
from snowplan.simulation.unit import Unit
from snowplan.simulation.world import SHIFT, World
from snowplan.units import DM2_PER_M2, G_PER_KG, MM_PER_INCH, round_up_step

Groups = Sequence[tuple[int, int]]


def decide(world: World, unit: Unit, now: int) -> bool:
    """Fix the next job of a machine and of its team; False when there is nothing it can do now.

    The order is the plan's: (rank, due instant, travel time, segment), first in the machine's own
    zone, then in the zones within reach of mutual aid.
    """
    world.guard(now, unit)
    limit = (now + 1) << SHIFT
    if world.due[0] < limit or world.due_special[0] < limit or world.looks[0] < limit:
        world.bring_up(now)
    while True:
        hit = world.finder.best(unit.type.kind, unit.junction, unit.zone)
        if hit is None:
            hit = look_abroad(world, unit)
            if hit is None:
                dismiss(unit, 0)
                return False
        key, segment = hit
        start = now
        if key & TRAVEL_MASK:
            start += world.travel_ms(key & TRAVEL_MASK, unit)
        groups = choose_strips(world, unit, segment, now)
        brushes_lead = unit.work is Work.BRUSH and not world.board.lead_is_plough
        if brushes_lead and _too_deep(world, unit, segment, groups, start, now):
            continue
        if len(groups) == 1 and not unit.team:
            return take_alone(world, unit, segment, groups[0], now, start)
        return take(world, unit, segment, groups, now, start)


def look_abroad(world: World, unit: Unit) -> Hit | None:
    """The best candidate of the zones that the machine may aid."""
    finder, kind = world.finder, unit.type.kind
    hits = (finder.best(kind, unit.junction, zone) for zone in world.aid.get(unit.zone, ()))
    return min((h for h in hits if h is not None), default=None)


def choose_strips(world: World, unit: Unit, segment: int, now: int) -> list[tuple[int, int]]:
    """The strips to work: one run for the machine, and one more for each machine of a team."""
    board = world.board
    if world.many_strips[segment] and (unit.work is Work.PLOUGH or unit.work is Work.BRUSH):
        idle = world.idle.get((unit.type.kind, unit.zone))
        most = 1 + len(unit.team) + (len(idle) if idle else 0)
        if most > 1 and (world.plan.rules.team_on_open or board.stage(segment, now) == CLEAN):
            return board.groups(segment, unit.work, now, unit.cover[segment], most)
    return board.groups(segment, unit.work, now, unit.cover[segment], 1)


def _too_deep(world: World, unit: Unit, segment: int, groups: Groups, start: int, now: int) -> bool:
    """Hand strips deeper than the brush's ceiling to the ploughs, and say so."""
    ceiling = unit.type.tool.ceiling_mm * world.ground.density
    if not ceiling:
        return False
    deep = [
        s
        for lo, hi in groups
        for s in range(lo, hi)
        if world.ground.areal(s, segment, start) > ceiling
    ]
    if not deep:
        return False
    for s in deep:
        world.board.deep[s] = 1
        world.board.lead_due[s] = min(world.board.lead_due[s], now)
    world.board.refresh(segment, now)
    world.refuse(unit, now, segment, REASON["too_deep"])
    zone = world.zones[segment]
    for kind, work in world.board.kinds.items():
        if work is Work.PLOUGH:
            world.free_for(kind, zone, 1)
    return True


def take_alone(
    world: World, unit: Unit, segment: int, group: tuple[int, int], now: int, start: int
) -> bool:
    """Claim strips for one machine, unless the crew or the hopper forbids it."""
    end = start + work_ms(world, unit, unit.pace, segment, (group,), start)
    if not _may_begin(world, unit, segment, group, now, end):
        return False
    board = world.board
    lo, hi = group
    unit.due = board.due_of(unit.work, lo, hi, now)
    claimed = board.claimed
    for s in range(lo, hi):
        claimed[s] = 1
    unit.segment, unit.lo, unit.hi = segment, lo, hi
    unit.decided, unit.start, unit.end, unit.planned_end = now, start, end, end
    unit.team_number = 0
    unit.opens = (
        board.block_at[segment] <= now and unit.clears and board.stage(segment, now) != CLEAN
    )
    if unit.opens:
        board.opening[segment] += 1
    if unit.since < now:
        unit.close(world.log, now)
    if hi - lo == world.network.seg.strips[segment]:
        board.take_all(segment)
    else:
        board.refresh(segment, now)
    if board.special[segment]:
        board.refresh_special(segment, now)
    if unit.to_failure_ms <= end - now:
        _doom(unit, [unit], now)
    return True


def _may_begin(
    world: World, unit: Unit, segment: int, group: tuple[int, int], now: int, end: int
) -> bool:
    """A job must end within the crew's shift, and a spreader must have its dose aboard."""
    if end > unit.duty_to:
        dismiss(unit, 0)
        unit.duty_to = now  # what is left of the shift is too short for this job: it ends here
        unit.turn_to(world.log, now, "wait", "shift_end")
        return False
    if unit.work is Work.SPREAD and not _loaded(world, unit, segment, group):
        unit.wants_load = True
        return False
    return True


def take(world: World, unit: Unit, segment: int, groups: Groups, now: int, start: int) -> bool:
    """Claim strips for a machine and its team: all start when the last has arrived."""
    crew = [unit, *_gather(world, unit, len(groups) - 1)]
    for member in crew[1:]:
        if member.junction != unit.junction:
            way = world.finder.travel(member.junction, segment)[0]
            start = max(start, now + world.travel_ms(way, member))
    slowest = min(member.pace for member in crew)
    end = start + work_ms(world, unit, slowest, segment, groups, start)
    if not _may_begin(world, unit, segment, groups[0], now, end):
        return False
    crew = _fit(crew, end)
    if len(crew) > 1:
        world.teams += 1
    board = world.board
    opens = unit.clears and board.stage(segment, now) != CLEAN
    for member, (lo, hi) in zip(crew, groups, strict=False):
        member.due = board.due_of(unit.work, lo, hi, now)
        for s in range(lo, hi):
            board.claimed[s] = 1
        member.segment, member.lo, member.hi = segment, lo, hi
        member.decided, member.start, member.end, member.planned_end = now, start, end, end
        member.team_number = world.teams if len(crew) > 1 else 0
        member.opens = opens
        member.close(world.log, now)
    if opens:
        board.opening[segment] += len(crew)
    board.refresh(segment, now)
    if board.special[segment]:
        board.refresh_special(segment, now)
    if any(member.to_failure_ms <= end - now for member in crew):
        _doom(unit, crew, now)
    return True


def _gather(world: World, unit: Unit, wanted: int) -> list[Unit]:
    """The team: members kept first, then idle machines of the same kind and zone, by id."""
    if wanted < len(unit.team):
        dismiss(unit, wanted)
    if wanted > len(unit.team):
        idle = world.idle.get((unit.type.kind, unit.zone))
        for order in sorted(idle)[: wanted - len(unit.team)] if idle else ():
            member = world.idle[unit.type.kind, unit.zone][order]
            world.unrest(member)
            member.leader = unit
            unit.team.append(member)
    return unit.team


def _fit(crew: list[Unit], end: int) -> list[Unit]:
    """Members whose crews go home before the end stay behind."""
    kept = [crew[0]] + [m for m in crew[1:] if m.duty_to >= end]
    for member in crew[1:]:
        if member.duty_to < end:
            release(member)
    crew[0].team = kept[1:]
    return kept


def dismiss(unit: Unit, keep: int) -> None:
    """Let the members beyond the first `keep` go their own ways at this instant."""
    for member in unit.team[keep:]:
        release(member)
    del unit.team[keep:]


def release(member: Unit) -> None:
    """A member decides for itself again."""
    member.leader = None
    member.segment = -1
    member.wake()


def _doom(unit: Unit, crew: list[Unit], now: int) -> None:
    """Machines that will fail on this job stop at their own instant; the rest work on.

    Hours to failure are sampled beforehand, so no process has to be interrupted. If it is the
    leader that fails, the first sound member leads.
    """
    sound = [m for m in crew if m.to_failure_ms > m.end - now]
    for member in crew:
        if member not in sound:
            member.breaks = True
            member.end = now + member.to_failure_ms
            member.leader = None
            if member is not unit:
                member.wake()
    unit.team = []
    if unit in sound:
        unit.team = [m for m in sound if m is not unit]
    elif sound:
        sound[0].leader = None
        sound[0].team = sound[1:]
        for member in sound[1:]:
            member.leader = sound[0]
        sound[0].wake()


def work_ms(world: World, unit: Unit, pace: float, segment: int, groups: Groups, start: int) -> int:
    """Time on the segment at a pace: kind, class, depth at the start, runs.

    Below the trigger depth no look at the snow is needed where that is under an inch.
    """
    base = unit.base_ms[segment] / pace
    lo = groups[0][0]
    if unit.depth_k and (world.trigger_deep or world.board.lead_due[lo] <= start):
        ground = world.ground
        areal = ground.areal(lo, segment, start)
        for other, _ in groups[1:]:
            areal = max(areal, ground.areal(other, segment, start))
        inches = areal / ground.density / MM_PER_INCH
        if inches > 1.0:
            base *= 1.0 + unit.depth_k * (inches - 1.0)
    if world.part_done and (segment, lo) in world.part_done:
        done = world.part_done[segment, lo] / 1000.0
        base = base * (1.0 - done) + done * world.fleet.drive_ms(segment, unit.type)
    return round_up_step(base)


def _loaded(world: World, unit: Unit, segment: int, group: tuple[int, int]) -> bool:
    """True when the hopper holds the dose for these strips (or is full and cannot hold more)."""
    repeat = group[0] in world.last_spread
    unit.dose_g_m2 = world.repeat_dose if repeat else world.dose
    need = int(unit.dose_g_m2 * world.network.seg.strip_dm2[segment] / DM2_PER_M2) * (
        group[1] - group[0]
    )
    if unit.makes_do and unit.hopper_g > 0:
        return True
    return unit.hopper_g >= min(need, unit.type.capacity_kg * G_PER_KG)
