"""The rounds of a comparison: whole replications of every variant until the answer is sure enough.

What is asked for next is decided after whole rounds, from all that the rounds so far have found.
So neither the order in which runs end nor their engine nor what was stored before matters.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from snowplan.analysis import selection
from snowplan.analysis.enough import precision
from snowplan.experiments.compare_runs import Keeper, Runs, Watch, workshop_of
from snowplan.experiments.engines.tasks import Engine, Workshop
from snowplan.model.comparison import Comparison, Job
from snowplan.results.replications import Replication

EngineOf = Callable[[Workshop], Engine]
STAGE = 4  # replications between two looks at which variants are worse


@dataclass(frozen=True, slots=True)
class Compared:
    """What was found: every run asked for that ended, those that failed, and why no more."""

    replications: Mapping[Job, Replication]
    failed: Mapping[Job, str]
    stopped: str  # reached, cap, no_figures, fixed or selected
    stages: tuple[dict[str, Any], ...] = ()  # how the variants were selected


def run_comparison(
    comparison: Comparison,
    engine_of: EngineOf,
    keeper: Keeper,
    *,
    fixed: bool = False,
    processors: int | None = None,
    watch: Watch | None = None,
) -> Compared:
    """Run a comparison: `fixed` means its first replications and no more.

    `processors` are this machine's, for the estimate; None where the workers are elsewhere.
    Raises RunError where the store cannot be written or no run of the baseline ends.
    """
    by_rule = not fixed and (bool(comparison.question.half_width) or selection.wanted(comparison))
    most = jobs_of(comparison, range(comparison.cap if by_rule else comparison.replications))
    with engine_of(workshop_of(comparison)) as engine:
        runs = Runs(comparison, engine, keeper, watch or Watch(), most, processors)
        runs.run(jobs_of(comparison, range(comparison.replications)))
        runs.living()
        if not by_rule:
            return Compared(runs.replications, runs.failed, "fixed")
        if selection.wanted(comparison):
            return _until_selected(runs)
        return Compared(
            runs.replications, runs.failed, _until_precise(runs, comparison.replications)
        )


def run_replications(
    comparison: Comparison,
    replications: Iterable[int],
    engine_of: EngineOf,
    keeper: Keeper,
    *,
    processors: int | None = None,
    watch: Watch | None = None,
) -> Compared:
    """Run these replications of all variants, and no more."""
    jobs = jobs_of(comparison, replications)
    with engine_of(workshop_of(comparison)) as engine:
        runs = Runs(comparison, engine, keeper, watch or Watch(), jobs, processors)
        runs.run(jobs)
    return Compared(runs.replications, runs.failed, "fixed")


def _until_precise(runs: Runs, done: int, out: Collection[str] = ()) -> str:
    """Add replications until each asked half-width is reached or the cap is; says which.

    A variant of which no run ends is not tried again; it, or a measure without figures, leaves an
    asked half-width that no more runs can reach. Variants that are `out` ask for nothing.
    """
    comparison = runs.comparison
    while True:
        living = [name for name in runs.living() if name not in out]
        state = precision(comparison, runs.replications, done, out)
        if not state.more:
            break
        runs.run(jobs_of(comparison, range(done, done + state.more), tuple(living)))
        done += state.more
    if not state.not_reached:
        return "reached"
    return "cap" if done >= comparison.cap else "no_figures"


def _until_selected(runs: Runs) -> Compared:
    """Add replications, the worse variants leaving on the way, until one is left or the cap.

    The baseline runs on, since the one that is left is compared with it: then until each asked
    half-width of the two is reached.
    """
    comparison, done = runs.comparison, runs.comparison.replications
    living = runs.living()
    among = tuple(variant for variant in comparison.variants if variant.id in living)
    chosen = selection.Selection(replace(comparison, variants=among))
    left = chosen.stage(runs.replications, done)
    while not chosen.decided and done < comparison.cap:
        more = min(STAGE, comparison.cap - done)
        names = tuple(name for name in living if name in (comparison.baseline, *left))
        runs.run(jobs_of(comparison, range(done, done + more), names))
        done += more
        left = chosen.stage(runs.replications, done)
    stopped = "cap"
    if chosen.decided:
        found = _until_precise(runs, done, _out(living, comparison.baseline, left))
        stopped = "selected" if found == "reached" else found
    return Compared(runs.replications, runs.failed, stopped, tuple(chosen.stages))


def _out(living: Iterable[str], baseline: str, left: Iterable[str]) -> set[str]:
    """The variants that the selection left out, the baseline not among them."""
    return set(living).difference(left, [baseline])


def jobs_of(
    comparison: Comparison, replications: Iterable[int], variants: tuple[str, ...] = ()
) -> list[Job]:
    """The runs of these replications, the variants of one storm and seed together."""
    return [job for number in replications for job in comparison.jobs(number, variants)]


def share_of_replications(comparison: Comparison, i: int, n: int) -> range:
    """The replications of share i of n: every n-th of the first ones."""
    return range(i - 1, comparison.replications, n)
