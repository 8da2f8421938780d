"""Random draws keyed by entity and purpose, never by order: one raw Philox word a draw.

key = SHA-256(run seed, entity, purpose), counter = the number of the draw. Adding a machine
changes nobody else's luck, and a stored counter is enough to go on.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from statistics import NormalDist

import numpy as np

from snowplan.model.physics import Spread

_NORMAL = NormalDist()
DISTRIBUTIONS = ("constant", "uniform", "normal", "lognormal", "exponential")


def uniform(run_seed: int, entity: str, purpose: str, number: int) -> float:
    """A number strictly inside (0, 1): the `number`-th draw of this entity for this purpose."""
    text = f"{run_seed}\x1f{entity}\x1f{purpose}".encode()
    key = int.from_bytes(hashlib.sha256(text).digest()[:16], "little")
    word = int(np.random.Philox(key=key, counter=number).random_raw())
    return ((word >> 11) + 0.5) / (1 << 53)


def quantile(spread: Spread, u: float) -> float:
    """Inverse transform of a distribution at `u`, clamped to its bounds.

    constant(a), uniform(a, b), normal(mean a, sd b), lognormal(median a, sigma b),
    exponential(mean a).
    """
    a, b = spread.a, spread.b
    if spread.distribution == "uniform":
        value = a + (b - a) * u
    elif spread.distribution == "normal":
        value = a + b * _NORMAL.inv_cdf(u)
    elif spread.distribution == "lognormal":
        value = a * math.exp(b * _NORMAL.inv_cdf(u))
    elif spread.distribution == "exponential":
        value = -a * math.log1p(-u)
    else:
        value = a
    if spread.lower is not None:
        value = max(value, spread.lower)
    if spread.upper is not None:
        value = min(value, spread.upper)
    return value


class Draws:
    """The draws of one run, with a counter for every (entity, purpose)."""

    def __init__(self, run_seed: int, spreads: Iterable[Spread]) -> None:
        self.run_seed = run_seed
        self.spreads = {s.quantity: s for s in spreads}
        self.counters: dict[tuple[str, str], int] = {}

    def varies(self, quantity: str) -> bool:
        """True where the quantity is switched on."""
        spread = self.spreads.get(quantity)
        return spread is not None and spread.on

    def median(self, quantity: str) -> float:
        """The median of the quantity's row, switched on or off; nothing is drawn."""
        return quantile(self.spreads[quantity], 0.5)

    def value(self, entity: str, quantity: str, fixed: float) -> float:
        """The entity's next value of a quantity; `fixed` where it is switched off."""
        if not self.varies(quantity):
            return fixed
        slot = (entity, quantity)
        number = self.counters.get(slot, 0)
        self.counters[slot] = number + 1
        return quantile(self.spreads[quantity], uniform(self.run_seed, entity, quantity, number))
