"""What a location model is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from snowplan.errors import RunError

FAR = 10**7  # a distance from here on means: no way, or not allowed
Whole = NDArray[np.int64]
Real = NDArray[np.float64]
Watch = Callable[[str, int], None]  # hears of a model and the number of the placement sought


class Cut(NamedTuple):
    """A placement that is known already: of the next one at least `differ` sites are others."""

    sites: frozenset[int]
    differ: int = 1

    def allows(self, sites: Collection[int]) -> bool:
        """True where a placement of as many sites is another one."""
        return len(self.sites.intersection(sites)) <= len(self.sites) - self.differ


class UnsolvableError(RunError):
    """No placement does what is asked; `key` and `fields` say why in any language."""

    def __init__(self, key: str, text: str, **fields: object) -> None:
        self.key, self.fields = key, fields
        super().__init__(text.format(**fields))


def few_sites(count: int, sites: int) -> UnsolvableError:
    """More sites are to be opened than there are."""
    text = "{count} sites to open, {sites} to choose from"
    return UnsolvableError("few_sites", text, count=count, sites=sites)


def out_of_time(model: str) -> UnsolvableError:
    """The time was up before anything was found."""
    return UnsolvableError(
        "out_of_time", "{model}: nothing was found in the time given", model=model
    )


@dataclass(frozen=True, slots=True)
class Instance:
    """Clients with whole weights, sites, and the whole distance of each pair; `count` to open.

    `distance` has a row a client and a column a site; from `FAR` on a pair is not allowed.
    """

    distance: Whole
    weight: Whole
    count: int

    def __post_init__(self) -> None:
        clients, sites = self.distance.shape
        if clients != len(self.weight) or clients == 0:
            raise ValueError(f"{clients} rows of distances, {len(self.weight)} weights")
        if self.distance.min() < 0 or self.weight.min() < 0:
            raise ValueError("distances and weights must not be negative")
        if not 1 <= self.count <= sites:
            raise few_sites(self.count, sites)

    @property
    def clients(self) -> int:
        """Number of clients."""
        return int(self.distance.shape[0])

    @property
    def sites(self) -> int:
        """Number of sites."""
        return int(self.distance.shape[1])

    def cost(self, sites: Sequence[int]) -> int:
        """Sum of weight × distance to the nearest of these sites."""
        return int((self.weight * self.distance[:, list(sites)].min(axis=1)).sum())

    def reaches(self, sites: Sequence[int]) -> bool:
        """True where every client has a way to one of these sites."""
        return bool(self.distance[:, list(sites)].min(axis=1).max() < FAR)

    def nearest(self, sites: Sequence[int]) -> tuple[int, ...]:
        """The site that serves each client: the nearest, the first of equals."""
        ordered = sorted(sites)
        at = self.distance[:, ordered].argmin(axis=1)
        return tuple(ordered[k] for k in at.tolist())


@dataclass(frozen=True, slots=True)
class Placement:
    """A model's answer. `bound`: no placement can be better than this (proven).

    `assigned`: for each client the site that serves it, or most of it; -1 for none.
    """

    model: str
    sites: tuple[int, ...]
    objective: float
    bound: float
    seconds: float
    assigned: tuple[int, ...]

    @property
    def gap(self) -> float:
        """How far the objective may be from the best, as a share of it; 0: proven best."""
        apart = abs(self.objective - self.bound)
        if apart <= 1e-9 * abs(self.objective):  # noise of the last bits
            return 0.0
        return apart / max(abs(self.objective), 1.0)


class Model(Protocol):
    """A location model: the best placement that all cuts allow, or None where there is none."""

    name: str

    def solve(self, cuts: Sequence[Cut] = ()) -> Placement | None:
        """The best placement, with its proven bound."""


def best_placements(
    model: Model, most: int, differ: int = 1, watch: Watch | None = None
) -> list[Placement]:
    """At most `most` placements in the model's order, each other than those before.

    The first is the best of all; each next is the best of those of which at least `differ` sites
    are not in any one before. Fewer come back where there are no more. `watch` hears of each
    placement (model, its number) before it is sought.

    Raises UnsolvableError where there is not even one.
    """
    found: list[Placement] = []
    while len(found) < most:
        if watch is not None:
            watch(model.name, len(found) + 1)
        cuts = [Cut(frozenset(known.sites), differ) for known in found]
        placement = model.solve(cuts)
        if placement is None:
            break
        found.append(placement)
    if not found:
        raise UnsolvableError("none", "{model}: no placement does what is asked", model=model.name)
    return found
