"""The stages of a readiness report: what each asks for next, from all that was found so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from snowplan.analysis.envelope_relief import relief_asks, relief_jobs, relieved
from snowplan.analysis.envelope_search import Margin, found_of, wanted
from snowplan.analysis.marginal import best_of, changed_by
from snowplan.experiments.readiness_cases import Readiness
from snowplan.model.comparison import Job
from snowplan.model.readiness import MORE, RELIEF, TODAY, positions_of, storm_at
from snowplan.results.replications import Replication

Runs = Mapping[Job, Replication]
Failed = Mapping[Job, str]
Stage = Callable[[Readiness, Runs, Failed], list[Job]]


def first_jobs(asked: Readiness, scenario: str) -> list[Job]:
    """Runs of a scenario that are asked for whatever is found: its own, then the first factors."""
    own = [asked.job(TODAY, scenario, number) for number in range(asked.effort.grades)]
    coarse = [
        at_factor(asked, scenario, position, number)
        for number in range(asked.effort.envelope)
        for position in asked.rules.search.coarse
    ]
    return list(dict.fromkeys(own + coarse))


def at_factor(asked: Readiness, scenario: str, position: int, number: int) -> Job:
    """A run at a place of the grid: at factor 1 the scenario's own, where that is the same."""
    factor = asked.rules.search.factors[position]
    same = factor == 1.0 and scenario in asked.unscaled
    return asked.job(TODAY, scenario if same else storm_at(scenario, factor), number)


def grades(asked: Readiness) -> list[Job]:
    """Every scenario as it is."""
    return [
        asked.job(TODAY, id_, number) for number in range(asked.effort.grades) for id_ in asked.ids
    ]


def envelope(asked: Readiness, runs: Runs, failed: Failed) -> list[Job]:
    """The next factors of all scenarios together, so that no worker waits for one of them."""
    search = asked.rules.search
    return [
        at_factor(asked, id_, position, number)
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
    own = scenario in asked.unscaled
    positions = positions_of(scenario, search, own=own)
    found = found_of(runs, scenario, search, seed, own=own)
    for job in failed:
        if job.variant == TODAY and job.storm in positions:
            found[positions[job.storm], job.run_seed - seed] = {}
    return found


def marginal(asked: Readiness, runs: Runs, failed: Failed) -> list[Job]:
    """Every one more, under the scenario by which it is judged; what changed nothing only once."""
    names, effort = mores(asked), asked.effort
    first = [asked.job(variant, asked.marginal, 0) for variant in names]
    if not all(job in runs or job in failed for job in first):
        return first
    changing = set(changed_by(runs, asked.marginal))
    return first + [
        asked.job(variant, asked.marginal, number)
        for number in range(1, effort.marginal)
        for variant in names
        if variant in changing
    ]


def mores(asked: Readiness) -> list[str]:
    """The variants with one more of something."""
    names = (variant.id for variant in asked.comparison.variants)
    return [name for name in names if name.startswith(MORE)]


def relief(asked: Readiness, runs: Runs, failed: Failed) -> list[Job]:
    """One kind of means eased at a time, just beyond the envelope of the limits."""
    rules, seed = asked.rules, asked.comparison.run_seed
    reliefs = [
        variant.id.removeprefix(RELIEF)
        for variant in asked.comparison.variants
        if variant.id.startswith(RELIEF)
    ]
    jobs = []
    for id_ in asked.ids:
        found = searched(asked, id_, runs, failed)
        asks = relief_asks(found, rules.search, asked.effort.relief)
        eased = relieved(runs, id_, rules.search, seed)
        jobs += [
            asked.job(f"{RELIEF}{name}", storm_at(id_, rules.search.factors[position]), number)
            for name, position, number in relief_jobs(asks, found, eased, reliefs, rules)
        ]
    return jobs


def best(asked: Readiness, runs: Runs, _: Failed) -> list[Job]:
    """Fresh replications of what gained most: those that picked them do not judge them."""
    effort, seed = asked.effort, asked.comparison.run_seed
    return [
        asked.job(variant, asked.marginal, number)
        for number in range(effort.marginal, effort.marginal_most)
        for variant in best_of(runs, asked.marginal, effort.best, seed + effort.marginal)
    ]


STAGES: tuple[Stage, ...] = (lambda asked, *_: grades(asked), envelope, relief, marginal, best)
