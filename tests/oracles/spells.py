"""A strip between two touches: records of the slow replay, and the formulas of docs/model.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from snowplan.model.fleet import Deicer, MachineType
from tests.oracles.sky import HOUR, Curve

NEVER = 1 << 60
Look = tuple[bool, bool]  # passable, clean


@dataclass(frozen=True)
class Touch:
    """A finished pass over one strip, by machine or by hand, or snow thrown back on it."""

    t: int
    kind: str  # a kind of pass, `hand_clear` or `thrown_back`
    tool: MachineType | None = None
    grams: int = 0
    product: Deicer | None = None


@dataclass(frozen=True)
class Spell:
    """A strip from one touch to the next, with everything that its curve needs."""

    begin: int
    end: int
    areal: float  # ℓ₁, g/m²
    loose: int
    packed: int
    film: float
    star: int  # t*
    k: float
    salt: int = 0
    water: int = 0
    credit: int = 0
    freeze: int = NEVER
    melt_then: float = 0.0


@dataclass
class StripStory:
    """One strip from the start to the horizon, its accounts at the end."""

    spells: list[Spell] = field(default_factory=list)
    loose: int = 0
    packed: int = 0
    pushed: int = 0
    melted: int = 0
    pushes: list[tuple[int, int]] = field(default_factory=list)  # (instant, grams)


def loose_at(spell: Spell, curve: Curve, t: int) -> float:
    """ℓ(t), g/m², in the phase that holds at `t`."""
    if t <= spell.star:
        return max(0.0, spell.areal + (curve.fall(t) - curve.fall(spell.begin)) / HOUR)
    y, w = curve.yw(t)
    return spell.film + (spell.k + w) / y


def melt(product: Deicer, pavement: float) -> float:
    """Melt capacity g/g: the table's straight lines, its warmest value above, 0 below."""
    table = sorted(product.melt, reverse=True)
    if pavement >= table[0][0]:
        return table[0][1]
    for (warm, high), (cold, low) in pairwise(table):
        if pavement >= cold:
            return high + (warm - pavement) / (warm - cold) * (low - high)
    return 0.0


def first_ms(holds: Callable[[int], bool], lo: int, hi: int) -> int:
    """The first whole ms in [lo, hi) at which a condition holds that then lasts; or NEVER."""
    if hi <= lo or not holds(hi - 1):
        return NEVER
    if holds(lo):
        return lo
    hi -= 1
    while hi - lo > 1:
        middle = (lo + hi) // 2
        if holds(middle):
            hi = middle
        else:
            lo = middle
    return hi


def changes(look: Callable[[int], Look], stops: list[int]) -> Iterator[tuple[int, Look]]:
    """(instant, value) at the first stop and at every change, at most one between two stops."""
    here = look(stops[0])
    yield stops[0], here
    for a, b in pairwise(stops):
        while look(b) != here:
            lo, hi = a, b
            while hi - lo > 1:
                middle = (lo + hi) // 2
                if look(middle) == here:
                    lo = middle
                else:
                    hi = middle
            here, a = look(hi), hi
            yield hi, here


def outside(
    spells: Iterable[tuple[int, int]], holes: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Half-open spells with the holes cut out."""
    left = list(spells)
    for begin, end in holes:
        cut = [part for a, b in left for part in ((a, min(b, begin)), (max(a, end), b))]
        left = [(a, b) for a, b in cut if a < b]
    yield from left
