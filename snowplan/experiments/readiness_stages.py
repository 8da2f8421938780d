"""The stages of a readiness report: what each asks for next, from all that was found so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from snowplan.analysis.envelope_search import Margin, found_of, wanted
from snowplan.experiments.readiness_cases import Readiness
from snowplan.model.comparison import Job
from snowplan.model.readiness import MORE, TODAY, storm_at
from snowplan.results.replications import Replication

Runs = Mapping[Job, Replication]
Failed = Mapping[Job, str]
Stage = Callable[[Readiness, Runs, Failed], list[Job]]


def first_jobs(asked: Readiness, scenario: str) -> list[Job]:
    """Runs of a scenario that are asked for whatever is found: its own, then the first factors."""
    search = asked.rules.search
    storms = [storm_at(scenario, search.factors[position]) for position in search.coarse]
    own = [asked.job(TODAY, scenario, number) for number in range(asked.effort.grades)]
    return own + [
        asked.job(TODAY, storm, number)
        for number in range(asked.effort.envelope)
        for storm in storms
    ]


def grades(asked: Readiness, _: Runs, __: Failed) -> list[Job]:
    """Every scenario as it is."""
    return [
        asked.job(TODAY, id_, number) for number in range(asked.effort.grades) for id_ in asked.ids
    ]


def envelope(asked: Readiness, runs: Runs, failed: Failed) -> list[Job]:
    """The next factors of all scenarios together, so that no worker waits for one of them."""
    search = asked.rules.search
    return [
        asked.job(TODAY, storm_at(id_, search.factors[position]), number)
        for id_ in asked.ids
        for position, number in wanted(
            searched(asked, id_, runs, failed), search, asked.effort.envelope
        )
    ]


def searched(
    asked: Readiness, scenario: str, runs: Runs, failed: Failed
) -> dict[tuple[int, int], dict[str, Margin]]:
    """The margins by position and replication; none where a run failed."""
    search, seed = asked.rules.search, asked.comparison.run_seed
    positions = {storm_at(scenario, factor): k for k, factor in enumerate(search.factors)}
    found = found_of(runs, scenario, search, seed)
    for job in failed:
        if job.variant == TODAY and job.storm in positions:
            found[positions[job.storm], job.run_seed - seed] = {}
    return found


def marginal(asked: Readiness, _: Runs, __: Failed) -> list[Job]:
    """Every one more, under the scenario by which it is judged."""
    return [
        asked.job(variant, asked.marginal, number)
        for number in range(asked.effort.marginal)
        for variant in mores(asked)
    ]


def mores(asked: Readiness) -> list[str]:
    """The variants with one more of something."""
    names = (variant.id for variant in asked.comparison.variants)
    return [name for name in names if name.startswith(MORE)]


STAGES: tuple[Stage, ...] = (grades, envelope, marginal)
