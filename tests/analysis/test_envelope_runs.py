"""The envelope of towns that are run: it does not fall when there is more of what binds."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from snowplan.analysis.envelope import envelope_rows
from snowplan.analysis.envelope_quantile import Threshold, threshold
from snowplan.analysis.envelope_relief import relief_asks, relief_jobs
from snowplan.analysis.envelope_relief import relieved as reliefs_of
from snowplan.analysis.envelope_search import found_of, wanted
from snowplan.analysis.intervals import t_interval
from snowplan.inputs.readiness_files import load_rules
from snowplan.model.comparison import Job
from snowplan.model.fleet import Machine
from snowplan.model.physics import Spread
from snowplan.model.readiness import MORE, RELIEF, TODAY, storm_at
from snowplan.model.reinforcing import eased, eased_means, more, snowed
from snowplan.model.roads import Section
from snowplan.model.scenario import Scenario
from snowplan.results.replications import Replication
from tests.analysis.envelope_cases import GRID
from tests.analysis.ready_runs import kept_run
from tests.simulation.towns import REPAIR, Fleet, Work, crew, plan, ploughs, snow, street, town

SEARCH = GRID
RULES = replace(load_rules(), search=SEARCH)
SEED = 1
REPLICATIONS = 6
VARIES = (REPAIR, Spread("snowfall_total", "lognormal", 1.0, 0.3, on=True))
Runs = dict[Job, Replication]


def road(length_m: float) -> list[Section]:
    """Eight streets in a row, each so long, with one strip."""
    ends = zip("abcdefgh", "bcdefghi", strict=True)
    return [street(f"s{k}", start, end, length_m) for k, (start, end) in enumerate(ends)]


def with_ploughs() -> Scenario:
    """40 km to plough, more than two hours for the only one; 6 h of snow, 1 cm an hour."""
    fall = snow((1, 1_000), (7, 0))
    return town(road(5_000.0), ploughs(), fall, horizon_h=20.0, uncertainty=VARIES)


def with_salt() -> Scenario:
    """Nothing but salt: a round takes 0.96 t and melts half a millimetre, and 1 t lies there."""
    machines = (Machine("spreader-001", "spreader", "depot"),)
    fleet = Fleet(machines, (crew("spreader", length_h=24.0),), stock_kg=1_000)
    fall = snow((1, 200), (7, 0))
    rules = plan((Work.SPREAD,), dose_g_m2=40.0, spread_classes=("main",))
    return town(road(1_000.0), fleet, fall, rules=rules, horizon_h=20.0, uncertainty=VARIES)


def changed(scenario: Scenario, variant: str) -> Scenario:
    """A scenario with one more of something, or with means eased."""
    if variant.startswith(MORE):
        return more(scenario, variant.removeprefix(MORE), "centre", RULES)
    if variant.startswith(RELIEF):
        return eased(scenario, variant.removeprefix(RELIEF), RULES)
    return scenario


def run_at(scenario: Scenario, variant: str, position: int, replication: int) -> Runs:
    """One run at a factor of the snowfall, told under the name of today's or a relief."""
    factor = SEARCH.factors[position]
    storm = storm_at(scenario.study.name, factor)
    found = kept_run(snowed(changed(scenario, variant), factor), storm, SEED + replication)
    job = Job(TODAY if variant.startswith(MORE) else variant, storm, SEED + replication)
    return {job: replace(found, job=job)}


def searched(scenario: Scenario, variant: str = TODAY) -> Runs:
    """Every run that the search of a variant asks for."""
    runs: Runs = {}
    name = scenario.study.name
    while jobs := wanted(found_of(runs, name, SEARCH, SEED), SEARCH, REPLICATIONS):
        for position, replication in jobs:
            runs |= run_at(scenario, variant, position, replication)
    return runs


def thresholds(scenario: Scenario, runs: Runs, item: str) -> list[Threshold]:
    """Where an item fails first, replication by replication."""
    found = found_of(runs, scenario.study.name, SEARCH, SEED)
    told = [threshold(found, SEARCH, item, r) for r in range(REPLICATIONS)]
    return [one for one in told if one is not None]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scenario", "kind", "item"),
    [(with_ploughs(), "plough", "open/main"), (with_salt(), "stock", "clean/main")],
)
def test_more_of_what_binds_does_not_lower_the_envelope(
    scenario: Scenario, kind: str, item: str
) -> None:
    """Pair by pair of the same draws: the mean threshold does not fall, within its interval.

    What binds is what the eased runs say; one more of it lets through more snow, and the row has
    the number of runs that it took.
    """
    before, after = searched(scenario), searched(scenario, f"{MORE}{kind}")
    was, now = (thresholds(scenario, runs, item) for runs in (before, after))
    gains = [math.log(b.factor / a.factor) for a, b in zip(was, now, strict=True)]
    interval = t_interval(gains)
    assert interval is not None
    assert interval[1] >= 0
    assert sum(gains) > 0
    taken = len(before)
    before |= relieved(scenario, before)
    row = next(row for row in envelope_rows(scenario, before, RULES) if row["item"] == item)
    binds = {"plough": "machines", "stock": "stock"}[kind]
    assert row["binds"][0]["relief"] == binds
    assert row["runs"] == taken
    after_row = next(r for r in envelope_rows(scenario, after, RULES) if r["item"] == item)
    assert after_row["mm"] >= row["mm"]


def relieved(scenario: Scenario, runs: Runs) -> Runs:
    """The runs with eased means, just beyond the envelope."""
    name = scenario.study.name
    found = found_of(runs, name, SEARCH, SEED)
    asks = relief_asks(found, SEARCH, 2)
    eased_runs: Runs = {}
    while jobs := relief_jobs(
        asks, found, reliefs_of(eased_runs, name, SEARCH, SEED), eased_means(scenario, RULES), RULES
    ):
        for name_of, position, replication in jobs:
            eased_runs |= run_at(scenario, f"{RELIEF}{name_of}", position, replication)
    return eased_runs
