"""What a readiness report runs: scenarios on one ground, and all cases that may be asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from snowplan.errors import Faults, InputError
from snowplan.model.comparison import Comparison, Job, Question, StormCase, Variant
from snowplan.model.grades import Grade
from snowplan.model.readiness import (
    MORE,
    MORE_KINDS,
    RELIEF,
    TODAY,
    Effort,
    ReadinessRules,
    Search,
    more_of,
    scenario_of,
    storm_at,
)
from snowplan.model.reinforcing import eased, eased_means, more, same_unscaled, snowed
from snowplan.model.scenario import Resources, Scenario, Surroundings

NAME = "readiness"
OWN = ("snowfall",)  # what scenarios of one report may each have their own of, beside the clock
Case = tuple[str, str]  # variant and storm


class Cases(Mapping[Case, Scenario]):
    """The scenarios by (variant, storm), each made when it is asked for.

    Between processes go the scenarios themselves and the rules; each makes those that it runs.
    """

    def __init__(
        self, bases: Mapping[str, Scenario], rules: ReadinessRules, pairs: Sequence[Case]
    ) -> None:
        self._bases, self._rules = bases, rules
        self._pairs = dict.fromkeys(pairs)
        self._factors = {storm_at(id_, f): f for id_ in bases for f in rules.search.factors}
        self._made: dict[Case, Scenario] = {}

    def __getstate__(self) -> tuple[Any, ...]:
        return self._bases, self._rules, tuple(self._pairs)

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        Cases.__init__(self, *state)

    def __getitem__(self, case: Case) -> Scenario:
        if case not in self._pairs:
            raise KeyError(case)
        variant, storm = case
        factor = self._factors.get(storm)
        whole = self._changed(variant, scenario_of(storm))
        return whole if factor is None else snowed(whole, factor)

    def _changed(self, variant: str, scenario: str) -> Scenario:
        """A scenario as a variant has it, its own snow falling."""
        if (variant, scenario) not in self._made:
            base = self._bases[scenario]
            self._made[variant, scenario] = changed(base, variant, self._rules)
        return self._made[variant, scenario]

    def __iter__(self) -> Iterator[Case]:
        return iter(self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)


@dataclass(frozen=True, slots=True)
class Readiness:
    """A readiness report that is asked for: its scenarios, figures and effort, and all its cases.

    `tomls` are the resolved scenarios by id, for the folders of the reference runs.
    """

    scenarios: tuple[Scenario, ...]
    rules: ReadinessRules
    effort: Effort
    quick: bool
    tomls: Mapping[str, str]
    comparison: Comparison

    @property
    def ids(self) -> tuple[str, ...]:
        """The scenarios' names, in the order given."""
        return tuple(scenario.study.name for scenario in self.scenarios)

    @property
    def indicative(self) -> bool:
        """Whether every figure is marked as resting on few runs."""
        return self.quick or self.effort.grades < self.rules.indicative_below

    @property
    def unscaled(self) -> frozenset[str]:
        """The scenarios whose own runs are those with their snowfall times 1."""
        return frozenset(one.study.name for one in self.scenarios if same_unscaled(one))

    @property
    def marginal(self) -> str:
        """The scenario by which one more is judged."""
        return marginal_of(self.scenarios)

    def job(self, variant: str, storm: str, replication: int) -> Job:
        """A run of a replication."""
        return Job(variant, storm, self.comparison.run_seed + replication)


def readiness_of(
    scenarios: Sequence[Scenario],
    tomls: Mapping[str, str],
    rules: ReadinessRules,
    *,
    quick: bool = False,
    replications: int | None = None,
) -> Readiness:
    """The report of these scenarios; with `replications` of the first stage the others may grow.

    Raises InputError with everything by which they are no scenarios of one report.
    """
    shared = on_one_ground(scenarios)
    effort = scaled(rules.quick if quick else rules.full, replications)
    if quick:
        rules = replace(rules, search=coarsely(rules.search))
    comparison = comparison_of(shared, rules, effort, few=quick)
    return Readiness(shared, rules, effort, quick, tomls, comparison)


def coarsely(search: Search) -> Search:
    """The search among the first factors alone."""
    factors = tuple(search.factors[position] for position in search.coarse)
    return Search(factors, tuple(range(len(factors))))


def scaled(effort: Effort, replications: int | None) -> Effort:
    """An effort with so many replications of the grades; the other stages grow in proportion.

    They never shrink, but none has more replications than the grades: they are compared.
    """
    if replications is None:
        return effort

    def grown(count: int) -> int:
        return min(max(count, round(replications * count / effort.grades)), replications)

    return replace(
        effort,
        grades=replications,
        envelope=grown(effort.envelope),
        relief=grown(effort.relief),
        marginal=grown(effort.marginal),
        marginal_most=grown(effort.marginal_most),
    )


def on_one_ground(scenarios: Sequence[Scenario]) -> tuple[Scenario, ...]:
    """The scenarios, equal parts of them being one; raises InputError with all that differs."""
    faults = Faults()
    first, names = scenarios[0], [scenario.study.name for scenario in scenarios]
    for scenario in scenarios:
        name = scenario.study.name
        if names.count(name) > 1:
            faults.add(name, "", "key name", "this name twice", "scenarios with names of their own")
        if parts := differing(first, scenario):
            told = f"parts {', '.join(parts)}"
            faults.add(name, "", told, "other values", f"those of {first.study.name}: {ONE}")
    faults.items[:] = list(dict.fromkeys(faults.items))
    if faults.items:
        raise InputError(faults.items)
    return tuple(_sharing(scenario, first) for scenario in scenarios)


ONE = "a report has one map, one plan and one set of tables"


def differing(one: Scenario, other: Scenario) -> list[str]:
    """The parts in which two scenarios differ that one report must share."""
    found = [
        name
        for name, mine, theirs in (
            ("map", one.road_map, other.road_map),
            ("plan", one.plan, other.plan),
            ("costs", one.costs, other.costs),
            ("run_seed", one.study.run_seed, other.study.run_seed),
            ("timezone", one.study.clock.zone_name, other.study.clock.zone_name),
        )
        if mine != theirs
    ]
    for whole, another, kind in (
        (one.resources, other.resources, Resources),
        (one.around, other.around, Surroundings),
    ):
        for part in fields(kind):
            apart = getattr(whole, part.name) != getattr(another, part.name)
            if part.name not in OWN and apart:
                found.append(part.name)
    return found


def _sharing(scenario: Scenario, first: Scenario) -> Scenario:
    """The scenario with all that is equal taken from the first: it travels and is hashed once."""
    return replace(
        scenario,
        road_map=first.road_map,
        plan=first.plan,
        costs=first.costs,
        resources=first.resources,
        around=replace(first.around, snowfall=scenario.around.snowfall),
    )


def changed(base: Scenario, variant: str, rules: ReadinessRules) -> Scenario:
    """A scenario as a variant has it: as it is, with one more of something, or eased."""
    if variant.startswith(MORE):
        kind, _, zone = variant.removeprefix(MORE).partition("@")
        return more(base, kind, zone, rules)
    if variant.startswith(RELIEF):
        return eased(base, variant.removeprefix(RELIEF), rules)
    return base


def marginal_of(scenarios: Sequence[Scenario]) -> str:
    """The name of the scenario of 大雪, else of the last one."""
    names = [scenario.study.name for scenario in scenarios]
    return Grade.HEAVY.key if Grade.HEAVY.key in names else names[-1]


def comparison_of(
    scenarios: Sequence[Scenario], rules: ReadinessRules, effort: Effort, *, few: bool = False
) -> Comparison:
    """All cases that the stages may ask for, as a comparison with the means of today.

    `few`: one more of each kind in the zone with most to clear alone.
    """
    ids = [scenario.study.name for scenario in scenarios]
    first, bases = scenarios[0], dict(zip(ids, scenarios, strict=True))
    judged = marginal_of(scenarios)
    mores = more_variants(bases[judged], rules, few=few) if effort.marginal else []
    means = eased_means(first, rules) if effort.relief else ()
    reliefs = [f"{RELIEF}{relief}" for relief in means]
    scaled_storms = [storm_at(id_, factor) for id_ in ids for factor in rules.search.factors]
    pairs = [(TODAY, storm) for storm in (*ids, *scaled_storms)]
    pairs += [(relief, storm) for relief in reliefs for storm in scaled_storms]
    pairs += [(variant, judged) for variant in mores]
    titles = {scenario.study.name: scenario.study for scenario in scenarios}
    return Comparison(
        name=NAME,
        title="清雪准备情况报告",
        title_en="Readiness report",
        variants=tuple(Variant(name, name, name) for name in (TODAY, *reliefs, *mores)),
        baseline=TODAY,
        storms=tuple(StormCase(name, titles[name].title, titles[name].title_en) for name in ids),
        scenarios=Cases(bases, rules, pairs),
        question=Question(()),
        run_seed=first.study.run_seed,
        replications=effort.grades,
        cap=effort.grades,
        confidence=rules.confidence,
        inputs=tuple(
            sorted({*rules.inputs, *(row for scenario in scenarios for row in scenario.inputs)})
        ),
    )


def more_variants(scenario: Scenario, rules: ReadinessRules, *, few: bool = False) -> list[str]:
    """One more of each kind in each zone that has a depot; none that would change nothing."""
    zones = sorted({depot.zone for depot in scenario.resources.depots})
    if few and zones:
        zones = [max(zones, key=lambda zone: area_m2(scenario, zone))]
    return [
        more_of(kind, zone)
        for kind in MORE_KINDS
        for zone in zones
        if more(scenario, kind, zone, rules).resources != scenario.resources
    ]


def area_m2(scenario: Scenario, zone: str) -> float:
    """Carriageway of a zone."""
    return sum(s.area_m2 for s in scenario.road_map.sections if s.duty.zone == zone)
