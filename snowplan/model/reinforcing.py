"""A scenario with one more of a means, with more of a kind of them, or with more or less snow.

Whatever is new has an id of its own, sorted after the others of its kind. Draws belong to ids, so
nobody else's luck changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from snowplan.model import more_means as means
from snowplan.model.fleet import Machine, Work
from snowplan.model.hauling import TRUCK
from snowplan.model.more_means import Changed
from snowplan.model.readiness import RELIEFS, ReadinessRules
from snowplan.model.scenario import Resources, Scenario
from snowplan.model.storm_grades import own_grade
from snowplan.model.weather import WeatherSpell

GRADING = ("snowfall_total", "storm_duration", "onset", "forecast_error")  # a grade hangs on these
EASED_WORKS = {
    "machines": (Work.PLOUGH, Work.BRUSH),
    "spreaders": (Work.SPREAD,),
    "graders": (Work.GRADE,),
    "loaders": (Work.LOAD_SNOW,),
}


def more(scenario: Scenario, kind: str, zone: str, rules: ReadinessRules) -> Scenario:
    """The scenario with one more of `kind` (one of MORE_KINDS) in a zone.

    A machine or truck comes with its crews; `crew` is one more on every shift of the kind that
    lacks most; `stock` is `rules.step_kg` in the zone's first depot. Unchanged where the zone has
    no depot, or the tables no such kind.
    """
    own = scenario.resources
    depot = min((d.id for d in own.depots if d.zone == zone), default=None)
    if depot is None:
        return scenario
    if kind == "stock":
        return _changed(scenario, means.stocked(own, depot, rules.step_kg))
    if kind == "crew":
        lacking = means.lacks_most(own, zone)
        return scenario if lacking is None else _changed(scenario, means.crewed(own, {lacking: 1}))
    if kind == TRUCK:
        return _changed(scenario, means.trucks(own, {zone: 1}))
    if kind not in scenario.costs.machine_per_h or kind not in {t.kind for t in own.types}:
        return scenario
    return _changed(scenario, means.machines(own, [Machine("", kind, depot)]))


def more_label(scenario: Scenario, kind: str, zone: str) -> str:
    """What `more` adds: the kind itself, of a crew the kind of machine that it drives."""
    lacking = means.lacks_most(scenario.resources, zone) if kind == "crew" else None
    return kind if lacking is None else lacking[1]


def eased(scenario: Scenario, relief: str, rules: ReadinessRules) -> Scenario:
    """The scenario with so much of one kind of means (one of RELIEFS) that it does not bind.

    Machines, trucks and squads come with their crews; a share of one is a whole one.
    """
    own, factor = scenario.resources, rules.eased[relief]
    if relief in EASED_WORKS:
        likes = means.likes(own, EASED_WORKS[relief], factor)
        return _changed(scenario, means.machines(own, likes))
    ways: dict[str, Callable[[Resources, float], Changed]] = {
        "crews": means.crews,
        "stock": means.stocks,
        "bays": means.bays,
        "trucks": means.trucks_times,
        "dumps": means.dumps,
        "hands": means.squads,
    }
    return _changed(scenario, ways[relief](own, factor))


def eased_means(scenario: Scenario, rules: ReadinessRules) -> tuple[str, ...]:
    """The reliefs that change anything in a scenario, in the order of RELIEFS."""
    return tuple(r for r in RELIEFS if eased(scenario, r, rules).resources != scenario.resources)


def snowed(scenario: Scenario, factor: float) -> Scenario:
    """The scenario with its snowfall, actual and forecast, times a factor.

    The plan's grade of the snow as it was is named, so that treatment and limits stay. What lay at
    the start stays, too. Rates are whole µm an hour.
    """
    around = scenario.around
    fall = around.snowfall
    issued = tuple(replace(f, spells=_scaled(f.spells, factor)) for f in fall.forecasts)
    fall = replace(fall, actual=_scaled(fall.actual, factor), forecasts=issued)
    grade = own_grade(scenario).plan_grade
    rows = (("snow.factor", "1", f"{factor:g}"), ("grade", "", grade.key))
    return replace(
        scenario,
        around=replace(around, snowfall=fall),
        grade=grade,
        differences=(*scenario.differences, *rows),
    )


def same_unscaled(scenario: Scenario) -> bool:
    """Whether the scenario runs as it does with its snowfall times 1, its own grade held.

    Provably so where a grade is named, or where the centre knows all snow from the start and
    nothing that a grade is reckoned from varies or lay before the start: the grade never changes.
    """
    around = scenario.around
    if scenario.grade is not None:
        return True
    varies = any(spread.on and spread.quantity in GRADING for spread in around.uncertainty)
    fell = scenario.now is not None and bool(scenario.now.fell)
    return not (around.snowfall.forecasts or varies or fell)


def _scaled(spells: Sequence[WeatherSpell], factor: float) -> tuple[WeatherSpell, ...]:
    return tuple(replace(s, um_per_h=round(s.um_per_h * factor)) for s in spells)


def _changed(scenario: Scenario, changed: Changed) -> Scenario:
    resources, changes = changed
    if resources == scenario.resources:
        return scenario
    differences = (*scenario.differences, *changes)
    return replace(scenario, resources=resources, differences=differences)
