"""How many runs a readiness report has, and what its first ones say of the rest."""

from __future__ import annotations

from snowplan.experiments.compare_runs import Ran
from snowplan.experiments.readiness_cases import readiness_of, scaled
from snowplan.experiments.readiness_estimate import first_of_workers
from snowplan.inputs.readiness_files import load_rules
from snowplan.inputs.scenario_files import load_scenario
from snowplan.model.comparison import Job
from snowplan.model.readiness import TODAY, Effort
from snowplan.results.replications import Replication

EFFORT = Effort(grades=3, envelope=1, relief=1, marginal=1, marginal_most=2, best=2)


def test_more_replications_grow_every_stage() -> None:
    """Twice the replications of the first stage double the others; none that was there vanishes."""
    assert scaled(EFFORT, 6) == Effort(6, 2, 2, 2, 4, 2)
    assert scaled(EFFORT, 1) == Effort(1, 1, 1, 1, 1, 2)
    assert scaled(EFFORT, None) == EFFORT


def test_fewer_replications_shrink_no_other_stage_below_them() -> None:
    """With twelve the search keeps its six; with four all have four; the few are marked so."""
    full = Effort(36, 6, 2, 1, 6, 4)
    assert scaled(full, 12) == Effort(12, 6, 2, 1, 6, 4)
    assert scaled(full, 4) == Effort(4, 4, 2, 1, 4, 4)
    rules, town = load_rules(), load_scenario("toy_town")
    told = {n: readiness_of([town], {}, rules, replications=n).indicative for n in (9, 10, None)}
    assert told == {9: True, 10: False, None: False}


def test_each_workers_first_run_is_known() -> None:
    """Of two workers' runs those with the least CPU since the worker began."""
    one = nothing_special()
    rows = [Ran(one, 9.0, 9.0, "a", 9.0, 1), Ran(one, 1.0, 1.0, "a", 10.0, 1),
            Ran(one, 2.0, 2.0, "b", 11.0, 1), Ran(one, 8.0, 8.0, "b", 8.0, 1)]  # fmt: skip
    assert [ran.seconds for ran in first_of_workers(rows)] == [9.0, 8.0]


def nothing_special() -> Replication:
    """A replication of which nothing counts."""
    return Replication(Job(TODAY, "toy_town", 1), {})
