"""Made-up margins over a grid of snowfall, and the runs that would tell of them."""

from __future__ import annotations

from collections.abc import Callable

from snowplan.analysis.envelope_search import Margin, wanted
from snowplan.model.comparison import Job
from snowplan.model.readiness import Search, storm_at
from snowplan.results.ready_run import ItemTime, ReadyRun
from snowplan.results.replications import Replication

GRID = Search(tuple(2.0 ** (k / 4 - 2) for k in range(21)), (4, 8, 12, 16))
TOP = len(GRID.factors) - 1
Told = dict[tuple[int, int], dict[str, Margin]]
Law = Callable[[int, int], dict[str, Margin]]  # margins at a position in a replication


def searched(law: Law, replications: int, search: Search = GRID) -> tuple[Told, list[int]]:
    """All that a search asks of a law, and how many runs each round of it had."""
    found: Told = {}
    rounds: list[int] = []
    while jobs := wanted(found, search, replications):
        assert not set(jobs) & set(found), "asked twice"
        assert len(jobs) == len(set(jobs)), "asked twice at once"
        found |= {(p, r): law(p, r) for p, r in jobs}
        rounds.append(len(jobs))
    return found, rounds


def job(variant: str, scenario: str, position: int | None, run_seed: int) -> Job:
    """A run of a scenario's own storm, or at a position of the grid."""
    storm = scenario if position is None else storm_at(scenario, GRID.factors[position])
    return Job(variant, storm, run_seed)


def run(
    of: Job,
    lasts: dict[str, tuple[float, float, int]],
    mean_h: dict[str, float] | None = None,
    digest: str = "",
) -> Replication:
    """A run with (limit_h, last_h, late) by item and mean hours by aspect."""
    kept = ReadyRun(
        limits={item: ItemTime(a, b, late, 1) for item, (a, b, late) in lasts.items()},
        mean_h=mean_h or {},
        peak={},
        muster_min={},
        dumps_m3={},
        loads=0,
        grade="heavy",
        onset_min=None,
    )
    return Replication(of, {}, events_sha256=digest, kept=kept.plain())
