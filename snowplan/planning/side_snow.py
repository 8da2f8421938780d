"""What hands bring to the kerb from pavements and cycle lanes by an instant, before any run."""

from __future__ import annotations

from collections.abc import Iterable

from snowplan.planning.ground_facts import CLEARING, RURAL, Lie
from snowplan.planning.hands_check import Hands, Side, sides_of
from snowplan.planning.storms import DesignStorm
from snowplan.units import hours_ms


def cleared_sides_m2(lie: Lie, storm: DesignStorm, end_ms: int) -> dict[str, float]:
    """m² beside each section that squads and owners have cleared by then, by section.

    Of what squads have, the share that those of the zone who have all of it can clear at full
    rate, the same on every section; of frontage, what owners who comply clear in time.
    """
    rules = lie.plan.hand
    if rules is None:
        return {}
    called = set(lie.plan.treatment(storm.grade).groups)
    found: dict[str, float] = {}
    for zone in lie.zones:
        sides = sides_of(lie, rules, storm, zone)
        hands = Hands(lie, rules, storm, zone, called)
        shares: dict[tuple[str, ...], float] = {(): _owners_share(lie, storm, zone, end_ms)}
        for group in (CLEARING, RURAL):
            m2 = sum(side.m2 for side in _of(sides, group))
            shares[group,] = min(1.0, hands.m2((group,), end_ms) / m2) if m2 > 0 else 0.0
        for side in sides:
            share = shares[side.groups[:1]]
            found[side.section.id] = found.get(side.section.id, 0.0) + share * side.m2
    return found


def _of(sides: Iterable[Side], group: str) -> list[Side]:
    """The sides that are first of all a group's."""
    return [side for side in sides if side.groups[:1] == (group,)]


def _owners_share(lie: Lie, storm: DesignStorm, zone: str, end_ms: int) -> float:
    """Share of frontage whose owners comply, where their delay ends by then."""
    rows = [row for row in lie.scenario.resources.frontage if row.zone == zone]
    in_time = (r for r in rows if storm.stops_ms + hours_ms(r.delay_h) <= end_ms)
    return sum(row.compliance * (1.0 - row.thrown_back) for row in in_time)
