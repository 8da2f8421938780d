"""Violations to plant in the evidence of a run; None where a run has no place for one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from snowplan.model.hands import Part
from snowplan.model.scenario import Resources
from snowplan.results.log import KIND, REASON
from tests.oracles.evidence import LOADING, Evidence, Row

Plant = Callable[[Evidence], Evidence | None]


# ---- tools of the planter ----------------------------------------------------------------------


def rows(e: Evidence, *kinds: str, who: tuple[str, ...] = ()) -> list[Row]:
    """Finished rows of some kinds (of some parties), in order."""
    return [
        r
        for r in e.rows
        if r.kind in kinds and not r.reason and r.end < e.horizon
        and (not who or (r.party >= 0 and e.party(r.party).kind in who))
    ]  # fmt: skip


def cell(e: Evidence, row: Row, **values: int) -> Evidence:
    """One row of the group log changed."""
    return e.planted(**{name: (row.number, value) for name, value in values.items()})


def ruled(e: Evidence, **parts: Any) -> Evidence:
    """The same logs beside another scenario."""
    return replace(e, facts=replace(e.facts, scenario=replace(e.scenario, **parts)))


def phrased(e: Evidence, **switches: bool) -> Evidence:
    """The same logs beside a plan with other switches."""
    plan = e.scenario.plan
    return ruled(e, plan=replace(plan, phrases=replace(plan.phrases, **switches)))


def hauled(e: Evidence, **rules: Any) -> Evidence:
    """The same logs beside other rules of hauling."""
    plan = e.scenario.plan
    return ruled(e, plan=replace(plan, haul=replace(plan.haul, **rules)))


def handed(e: Evidence, **rules: Any) -> Evidence:
    """The same logs beside other rules of hand work."""
    plan = e.scenario.plan
    return ruled(e, plan=replace(plan, hand=replace(plan.hand, **rules)))


def equipped(e: Evidence, change: Callable[[Resources], Resources]) -> Evidence:
    """The same logs beside other resources."""
    return ruled(e, resources=change(e.scenario.resources))


def party(e: Evidence, number: int, **changes: Any) -> Evidence:
    """The same logs with other facts of one party."""
    parties = list(e.facts.parties)
    parties[number] = replace(parties[number], **changes)
    return replace(e, facts=replace(e.facts, parties=tuple(parties)))


# ---- what is planted ---------------------------------------------------------------------------


def late_end(e: Evidence) -> Evidence | None:
    """A drive that is still going on when the next interval has begun."""
    found = rows(e, "travel")
    return cell(e, found[0], end=found[0].end + 1) if found else None


def long_shift(e: Evidence) -> Evidence | None:
    """A crew that stays ten hours too long."""
    for k, p in enumerate(e.facts.parties):
        if p.windows:
            begin, end, crew = p.windows[-1]
            return party(e, k, windows=(*p.windows[:-1], (begin, end + 36_000_000, crew)))
    return None


def one_crew_twice(e: Evidence) -> Evidence | None:
    """Two trucks with the same crew."""
    trucks = [k for k in e.parties("truck") if e.party(k).windows]
    return party(e, trucks[1], windows=e.party(trucks[0]).windows) if len(trucks) > 1 else None


def no_crew(e: Evidence) -> Evidence | None:
    """A squad that works though nobody has come."""
    found = rows(e, "hand_clear", who=("squad",))
    return party(e, found[0].party, windows=()) if found else None


def short_way(e: Evidence) -> Evidence | None:
    """A truck that drove no metre."""
    found = [r for r in rows(e, "haul") if r.dm > 100]
    return cell(e, found[0], dm=0) if found else None


def quick_way(e: Evidence) -> Evidence | None:
    """Trucks that are twice as fast as they can be."""
    if not rows(e, "haul"):
        return None
    slow = [replace(t, loaded_kph=t.loaded_kph / 2) for t in e.scenario.resources.trucks]
    return equipped(e, lambda r: replace(r, trucks=tuple(slow)))


def uncalled(e: Evidence) -> Evidence | None:
    """Loaders that work though the grade does not name their group."""
    if not rows(e, "load_snow"):
        return None
    plan = e.scenario.plan
    treatments = tuple(replace(t, groups=("clearing",)) for t in plan.treatments)
    return ruled(e, plan=replace(plan, treatments=treatments))


def truck_elsewhere(e: Evidence) -> Evidence | None:
    """A truck that is loaded where its loader is not."""
    found = rows(e, "load_snow", who=("truck",))
    return cell(e, found[0], place=(found[0].place + 1) % len(e.directions)) if found else None


def drive_to_nobody(e: Evidence) -> Evidence | None:
    """A truck that drives to a segment without a loader."""
    found = rows(e, "travel", who=("truck",))
    at_work = {v.place for k in e.parties(*LOADING) for v in e.visits[k]}
    empty = [k for k in range(len(e.directions)) if k not in at_work]
    return cell(e, found[0], place=empty[0]) if found and empty else None


def small_trucks(e: Evidence) -> Evidence | None:
    """Trucks loaded above their capacity."""
    if not rows(e, "unload"):
        return None
    small = [replace(t, volume_m3=t.volume_m3 / 3) for t in e.scenario.resources.trucks]
    return equipped(e, lambda r: replace(r, trucks=tuple(small)))


def less_unloaded(e: Evidence) -> Evidence | None:
    """A gram that is loaded and never unloaded."""
    found = rows(e, "unload")
    return cell(e, found[0], amount_g=found[0].amount_g - 1) if found else None


def small_dumps(e: Evidence) -> Evidence | None:
    """Dump points above their capacity."""
    if not rows(e, "unload"):
        return None
    small = [replace(d, capacity_m3=d.filled_m3) for d in e.scenario.resources.dump_points]
    return equipped(e, lambda r: replace(r, dump_points=tuple(small)))


def narrow_gates(e: Evidence) -> Evidence | None:
    """More trucks unload at once than there are gates."""
    if not rows(e, "unload"):
        return None
    narrow = [replace(d, gates=0) for d in e.scenario.resources.dump_points]
    return equipped(e, lambda r: replace(r, dump_points=tuple(narrow)))


def other_dump_rule(e: Evidence) -> Evidence | None:
    """Trucks that go to the nearest point though the plan says the emptiest."""
    return hauled(e, dump_rule="emptiest") if rows(e, "haul") else None


def green_dumps(e: Evidence) -> Evidence | None:
    """Treated snow on green places."""
    if not rows(e, "unload"):
        return None
    green = [replace(d, green=True) for d in e.scenario.resources.dump_points]
    changed = equipped(e, lambda r: replace(r, dump_points=tuple(green)))
    return hauled(changed, treated_off_green=True)


def asleep_loader(e: Evidence) -> Evidence | None:
    """A loader that waits for work where it was under way to a due windrow."""
    if not e.scenario.plan.phrases.haul_while_clearing:
        return None
    for row in rows(e, "travel", who=LOADING):
        network = e.facts.network
        zone = network.sections[network.seg.section[row.place]].duty.zone
        if zone == e.party(row.party).zone:
            return cell(e, row, kind=KIND["wait"], reason=REASON["work"], place=-1)
    return None


def asleep_squad(e: Evidence) -> Evidence | None:
    """A squad that waits for work where it was under way to a due area."""
    found = rows(e, "travel", who=("squad",))
    row = found[-1] if found else None
    return cell(e, row, kind=KIND["wait"], reason=REASON["work"], place=-1) if row else None


def no_order(e: Evidence) -> Evidence | None:
    """A plan without 先主后次, judged as if it had it."""
    on = e.scenario.plan.phrases.main_first
    return None if on else phrased(e, main_first=True, open_before_clean=True)


def too_early(e: Evidence) -> Evidence | None:
    """Loading beside clearing though 边清边运 is off."""
    on = e.scenario.plan.phrases.haul_while_clearing
    return phrased(e, haul_while_clearing=False) if on and rows(e, "load_snow") else None


def other_verge(e: Evidence) -> Evidence | None:
    """Verges that take a kilogram too much."""
    if not e.parties(*LOADING):
        return None
    verge_g = tuple(grams + 1_000 for grams in e.facts.verge_g)
    return replace(e, facts=replace(e.facts, verge_g=verge_g))


def snow_from_nowhere(e: Evidence) -> Evidence | None:
    """A load of more than lies there."""
    found = rows(e, "load_snow", who=LOADING)
    return cell(e, found[-1], amount_g=2_000_000_000) if found else None


def wide_areas(e: Evidence) -> Evidence | None:
    """Areas twice as large as on the map."""
    if not e.areas:
        return None
    twice = replace(e.facts.areas, dm2=tuple(2 * dm2 for dm2 in e.facts.areas.dm2))
    return replace(e, facts=replace(e.facts, areas=twice))


def more_taken(part: Part) -> Plant:
    """A gram more taken than lay there."""

    def plant(e: Evidence) -> Evidence | None:
        found = [r for r in rows(e, "hand_clear", "frontage_clear") if r.part == part]
        return cell(e, found[0], amount_g=found[0].amount_g + 1) if found else None

    return plant


def more_thrown(e: Evidence) -> Evidence | None:
    """A gram more thrown back than the zone's share."""
    found = [r for r in e.rows if r.reason == "thrown_back"]
    return cell(e, found[0], amount_g=found[0].amount_g + 1) if found else None


def two_squads(e: Evidence) -> Evidence | None:
    """An area under two squads at once."""
    squads, found = e.parties("squad"), rows(e, "hand_clear")
    if not found or len(squads) < 2:
        return None
    copy = list(e.table[found[0].number].tolist())
    copy[2] = next(k for k in squads if k != found[0].party)
    return e.with_rows([tuple(copy)])


def nothing_due(e: Evidence) -> Evidence | None:
    """Squads that clear what is not due."""
    return handed(e, trigger_mm=900.0) if rows(e, "hand_clear") else None


def other_group(e: Evidence) -> Evidence | None:
    """A squad of one group in the beat of another."""
    groups = {k: e.party(k).group for k in e.parties("squad")}
    for row in rows(e, "hand_clear"):
        other = next((k for k, group in groups.items() if group != groups[row.party]), None)
        if other is not None:
            return cell(e, row, party=other)
    return None


def slow_hands(e: Evidence) -> Evidence | None:
    """Hand work that is too quick for the workers there are."""
    rules = e.scenario.plan.hand
    return handed(e, m2_h=rules.m2_h / 2) if rows(e, "hand_clear") else None


def other_owners(**changes: float) -> Plant:
    """Owners who act when, or though, their zone does not."""

    def plant(e: Evidence) -> Evidence | None:
        if not rows(e, "frontage_clear"):
            return None
        return equipped(
            e, lambda r: replace(r, frontage=tuple(replace(f, **changes) for f in r.frontage))
        )

    return plant


def machines_at_the_fringe(e: Evidence) -> Evidence | None:
    """Machines on fringe segments while rural squads are called."""
    plan = e.scenario.plan
    groups = {g for t in plan.treatments for g in t.groups}
    if "rural" in groups or not any(s.group == "rural" for s in e.scenario.resources.squads):
        return None
    treatments = tuple(replace(t, groups=(*t.groups, "rural")) for t in plan.treatments)
    return ruled(e, plan=replace(plan, treatments=treatments))


def lost_gram(e: Evidence) -> Evidence:
    """A gram that the ledger does not know of."""
    snow = e.ledger["snow"]
    return replace(e, ledger={**e.ledger, "snow": {**snow, "lying": snow["lying"] + 1}})
