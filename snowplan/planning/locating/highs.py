"""Mixed-integer programs for HiGHS (scipy.optimize.milp): rows gathered, solved, answered."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_matrix

from snowplan.errors import RunError
from snowplan.planning.locating.problem import Cut, Real

HEAR_S = 0.5  # how often Ctrl-C is looked for while HiGHS works
DONE, TIME_UP, INFEASIBLE = 0, 1, 2  # statuses of scipy.optimize.milp


@dataclass(slots=True)
class Deadline:
    """How long the solver may still take."""

    seconds: float
    begun: float = field(default_factory=time.monotonic)

    @property
    def used(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self.begun

    @property
    def left(self) -> float:
        """Seconds that remain; a little in any case, so that the solver says what it knows."""
        return max(0.05, self.seconds - self.used)

    @property
    def over(self) -> bool:
        """True where no time remains."""
        return self.used >= self.seconds


@dataclass(frozen=True, slots=True)
class Solved:
    """What HiGHS found: values (None: nothing yet), proven bound, whether it went to the end."""

    values: Real | None
    bound: float
    done: bool


@dataclass(slots=True)
class Program:
    """Minimise cost · values, rows between `low` and `high`; the first `whole` are 0 or 1."""

    whole: int
    cost: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    _row: list[int] = field(default_factory=list)
    _column: list[int] = field(default_factory=list)
    _factor: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cost = [0.0] * self.whole
        self.most = [1.0] * self.whole

    def add(self, cost: float, most: float = np.inf) -> int:
        """A continuous value from 0 to `most`; its number."""
        self.cost.append(cost)
        self.most.append(most)
        return len(self.cost) - 1

    def row(
        self, columns: Iterable[int], factors: Iterable[float], low: float, high: float = np.inf
    ) -> None:
        """A row of the program."""
        before = len(self._column)
        self._column.extend(columns)
        self._factor.extend(factors)
        if len(self._factor) != len(self._column):
            raise ValueError(f"{len(self._factor)} factors, {len(self._column)} columns")
        self._row.extend([len(self.low)] * (len(self._column) - before))
        self.low.append(low)
        self.high.append(high)

    def open_exactly(self, count: int, sites: int) -> None:
        """So many of the first `sites` values are 1."""
        self.row(range(sites), [1.0] * sites, count, count)

    def other_than(self, cuts: Sequence[Cut], sites: Sequence[int]) -> None:
        """None of the known placements; `sites` are the numbers behind the first values."""
        for cut in cuts:
            at = [k for k, site in enumerate(sites) if site in cut.sites]
            self.row(at, [1.0] * len(at), -np.inf, len(cut.sites) - cut.differ)

    def solve(self, deadline: Deadline, *, relaxed: bool = False) -> Solved | None:
        """The best values, or None where there are none; relaxed: nothing need be whole.

        Raises RunError where HiGHS fails.
        """
        size, rows = len(self.cost), len(self.low)
        whole = np.zeros(size, dtype=np.int64)
        if not relaxed:
            whole[: self.whole] = 1
        at = (np.array(self._row, dtype=np.int64), np.array(self._column, dtype=np.int64))
        matrix = coo_matrix((np.array(self._factor), at), shape=(rows, size))
        answer = _interruptible(
            np.array(self.cost),
            integrality=whole,
            bounds=Bounds(np.zeros(size), np.array(self.most)),
            constraints=LinearConstraint(matrix.tocsr(), np.array(self.low), np.array(self.high)),
            options={"mip_rel_gap": 0.0, "time_limit": deadline.left},
        )
        if answer.status == INFEASIBLE:
            return None
        if answer.status not in (DONE, TIME_UP):
            raise RunError(f"HiGHS: {answer.message}")
        bound = answer.fun if relaxed and answer.status == DONE else answer.mip_dual_bound
        known = -np.inf if bound is None else float(bound)
        return Solved(answer.x, known, answer.status == DONE)


def _interruptible(*args: Any, **options: Any) -> Any:
    """`milp` beside the main thread, which so hears Ctrl-C while HiGHS works."""
    answers: list[Any] = []
    errors: list[Exception] = []

    def work() -> None:
        try:
            answers.append(milp(*args, **options))
        except (ValueError, RuntimeError, MemoryError) as error:  # raised again where it was asked
            errors.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(HEAR_S)
    if errors:
        raise errors[0]
    if not answers:
        raise RunError("HiGHS gave no answer")
    return answers[0]


def chosen(values: Real, sites: Sequence[int]) -> tuple[int, ...]:
    """The sites whose value is 1."""
    return tuple(sorted(site for site, value in zip(sites, values, strict=False) if value > 0.5))


def transported(cost: Real, demand: Real, capacity: Real) -> Real | None:
    """The cheapest shares by client and site that fit the capacities; None if nothing does."""
    clients, sites = cost.shape
    program = Program(0)
    for value in cost.ravel().tolist():
        program.add(value if math.isfinite(value) else 0.0, float(math.isfinite(value)))
    for client in range(clients):
        program.row(range(client * sites, (client + 1) * sites), [1.0] * sites, 1.0, 1.0)
    for site in range(sites):
        at = range(site, clients * sites, sites)
        program.row(at, demand.tolist(), -np.inf, float(capacity[site]))
    solved = program.solve(Deadline(math.inf), relaxed=True)
    if solved is None or solved.values is None:
        return None
    return solved.values.reshape(clients, sites)
