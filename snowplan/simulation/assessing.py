"""Every hour: the grade, whether snow has stopped, the pavement, the roads' speed."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np
import simpy

from snowplan.dispatch.ranks import rank_class_of
from snowplan.model.fleet import Work
from snowplan.model.grades import Grade
from snowplan.model.roads import RoadClass
from snowplan.model.snow import NEVER, Level
from snowplan.results.log import KIND, NO_MACHINE, REASON
from snowplan.simulation.ground import set_of
from snowplan.simulation.group_work import stir_groups
from snowplan.simulation.hand_dues import share_fringe
from snowplan.simulation.hauling import see_if_cleared
from snowplan.simulation.outlook import Outlook
from snowplan.simulation.world import FIRST, Ending, World
from snowplan.units import MM_PER_INCH, MS_PER_H, hours_ms


def assessing(world: World, outlook: Outlook) -> Generator[simpy.Event, object, None]:
    """Re-assess at every full hour of the run; a change is an event (以雪为令)."""
    if world.env.now:  # entered later: the next full hour is still to come
        yield Ending(world.env, -int(world.env.now) % MS_PER_H, FIRST - 1)
    while True:
        now = int(world.env.now)
        assess(world, outlook, now)
        if now + MS_PER_H >= world.horizon:
            return
        yield Ending(world.env, MS_PER_H, FIRST - 1)


def assess(world: World, outlook: Outlook, now: int) -> None:
    """One assessment: what has changed is written down and the board follows."""
    grade = world.scenario.grade
    if grade is None:
        grade = outlook.grade(now, world.scenario.around.grade_rows)
    stopped = outlook.over(now, hours_ms(world.plan.call_out.dry_h))
    changed = grade != world.grade or stopped != world.stopped
    if grade != world.grade:
        world.log.add(KIND["grade"], NO_MACHINE, now, now, now, reason=REASON[grade.key])
    world.grade, world.stopped = grade, stopped
    if now == 0:
        first_look(world)
    if changed or now == 0:
        apply_treatment(world, now)
    set_dose(world, now)
    set_speed(world, now)
    see_if_cleared(world, now)


def apply_treatment(world: World, now: int) -> None:
    """Set triggers, sequence and treated classes to the grade in force; re-reckon what is due."""
    world.treatment = world.plan.treatment(max(world.grade, Grade.LIGHT))
    set_sequence(world)
    share_fringe(world)
    board = world.board
    world.levels = trigger_levels(world)
    world.spreads = treated_segments(world)
    see_trigger(world)
    seg = world.network.seg
    due_first = {}
    for key, curve, _ in world.sky.curves:
        spell = curve.spell(0, float(world.sky.initial_um), curve.film)
        due_first[key] = curve.over(world.levels[key], 0, spell, curve.film)
    for segment, count in enumerate(seg.strips):
        for s in range(seg.strip0[segment], seg.strip0[segment] + count):
            _reckon(world, segment, s, now, due_first)
        if count:
            lo = seg.strip0[segment]
            for due in sorted(set(board.lead_due[lo : lo + count])):
                world.expect(max(now, due), segment)
            board.refresh(segment, now)
            board.refresh_special(segment, now)
    world.free_all()
    stir_groups(world, now)


def set_sequence(world: World) -> None:
    """Who leads and who follows: the grade's sequence, as far as the fleet has the machines.

    Without ploughs brushes lead (below their ceiling), without brushes ploughs do.
    """
    sequence, works = world.treatment.sequence, set(world.board.kinds.values())
    ploughs, brushes = Work.PLOUGH in works, Work.BRUSH in works
    wanted = Work.PLOUGH in sequence
    world.board.lead_is_plough = (wanted or not brushes) if ploughs else not brushes
    world.follows = wanted and ploughs and brushes and Work.BRUSH in sequence


def _reckon(world: World, segment: int, s: int, now: int, due_first: dict[int, int]) -> None:
    """One strip's due instants under the treatment in force, without touching its snow."""
    board, ground = world.board, world.ground
    curve = ground.curves[segment]
    key = id(curve)
    if world.stopped:
        areal = ground.areal(s, segment, now)
        packed = ground.packed_at(s, segment, now)
        thick = packed > ground.scrape * ground.m2[segment] and not board.by_hand[segment]
        wanted = areal > world.levels[key].theta or (packed > 0 and not thick)
        board.lead_due[s] = min(now, board.lead_due[s]) if wanted else NEVER
        ice = ground.freeze_ms(s)
        if not wanted and ice < NEVER:
            board.lead_due[s] = max(now, ice)
            world.expect(board.lead_due[s], segment)
        board.grade_due[s] = now if thick and Work.GRADE in world.treatment.sequence else NEVER
        board.special[segment] |= board.grade_due[s] < NEVER
        board.spread_due[s] = NEVER
        return
    once = board.worked[s] and not world.plan.phrases.clear_in_snow
    if once:
        board.lead_due[s] = NEVER
    elif board.lead_due[s] > now:
        brine = ground.brine.get(s)
        if board.worked[s] or brine or world.scenario.now is not None:
            film = brine.film if brine else curve.film
            spell = (ground.base[s], ground.k[s], ground.begin[s])
            board.lead_due[s] = curve.over(world.levels[key], now, spell, film)
        else:
            board.lead_due[s] = max(now, due_first[key])
    fresh = s not in world.last_spread and segment not in world.treated_at_start
    if world.spreads[segment] and fresh and world.sky.onset_ms < NEVER:
        board.spread_due[s] = min(board.spread_due[s], max(world.sky.onset_ms, 0))
        board.special[segment] = 1
        if s == world.network.seg.strip0[segment]:
            world.expect(board.spread_due[s], segment, special=True)


def set_dose(world: World, now: int) -> None:
    """The dose of this hour; spreading is switched on and off by the cold.

    That it is too cold is said only where the treatment in force spreads at all.
    """
    pavement = world.sky.pavement_c(now)
    rules = world.plan.doses
    world.dose = rules.dose_g_m2(pavement, repeat=False)
    world.repeat_dose = rules.dose_g_m2(pavement, repeat=True)
    on = world.dose > 0 and world.fleet.spreads
    if bool(on) != world.board.spread_on:
        world.board.spread_on = bool(on)
        for segment, count in enumerate(world.network.seg.strips):
            if count:
                world.board.refresh_special(segment, now)
        world.free_all()
    wanted = world.fleet.spreads and world.treatment.spread_classes
    if not on and wanted and world.sky.onset_ms <= now and not world.told_cold:
        world.told_cold = True
        world.log.add(KIND["refuse"], NO_MACHINE, now, now, now, reason=REASON["too_cold"])


def set_speed(world: World, now: int) -> None:
    """Travel factor of the hour: snow on the network (exact grams) and the hour's traffic."""
    world.finder, world.speed_num, world.speed_den = world.fleet.speed(
        world, now, mean_depth_mm(world, now)
    )


def mean_depth_mm(world: World, now: int) -> float:
    """Mean loose depth over all strips; whole grams are summed, so the order does not matter."""
    ground = world.ground
    if not world.fleet.strip_m2.size:
        return 0.0
    base, k, begin = ground.all_base, ground.all_k, ground.all_begin
    total = 0
    for key, curve, _ in world.sky.curves:
        at = world.fleet.strips_of[key]
        net, w, y = curve.at(now)
        linear = np.maximum(base[at] + net / MS_PER_H, 0.0)
        packed = curve.film + (k[at] + w) / y
        areal = np.where(begin[at] >= now, linear, packed)
        total += int((areal * world.fleet.strip_m2[at]).astype(np.int64).sum())
    return total / float(world.fleet.strip_m2_total) / ground.density


def trigger_levels(world: World) -> dict[int, Level]:
    """By curve object: the depth at which a strip is due under the treatment in force."""
    return {
        key: curve.level(trigger_g_m2(world, road_class))
        for key, curve, road_class in world.sky.curves
    }


def trigger_g_m2(world: World, road_class: RoadClass) -> float:
    """The depth at which a strip is due, as g/m²: the trigger while it snows, then clean."""
    if world.stopped:
        return world.plan.thresholds.clean_depth_mm * world.sky.density
    return world.treatment.trigger_depth_mm[road_class.key] * world.sky.density


def see_trigger(world: World) -> None:
    """Whether a look at the depth may be spared below the trigger (see `work_ms`)."""
    inch = MM_PER_INCH * world.sky.density
    world.trigger_deep = any(level.theta >= inch for level in world.levels.values())


def first_look(world: World) -> None:
    """When to look at each segment's blocking, before any pass and after one.

    Where a duty officer has told what lies, each is looked at at once.
    """
    ground = world.ground
    peak = max(world.sky.fall.net_rate, default=0)
    passable = world.plan.thresholds.passable_depth_mm * world.sky.density
    lefts = [unit.left for unit in world.units if unit.clears] or [(0.0, 0.0)]
    gaps = []
    for rough in (0, 1):
        room = passable - max(left[rough] for left in lefts)
        gaps.append(int(max(0.0, room) * MS_PER_H / peak) if peak else NEVER)
    world.bare_gap = [gaps[rough] for rough in ground.rough]
    if world.scenario.now is not None:
        for segment, count in enumerate(world.network.seg.strips):
            if count:
                world.look_at_block(segment, 0)
        return
    soonest = {}
    for curve in set_of(ground.curves):
        spell = curve.spell(0, float(world.sky.initial_um), curve.film)
        key = id(curve)
        soonest[key] = curve.over(ground.passable[key], 0, spell, curve.film)
    for segment, count in enumerate(world.network.seg.strips):
        if count:
            world.look_later(segment, soonest[id(ground.curves[segment])])


def treated_segments(world: World) -> list[bool]:
    """Which segments get de-icer at the grade in force."""
    classes = {rank_class_of(name) for name in world.treatment.spread_classes}
    return [rank_class in classes for rank_class in world.network.seg.rank_class]
