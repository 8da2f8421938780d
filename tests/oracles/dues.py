"""What was due where, for which work, worked out again from the replayed snow and the log.

A pass claims its strips from its decision to its end; what falls due follows docs/model.md.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from snowplan.model.fleet import ROAD_WORKS, Work
from snowplan.model.hands import FRINGE
from snowplan.model.scenario import Scenario
from tests.oracles.replay import PASSES, Replay
from tests.oracles.sky import HOUR
from tests.oracles.spells import NEVER, Spell, loose_at
from tests.oracles.strips import Direction, Grid, reachable_sections

CRITICAL = ("bridge", "ramp", "slope", "station", "hospital")
MECHANICAL = ("plough", "sweep", "grade_packed", "hand_clear")
DRY = 6 * HOUR
MORE = 1 + 1e-9  # what a tool leaves is not due for it again, rounding forgiven


@dataclass(frozen=True)
class Claim:
    """One machine (or team) on strips of a direction, from its decision to its end."""

    decided: int
    end: int
    kind: str
    strips: tuple[int, ...]
    finished: bool


@dataclass(frozen=True)
class Decision:
    """What one machine chose at one instant."""

    t: int
    machine: str
    kind: str
    where: Direction


@dataclass
class Regime:
    """What is in force from an assessment on."""

    begin: int
    end: int
    sequence: tuple[Work, ...]
    trigger_mm: dict[str, float]
    spread_classes: tuple[str, ...]
    stopped: bool
    groups: tuple[str, ...]
    lead: Work = field(init=False)
    follows: bool = field(init=False)

    def __post_init__(self) -> None:
        ploughs = Work.PLOUGH in self.sequence
        self.lead = Work.PLOUGH if ploughs else Work.BRUSH
        self.follows = ploughs and Work.BRUSH in self.sequence


@dataclass
class StripDues:
    """Spells of one strip in which it is due, by work: half-open [from, to)."""

    lead: list[tuple[int, int]]
    follow: list[tuple[int, int]]
    grade: list[tuple[int, int]]
    spread: list[tuple[int, int]]
    block: list[tuple[int, int]]  # loose snow above the passable depth since


class Dues:
    """Decisions, claims and dues of one run."""

    def __init__(
        self,
        scenario: Scenario,
        events: pd.DataFrame,
        replay: Replay,
        by_hand: Iterable[tuple[Direction, Claim]] = (),
    ) -> None:
        self.scenario, self.replay = scenario, replay
        self.plan, self.sky = scenario.plan, replay.sky
        self.horizon = scenario.study.horizon_ms
        self.types = {t.kind: t for t in scenario.resources.types}
        self.kind_of = {m.id: m.kind for m in scenario.resources.machines}
        zone_of = {d.id: d.zone for d in scenario.resources.depots}
        self.zone_of = {m.id: zone_of[m.depot] for m in scenario.resources.machines}
        self.rank = {
            (row.stage.value, row.road_class): k for k, row in enumerate(self.plan.order, start=1)
        }
        self.decisions, self.claims = self._read(events)
        for where, claim in by_hand:
            self.claims[where].append(claim)
            self.claims[where].sort(key=lambda c: (c.decided, c.end))
        self.regimes = self._regimes(events)
        self.served = reachable_sections(scenario.road_map)
        self.curve_arrays = {
            c: tuple(np.array(x) for x in (v.net, v.y, v.w)) for c, v in self.sky.curves.items()
        }
        self.breaks = np.array(self.sky.breaks)
        self.dues: dict[Direction, list[StripDues]] = {}
        self.cold_hours = {
            h for h in range(0, self.horizon, HOUR)
            if bool(replay.dose(h, repeat=False)) != bool(replay.dose(h - HOUR, repeat=False))
        }  # fmt: skip

    # ---- reading ------------------------------------------------------------------------------

    def _read(self, events: pd.DataFrame) -> tuple[list[Decision], dict[Direction, list[Claim]]]:
        """Decisions (one a team) and claims by direction, in order."""
        wanted = (*PASSES, "travel")
        columns = ["kind", "decided_ms", "end_ms", "machine", "section", "direction"]
        columns += ["strip_from", "strip_to", "unfinished"]
        on_road = events["section"].notna() & events["decided_ms"].notna()
        ours = [m for m, kind in self.kind_of.items() if self.types[kind].work in ROAD_WORKS]
        on_road &= events["kind"].isin(wanted) & events["machine"].isin(ours)
        rows = events.loc[on_road, columns].astype({"decided_ms": "int64"})
        jobs: dict[tuple[str, int, Direction], list[tuple[object, ...]]] = defaultdict(list)
        for row in zip(*(rows[name].tolist() for name in columns), strict=True):
            kind, decided, _, machine, section, direction, *_ = row
            jobs[machine, decided, (section, direction)].append(row)
        claims: dict[Direction, list[Claim]] = defaultdict(list)
        decisions: dict[tuple[int, Direction, str], Decision] = {}
        for (machine, decided, where), parts in sorted(jobs.items()):
            if where not in self.replay.grids:
                continue
            passes = [row for row in parts if row[0] in PASSES]
            last = max(passes or parts, key=lambda row: row[2])
            kind, end = last[0], last[2]
            if passes:
                strips = tuple(range(int(last[6]), int(last[7]) + 1))
                key = (decided, where, kind)
                decisions.setdefault(key, Decision(decided, machine, kind, where))
                claims[where].append(Claim(decided, end, kind, strips, not last[8]))
                continue
            every = tuple(range(self.replay.grids[where].count))
            kind = self.types[self.kind_of[machine]].work.value
            claims[where].append(Claim(decided, end, kind, every, finished=False))
        for found in claims.values():
            found.sort(key=lambda c: (c.decided, c.end))
        return sorted(decisions.values(), key=lambda d: (d.t, d.machine)), claims

    def _regimes(self, events: pd.DataFrame) -> list[Regime]:
        grades = events[events["kind"] == "grade"].sort_values("start_ms")
        changes = [(int(r.start_ms), r.reason) for r in grades.itertuples(index=False)]
        treatments = {t.grade.key: t for t in self.plan.treatments}
        snowing = [(s.begin, s.end) for s in self.sky.stamps if s.rate > 0]
        found: list[Regime] = []
        word, stopped = "none", None
        for hour in range(0, self.horizon, HOUR):
            new = word
            for t, reason in changes:
                if t <= hour:
                    new = reason
            over = any(a < hour for a, _ in snowing) and not any(
                a < hour + DRY and b > hour for a, b in snowing
            )
            if (new, over) == (word, stopped):
                continue
            word, stopped = new, over
            key = {"none": "light"}.get(word, "blizzard" if word.endswith("blizzard") else word)
            row = treatments[key]
            if found:
                found[-1].end = hour
            found.append(
                Regime(hour, self.horizon, row.sequence, row.trigger_depth_mm,
                       row.spread_classes, over, row.groups)
            )  # fmt: skip
        return found

    def regime(self, t: int) -> Regime:
        """What is in force at `t`."""
        return self.regimes[bisect_right([r.begin for r in self.regimes], t) - 1]

    def by_hand(self, where: Direction, t: int) -> bool:
        """True while squads of `rural` have the carriageway of a fringe section."""
        duty = self.replay.grids[where].section.duty
        zones = {s.zone for s in self.scenario.resources.squads if s.group == "rural"}
        fringe = FRINGE in duty.flags and duty.zone in zones and self.plan.hand is not None
        return fringe and "rural" in self.regime(max(t, 0)).groups

    # ---- snow ---------------------------------------------------------------------------------

    def over(self, grid: Grid, spell: Spell, theta: float, t: int) -> int:
        """First instant ≥ t inside the spell at which loose snow exceeds theta, or NEVER."""
        curve = self.sky.curves[grid.road_class]
        lo = max(t, spell.begin)
        if lo >= spell.end:
            return NEVER
        if loose_at(spell, curve, lo) > theta:
            return lo
        net, y, w = self.curve_arrays[grid.road_class]
        i, j = np.searchsorted(self.breaks, [lo + 1, spell.end])
        at = self.breaks[i:j]
        linear = spell.areal + (net[i:j] - curve.fall(spell.begin)) / HOUR
        packed = spell.film + (spell.k + w[i:j]) / y[i:j]
        high = np.flatnonzero(np.where(at <= spell.star, linear, packed) > theta)
        stop = int(at[high[0]]) if len(high) else spell.end - 1
        before = int(at[high[0] - 1]) if len(high) and high[0] else lo
        if not len(high):
            before = int(at[-1]) if len(at) else lo
            if loose_at(spell, curve, stop) <= theta:
                return NEVER
        while stop - before > 1:
            middle = (before + stop) // 2
            if loose_at(spell, curve, middle) > theta:
                stop = middle
            else:
                before = middle
        return stop

    def all_dues(self, where: Direction) -> list[StripDues]:
        """What is due on every strip of a direction."""
        if where not in self.dues:
            count = self.replay.grids[where].count
            self.dues[where] = [self.strip_dues(where, s) for s in range(count)]
        return self.dues[where]

    # ---- what is due on a strip ---------------------------------------------------------------

    def strip_dues(self, where: Direction, s: int) -> StripDues:
        """All spells in which a strip is due, claims not looked at."""
        grid = self.replay.grids[where]
        spells = [x for x in self.replay.stories[where][s].spells if x.end > x.begin]
        kinds = self._kinds(where, s)
        dues = StripDues([], [], [], [], [])
        worked, thick, last_dose, follow_from = False, False, None, NEVER
        for spell in spells:
            kind = kinds.get(spell.begin, "")
            if kind in MECHANICAL:
                worked = True
                thick = spell.packed > self.replay.scrape * self.replay.packed_density * grid.m2
                at_once = self.plan.phrases.clear_in_snow or self.regime(spell.begin).stopped
                follow_from = spell.begin if kind == "plough" and at_once and not thick else NEVER
            elif kind == "spread":
                last_dose = spell.begin
            self._lead(dues, grid, spell, kind, worked)
            self._others(dues, spell, worked, thick, follow_from)
            self._doses(dues, grid, spell, last_dose)
            block = self.over(grid, spell, self.replay.passable, spell.begin)
            if spell.packed > self.replay.ridge * grid.m2 and kind:
                block = spell.begin
            if block < NEVER:
                dues.block.append((block, spell.end))
        return dues

    def _kinds(self, where: Direction, s: int) -> dict[int, str]:
        return {c.end: c.kind for c in self.claims.get(where, ()) if c.finished and s in c.strips}

    def _lead(self, dues: StripDues, grid: Grid, spell: Spell, kind: str, worked: bool) -> None:
        scrape = self.replay.scrape * self.replay.packed_density * grid.m2
        due = NEVER
        for regime in self.regimes:
            lo, hi = max(spell.begin, regime.begin), min(spell.end, regime.end)
            if lo >= hi:
                continue
            left = spell.areal if kind in MECHANICAL and spell.begin == lo else 0.0
            theta = max(regime.trigger_mm[grid.road_class.key] * self.sky.density, left * MORE)
            if regime.stopped:
                layer = 0 < self.replay.packed_at(grid, spell, lo) <= scrape
                snow = self.over(grid, spell, max(self.replay.clean, left * MORE), lo)
                due = lo if layer else min(snow, max(lo, spell.freeze))
            elif worked and not self.plan.phrases.clear_in_snow:
                due = NEVER
            elif due == NEVER:
                due = self.over(grid, spell, theta, lo)
            if due < hi:
                dues.lead.append((max(due, lo), hi))
            else:
                due = NEVER  # the next treatment has its own depth; what is due already stays so

    def _others(
        self, dues: StripDues, spell: Spell, worked: bool, thick: bool, follow_from: int
    ) -> None:
        for regime in self.regimes:
            lo, hi = max(spell.begin, regime.begin), min(spell.end, regime.end)
            if lo >= hi or not worked:
                continue
            quiet = not regime.stopped and not self.plan.phrases.clear_in_snow
            if regime.follows and follow_from < hi and not quiet:
                dues.follow.append((lo, hi))
            if thick and Work.GRADE in regime.sequence:
                dues.grade.append((lo, hi))

    def _doses(self, dues: StripDues, grid: Grid, spell: Spell, last: int | None) -> None:
        """At the onset, and again some hours after the last dose while it snows."""
        due = next((s.begin for s in self.sky.stamps if s.rate > 0), NEVER)
        if last is not None:
            if not self.plan.phrases.clear_in_snow:
                return
            due = last + round(self.plan.doses.repeat_after_h * HOUR)
        for regime in self.regimes:
            lo, hi = max(spell.begin, regime.begin, due), min(spell.end, regime.end)
            if lo < hi and not regime.stopped and self._treated(grid, regime):
                dues.spread.append((lo, hi))

    def _treated(self, grid: Grid, regime: Regime) -> bool:
        return class_word(grid) in regime.spread_classes


def class_word(grid: Grid) -> str:
    """The word of the plan's list: `critical`, or the road class."""
    if any(flag in CRITICAL for flag in grid.section.duty.flags):
        return "critical"
    return grid.road_class.key
