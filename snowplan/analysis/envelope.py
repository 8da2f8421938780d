"""The capability envelope: how much snow each limit stands with a probability, and what binds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from snowplan.analysis.envelope_quantile import (
    AT_LEAST,
    LESS,
    Quantile,
    Threshold,
    agreeing,
    held_at,
    held_with,
    threshold,
)
from snowplan.analysis.envelope_relief import binding, relieved
from snowplan.analysis.envelope_search import Found, found_of, searched_in
from snowplan.analysis.limit_shares import clopper_pearson
from snowplan.analysis.readiness_verdicts import mark
from snowplan.analysis.replication_figures import DECIMALS
from snowplan.model.comparison import Job
from snowplan.model.readiness import ReadinessRules, Search
from snowplan.model.reinforcing import same_unscaled
from snowplan.model.scenario import Scenario
from snowplan.model.storm_grades import OwnStorm, own_storm
from snowplan.results.replications import Replication

Row = dict[str, Any]


def envelope_rows(
    scenario: Scenario,
    runs: Mapping[Job, Replication],
    rules: ReadinessRules,
) -> list[Row]:
    """The envelope of one scenario, a row for each item with a limit, in the order of items.

    Rows have scenario, item, snow_h, air_c, grade_mm, mm, low_mm, high_mm, bound (`>=`, `<` or
    empty), single (one run: no probability), held, held_of, held_low and held_high (of the runs at
    `mm`, where it has no interval), reaches (the grade at `mm`), replications, held_all and
    failed_all (of them, those whose threshold is a bound), not_monotone, runs (all that the
    scenario took), binds and binds_at_mm (docs). `mm` is None where every limit lies beyond the
    horizon. No rows where no snow falls.
    """
    name, run_seed = scenario.study.name, scenario.study.run_seed
    storm, own = own_storm(scenario), same_unscaled(scenario)
    found: Found = found_of(runs, name, rules.search, run_seed, own=own)
    eased = relieved(runs, name, rules.search, run_seed)
    if storm is None:
        return []
    replications = searched_in(found)
    taken = sum(r in replications for _, r in found)
    rows = []
    for item in sorted({item for margins in found.values() for item in margins}):
        told = [threshold(found, rules.search, item, r) for r in replications]
        known = [one for one in told if one is not None]
        at_1 = seen_at_1(found, rules.search, item) if own else None
        position, binds = binding(found, eased, item, rules)
        row: Row = {"scenario": name, "item": item}
        row |= _held(scenario, storm, held(known, at_1, rules), rules) | _counts(known)
        row |= {"runs": taken, "binds": [_rounded(bind) for bind in binds]}
        at = None if position is None else rules.search.factors[position] * storm.total_mm
        rows.append(_rounded(row | {"binds_at_mm": at}))
    return rows


class Held(NamedTuple):
    """The quantile, whether it is of one run alone, and of how many runs how many held there."""

    quantile: Quantile
    single: bool
    held: int
    of: int


def held(known: Sequence[Threshold], at_1: Seen | None, rules: ReadinessRules) -> Held | None:
    """What a limit holds by the thresholds of its replications, and by all runs at factor 1."""
    if not known:
        return None
    quantile = held_with(known, rules.probability, rules.confidence)
    if len(known) == 1:
        return Held(quantile, single=True, held=held_at(known, quantile.factor), of=1)
    if at_1 is not None and at_1.n:
        quantile = agreeing(quantile, mark(at_1.n, at_1.met, at_1.unknown, rules))
        if quantile.factor == 1.0 and quantile.low is None:
            return Held(quantile, single=False, held=at_1.met, of=at_1.n)
    return Held(quantile, single=False, held=held_at(known, quantile.factor), of=len(known))


class Seen(NamedTuple):
    """Runs at one snowfall: how many met a limit, of how many nobody knows, how many there were."""

    met: int
    unknown: int
    n: int


def seen_at_1(found: Found, search: Search, item: str) -> Seen | None:
    """All runs at factor 1, those of the verdict; None where the grid has no such factor."""
    if 1.0 not in search.factors:
        return None
    position = search.factors.index(1.0)
    some = [of[item] for (p, _), of in found.items() if p == position and item in of]
    unknown = sum(margin.unknown for margin in some)
    return Seen(sum(margin.holds for margin in some), unknown, len(some))


def _held(scenario: Scenario, storm: OwnStorm, told: Held | None, rules: ReadinessRules) -> Row:
    """The snowfall that the quantile is, the storm that it is a factor of, the grade it reaches."""
    quantile = told.quantile if told else None
    factors = (quantile.factor, quantile.low, quantile.high) if quantile else (None,) * 3
    mm = [None if factor is None else factor * storm.total_mm for factor in factors]
    return {
        "snow_h": storm.snow_h,
        "air_c": storm.air_c,
        "grade_mm": storm.total_mm,
        **dict(zip(("mm", "low_mm", "high_mm"), mm, strict=True)),
        "bound": quantile.bound if quantile else "",
        "single": told is not None and told.single,
        **_runs_there(told, rules),
        "reaches": storm.grade_at(scenario, quantile.factor).key if quantile else None,
    }


def _runs_there(told: Held | None, rules: ReadinessRules) -> Row:
    """Of the runs at the snowfall told, how many held, with the interval of their share."""
    figures: tuple[float | None, ...] = (None,) * 4
    if told is not None and told.quantile.low is None:
        ends = clopper_pearson(told.held, told.of, rules.confidence)
        figures = (told.held, told.of, *ends)
    return dict(zip(("held", "held_of", "held_low", "held_high"), figures, strict=True))


def _counts(known: list[Threshold]) -> Row:
    return {
        "replications": len(known),
        "held_all": sum(one.bound == AT_LEAST for one in known),
        "failed_all": sum(one.bound == LESS for one in known),
        "not_monotone": sum(not one.monotone for one in known),
    }


def _rounded(row: Row) -> Row:
    """Floats as they are written: the last bits of a mean differ between processors."""
    return {
        name: round(value, DECIMALS) + 0.0 if isinstance(value, float) else value
        for name, value in row.items()
    }
