"""p-median: so many sites that the weighted distance to the nearest of them is least.

Elloumi's formulation (2010): for each client the distances at which sites lie, one step after
another, and a value that is 1 while no site is open so near. The list of steps is cut off where
it is long enough: a client beyond its list pays too little, so that the cut program is a
relaxation; lists grow until nobody lies beyond. Sites that cannot be in a better placement are
left out before (`bounding`); where few placements are left each is reckoned (`few`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count as numbers

import numpy as np

from snowplan.planning.locating.bounding import Prices, price, priced_cost
from snowplan.planning.locating.few import cheapest, few_below
from snowplan.planning.locating.highs import Deadline, Program, Solved, chosen
from snowplan.planning.locating.problem import FAR, Cut, Instance, Placement, Whole
from snowplan.planning.locating.searching import quick

NOISE = 1e-9  # a bound may miss a whole number by so much, as a share of it


class PMedian:
    """The model on one instance; what is learnt of its sites serves every further solution."""

    name = "p_median"

    def __init__(
        self,
        instance: Instance,
        time_limit_s: float = math.inf,
        start: tuple[int, ...] | None = None,
    ) -> None:
        self.instance = instance
        self.time_limit_s = time_limit_s
        self.start = start  # a placement that all cuts allow, where one is known
        self.prices: Prices | None = None

    def solve(self, cuts: Sequence[Cut] = ()) -> Placement | None:
        """See `Model`."""
        deadline = Deadline(self.time_limit_s)
        known = quick(self.instance, cuts, self.start)
        if known is None:
            return self._decided(self.instance.distance, None, cuts, deadline)
        if self.prices is None:
            self.prices = price(self.instance, known)
        least = self.instance.cost(known)
        few = few_below(self.prices, self.instance, least - 1)
        if few is not None:
            return self._answer(cheapest(self.instance, few, cuts, known), end=deadline)
        needed = self.prices.needed(priced_cost(self.instance), least - 1)
        return self._decided(np.where(needed, self.instance.distance, FAR), known, cuts, deadline)

    def _decided(
        self, distance: Whole, known: tuple[int, ...] | None, cuts: Sequence[Cut], end: Deadline
    ) -> Placement | None:
        """HiGHS on the pairs that are left; `known` stands where nothing is better."""
        better, bound = _better(self.instance, distance, known, cuts, end)
        if better is not None:
            known = better
        if known is None:
            return None
        return self._answer(known, max(bound, self.prices.bound if self.prices else 0), end=end)

    def _answer(
        self, sites: tuple[int, ...], bound: float = math.inf, *, end: Deadline
    ) -> Placement:
        objective = self.instance.cost(sites)
        assigned = self.instance.nearest(sites)
        return Placement(self.name, sites, objective, min(objective, bound), end.used, assigned)


def _better(
    instance: Instance,
    distance: Whole,
    known: tuple[int, ...] | None,
    cuts: Sequence[Cut],
    end: Deadline,
) -> tuple[tuple[int, ...] | None, float]:
    """(a placement better than the known one, if one is found; what none of those can beat)."""
    left = np.flatnonzero((distance < FAR).any(axis=0)).tolist()
    distance = distance[:, left]
    if len(left) < instance.count or (distance.min(axis=1) >= FAR).any():
        return None, math.inf
    best = math.inf if known is None else instance.cost(known)
    reach = None if known is None else instance.distance[:, list(known)].min(axis=1)
    lists = _Lists(distance, instance.weight, reach)
    relaxed, bound = True, 0.0
    for _ in numbers():
        program = lists.program(instance.count)
        program.other_than(cuts, left)
        solved = program.solve(end, relaxed=relaxed)
        if solved is None:
            return None, math.inf
        bound = max(bound, whole_bound(solved.bound + lists.base))
        if bound > best - 1:
            return None, bound
        if solved.done and lists.grow(solved):
            continue
        if not solved.done or not relaxed:
            return _placed(instance, solved, left, best, relaxed=relaxed), bound
        relaxed = False
    raise AssertionError("lists end")


def _placed(
    instance: Instance, solved: Solved, left: list[int], best: float, *, relaxed: bool
) -> tuple[int, ...] | None:
    """What HiGHS found, where that is a placement, and better."""
    if solved.values is None or relaxed:
        return None
    sites = chosen(solved.values, left)
    better = instance.reaches(sites) and instance.cost(sites) < best
    return sites if better else None


def whole_bound(bound: float) -> float:
    """The whole number that a proven bound on a whole objective amounts to."""
    return math.ceil(bound - max(1e-6, NOISE * abs(bound))) if math.isfinite(bound) else bound


@dataclass(slots=True)
class _Lists:
    """For each client the steps of distance; `length` of them count, and `last` is their value."""

    steps: list[Whole]
    order: Whole  # sites by distance
    ends: list[Whole]  # of each step, in `order`
    weight: Whole
    length: list[int]
    last: list[int]
    base: float

    def __init__(self, distance: Whole, weight: Whole, reach: Whole | None) -> None:
        self.order = np.argsort(distance, axis=1, kind="stable")
        self.weight = weight
        self.steps, self.ends = [], []
        for row, order in zip(distance, self.order, strict=True):
            steps, starts = np.unique(row[order], return_index=True)
            self.steps.append(steps)
            self.ends.append(np.append(starts, len(order)))
        self.base = float(sum(int(w) * int(s[0]) for w, s in zip(weight, self.steps, strict=True)))
        self.length = [
            min(
                self._most(k),
                2 if reach is None else 2 + 3 * int((self.steps[k] <= reach[k]).sum()) // 2,
            )
            for k in range(len(self.steps))
        ]
        self.last = []

    def _most(self, client: int) -> int:
        """Values that the whole list needs: beyond the last site that is allowed nobody goes."""
        return int((self.steps[client] < FAR).sum())

    def program(self, count: int) -> Program:
        """The program of the lists as long as they are now."""
        sites = self.order.shape[1]
        program = Program(sites)
        program.open_exactly(count, sites)
        self.last = [self._client(program, client) for client in range(len(self.steps))]
        return program

    def _client(self, program: Program, client: int) -> int:
        """One client's rows; the number of its last value, which is 1 beyond the list."""
        steps, ends, weight = self.steps[client], self.ends[client], int(self.weight[client])
        value = -1
        for k in range(self.length[client]):
            at = self.order[client, ends[k] : ends[k + 1]].tolist()
            whole_list = k + 1 == self._most(client)
            dearer = 0 if whole_list else weight * int(steps[k + 1] - steps[k])
            further = program.add(dearer, 0.0 if whole_list else np.inf)
            if value < 0:
                program.row([*at, further], [1.0] * (len(at) + 1), 1.0)
            else:
                program.row([*at, further, value], [*[1.0] * (len(at) + 1), -1.0], 0.0)
            value = further
        return value

    def grow(self, solved: Solved) -> bool:
        """Lengthen the lists of clients that lie beyond; False where none does."""
        assert solved.values is not None
        beyond = [
            client
            for client, last in enumerate(self.last)
            if solved.values[last] > 1e-9 and self.length[client] < self._most(client)
        ]
        for client in beyond:
            longer = self.length[client] * 3 // 2 + 1
            self.length[client] = min(longer, self._most(client))
        return bool(beyond)
