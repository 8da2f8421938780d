"""Good placements quickly: greedy, random starts, and interchange of one site for another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count as numbers

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from snowplan.planning.locating.problem import Cut, Instance, Whole

STARTS = 8  # of them one greedy, the others random, the same in every run
PAIRS = 4_000_000  # × sites to open; the larger the instance, the fewer starts


def quick(
    instance: Instance, cuts: Sequence[Cut] = (), start: Sequence[int] | None = None
) -> tuple[int, ...] | None:
    """The best of a few local searches that all cuts allow; None where none was found.

    `start` is a placement that they allow, if one is known.
    """
    best: tuple[int, tuple[int, ...]] | None = None
    if start is not None:
        sites = interchanged(instance, start, cuts)
        best = instance.cost(sites), sites
    draw = np.random.default_rng(0)
    for number in range(min(STARTS, 1 + PAIRS // (instance.distance.size * instance.count))):
        first = greedy(instance) if number == 0 else _random(instance, draw)
        allowed = _repaired(instance, first, cuts, draw)
        if allowed is None:
            continue
        sites = interchanged(instance, allowed, cuts)
        if instance.reaches(sites) and (best is None or (instance.cost(sites), sites) < best):
            best = instance.cost(sites), sites
    return None if best is None else best[1]


def greedy(instance: Instance) -> list[int]:
    """One site after another, each the one that helps most."""
    distance, weight = instance.distance, instance.weight[:, None]
    now = distance.max(axis=1)
    sites: list[int] = []
    for _ in range(instance.count):
        gain = (np.maximum(now[:, None] - distance, 0) * weight).sum(axis=0)
        gain[sites] = -1
        best = int(gain.argmax())
        sites.append(best)
        now = np.minimum(now, distance[:, best])
    return sites


def interchanged(
    instance: Instance, start: Sequence[int], cuts: Sequence[Cut] = ()
) -> tuple[int, ...]:
    """The best allowed exchange of one site for another, again and again until none helps."""
    sites = list(start)
    for _ in numbers():
        gain = exchange_gains(instance, sites)
        gain[:, sites] = -1
        for cut in cuts:
            gain[_overlap(instance, sites, cut) > len(cut.sites) - cut.differ] = -1
        out, in_ = divmod(int(gain.argmax()), instance.sites)
        if gain[out, in_] <= 0:
            break
        sites[out] = in_
    return tuple(sorted(sites))


def exchange_gains(instance: Instance, sites: Sequence[int]) -> Whole:
    """What is gained when the site in a row makes room for the one in a column."""
    distance, weight = instance.distance, instance.weight[:, None]
    own = distance[:, list(sites)]
    order = np.argsort(own, axis=1, kind="stable")[:, :2]
    clients = np.arange(instance.clients)
    first = own[clients, order[:, 0]][:, None]
    far = distance.max(axis=1)[:, None]
    second = own[clients, order[:, -1]][:, None] if len(sites) > 1 else far
    gain = (weight * np.maximum(first - distance, 0)).sum(axis=0)
    loss = weight * (np.minimum(second, distance) - np.minimum(first, distance))
    of_site = csr_matrix(
        (np.ones(len(clients), dtype=np.int64), (order[:, 0], clients)),
        shape=(len(sites), instance.clients),
    )
    found: Whole = gain[None, :] - (of_site @ loss)
    return found


def _overlap(instance: Instance, sites: Sequence[int], cut: Cut) -> NDArray[np.int64]:
    """How many sites an exchange leaves in common with a known placement."""
    member = np.zeros(instance.sites, dtype=np.int64)
    member[sorted(cut.sites)] = 1
    now = member[list(sites)]
    return int(now.sum()) - now[:, None] + member[None, :]


def _random(instance: Instance, draw: np.random.Generator) -> list[int]:
    return [int(site) for site in draw.permutation(instance.sites)[: instance.count]]


def _repaired(
    instance: Instance, start: Sequence[int], cuts: Sequence[Cut], draw: np.random.Generator
) -> list[int] | None:
    """The start with as many sites exchanged at random as the cuts ask for; None if in vain."""
    sites = list(start)
    for _ in range(10 * (instance.count + len(cuts))):
        broken = next((cut for cut in cuts if not cut.allows(sites)), None)
        if broken is None:
            return sites
        others = [k for k in range(instance.sites) if k not in broken.sites and k not in sites]
        if not others:
            return None
        common = [k for k, site in enumerate(sites) if site in broken.sites]
        sites[common[int(draw.integers(len(common)))]] = others[int(draw.integers(len(others)))]
    return None
