"""The capability envelope: how much snow each limit stands with a probability, and what binds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from snowplan.analysis.envelope_quantile import (
    AT_LEAST,
    LESS,
    Quantile,
    Threshold,
    held_with,
    threshold,
)
from snowplan.analysis.envelope_relief import binding, fails_at, relieved
from snowplan.analysis.envelope_search import Found, found_of
from snowplan.analysis.replication_figures import DECIMALS
from snowplan.model.comparison import Job
from snowplan.model.readiness import ReadinessRules
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
    empty), reaches (the grade at `mm`), replications, held_all and failed_all (of them, those
    whose threshold is a bound), not_monotone, runs (all that the scenario took), binds and
    binds_at_mm (docs). `mm` is None where every limit lies beyond the horizon. No rows where no
    snow falls.
    """
    name, run_seed = scenario.study.name, scenario.study.run_seed
    storm = own_storm(scenario)
    found: Found = found_of(runs, name, rules.search, run_seed)
    eased = relieved(runs, name, rules.search, run_seed)
    if storm is None:
        return []
    replications = 1 + max((r for _, r in found), default=-1)
    rows = []
    for item in sorted({item for margins in found.values() for item in margins}):
        told = [threshold(found, rules.search, item, r) for r in range(replications)]
        known = [one for one in told if one is not None]
        quantile = held_with(known, rules.probability, rules.confidence) if known else None
        least = fails_at(found, rules.search, item, replications)
        position, binds = binding(found, eased, item, least)
        row: Row = {"scenario": name, "item": item}
        row |= _held(scenario, storm, quantile) | _counts(known)
        row |= {"runs": len(found), "binds": [_rounded(bind) for bind in binds]}
        at = None if position is None else rules.search.factors[position] * storm.total_mm
        rows.append(_rounded(row | {"binds_at_mm": at}))
    return rows


def _held(scenario: Scenario, storm: OwnStorm, quantile: Quantile | None) -> Row:
    """The snowfall that the quantile is, the storm that it is a factor of, the grade it reaches."""

    factors = (quantile.factor, quantile.low, quantile.high) if quantile else (None,) * 3
    mm = [None if factor is None else factor * storm.total_mm for factor in factors]
    return {
        "snow_h": storm.snow_h,
        "air_c": storm.air_c,
        "grade_mm": storm.total_mm,
        **dict(zip(("mm", "low_mm", "high_mm"), mm, strict=True)),
        "bound": quantile.bound if quantile else "",
        "reaches": storm.grade_at(scenario, quantile.factor).key if quantile else None,
    }


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
