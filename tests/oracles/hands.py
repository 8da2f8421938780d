"""Squads and frontage duty judged by docs/model.md from the group log alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from snowplan.model.hands import FRINGE, Part
from snowplan.model.roads import Section
from tests.oracles.dues import class_word
from tests.oracles.evidence import Evidence
from tests.oracles.jobs import Area, Job, jobs_of
from tests.oracles.parties import duty_spells
from tests.oracles.rules import Judge
from tests.oracles.sides import SideReplay
from tests.oracles.sky import HOUR
from tests.oracles.spells import NEVER, loose_at
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
        self.beat: dict[int, set[Area]] = defaultdict(set)
        for job in self.jobs:
            self.claims[job.area].append(job)
            self.beat[job.squad].add(job.area)
        self.complied = {
            (r.place, r.part) for r in evidence.rows if r.kind == "frontage_clear" and not r.undone
        }
        self.owners_from = self._owners_from()
        worked = set(self.claims)
        self.spells = {area: list(self.due_spells(area)) for area in worked}

    def section(self, segment: int) -> Section:
        """The section of a segment."""
        network = self.e.facts.network
        return network.sections[network.seg.section[segment]]

    def _owners_from(self) -> dict[str, int]:
        """By zone: the instant at which frontage duty is done or shirked; absent: no such duty."""
        regimes = self.judge.regimes
        if not any("frontage" in r.groups for r in regimes):
            return {}
        snow = [r.begin for r in regimes if not r.stopped]
        found = {}
        for f in self.e.scenario.resources.frontage:
            delay = round(f.delay_h * HOUR)
            stops = [r.begin for r in regimes if r.stopped]
            lasting = [t for t in stops if not any(t < s <= t + delay for s in snow)]
            found[f.zone] = lasting[0] + delay if lasting else NEVER
        return found

    # ---- what is due --------------------------------------------------------------------------

    def due_spells(self, area: Area) -> Iterator[tuple[int, int]]:
        """Half-open spells in which an area is due for squads, claims not looked at."""
        segment, part = area
        if part == Part.CARRIAGEWAY:
            yield from self._carriageway(self.e.directions[segment])
            return
        opens = 0
        if part == Part.FRONTAGE:
            opens = self.owners_from.get(self.section(segment).duty.zone, 0)
            if area in self.complied:
                return
        density, clean = self.sides.sky.density, self.judge.plan.thresholds.clean_depth_mm
        once = not self.e.scenario.plan.phrases.clear_in_snow
        for k, spell in enumerate(self.sides.spells[area]):
            for regime in self.judge.regimes:
                if once and k and not regime.stopped:
                    continue
                depth = clean if regime.stopped else self.rules.trigger_mm
                lo, hi = max(spell.begin, regime.begin, opens), min(spell.end, regime.end)
                due = self.sides.over(spell, depth * density, lo) if lo < hi else NEVER
                if due < hi:
                    yield due, hi

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

    def free(self, area: Area, lo: int, hi: int, squad: int) -> Iterator[tuple[int, int]]:
        """Spells inside [lo, hi) in which an area is due and no other squad is at it."""
        for a, b in self.spells[area]:
            here = [(max(a, lo), min(b, hi))]
            for job in self.claims[area]:
                if job.squad != squad:
                    here = [
                        part
                        for x, y in here
                        for part in ((x, min(y, job.begin)), (max(x, job.row.end), y))
                        if part[0] < part[1]
                    ]
            yield from ((x, y) for x, y in here if x < y)

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
        """Each group works its own: fringe, office sections, or everything else beside the road."""
        resources = self.e.scenario.resources
        rural = {s.zone for s in resources.squads if s.group == "rural"}
        for squad, areas in self.beat.items():
            party = self.e.party(squad)
            named = {x for s in resources.squads if party.id.startswith(s.id) for x in s.sections}
            for segment, part in areas:
                section = self.section(segment)
                fringe = FRINGE in section.duty.flags and section.duty.zone in rural
                right = section.duty.zone == party.zone and fringe == (party.group == "rural")
                if party.group == "office":
                    word = section.duty.road_class.key
                    own = section.id in named if named else word in self.rules.office_classes
                    right = right and own and part in (Part.PAVEMENT, Part.FRONTAGE)
                elif party.group == "clearing":
                    right = right and part != Part.CARRIAGEWAY
                if not right:
                    yield f"beat: {party.id} works {section.id} {Part(part).key}"

    def beats_in_runs(self) -> Iterator[str]:
        """Beats are runs of segments in (section, direction) order, squad by squad."""
        groups: dict[tuple[str, str], list[tuple[str, list[Direction]]]] = defaultdict(list)
        for squad, areas in self.beat.items():
            party = self.e.party(squad)
            places = sorted((self.e.directions[s][0], -ord(self.e.directions[s][1][0]))
                            for s, _ in areas)  # fmt: skip
            groups[party.zone, party.group].append((party.id, places))
        for key, beats in groups.items():
            for (a, first), (b, second) in pairwise(sorted(beats)):
                if first[-1] >= second[0]:
                    yield f"beat: {a} and {b} of {key} overlap: {first[-1]} {second[0]}"

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
        """先主后次: of the areas that a squad ever works, the best due rank first."""
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
        """Frontage is done when its delay is over, by the owners who comply, each once."""
        found: dict[Area, int] = {}
        rates = {f.zone: f.compliance for f in self.e.scenario.resources.frontage}
        for row in self.e.rows:
            if row.kind != "frontage_clear" or row.undone:
                continue
            zone = self.section(row.place).duty.zone
            if row.start != row.end or row.end != self.owners_from.get(zone):
                yield f"frontage: {row} is not at {self.owners_from.get(zone)}"
            if row.part != Part.FRONTAGE or (row.place, row.part) in found or not rates[zone]:
                yield f"frontage: {row} is not frontage, is done twice, or by nobody"
            found[row.place, row.part] = row.end
        for segment, part in self.e.areas:
            zone = self.section(segment).duty.zone
            at = self.owners_from.get(zone, NEVER)
            if part != Part.FRONTAGE or rates.get(zone) != 1.0 or at >= self.e.horizon:
                continue
            if (segment, part) not in found and self.sides.to_take((segment, part), at):
                yield f"frontage: {self.e.directions[segment]} is not done though all comply"

    def judgements(self) -> Iterator[str]:
        """Everything at once."""
        for rule in (
            self.one_squad_an_area, self.only_due, self.whose_it_is, self.beats_in_runs,
            self.never_idle, self.best_first, self.right_time, self.frontage,
        ):  # fmt: skip
            yield from rule()
