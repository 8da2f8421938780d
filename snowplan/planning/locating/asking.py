"""Location models put to a scenario: each one's best placement, and the distinct ones to try."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from snowplan.model.network import Network, build_network
from snowplan.model.scenario import Scenario
from snowplan.model.sites import Site
from snowplan.planning.locating.capacitated import Capacitated
from snowplan.planning.locating.covering import Covering
from snowplan.planning.locating.demand import (
    Demand,
    Room,
    demand_of,
    instance_of,
    loads_of,
    room_of,
)
from snowplan.planning.locating.p_centre import PCentre
from snowplan.planning.locating.p_median import PMedian
from snowplan.planning.locating.problem import (
    Cut,
    Instance,
    Model,
    Placement,
    UnsolvableError,
    Watch,
    best_placements,
    few_sites,
)
from snowplan.planning.locating.sites import sites_by_rule, todays_sites
from snowplan.units import MS_PER_MIN, MS_PER_S

MODELS = ("p_median", "p_centre", "capacitated", "covering")
S_PER_MIN = MS_PER_MIN // MS_PER_S


@dataclass(frozen=True)
class Question:
    """What is asked: how many sites, of which, how far they may lie, how long to search."""

    scenario: Scenario
    network: Network
    sites: tuple[Site, ...]
    count: int
    within_min: float | None = None
    time_limit_s: float = math.inf

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        sites: Sequence[Site] | None = None,
        *,
        count: int | None = None,
        lanes: int | None = None,
        within_min: float | None = None,
        time_limit_s: float = math.inf,
    ) -> Question:
        """The question on a scenario; sites by rule where none are given, as many as depots."""
        network = build_network(scenario.road_map)
        wanted = len(scenario.resources.depots) if count is None else count
        products = sorted({depot.product for depot in scenario.resources.depots})
        if len(products) > 1:
            text = "depots hold several products ({products}): no share of one stands for another"
            raise UnsolvableError("mixed", text, products=", ".join(products))
        found = sites_by_rule(scenario, network, wanted, lanes) if sites is None else list(sites)
        if wanted > len(found):
            raise few_sites(wanted, len(found))
        return cls(scenario, network, tuple(found), wanted, within_min, time_limit_s)

    @cached_property
    def demand(self) -> Demand:
        """Weighted m² by junction."""
        return demand_of(self.scenario, self.network)

    @cached_property
    def instance(self) -> Instance:
        """Seconds from each site to each client."""
        return instance_of(self.scenario, self.network, self.demand, self.sites, self.count)

    @cached_property
    def today(self) -> Instance:
        """Seconds from today's depots to each client."""
        sites = todays_sites(self.scenario, self.network)
        return instance_of(self.scenario, self.network, self.demand, sites, len(sites))

    @cached_property
    def within_s(self) -> int:
        """The response time that counts as near: as asked, else the mean from today's depots."""
        if self.within_min is not None:
            return int(self.within_min * S_PER_MIN)
        mean_s = self.today.cost(range(self.today.sites)) / int(self.today.weight.sum())
        return math.ceil(mean_s / S_PER_MIN) * S_PER_MIN

    def model(self, name: str) -> Model:
        """The model of that name on this question."""
        if name == "p_median":
            return PMedian(self.instance, self.time_limit_s)
        if name == "p_centre":
            return PCentre(self.instance, self.time_limit_s)
        if name == "covering":
            return Covering(self.instance, self.within_s, self.time_limit_s)
        loads = loads_of(self.scenario, self.demand, len(self.sites), self.count)
        return Capacitated.of(self.instance, loads, self.time_limit_s)

    @property
    def room(self) -> Room:
        """What a site can serve."""
        return room_of(self.scenario, self.demand, self.count)

    def told(self, model: str, value: float) -> float:
        """An objective for people: mean or longest minutes, or per cent of the demand."""
        whole = int(self.instance.weight.sum())
        if model == "p_centre":
            return value / S_PER_MIN
        return 100.0 * value / whole if model == "covering" else value / whole / S_PER_MIN


@dataclass(frozen=True, slots=True)
class Proposal:
    """A placement to try: its model, its place in that model's order (from 1), its sites."""

    model: str
    rank: int
    sites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """What each model answered, its placements in its own order; and why a model has none."""

    placements: dict[str, list[Placement]]
    unsolved: dict[str, UnsolvableError]


def ask(
    question: Question,
    models: Sequence[str],
    most: int,
    differ: int = 1,
    watch: Watch | None = None,
) -> Answers:
    """The best placement of each model, and of the first model `most` of them.

    Raises UnsolvableError where no model has an answer.
    """
    placements: dict[str, list[Placement]] = {}
    unsolved: dict[str, UnsolvableError] = {}
    for name in models:
        wanted = most if not placements else 1
        try:
            placements[name] = best_placements(question.model(name), wanted, differ, watch)
        except UnsolvableError as error:
            unsolved[name] = error
    if not placements:
        raise next(iter(unsolved.values()))
    return Answers(placements, unsolved)


def proposals(answers: Answers, most: float, differ: int = 1) -> list[Proposal]:
    """At most `most` placements that differ by so many sites: by turns the next of each model."""
    found: list[Proposal] = []
    longest = max(map(len, answers.placements.values()))
    for rank in range(longest):
        for model, placements in answers.placements.items():
            if rank < len(placements) and len(found) < most:
                own = placements[rank]
                known = [Cut(frozenset(other.sites), differ) for other in found]
                if all(cut.allows(own.sites) for cut in known):
                    found.append(Proposal(model, rank + 1, own.sites))
    return found
