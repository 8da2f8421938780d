"""Frontage duty by the words of docs/model.md: when owners act, and which of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from snowplan.model.draws import uniform
from snowplan.model.hands import Frontage
from tests.oracles.dues import Regime
from tests.oracles.sky import HOUR
from tests.oracles.strips import Direction

FRONTAGE = "frontage"


def stops_of(regimes: Sequence[Regime]) -> list[int]:
    """Assessments that found that snow has stopped, where the one before had not."""
    first = [regimes[0].begin] if regimes[0].stopped else []
    return first + [b.begin for a, b in pairwise(regimes) if b.stopped and not a.stopped]


def acts_of(row: Frontage, regimes: Sequence[Regime], horizon: int) -> list[int]:
    """The instants at which a zone's owners act: each stop that outlasts the delay has one.

    Nobody acts while the grade does not name frontage.
    """
    delay = round(row.delay_h * HOUR)
    snow = [r.begin for r in regimes if not r.stopped]
    ends = [t + delay for t in stops_of(regimes) if not any(t < s <= t + delay for s in snow)]
    named = [(r.begin, r.end) for r in regimes if FRONTAGE in r.groups]
    return [t for t in ends if t < horizon and any(a <= t < b for a, b in named)]


def complies(row: Frontage, run_seed: int, where: Direction) -> bool:
    """One draw a frontage: its owners clear it after every stop of a run, or after none."""
    return uniform(run_seed, f"{where[0]}:{where[1]}", FRONTAGE, 0) < row.compliance
