"""Placements made variants of a comparison: today's depots and each proposal, on the same draws."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from typing import Any

from snowplan.inputs.study_depots import depot_differences
from snowplan.model.comparison import Comparison, StormCase, Variant
from snowplan.model.comparison import Question as Decides
from snowplan.model.fleet import Depot
from snowplan.model.placement import place, shared_kg
from snowplan.model.places import distance_m
from snowplan.model.sites import Site
from snowplan.planning.locating.asking import Proposal, Question
from snowplan.planning.locating.sites import todays_sites
from snowplan.planning.locating.study_text import study_text

TODAY, STORM = "today", "own"
DECIDE = ("open_p95/all", "open_last/main", "response_mean_min", "exposure", "deadhead_km")


@dataclass(frozen=True, slots=True)
class Trial:
    """How often proposals are tried, and the scenario's own keys for the study in the folder."""

    replications: int
    base: Mapping[str, Any] = field(default_factory=dict)


def depots_of(question: Question, proposal: Proposal) -> tuple[Depot, ...]:
    """The depots of a proposal, by id: today's stock in equal shares, bays as equal as can be.

    Bays that are left over go where the most is served if everybody goes to the nearest, so that
    none is gained or lost; where there are fewer bays than depots, each has one. Product and rate
    of loading are those of the nearest depot of today. A site at a depot of today keeps its name.
    """
    today = question.scenario.resources.depots
    served: Counter[int] = Counter()
    for client, site in enumerate(question.instance.nearest(proposal.sites)):
        served[site] += int(question.instance.weight[client])
    count = len(proposal.sites)
    stock = shared_kg(sum(depot.stock_kg for depot in today), [1] * count)
    each, more = divmod(sum(depot.bays for depot in today), count)
    busiest = sorted(proposal.sites, key=lambda site: (-served[site], site))[:more]
    found = [
        _depot(
            question.sites[site], today, bays=max(1, each + (site in busiest)), stock_kg=stock[turn]
        )
        for turn, site in enumerate(proposal.sites)
    ]
    return tuple(sorted(found, key=lambda depot: depot.id))


def _depot(site: Site, today: Sequence[Depot], *, bays: int, stock_kg: int) -> Depot:
    here = (site.lon, site.lat)
    near = min(today, key=lambda depot: (distance_m(here, (depot.lon, depot.lat)), depot.id))
    return Depot(
        site.id, site.name, site.zone, site.lon, site.lat, bays,
        near.loading_kg_per_min, near.product, stock_kg,
    )  # fmt: skip


def variant_id(question: Question, proposal: Proposal) -> str:
    """An id by all columns of the depots, so that what is stored of it fits whenever it comes."""
    rows = [astuple(depot) for depot in depots_of(question, proposal)]
    text = json.dumps(rows, ensure_ascii=False)
    return f"sites-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def comparison_of(question: Question, tried: Sequence[Proposal], trial: Trial) -> Comparison:
    """Today's depots and the proposals under the scenario's own storm."""
    scenario = question.scenario
    study = scenario.study
    today = scenario.resources.depots
    variants = [Variant(TODAY, "现有储备点", "Today's depots", today)]
    scenarios = {(TODAY, STORM): scenario}
    for number, proposal in enumerate(tried, start=1):
        depots = depots_of(question, proposal)
        name = variant_id(question, proposal)
        rows = tuple(sorted(depot_differences(today, depots)))
        variants.append(Variant(name, f"选址 {number}", f"Placement {number}", depots, rows))
        scenarios[name, STORM] = place(scenario, depots)
    comparison = Comparison(
        name=f"depots_{study.name}",
        title=f"{study.title}：储备点选址",
        title_en=f"{study.title_en}: where depots could stand",
        variants=tuple(variants),
        baseline=TODAY,
        storms=(StormCase(STORM, study.title, study.title_en),),
        scenarios=scenarios,
        question=Decides(DECIDE),
        run_seed=study.run_seed,
        replications=trial.replications,
        cap=trial.replications,
        source=study.source,
        inputs=scenario.inputs,
    )
    return replace(comparison, toml=study_text(comparison, trial.base))


def without_today(question: Question, tried: Sequence[Proposal]) -> list[Proposal]:
    """The proposals that are not what stands today."""
    today = {site.junction for site in todays_sites(question.scenario, question.network)}
    return [p for p in tried if {question.sites[k].junction for k in p.sites} != today]
