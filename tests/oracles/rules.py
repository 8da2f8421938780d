"""先主后次 and 先通后清 judged at the instant of each decision, from the event log alone.

What was due where, for which work, at which rank, is worked out again from the replayed snow of
every strip and from the passes in the log (a pass claims its strips from its decision to its end).
Where something changes at the very instant of a decision, both sides of that instant are allowed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from snowplan.model.fleet import Work
from tests.oracles.dues import MECHANICAL, Claim, Decision, Dues, StripDues, class_word
from tests.oracles.spells import NEVER
from tests.oracles.strips import Direction, Grid

NOTHING = 99  # a rank below every row of the plan


@dataclass(frozen=True)
class Verdict:
    """A decision, the rank of what was taken, and the best that stood in the machine's own zone."""

    decision: Decision
    taken: int
    best: int
    own_zone: bool


class Judge(Dues):
    """Every decision of a run against the whole list, whatever the switches say."""

    # ---- candidates of a direction ------------------------------------------------------------

    def direction(self, where: Direction) -> Iterator[tuple[int, int, dict[str, int]]]:
        """(from, to, rank by kind of pass) while something stands on a direction, unclaimed."""
        grid = self.replay.grids[where]
        dues = self.all_dues(where)
        claims = self.claims.get(where, [])
        points = {0, self.horizon} | {r.begin for r in self.regimes} | self.cold_hours
        for d in dues:
            for spells in (d.lead, d.follow, d.grade, d.spread, d.block):
                points |= {t for pair in spells for t in pair}
        points |= {t for c in claims for t in (c.decided, c.end)}
        opening = self._opening(dues, claims)
        served = min((c.end for c in claims if c.finished and c.kind in MECHANICAL), default=NEVER)
        for a, b in pairwise(sorted(p for p in points if p <= self.horizon)):
            found = self._standing(grid, dues, claims, opening, served, a)
            yield a, b, found

    def _opening(self, dues: list[StripDues], claims: list[Claim]) -> list[Claim]:
        """The claims that were to open the direction: blocked, and nobody on the way to open it."""
        found: list[Claim] = []
        for claim in claims:
            if claim.kind not in ("plough", "sweep"):
                continue
            busy = any(c.decided < claim.decided < c.end for c in found)
            if not busy and any(blocked(dues, claim.decided + ms) for ms in (0, 1)):
                found.append(claim)
        return found

    def stage_rank(
        self, grid: Grid, dues: list[StripDues], opening: list[Claim], served: int, t: int
    ) -> int:
        """Rank of a clearing job at `t`: to open (again), or to clean."""
        word = class_word(grid)
        if not blocked(dues, t) or any(c.decided < t < c.end for c in opening):
            return self.rank["clean", word]
        if served <= t and self.plan.phrases.keep_open:
            return 0
        return self.rank["open", word]

    def _standing(
        self, grid: Grid, dues: list[StripDues], claims: list[Claim], opening: list[Claim],
        served: int, t: int,
    ) -> dict[str, int]:  # fmt: skip
        """Ranks by kind of pass of what is due and unclaimed at `t` (and until the next point)."""
        if self.by_hand((grid.section.id, grid.direction), t):
            return {}
        taken = {s for c in claims if c.decided <= t < c.end for s in c.strips}
        busy = any(c.decided <= t < c.end for c in opening)
        word, regime = class_word(grid), self.regime(t)
        rank = self.rank["clean", word]
        if blocked(dues, t) and not busy:
            rank = 0 if served <= t and self.plan.phrases.keep_open else self.rank["open", word]
        found: dict[str, int] = {}
        for s, due in enumerate(dues):
            if s in taken:
                continue
            if holds(due.lead, t):
                found.setdefault(regime.lead.value, rank)
            elif holds(due.follow, t):
                found.setdefault("sweep", self.rank["clean", word])
            if holds(due.grade, t):
                found.setdefault("grade_packed", rank)
            if holds(due.spread, t) and self.replay.dose(t, repeat=False) > 0:
                found.setdefault("spread", self.rank["clean", word])
        return found

    def hand_rank(self, where: Direction, t: int) -> int:
        """Rank of a carriageway for squads at `t`: to open (again), or to clean."""
        grid, dues = self.replay.grids[where], self.all_dues(where)
        claims = self.claims.get(where, [])
        served = min((c.end for c in claims if c.finished and c.kind in MECHANICAL), default=NEVER)
        return self.stage_rank(grid, dues, [], served, t)

    # ---- judging ------------------------------------------------------------------------------

    def verdicts(self) -> list[Verdict]:
        """Every decision with its rank and the best rank that stood in the machine's own zone."""
        standing = self._all_standing()
        taken = self._taken_ranks()
        found = []
        for decision in self.decisions:
            zone, kind = self.zone_of[decision.machine], self.kind_of[decision.machine]
            begin, end, rank = standing.get((zone, decision.kind, kind), EMPTY)
            here = (begin < decision.t) & (decision.t < end)
            best = int(rank[here].min()) if here.any() else NOTHING
            own = self.replay.grids[decision.where].section.duty.zone == zone
            found.append(Verdict(decision, taken[decision], best, own))
        return found

    def where_hands_work(self) -> Iterator[str]:
        """Machines have nothing to do on a fringe segment while rural squads are called."""
        for d in self.decisions:
            if self.by_hand(d.where, d.t) and self.by_hand(d.where, d.t - 1):
                yield f"fringe: {d.machine} works where rural squads do: {d}"

    def _all_standing(self) -> dict[tuple[str, str, str], tuple[np.ndarray, ...]]:
        rows: dict[tuple[str, str, str], list[tuple[int, int, int]]] = defaultdict(list)
        for where, grid in self.replay.grids.items():
            if where[0] not in self.served:
                continue
            kinds = [t for t in self.types.values() if grid.road_class.key in t.classes]
            deep = self._too_deep(where)
            for a, b, ranks in self.direction(where):
                for work, rank in ranks.items():
                    for machine in kinds:
                        if machine.work.value != work:
                            continue
                        if machine.tool.ceiling_mm and deep[0] < b and a < deep[1]:
                            continue
                        rows[grid.section.duty.zone, work, machine.kind].append((a, b, rank))
        return {
            key: tuple(np.array(x) for x in zip(*found, strict=True)) for key, found in rows.items()
        }

    def _too_deep(self, where: Direction) -> tuple[int, int]:
        """A span that holds every instant at which a strip is deeper than a brush can take."""
        ceilings = [t.tool.ceiling_mm for t in self.types.values() if t.tool.ceiling_mm]
        grid = self.replay.grids[where]
        if not ceilings:
            return NEVER, NEVER
        first = min(
            self.over(grid, spell, min(ceilings) * self.sky.density, spell.begin)
            for story in self.replay.stories[where] for spell in story.spells
        )  # fmt: skip
        return (first, NEVER)

    def _taken_ranks(self) -> dict[Decision, int]:
        by_place: dict[Direction, list[Decision]] = defaultdict(list)
        for decision in self.decisions:
            by_place[decision.where].append(decision)
        found: dict[Decision, int] = {}
        for where, decisions in by_place.items():
            grid = self.replay.grids[where]
            dues = self.all_dues(where)
            claims = self.claims[where]
            opening = self._opening(dues, claims)
            served = min(
                (c.end for c in claims if c.finished and c.kind in MECHANICAL), default=NEVER
            )
            clean = self.rank["clean", class_word(grid)]
            for d in decisions:
                if d.kind == "spread":
                    found[d] = clean
                    continue
                if d.kind == "sweep" and self.regime(d.t).lead is Work.PLOUGH:
                    found[d] = clean
                    continue
                before = [c for c in opening if c.decided < d.t]
                found[d] = min(
                    self.stage_rank(grid, dues, before, served, t) for t in (d.t - 1, d.t, d.t + 1)
                )
        return found


EMPTY = (np.zeros(0), np.zeros(0), np.zeros(0))


def holds(spells: list[tuple[int, int]], t: int) -> bool:
    """True inside one of the half-open spells."""
    return any(a <= t < b for a, b in spells)


def blocked(dues: list[StripDues], t: int) -> bool:
    """True when every strip's loose snow has exceeded the passable depth since its last touch."""
    return all(holds(d.block, t) for d in dues)
