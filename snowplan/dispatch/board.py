"""The duty board: what is due where, for which work, as known now.

Per strip: the instants from which it is due. Per segment and kind of machine: one key,
(rank, due step) in the high bits, so that key + travel time orders candidates as the plan does:
(rank, due instant, travel time, segment number). The keys follow from the strips alone; the
oracle takes them from `standing` afresh at every decision, the fast finders keep them in arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from snowplan.dispatch.ranks import CLEAN, NO_CANDIDATE, OPEN, REOPEN, TRAVEL_BITS, Ranks
from snowplan.model.fleet import ROAD_WORKS, MachineType, Work
from snowplan.model.network import Network
from snowplan.model.roads import RoadClass
from snowplan.model.snow import NEVER

Cells = list[tuple[memoryview, bytearray]]


class Keys(NamedTuple):
    """The keys of one segment by work (NO_CANDIDATE where there is nothing to do)."""

    plough: int
    brush: int
    grade: int
    spread: int


class Board:
    """Due instants by strip, claims, and the keys of every kind of machine by segment."""

    def __init__(
        self, network: Network, ranks: Ranks, types: Mapping[str, MachineType], rounding_ms: int
    ) -> None:
        strips, count = network.strip_total, len(network.seg.section)
        self.network = network
        self.rounding_ms = rounding_ms
        self.base = ranks.shifted()
        self.lead_is_plough = True
        self.lead_due = [NEVER] * strips
        self.follow_due = [NEVER] * strips
        self.grade_due = [NEVER] * strips
        self.spread_due = [NEVER] * strips
        self.deep = bytearray(strips)  # too deep for a brush: waits for a plough
        self.claimed = bytearray(strips)
        self.worked = bytearray(strips)  # cleared at least once
        self.opening = bytearray(count)  # claims that will open the segment
        self.block_at = [NEVER] * count
        self.served = bytearray(count)
        self.special = bytearray(count)  # something to grade or to spread may be due here
        self.spread_on = False
        self.kinds = {kind: t.work for kind, t in types.items() if t.work in ROAD_WORKS}
        self.keys: dict[str, NDArray[np.int64]] = {}
        self._ploughs: Cells = []
        self._brushes: Cells = []
        self._graders: Cells = []
        self._spreaders: Cells = []
        self.cells: dict[str, memoryview] = {}  # the keys again, for quick single look-ups
        self._types = types
        self.by_hand = bytearray(count)  # squads have the carriageway: nothing for machines
        self._allowed: dict[str, bytearray] = {}
        for kind, machine_type in sorted(types.items()):
            if machine_type.work in ROAD_WORKS:
                self._add_kind(kind, machine_type)
        self._clearing = _clearing_keys(self)

    def _add_kind(self, kind: str, machine_type: MachineType) -> None:
        network = self.network
        keys = np.full(len(network.seg.section), NO_CANDIDATE, dtype=np.int64)
        allowed = bytearray(self._has_duty(machine_type, k) for k in range(len(keys)))
        self.keys[kind] = keys
        self._allowed[kind] = allowed
        self.cells[kind] = keys.data
        cells = {
            Work.PLOUGH: self._ploughs,
            Work.BRUSH: self._brushes,
            Work.GRADE: self._graders,
            Work.SPREAD: self._spreaders,
        }
        cells[machine_type.work].append((keys.data, allowed))

    def _has_duty(self, machine_type: MachineType, segment: int) -> bool:
        section = self.network.seg.section[segment]
        road_class = RoadClass(self.network.sections[section].duty.road_class)
        return self.network.duty[section] and road_class.key in machine_type.classes

    def give_to_hands(self, segment: int, by_hand: bool) -> None:
        """Take a segment from the machines, or give it back (its keys follow at a refresh)."""
        self.by_hand[segment] = by_hand
        for kind, allowed in self._allowed.items():
            allowed[segment] = not by_hand and self._has_duty(self._types[kind], segment)
            if by_hand:
                self.cells[kind][segment] = NO_CANDIDATE

    def may_work(self, kind: str, segment: int) -> bool:
        """True where this kind of machine may work on the segment at all."""
        return bool(self._allowed[kind][segment])

    def stage(self, segment: int, now: int) -> int:
        """REOPEN, OPEN or CLEAN: what a lead job on this segment would be for."""
        if self.block_at[segment] > now or self.opening[segment]:
            return CLEAN
        return REOPEN if self.served[segment] else OPEN

    def clearing_keys(
        self, segment: int, now: int, plough: int, brush: int, follow: int
    ) -> tuple[int, int]:
        """Keys from the earliest due instants of a segment's free strips."""
        rank_class, rounding = self.network.seg.rank_class[segment], self.rounding_ms
        first = second = NO_CANDIDATE
        if plough < NEVER or brush < NEVER:
            lead = self.base[self.stage(segment, now)][rank_class]
            if plough < NEVER:
                first = lead | (plough // rounding << TRAVEL_BITS)
            if brush < NEVER:
                second = lead | (brush // rounding << TRAVEL_BITS)
        if follow <= now:
            key = self.base[CLEAN][rank_class] | (follow // rounding << TRAVEL_BITS)
            second = min(second, key)
        return first, second

    def standing(self, segment: int, now: int) -> Keys:
        """The segment's keys from its strips (pure: nothing is kept)."""
        plough, brush = self._clearing(segment, now)
        grade, spread = self._special(segment, now)
        return Keys(plough, brush, grade, spread)

    def _special(self, segment: int, now: int) -> tuple[int, int]:
        lo = self.network.seg.strip0[segment]
        grade = spread = NEVER
        for s in range(lo, lo + self.network.seg.strips[segment]):
            if not self.claimed[s]:
                if self.grade_due[s] < grade:
                    grade = self.grade_due[s]
                if self.spread_due[s] < spread:
                    spread = self.spread_due[s]
        rank_class = self.network.seg.rank_class[segment]
        first = second = NO_CANDIDATE
        if grade <= now:
            base = self.base[self.stage(segment, now)][rank_class]
            first = base | (grade // self.rounding_ms << TRAVEL_BITS)
        if spread <= now and self.spread_on:
            second = self.base[CLEAN][rank_class] | (spread // self.rounding_ms << TRAVEL_BITS)
        return first, second

    def refresh(self, segment: int, now: int) -> None:
        """Bring the clearing keys of a segment up to date."""
        plough, brush = self._clearing(segment, now)
        for cells, allowed in self._ploughs:
            if allowed[segment]:
                cells[segment] = plough
        for cells, allowed in self._brushes:
            if allowed[segment]:
                cells[segment] = brush

    def take_all(self, segment: int) -> None:
        """All strips of a segment are claimed: nothing to clear for anybody."""
        for cells, _ in self._ploughs:
            cells[segment] = NO_CANDIDATE
        for cells, _ in self._brushes:
            cells[segment] = NO_CANDIDATE

    def refresh_special(self, segment: int, now: int) -> None:
        """Bring the grading and spreading keys of a segment up to date."""
        grade, spread = self._special(segment, now)
        for cells, allowed in self._graders:
            if allowed[segment]:
                cells[segment] = grade
        for cells, allowed in self._spreaders:
            if allowed[segment]:
                cells[segment] = spread

    def newly_due(self, segment: int, t_ms: int) -> bool:
        """True while some free strip of the segment is still due from just this instant."""
        lo = self.network.seg.strip0[segment]
        for s in range(lo, lo + self.network.seg.strips[segment]):
            if self.lead_due[s] == t_ms and not self.claimed[s]:
                return True
        return False

    def free_strip(self, strip: int, follow_due: int) -> None:
        """A clearing pass has ended on this strip; brushes follow from `follow_due` on."""
        self.claimed[strip] = self.deep[strip] = 0
        self.follow_due[strip] = follow_due
        self.grade_due[strip] = NEVER
        self.worked[strip] = 1

    def due_for(self, work: Work, strip: int, now: int) -> bool:
        """True when this strip, free, is due for this work."""
        if self.claimed[strip]:
            return False
        if work is Work.PLOUGH:
            return self.lead_due[strip] <= now and (self.lead_is_plough or bool(self.deep[strip]))
        if work is Work.BRUSH:
            if self.lead_due[strip] <= now:
                return not self.lead_is_plough and not self.deep[strip]
            return self.follow_due[strip] <= now
        return (self.grade_due if work is Work.GRADE else self.spread_due)[strip] <= now

    def due_of(self, work: Work, lo: int, hi: int, now: int) -> int:
        """From when the first of these strips, all due for this work now, has been due for it."""
        if work is Work.PLOUGH:
            return min(self.lead_due[lo:hi])
        if work is Work.BRUSH:
            lead, follow = self.lead_due, self.follow_due
            return min(lead[s] if lead[s] <= now else follow[s] for s in range(lo, hi))
        return min((self.grade_due if work is Work.GRADE else self.spread_due)[lo:hi])

    def left_due(self, segment: int, now: int) -> int:
        """From when strips of a segment have been due for clearing that nobody has claimed."""
        lo = self.network.seg.strip0[segment]
        free = [s for s in range(lo, lo + self.network.seg.strips[segment]) if not self.claimed[s]]
        dues = (self.lead_due, self.follow_due, self.grade_due)
        soonest = min((due[s] for due in dues for s in free), default=NEVER)
        return soonest if soonest < now else NEVER

    def groups(
        self, segment: int, work: Work, now: int, cover: int, most: int
    ) -> list[tuple[int, int]]:
        """Up to `most` adjacent runs of at most `cover` due strips, from the centre outwards."""
        lo = self.network.seg.strip0[segment]
        hi = lo + self.network.seg.strips[segment]
        found: list[tuple[int, int]] = []
        s = lo
        while s < hi and len(found) < most:
            if not self.due_for(work, s, now):
                if found:
                    break
                s += 1
                continue
            end = s + 1
            while end < hi and end - s < cover and self.due_for(work, end, now):
                end += 1
            found.append((s, end))
            s = end
        return found


def _clearing_keys(board: Board) -> Callable[[int, int], tuple[int, int]]:
    """The keys for ploughs and brushes of a segment at an instant, as a function bound once.

    Asked three times a pass: what it reads is bound here, not looked up again.
    """
    seg = board.network.seg
    strip0, strips = seg.strip0, seg.strips
    claimed, deep = board.claimed, board.deep
    lead_due, follow_due = board.lead_due, board.follow_due

    def keys(segment: int, now: int) -> tuple[int, int]:
        plough = brush = follow = NEVER
        lead_is_plough = board.lead_is_plough
        lo = strip0[segment]
        for s in range(lo, lo + strips[segment]):
            if claimed[s]:
                continue
            due = lead_due[s]
            if due > now:
                if follow_due[s] < follow:
                    follow = follow_due[s]
            elif lead_is_plough or deep[s]:
                if due < plough:
                    plough = due
            elif due < brush:
                brush = due
        if plough == brush == follow == NEVER:
            return NO_CANDIDATE, NO_CANDIDATE
        return board.clearing_keys(segment, now, plough, brush, follow)

    return keys
