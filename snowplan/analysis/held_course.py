"""One section's time from the start until it is clean for good, every millisecond in one part."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from snowplan.analysis.held_doing import WAITING, Doings, Piece

Span = tuple[int, int]
NOT_DUE, WORKED, DRIVING = "not_due", "worked", "driving"
BETWEEN, SNOWED_OVER, MELTING = "between_passes", "snowed_over", "melting"
TEAM, UNSERVED = f"{WAITING}team", f"{WAITING}unserved"
NEVER = 1 << 62


class Visit(NamedTuple):
    """Somebody who decided to serve a section, and from when that work had been due."""

    decided_ms: int
    due_ms: int
    machine: str


@dataclass(frozen=True, slots=True)
class Course:
    """What happened on one section; spans in any order, visits by decision.

    `clean` are the spells in which it was clean, in order; the last one is for good where it
    reaches the horizon. `left_due_ms` is from when work was due at the end that nobody had taken.
    """

    until_ms: int  # clean for good, or the horizon
    cleared: bool
    visits: Sequence[Visit]
    passes: Sequence[Span]
    drives: Sequence[Span]
    claims: Sequence[Span]  # from decision to the end of the work
    clean: Sequence[Span]
    left_due_ms: int = NEVER


def partition(course: Course, doings: Doings) -> list[Piece]:
    """The parts of a section's time in order; together they are `[0, until_ms)`."""
    free: list[Span] = [(0, course.until_ms)]
    pieces: list[Piece] = []
    for part, spans in (
        (WORKED, course.passes), (DRIVING, course.drives), (TEAM, course.claims),
    ):  # fmt: skip
        taken, free = _cut(free, _merged(spans))
        pieces += (Piece(a, b, part) for a, b in taken)
    ends = sorted(end for _, end in course.passes)
    decided = [visit.decided_ms for visit in course.visits]
    soonest = _soonest_after(course)
    for gap in free:
        first = bisect_left(decided, gap[0])
        waits, due_ms = _waits(course, gap, first, soonest)
        for a, b, machine in waits:
            pieces += doings.pieces(machine, a, b) if machine else [Piece(a, b, UNSERVED)]
        more = soonest[first] < course.until_ms
        pieces += _not_due(course, (gap[0], due_ms), ends, more)
    return _joined(sorted(pieces))


def _soonest_after(course: Course) -> list[int]:
    """By visit: the soonest due instant of it and all later ones; last that of the work left."""
    found = [course.left_due_ms]
    for visit in reversed(course.visits):
        found.append(min(found[-1], visit.due_ms))
    return found[::-1]


def _waits(
    course: Course, gap: Span, first: int, soonest: Sequence[int]
) -> tuple[list[tuple[int, int, str]], int]:
    """Who was waited for when in a gap ("" nobody who came), and when the first work fell due.

    At every instant it is the next to come of those whose work was due by then.
    """
    begin, until = gap
    found = []
    for number in range(first, len(course.visits)):
        if until == begin or soonest[number] >= until:
            break
        visit = course.visits[number]
        if visit.due_ms < until:
            found.append((max(begin, visit.due_ms), until, visit.machine))
            until = max(begin, visit.due_ms)
    since = max(begin, course.left_due_ms)
    if since < until:
        found.append((since, until, ""))
        until = since
    return found, until


def _not_due(course: Course, gap: Span, ends: Sequence[int], more: bool) -> Iterator[Piece]:
    """A spell in which no work was due; `more`: some fell due later, before it was clean."""
    begin, until = gap
    worked = bisect_right(ends, begin)
    if begin >= until:
        return
    if not worked:
        yield Piece(begin, until, NOT_DUE)
        return
    if course.cleared and not more:
        melts = max((b for _, b in course.clean if b < course.until_ms), default=0)
        if melts < until:
            yield Piece(max(begin, melts), until, MELTING)
            until = max(begin, melts)
    cleaned = _clean_since(course, ends[worked - 1])
    if begin < min(cleaned, until):
        yield Piece(begin, min(cleaned, until), BETWEEN)
    if max(begin, cleaned) < until:
        yield Piece(max(begin, cleaned), until, SNOWED_OVER)


def _clean_since(course: Course, t_ms: int) -> int:
    """The first instant from `t_ms` on at which it was clean."""
    return next((max(a, t_ms) for a, b in course.clean if b > t_ms), NEVER)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The spans as disjoint ones, in order."""
    found: list[Span] = []
    for a, b in sorted(spans):
        if found and a <= found[-1][1]:
            found[-1] = (found[-1][0], max(b, found[-1][1]))
        elif b > a:
            found.append((a, b))
    return found


def _cut(free: Sequence[Span], spans: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    """What disjoint spans take of free ones, and what they leave."""
    taken, left, at = [], [], 0
    for begin, end in free:
        while at < len(spans) and spans[at][1] <= begin:
            at += 1
        here = at
        while begin < end and here < len(spans) and spans[here][0] < end:
            a, b = max(begin, spans[here][0]), min(end, spans[here][1])
            if begin < a:
                left.append((begin, a))
            taken.append((a, b))
            begin, here = b, here + 1
        if begin < end:
            left.append((begin, end))
    return taken, left


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbours of the same part as one."""
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1].part == piece.part and found[-1].end_ms == piece.start_ms:
            found[-1] = Piece(found[-1].start_ms, piece.end_ms, piece.part)
        else:
            found.append(piece)
    return found
