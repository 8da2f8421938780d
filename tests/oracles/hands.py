"""Squads and frontage duty judged by docs/model.md from the group log alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from snowplan.model.hands import Part
from snowplan.model.roads import Section
from tests.oracles.beats import beats_of, in_fringe
from tests.oracles.dues import class_word
from tests.oracles.evidence import Evidence
from tests.oracles.jobs import Area, Job, jobs_of
from tests.oracles.owners import FRONTAGE, acts_of, complies
from tests.oracles.parties import duty_spells
from tests.oracles.rules import Judge
from tests.oracles.sides import SideReplay
from tests.oracles.sky import HOUR
from tests.oracles.spells import NEVER, loose_at, outside
from tests.oracles.strips import Direction, Grid

INCH_MM = 25.4
ROUNDING_G = 8  # packed grams of all strips of a segment that may be rounding


class HandJudge:
    """Which areas stood due and free, and what squads chose and did."""

    def __init__(self, evidence: Evidence, judge: Judge, sides: SideReplay) -> None:
        self.e, self.judge, self.sides = evidence, judge, sides
        self.rules = evidence.scenario.plan.hand
        self.jobs = jobs_of(evidence)
        self.claims: dict[Area, list[Job]] = defaultdict(list)
        for job in self.jobs:
            self.claims[job.area].append(job)
        self.beat = beats_of(evidence)
        self.duties = {f.zone: f for f in evidence.scenario.resources.frontage}
        self.acts = {
            zone: acts_of(row, judge.regimes, evidence.horizon) for zone, row in self.duties.items()
        }
        areas = {area for beat in self.beat.values() for area in beat} | set(self.claims)
        self.spells = {area: list(self.due_spells(area)) for area in sorted(areas)}

    def section(self, segment: int) -> Section:
        """The section of a segment."""
        network = self.e.facts.network
        return network.sections[network.seg.section[segment]]

    def at_work(self, area: Area, t: int) -> bool:
        """True while a squad is at an area, or on its way there, when an instant `t` comes."""
        return any(job.begin < t < job.row.end for job in self.claims[area])

    def owners_do(self, area: Area) -> bool:
        """True where the owners of a frontage comply."""
        segment = area[0]
        row = self.duties[self.section(segment).duty.zone]
        where = self.e.directions[segment]
        return complies(row, self.e.scenario.study.run_seed, where)

    def left_to_squads(self, area: Area) -> Iterator[tuple[int, int]]:
        """Half-open spells in which squads have an area: a frontage once it has been shirked."""
        zone = self.section(area[0]).duty.zone
        if area[1] != Part.FRONTAGE or zone not in self.duties:
            yield 0, self.e.horizon
            return
        acts = [*self.acts[zone], self.e.horizon]
        shirked = {
            t: not self.owners_do(area) or self.at_work(area, t) for t in acts[:-1]
        }  # fmt: skip
        for regime in self.judge.regimes:
            if FRONTAGE not in regime.groups:
                yield regime.begin, regime.end
                continue
            for a, b in pairwise(acts):
                lo, hi = max(a, regime.begin), min(b, regime.end)
                if shirked[a] and lo < hi:
                    yield lo, hi

    # ---- what is due --------------------------------------------------------------------------

    def due_spells(self, area: Area) -> Iterator[tuple[int, int]]:
        """Half-open spells in which an area is due for squads, claims not looked at."""
        segment, part = area
        if part == Part.CARRIAGEWAY:
            yield from self._carriageway(self.e.directions[segment])
            return
        density, clean = self.sides.sky.density, self.judge.plan.thresholds.clean_depth_mm
        once = not self.e.scenario.plan.phrases.clear_in_snow
        squads = list(self.left_to_squads(area))
        for k, spell in enumerate(self.sides.spells[area]):
            since = NEVER  # what is due already stays so while it snows
            for regime in self.judge.regimes:
                lo, hi = max(spell.begin, regime.begin), min(spell.end, regime.end)
                if lo >= hi or (once and k and not regime.stopped):
                    continue
                level = (clean if regime.stopped else self.rules.trigger_mm) * density
                if regime.stopped or since == NEVER:
                    since = self.sides.over(spell, level, lo)
                if since >= hi:
                    since = NEVER
                    continue
                for a, b in squads:
                    if max(since, lo, a) < min(hi, b):
                        yield max(since, lo, a), min(hi, b)

    def _carriageway(self, where: Direction) -> Iterator[tuple[int, int]]:
        """The lead work's dues of all strips; once snow has stopped any packed snow is due."""
        replay, grid = self.judge.replay, self.judge.replay.grids[where]
        for due in self.judge.all_dues(where):
            yield from due.lead
        for story in replay.stories[where]:
            for spell in story.spells:
                for regime in self.judge.regimes:
                    lo, hi = max(spell.begin, regime.begin), min(spell.end, regime.end)
                    if regime.stopped and lo < hi and replay.packed_at(grid, spell, lo):
                        yield lo, hi

    def busy(self, area: Area, squad: int) -> Iterator[tuple[int, int]]:
        """Spells in which somebody else is at an area; on a carriageway machines too."""
        yield from ((job.begin, job.row.end) for job in self.claims[area] if job.squad != squad)
        if area[1] == Part.CARRIAGEWAY:
            for claim in self.judge.claims.get(self.e.directions[area[0]], ()):
                if claim.kind != "hand_clear":
                    yield claim.decided, claim.end

    def away(self, area: Area, squad: int) -> Iterator[tuple[int, int]]:
        """Spells in which an area is not a squad's: the fringe while rural squads are called."""
        if self.e.party(squad).group != "rural" and in_fringe(self.e, self.section(area[0])):
            yield from ((r.begin, r.end) for r in self.judge.regimes if "rural" in r.groups)

    def free(self, area: Area, lo: int, hi: int, squad: int) -> Iterator[tuple[int, int]]:
        """Spells inside [lo, hi) in which an area is due, a squad's, and nobody else is at it."""
        due = [(max(a, lo), min(b, hi)) for a, b in self.spells[area] if a < hi and lo < b]
        if due:
            yield from outside(due, [*self.busy(area, squad), *self.away(area, squad)])

    # ---- rules --------------------------------------------------------------------------------

    def one_squad_an_area(self) -> Iterator[str]:
        """An area is worked by one squad at a time."""
        for area, jobs in self.claims.items():
            for a, b in pairwise(sorted(jobs, key=lambda j: j.begin)):
                if b.begin < a.row.end:
                    yield f"area: {area} is worked twice: {a} and {b}"

    def only_due(self) -> Iterator[str]:
        """Squads begin only what is due."""
        for job in self.jobs:
            if not any(a - 1 <= job.begin <= b for a, b in self.spells[job.area]):
                yield f"due: {self.e.party(job.squad).id} begins what is not due: {job}"

    def whose_it_is(self) -> Iterator[str]:
        """Every squad works in its own beat."""
        for job in self.jobs:
            away = any(a < job.begin < b for a, b in self.away(job.area, job.squad))
            if away or job.area not in self.beat[job.squad]:
                where = self.e.directions[job.area[0]]
                yield f"beat: {self.e.party(job.squad).id} works {where} of another's: {job}"

    def never_idle(self) -> Iterator[str]:
        """A squad never stands for want of work beside a due, free area of its beat."""
        for squad, areas in self.beat.items():
            for row in self.e.by_party[squad]:
                if row.kind != "wait" or row.reason != "work":
                    continue
                for area in areas:
                    for a, b in self.free(area, row.start, row.end, squad):
                        if b - a > 1:
                            yield f"idle: {self.e.party(squad).id} beside {area} from {a} to {b}"

    def ranks(self, area: Area, t: int) -> set[int]:
        """Ranks that an area may have at `t` (both sides of the instant)."""
        segment, part = area
        word = class_word(self.judge.replay.grids.get(
            self.e.directions[segment], self._first_grid(segment)))  # fmt: skip
        if part != Part.CARRIAGEWAY:
            return {self.judge.rank["clean", word]}
        where = self.e.directions[segment]
        return {self.judge.hand_rank(where, at) for at in (t, t - 1)}

    def _first_grid(self, segment: int) -> Grid:
        return self.judge.replay.grids[self.section(segment).id, "forward"]

    def best_first(self) -> Iterator[str]:
        """先主后次: of the areas of a squad's beat, the best due rank first."""
        phrases = self.e.scenario.plan.phrases
        if not (phrases.main_first and phrases.open_before_clean):
            return
        for job in self.jobs:
            mine = max(self.ranks(job.area, job.begin))
            for area in self.beat[job.squad] - {job.area}:
                better = max(self.ranks(area, job.begin)) < min(self.ranks(job.area, job.begin))
                free = self.free(area, job.begin - 1, job.begin + 1, job.squad)
                if better and any(a < job.begin < b for a, b in free):
                    yield f"order: {self.e.party(job.squad).id} chose {job} ({mine}) before {area}"

    # ---- how long -----------------------------------------------------------------------------

    def whole_ms(self, job: Job) -> tuple[float, float]:
        """Least and most time of the whole area at what lies there when work starts.

        A gram or two of packed snow may be rounding.
        """
        segment, part = job.area
        t = job.row.start
        if part == Part.CARRIAGEWAY:
            grid = self.judge.replay.grids[self.e.directions[segment]]
            m2, depth, packed = grid.m2 * grid.count, 0.0, 0
            curve = self.sides.sky.curves[grid.road_class]
            for story in self.judge.replay.stories[self.e.directions[segment]]:
                spell = next(s for s in story.spells if s.begin <= t < s.end)
                depth = max(depth, loose_at(spell, curve, t) / self.sides.sky.density)
                packed = max(packed, self.judge.replay.packed_at(grid, spell, t))
        else:
            m2, packed = self.e.areas[job.area] / 100, 0
            depth = self.sides.depth_mm(job.area, t)
        inches = max(1.0, depth / INCH_MM)
        time = m2 / (self.e.party(job.squad).people * self.rules.m2_h) * HOUR
        time *= 1 + self.rules.depth_k * (inches - 1)
        hard = time * self.rules.packed_factor
        doubtful = job.area[1] == Part.CARRIAGEWAY and packed <= ROUNDING_G
        return (hard, hard) if packed > ROUNDING_G else (time, hard if doubtful else time)

    def right_time(self) -> Iterator[str]:
        """Work lasts as long as its area, its depth and the squad ask for; shifts cut it short."""
        done: dict[Area, float] = defaultdict(float)
        slack: dict[Area, float] = defaultdict(float)
        for job in self.jobs:
            row, (least, most) = job.row, self.whole_ms(job)
            lasts = row.end - row.start
            if row.undone:
                ends = {end for _, end in duty_spells(self.e, job.squad)} | {self.e.horizon}
                if row.end not in ends and self.judge.plan.phrases.clear_at_night:
                    yield f"time: {row} stops where no shift ends"
                done[job.area] += lasts / most
                slack[job.area] += 0.0011 + lasts * (1 / least - 1 / most)
                continue
            rest, loose = 1 - done.pop(job.area, 0.0), slack.pop(job.area, 0.0) * most
            if not least * rest - loose - 1 <= lasts <= most * rest + loose + 101:
                yield f"time: {job} took {lasts} ms, expected {least * rest:.0f}"

    # ---- frontage -----------------------------------------------------------------------------

    def frontage(self) -> Iterator[str]:
        """Frontage is done at each end of the delay, once, by just the owners who comply."""
        found = [
            (row.place, row.part, row.end)
            for row in self.e.rows
            if row.kind == "frontage_clear" and not row.undone
        ]
        if len(found) != len(set(found)):
            yield f"frontage: done twice at one instant: {found}"
        wanted = set(self._owed())
        for segment, part, t in sorted(set(found) - wanted):
            yield f"frontage: {self.e.directions[segment]} {part} is done at {t} by nobody"
        for segment, _, t in sorted(wanted - set(found)):
            yield f"frontage: {self.e.directions[segment]} is not done at {t} by its owners"

    def _owed(self) -> Iterator[tuple[int, int, int]]:
        """(segment, part, instant) of what owners who comply must take, squads not at work."""
        for area in self.e.areas:
            zone = self.section(area[0]).duty.zone
            if area[1] != Part.FRONTAGE or zone not in self.duties or not self.owners_do(area):
                continue
            for t in self.acts[zone]:
                if self.sides.to_take(area, t) and not self.at_work(area, t):
                    yield *area, t

    def judgements(self) -> Iterator[str]:
        """Everything at once."""
        for rule in (
            self.one_squad_an_area, self.only_due, self.whose_it_is, self.never_idle,
            self.best_first, self.right_time, self.frontage,
        ):  # fmt: skip
            yield from rule()
