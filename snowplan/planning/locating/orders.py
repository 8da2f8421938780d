"""Where the order of the location model and that of the simulation disagree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
from scipy.stats import kendalltau

from snowplan.analysis.paired import difference
from snowplan.analysis.replication_figures import sample
from snowplan.model.comparison import Comparison, Job, Variant
from snowplan.planning.locating.asking import Answers, Proposal, Question
from snowplan.planning.locating.trying import DECIDE, variant_id
from snowplan.results.replications import Replication
from snowplan.units import KG_PER_T

UNITS = {"p_median": "min", "p_centre": "min", "capacitated": "min", "covering": "percent"}


def model_rows(question: Question, answers: Answers) -> list[dict[str, Any]]:
    """What each model answered first, for people: minutes or per cent, with its proven bound."""
    rows = []
    for model, placements in answers.placements.items():
        best = placements[0]
        rows.append(
            {
                "model": model,
                "objective": round(question.told(model, best.objective), 6),
                "unit": UNITS[model],
                "bound": round(question.told(model, best.bound), 6),
                "gap": best.gap,
                "time_up": best.gap > 0,
                "sites": len(question.sites),
                "open": [question.sites[site].id for site in best.sites],
                "open_names": [question.sites[site].name for site in best.sites],
            }
        )
    return rows


def placement_part(
    question: Question,
    answers: Answers,
    tried: Sequence[Proposal],
    comparison: Comparison,
    report: Mapping[str, Any],
    runs: Mapping[Job, Replication],
) -> dict[str, Any]:
    """`placement` of the report: the models, and the proposals in both orders.

    All placements are ranked by one yardstick, the mean travel time of the p-median, and by the
    mean over the runs of the first deciding measure that can tell them apart; today's depots take
    part. Where there is no such measure nothing is ranked: `ranked` is false. `apart` are the
    pairs in `disagree` whose paired interval, not corrected, does not hold 0.
    """
    measure = _yardstick(report)
    named = {variant_id(question, proposal): proposal for proposal in tried}
    rows = [_row(question, one, named.get(one.id)) for one in comparison.variants]
    means = {row["variant"]: _mean(report, row["variant"], measure or "") for row in rows}
    _rank(rows, "rank_model", {row["variant"]: row["objective"] for row in rows})
    _rank(rows, "rank_simulated", means)
    disagree = _disagree(rows, means)
    return {
        "models": model_rows(question, answers),
        "proposals": rows,
        "kendall_tau": _tau(rows, means),
        "disagree": disagree,
        "apart": [pair for pair in disagree if _apart(comparison, runs, pair, measure or "")],
        "measure": measure or DECIDE[0],
        "ranked": measure is not None,
    }


def _yardstick(report: Mapping[str, Any]) -> str | None:
    """The first deciding measure by which two placements differ, not all runs at the horizon."""
    for key in DECIDE:
        known = [row[key]["mean"] for row in report["means"].values() if key in row]
        values = {value for value in known if value is not None}
        pairs = [row[key] for row in report["differences"].values() if key in row]
        ended = bool(pairs) and all(row["n"] and row["ended"] == row["n"] for row in pairs)
        if len(values) > 1 and not ended:
            return key
    return None


def _apart(
    comparison: Comparison, runs: Mapping[Job, Replication], pair: Sequence[str], key: str
) -> bool:
    """True where the interval of the paired difference of two placements does not hold 0."""
    first, second = (sample(comparison, runs, name, [key]) for name in pair)
    found = difference(first, second, comparison.confidence)[key]
    return found.low is not None and found.high is not None and not found.low <= 0 <= found.high


def _row(question: Question, variant: Variant, proposal: Proposal | None) -> dict[str, Any]:
    """A placement for people: its mean travel time, the sites' junctions, what lies there."""
    names: list[str] = []
    if proposal is None:
        cost = question.today.cost(range(question.today.sites))
    else:
        cost = question.instance.cost(proposal.sites)
        names = [question.sites[site].junction for site in proposal.sites]
    return {
        "variant": variant.id,
        "model": "" if proposal is None else proposal.model,
        "objective": round(question.told("p_median", cost), 6),
        "sites": names,
        "bays": sum(depot.bays for depot in variant.depots),
        "stock_t": sum(depot.stock_kg for depot in variant.depots) / KG_PER_T,
    }


def _mean(report: Mapping[str, Any], variant: str, measure: str) -> float | None:
    found = report["means"].get(variant, {}).get(measure)
    return None if found is None else found["mean"]


def _rank(rows: list[dict[str, Any]], key: str, values: Mapping[str, float | None]) -> None:
    known = sorted(value for value in values.values() if value is not None)
    for row in rows:
        value = values[row["variant"]]
        row[key] = None if value is None else 1 + known.index(value)


def _both(
    rows: Sequence[Mapping[str, Any]], simulated: Mapping[str, float | None]
) -> list[tuple[str, float, float]]:
    found = ((row["variant"], row["objective"], simulated[row["variant"]]) for row in rows)
    return [(name, a, b) for name, a, b in found if b is not None]


def _tau(rows: Sequence[Mapping[str, Any]], simulated: Mapping[str, float | None]) -> float | None:
    both = _both(rows, simulated)
    if len({a for _, a, _ in both}) < 2 or len({b for _, _, b in both}) < 2:
        return None
    tau = float(kendalltau([a for _, a, _ in both], [b for _, _, b in both]).statistic)
    return None if np.isnan(tau) else round(tau, 6)


def _disagree(
    rows: Sequence[Mapping[str, Any]], simulated: Mapping[str, float | None]
) -> list[list[str]]:
    return [
        [a, b]
        for (a, model_a, seen_a), (b, model_b, seen_b) in combinations(_both(rows, simulated), 2)
        if (model_a - model_b) * (seen_a - seen_b) < 0
    ]
