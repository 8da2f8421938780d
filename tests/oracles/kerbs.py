"""What lies at the kerb: verge and windrow of every segment over time, from the logs alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from snowplan.model.hands import Part
from tests.oracles.dues import Regime
from tests.oracles.evidence import LOADING, Evidence
from tests.oracles.replay import KerbStep, Replay
from tests.oracles.sides import SideReplay
from tests.oracles.spells import NEVER

KG = 1_000


@dataclass(frozen=True)
class Kerb:
    """One segment: instants of change, and the windrow from each on (what went before: 0)."""

    at: list[int]
    grams: list[int]
    pushed: int
    loaded: int
    treated_from: int

    def before(self, t: int) -> int:
        """Grams just before `t`."""
        return self._value(bisect_left(self.at, t))

    def after(self, t: int) -> int:
        """Grams after everything that happened at `t`."""
        return self._value(bisect_right(self.at, t))

    def _value(self, count: int) -> int:
        return self.grams[count - 1] if count else 0


class Kerbs:
    """All kerbs of a run."""

    def __init__(self, evidence: Evidence, replay: Replay, sides: SideReplay) -> None:
        self.evidence = evidence
        self.rules = evidence.scenario.plan.haul
        self.pushes = self._pushes(replay, sides)
        self.loads: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number in evidence.parties(*LOADING):
            for row in evidence.by_party[number]:
                if row.kind == "load_snow" and row.end < evidence.horizon:
                    self.loads[row.place].append((row.end, row.amount_g))
        self.doses = self._doses()
        self.kerbs = [self._kerb(k) for k in range(len(evidence.directions))]

    def _pushes(self, replay: Replay, sides: SideReplay) -> dict[int, list[tuple[int, int]]]:
        e = self.evidence
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for where, stories in replay.stories.items():
            for story in stories:
                found[e.segment_of[where]] += story.pushes
        share = {f.zone: f.thrown_back for f in e.scenario.resources.frontage}
        network = e.facts.network
        for touch in sides.touches:
            segment, kept = touch.row.place, touch.taken
            if touch.row.kind == "frontage_clear":
                zone = network.sections[network.seg.section[segment]].duty.zone
                kept -= int(share[zone] * touch.taken)
            found[segment].append((touch.row.end, kept))
        return found

    def _doses(self) -> dict[int, int]:
        """The first de-icer on each segment."""
        e = self.evidence
        done = e.events[(e.events["kind"] == "spread") & ~e.events["unfinished"].astype(bool)]
        found: dict[int, int] = {}
        for row in done.itertuples(index=False):
            if row.amount_g > 0:
                segment = e.segment_of[row.section, row.direction]
                found[segment] = min(found.get(segment, NEVER), int(row.end_ms))
        return found

    def verge_m3(self, segment: int) -> float:
        """What the verge of a segment takes."""
        network = self.evidence.facts.network
        section = network.sections[network.seg.section[segment]]
        word = section.duty.road_class.key
        classes = {word, "critical"} if section.duty.critical else {word}
        if section.duty.haul_required or classes & set(self.rules.classes):
            return 0.0
        return self.rules.verge_m3_m[word] * self.evidence.length_m(segment)

    def _kerb(self, segment: int) -> Kerb:
        treated = self.doses.get(segment, NEVER)
        pushed = sum(g for _, g in self.pushes[segment])
        loaded = sum(g for _, g in self.loads[segment])
        if self.rules is None:
            return Kerb([], [], pushed, loaded, treated)
        hauled = self.evidence.scenario.around.physics.piled.hauled_kg_m3
        verge = int(self.verge_m3(segment) * hauled * KG)
        if self.rules.treated_off_green:
            verge = min(verge, sum(g for t, g in self.pushes[segment] if t <= treated))
        changes: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        for t, grams in self.pushes[segment]:
            changes[t][0] += grams
        for t, grams in self.loads[segment]:
            changes[t][1] += grams
        at, grams, up, gone = [], [], 0, 0
        for t in sorted(changes):
            up, gone = up + changes[t][0], gone + changes[t][1]
            at.append(t)
            grams.append(up - min(up, verge) - gone)
        return Kerb(at, grams, pushed, loaded, treated)

    # ---- what is due, what stands -------------------------------------------------------------

    def left_g(self, segment: int) -> float:
        """Grams up to which a windrow counts as gone."""
        return self.rules.left_kg_m * KG * self.evidence.length_m(segment)

    def due_g(self, segment: int) -> float:
        """Grams from which a windrow is due while it snows."""
        return self.rules.due_kg_m * KG * self.evidence.length_m(segment)

    def due_spells(self, segment: int, regimes: list[Regime]) -> list[tuple[int, int]]:
        """Half-open spells in which the windrow of a segment is due, claims not looked at."""
        kerb = self.kerbs[segment]
        found: list[tuple[int, int]] = []
        for k, begin in enumerate(kerb.at):
            end = kerb.at[k + 1] if k + 1 < len(kerb.at) else self.evidence.horizon
            for regime in regimes:
                lo, hi = max(begin, regime.begin), min(end, regime.end)
                grams = kerb.grams[k]
                due = grams > self.left_g(segment) if regime.stopped else (
                    grams >= self.due_g(segment) and grams > self.left_g(segment)
                )  # fmt: skip
                if lo < hi and due:
                    found.append((lo, hi))
        return found

    def steps(self) -> dict[str, list[KerbStep]]:
        """By section: when a windrow came to stand at a direction, or was gone."""
        found: dict[str, list[KerbStep]] = defaultdict(list)
        if self.rules is None or not self.evidence.parties(*LOADING):
            return found
        for segment, kerb in enumerate(self.kerbs):
            section = self.evidence.directions[segment][0]
            for t, grams in zip(kerb.at, kerb.grams, strict=True):
                found[section].append((t, segment, grams > self.left_g(segment)))
        return found


def verges_right(e: Evidence, kerbs: Kerbs) -> Iterator[str]:
    """A verge takes its volume of hauled snow, none where the section or its class is hauled."""
    if e.scenario.plan.haul is None or not e.parties(*LOADING):
        return
    hauled = e.scenario.around.physics.piled.hauled_kg_m3
    for segment, found in enumerate(e.facts.verge_g):
        wanted = kerbs.verge_m3(segment) * hauled * KG
        network = e.facts.network
        if network.duty[network.seg.section[segment]] and abs(found - wanted) > 1:
            yield f"verge: {e.directions[segment]} takes {found} g, expected {wanted:.1f}"


def windrows_right(e: Evidence, kerbs: Kerbs) -> Iterator[str]:
    """Nothing is loaded that does not lie there."""
    for segment, kerb in enumerate(kerbs.kerbs):
        if kerbs.rules is not None and min(kerb.grams, default=0) < 0:
            yield f"windrow: {e.directions[segment]} falls to {min(kerb.grams)} g"


def thrown_right(e: Evidence, sides: SideReplay) -> Iterator[str]:
    """Frontage throws its share back on the carriageway, whole grams of what was taken."""
    network = e.facts.network
    share = {f.zone: f.thrown_back for f in e.scenario.resources.frontage}
    wanted: dict[tuple[str, int], int] = defaultdict(int)
    found: dict[tuple[str, int], int] = defaultdict(int)
    for touch in sides.touches:
        if touch.row.kind == "frontage_clear":
            section = network.sections[network.seg.section[touch.row.place]]
            wanted[section.id, touch.row.end] += int(share[section.duty.zone] * touch.taken)
    for row in e.rows:
        if row.kind == "frontage_clear" and row.reason == "thrown_back":
            found[e.directions[row.place][0], row.end] += row.amount_g
    for key in {**wanted, **found}:
        if wanted[key] != found[key]:
            yield f"thrown: {key} has {found[key]} g, expected {wanted[key]}"


def amounts_right(_e: Evidence, sides: SideReplay) -> Iterator[str]:
    """Hands take what lies above the residual, to the gram."""
    for touch in sides.touches:
        if touch.row.amount_g != touch.taken:
            yield f"amount: {touch.row} took {touch.row.amount_g} g, expected {touch.taken}"


def carriageways_right(e: Evidence, replay: Replay) -> Iterator[str]:
    """Hands on a carriageway take what lies above the residual and all packed snow, to the gram."""
    for row in e.rows:
        if row.kind == "hand_clear" and row.part == Part.CARRIAGEWAY and not row.undone:
            stories = replay.stories[e.directions[row.place]]
            taken = sum(g for story in stories for t, g in story.pushes if t == row.end)
            if taken != row.amount_g:
                yield f"amount: {row} took {row.amount_g} g, expected {taken}"
