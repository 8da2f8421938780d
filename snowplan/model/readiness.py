"""What a readiness report asks for: its figures, means that may be more, its effort."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

TODAY = "today"
MORE, RELIEF = "more:", "relief:"  # variants: `more:spreader@east`, `relief:crews`
FACTOR = "*"  # storms: `heavy*1.41`, the scenario's snowfall times a factor
MORE_KINDS = ("spreader", "plough", "roller_brush", "crew", "truck", "stock")
RELIEFS = (
    "machines", "spreaders", "crews", "stock", "bays", "graders", "trucks", "loaders", "dumps",
    "hands",
)  # fmt: skip
ASPECTS = ("open", "clean", "haul", "side")
SIDES = ("cycle_lane", "pavement")  # of `side`, in place of road classes
MARKS = ("sure", "likely", "open", "missed", "unknown")


@dataclass(frozen=True, slots=True)
class Search:
    """The grid of snowfall factors, lowest to highest, and the first ones tried, by position."""

    factors: tuple[float, ...]
    coarse: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Effort:
    """How many replications each stage has.

    Each thing more is run in `marginal` of them, the `best` in those up to `marginal_most`, too;
    a kind of means is eased in `relief` of them, as long as that gains.
    """

    grades: int
    envelope: int
    relief: int
    marginal: int
    marginal_most: int
    best: int


@dataclass(frozen=True, slots=True)
class ReadinessRules:
    """Figures of the report itself, from `seeds/readiness.toml`.

    `eased`: by what a relief multiplies its means; `lead_storms`: storms that may fall before an
    order of de-icer arrives, by grade key; `step_kg`: the stock that one more means.
    `indicative_below`: with fewer replications of the grades a report is indicative;
    `least_gain_h`: what a relief must gain to be said to bind, or `least_gain_share` of what is
    left undone. `inputs`: the file of these figures, (as named, SHA-256).
    """

    probability: float
    confidence: float
    search: Search
    full: Effort
    quick: Effort
    eased: Mapping[str, float]
    lead_storms: Mapping[str, float]
    step_kg: int
    worst_streets: int
    source: str
    indicative_below: int
    least_gain_h: float
    least_gain_share: float
    inputs: tuple[tuple[str, str], ...] = ()


def storm_at(scenario: str, factor: float) -> str:
    """The storm of a scenario with its snowfall times a factor: `heavy*1.416`."""
    return f"{scenario}{FACTOR}{factor:g}"


def positions_of(scenario: str, search: Search, *, own: bool) -> dict[str, int]:
    """By storm its place on the grid; `own`: the scenario itself is the one at factor 1."""
    storms = {storm_at(scenario, factor): k for k, factor in enumerate(search.factors)}
    return storms | ({scenario: search.factors.index(1.0)} if own and 1.0 in search.factors else {})


def scenario_of(storm: str) -> str:
    """The scenario that a storm is, or is made from."""
    return storm.partition(FACTOR)[0]


def more_of(kind: str, zone: str) -> str:
    """The variant with one more of a kind in a zone: `more:spreader@east`."""
    return f"{MORE}{kind}@{zone}"
