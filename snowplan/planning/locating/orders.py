"""Where the order of the location model and that of the simulation disagree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
from scipy.stats import kendalltau

from snowplan.planning.locating.asking import Answers, Proposal, Question
from snowplan.planning.locating.trying import DECIDE, TODAY, variant_id

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
                "seconds": round(best.seconds, 3),
                "sites": len(question.sites),
                "open": [question.sites[site].id for site in best.sites],
            }
        )
    return rows


def placement_part(
    question: Question, answers: Answers, tried: Sequence[Proposal], report: Mapping[str, Any]
) -> dict[str, Any]:
    """`placement` of the report: the models, and the proposals in both orders.

    All placements are ranked by one yardstick, the mean travel time of the p-median, and by the
    mean of the first deciding measure over the runs; today's depots take part.
    """
    measure = DECIDE[0]
    rows = [_row(TODAY, "", question.today.cost(range(question.today.sites)), question, [])]
    for proposal in tried:
        names = [question.sites[site].junction for site in proposal.sites]
        cost = question.instance.cost(proposal.sites)
        rows.append(_row(variant_id(question, proposal), proposal.model, cost, question, names))
    simulated = {row["variant"]: _mean(report, row["variant"], measure) for row in rows}
    _rank(rows, "rank_model", {row["variant"]: row["objective"] for row in rows})
    _rank(rows, "rank_simulated", simulated)
    return {
        "models": model_rows(question, answers),
        "proposals": rows,
        "kendall_tau": _tau(rows, simulated),
        "disagree": _disagree(rows, simulated),
        "measure": measure,
    }


def _row(
    variant: str, model: str, cost: int, question: Question, sites: list[str]
) -> dict[str, Any]:
    minutes = round(question.told("p_median", cost), 6)
    return {"variant": variant, "model": model, "objective": minutes, "sites": sites}


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
