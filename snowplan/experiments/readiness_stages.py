"""The stages of a readiness report: what each asks for next, from all that was found so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from snowplan.analysis.envelope_relief import relief_asks, relief_jobs
from snowplan.analysis.envelope_search import Margin, found_of, wanted
from snowplan.analysis.marginal import best_of
from snowplan.experiments.readiness_cases import Readiness
from snowplan.model.comparison import Job
from snowplan.model.readiness import MORE, RELIEF, TODAY, storm_at
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


def grades(asked: Readiness) -> list[Job]:
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


def relief(asked: Readiness, runs: Runs, failed: Failed) -> list[Job]:
    """One kind of means eased at a time, just beyond the envelope of the limits."""
    search, seed, count = asked.rules.search, asked.comparison.run_seed, asked.effort.envelope
    reliefs = [
        variant.id.removeprefix(RELIEF)
        for variant in asked.comparison.variants
        if variant.id.startswith(RELIEF)
    ]
    jobs = []
    for id_ in asked.ids:
        found = searched(asked, id_, runs, failed)
        asks = relief_asks(found, search, count, asked.effort.relief)
        jobs += relief_jobs(asks, id_, search, seed, reliefs, runs)
    return jobs


def best(asked: Readiness, runs: Runs, _: Failed) -> list[Job]:
    """More replications of what gained most."""
    effort = asked.effort
    return [
        asked.job(variant, asked.marginal, number)
        for number in range(effort.marginal, effort.marginal_most)
        for variant in best_of(runs, asked.marginal, effort.best)
    ]


ONCE: tuple[Stage, ...] = (relief, marginal, best)
