"""De-icer of a readiness report: stock in tonnes, doses and storms, and when to order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from snowplan.analysis.envelope_quantile import AT_LEAST, LESS
from snowplan.analysis.readiness_given import Evidence, Row, at_rank
from snowplan.model.fleet import Depot
from snowplan.model.storm_grades import own_grade
from snowplan.results.replications import Replication
from snowplan.units import KG_PER_T

TONNES, TIMES = 3, 2  # decimals


def deicer(found: Evidence) -> Row:
    """`deicer`: one row a depot; and the scenario and dose that a treatment is reckoned with."""
    treatment = found.given.treatment
    rows = [_row(found, depot) for depot in sorted(_depots(found), key=lambda depot: depot.id)]
    told = None
    if treatment is not None:
        told = {name: treatment[name] for name in ("scenario", "dose_g_m2", "pavement_c")}
    return {"rows": rows, "treatment": told, "lead_storms": dict(found.given.rules.lead_storms)}


def _depots(found: Evidence) -> Sequence[Depot]:
    return found.first.resources.depots


def _row(found: Evidence, depot: Depot) -> Row:
    stock_t = depot.stock_kg / KG_PER_T
    dose_t = _dose_t(found, depot)
    taken = {name: _taken_t(runs, depot, stock_t) for name, runs in found.own.items()}
    per_storm = {name: _mean(some) for name, some in taken.items()}
    short = {name: [ran_short(run, depot) for run in runs] for name, runs in found.own.items()}
    reorder = reorder_of(found, depot, taken, short)
    return {
        "depot": depot.id,
        "name_zh": depot.name,
        "name_en": depot.id,
        "zone": depot.zone,
        "product": depot.product,
        "stock_t": round(stock_t, TONNES),
        "dose_t": dose_t,
        "doses": _ratio(stock_t, dose_t),
        "per_storm_t": {name: _told(mean) for name, mean in per_storm.items()},
        "spread_t": _means(found, depot, "spread_t"),
        "storms": {name: _ratio(stock_t, mean) for name, mean in per_storm.items()},
        "storms_bound": {name: LESS if any(runs) else "" for name, runs in short.items()},
        "stockouts": _means(found, depot, "stockouts"),
        "reorder_t": None if reorder is None else _told(reorder.tonnes),
        "reorder_bound": AT_LEAST if reorder is not None and reorder.bound else "",
        "below": None if reorder is None else reorder.below(stock_t),
    }


def _means(found: Evidence, depot: Depot, figure: str) -> dict[str, float | None]:
    """By scenario, the mean of a figure that runs keep of the depot."""
    return {
        name: _told(_mean([run.depots[depot.id][figure] for run in runs]))
        for name, runs in found.own.items()
    }


def _dose_t(found: Evidence, depot: Depot) -> float | None:
    """Tonnes of one treatment; None where no scenario treats, or nothing is treated from here."""
    treatment = found.given.treatment
    tonnes = treatment["depot_t"].get(depot.id, 0.0) if treatment is not None else 0.0
    return float(tonnes) or None


def _taken_t(runs: Sequence[Replication], depot: Depot, stock_t: float) -> list[float]:
    """Tonnes that each run loaded at a depot."""
    return [stock_t - run.depots[depot.id]["left_t"] for run in runs]


def ran_short(run: Replication, depot: Depot) -> bool:
    """Whether the depot was emptied or had to refuse: more would have been loaded."""
    kept = run.depots[depot.id]
    return kept["left_t"] <= 0 or kept["stockouts"] > 0


class Reorder(NamedTuple):
    """The stock at which to order; `bound`: at least so much, since depots ran short."""

    tonnes: float
    bound: bool

    def below(self, stock_t: float) -> bool | None:
        """Whether a stock is under it; None where nobody can know."""
        if stock_t < self.tonnes or (self.bound and stock_t == self.tonnes):
            return True
        return None if self.bound else False


def reorder_of(
    found: Evidence,
    depot: Depot,
    taken: Mapping[str, Sequence[float]],
    short: Mapping[str, Sequence[bool]],
) -> Reorder | None:
    """The p-quantile of what the storms of the lead time take, as if they all met the same luck.

    What is left in hoppers after one storm is spread in the next: all that comes onto roads counts,
    and of the leftovers the largest. None where a grade that may come is not in the report.
    """
    by_grade: dict[str, str] = {}
    for name, scenario in found.given.scenarios.items():
        by_grade.setdefault(own_grade(scenario).plan_grade.key, name)
    lead = {grade: n for grade, n in found.given.rules.lead_storms.items() if n > 0}
    if not lead or not lead.keys() <= by_grade.keys():
        return None
    storms = {by_grade[grade]: n for grade, n in lead.items()}
    spread = {name: [run.depots[depot.id]["spread_t"] for run in found.own[name]]
              for name in storms}  # fmt: skip
    sums, shorts = [], []
    for k in range(min(len(taken[name]) for name in storms)):
        left = max(taken[name][k] - spread[name][k] for name in storms)
        sums.append(sum(n * spread[name][k] for name, n in storms.items()) + left)
        shorts.append(any(short[name][k] for name in storms))
    tonnes = at_rank(sums, found.given.rules.probability)
    bound = any(one for one, t in zip(shorts, sums, strict=True) if t <= tonnes)
    return Reorder(tonnes, bound)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _ratio(stock_t: float, tonnes: float | None) -> float | None:
    """How many times the stock holds so much; None where nothing is taken."""
    return round(stock_t / tonnes, TIMES) if tonnes else None


def _told(value: float | None) -> float | None:
    return None if value is None else round(value, TONNES)
